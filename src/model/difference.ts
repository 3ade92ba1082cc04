import type { Diagnostic } from './diagnostic.ts'
import type { Word } from './format.ts'
import type { Measurement } from './measurement.ts'
import type { MetricId } from './metric.ts'
import type { Claim, Finding, Recommendation, Report } from './report.ts'

/*
 * What changed in the conclusions of a study between two states of its folder: plain JSON.
 */

/** Null where that side has nothing of the kind. */
export interface Change<T> {
  readonly before: T
  readonly after: T
}

/** What a workload is advised. */
export type Advice = Pick<Recommendation, 'verdict' | 'choice' | 'grade'>

/** What was found, and what is found no longer. */
export interface Turnover<T> {
  readonly appeared: readonly T[]
  readonly gone: readonly T[]
}

export interface StudyDifference {
  readonly slug: string
  readonly title: string
  /** `same`: not a byte that counts differs; `meant the same`: files do, and no conclusion does */
  readonly kind: 'added' | 'removed' | 'changed' | 'meant the same' | 'same'
  /** its folder before, where that was called otherwise */
  readonly was: string | null
  readonly status: Change<Report['study']['status']> | null
  readonly headline: Change<string> | null
  /** workloads whose verdict, choice or grade is another; of a study that is new or gone, all of them */
  readonly verdicts: readonly ({
    readonly title: string
    /** the verdict or the choice, and not the grade alone */
    readonly flips: boolean
  } & Pick<Recommendation, 'profile'> &
    Change<Advice | null>)[]
  /** pairs of backends that both sides have, on disk evidence; words are about `backend` against `baseline` */
  readonly comparisons: readonly ({
    readonly metric: MetricId
    readonly backend: string
    readonly baseline: string
  } & Change<Word>)[]
  readonly claims: readonly (Pick<Claim, 'text' | 'expression'> & Change<Claim['verdict']>)[]
  /** warnings alone: a note takes nothing from a conclusion */
  readonly doubts: Turnover<Finding>
  /** errors and warnings that nobody accepted; places are relative to the folder of their side */
  readonly problems: Turnover<Diagnostic>
  /** medians that are shown with other digits */
  readonly numbers: readonly ({ readonly backend: string; readonly metric: MetricId } & Change<Measurement>)[]
  readonly backends: Turnover<string>
  /** of backends that both sides have */
  readonly runs: readonly ({ readonly backend: string } & Change<number>)[]
}
