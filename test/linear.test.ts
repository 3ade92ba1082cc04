/**
 * No regular expression of ours takes longer than in proportion to its text, whatever the text: somebody else wrote it.
 *
 * scslre finds two repetitions that may share one stretch of text, and one that begins anew at each of its characters.
 * It does not find an opening whose end is looked for in vain from each place where it stands: what guards against
 * that is a bound in the pattern, and the eye.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { analyse } from 'scslre'
import * as assert from 'uvu/assert'
import { type Pattern, readSource } from './source.ts'
import { suite } from './suite.ts'

/** SHELF: patterns whose texts are short, or which cannot fail, by file; each with why. */
const BOUNDED: readonly (readonly [file: string, source: string, because: string])[] = [
  ['analysis/assign.ts', String.raw`[-_ ]*\d*$`, 'the name of a file, of 255 bytes at most'],
  ['bonnie/html-rows.ts', String.raw`[^\t|]*(?:[\t|]|$)`, 'matches wherever it is tried'],
  ['bonnie/margin.ts', String.raw`(?:[ \t]*>)+[ \t]?$`, 'a margin, in a line of LONGEST characters at most'],
  [
    'bonnie/margin.ts',
    String.raw`\s*\d+|[A-Za-z]+|\s+$|\s+|[^\sA-Za-z\d]`,
    'a margin of 200 characters at most',
  ],
  [
    'bonnie/margin.ts',
    String.raw`\s*[-\u2013-\u2015]+Sequential (?:Output|Create)`,
    'a line of LONGEST characters at most',
  ],
  ['bonnie/transport.ts', String.raw`\|+$`, 'the last TAIL characters of a line'],
  ['bonnie/transport.ts', String.raw`\\+(?:[nr]|par|line)?$`, 'the last TAIL characters of a line'],
  ['bonnie/transport.ts', String.raw`["'${'`'}]+[\s,;)\]}+]{0,4}$`, 'the last TAIL characters of a line'],
  ['bonnie/transport.ts', String.raw`^\s*\d*\s*$`, 'a line of LONGEST_MARKED characters at most'],
  ['bonnie/transport.ts', String.raw`[ \t]*\|[ \t]*`, 'a line of LONGEST_MARKED characters at most'],
  ['model/format.ts', String.raw`\B(?=(\d{3})+$)`, 'the digits of a number'],
  ['model/semantics.ts', String.raw`\B(?=(\d{3})+$)`, 'the digits of a number'],
  ['report/charts/scale.ts', String.raw`\B(?=(\d{3})+$)`, 'the digits of a number'],
  ['report/charts/scale.ts', String.raw`\.?0+$`, 'a number of 100 digits at most'],
  ['report/plan-script.ts', '0+$', 'a factor of three digits'],
  ['report/look.ts', String.raw`^([\d.,]+)(.*)$`, 'the label of a tick, which is our own'],
  ['report/plan-script.ts', '^( *)(.*)$', 'takes any text'],
  ['report/address.ts', '[?#].*$', 'an address as URL writes it, which holds no line end'],
  ['report/card.ts', '--([a-z0-9-]+):\\s*(#[0-9a-f]{6})', 'our own style sheet'],
  ['report/chart-files.ts', String.raw`\n\s*--([a-z0-9-]+):[^;]*;`, 'our own style sheet'],
  ['report/chart-files.ts', '--([a-z0-9-]+): ([^;]+);', 'our own style sheet'],
]

const test = suite('time in proportion to the text')

/** Why a pattern may take longer than that: a line each. */
function slowness({ source, flags }: Omit<Pattern, 'line'>): string[] {
  const reportTypes = { Move: true, Self: true, Trade: true }
  const { reports } = analyse({ source, flags }, { assumeRejectingSuffix: false, reportTypes })
  return reports.map((report) =>
    report.type === 'Trade'
      ? `${report.startQuant.raw} and ${report.endQuant.raw} may share a text`
      : `${report.quant.raw} may ${report.type === 'Move' ? 'begin anew at each character' : 'split a text in many ways'}`,
  )
}

const files = [
  ...(readdirSync('src', { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ['src', file] as const),
  ...readdirSync('templates')
    .filter((file) => file.endsWith('.js'))
    .map((file) => ['templates', file] as const),
].filter(([, file]) => file !== 'cli.ts')
const patterns = files.flatMap(([folder, file]) =>
  readSource(readFileSync(path.join(folder, file), 'utf8')).patterns.map((pattern) => ({ file, ...pattern })),
)

test('knows a pattern that is slow', () => {
  for (const source of [String.raw`^\s*,?\s*$`, '(a+)+b', String.raw`\d+x`, '(?:a|a)*b'])
    assert.ok(slowness({ source, flags: '' }).length > 0, source)
  for (const source of ['^a*b', String.raw`(?<!\d)\d+x`, 'a{0,9}a{0,9}b'])
    assert.equal(slowness({ source, flags: '' }), [], source)
})

test('finds the patterns of the sources', () => {
  assert.ok(patterns.length > 400, `${patterns.length}`)
  for (const { source, flags } of patterns) assert.not.throws(() => new RegExp(source, flags), source)
})

test('holds for every pattern whose text may be long', () => {
  const exempt = new Set(BOUNDED.map(([file, source]) => `${file} ${source}`))
  const slow = patterns.flatMap((pattern) =>
    exempt.has(`${pattern.file} ${pattern.source}`)
      ? []
      : slowness(pattern).map((why) => `${pattern.file}:${pattern.line} /${pattern.source}/: ${why}`),
  )
  assert.equal(slow, [])
})

test('excuses no pattern that is gone or that is quick', () => {
  const needed = patterns.filter((pattern) => slowness(pattern).length > 0)
  const idle = BOUNDED.filter(
    ([file, source]) => !needed.some((each) => each.file === file && each.source === source),
  )
  assert.equal(idle, [])
})

// ─── patterns that are made while the program runs ──────────────────────────────────────────────────────────────

/** What `new RegExp` makes in src/ while the program runs, by the file that makes it. */
function madePatterns(): ReadonlyMap<string, readonly Omit<Pattern, 'line'>[]> {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'test/made-patterns.ts'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  assert.is(stderr, '')
  return new Map(JSON.parse(stdout))
}

test('holds for the patterns that are put together', () => {
  const made = madePatterns()
  const makers = files.filter(
    ([folder, file]) =>
      folder === 'src' &&
      /\bnew RegExp\(/.test(readSource(readFileSync(path.join(folder, file), 'utf8')).code),
  )
  assert.equal(
    makers.map(([, file]) => file).filter((file) => !made.has(file)),
    [],
    'not seen at work',
  )
  const slow = [...made].flatMap(([file, own]) => {
    const different = [...new Map(own.map((pattern) => [pattern.source + pattern.flags, pattern])).values()]
    return different.flatMap((pattern) =>
      slowness(pattern).map((why) => `${file} /${pattern.source}/: ${why}`),
    )
  })
  assert.equal(slow, [])
})

test.run()
