/** The rules of the house hold, and each of them fails when it is tried against what it forbids. */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { violations } from './house.ts'
import { readSource } from './source.ts'
import { suite } from './suite.ts'

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** What git tracks or would track, as far as it is text. */
function projectFiles(): Map<string, string> {
  const { stdout, status } = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  assert.is(status, 0, 'git ls-files failed')
  const names = stdout
    .split('\0')
    .filter((name) => statSync(path.join(ROOT, name), { throwIfNoEntry: false })?.isFile())
  const texts = names.map((name) => [name, readFileSync(path.join(ROOT, name), 'utf8')] as const)
  return new Map(texts.filter(([, text]) => !text.includes('\0')))
}

/** Where this checkout lies: of no interest to anybody else. */
function ownPlaces(): string[] {
  return [ROOT, path.dirname(ROOT), homedir()].filter((place) => place !== '/' && place !== tmpdir())
}

/** Split, lest this file break the rule it tries. */
const HOME = ['', 'home'].join('/')

const rules = suite('the rules of the house')

rules('hold', () => {
  const files = projectFiles()
  assert.ok(files.has('src/cli.ts'), 'the project is not there')
  assert.is(violations(files, ownPlaces()).join('\n'), '')
})

rules('allow what they allow', () => {
  const files = {
    'src/model/metric.ts':
      "import { run } from './run.ts'\n// Date.now() and process.env are not for us\nconst s = 'new Date'",
    'src/bonnie/csv.ts': "import type { Run } from '../model/run.ts'\nimport { cell } from './cell.ts'",
    'src/report/svg.ts': "const vega = await import('vega')\nconst text = n.toLocaleString('en-US')",
    'src/report/charts/dumbbell.ts':
      "import { figure } from '../figure.ts'\nimport { createHash } from 'node:crypto'",
    'src/build.ts':
      "import { parse } from './bonnie/parse.ts'\nimport { article } from './report/article.ts'",
    'src/commands/build.ts': "import { build } from '../build.ts'\nimport { write } from '../files.ts'",
    'src/files.ts': "import { readFile } from 'node:fs/promises'",
    'src/publish/place.ts': 'process.cwd()',
    'src/bonnie/page.ts': 'const STRETCH = 2 ** 17',
    'test/a.test.ts': "import { suite } from './suite.ts'\nimport * as assert from 'uvu/assert'",
    'results/main/lvm.txt': `saved in ${HOME}/somebody/bonnie`,
    'docs.md': 'as in ~/home/x and in https://example.org/home/x',
  }
  assert.equal(violations(new Map(Object.entries(files)), ['/srv/checkout']), [])
})

