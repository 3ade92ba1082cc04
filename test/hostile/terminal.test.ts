/** Whatever files say and are called, no command prints anything that a terminal, a log or a shell would obey. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import { parseFragment } from 'parse5'
import * as assert from 'uvu/assert'
import { run } from '../../src/commands/run.ts'
import type { StudyFolder } from '../../src/model/library.ts'
import { tidy, tree } from '../folders.ts'
import { recorder } from '../program.ts'
import { suite } from '../suite.ts'
import { hostileFolders } from './blog.ts'
import { faultsOfText } from './campaign.ts'
import { deeds, elements } from './deeds.ts'
import { PAYLOADS } from './payloads.ts'

const test = suite('payloads in a terminal')

/** Of the studies those whose words a terminal or a log would obey; the others are of no interest to it. */
const OBEYED = [
  'script',
  'picture',
  'end of a cell',
  'colours',
  'title of a terminal',
  'cleared screen',
  'order to a runner',
  'text turned round',
]
const SHOWN = OBEYED.map((name) => `said-${Object.keys(PAYLOADS).indexOf(name)}`)
const isShown = ({ slug, studyText }: StudyFolder) =>
  SHOWN.includes(slug) || (slug.startsWith('named-') && (studyText ?? '').includes('::stop-commands::'))

let home = ''
const usual = process.cwd()
let named = ''

test.before(() => {
  home = tree({})
  for (const { prefix, studyText, sources } of hostileFolders().filter(isShown)) {
    const study = path.join(home, 'results', prefix)
    fs.mkdirSync(study, { recursive: true })
    fs.writeFileSync(path.join(study, 'study.md'), studyText ?? '')
    for (const { path: file, text } of sources) {
      fs.mkdirSync(path.join(study, path.dirname(file)), { recursive: true })
      fs.writeFileSync(path.join(study, file), text)
    }
  }
  const studies = fs.readdirSync(path.join(home, 'results')).sort()
  named = studies.find((name) => name.startsWith('named-')) ?? ''
  process.chdir(home)
})
test.after(() => {
  process.chdir(usual)
  tidy()
})

/** What a command prints, each line of it. */
async function printed(...words: readonly string[]): Promise<string[]> {
  const { io, out, err } = recorder()
  const code = await run(words, io)
  assert.ok([0, 1, 2].includes(code), `${words.join(' ')} ended with ${code}`)
  return [...out, ...err].flatMap((text) => text.split('\n'))
}

const filesOf = (study: string) =>
  fs
    .readdirSync(path.join('results', study), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'study.md')
    .map((entry) => path.join(path.relative(home, entry.parentPath), entry.name))

const commands: readonly (readonly [name: string, words: () => readonly string[]])[] = [
  ['check', () => ['check']],
  ['check -v', () => ['check', '-v', '--strict']],
  ['check for GitHub', () => ['check', '--format', 'github']],
  ['check as JSON', () => ['check', '--format', 'json']],
  ['parse', () => ['parse', '-v', ...filesOf(named)]],
  ['parse for GitHub', () => ['parse', '--format', 'github', ...filesOf(named), 'no\x1b[2Jwhere']],
  ['show of a study', () => ['show', 'results']],
  ['show of a file', () => ['show', filesOf(named)[0] ?? '']],
  ['compare of backends', () => ['compare', 'b0', 'b1', '--study', named]],
  ['compare of files', () => ['compare', ...filesOf(named).slice(0, 2)]],
  ['explain', () => ['explain', named, 'b0.put_block']],
  ['explain of a run', () => ['explain', named, 'b1.put_block#1']],
  ['explain of what is not', () => ['explain', '\x1b[2Jx', '\u202ey.z']],
  ['plan', () => ['plan', named]],
  ['add', () => ['add', ...filesOf(named), '--study', 'new']],
  ['add of what is not', () => ['add', 'a\x1b[2J', '\u202eb', '--study', 'new']],
  ['add to a study with no name', () => ['add', filesOf(named)[0] ?? '', '--study', '\x1b[2J']],
  ['build', () => ['build', '-o', 'site']],
  ['verify', () => ['verify', 'site']],
  ['a command that there is not', () => ['\x1b[2J\u202e']],
  ['a folder that there is not', () => ['check', 'no\x1b[2J\u202ewhere']],
  ['an option that there is not', () => ['check', '--\x1b[2J']],
]
for (const [name, words] of commands)
  test(`are told by ${name} as what they are`, async () => {
    const lines = await printed(...words())
    assert.equal([...faultsOfText(lines.join('\n'))], [])
    // a runner of GitHub obeys these, wherever they come from
    const orders =
      name === 'plan'
        ? []
        : lines.filter(
            (line) =>
              /^\s*::|##\[/.test(line) &&
              !/^::(?:error|warning|notice) |^::(?:group::\d|endgroup::$)/.test(line),
          )
    assert.equal(orders, [])
  })

test('are told by diff as what they are, in Markdown too', async () => {
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], { cwd: home })
  git('init', '-q')
  git('commit', '-q', '--allow-empty', '-m', 'nothing yet')
  const lines = await printed('diff', 'HEAD')
  assert.ok(lines.some((line) => line.includes('stop-commands')))
  assert.equal([...faultsOfText(lines.join('\n'))], [])
  const markdown = new MarkdownIt({ html: true, linkify: true })
  markdown.validateLink = () => true
  const page = parseFragment(markdown.render(lines.join('\n')))
  assert.equal([...deeds(page)], [])
  const tags = [...elements(page)].map(({ tagName }) => tagName)
  assert.equal(
    tags.filter((tag) => ['script', 'style', 'form', 'link', 'meta', 'img', 'svg'].includes(tag)),
    [],
  )
})

test.run()
