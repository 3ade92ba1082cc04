import type { Tristate } from './backend.ts'
import type { Ratio } from './measurement.ts'
import type { MetricId } from './metric.ts'
import type { Comparison, Validity } from './report.ts'

/*
 * What several studies say of the same backends, side by side. Nothing is pooled: every number is one study's own, or
 * is worked out from two of them and says so. Backends are known by the ids of their knowledge pages.
 */

/** Two kinds of backend in the order of their ids: ratios are rates of the first ÷ rates of the second. */
export type Pair = readonly [first: string, second: string]

/** Plain JSON, schema 1. */
export interface Across {
  readonly schema: 1
  /** slugs of the studies that take part, newest first: the current ones */
  readonly studies: readonly string[]
  /** pairs that at least one study measured, in the order of their ids */
  readonly pairs: readonly PairAcross[]
  /** pairs and tests for which no study has disk evidence, but two studies have it against a third backend */
  readonly indirect: readonly Indirect[]
  /** pairs whose only common backends were measured by unlike tests */
  readonly unlike: readonly { readonly pair: Pair; readonly through: readonly string[] }[]
  /** studies that are superseded or not valid, by slug */
  readonly setAside: readonly string[]
  /** backends that no knowledge page describes, by study and id */
  readonly unnamed: readonly { readonly study: string; readonly backend: string }[]
}

/** A pair and the current studies that have a rate of both on some test. */
export interface PairAcross {
  readonly pair: Pair
  /** slugs, newest first */
  readonly studies: readonly string[]
  /** studies that hold a saved output of this pair which another, named after it, holds too: no measurement of their own */
  readonly repeats: readonly { readonly study: string; readonly of: string }[]
  /** tests on which a study has disk evidence, in bonnie++'s order */
  readonly tests: readonly TestAcross[]
  /** tests that were run on both sides, but nowhere with disk evidence */
  readonly without: readonly MetricId[]
}

export interface TestAcross {
  readonly metric: MetricId
  readonly found: readonly Found[]
  /** null where fewer than two studies have disk evidence of their own */
  readonly agreement: Agreement | null
}

/** What one study says of a pair on one test. */
export interface Found {
  readonly study: string
  /** what was tested, as the first of the two sides tested it */
  readonly test: string
  /** the study's comparison on disk evidence, first ÷ second; null where it has none */
  readonly disk: Comparison | null
  readonly measured: Comparison
  readonly validity: readonly [Validity, Validity]
  /** why the two cannot be told apart or be compared: an end of a sentence; null where they can */
  readonly because: string | null
}

/** Whether the first is the faster; `same` for practical purposes; `open` where no difference is shown. */
export type Direction = 'ahead' | 'behind' | 'same' | 'open'

/** How studies of one test stand to each other: never a vote, since each is another machine. */
export interface Agreement {
  /** how many studies have disk evidence of their own */
  readonly studies: number
  /** which directions occur, in the order of the type */
  readonly directions: readonly Direction[]
  /** how many studies have an interval, which takes three runs a side */
  readonly sure: number
  /** how many have no suspect side */
  readonly solid: number
  /** whether all made the same test, whatever its amount; unknown where an output does not tell */
  readonly alike: Tristate
  /** two studies differ by more than the spread of runs explains */
  readonly apart: boolean
}

/** Two backends on one test by way of a third. It never decides. */
export interface Indirect {
  readonly pair: Pair
  readonly metric: MetricId
  /** how many ways there are: each of a study of the first with each of a study of the second */
  readonly count: number
  /** the backends between, in the order of their ids */
  readonly through: readonly string[]
  /** least and greatest ratio of all ways; bounds count as what they are bounds of */
  readonly span: { readonly low: number; readonly high: number }
  /** each way, where there are few; else none, since their number grows with the square of the studies */
  readonly ways: readonly Way[]
  /** two of few ways differ by more than the spread of runs explains */
  readonly apart: boolean
}

export interface Way {
  /** the backend that both studies measured */
  readonly through: string
  /** the pair's first ÷ the third in one study, and its second ÷ the third in another */
  readonly legs: readonly [Leg, Leg]
  /** quotient of the legs' ratios; bounds stay bounds */
  readonly ratio: Ratio
  /** only where both legs have one; of the spread of runs alone, not of what differs between two machines */
  readonly interval?: { readonly low: number; readonly high: number; readonly confidence: number }
}

export interface Leg extends Pick<Found, 'study' | 'test' | 'validity'> {
  readonly disk: Comparison
}
