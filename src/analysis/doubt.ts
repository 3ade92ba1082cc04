import type { MetricId } from '../model/metric.ts'
import type { Facts } from '../model/study.ts'
import type { BackendRun, Evidence, Memories } from './evidence.ts'

/** What a check sees: one run, what is declared around it, and what other backends of the study delivered. */
export interface Scene {
  readonly run: BackendRun
  readonly evidence: Evidence
  readonly facts: Facts
  readonly memories: Memories
  /** best rate of another backend on the same test (as testOf names it) that may count as the disk, or null; checks with `peers` only */
  readonly reference: (id: MetricId, test: string) => number | null
}

/** One doubt a check raises about a run. */
export interface Doubt {
  readonly metric: MetricId
  readonly effect?: 'suspect' | 'not-disk'
  readonly cause?: 'memory' | 'cpu'
  /** the arithmetic, as one sentence */
  readonly message: string
  /** the number that fired, where it is not the strength */
  readonly value?: number
  /** whatever is doubted can only have raised the rate, so the disk's own is lower still */
  readonly raises?: true
  /** orders runs by how clearly the check fired: the clearest speaks for the others */
  readonly strength: number
}
