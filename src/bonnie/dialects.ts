/**
 * SHELF: every way bonnie and bonnie++ have printed results, in reading order. To add a dialect, add a row.
 * Known dialects that are not read yet have a row in `UNREAD`, so that the refusal can name them.
 */
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import { isBetween } from './version.ts'

/** The three lines of a heading, blanks collapsed, without what stands to the left of them. */
export interface Heading {
  readonly top: string
  readonly middle: string
  readonly columns: string
  /** what may stand to the left of `columns` */
  readonly labels: readonly string[]
}

/** How a table of text is printed. */
export interface TextDialect {
  readonly name: string
  /** versions that print it; null: the program prints no version, and never prints +++++ */
  readonly versions: { readonly from: string; readonly below: string } | null
  readonly io: Heading
  readonly files: Heading | null
  /** whether the file heading always repeats version and name, or only where there is no table above it */
  readonly repeats: boolean
  /** columns of printf: name and size together, a rate, a CPU; each of the latter two after one blank */
  readonly width: { readonly head: number; readonly rate: number; readonly cpu: number }
  /** whether a size may lack its M or G (it is MiB then) */
  readonly bareSize: boolean
  /** how the five bulk rates are printed: whole KiB/s, or scaled with k, m or g */
  readonly bulk: 'whole' | 'scaled'
  readonly cpu: 'whole' | 'decimal'
  /** whether a row of latencies follows each row of results */
  readonly latency: boolean
  /** what the size cell says after the size, parted by colons */
  readonly sizeParts: readonly ('chunk_size' | 'concurrency' | 'seek_count' | 'seekers')[]
  /** concurrency where the size cell omits it */
  readonly concurrency: number | null
}

const FILES: Heading = {
  top: '------Sequential Create------ --------Random Create--------',
  middle: '-Create-- --Read--- -Delete-- -Create-- --Read--- -Delete--',
  columns: '/sec %CP /sec %CP /sec %CP /sec %CP /sec %CP /sec %CP',
  labels: ['files', 'files:max', 'files:max:min'],
}

const IO_TOP = '------Sequential Output------ --Sequential Input- --Random-'
const IO_MIDDLE = '-Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--'

export const TEXT_DIALECTS: readonly TextDialect[] = [
  {
    name: 'bonnie++ 1.0x text',
    versions: { from: '1.00f', below: '1.90' },
    io: {
      top: IO_TOP,
      middle: IO_MIDDLE,
      columns: 'K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP /sec %CP',
      labels: ['Machine Size', 'Machine Size:chnk'],
    },
    files: FILES,
    repeats: false,
    width: { head: 19, rate: 5, cpu: 3 },
    bareSize: false,
    bulk: 'whole',
    cpu: 'whole',
    latency: false,
    sizeParts: ['chunk_size'],
    concurrency: null,
  },
  {
    name: 'bonnie++ 2.00 text',
    versions: { from: '1.98', below: '3.00' },
    io: {
      top: IO_TOP,
      middle: IO_MIDDLE,
      columns: '/sec %CP /sec %CP /sec %CP /sec %CP /sec %CP /sec %CP',
      labels: ['Name:Size etc'],
    },
    files: FILES,
    repeats: true,
    width: { head: 19, rate: 5, cpu: 3 },
    bareSize: false,
    bulk: 'scaled',
    cpu: 'whole',
    latency: true,
    sizeParts: ['chunk_size', 'concurrency', 'seek_count', 'seekers'],
    concurrency: 1,
  },
  {
    name: 'bonnie text',
    versions: null,
    io: {
      top: '-------Sequential Output-------- ---Sequential Input-- --Random--',
      middle: '-Per Char- --Block--- -Rewrite-- -Per Char- --Block--- --Seeks---',
      columns: 'K/sec %CPU K/sec %CPU K/sec %CPU K/sec %CPU K/sec %CPU /sec %CPU',
      labels: ['Machine MB'],
    },
    files: null,
    repeats: false,
    width: { head: 13, rate: 5, cpu: 4 },
    bareSize: true,
    bulk: 'whole',
    cpu: 'decimal',
    latency: false,
    sizeParts: [],
    concurrency: null,
  },
]

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
  /** what the first field says; null: the row does not name its format */
  readonly format: string | null
  readonly fields: readonly Field[]
  readonly bareSize: boolean
  /** whether seeks always carry a decimal */
  readonly decimalSeeks: boolean
}

