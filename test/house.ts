/** The rules of the house: who may import whom, what a room must not touch, and what no file may hold. */
import path from 'node:path'
import { readSource, type Source } from './source.ts'

const ROOMS = ['model', 'bonnie', 'analysis', 'report']

/** One dependency, one door: the only files that may import it. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'node:fs': [
    'src/files.ts',
    'src/site-files.ts',
    'src/new-files.ts',
    'src/new-blog.ts',
    'src/nearby.ts',
    'src/publish/seal.ts',
    'src/publish/saved-site.ts',
    'src/publish/place.ts',
    'src/publish/lock.ts',
    'src/publish/foreign.ts',
    'src/pile.ts',
    'src/package.ts',
    'src/pictures.ts',
    'src/prepared.ts',
    'src/survey.ts',
    'src/watch.ts',
    'src/again.ts',
    'src/terminal.ts',
  ],
  'node:fs/promises': ['src/files.ts', 'src/preview.ts'],
  'node:child_process': ['src/new-blog.ts', 'src/revision.ts'],
  'node:http': ['src/serve.ts'],
  globby: ['src/files.ts'],
  'hyparquet-writer': ['src/report/parquet.ts'],
  nunjucks: ['src/report/article.ts', 'src/report/layout.ts', 'src/report/template-map.ts'],
  'markdown-it': ['src/report/html.ts', 'src/analysis/prose.ts'],
  vega: ['src/report/svg.ts'],
  '@resvg/resvg-wasm': ['src/report/raster.ts'],
  yaml: ['src/analysis/yaml.ts'],
  zod: ['src/analysis/front-matter.ts', 'src/analysis/editor-schema.ts', 'src/records.ts'],
}

/** What a room may take from Node: functions of their arguments. */
const PURE_BUILTINS = ['node:crypto', 'node:path', 'node:util', 'node:buffer']

/** The porch has an order too: what each of its parts must not import. */
const PORCH_ORDER: Readonly<Record<string, RegExp>> = {
  'src/build.ts': /^src\/(cli|main|again|files|index)\.ts$|^src\/commands\//,
  'src/index.ts': /^src\/(cli|main|again)\.ts$|^src\/commands\//,
  'src/library.ts': /^src\/(cli|main|again|index)\.ts$|^src\/commands\//,
  'src/files.ts': /^src\/(cli|main|again|build|index)\.ts$|^src\/commands\//,
  'src/prepared.ts': /^src\/(cli|main|again|build|index|files|site-files|pictures)\.ts$|^src\/commands\//,
  'src/pictures.ts': /^src\/(cli|main|again|build|index|files|site-files)\.ts$|^src\/commands\//,
  'src/site-files.ts': /^src\/(cli|main|again|build|index|files)\.ts$|^src\/commands\//,
  'src/preview.ts': /^src\/(cli|main|again|build|index|files)\.ts$|^src\/commands\//,
  'src/publish/': /^src\/(cli|main|again|build|index|files|site-files)\.ts$|^src\/commands\//,
  'src/stamp.ts': /^src\/(cli|main|again|build|index|files|site-files|pictures)\.ts$|^src\/commands\//,
  'src/commands/': /^src\/(cli|main|again|index)\.ts$/,
}

/** Where the process may be spoken of. */
const OF_THE_PROCESS = ['cli', 'main', 'again', 'terminal', 'survey', 'publish/place', 'publish/lock'].map(
  (name) => `src/${name}.ts`,
)

const IMPURE: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\b/, 'new Date'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bperformance\.now\b/, 'performance.now'],
  [/\bcrypto\.random\w*|\brandom(UUID|Bytes|Int)\b/, 'random numbers'],
  [/\.localeCompare\b/, 'localeCompare'],
  [/\bconsole\./, 'console'],
  // their last digit differs between versions of Node; between whole numbers the power is exact
  [
    /\bMath\.pow\b|\*\*(?!\s*\d)|(?<!\b\d+\s*)\*\*/,
    'a power: take power from model/power.ts, or exp and log',
  ],
]

