/*
 * Reports for the charts to draw, without files or analysis: a cell is written as a rate in bonnie++'s unit, as a
 * list of runs, or as a lower bound, with a doubt where it has one.
 */
import { divide, type Measurement, magnitude, type Ratio } from '../../src/model/measurement.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Comparison, Cost, Report, Sample, Validity } from '../../src/model/report.ts'

export interface CellSpec {
  readonly runs: readonly number[]
  readonly bound?: boolean
  readonly validity?: Validity
  readonly cpu?: number
}
export type Cells = Partial<Record<MetricId, CellSpec>>

export interface Subject {
  readonly id: string
  readonly title?: string
  readonly kind?: string
  readonly cells: Cells
}

const SEEKS_BOUND = 16_384
const FILES_BOUND = 32_768

/** A cell with one run. */
export function one(rate: number, cpu?: number, validity?: Validity): CellSpec {
  return { runs: [rate], ...(cpu !== undefined && { cpu }), ...(validity && { validity }) }
}

/** Runs that spread around a rate by a few percent, always alike. */
export function spread(rate: number, n: number, by = 0.04, validity?: Validity): CellSpec {
  const steps = [0.3, -0.8, 1, -0.2, 0.6, -1, 0.1, -0.5]
  const runs = Array.from({ length: n }, (_, i) => rate * Math.exp(by * (steps[i % steps.length] ?? 0)))
  return { runs, cpu: 12, ...(validity && { validity }) }
}

/** A cell that was printed as +++++. */
export function fast(bound: number, validity: Validity = 'censored', n = 1): CellSpec {
  return { runs: Array.from({ length: n }, () => bound), bound: true, validity }
}

/** The six file tests, all too fast to time. */
export function fastFiles(n = 1): Cells {
  const ids: readonly MetricId[] = ['seq_create', 'seq_stat', 'seq_del', 'ran_create', 'ran_stat', 'ran_del']
  return Object.fromEntries(ids.map((id) => [id, fast(FILES_BOUND, 'censored', n)]))
}

/** A report of these backends, with every pair compared in the views it belongs to. */
export function report(subjects: readonly Subject[], title = 'A study'): Report {
  const samples = subjects.flatMap(({ id, cells }) =>
    METRIC_IDS.map((metric) => sampleOf(id, metric, cells[metric])),
  )
  return {
    schema: 1,
    study: { slug: 'study', title, baseline: subjects[0]?.id ?? null, status: 'current' },
    headline: 'A headline',
    doubt: null,
    facts: {},
    sources: [],
    backends: subjects.map(({ id, title, kind }) => ({ id, title: title ?? id, kind: kind ?? null })),
    runs: [],
    samples,
    comparisons: subjects.flatMap((a, i) =>
      subjects.slice(0, i).flatMap((b) => METRIC_IDS.flatMap((metric) => compared(metric, a, b))),
    ),
    costs: subjects.flatMap(({ id, cells }) =>
      METRIC_IDS.flatMap((metric) => costOf(id, metric, cells[metric])),
    ),
    latencies: [],
    findings: [],
    recommendations: [],
    regrets: [],
    weighing: null,
    plan: null,
    claims: [],
    missing: [],
    prose: [],
    diagnostics: [],
  }
}

function sampleOf(backend: string, metric: MetricId, cell: CellSpec | undefined): Sample {
  const validity = cell?.validity ?? (cell ? 'disk' : 'missing')
  const rates = (cell?.runs ?? []).map((rate) => measurement(rate, cell))
  return {
    backend,
    metric,
    n: rates.length,
    median: medianOf(cell),
    validity,
    values: rates.map((rate, i) => ({ run: i + 1, validity, rate })),
  }
}

function measurement(rate: number, cell: CellSpec | undefined): Measurement {
  return cell?.bound ? { kind: 'at least', bound: rate } : { kind: 'measured', value: rate }
}

