/** The page that sets the studies side by side: its sentences by rule, its tables, and what it says of little. */
import MarkdownIt from 'markdown-it'
import * as assert from 'uvu/assert'
import { across } from '../../src/analysis/across.ts'
import { knowledgeOf, publish } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { Agreement, Direction } from '../../src/model/across.ts'
import type { Report } from '../../src/model/report.ts'
import { markdownRenderer } from '../../src/report/article.ts'
import { COMPARED, comparedPage, comparedWith } from '../../src/report/compared.ts'
import { agreementSentences, testNames } from '../../src/report/compared-words.ts'
import { renderMarkdown } from '../../src/report/html.ts'
import { aStudy, type Made, writes } from '../analysis/build-report.ts'
import { suite } from '../suite.ts'

const test = suite('backends compared across studies')

const templates = readTemplates()
const render = markdownRenderer(templates)
const backendPages = knowledgeOf(templates).map((knowledge) => ({ knowledge, body: '' }))
const documents = (reports: readonly Report[]) => ({ across: across(reports), reports, backendPages })

function page(...reports: Report[]): string {
  return comparedPage(documents(reports), render).markdown
}

const FAST = [150_000, 151_000, 149_000]
const SLOW = [100_000, 101_000, 99_000]
const study = (slug: string, made: Made = {}, blktap: readonly number[] = FAST) =>
  aStudy(slug, { blktap: writes(...blktap), loopback: writes(...SLOW) }, made)

test('without a study there is nothing to compare, and it says so', () => {
  assert.match(page(), ' were measured by more than one study with disk evidence.\n')
  for (const words of ['## Measured by one', '## Through', '## The studies', '## What is left out'])
    assert.not.match(page(), words)
})

test('one study is told as one, with what it found', () => {
  const text = page(study('a'))
  assert.match(text, ' were measured by more than one study with disk evidence, so nothing')
  assert.match(
    text,
    /\| Blktap ÷ loopback \| \[The study a\]\(\.\.\/\.\.\/a\/report\.md\): block write 1\.50 \(1\.47 to 1\.53\), blktap faster \(three runs each, loopback suspect\) \|/,
  )
  assert.not.match(text, '### ')
})

test('two studies stand in one table, a row each, with a link to each article', () => {
  const text = page(study('a'), study('b', {}, SLOW))
  assert.match(text, '### Blktap and loopback')
  assert.match(
    text,
    'On block write blktap was faster than loopback in one study, and the other calls them the same',
  )
  assert.match(
    text,
    /\| Block write \| 1\.50 \(1\.47 to 1\.53\) \| \[The study a\]\(\.\.\/\.\.\/a\/report\.md\): blktap/,
  )
  assert.match(
    text,
    /\| Block write \| 1\.00 \(0\.98 to 1\.02\) \| \[The study b\]\(\.\.\/\.\.\/b\/report\.md\): the same/,
  )
  assert.not.match(text, '## Measured by one study')
})

test('what was tested stands in the rows only where it differs', () => {
  assert.not.match(page(study('a'), study('b')), 'what was tested')
  const text = page(study('a'), study('b', { run: { version: '2.00a' } }))
  assert.match(text, 'They did not make the same test.')
  assert.match(text, 'what was tested: a file of 2 GiB, flushed at close |')
  assert.match(text, 'what was tested: a file of 2 GiB, not flushed |')
})

test('what is left out is named with the reason', () => {
  const mine = aStudy(
    'c',
    { mine: writes(1e5), other: writes(1e5) },
    { unnamed: { mine: 'my own', other: 'another' } },
  )
  const text = page(
    study('a'),
    study('b', { facts: { title: 'B', status: 'superseded' } }),
    study('d', { facts: { title: 'D', status: 'invalid' } }),
    mine,
  )
  assert.match(text, '- [B](../../b/report.md): a later study supersedes it.')
  assert.match(text, '- [D](../../d/report.md): it is not valid.')
  assert.match(
    text,
    '- My own and another, in [The study c](../../c/report.md): no [page](../index.md) describes them',
  )
})

