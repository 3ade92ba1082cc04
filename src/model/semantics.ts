/**
 * SHELF: what a test of one name really does in each program and version. To add a change, part a row in two.
 * Sources: bonnie.h, bon_io.cpp and bon_time.cpp of the versions named; the changelog of bonnie++ at 1.00f, 1.90b,
 * 1.91, 1.92, 1.93b and 1.98; Bonnie.c of timbray/Bonnie-64.
 */
import { METRIC_IDS, type MetricId, metric } from './metric.ts'

/** What tells which program printed a run: its version, or at least the dialect of its output. */
export interface Program {
  readonly version: string | null
  readonly dialect: string
  /** as the output states them; without them the version's own */
  readonly seek_count?: number | null
  readonly seekers?: number | null
}

/** What some tests do in a span of versions. */
export interface Meaning {
  readonly tests: readonly MetricId[]
  readonly program: 'bonnie++' | 'Bonnie'
  /** first version, and the first that does it otherwise; null: of Bonnie all, of bonnie++ all later ones */
  readonly from: string | null
  readonly below: string | null
  /** a name for it, in words that stand in sentences: two numbers are of one test only if these are equal */
  readonly key: string
  /** the same as a sentence, for the table of tests */
  readonly does: string
  /** of the seeks: how many a run makes, and how many processes share them, where the output does not say */
  readonly seeks?: { readonly count: number; readonly seekers: number }
}

const WRITES = ['put_block', 'rewrite'] as const
const FILES = METRIC_IDS.filter((id) => metric(id).family === 'files')
const PLUS = { program: 'bonnie++' } as const
const CLASSIC = { program: 'Bonnie', from: null, below: null } as const

export const MEANINGS: readonly Meaning[] = [
  {
    ...CLASSIC,
    tests: ['putc'],
    key: 'by putc()',
    does: 'Writes the whole file with putc(). Nothing is flushed before the clock stops.',
  },
  {
    ...PLUS,
    tests: ['putc'],
    from: '1.00',
    below: '1.90g',
    key: 'by putc()',
    does: 'Writes the whole file with putc(). Nothing is flushed before the clock stops, except with -b.',
  },
  {
    ...PLUS,
    tests: ['putc'],
    from: '1.90g',
    below: '1.92',
    key: '20 MiB of it by putc()',
    does: 'Writes 20 MiB with putc().',
  },
  {
    ...PLUS,
    tests: ['putc'],
    from: '1.92',
    below: null,
    key: '3 MiB of it in one-byte system calls',
    does: 'Writes 3 MiB with a call of write() for each byte. The option -f N sets another size, which no output tells.',
  },
  { ...CLASSIC, tests: ['getc'], key: 'by getc()', does: 'Reads the whole file with getc().' },
  {
    ...PLUS,
    tests: ['getc'],
    from: '1.00',
    below: '1.90g',
    key: 'by getc()',
    does: 'Reads the whole file with getc().',
  },
  {
    ...PLUS,
    tests: ['getc'],
    from: '1.90g',
    below: '1.92',
    key: '20 MiB of it by getc()',
    does: 'Reads 20 MiB with getc().',
  },
  {
    ...PLUS,
    tests: ['getc'],
    from: '1.92',
    below: null,
    key: '3 MiB of it in one-byte system calls',
    does: 'Reads 3 MiB with a call of read() for each byte. The option -f N sets another size, which no output tells.',
  },
  {
    ...CLASSIC,
    tests: WRITES,
    key: 'not flushed',
    does: 'Writes, or reads and writes again, the whole file in blocks. Nothing is flushed before the clock stops.',
  },
  {
    ...PLUS,
    tests: WRITES,
    from: '1.00',
    below: '1.90b',
    key: 'not flushed',
    does: 'Writes, or reads and writes again, the whole file in blocks. Nothing is flushed before the clock stops, except with -b.',
  },
  {
    ...PLUS,
    tests: WRITES,
    from: '1.90b',
    below: null,
    key: 'flushed at close',
    does: 'The same, but the file is flushed to the device before the clock stops.',
  },
  {
    ...CLASSIC,
    tests: ['get_block'],
    key: '',
    does: 'Reads the whole file in blocks.',
  },
  {
    ...PLUS,
    tests: ['get_block'],
    from: '1.00',
    below: null,
    key: '',
    does: 'Reads the whole file in blocks, of 8 KiB unless the size cell tells another size.',
  },
  {
    ...CLASSIC,
    tests: ['seeks'],
    key: '',
    seeks: { count: 4000, seekers: 3 },
    does: 'Three processes make 4,000 seeks in all. SuSE’s Bonnie tells another number of processes in its heading.',
  },
  {
    ...PLUS,
    tests: ['seeks'],
    from: '1.00',
    below: '1.00f',
    key: 'mistimed',
    seeks: { count: 8000, seekers: 3 },
    does: 'Three processes make 8,000 seeks in all. Their time is taken wrongly.',
  },
  {
    ...PLUS,
    tests: ['seeks'],
    from: '1.00f',
    below: '1.90',
    key: '',
    seeks: { count: 8192, seekers: 3 },
    does: 'Three processes make 8,192 seeks in all.',
  },
  {
    ...PLUS,
    tests: ['seeks'],
    from: '1.90',
    below: '1.91',
    key: 'mistimed',
    seeks: { count: 8192, seekers: 3 },
    does: 'The same, but five seconds are added to their time.',
  },
  {
    ...PLUS,
    tests: ['seeks'],
    from: '1.91',
    below: '1.93b',
    key: 'mistimed',
    seeks: { count: 8192, seekers: 5 },
    does: 'Five processes make 8,192 seeks in all. Five seconds are added to their time.',
  },
  {
    ...PLUS,
    tests: ['seeks'],
    from: '1.93b',
    below: null,
    key: '',
    seeks: { count: 8192, seekers: 5 },
    does: 'Five processes make 8,192 seeks in all. From 1.98 on options set both numbers, and the CSV line tells them.',
  },
  {
    ...PLUS,
    tests: FILES,
    from: '1.00',
    below: null,
    key: '',
    does: 'Creates, looks up and deletes n × 1,024 files or links: empty ones, unless the files cell tells their sizes.',
  },
]

