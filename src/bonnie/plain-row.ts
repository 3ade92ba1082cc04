/**
 * CSV rows that are sound beyond doubt, read by one look at their characters. This is the way of nearly all rows of
 * a large file, in a tenth of the time that the full reader takes (csv.ts and merge.ts); whatever is not plain goes
 * there. A row is plain if the full reader finds nothing to say of it and nothing to mend in it, so every condition
 * here repeats one that stands there, never wider; test/bonnie/plain-row.test.ts holds the two against each other.
 */
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Cell } from '../model/run.ts'
import { ceilingOf, floorOf } from './bounds.ts'
import { CSV_DIALECTS, type CsvDialect, type Field } from './csv-dialects.ts'
import type { Facts } from './facts.ts'
import { Recent } from './recent.ts'
import type { Cells } from './table.ts'
import { isBetween } from './version.ts'

/** The record of a plain row, without its provenance. `line`: of the file as saved, 1-based, as in its cells. */
export interface PlainRow {
  readonly line: number
  readonly text: string
  /** its first fields, and its last behind their comma, which tell it from others */
  readonly head: string
  readonly tail: string
  readonly dialect: string
  readonly facts: Facts
  readonly cells: Cells<Cell>
}

/** Reads the text of a line of a file (1-based) if it is a plain row, else gives null. */
export type ReadPlainRow = (text: string, line: number) => PlainRow | null

/** So many fields at either end tell a row from others: rates or latencies are among them. */
export const END = 16

/** Since 1.93b nothing in a row is wrong that looks right; before, seeks were timed wrongly (BON-017). */
const SOUND = { from: '1.93b', below: '3.00' }

/** From this size (MiB) or number of files (× 1,024) on, rates are computed from numbers that overflow (BON-013). */
const OVERFLOWING = 2 ** 21

/** Longer lines are treated differently in many places. */
const LONGEST = 300

/** Where the fields of a layout stand. */
interface Layout {
  readonly dialect: CsvDialect
  readonly version: string
  readonly at: Readonly<Partial<Record<Field, number>>>
  readonly rates: readonly number[]
  readonly latencies: readonly number[]
}

/** What a test was printed with at most, and what +++++ means for it, in KiB/s or 1/s; null: not known. */
interface Bounds {
  readonly ceilings: readonly (number | null)[]
  readonly floors: readonly (number | null)[]
}

/** Layouts and bounds that are remembered; rows of one file have few of them. */
const REMEMBERED = 64

/** A reader that remembers what the rows of one file have in common. */
export function plainRowReader(): ReadPlainRow {
  const layouts = new Recent<Layout | 'other'>(REMEMBERED)
  const bounds = new Recent<Bounds>(REMEMBERED)
  const layoutFor = (text: string): Layout | 'other' => {
    const key = text.slice(0, endOf(1))
    const known = layouts.get(key) ?? layoutOf(key)
    layouts.keep(key, known)
    return known
  }
  const boundsFor = (facts: Facts): Bounds => {
    const key = `${facts.version} ${facts.file_size_mib} ${facts.seek_count} ${facts.num_files}`
    const known = bounds.get(key) ?? boundsOf(facts)
    bounds.keep(key, known)
    return known
  }
  return (text, line) => {
    const count = part(text)
    const layout = count === 0 ? 'other' : layoutFor(text)
    if (layout === 'other' || layout.dialect.fields.length !== count) return null
    const facts = factsOf(text, layout)
    const cells = facts && cellsOf(text, line, layout, boundsFor(facts))
    if (!cells) return null
    const [head, tail] = [text.slice(0, endOf(END - 1)), text.slice(endOf(count - END - 1))]
    return { line, text, head, tail, dialect: layout.dialect.name, facts, cells }
  }
}

/** Offsets of the ends of the fields of the row that is being looked at. */
const ends = new Int32Array(64)

function endOf(field: number): number {
  return ends[field] ?? 0
}

function beginOf(field: number): number {
  return field === 0 ? 0 : (ends[field - 1] ?? 0) + 1
}

