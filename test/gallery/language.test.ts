/** Every sentence that the program puts together, in the articles of the gallery and the shipped ones, reads as one. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import type { Recommendation, Report } from '../../src/model/report.ts'
import { nothingWrong } from '../browser/faults.ts'
import { SITE } from '../browser/site.ts'
import { reports as shipped } from '../shipped.ts'
import { suite } from '../suite.ts'
import { type Gallery, gallery } from './gallery.ts'
import { passagesOf, stumbles } from './language.ts'

const test = suite('the language of the articles')

let built: Gallery
test.before(async () => {
  built = await gallery()
})

/** What the author wrote, here as one word each. */
function namesOf({ study, facts, backends }: Report): string[] {
  return [
    study.title,
    ...backends.map((b) => b.title),
    ...(facts.caveats ?? []),
    facts.reason ?? '',
    facts.command ?? '',
  ]
}

function faultsOf(report: Report, site: string): string[] {
  const markdown = readFileSync(path.join(site, report.study.slug, 'report.md'), 'utf8')
  const ours = markdown.replace(/^## From the author$[\s\S]*?^(?=## How it was measured$)/m, '')
  return stumbles(passagesOf(ours), namesOf(report)).map((fault) => `${report.study.slug}: ${fault}`)
}

test('of the gallery is without a stumble', () => {
  // whoever means harm writes no grammar
  const willing = built.reports.filter((report) => report.study.slug !== 'hostile')
  nothingWrong(willing.flatMap((report) => faultsOf(report, built.site)))
})

test('of the shipped studies is without a stumble', () => {
  nothingWrong([...shipped.values()].flatMap((report) => faultsOf(report, SITE)))
})

test('leaves no blank at the end of a line and no empty item', () => {
  const all = built.reports.map(({ study }) =>
    readFileSync(path.join(built.site, study.slug, 'report.md'), 'utf8'),
  )
  for (const markdown of all) {
    const ours = markdown.replace(/^## From the author$[\s\S]*?^(?=## How it was measured$)/m, '')
    assert.not.match(ours, /[^\s] +$/m)
    assert.not.match(ours, /^\s*- *$/m)
  }
})

function markdownOf({ study }: Report): string {
  return readFileSync(path.join(built.site, study.slug, 'report.md'), 'utf8')
}

test('says all or none of the draws only where it is all or none', () => {
  const near = (share: number) => (share > 0.995 && share < 1) || (share > 0 && share < 0.005)
  const open = built.reports.filter(({ recommendations }) =>
    recommendations.some(({ weighting }) => weighting?.shares.some(({ any }) => near(any))),
  )
  assert.ok(open.length > 0)
  for (const report of open) {
    const table = /^\| Workload \|[^\n]* any weights[\s\S]*?\n\n/im.exec(markdownOf(report))?.[0] ?? ''
    assert.match(table, /(more than 99|less than 1) %/, report.study.slug)
  }
})

test('compares each test of each backend with the baseline, and with nothing else', () => {
  const many = built.reports.filter(({ backends, study }) => backends.length > 2 && study.baseline)
  assert.ok(many.length > 0)
  for (const report of many) {
    const own = report.comparisons.filter(
      ({ view, baseline }) => view === 'measured' && baseline === report.study.baseline,
    )
    const section = /^### Compared with [\s\S]*?(?=^##)/m.exec(markdownOf(report))?.[0] ?? ''
    const rows = section.split('\n').filter((line) => line.startsWith('| '))
    // the head and the line below it
    assert.is(rows.length - 2, own.length, report.study.slug)
  }
})

test('does not speak of confidence where no number measured a disk', () => {
  const isBare = ({ profile, verdict }: Recommendation) => profile === 'general' && verdict === 'no data'
  const none = built.reports.filter(
    ({ runs, recommendations }) => runs.length > 0 && recommendations.some(isBare),
  )
  assert.ok(none.length > 0)
  for (const report of none) {
    const card = /^## The verdict for general use$[\s\S]*?(?=^## )/m.exec(markdownOf(report))?.[0] ?? ''
    assert.match(card, 'No disk evidence', report.study.slug)
    assert.not.match(card, /confidence/, report.study.slug)
  }
})

function adviceOf(slug: string, profile: string): Recommendation {
  const report = built.reports.find(({ study }) => study.slug === slug)
  const found = report?.recommendations.find((one) => one.profile === profile)
  assert.ok(found, `${slug} ${profile}`)
  return found
}

test('says who is level with the leader, and who is behind', () => {
  assert.match(
    adviceOf('eight-backends', 'database').sentence,
    /^For databases no difference is shown between loopback with direct I\/O and loopback; blktap, .* and qdisk are behind loopback\.$/,
  )
})

test('calls no score a speed that holds more than rates', () => {
  assert.match(
    adviceOf('latencies', 'general').sentence,
    /over rates, the worst latencies and the guest's CPU together it scores/,
  )
})

test('asks for no more runs where as many were made', () => {
  for (const { study, backends, runs, recommendations } of built.reports)
    for (const { verdict, resolve, wouldChange } of recommendations) {
      const fewest = Math.min(
        ...backends.map(({ id }) => runs.filter(({ backend }) => backend === id).length),
      )
      if ((verdict !== 'undecided' && verdict !== 'leaning') || !resolve || fewest < resolve.runs) continue
      assert.match(wouldChange, /^Not more of the same/, study.slug)
    }
  assert.match(adviceOf('undecided', 'general').wouldChange, /^Not more of the same/)
})

test('marks a bound whose runs are doubted, and says why', () => {
  const markdown = readFileSync(path.join(SITE, 'loop-direct-io-2026/report.md'), 'utf8')
  assert.match(markdown, /\[16,100 seeks\/s, suspect\]/)
  assert.match(markdown, /^- \*\*\[Random seeks\]\(\S+native\S+\): suspect\.\*\* The run made 8,192 seeks/m)
})

test('calls confidence high and evidence strong, and neither of a study that is not valid', () => {
  const line = (slug: string) => {
    const report = built.reports.find(({ study }) => study.slug === slug)
    assert.ok(report, slug)
    return /^\*\*(.* (?:confidence|evidence): .*)\*\*$/im.exec(markdownOf(report))?.[1]
  }
  assert.is(line('undecided'), 'Strong evidence: six runs each.')
  assert.is(line('invalid'), 'No confidence: the study is not valid.')
  const told = built.reports.map(({ study }) => line(study.slug)).filter((words) => words !== undefined)
  assert.equal(
    told.filter((words) => /Strong confidence|High evidence|Weak confidence|Low evidence/.test(words)),
    [],
  )
  assert.ok(told.some((words) => words.startsWith('High confidence')))
})

const FAULTS: readonly (readonly [text: string, complaint: string])[] = [
  ['The the runs agree.', 'says a word twice'],
  ['In 1 runs it was slow.', 'plural after one'],
  ['With one runs each, nothing is known.', 'plural after one'],
  ['These two run agree.', 'singular after a number'],
  ['There are 16 saved files of 12 backend.', 'singular after a number'],
  ['Random seeks was suspect.', 'does not fit'],
  ['These no files hold anything.', 'counts what is not there'],
  ['It leads as long as it carries more than 0 % of the weight.', 'asks for nothing'],
  ['It carries more than less than 1 %.', 'asks for nothing'],
  ['It is  slow.', 'two spaces'],
  ['It is slow , and late.', 'space before its punctuation'],
  ['It is slow..', 'punctuation twice'],
  ['It ran at undefined MB/s.', 'inside of the program'],
  ['It is slow ().', 'brackets'],
  ['It is slow. the other is not.', 'small letter'],
  ['It is an backend.', 'says "an backend"'],
  ['It is a image.', 'says "a image"'],
  ['It is slow. The other is not', 'does not end its last sentence'],
  ['It is slow, '.repeat(16), 'sentence of 48 words'],
]

for (const [text, complaint] of FAULTS) {
  test(`stumbles over "${text.slice(0, 50)}"`, () => {
    assert.match(stumbles(passagesOf(text)).join('\n'), complaint)
  })
}

test('does not stumble over sound sentences', () => {
  const sound =
    'In one run each, blktap wrote blocks 5.18 times as fast as loopback. An SSD, a unit, a one-off, an xl of 4.6: two runs of 16 files at "+++++". bonnie++ prints none.'
  assert.equal(stumbles(passagesOf(sound)), [])
  assert.equal(stumbles(passagesOf('A image of of 60 letters is level.'), ['a image of of 60 letters']), [])
})

test.run()