const IO = METRIC_IDS.slice(0, 6).flatMap((id): Field[] => [id, `${id}_cpu`])
const FILE_OPS = METRIC_IDS.slice(6).flatMap((id): Field[] => [id, `${id}_cpu`])
const LATENCIES = METRIC_IDS.map((id): Field => `${id}_latency`)

export const CSV_DIALECTS: readonly CsvDialect[] = [
  {
    name: 'bonnie++ 1.0x CSV',
    format: null,
    fields: ['name', 'size_cell', ...IO, 'files_cell', ...FILE_OPS],
    bareSize: false,
    decimalSeeks: true,
  },
  {
    // The header of this format calls field 24 num_dirs and field 25 file_chunk_size; upstream leaves the former
    // empty and writes the number of directories into the latter.
    name: 'bonnie++ 2.00 CSV',
    format: '1.98',
    fields: [
      ...(['format_version', 'version', 'name', 'concurrency', 'seed', 'size_cell', 'chunk_size'] as const),
      ...(['seek_count', 'seekers', ...IO] as const),
      ...(['num_files', 'max_size', 'min_size', 'unused', 'num_dirs', ...FILE_OPS, ...LATENCIES] as const),
    ],
    bareSize: false,
    decimalSeeks: false,
  },
]

interface UnreadDialect {
  readonly name: string
  /** why: some are to be read one day, others are no results of bonnie++ */
  readonly why: 'not read yet' | 'not a result of bonnie++'
  /** recognises a line, blanks collapsed */
  readonly sign: (line: string) => boolean
}

/** Known, recognised by one line (blanks collapsed), and not read. The first that fits names what it looks like. */
export const UNREAD: readonly UnreadDialect[] = [
  {
    name: 'a page of bon_csv2html',
    why: 'not read yet',
    sign: (line) => line.includes('>Sequential Output'),
  },
  {
    name: 'output of zcav',
    why: 'not a result of bonnie++',
    sign: (line) => line.startsWith('#loops:') || line.startsWith('#block offset ('),
  },
  {
    name: 'output of getc_putc',
    why: 'not a result of bonnie++',
    sign: (line) => line.includes(' putcNT getcNT '),
  },
  { name: 'Bonnie-64 text', why: 'not read yet', sign: (line) => line.includes('GB M/sec %CPU') },
  {
    name: 'SuSE Bonnie text',
    why: 'not read yet',
    sign: (line) => /\(nosync\)|\(sync\)|--Rnd Seek|-CharUnlk-/.test(line),
  },
  {
    name: 'bonnie++ 1.9x text',
    why: 'not read yet',
    sign: (line) => /^Concurrency \d/.test(line) && line.includes('-Per Chr-'),
  },
  {
    name: 'bonnie++ 1.00 text',
    why: 'not read yet',
    sign: (line) => /^Machine MB(:chnk)? K\/sec %CP K/.test(line),
  },
]

/** Words that only headings hold; two of them make a line part of a heading. */
export const HEADING_WORDS: ReadonlySet<string> = new Set([
  ...TEXT_DIALECTS.flatMap(({ io, files }) => [io, files ?? io])
    .flatMap((heading) => [heading.top, heading.middle, heading.columns])
    .flatMap((words) => words.split(' '))
    .filter((word) => word !== 'Create' && word !== 'Input'),
  ...['M/sec', '-CharUnlk-', '(nosync)', '(sync)-----', '--Rnd', '(03)-'],
])

/** Whether a dialect prints this version; null stands for no version at all. */
export function prints(dialect: TextDialect, version: string | null): boolean {
  if (dialect.versions === null || version === null) return dialect.versions === null && version === null
  return isBetween(version, dialect.versions.from, dialect.versions.below)
}