const [ZERO, NINE, COMMA, DOT, PLUS] = [48, 57, 44, 46, 43]

/** Parts a text at its commas; how many fields it has, 0 if a character stands in it that stands in no plain row. */
function part(text: string): number {
  if (text.length > LONGEST || text.charCodeAt(1) !== DOT) return 0
  let count = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (PLAIN[code] !== 1) return 0
    if (code !== COMMA) continue
    if (count === ends.length - 1) return 0
    ends[count] = i
    count += 1
  }
  ends[count] = text.length
  return count + 1
}

/** By its code, whether a character may stand in a plain row. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w,.+-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/** The layout of the rows that begin with a format and a version. */
function layoutOf(begin: string): Layout | 'other' {
  const [format = '', version = ''] = begin.split(',')
  if (![format, version].every((each) => isBetween(each, SOUND.from, SOUND.below))) return 'other'
  const dialect = CSV_DIALECTS.find(({ formats, withoutIo }) => {
    const wrote = (each: string) => formats !== null && isBetween(each, formats.from, formats.below)
    return !withoutIo && wrote(format) && wrote(version)
  })
  if (!dialect) return 'other'
  const at = Object.fromEntries(dialect.fields.map((field, i) => [field, i]))
  return {
    dialect,
    version,
    at,
    rates: METRIC_IDS.map((id) => at[id] ?? 0),
    latencies: METRIC_IDS.map((id) => at[`${id}_latency`] ?? 0),
  }
}

/** Undefined stands here for what is not plain, null for an empty field. */
type Read<T> = T | null | undefined

function factsOf(text: string, { version, at }: Layout): Facts | null {
  const name = text.slice(beginOf(2), endOf(2))
  const size = sizeAt(text, at.size_cell ?? 0)
  const chunk = chunkAt(text, at.chunk_size ?? 0)
  const concurrency = countAt(text, at.concurrency)
  const seed = countAt(text, at.seed)
  const seeks = countAt(text, at.seek_count)
  const seekers = countAt(text, at.seekers)
  const files = countAt(text, at.num_files)
  const largest = countAt(text, at.max_size)
  const smallest = countAt(text, at.min_size)
  if (name === '' || size === null || chunk === undefined) return null
  if (concurrency === undefined || seed === undefined || seeks === undefined || seekers === undefined)
    return null
  if (files === undefined || largest === undefined || smallest === undefined) return null
  // BON-012, BON-003
  if ((concurrency ?? 1) !== 1 || !isEmpty(at.unused) || !isEmpty(at.num_dirs)) return null
  if ((files ?? 0) >= OVERFLOWING) return null
  return {
    version,
    name,
    file_size_mib: size,
    chunk_size: chunk,
    concurrency,
    seed,
    seek_count: seeks,
    seekers,
    num_files: files,
    max_size: largest,
    min_size: smallest,
    num_dirs: null,
    file_kind: null,
  }
}

function isEmpty(field = 0): boolean {
  return endOf(field) === beginOf(field)
}

/** The number between two offsets, of 1 to `most` digits; -1 if there is none. */
function digits(text: string, from: number, to: number, most: number): number {
  if (to <= from || to - from > most) return -1
  let value = 0
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i)
    if (code < ZERO || code > NINE) return -1
    value = value * 10 + code - ZERO
  }
  return value
}

/** More digits than these are not exact. */
const EXACT = 15

function countAt(text: string, field: number | undefined): Read<number> {
  if (field === undefined || isEmpty(field)) return null
  const value = digits(text, beginOf(field), endOf(field), EXACT)
  return value < 0 ? undefined : value
}

/** A size such as 2064M or 2G, in MiB; null if there is none or it is too large. */
function sizeAt(text: string, field: number): number | null {
  const last = endOf(field) - 1
  const unit = text[last] === 'G' ? 1024 : text[last] === 'M' ? 1 : 0
  const size = digits(text, beginOf(field), last, EXACT) * unit
  return size > 0 && size < OVERFLOWING ? size : null
}

