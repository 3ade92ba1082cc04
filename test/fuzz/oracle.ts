/**
 * What one damage may change: nothing; or the one cell it hit, facts whose own word it hit, and the bounds that follow
 * from these. A lost line may lose what stood on it; a doubled line may change nothing at all. Where a warning or an
 * error speaks up that was silent before, more may be lost, but never does a number stand for another test or in another
 * run. A note excuses nothing: `parse` keeps notes to itself unless asked.
 */

import { readSize } from '../../src/bonnie/facts.ts'
import { readLatency } from '../../src/bonnie/notation.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Run } from '../../src/model/run.ts'
import type { Damage } from './mutants.ts'
import { numbersIn, type Original, type Reading } from './outputs.ts'
import { lineOf, offsetOf, wordsIn, type Zone, zoneOf } from './zone.ts'

type Fact = Exclude<keyof Run, 'schema' | 'path' | 'line' | 'source_sha256' | 'dialect' | 'cells'>

/** What the damage hit. */
interface Hit {
  readonly kind: Damage['kind']
  readonly zone: Zone
  readonly before: Original
  readonly after: Reading
  /** the words it hit, and those that it made */
  readonly lost: readonly string[]
  readonly made: readonly string[]
}

/** The silent change that a damage did, in a few words; null if it did none. */
export function faultOf(before: Original, after: Reading, kind: Damage['kind']): string | null {
  if (before.text === after.text || sameRuns(before.parsed.runs, after.parsed.runs)) return null
  const zone = zoneOf(before.text, after.text)
  // a mark may stand between words and still become a part of a name
  const lost = [
    ...wordsIn(before.text, zone.from, zone.before),
    ...bareMark(before.text, zone.from, zone.before),
  ]
  const made = [...wordsIn(after.text, zone.from, zone.after), ...bareMark(after.text, zone.from, zone.after)]
  const hit: Hit = { kind, zone, before, after, lost, made }
  const runs = isLoss(kind) ? withoutLost(hit) : before.parsed.runs
  if (wasRefused(hit)) return null
  if (isTold(before, after, zone)) return strangerIn(hit)
  if (runs.length !== after.parsed.runs.length)
    return `${before.parsed.runs.length} runs became ${after.parsed.runs.length}`
  const faults = runs.map((run, i) => faultOfRun(run, after.parsed.runs[i] ?? run, hit))
  const fault = faults.find((each) => each !== null)
  if (fault) return fault
  const cells = runs.reduce((sum, run, i) => sum + changedCells(run, after.parsed.runs[i] ?? run).length, 0)
  // what is printed once for many rows, such as a version, may be lost or changed for all of them
  return cells > 1 && !isLoss(kind) ? `${cells} cells changed` : null
}

function isLoss(kind: Damage['kind']): boolean {
  return kind === 'drop' || kind === 'truncate'
}

/** A number that no run of the output gives for that test, unless it stands where the damage is: a shifted one. */
function strangerIn(hit: Hit): string | null {
  for (const run of hit.after.parsed.runs) {
    const strange = hit.before.numbers.map((known) =>
      METRIC_IDS.find(
        (id) =>
          numbersIn(id, run.cells[id]).some((number) => !known.has(number)) && !isHit(run.cells[id], hit),
      ),
    )
    const [id] = strange
    if (id && !strange.includes(undefined)) return `told, but ${id} became ${JSON.stringify(run.cells[id])}`
  }
  return null
}

/** Whether a cell or its latency stands where the damage is. */
function isHit(cell: Cell, { after, zone, made }: Hit): boolean {
  const { latency_us: us } = cell
  const latency = us !== null && made.some((word) => readLatency(word) === us)
  return latency || stands(after.text, cell, zone.from, zone.after)
}

function bareMark(text: string, from: number, to: number): string[] {
  const mark = text.slice(from, to).trim()
  return mark.length === 1 ? [mark] : []
}

/** Runs without the places where they stand. */
function sameRuns(left: readonly Run[], right: readonly Run[]): boolean {
  return left.length === right.length && JSON.stringify(left, placeless) === JSON.stringify(right, placeless)
}

