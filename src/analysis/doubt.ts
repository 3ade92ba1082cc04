import type { MetricId } from '../model/metric.ts'
import type { Finding } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import type { BackendRun, Evidence, Memories } from './evidence.ts'

/** What a check sees: one run, what is declared around it, and what other backends of the study delivered. */
export interface Scene extends Setting {
  readonly run: BackendRun
}

/** The same without a run: one backend of a study. */
export interface Setting {
  readonly evidence: Evidence
  readonly facts: Facts
  readonly memories: Memories
  /** the other backends of the study */
  readonly others: readonly Evidence[]
  /** best rate of another backend on the same test (as testOf names it) that may count as the disk, or null; checks with `peers` only */
  readonly reference: (id: MetricId, test: string) => number | null
}

/** One doubt a check raises about a run. */
export interface Doubt {
  /** the cell it is about; without it, the run as a whole, and an effect is one on each of its rates */
  readonly metric?: MetricId
  readonly effect?: 'suspect' | 'not-disk'
  readonly cause?: Cause
  /** the arithmetic, as one sentence */
  readonly message: string
  /** the number that fired, where it is not the strength; null where there is none */
  readonly value?: number | null
  /** whatever is doubted can only have raised the rate, so the disk's own is lower still */
  readonly raises?: true
  /** costs no cell its standing, but a comparison: more than a note */
  readonly warns?: true
  /** orders runs by how clearly the check fired: the clearest speaks for the others */
  readonly strength: number
}

/** What a cell measured in place of the disk. */
export type Cause = NonNullable<Finding['cause']>

/** A doubt with the runs that it is about, each once: a check that looks at all runs of a backend may doubt many alike. */
export interface Placed {
  readonly runs: readonly BackendRun[]
  readonly doubt: Doubt
}

/** A cell's number, as a check reads it. */
export type Input = `${MetricId}.${'rate' | 'cpu' | 'latency'}`

/** A row of the shelf of checks: a question asked of every run, or of all runs of a backend at once. */
export type Check = {
  /** of its page in templates/rules/ */
  readonly rule: string
  /** the numbers that can make it fire; beside them it reads declared facts and the sizes of the test */
  readonly reads: readonly Input[]
  /** multiplying all rates by a constant changes nothing of what it finds */
  readonly scaleFree: boolean
  /** what to do about it: one sentence */
  readonly remedy: string
} & (
  | {
      /** runs second, when the cells of the other backends are judged */
      readonly peers?: true
      readonly check: (scene: Scene) => readonly Doubt[]
    }
  | { readonly series: (setting: Setting) => readonly Placed[] }
)