const forbidden: readonly (readonly [file: string, text: string, complaint: string])[] = [
  ['src/model/run.ts', "import { parse } from '../bonnie/parse.ts'", 'model/ does not know bonnie/'],
  ['src/files.ts', "import { spawnSync } from 'node:child_process'", 'its door is'],
  ['src/serve-pages.ts', "import http from 'node:http'", 'its door is'],
  ['src/model/run.ts', "import { createHash } from 'node:crypto'", 'model/ imports nothing'],
  [
    'src/bonnie/parse.ts',
    "import { compare } from '../analysis/compare.ts'",
    'bonnie/ does not know analysis/',
  ],
  ['src/analysis/compare.ts', "export * from '../report/format.ts'", 'analysis/ does not know report/'],
  [
    'src/analysis/compare.ts',
    "export const x = await import('../report/format.ts')",
    'analysis/ does not know report/',
  ],
  [
    'src/analysis/compare.ts',
    "type X = typeof import('../report/format.ts')",
    'analysis/ does not know report/',
  ],
  [
    'src/analysis/compare.ts',
    "import {\n  type A,\n  b,\n} from '../bonnie/parse.ts'",
    'analysis/ does not know bonnie/',
  ],
  ['src/analysis/compare.ts', "import '../report/format.ts'", 'analysis/ does not know report/'],
  [
    'src/report/charts/bars.ts',
    "import { stats } from '../../analysis/stats.ts'",
    'report/ does not know analysis/',
  ],
  ['src/report/feed.ts', "import { read } from '../files.ts'", 'a room does not know the porch'],
  ['src/report/feed.ts', "import { suite } from '../../test/suite.ts'", 'lies outside src/'],
  ['src/report/feed.ts', 'await import(name)', 'imports something computed'],
  ['src/build.ts', "import { build } from './commands/build.ts'", 'an arrow back'],
  ['src/files.ts', "import { build } from './build.ts'", 'an arrow back'],
  ['src/pictures.ts', "import { publish } from './build.ts'", 'an arrow back'],
  ['src/preview.ts', "import { publish } from './build.ts'", 'an arrow back'],
  ['src/report/card.ts', "import { Resvg } from '@resvg/resvg-wasm'", 'its door is'],
  ['src/commands/show.ts', "import { main } from '../cli.ts'", 'an arrow back'],
  ['src/commands/show.ts', "import { readFileSync } from 'node:fs'", 'its door is src/files.ts'],
  ['src/commands/show.ts', "import { readFileSync } from 'fs'", 'its door is node:fs'],
  ['src/build.ts', "import { globby } from 'globby'", 'its door is src/files.ts'],
  ['src/report/html.ts', "import nunjucks from 'nunjucks'", 'its door is src/report/article.ts or'],
  ['src/report/feed.ts', "import MarkdownIt from 'markdown-it'", 'its door is src/report/html.ts or'],
  ['src/report/charts/bars.ts', "import type { TopLevelSpec } from 'vega-lite'", 'it has no door'],
  [
    'src/report/charts/bars.ts',
    "import { scale } from 'vega/build/vega.js'",
    'its door is src/report/svg.ts',
  ],
  ['src/build.ts', "import { z } from 'zod'", 'its door is src/analysis/front-matter.ts'],
  ['src/build.ts', "import { parse } from 'yaml'", 'its door is src/analysis/yaml.ts'],
  ['src/build.ts', "import chalk from 'chalk'", 'it has no door'],
  ['src/bonnie/parse.ts', "import { hostname } from 'node:os'", 'a room touches nothing of the world'],
  ['src/bonnie/parse.ts', 'const now = Date.now()', 'uses Date.now'],
  ['src/bonnie/parse.ts', 'const now = new Date(0)', 'uses new Date'],
  ['src/bonnie/parse.ts', 'const text = `$' + '{new Date()}`', 'uses new Date'],
  ['src/analysis/stats.ts', 'const die = Math.random()', 'uses Math.random'],
  ['src/analysis/stats.ts', 'const id = crypto.randomUUID()', 'uses random numbers'],
  ['src/analysis/stats.ts', 'const zone = process.env.TZ', 'uses process'],
  ['src/analysis/stats.ts', 'const square = x ** 2', 'uses a power'],
  ['src/analysis/stats.ts', 'const scale = 10 ** -digits', 'uses a power'],
  ['src/report/look.ts', 'const root = Math.pow(2, 0.5)', 'uses a power'],
  ['src/commands/show.ts', 'process.exit(1)', 'uses process'],
  ['src/report/format.ts', 'const text = value.toLocaleString()', 'uses toLocale… without a locale'],
  ['src/report/format.ts', 'const format = new Intl.NumberFormat()', 'uses Intl without a locale'],
  ['src/report/format.ts', 'names.sort((a, b) => a.localeCompare(b))', 'uses localeCompare'],
  ['src/report/format.ts', 'console.log(1)', 'uses console'],
  ['src/report/index.ts', 'export const x = 1', 'is an index'],
  ['src/report/format.ts', 'export default 1', 'has a default export'],
  ['src/report/format.ts', 'export const x = 1\n'.repeat(301), 'has 301 lines'],
  ['src/report/utils.ts', 'export const x = 1', 'is named after nothing'],
  ['test/test-helpers.ts', 'export const x = 1', 'is named after nothing'],
  ['test/a.test.ts', "import { suite } from 'uvu'", 'imports uvu'],
  ['README.md', 'see /srv/checkout/README.md', 'names the folder /srv/checkout/README.md'],
  ['README.md', `see "${HOME}/somebody/x"`, `names the folder ${HOME}/somebody`],
  ['README.md', `from ${['registry', 'npmjs', 'org'].join('.')}`, 'names the host'],
  ['package-lock.json', '{ "resolved": "…" }', 'names a registry'],
]

for (const [file, text, complaint] of forbidden) {
  const short = text.replace(/\s+/g, ' ').slice(0, 60)
  rules(`refuse in ${file}: ${short}`, () => {
    assert.match(violations(new Map([[file, text]]), ['/srv/checkout']).join('\n'), complaint)
  })
}

rules('refuse files that load one another', () => {
  const files = (back: string) =>
    new Map([
      ['src/bonnie/page.ts', "import { unwrap } from './unwrap.ts'"],
      ['src/bonnie/unwrap.ts', "import {\n  joint,\n} from './joint.ts'"],
      ['src/bonnie/joint.ts', back],
    ])
  const circle = 'src/bonnie/page.ts → src/bonnie/unwrap.ts → src/bonnie/joint.ts → src/bonnie/page.ts'
  for (const back of [
    "import { type Page, page } from './page.ts'",
    "export * from './page.ts'",
    "import './page.ts'",
  ])
    assert.equal(violations(files(back)), [`src/bonnie/page.ts: loads itself: ${circle}`])
  for (const back of ["import type { Page } from './page.ts'", "const page = await import('./page.ts')"])
    assert.equal(violations(files(back)), [])
})

rules.run()

const reading = suite('reading sources')

reading('tells code from comments, strings and regular expressions', () => {
  const text = "a // b\n/* c */ d('e\\'f', `g$" + "{h({ i: `j` })}k`) / l / m; n = /o'[/]/.test(p)"
  const { code } = readSource(text)
  assert.is(code.replace(/[^a-z]/g, ''), 'adhilmntestp')
  assert.is(code.length, text.length)
})

reading('finds imports, and no others', () => {
  const text = `import a from 'a'
import type { B } from "b"
export { c } from 'c'
const d = await import('d')
// import e from 'e'
const f = "import f from 'f'"
export const g = 'g'`
  assert.equal(readSource(text).imports, ['a', 'b', 'c', 'd'])
  assert.equal(readSource(text).loads, ['a', 'c'])
})

reading.run()