function medianOf(cell: CellSpec | undefined): Measurement {
  const runs = [...(cell?.runs ?? [])].sort((a, b) => a - b)
  if (runs.length === 0) return { kind: 'absent', why: 'not run' }
  const middle = runs.length / 2
  const lower = runs[Math.ceil(middle) - 1] ?? 0
  const upper = runs[Math.floor(middle)] ?? lower
  return measurement((lower + upper) / 2, cell)
}

function compared(metric: MetricId, a: Subject, b: Subject): Comparison[] {
  const [cellA, cellB] = [a.cells[metric], b.cells[metric]]
  if (!cellA || !cellB) return []
  const ratio = divide(medianOf(cellA), medianOf(cellB))
  const n = [cellA.runs.length, cellB.runs.length] as const
  const several = Math.min(...n) >= 3
  const enough = several && ratio.kind === 'exact'
  const [low, high] = ratio.kind === 'exact' ? [ratio.value / 1.06, ratio.value * 1.06] : [0, 0]
  const far = distance(ratio) > Math.log(1.15)
  const verdict = !enough ? 'unclear' : low > 1.05 ? 'better' : high < 1 / 1.05 ? 'worse' : 'unclear'
  const comparison = {
    metric,
    backend: a.id,
    baseline: b.id,
    n,
    ratio,
    verdict,
    ...(enough ? { interval: { low, high, confidence: 0.95 } } : {}),
    ...(!several && ratio.kind !== 'unknown'
      ? { spread: far ? ('far beyond' as const) : ('within' as const) }
      : {}),
  } as const
  const onDisk = [cellA, cellB].every((cell) => cell.validity !== 'not-disk')
  return [{ ...comparison, view: 'measured' }, ...(onDisk ? [{ ...comparison, view: 'disk' as const }] : [])]
}

/** How far from 1 a ratio lies at least, as a logarithm. */
function distance(ratio: Ratio): number {
  if (ratio.kind === 'unknown') return 0
  if (ratio.kind === 'exact') return Math.abs(Math.log(ratio.value))
  return ratio.kind === 'at least' ? Math.log(ratio.bound) : -Math.log(ratio.bound)
}

const KIB_PER_GIB = 1_048_576

function costOf(backend: string, metric: MetricId, cell: CellSpec | undefined): Cost[] {
  const median = medianOf(cell)
  const { cpu } = cell ?? {}
  if (cpu === undefined || median.kind !== 'measured' || METRIC_IDS.indexOf(metric) > 4) return []
  const seconds = KIB_PER_GIB / magnitude(median) / 100
  return [{ backend, metric, n: cell?.runs.length ?? 0, low: cpu * seconds, high: (cpu + 1) * seconds }]
}

/** The two tables of the seed: one run each, half of them not the disk. */
export const SEED = report([
  {
    id: 'loopback',
    cells: {
      putc: one(25_511, 35, 'suspect'),
      put_block: one(18_075, 3, 'suspect'),
      rewrite: one(199_488, 47, 'not-disk'),
      getc: one(71_094, 98, 'not-disk'),
      get_block: one(937_880, 86, 'not-disk'),
      seeks: fast(SEEKS_BOUND, 'not-disk'),
      ...fastFiles(),
    },
  },
  {
    id: 'blktap',
    cells: {
      putc: one(69_438, 96, 'not-disk'),
      put_block: one(93_549, 20),
      rewrite: one(38_118, 10),
      getc: one(54_955, 76, 'suspect'),
      get_block: one(131_645, 8),
      seeks: one(249.1, 0),
      ...fastFiles(),
      seq_create: one(29_488, 79, 'suspect'),
    },
  },
])

