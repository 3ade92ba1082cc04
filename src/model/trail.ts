import type { Diagnostic, Level } from './diagnostic.ts'
import type { Measurement } from './measurement.ts'
import type { MetricId } from './metric.ts'
import type { Claim, Comparison, Finding, Recommendation, Sample, Validity } from './report.ts'
import type { Cell, Run } from './run.ts'

/*
 * The way of one number: from its cell through the checks into its sample, and on into whatever rests on it.
 */

/** What a check says of a cell: its arithmetic as a sentence, and what it makes of the cell. */
export interface Checked {
  readonly rule: string
  readonly level: Level
  readonly message: string
  readonly effect: 'suspect' | 'not-disk' | null
}

/** One run's part of it. */
export interface CellTrail {
  /** 1-based, among the backend's runs */
  readonly number: number
  readonly run: Run
  readonly cell: Cell
  readonly rate: Measurement
  /** what was tested, in words */
  readonly test: string
  readonly validity: Validity
  readonly inSample: boolean
  readonly checks: readonly Checked[]
  /** rules of the checks that raised no doubt about this cell */
  readonly silent: readonly string[]
  /** what was noticed where the cell stands */
  readonly noticed: readonly Diagnostic[]
}

/** How a workload uses the test. */
export interface Use {
  readonly recommendation: Recommendation
  /** share of the workload's weight, in percent */
  readonly weight: number
  /** who keeps the test, or the backend, out of it, and why; none where it counts */
  readonly leftOut: Recommendation['excluded']
}

export interface Trail {
  readonly backend: string
  readonly metric: MetricId
  readonly cells: readonly CellTrail[]
  readonly sample: Sample | null
  /** doubts about the runs as a whole */
  readonly findings: readonly Finding[]
  /** the backend stands above the line */
  readonly comparisons: readonly Comparison[]
  readonly uses: readonly Use[]
  readonly claims: readonly Claim[]
}

/** Which numbers are followed. */
export interface Followed {
  readonly backend: string
  readonly metric: MetricId
  /** 1-based, among the backend's runs; null for all of them */
  readonly run: number | null
  /** so many runs at most, the first ones; all where it is missing */
  readonly most?: number
}

/** Tells the way of the numbers of one study. */
export type Follow = (followed: Followed) => Trail
