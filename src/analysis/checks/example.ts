import type { Tristate } from '../../model/backend.ts'
import { METRIC_IDS, type MetricId } from '../../model/metric.ts'
import type { ExampleFacts } from '../../model/shelf.ts'
import type { Facts } from '../../model/study.ts'
import { type Circumstances, runOf, type Subject } from './trial.ts'

/** Cells as `93549@20`, by their test. */
export type Cells = Partial<Record<MetricId, string>>

/** Numbers on which a check is tried, beside a threshold where it has one. They stand on its page, and are its tests. */
export interface Example {
  readonly becomes: ExampleFacts['becomes']
  readonly metric: MetricId | null
  readonly runs: readonly Cells[]
  readonly given?: string
  readonly facts?: Facts
  readonly circumstances?: Circumstances
  /** of each run by itself, in order, on top of those of all */
  readonly each?: readonly Circumstances[]
  /** of the backend beside it; those of all unless said otherwise */
  readonly besides?: Circumstances
  /** whether the layer that serves the disk caches; it does not unless said otherwise */
  readonly caches?: Tristate
  /** what its attach line says of its kind */
  readonly attached?: Subject['attached']
  readonly beside?: Cells
  /** the kinds of the two, where they matter */
  readonly kinds?: readonly [own: string, beside: string]
}

/** A guest and a dom0 that a file of 2 GiB exceeds eight times over: the size of the file raises no doubt. */
export const QUIET: Facts = { guest: { ram: '256 MiB' }, host: { dom0_ram: '256 MiB' } }

/** An example as plain data. */
export function factsOf({ runs, beside = {}, given = '', metric, becomes }: Example): ExampleFacts {
  return { runs: runs.map(listOf), beside: listOf(beside), given, metric, becomes }
}

/** The backends of an example: `b`, which it is about, and `c` beside it. */
export function subjectsOf(example: Example): Subject[] {
  const { runs, beside, kinds, caches = 'no', attached = null } = example
  const { circumstances = {}, each = [], besides = {} } = example
  const made = (backend: string, cells: readonly Cells[], more: readonly Circumstances[]) =>
    cells.map((row, i) => ({ ...runOf(backend, rowOf(row), { ...circumstances, ...more[i] }), line: i + 1 }))
  const kind = (i: 0 | 1) => (kinds ? { kind: kinds[i] } : {})
  const own: Subject = { title: 'b', ...kind(0), caches, attached, runs: made('b', runs, each) }
  return beside
    ? [own, { title: 'c', ...kind(1), caches: 'no', runs: made('c', [beside], [besides]) }]
    : [own]
}

function rowOf(cells: Cells): string {
  return METRIC_IDS.map((id) => cells[id] ?? '-').join(' ')
}

function listOf(cells: Cells): { metric: MetricId; printed: string }[] {
  return METRIC_IDS.flatMap((metric) => {
    const printed = cells[metric]
    return printed === undefined ? [] : [{ metric, printed }]
  })
}