/** The size of a chunk as it was printed, such as 64k. */
function chunkAt(text: string, field: number): Read<string> {
  if (isEmpty(field)) return null
  const [from, to] = [beginOf(field), endOf(field)]
  const end = text[to - 1] === 'k' ? to - 1 : to
  return digits(text, from, end, EXACT) < 0 ? undefined : text.slice(from, to)
}

function boundsOf(facts: Facts): Bounds {
  return {
    ceilings: METRIC_IDS.map((id) => ceilingOf(id, facts)),
    floors: METRIC_IDS.map((id) => floorOf(id, facts)),
  }
}

const NOT_RUN: Cell = { state: 'not_run', rate: null, cpu: null, latency_us: null, line: null, column: null }
const NO_CELLS = Object.fromEntries(METRIC_IDS.map((id) => [id, NOT_RUN])) as Record<MetricId, Cell>

function cellsOf(text: string, line: number, layout: Layout, bounds: Bounds): Cells<Cell> | null {
  const cells = { ...NO_CELLS }
  for (let i = 0; i < METRIC_IDS.length; i += 1) {
    const cell = cellAt(text, line, layout, bounds, i)
    if (!cell) return null
    cells[METRIC_IDS[i] as MetricId] = cell
  }
  return cells
}

function cellAt(
  text: string,
  line: number,
  { rates, latencies }: Layout,
  { ceilings, floors }: Bounds,
  index: number,
): Cell | null {
  const field = rates[index] ?? 0
  const latency = latencyAt(text, latencies[index] ?? 0)
  if (latency === undefined) return null
  const from = beginOf(field)
  const to = endOf(field)
  if (isEmpty(field))
    return isEmpty(field + 1) ? (latency === null ? NOT_RUN : { ...NOT_RUN, latency_us: latency }) : null
  if (arePluses(text, from, to, 5)) {
    const bound = floors[index] ?? null
    if (bound === null || !arePluses(text, to + 1, endOf(field + 1), 3)) return null
    return { state: 'at_least', rate: bound, cpu: null, latency_us: latency, line, column: from + 1 }
  }
  const rate = index === SEEKS ? decimal(text, from, to) : digits(text, from, to, EXACT)
  const cpu = digits(text, to + 1, endOf(field + 1), 4)
  const ceiling = ceilings[index] ?? null
  if (rate < 0 || cpu < 0 || (ceiling !== null && rate > ceiling)) return null
  return { state: 'measured', rate, cpu, latency_us: latency, line, column: from + 1 }
}

function arePluses(text: string, from: number, to: number, count: number): boolean {
  if (to - from !== count) return false
  for (let i = from; i < to; i += 1) if (text.charCodeAt(i) !== PLUS) return false
  return true
}

const SEEKS = METRIC_IDS.indexOf('seeks')

/** A number with one to three decimals, or none; -1 if there is none. Both parts are exact, so their quotient is. */
function decimal(text: string, from: number, to: number): number {
  const dot = to - from > 2 ? text.indexOf('.', Math.max(from, to - 4)) : -1
  if (dot < 0 || dot >= to) return digits(text, from, to, EXACT)
  const places = to - dot - 1
  const [above, below] = [digits(text, from, dot, EXACT - 3), digits(text, dot + 1, to, 3)]
  return above < 0 || below < 0 ? -1 : (above * 10 ** places + below) / 10 ** places
}

/** A latency such as 6180us, 103ms or 12s in microseconds. */
function latencyAt(text: string, field: number): Read<number> {
  if (isEmpty(field)) return null
  const [from, to] = [beginOf(field), endOf(field)]
  const before = text[to - 2]
  const [unit, length] =
    text[to - 1] !== 's' ? [-1, 1] : before === 'u' ? [1, 2] : before === 'm' ? [1000, 2] : [1_000_000, 1]
  const value = digits(text, from, to - length, 12) * unit
  return value < 0 || unit < 0 ? undefined : value
}