/** The versions a program can be of, by rank; `last` is exclusive. */
interface Span {
  readonly first: number
  readonly last: number
}

/** What a dialect tells of a version that is lost. The first that fits is taken. */
const LOST: readonly (readonly [dialect: RegExp, from: string, below: string])[] = [
  [/ 1\.00\b/, '1.00', '1.00f'],
  // 1.90 to 1.92a print the same tables
  [/^bonnie\+\+ 1\.0x text$/, '1.00f', '1.92b'],
  [/ 1\.0x/, '1.00f', '1.90'],
  // without a version only its concurrency tells this one
  [/^bonnie\+\+ 1\.9x text$/, '1.92b', '1.98'],
  [/ 1\.9x/, '1.90', '1.98'],
  [/ 2\.00/, '1.98', '3.00'],
  [/./, '1.00', '3.00'],
]

/** The programs before bonnie++, whose versions count for themselves. */
const BEFORE = /^(?:bonnie |SuSE Bonnie|Bonnie-64)/

/**
 * A name for what a test really does in this program. Two numbers are comparable only when their semantics are equal;
 * '' where no version did anything else. A program of several possible versions that differ is like none of them.
 */
export function semantics(id: MetricId, program: Program): string {
  const [meaning, other] = meaningsOf(id, program)
  if (!meaning) return ''
  const seeks = other ? program.seek_count : seeksOf(program)
  const seekers = program.seekers ?? meaning.seeks?.seekers
  const words = [
    id === 'seeks' && seeks && `${String(seeks).replace(/\B(?=(\d{3})+$)/g, ',')} seeks`,
    id === 'seeks' && !other && `${seekers} seekers`,
    other ? 'by an unknown version' : meaning.key,
    BEFORE.test(program.dialect) && `by ${nameOf(program)}`,
  ]
  return words.filter((word) => word).join(', ')
}

/** Whether it is known which of the tests of this name a program made; not so where its version is lost and they differ. */
export function isOneTest(id: MetricId, program: Program): boolean {
  return meaningsOf(id, program).length <= 1
}

/** Whether this version surely flushes written data to the device before it stops the clock. */
export function flushesAtClose(program: Program): boolean {
  const meanings = meaningsOf('put_block', program)
  return meanings.length > 0 && meanings.every(({ key }) => key === 'flushed at close')
}

/** Processes that share a test, so the most CPU it can honestly report is 100 % times this, if there are as many CPUs. */
export function processes(id: MetricId, program: Program): number {
  if (id !== 'seeks') return 1
  return program.seekers ?? Math.max(1, ...meaningsOf(id, program).map(({ seeks }) => seeks?.seekers ?? 1))
}

/** Whether a program is one before bonnie++, which took a file of any size. */
export function isBefore({ dialect }: Pick<Program, 'dialect'>): boolean {
  return BEFORE.test(dialect)
}

/** How many seeks a run made: as it says, or as its version does by itself. */
export function seeksOf(program: Program): number {
  return program.seek_count ?? meaningsOf('seeks', program)[0]?.seeks?.count ?? 8192
}

/** `Bonnie`, `SuSE Bonnie, sync`: a program before bonnie++ by the name of its dialect. */
function nameOf({ dialect }: Program): string {
  return dialect.replace(/ text\b/, '').replace(/^b/, 'B')
}

/** The rows that a program can be of, in their order; more than one only where its version is not known. */
function meaningsOf(id: MetricId, program: Program): Meaning[] {
  const before = BEFORE.test(program.dialect)
  const span = before ? null : spanOf(program)
  return MEANINGS.filter(
    ({ tests, program: of, from, below }) =>
      tests.includes(id) &&
      (span === null
        ? of === 'Bonnie'
        : of === 'bonnie++' &&
          span.last > rank(from ?? '1.00') &&
          (below === null || span.first < rank(below))),
  )
}

function spanOf({ version, dialect }: Program): Span {
  if (version !== null && VERSION.test(version)) return { first: rank(version), last: rank(version) + 1 }
  const [, from, below] = LOST.find(([words]) => words.test(dialect)) ?? [null, '1.00', '3.00']
  return { first: rank(from), last: rank(below) }
}

const VERSION = /^(\d+)\.(\d\d)([a-z]?)/

/** 193·27 + 2 for 1.93b: versions sort by number, then by letter. */
function rank(version: string): number {
  const [, major = '0', minor = '0', letter = ''] = VERSION.exec(version) ?? []
  return (Number(major) * 100 + Number(minor)) * 27 + (letter === '' ? 0 : letter.charCodeAt(0) - 96)
}