function placeless(key: string, value: unknown): unknown {
  return key === 'line' || key === 'column' ? undefined : value
}

/** Whether a warning or error speaks up that was silent before, or stood elsewhere. */
function isTold(before: Reading, after: Reading, zone: Zone): boolean {
  const keyOf = ({ level, rule, message }: Diagnostic, line: number) =>
    `${line} ${level} ${rule} ${message.replace(/\bline \d+/g, 'line')}`
  const known = new Set<string>()
  for (const diagnostic of before.parsed.diagnostics) {
    const { line, column } = diagnostic.place
    const at = offsetOf(before.text, line, column)
    // within the damage either end is its place now
    const places = at < zone.from ? [at] : at >= zone.before ? [at + zone.grown] : [zone.from, zone.after]
    for (const place of places) known.add(keyOf(diagnostic, lineOf(after.text, place)))
  }
  return after.parsed.diagnostics.some(
    (diagnostic) => diagnostic.level !== 'note' && !known.has(keyOf(diagnostic, diagnostic.place.line)),
  )
}

/**
 * Whether all was refused because of what was hit. A damage that makes a row of what is none already, a comma where one
 * was missing, say, leaves nothing to see it by.
 */
function wasRefused({ before, zone }: Hit): boolean {
  const { runs, diagnostics } = before.parsed
  const line = lineOf(before.text, zone.from)
  return runs.length === 0 && diagnostics.some(({ level, place }) => level === 'error' && place.line === line)
}

/** The runs that do not stand on lost text alone: whoever loses all of a run cannot know that it was there. */
function withoutLost({ before, after, zone }: Hit): readonly Run[] {
  const missing = before.parsed.runs.length - after.parsed.runs.length
  const gone = before.parsed.runs.filter((run) =>
    Object.values(run.cells).every(
      (cell) => cell.line === null || stands(before.text, cell, zone.from, zone.before),
    ),
  )
  return missing > 0 && gone.length === missing
    ? before.parsed.runs.filter((run) => !gone.includes(run))
    : before.parsed.runs
}

function faultOfRun(run: Run, other: Run, hit: Hit): string | null {
  const facts = factsOf(run).filter((key) => run[key] !== other[key])
  const cells = changedCells(run, other)
  const bounds = METRIC_IDS.filter((id) => isBoundOnly(run.cells[id], other.cells[id]))
  if (hit.kind === 'double' && facts.length + cells.length + bounds.length > 0)
    return `a doubled line changed ${[...facts, ...cells, ...bounds]}`
  for (const key of facts)
    if (!mayChangeFact(key, run, other, hit)) return `${key} changed: ${run[key]} → ${other[key]}`
  for (const id of cells) {
    const fault = faultOfCell(id, run.cells[id], other.cells[id], hit)
    if (fault) return fault
  }
  if (facts.length > 0 && cells.length > 0 && !isLoss(hit.kind))
    return `${facts} changed, and with it ${cells}`
  if (bounds.length > 0 && !facts.some((key) => WORK.includes(key))) return `the bound of ${bounds} changed`
  // a version tells the dialect, and in the CSV of 1.0x, which has none, nothing but a size without M does
  const bare = hit.lost.some((word) => isIn('file_size_mib', run.file_size_mib, [word]))
  const follows = facts.includes('version') || isLoss(hit.kind) || (run.version === null && bare)
  return run.dialect === other.dialect || follows ? null : `${run.dialect} became ${other.dialect}`
}

/** Bounds follow from these. */
const WORK: readonly Fact[] = ['version', 'file_size_mib', 'num_files', 'seek_count']

function factsOf(run: Run): Fact[] {
  const others = ['schema', 'path', 'line', 'source_sha256', 'dialect', 'cells']
  return Object.keys(run).filter((key): key is Fact => !others.includes(key))
}

/** A fact may change with its own word, and be lost or cut with its line. */
function mayChangeFact(key: Fact, run: Run, other: Run, { kind, lost, made, before }: Hit): boolean {
  const [from, to] = [run[key], other[key]]
  const own = isIn(key, from, lost)
  if (!isLoss(kind)) return own || isIn(key, to, made)
  // of two names that contradicted each other the other one is left
  const contradicted = key === 'name' && wasContradicted(before)
  const less = to === null || to === '' || (key === 'name' && run.name.startsWith(other.name)) || contradicted
  return own && (less || (kind === 'truncate' && isIn(key, to, made)))
}

