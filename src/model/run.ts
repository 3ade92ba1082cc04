import type { Diagnostic } from './diagnostic.ts'
import type { Absence, Measurement } from './measurement.ts'
import type { MetricId } from './metric.ts'

/** One saved file as it was found: text decoded, path relative to its study with forward slashes. */
export interface Source {
  readonly path: string
  readonly sha256: string
  readonly text: string
}

export type CellState = 'measured' | 'at_least' | 'not_run' | 'defective' | 'unreadable'

/** One test of one run as printed. `rate` is in KiB/s (bulk) or 1/s, `cpu` in percent, `latency_us` in microseconds. */
export interface Cell {
  readonly state: CellState
  /** with `at_least` the lower bound; null unless measured or at_least */
  readonly rate: number | null
  /** half-width of the rounding interval of `rate`, where the printer rounded */
  readonly tolerance?: number
  readonly cpu: number | null
  readonly latency_us: number | null
  /** what was printed, where it is not a usable number */
  readonly printed?: string
  /** number of the upstream defect that spoilt the cell, such as BON-001 */
  readonly erratum?: string
  /** place of the token whose value is used; null where there is none */
  readonly line: number | null
  readonly column: number | null
}

/** One execution of bonnie++: schema 1 of `parse`, one JSON object a line. */
export interface Run {
  readonly schema: 1
  readonly path: string
  /** line of the run's data row (the CSV row where there is one) */
  readonly line: number
  readonly source_sha256: string
  readonly dialect: string
  readonly version: string | null
  readonly name: string
  readonly file_size_mib: number | null
  readonly chunk_size: string | null
  readonly concurrency: number | null
  readonly seed: number | null
  readonly seek_count: number | null
  readonly seekers: number | null
  /** as printed: units of 1,024 files */
  readonly num_files: number | null
  readonly max_size: number | null
  readonly min_size: number | null
  readonly num_dirs: number | null
  readonly file_kind: string | null
  readonly cells: Readonly<Record<MetricId, Cell>>
}

/** What a file held: its runs and what was noticed while reading it. */
export interface Parsed {
  readonly runs: readonly Run[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The rate of a cell as a measurement. */
export function rateOf(cell: Cell): Measurement {
  if (cell.rate === null) return { kind: 'absent', why: ABSENCE[cell.state] }
  if (cell.state === 'at_least') return { kind: 'at least', bound: cell.rate }
  return cell.tolerance === undefined
    ? { kind: 'measured', value: cell.rate }
    : { kind: 'measured', value: cell.rate, tolerance: cell.tolerance }
}

const ABSENCE: Readonly<Record<CellState, Absence>> = {
  measured: 'unreadable',
  at_least: 'unreadable',
  not_run: 'not run',
  defective: 'defective',
  unreadable: 'unreadable',
}
