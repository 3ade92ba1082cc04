/**
 * SHELF: every way bonnie and bonnie++ have printed tables of text, in reading order. To add a dialect, add a row.
 * The first row whose heading and versions fit is taken.
 */
import { isBetween } from './version.ts'

/** The three lines of a heading, without what stands to the left of them. */
export interface Heading {
  readonly tops: readonly string[]
  readonly middles: readonly string[]
  readonly columns: string
  /** what may stand to the left of `columns`; where somebody removed it, nothing does */
  readonly labels: readonly string[]
}

/** What the size cell may say after the size, parted by colons. */
export type SizePart = 'chunk_size' | 'concurrency' | 'seek_count' | 'seekers'

/** How a table of text is printed. */
export interface TextDialect {
  readonly name: string
  /** versions that print it; null: no version of bonnie++, and a program that never prints +++++ */
  readonly versions: { readonly from: string; readonly below: string } | null
  readonly io: Heading
  readonly files: Heading | null
  /** whether the program prints its version, in the heading or above it */
  readonly saysVersion: boolean
  /** whether the file heading always repeats version and name, or only where there is no table above it */
  readonly repeats: boolean
  /** whether the rows of the file table begin with the name */
  readonly namesFiles: boolean
  /** columns of printf: name and size together, a rate, a CPU; each of the latter two after one blank */
  readonly width: { readonly head: number; readonly rate: number; readonly cpu: number }
  /** MiB in one unit of a size without M or G; null: every size has one of them */
  readonly bareMib: number | null
  /** how the five bulk rates are printed: whole KiB/s, MiB/s with a decimal, or scaled with k, m or g */
  readonly bulk: 'whole' | 'mib' | 'scaled'
  readonly cpu: 'whole' | 'decimal'
  /** whether a row of latencies follows each row of results */
  readonly latency: boolean
  readonly sizeParts: readonly SizePart[]
  /** whether the size cell always has all of them, be they empty */
  readonly allParts: boolean
  /** concurrency where the size cell omits it */
  readonly concurrency: number | null
}

const FILES: Heading = {
  tops: ['------Sequential Create------ --------Random Create--------'],
  middles: ['-Create-- --Read--- -Delete-- -Create-- --Read--- -Delete--'],
  columns: '/sec %CP /sec %CP /sec %CP /sec %CP /sec %CP /sec %CP',
  labels: ['files', 'files:max', 'files:max:min'],
}

/** bonnie++ with K/sec; `labels` tell how sizes are printed. */
const PLUS: Heading = {
  tops: ['------Sequential Output------ --Sequential Input- --Random-'],
  middles: ['-Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--'],
  columns: 'K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP /sec %CP',
  labels: ['Machine Size', 'Machine Size:chnk'],
}

/** What most dialects of bonnie++ have in common. */
const COMMON = {
  files: FILES,
  saysVersion: true,
  repeats: false,
  namesFiles: false,
  width: { head: 19, rate: 5, cpu: 3 },
  bareMib: null,
  bulk: 'whole',
  cpu: 'whole',
  latency: false,
  sizeParts: ['chunk_size'],
  allParts: false,
  concurrency: null,
} as const satisfies Partial<TextDialect>

/** Tim Bray's Bonnie, and its descendants. */
const BRAY: Heading = {
  tops: ['-------Sequential Output-------- ---Sequential Input-- --Random--'],
  middles: ['-Per Char- --Block--- -Rewrite-- -Per Char- --Block--- --Seeks---'],
  columns: 'K/sec %CPU K/sec %CPU K/sec %CPU K/sec %CPU K/sec %CPU /sec %CPU',
  labels: ['Machine MB'],
}

const BONNIE = {
  ...COMMON,
  versions: null,
  saysVersion: false,
  files: null,
  width: { head: 13, rate: 5, cpu: 4 },
  bareMib: 1,
  cpu: 'decimal',
  sizeParts: [],
} as const satisfies Partial<TextDialect>

/**
 * SuSE's. Its heading tells whether written data was synced, and whether putc() and getc() took no lock: four tests of
 * one name, so four dialects. Seek block size and processes stand there too: `--04k (03)-`; digits match any digits (words.ts).
 */
