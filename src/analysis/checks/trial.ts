import type { Tristate } from '../../model/backend.ts'
import { METRIC_IDS, type MetricId, metric } from '../../model/metric.ts'
import type { Finding } from '../../model/report.ts'
import type { Cell, Run } from '../../model/run.ts'
import { seeksOf } from '../../model/semantics.ts'
import type { Facts } from '../../model/study.ts'
import type { BackendRun, Evidence } from '../evidence.ts'
import { judge } from '../judge.ts'

/* Runs made of a few numbers, and what the checks say of them: for examples, for calibration and for tests. */

/**
 * The cells of a run in the order of METRICS, as in a row of bonnie++: `93549@20` is a rate with its CPU, `+++++` ended
 * too soon to time, `-` was not run, `29488@79/12300` has a worst latency in microseconds too.
 */
export type Row = string

/** One backend of a trial: its runs, and what is known of the layer that serves its disk. */
export interface Subject {
  readonly title: string
  /** the id of its page, where that matters */
  readonly kind?: string
  readonly caches: Tristate
  /** what its attach line says of its kind */
  readonly attached?: Evidence['attached']
  readonly runs: readonly BackendRun[]
}

/** What beside its row makes a run. */
export interface Circumstances {
  readonly version?: string | null
  readonly dialect?: string
  readonly file_size_mib?: number
  readonly name?: string
  readonly concurrency?: number
}

/** A run with these cells; bonnie++ 1.03c and a file of 2 GiB unless said otherwise. */
export function runOf(backend: string, row: Row, { version = '1.03c', ...rest }: Circumstances): BackendRun {
  const printed = row.split(' ')
  const bare: Run = {
    schema: 1,
    path: backend,
    line: 1,
    source_sha256: '',
    dialect: 'bonnie++ 1.0x text',
    version,
    name: '',
    file_size_mib: 2048,
    chunk_size: null,
    concurrency: null,
    seed: null,
    seek_count: null,
    seekers: null,
    num_files: 16,
    max_size: null,
    min_size: null,
    num_dirs: null,
    file_kind: null,
    cells: {} as Run['cells'],
    ...rest,
  }
  const cells = METRIC_IDS.map((id, i) => [id, cellOf(printed[i] ?? '-', id, bare)] as const)
  return { ...bare, backend, cells: Object.fromEntries(cells) as Record<MetricId, Cell> }
}

/** What the checks say of these subjects, the runs of one backend each, on one disk. */
export function tryOut(subjects: readonly Subject[], facts: Facts): readonly Finding[] {
  const evidence = subjects.map(
    ({ title, kind = null, caches, attached = null, runs }): Evidence => ({
      backend: { id: runs[0]?.backend ?? title, title, kind },
      runs,
      knowledge: null,
      caches,
      flush: 'unknown',
      attached,
    }),
  )
  return judge(evidence, facts).findings
}

function cellOf(printed: string, id: MetricId, run: Run): Cell {
  const nothing = { rate: null, cpu: null, latency_us: null, line: null, column: null }
  if (printed === '-') return { state: 'not_run', ...nothing }
  if (printed === '+++++') return { state: 'at_least', ...nothing, rate: boundOf(id, run) }
  const [, rate, cpu, latency] = /^([\d.]+)(?:@([\d.]+))?(?:\/(\d+))?$/.exec(printed) ?? []
  const number = (text: string | undefined) => (text === undefined ? null : Number(text))
  return { ...nothing, state: 'measured', rate: number(rate), cpu: number(cpu), latency_us: number(latency) }
}

/** What a test did in less than half a second (bonnie.h: MinTime). */
function boundOf(id: MetricId, run: Run): number {
  const { family } = metric(id)
  if (family === 'seeks') return 2 * seeksOf(run)
  return family === 'files' ? 2 * 1024 * (run.num_files ?? 0) : 2 * 1024 * (run.file_size_mib ?? 0)
}
