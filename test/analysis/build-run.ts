import { type BackendRun, type Evidence, gather } from '../../src/analysis/evidence.ts'
import type { Knowledge } from '../../src/model/backend.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Run } from '../../src/model/run.ts'
import type { Facts } from '../../src/model/study.ts'

/** A rate, `+` for `+++++` with its bound, or a rate with its CPU share. */
export type Printed = number | readonly [number, number] | { readonly atLeast: number } | 'unreadable'

const NOT_RUN: Cell = { state: 'not_run', rate: null, cpu: null, latency_us: null, line: null, column: null }

function cell(printed: Printed | undefined): Cell {
  const place = { latency_us: null, line: 4, column: 21 }
  if (printed === undefined) return NOT_RUN
  if (printed === 'unreadable') return { ...NOT_RUN, state: 'unreadable' }
  if (typeof printed === 'number') return { state: 'measured', rate: printed, cpu: 10, ...place }
  if ('atLeast' in printed) return { state: 'at_least', rate: printed.atLeast, cpu: null, ...place }
  return { state: 'measured', rate: printed[0], cpu: printed[1], ...place }
}

/** A run with only the cells that a test is about. */
export function aRun(
  backend: string,
  cells: Partial<Record<MetricId, Printed>>,
  facts: Partial<Run> = {},
): BackendRun {
  return {
    schema: 1,
    backend,
    path: `${backend}/run.txt`,
    line: 4,
    source_sha256: '0'.repeat(64),
    dialect: 'made for a test',
    version: '1.03c',
    name: 'vm',
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
    cells: Object.fromEntries(METRIC_IDS.map((id) => [id, cell(cells[id])])) as Record<MetricId, Cell>,
    ...facts,
  }
}

/** What is documented of a backend, as a test needs it. */
export function aPage(id: string, properties: Partial<Knowledge> = {}): Knowledge {
  return {
    id,
    title: id,
    aliases: [],
    hypervisor: 'xen',
    summary: '',
    path: '',
    store: 'device',
    caches: 'no',
    flush: 'yes',
    firstWrite: 'in place',
    features: [],
    options: [],
    attach: [],
    toolstack: [],
    documented: [],
    disputed: [],
    sources: {},
    ...properties,
  }
}

/** Backends by the order of their first run, each of the kind of its own name. */
export function evidenceOf(
  runs: readonly BackendRun[],
  pages: readonly Knowledge[] = [],
  facts: Facts = {},
): Evidence[] {
  const ids = [...new Set(runs.map((run) => run.backend))]
  return gather(
    ids.map((id) => ({ id, title: id, kind: id })),
    runs,
    pages,
    facts,
  )
}
