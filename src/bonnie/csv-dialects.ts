/** SHELF: the layouts of the CSV rows of bonnie++. To add one, add a row. */
import { METRIC_IDS, type MetricId } from '../model/metric.ts'

/** A column of a CSV row. `files_cell` and `size_cell` are the combined cells of the text table. */
export type Field =
  | 'format_version'
  | 'version'
  | 'name'
  | 'concurrency'
  | 'seed'
  | 'size_cell'
  | 'chunk_size'
  | 'seek_count'
  | 'seekers'
  | 'files_cell'
  | 'num_files'
  | 'max_size'
  | 'min_size'
  | 'num_dirs'
  | 'unused'
  | MetricId
  | `${MetricId}_cpu`
  | `${MetricId}_latency`

/** How a CSV row is laid out. */
export interface CsvDialect {
  readonly name: string
  /** the formats it is for, as the first field names them; null: the row does not name its format */
  readonly formats: { readonly from: string; readonly below: string } | null
  readonly fields: readonly Field[]
  /** MiB in one unit of a size without M or G; null: every size has one of them */
  readonly bareMib: number | null
  /** whether seeks always carry a decimal */
  readonly decimalSeeks: boolean
  /** whether it is printed only where the six tests of one file were not run */
  readonly withoutIo: boolean
  /** the unit of the three block rates: pages of bon_csv2html show them in rounded MiB/s from 1.98 on */
  readonly blocks: 'kib' | 'mib'
}

const IO = METRIC_IDS.slice(0, 6).flatMap((id): Field[] => [id, `${id}_cpu`])
const FILE_OPS = METRIC_IDS.slice(6).flatMap((id): Field[] => [id, `${id}_cpu`])
const LATENCIES = METRIC_IDS.map((id): Field => `${id}_latency`)
const VERSIONS = ['format_version', 'version', 'name'] as const
const START = ['concurrency', 'seed'] as const

/**
 * The header that bonnie++ prints calls the fourth field of these num_dirs and the fifth file_chunk_size; upstream
 * leaves the former empty and writes the number of directories into the latter.
 */
const FILES = ['num_files', 'max_size', 'min_size', 'unused', 'num_dirs', ...FILE_OPS] as const

/** What most layouts have in common. */
export const USUAL = { bareMib: null, decimalSeeks: false, withoutIo: false, blocks: 'kib' } as const

/** A layout for whole rows of its number of fields; the first of a format is also the one for rows that were cut. */
export const CSV_DIALECTS: readonly CsvDialect[] = [
  {
    ...USUAL,
    name: 'bonnie++ 1.0x CSV',
    formats: null,
    fields: ['name', 'size_cell', ...IO, 'files_cell', ...FILE_OPS],
    decimalSeeks: true,
  },
  {
    // 1.00 to 1.00e print sizes without M
    ...USUAL,
    name: 'bonnie++ 1.00 CSV',
    formats: null,
    fields: ['name', 'size_cell', ...IO, 'files_cell', ...FILE_OPS],
    bareMib: 1,
    decimalSeeks: true,
  },
  {
    ...USUAL,
    name: 'bonnie++ 1.90 CSV',
    formats: { from: '1.90', below: '1.92b' },
    fields: [...VERSIONS, 'size_cell', 'chunk_size', ...IO, ...FILES, ...LATENCIES],
  },
  {
    // before 1.90b there are no latencies
    ...USUAL,
    name: 'bonnie++ 1.90 CSV',
    formats: { from: '1.90', below: '1.91' },
    fields: [...VERSIONS, 'size_cell', 'chunk_size', ...IO, ...FILES],
  },
  {
    ...USUAL,
    name: 'bonnie++ 1.9x CSV',
    formats: { from: '1.92b', below: '1.98' },
    fields: [...VERSIONS, ...START, 'size_cell', 'chunk_size', ...IO, ...FILES, ...LATENCIES],
  },
  {
    // With -s 0 it prints one comma too few (Debian bug 660564), until 1.97.
    ...USUAL,
    name: 'bonnie++ 1.9x CSV',
    formats: { from: '1.92b', below: '1.97' },
    fields: [...VERSIONS, ...START, 'size_cell', ...IO, ...FILES, ...LATENCIES],
    withoutIo: true,
  },
  {
    // io_chunk_size is never written
    ...USUAL,
    name: 'bonnie++ 2.00 CSV',
    formats: { from: '1.98', below: '3.00' },
    fields: [
      ...VERSIONS,
      ...START,
      ...(['size_cell', 'chunk_size', 'seek_count', 'seekers'] as const),
      ...IO,
      ...FILES,
      ...LATENCIES,
    ],
  },
]

/** The format that the first field of a row names: 1.90 wrote 2. */
export function formatOf(word: string): string {
  return word === '2' ? '1.90' : word
}