test('a saved output in two studies is said to be one measurement', () => {
  const copied = { run: { source_sha256: 'f'.repeat(64) } }
  const text = page(study('a', copied), study('b', copied))
  assert.match(
    text,
    '[The study b](../../b/report.md) holds a saved output of [The study a](../../a/report.md)',
  )
  assert.match(text, 'Only one study has disk evidence of its own on block write.')
})

const beside = (slug: string, backend: string, rates: readonly number[], common: readonly number[] = SLOW) =>
  aStudy(slug, { [backend]: writes(...rates), loopback: writes(...common) })

test('by way of a third backend it says through what, from where, and that it decides nothing', () => {
  const text = page(beside('a', 'blktap', FAST), beside('b', 'lvm', SLOW))
  assert.match(text, 'That is a hint and decides nothing: no advice on this site uses it.')
  assert.match(text, '### Blktap and LVM, indirectly')
  assert.match(
    text,
    /\| Block write \| 1\.50 \(1\.45 to 1\.55\), suspect \| Through loopback: 1\.50 \([^)]*\) in \[The study a\]\([^)]*\), over 1\.00 \([^)]*\) in \[The study b\]/,
  )
  const once = page(beside('a', 'blktap', FAST.slice(0, 1)), beside('b', 'lvm', SLOW))
  const bound = aStudy('b', {
    lvm: [1, 2, 3].map(() => ({ seq_stat: { atLeast: 2000 } })),
    loopback: [1000, 1010, 990].map((seq_stat) => ({ seq_stat })),
  })
  const stats = aStudy('a', {
    blktap: [900, 910, 890].map((seq_stat) => ({ seq_stat })),
    loopback: [1000, 1010, 990].map((seq_stat) => ({ seq_stat })),
  })
  assert.match(page(stats, bound), '| Sequential stat | at most 0.45, spread unknown')
  assert.match(once, '| Block write | 1.50, spread unknown, suspect | Through loopback: 1.50 in')
})

test('ways that contradict each other are not to be relied on; many are told by their span', () => {
  const twice = (slug: string, rates: readonly number[]) => beside(slug, 'lvm', rates)
  assert.match(
    page(beside('a', 'blktap', FAST), twice('b', SLOW), twice('c', FAST)),
    'On block write the ways contradict each other by more than the spread of runs explains.',
  )
  const two = page(beside('a', 'blktap', FAST), twice('b', SLOW), twice('c', SLOW))
  assert.match(two, 'On block write there are two ways, with ratios from 1.50 to 1.50.')
  const many = [...'bcdefgh'].map((slug) => twice(slug, SLOW))
  assert.match(
    page(beside('a', 'blktap', FAST), ...many),
    '| Block write | 1.50 to 1.50 | Through loopback: seven ways |',
  )
})

test('pairs that only unlike tests could join are named', () => {
  const later = aStudy(
    'b',
    { lvm: writes(...FAST), loopback: writes(...SLOW) },
    { run: { version: '2.00a' } },
  )
  assert.match(page(beside('a', 'blktap', FAST), later), '- Blktap and LVM, through loopback')
})

const NAMES = ['A', 'B'] as const
const agreed = (directions: readonly Direction[], rest: Partial<Agreement> = {}) =>
  agreementSentences(
    {
      metric: 'rewrite',
      found: [],
      agreement: {
        studies: 2,
        directions,
        sure: rest.studies ?? 2,
        solid: 1,
        alike: 'yes',
        apart: false,
        ...rest,
      },
    },
    NAMES,
  )

