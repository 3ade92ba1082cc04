import type { Backend, Knowledge, Tristate } from '../model/backend.ts'
import { compareNatural } from '../model/diagnostic.ts'
import { sizeText } from '../model/format.ts'
import { type MetricId, metric, semantics } from '../model/metric.ts'
import { type Run, rateOf } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { bytesPerSecond, memoryMib } from './units.ts'

export type BackendRun = Run & { readonly backend: string }

/** All that is known about one backend of a study: what was saved, what is declared, what is documented. */
export interface Evidence {
  readonly backend: Backend
  readonly runs: readonly BackendRun[]
  readonly knowledge: Knowledge | null
  /** whether the layer that serves the disk caches: documented for the kind, unknown without a page */
  readonly caches: Tristate
}

/** The memories that can hold a test file, in MiB; null where nobody wrote them down. */
export interface Memories {
  readonly guest: number | null
  readonly dom0: number | null
  readonly host: number | null
  /** what caches below the measured host: MiB, 'none', 'unknown', or null where nothing is said */
  readonly below: number | 'none' | 'unknown' | null
}

/** The backends of a study with their runs, runs in natural order of their paths. */
export function gather(
  backends: readonly Backend[],
  runs: readonly BackendRun[],
  knowledge: readonly Knowledge[],
): Evidence[] {
  const pages = new Map(knowledge.map((k) => [k.id, k]))
  return backends.map((backend) => {
    const page = pages.get(backend.kind ?? '') ?? null
    const own = runs
      .filter((run) => run.backend === backend.id)
      .toSorted((a, b) => compareNatural(a.path, b.path) || a.line - b.line)
    return { backend, runs: own, knowledge: page, caches: page?.caches ?? 'unknown' }
  })
}

/** The memories that the front matter declares. */
export function memories(facts: Facts): Memories {
  const size = (text: string | undefined) => (text === undefined ? null : memoryMib(text))
  const cache = facts.host?.disk?.cache
  const below = cache === 'none' || cache === 'unknown' ? cache : size(cache)
  return {
    guest: size(facts.guest?.ram),
    dom0: size(facts.host?.dom0_ram),
    host: size(facts.host?.ram),
    below,
  }
}

/** The declared limit of the interface below the disk in KiB/s, or null. */
export function linkRate(facts: Facts): number | null {
  const link = facts.host?.disk?.link
  const bytes = link === undefined ? null : bytesPerSecond(link)
  return bytes === null ? null : bytes / 1024
}

/** The range a printed rate allows: a point, or everything above a bound; null where there is no rate, or a rate of 0. */
export function rangeOf(run: Run, id: MetricId): { readonly low: number; readonly high: number } | null {
  const m = rateOf(run.cells[id])
  // a printed 0 is a rate below one, of which no quotient can be made
  if (m.kind === 'absent' || (m.kind === 'measured' && m.value <= 0)) return null
  return m.kind === 'measured'
    ? { low: m.value, high: m.value }
    : { low: m.bound, high: Number.POSITIVE_INFINITY }
}

/** What a cell tested, in words: two samples may be compared only where these are equal. */
export function testOf(run: Run, id: MetricId): string {
  const files = metric(id).family === 'files'
  const amount = files ? run.num_files : run.file_size_mib
  const work =
    amount === null
      ? 'an unknown amount'
      : files
        ? `${amount} × 1,024 files`
        : `a file of ${sizeText(amount)}`
  const meaning = semantics(id, run)
  return meaning === 'unchanged' ? work : `${work}, ${meaning}`
}

/** How a backend is called in sentences; its id where it has no runs. */
export function titleOf(evidence: readonly Evidence[], id: string): string {
  return evidence.find((e) => e.backend.id === id)?.backend.title ?? id
}
