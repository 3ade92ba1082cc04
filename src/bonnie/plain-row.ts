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
import {
  arePluses,
  beginOf,
  chunkAt,
  countAt,
  decimal,
  digits,
  EXACT,
  endOf,
  isEmpty,
  latencyAt,
  part,
  sizeAt,
} from './plain-fields.ts'
import { Recent } from './recent.ts'
import type { Cells } from './table.ts'
import { isBetween } from './version.ts'

/** The record of a plain row, without its provenance. `line`: of the file as saved, 1-based, as in its cells. */
export interface PlainRow {
  readonly line: number
  readonly dialect: string
  readonly facts: Facts
  readonly cells: Cells<Cell>
}

/** What reads plain rows. */
export interface PlainRows {
  /** whether the text of a line is a plain row */
  isOne(text: string): boolean
  /** what it says, standing on that line (1-based) of the file; null if it is none */
  read(text: string, line: number): PlainRow | null
}

/** Since 1.93b nothing in a row is wrong that looks right; before, seeks were timed wrongly (BON-017). */
const SOUND = { from: '1.93b', below: '3.00' }

/** From this size (MiB) or number of files (× 1,024) on, rates are computed from numbers that overflow (BON-013). */
const OVERFLOWING = 2 ** 21

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
export function plainRows(): PlainRows {
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
  const look = (text: string): Pick<PlainRow, 'dialect' | 'facts'> | null => {
    const count = part(text)
    const layout = count === 0 ? 'other' : layoutFor(text)
    if (layout === 'other' || layout.dialect.fields.length !== count) return null
    const facts = factsOf(text, layout)
    return facts && lookAtCells(text, layout, boundsFor(facts))
      ? { dialect: layout.dialect.name, facts }
      : null
  }
  return {
    isOne: (text) => look(text) !== null,
    read: (text, line) => {
      const row = look(text)
      return row && { line, ...row, cells: cellsOn(line) }
    },
  }
}

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

function factsOf(text: string, { version, at }: Layout): Facts | null {
  const size = sizeAt(text, at.size_cell)
  const chunk = chunkAt(text, at.chunk_size)
  const concurrency = countAt(text, at.concurrency)
  const seed = countAt(text, at.seed)
  const seeks = countAt(text, at.seek_count)
  const seekers = countAt(text, at.seekers)
  const files = countAt(text, at.num_files)
  const largest = countAt(text, at.max_size)
  const smallest = countAt(text, at.min_size)
  if (size === undefined || chunk === undefined || concurrency === undefined || seed === undefined)
    return null
  if (seeks === undefined || seekers === undefined || files === undefined) return null
  if (largest === undefined || smallest === undefined) return null
  if (size >= OVERFLOWING || (files ?? 0) >= OVERFLOWING) return null
  // BON-012 and BON-003
  if ((concurrency ?? 1) > 1 || !isEmpty(at.num_dirs)) return null
  return {
    version,
    name: text.slice(beginOf(NAME), endOf(NAME)),
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

/** The name is the third field of every layout that names its format. */
const NAME = 2

function boundsOf(facts: Facts): Bounds {
  return {
    ceilings: METRIC_IDS.map((id) => ceilingOf(id, facts)),
    floors: METRIC_IDS.map((id) => floorOf(id, facts)),
  }
}

const SEEKS = METRIC_IDS.indexOf('seeks')

/** The cells of the row that is being looked at, one after another: a row is looked at once more than it is kept. */
const states: Cell['state'][] = []
const rates = new Float64Array(METRIC_IDS.length)
const cpus = new Int32Array(METRIC_IDS.length)
const latencies = new Float64Array(METRIC_IDS.length)
const columns = new Int32Array(METRIC_IDS.length)

/** Stands in `latencies` for none. */
const NONE = -1

/** Whether all cells are plain; they are written down then. */
function lookAtCells(text: string, layout: Layout, bounds: Bounds): boolean {
  for (let i = 0; i < METRIC_IDS.length; i += 1) if (!lookAtCell(text, layout, bounds, i)) return false
  return true
}

function lookAtCell(text: string, layout: Layout, { ceilings, floors }: Bounds, index: number): boolean {
  const field = layout.rates[index] ?? 0
  const from = beginOf(field)
  const to = endOf(field)
  const latency = latencyAt(text, layout.latencies[index] ?? 0)
  if (latency === undefined) return false
  latencies[index] = latency ?? NONE
  columns[index] = from + 1
  if (from === to) {
    states[index] = 'not_run'
    return isEmpty(field + 1)
  }
  if (arePluses(text, from, to, 5)) {
    states[index] = 'at_least'
    rates[index] = floors[index] ?? 0
    return floors[index] !== null && arePluses(text, to + 1, endOf(field + 1), 3)
  }
  const rate = index === SEEKS ? decimal(text, from, to) : digits(text, from, to, EXACT)
  const cpu = digits(text, to + 1, endOf(field + 1), 4)
  states[index] = 'measured'
  rates[index] = rate
  cpus[index] = cpu
  return rate >= 0 && cpu >= 0 && rate <= (ceilings[index] ?? Number.POSITIVE_INFINITY)
}

const NO_CELL: Cell = { state: 'not_run', rate: null, cpu: null, latency_us: null, line: null, column: null }
const NO_CELLS = Object.fromEntries(METRIC_IDS.map((id) => [id, NO_CELL])) as Record<MetricId, Cell>

/** The cells that were written down last, as those of a row on a line. */
function cellsOn(line: number): Cells<Cell> {
  const cells = { ...NO_CELLS }
  for (let i = 0; i < METRIC_IDS.length; i += 1) cells[METRIC_IDS[i] as MetricId] = cellOn(line, i)
  return cells
}

function cellOn(line: number, index: number): Cell {
  const state = states[index] ?? 'not_run'
  const latency = latencies[index] === NONE ? null : (latencies[index] ?? null)
  if (state === 'not_run') return latency === null ? NO_CELL : { ...NO_CELL, latency_us: latency }
  const cpu = state === 'measured' ? (cpus[index] ?? null) : null
  return {
    state,
    rate: rates[index] ?? null,
    cpu,
    latency_us: latency,
    line,
    column: columns[index] ?? null,
  }
}