function runs(n: number, factor: number, cached = false): Cells {
  return {
    putc: spread(70_000 * factor ** 0.1, n, 0.02, 'not-disk'),
    put_block: spread(41_000 * factor, n),
    rewrite: spread(29_000 * factor ** 0.8, n),
    getc: spread(66_000 * factor ** 0.05, n, 0.02, 'not-disk'),
    get_block: spread(118_000 * (cached ? 6 : factor ** 0.3), n, 0.04, cached ? 'not-disk' : 'disk'),
    seeks: spread(180 * factor ** 0.5, n),
    ...fastFiles(n),
    seq_create: cached ? fast(FILES_BOUND, 'censored', n) : spread(24_000 * factor ** 0.2, n),
    ran_del: spread(20_500 * factor ** 0.3, n),
  }
}

/** Three backends, six runs each: the study as it should be. */
export const THREE = report([
  { id: 'loopback', cells: runs(6, 1) },
  { id: 'blktap', cells: runs(6, 2.2) },
  { id: 'lvm', title: 'LVM', cells: runs(6, 3.1) },
])

/** Four backends, one run each, the per-character tests left out (-f). */
export const FOUR = report(
  ['loopback', 'loopback-direct', 'blktap', 'lvm'].map((id, i) => {
    const { putc, getc, ...cells } = runs(1, 1 + i * 0.02, i === 0)
    return { id, cells }
  }),
)

const LONG = [
  'qemu-tcg-lvm-virtio',
  'qemu-tcg-lvm-ide',
  'qemu-tcg-raw-virtio',
  'qemu-tcg-raw-ide',
  'a backend whose title has forty letters!',
  'native',
]

/** Six backends with long names, rates from 0.3 MB/s to five million seeks a second. */
export const SIX = report(
  LONG.map((name, i) => ({
    id: name.replace(/[^a-z-]+/g, '-'),
    title: name,
    cells: {
      ...runs(i === 2 ? 1 : 3, 4 ** i, i === 4),
      putc: one(i === 0 ? 293 : 900 * (i + 1), 3 * i),
      getc: one(1_000 + i * 8, 99, 'not-disk'),
      seeks: i === 5 ? one(5_000_000, 97, 'suspect') : one(20 * 7 ** i, 4),
      ...(i === 3 ? { ran_create: one(812, 40), rewrite: fast(4_194_304) } : {}),
    },
  })),
)

/** Two backends with long names, six runs each, level or nearly so on most tests. */
export const LEVEL = report([
  {
    id: 'qemu-tcg-lvm-virtio',
    cells: { ...runs(6, 1), ran_create: spread(3_000_000, 6), seeks: spread(0.31, 6) },
  },
  {
    id: 'qemu-tcg-raw-virtio-with-a-longer-name',
    cells: {
      ...runs(6, 1.01),
      seeks: fast(SEEKS_BOUND, 'suspect', 6),
      rewrite: spread(31_000, 6),
      get_block: fast(9_000_000),
    },
  },
])

/** One backend alone. */
export const ALONE = report([{ id: 'blktap', cells: runs(3, 1.4) }])

/** Everything too fast to time. */
export const CENSORED = report(
  ['loopback', 'blktap'].map((id) => ({
    id,
    cells: Object.fromEntries(
      METRIC_IDS.map((metric, i) => [metric, fast(i < 5 ? 2_097_152 : i === 5 ? SEEKS_BOUND : FILES_BOUND)]),
    ),
  })),
)

/** Nothing at all. */
export const EMPTY = report([])

/** Names that would be markup if anybody let them. */
export const HOSTILE = report([
  { id: 'loopback', title: '<script>alert(1)</script>', cells: runs(3, 1) },
  { id: 'blktap', title: `]]> & "quoted" 'single' \u0000`, cells: runs(3, 2) },
])

export const ALL: Readonly<Record<string, Report>> = {
  seed: SEED,
  three: THREE,
  four: FOUR,
  six: SIX,
  level: LEVEL,
  alone: ALONE,
  censored: CENSORED,
  empty: EMPTY,
  hostile: HOSTILE,
}
