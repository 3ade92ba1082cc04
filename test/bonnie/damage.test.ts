/** One byte of a real output is deleted, replaced or inserted: nothing but what it touches may change in silence. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Cell, Parsed, Run } from '../../src/model/run.ts'
import { runs, suite } from '../suite.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/dialects/', import.meta.url))
const read = (text: string) => parse({ path: 'input.txt', sha256: '', text })
/** Undamaged outputs, and those that merely end early. */
const WHOLE = readdirSync(FIXTURES)
  .sort()
  .map((name) => ({ name, text: readFileSync(`${FIXTURES}${name}/input.txt`, 'utf8') }))
  .filter(({ text }) => !read(text).diagnostics.some((diagnostic) => diagnostic.level === 'error'))

interface Damage {
  readonly kind: 'delete' | 'replace' | 'insert'
  readonly at: number
  readonly byte: string
}

function damaged(text: string, { kind, at, byte }: Damage): string {
  return text.slice(0, at) + (kind === 'delete' ? '' : byte) + text.slice(kind === 'insert' ? at : at + 1)
}

/** What differs between two runs; null cells and facts included, places not. */
function changes(a: Run, b: Run): { cells: string[]; facts: string[] } {
  const bare = ({ line: _line, column: _column, ...cell }: Cell) => JSON.stringify(cell)
  const { cells: left, line: _a, ...factsA } = a
  const { cells: right, line: _b, ...factsB } = b
  const keys = Object.keys(factsA) as (keyof typeof factsA)[]
  return {
    cells: METRIC_IDS.filter((id) => bare(left[id]) !== bare(right[id])),
    facts: keys.filter((key) => factsA[key] !== factsB[key]),
  }
}

const said = ({ rule, message, place }: Diagnostic) => `${place.line}:${place.column} ${rule} ${message}`

/** What was said of the damage: a note on a defect of bonnie++ says nothing of it. */
function told({ diagnostics }: Parsed): Diagnostic[] {
  return diagnostics.filter(({ rule }) => !rule.startsWith('bon-'))
}

/** The fault in what one damaged byte did, or null if it did none that nobody was told of. */
function fault(text: string, before: Parsed, damage: Damage): string | null {
  const after = read(damaged(text, damage))
  const known = new Set(told(before).map(said))
  if (told(after).some((diagnostic) => !known.has(said(diagnostic)))) return null
  if (told(after).length < told(before).length) return 'a diagnostic vanished'
  if (after.runs.length !== before.runs.length) return 'a run came or went in silence'
  const changed = before.runs.flatMap((run, i) => {
    const other = after.runs[i]
    const { cells, facts } = other ? changes(run, other) : { cells: [], facts: [] }
    return cells.length + facts.length > 0 && other ? [{ run, other, cells, facts }] : []
  })
  const [only, ...more] = changed
  if (!only) return null
  // all rows of a table have one version
  const inVersion = changed.every(({ facts }) => facts.length === 1 && facts[0] === 'version')
  if (more.length > 0 && !inVersion) return 'two runs changed'
  const { run, other, cells, facts } = only
  if (facts.length > 0) {
    // A size, a count or a version carries bounds along; a name and a size are neighbours.
    const beyond = cells.filter((id) => other.cells[id as keyof Run['cells']].state !== 'at_least')
    if (beyond.length > 0) return `${facts} changed, and with it ${beyond}`
    return facts.length > 2 ? `${facts} changed` : null
  }
  if (cells.length > 1) return `${cells} changed`
  if (
    run.cells[cells[0] as keyof Run['cells']].latency_us !==
    other.cells[cells[0] as keyof Run['cells']].latency_us
  )
    return null
  const cell = run.cells[cells[0] as keyof Run['cells']]
  const place = placeOf(text, damage.at)
  const near = place.line !== cell.line || Math.abs(place.column - (cell.column ?? 0)) <= 12
  return near ? null : `${cells} changed, far from the damage`
}

function placeOf(text: string, at: number) {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const test = suite('damage of one byte')

for (const { name, text } of WHOLE) {
  const before = read(text)
  test(`${name} does not change in silence`, () => {
    const damage = fc.record({
      kind: fc.constantFrom('delete' as const, 'replace' as const, 'insert' as const),
      at: fc.nat(text.length - 1),
      byte: fc.constantFrom(...'0123456789 .,+lOkmgGM\n\tx-'),
    })
    fc.assert(
      fc.property(damage, (each) => {
        const found = fault(text, before, each)
        if (found)
          throw new Error(
            `${found}: ${JSON.stringify(each)} ${JSON.stringify(text.slice(each.at - 20, each.at + 20))}`,
          )
      }),
      { numRuns: runs(150), seed: 1_03 },
    )
  })
}

test('an output cut off anywhere is no crash, and holds no number that the whole does not', () => {
  // Rows set by hand, wrapped, collapsed or tabbed have no columns that show that a number was cut.
  for (const { text } of WHOLE.filter(
    ({ name }) => !/^(bonnie|by-hand|suse|two-programs)|wrapped|mediawiki|list-marks|tabs/.test(name),
  )) {
    const tables = text.split('\n').filter((line) => !line.includes(','))
    const rates = new Set([...ratesOf(read(text)), ...ratesOf(read(tables.join('\n')))])
    for (let end = 0; end < text.length - 2; end += 1) {
      if (isInLastField(text, end)) continue
      for (const rate of ratesOf(read(text.slice(0, end)))) {
        if (!rates.has(rate)) assert.unreachable(`${rate} after ${JSON.stringify(text.slice(end - 30, end))}`)
      }
    }
  }
})

/** Nothing shows that a CSV row lost the last digit of its last field. */
function isInLastField(text: string, end: number): boolean {
  const row = text.slice(text.lastIndexOf('\n', end - 1) + 1, `${text}\n`.indexOf('\n', end))
  return (
    row.split(',').length > 20 &&
    text
      .slice(end, end + 10)
      .split('\n', 1)[0]
      ?.includes(',') === false
  )
}

function ratesOf({ runs: found }: Parsed): Set<number> {
  const measured = found
    .flatMap((run) => Object.values(run.cells))
    .filter((cell) => cell.state === 'measured')
  const numbers = measured.flatMap((cell) => [cell.rate, cell.cpu, cell.latency_us])
  return new Set(numbers.filter((number) => number !== null))
}

test.run()