const SUSE: readonly TextDialect[] = ['(nosync)', '(sync)'].flatMap((sync) =>
  ['-Per Char-', '-CharUnlk-'].map((char) => ({
    ...BONNIE,
    saysVersion: true,
    name: `SuSE Bonnie text${sync === '(sync)' ? ', sync' : ''}${char === '-CharUnlk-' ? ', unlocked' : ''}`,
    io: {
      ...BRAY,
      tops: [`---Sequential Output ${sync}--- ---Sequential Input-- --Rnd Seek-`],
      middles: [`${char} --Block--- -Rewrite-- ${char} --Block--- --00k (00)-`],
    },
  })),
)

export const TEXT_DIALECTS: readonly TextDialect[] = [
  {
    ...COMMON,
    name: 'bonnie++ 1.00 text',
    versions: { from: '1.00', below: '1.00f' },
    io: { ...PLUS, labels: ['Machine MB', 'Machine MB:chnk'] },
    bareMib: 1,
  },
  { ...COMMON, name: 'bonnie++ 1.0x text', versions: { from: '1.00f', below: '1.90' }, io: PLUS },
  {
    ...COMMON,
    name: 'bonnie++ 1.9x text',
    versions: { from: '1.90', below: '1.98' },
    io: PLUS,
    repeats: true,
    latency: true,
  },
  {
    ...COMMON,
    name: 'bonnie++ 2.00 text',
    versions: { from: '1.98', below: '3.00' },
    io: { ...PLUS, columns: FILES.columns, labels: ['Name:Size etc'] },
    repeats: true,
    bulk: 'scaled',
    latency: true,
    sizeParts: ['chunk_size', 'concurrency', 'seek_count', 'seekers'],
    concurrency: 1,
  },
  { ...BONNIE, name: 'bonnie text', io: BRAY },
  ...SUSE,
  {
    // timbray/Bonnie-64 divides by 1024 x 1024 x 1000: its GB are 1,000 MiB, truncated.
    ...BONNIE,
    name: 'Bonnie-64 text',
    io: {
      ...BRAY,
      columns: 'M/sec %CPU M/sec %CPU M/sec %CPU M/sec %CPU M/sec %CPU /sec %CPU',
      labels: ['Machine GB'],
    },
    bareMib: 1000,
    bulk: 'mib',
  },
]

/**
 * The table that bon_csv2txt prints of the same runs: all rows of a kind below one heading, the name in every row.
 * From 1.98 on the third and fourth part of its sizes are other things than in bonnie++'s own.
 */
export function convertedFrom(dialect: TextDialect): TextDialect {
  if (dialect.namesFiles) return dialect
  const name = dialect.name.replace('bonnie++', 'bon_csv2txt').replace(' text', '')
  const sizeParts: readonly SizePart[] = ['chunk_size', 'seek_count', 'seekers']
  return {
    ...dialect,
    name,
    repeats: false,
    namesFiles: true,
    concurrency: null,
    sizeParts: dialect.bulk === 'scaled' ? sizeParts : dialect.sizeParts,
    allParts: dialect.bulk === 'scaled',
  }
}

interface UnreadDialect {
  readonly name: string
  /** which program prints it */
  readonly program: string
  /** recognises a line, blanks collapsed */
  readonly sign: (line: string) => boolean
}

/** Recognised by one line (blanks collapsed), and no results of bonnie++. The first that fits names the file. */
export const UNREAD: readonly UnreadDialect[] = [
  {
    name: 'output of zcav',
    program: 'zcav',
    sign: (line) => line.includes('#loops:') || line.includes('#block offset ('),
  },
  { name: 'output of getc_putc', program: 'getc_putc', sign: (line) => line.includes('putcNT getcNT') },
  { name: 'the usage of getc_putc', program: 'getc_putc', sign: (line) => line.startsWith('getc_putc [-d') },
  { name: 'a table of tiobench', program: 'tiobench', sign: (line) => line.includes('%CPU Eff') },
  { name: 'output of IOzone', program: 'IOzone', sign: (line) => line.includes('Iozone: Performance Test') },
]

/** Whether a dialect prints this version; null stands for no version at all. */
export function prints(dialect: TextDialect, version: string | null): boolean {
  if (dialect.versions === null || version === null) return version === null
  return isBetween(version, dialect.versions.from, dialect.versions.below)
}