/** With a locale spelt out they are the same everywhere; so they are looked for where strings still stand. */
const NEEDS_LOCALE: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\.toLocale\w+\s*\((?!\s*['"])/, 'toLocale… without a locale'],
  [/\bIntl\.\w+\s*\((?!\s*['"])/, 'Intl without a locale'],
]

/** Who may ask the process where it stands and who it is. */
const MOST_LINES = 300

/**
 * One sentence for each rule that a file of the project breaks.
 * `places` are folders of the machine the project lies on, which no file may name.
 */
export function violations(files: ReadonlyMap<string, string>, places: readonly string[] = []): string[] {
  const found = [...files].flatMap(([file, text]) => {
    const own = [...textRules(file, text, places)]
    if (/\.(ts|mjs|js)$/.test(file) && /^(src|test|tools)\//.test(file)) own.push(...sourceRules(file, text))
    return own.map((fault) => `${file}: ${fault}`)
  })
  found.push(...circles(files))
  return [...new Set(found)]
}

// ─── every text ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Saved outputs name whatever machine they were saved on. */
const AS_SAVED = /^results\/|^test\/fixtures\/|^site\/(.*\/)?raw\//

function* textRules(file: string, text: string, places: readonly string[]): Generator<string> {
  if (file === 'package-lock.json' && /"resolved"\s*:/.test(text)) yield 'names a registry in "resolved"'
  if (AS_SAVED.test(file)) return
  const host = /registry\.npmjs\.org|registry\.yarnpkg\.com|deb\.debian\.org/.exec(text)
  if (host) yield `names the host ${host[0]}`
  const anyHome = ['/home', '/Users']
  for (const place of [...anyHome, ...places]) {
    const hit = new RegExp(`(?<![\\w.~-])${escapeRegExp(place)}/[\\w.]+`).exec(text)
    if (hit) yield `names the folder ${hit[0]} of some machine`
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

// ─── sources ────────────────────────────────────────────────────────────────────────────────────────────────────

function* sourceRules(file: string, text: string): Generator<string> {
  if (AS_SAVED.test(file)) return
  const source = readSource(text)
  const lines = text.split('\n').length - 1
  if (lines > MOST_LINES) yield `has ${lines} lines, more than ${MOST_LINES}`
  if (/(^|[/.-])(utils?|helpers?|managers?)\.\w+$/i.test(file)) yield 'is named after nothing'
  if (/\bexport\s+default\b/.test(source.code)) yield 'has a default export'
  if (file.startsWith('test/') && file !== 'test/suite.ts' && source.imports.includes('uvu')) {
    yield 'imports uvu: take suite from test/suite.ts'
  }
  if (!file.startsWith('src/')) return
  yield* importRules(file, source)
  if (!OF_THE_PROCESS.includes(file) && mentionsProcess(source)) yield 'uses process'
  const room = roomOf(file)
  if (room === undefined) return
  if (file === `src/${room}/index.ts`) yield 'is an index: import the file you mean'
  for (const [pattern, what] of IMPURE) if (pattern.test(source.code)) yield `uses ${what}`
  for (const [pattern, what] of NEEDS_LOCALE) if (pattern.test(source.spoken)) yield `uses ${what}`
}

function mentionsProcess({ code, imports }: Source): boolean {
  return (
    /(?<![\w.$])process\s*[.?[]/.test(code) || imports.includes('node:process') || imports.includes('process')
  )
}

function* importRules(file: string, { code, spoken, imports }: Source): Generator<string> {
  for (const imported of imports) {
    const fault = imported.startsWith('.')
      ? relativeFault(file, path.posix.join(path.posix.dirname(file), imported))
      : packageFault(file, imported)
    if (fault) yield `imports ${imported}: ${fault}`
  }
  const computed = /\bimport\s*\((?!\s*['"])/.exec(spoken)
  if (computed && code[computed.index] !== ' ' && roomOf(file)) yield 'imports something computed'
}

function relativeFault(file: string, target: string): string | undefined {
  if (!target.startsWith('src/')) return 'lies outside src/'
  const from = roomOf(file)
  const to = roomOf(target)
  if (from !== undefined && to !== from && to !== 'model') {
    return to === undefined ? 'a room does not know the porch' : `${from}/ does not know ${to}/`
  }
  if (from === 'model' && to !== 'model') return 'model/ imports nothing'
  const porch = Object.entries(PORCH_ORDER).find(([part]) => file.startsWith(part))
  return porch?.[1].test(target) ? 'that is an arrow back' : undefined
}

/** Files that load one another: then it depends on who is asked for first whether their constants are there. */
function* circles(files: ReadonlyMap<string, string>): Generator<string> {
  const seen = new Set<string>()
  function* walk(file: string, way: readonly string[]): Generator<string> {
    const begin = way.indexOf(file)
    if (begin >= 0) yield `${file}: loads itself: ${[...way.slice(begin), file].join(' → ')}`
    const text = files.get(file)
    if (text === undefined || seen.has(file)) return
    seen.add(file)
    for (const loaded of readSource(text).loads)
      if (loaded.startsWith('.'))
        yield* walk(path.posix.join(path.posix.dirname(file), loaded), [...way, file])
  }
  for (const file of files.keys()) if (/^src\/.*\.ts$/.test(file)) yield* walk(file, [])
}

function packageFault(file: string, imported: string): string | undefined {
  const name = imported.startsWith('node:') ? imported : packageName(imported)
  const doors = DOORS[name] ?? (name === 'fs' ? [] : undefined)
  if (doors?.includes(file)) return undefined
  if (doors) return `its door is ${doors.join(' or ') || 'node:fs'}`
  const room = roomOf(file)
  if (!name.startsWith('node:')) return 'it has no door'
  if (room === 'model') return 'model/ imports nothing'
  return room === undefined || PURE_BUILTINS.includes(name)
    ? undefined
    : 'a room touches nothing of the world'
}

function packageName(imported: string): string {
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/')
}

function roomOf(file: string): string | undefined {
  return ROOMS.find((room) => file.startsWith(`src/${room}/`))
}