test('studies agree, contradict each other, or are open, in words for two and for more', () => {
  const many = { studies: 3 }
  const table: readonly (readonly [string | null, string])[] = [
    [agreed(['ahead']), 'On rewrite A was faster than B in both studies.'],
    [agreed(['behind'], many), 'On rewrite B was faster than A in all three studies.'],
    [
      agreed(['ahead', 'behind']),
      'On rewrite the studies contradict each other: A was the faster in one and B in the other.',
    ],
    [
      agreed(['ahead', 'behind', 'open'], many),
      'On rewrite the studies contradict each other: A was the faster in some and B in others.',
    ],
    [
      agreed(['behind', 'same']),
      'On rewrite B was faster than A in one study, and the other calls them the same for practical purposes.',
    ],
    [agreed(['ahead', 'open'], many), 'On rewrite A was faster than B in some studies, but not in others.'],
    [agreed(['same']), 'On rewrite both studies call them the same for practical purposes.'],
    [agreed(['open']), 'On rewrite neither study shows a difference.'],
    [agreed(['open'], many), 'On rewrite none of the three studies shows a difference.'],
    [
      agreed(['same', 'open']),
      'On rewrite one study calls them the same for practical purposes, and the other shows no difference.',
    ],
    [
      agreed(['ahead'], { sure: 0 }),
      'On rewrite A was faster than B in both studies. Neither has the runs that an interval takes, so chance is not ruled out.',
    ],
    [
      agreed(['same'], { solid: 0 }),
      'On rewrite both studies call them the same for practical purposes. In neither are both sides beyond suspicion.',
    ],
    [
      agreed(['ahead'], { ...many, sure: 1, alike: 'unknown', apart: true }),
      'On rewrite A was faster than B in all three studies. Some of them have too few runs, or runs too fast to time, for an interval. Whether they made the same test is not known. Some of them differ by more than the spread of runs explains.',
    ],
  ]
  for (const [got, want] of table) assert.is(got, want)
})

test('all file tests have one name', () => {
  const files = ['seq_create', 'seq_stat', 'seq_del', 'ran_create', 'ran_stat', 'ran_del'] as const
  assert.is(testNames(['rewrite', ...files]), 'rewrite and all file tests')
  assert.is(testNames(['rewrite', ...files], 'or'), 'rewrite or any file test')
  assert.is(testNames(files.slice(1), 'or').split(' or ')[1], 'random delete')
})

test('a title of its author breaks no table and no link, and the page fits GitHub and the site', () => {
  const evil = { facts: { title: '<b>x</b> | [y](javascript:z) `|`', host: { cpu: '| <i>' } } }
  const text = page(study('a', evil), study('b', evil), beside('c', 'lvm', SLOW))
  const tables = new MarkdownIt({ html: true }).render(text)
  assert.not.match(tables, /<[bi]>|href="javascript/)
  for (const row of text.split('\n').filter((line) => line.startsWith('| Block')))
    assert.is(row.replace(/\\\|/g, '').split('|').length, 5, row)
  assert.match(renderMarkdown(text).html, 'href="../../a/index.html"')
})

test('lies where no backend’s page can lie', async () => {
  assert.not.ok(templates.has(`backends/${COMPARED.split('/')[1]}.md`))
  const library = { siteText: null, folders: [], diagnostics: [] }
  const files = await publish([], library, templates, {})
  assert.ok(files.has(`${COMPARED}index.html`) && files.has(`${COMPARED}index.md`))
  assert.equal(JSON.parse(String(files.get(`${COMPARED}across.json`))), across([]))
  const taken = new Map([...templates, ['backends/compared.md', templates.get('backends/lvm.md') ?? '']])
  let message = ''
  await publish([], library, taken, {}).catch((error: Error) => {
    message = error.message
  })
  assert.is(message, 'two pages would lie at backends/compared/index.md')
})

test('a backend’s page names those it is compared with', () => {
  const shelf = documents([study('a'), beside('b', 'lvm', SLOW)])
  assert.equal(comparedWith('loopback', shelf), ['blktap', 'LVM'])
  assert.equal(comparedWith('native', shelf), [])
})

test.run()