function wasContradicted({ parsed }: Reading): boolean {
  return parsed.diagnostics.some(
    ({ rule, message }) => rule === 'text-csv-disagree' && message.includes('name'),
  )
}

/** Whether a fact stands in one of some words. */
function isIn(key: Fact, value: Run[Fact], words: readonly string[]): boolean {
  if (value === null || value === '') return false
  if (key === 'file_size_mib')
    return words.some((word) => [1, 1000].some((unit) => readSize(word, unit)?.mib === value))
  if (typeof value === 'number')
    return words.some((word) => word.match(/\d+/g)?.some((digits) => Number(digits) === value))
  return words.some((word) => word.includes(value) || value.includes(word))
}

function changedCells(run: Run, other: Run): MetricId[] {
  return METRIC_IDS.filter((id) => {
    const [from, to] = [run.cells[id], other.cells[id]]
    // what was not read is no more read than before
    if (from.state === 'unreadable' && to.state === 'unreadable' && from.latency_us === to.latency_us)
      return false
    return JSON.stringify(from, placeless) !== JSON.stringify(to, placeless) && !isBoundOnly(from, to)
  })
}

function isBoundOnly(from: Cell, to: Cell): boolean {
  const both = from.state === 'at_least' && to.state === 'at_least'
  return both && from.rate !== to.rate && from.latency_us === to.latency_us
}

function faultOfCell(id: MetricId, from: Cell, to: Cell, hit: Hit): string | null {
  const { before, after, zone, kind } = hit
  const story = `${id} changed: ${JSON.stringify(from)} → ${JSON.stringify(to)}`
  if (isLoss(kind) && isLess(from, to))
    return isOwn(from, hit) ? null : `${story}, though it stands elsewhere`
  if (kind === 'drop') return story
  const { latency_us: a, ...own } = from
  const { latency_us: b, ...others } = to
  if (a !== b) {
    const hits = (words: readonly string[], us: number | null) =>
      us !== null && words.some((word) => readLatency(word) === us)
    const alone = JSON.stringify(own, placeless) === JSON.stringify(others, placeless)
    return alone && (hits(hit.lost, a) || hits(hit.made, b)) ? null : story
  }
  const near =
    stands(before.text, from, zone.from, zone.before) || stands(after.text, to, zone.from, zone.after)
  return near ? null : story
}

/**
 * Whether a cell only lost something: a number, a latency, or the digits that a table rounds off. One that was unreadable
 * because the lost line contradicted another is what the other says.
 */
function isLess(from: Cell, to: Cell): boolean {
  if (from.state === 'unreadable') return true
  const rounded =
    from.rate !== null &&
    to.rate !== null &&
    Math.abs(from.rate - to.rate) <= Math.max(1, 1.01 * (to.tolerance ?? 0))
  const rate = to.rate === null || to.rate === from.rate || rounded
  const cpu = to.cpu === null || to.cpu === from.cpu
  return rate && cpu && (to.latency_us === null || to.latency_us === from.latency_us)
}

/** Whether what a cell lost stood on the line that was lost. */
function isOwn(from: Cell, { before, zone, lost }: Hit): boolean {
  const latency = from.latency_us !== null && lost.some((word) => readLatency(word) === from.latency_us)
  return latency || stands(before.text, from, zone.from, zone.before)
}

/** Whether a cell, its rate and its CPU, stands in a part of a text or beside it. */
function stands(text: string, { line, column }: Cell, from: number, to: number): boolean {
  if (line === null || column === null) return false
  const begin = offsetOf(text, line, column)
  CELL.lastIndex = begin
  const end = begin + (CELL.exec(text)?.[0].length ?? 0)
  return from <= end && to >= begin
}

/** A rate, what parts it from its CPU, and that. */
const CELL = /[^\s,<>]*(?:[\s,|>]|<[^<>]*>)*[^\s,<>]*/y
