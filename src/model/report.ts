import type { Backend, Ground, Reference } from './backend.ts'
import type { Diagnostic, Level, Place } from './diagnostic.ts'
import type { Measurement, Ratio } from './measurement.ts'
import type { MetricId, Quantity } from './metric.ts'
import type { Run } from './run.ts'
import type { Facts } from './study.ts'

/** Everything a page may say about one study: plain JSON, schema 1. */
export interface Report {
  readonly schema: 1
  readonly study: {
    readonly slug: string
    readonly title: string
    readonly baseline: string | null
    readonly status: 'current' | 'superseded' | 'invalid'
  }
  /** the verdict as one sentence with a number */
  readonly headline: string
  /** the main doubt about it, as one sentence; null where there is none */
  readonly doubt: string | null
  readonly facts: Facts
  readonly sources: readonly SourceUse[]
  readonly backends: readonly Backend[]
  readonly runs: readonly (Run & { readonly backend: string })[]
  readonly samples: readonly Sample[]
  readonly comparisons: readonly Comparison[]
  readonly costs: readonly Cost[]
  readonly latencies: readonly Latency[]
  readonly findings: readonly Finding[]
  readonly recommendations: readonly Recommendation[]
  /** by how much each backend is behind the best at worst (0.35 is 35 %), and for which workload; the least first */
  readonly regrets: readonly {
    readonly backend: string
    readonly worst: number
    readonly profile: ProfileId
  }[]
  /** what readers can weigh as they like; null unless backends share tests on which they can be weighed */
  readonly weighing: Weighing | null
  /** null where nothing is open */
  readonly plan: Plan | null
  readonly claims: readonly Claim[]
  /** facts nobody wrote down */
  readonly missing: readonly MissingFact[]
  /** the author's prose, cut at its bound numbers and claims */
  readonly prose: readonly ProsePiece[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A saved file and what became of it. */
export interface SourceUse {
  readonly path: string
  readonly sha256: string
  readonly backend: string | null
  readonly runs: number
}

/** Whether a cell measured the disk, from best to worst. */
export type Validity = 'disk' | 'suspect' | 'censored' | 'not-disk' | 'missing'

/** All runs of one backend on one test. `median` is in the unit of the metric; rates only. */
export interface Sample {
  readonly backend: string
  readonly metric: MetricId
  readonly n: number
  readonly median: Measurement
  readonly validity: Validity
  /** a censored sample at least half of whose runs are doubted: its validity tells only that it is a bound */
  readonly doubted?: true
  /** of the median, from six measured runs on; `confidence` is what the order of the runs allows, at least 0.95 */
  readonly interval?: { readonly low: number; readonly high: number; readonly confidence: number }
  /** each run's own validity and rate; `run` is its 1-based number among the backend's runs */
  readonly values: readonly {
    readonly run: number
    readonly validity: Validity
    readonly rate: Measurement
  }[]
}

export type View = 'disk' | 'measured'

/** One backend against another on one test: rate of `backend` ÷ rate of `baseline`. */
export interface Comparison {
  readonly metric: MetricId
  readonly backend: string
  readonly baseline: string
  readonly view: View
  readonly n: readonly [number, number]
  readonly ratio: Ratio
  /** only from three or more runs a side, all measured */
  readonly interval?: { readonly low: number; readonly high: number; readonly confidence: number }
  /** Welch's p for equal means of logarithms, and after Holm over the study and view */
  readonly p?: number
  readonly adjusted?: number
  /**
   * from three runs a side: p of a test that assumes no distribution, and the least it could be with as many runs.
   * Of the logarithms by permutation, or of ranks where some runs were too fast to time
   */
  readonly exact?: {
    readonly test: 'permutation' | 'ranks'
    readonly p: number
    readonly attainable: number
  }
  /** fewer than three runs a side: against the declared run-to-run spread */
  readonly spread?: 'far beyond' | 'within'
  readonly verdict: 'better' | 'worse' | 'same' | 'unclear'
}

/** CPU-seconds of the guest per GiB: an interval, because bonnie++ cuts its percentages to whole numbers. */
export interface Cost {
  readonly backend: string
  readonly metric: MetricId
  readonly n: number
  readonly low: number
  readonly high: number
}

/** The worst single operation of a test over all runs. */
export interface Latency {
  readonly backend: string
  readonly metric: MetricId
  readonly n: number
  readonly worst_us: number
  /** of each run that printed one; `run` is its 1-based number among the backend's runs */
  readonly values: readonly { readonly run: number; readonly worst_us: number }[]
}

/** A doubt about evidence: which cells it touches, the arithmetic in its message, and what it makes of them. */
export interface Finding extends Omit<Diagnostic, 'level'> {
  readonly level: Exclude<Level, 'error'>
  readonly backend: string
  /** the test it is about; without it, the runs as a whole */
  readonly metric?: MetricId
  /** 1-based numbers of the backend's runs it fired on */
  readonly runs: readonly number[]
  /** what the cells become; undefined where it only notes something */
  readonly effect?: 'suspect' | 'not-disk'
  /** the number that fired, in the unit of its rule: a CPU share in percent, a ratio */
  readonly value: number | null
  /** why a not-disk cell is not the disk */
  readonly cause?: 'memory' | 'cpu' | 'too-fast' | 'allocation'
}

export type ProfileId = 'stream' | 'database' | 'mail' | 'density' | 'general'
export type Verdict = 'recommended' | 'leaning' | 'same' | 'undecided' | 'insufficient' | 'no data' | 'gated'
export type Grade = 'A' | 'B' | 'C' | 'D' | 'X'

/** Advice for one workload: measured grounds and hard gates decide; documented grounds stand beside them. */
export interface Recommendation {
  readonly profile: ProfileId
  readonly title: string
  readonly verdict: Verdict
  /** a backend with saved output, or null */
  readonly choice: string | null
  readonly grade: Grade
  /** share of the profile's weight that usable disk evidence covers, 0 to 1 */
  readonly coverage: number
  /** choice or leader against the runner-up, geometric mean over the covered tests */
  readonly score?: {
    readonly backend: string
    readonly against: string
    readonly ratio: number
    readonly low?: number
    readonly high?: number
    readonly acceptability: number
  }
  /** how the score hangs on the weights; there wherever a score is */
  readonly weighting?: {
    /** of all backends that were weighed: the share of weightings around the profile, and of any at all, it wins */
    readonly shares: readonly { readonly backend: string; readonly profile: number; readonly any: number }[]
    /** backends that the leader is not behind on any covered test and ahead of on one, whatever the weights */
    readonly dominates: readonly string[]
    /** the tests on which the leader is ahead of the runner-up, the share of the covered weight they carry, and need */
    readonly breakEven: {
      readonly ahead: readonly (MetricId | 'latency' | 'cpu')[]
      readonly carried: number
      readonly needed: number
    } | null
  }
  /** the verdict as one sentence */
  readonly sentence: string
  readonly because: readonly string[]
  readonly excluded: readonly {
    readonly backend: string
    readonly metric?: MetricId
    readonly because: string
    /** where that is documented */
    readonly sources?: readonly Reference[]
  }[]
  /**
   * runs of each backend, and the ratio they would tell apart (1.06 is 6 %) while one run fewer of each would not;
   * null where no affordable number does
   */
  readonly resolve: { readonly runs: number; readonly ratio: number } | null
  /** where the verdict is `same`: what is documented that tells the backends apart */
  readonly tieBreak: readonly Ground[]
  /** the concrete measurement that would change the verdict */
  readonly wouldChange: string
  /** what this workload adds to the measurement that all of them need */
  readonly alsoRun: string | null
  readonly documented: {
    readonly choice: string | null
    readonly measured: boolean
    readonly because: readonly Ground[]
  }
}

/** What two or more backends share on disk evidence, from three runs a side: enough to weigh it anew. */
export interface Weighing {
  /** in the order of the study */
  readonly backends: readonly string[]
  /** tests, the guest's CPU cost or worst latencies; `centres` and `errors` in the order of the backends */
  readonly terms: readonly {
    readonly term: MetricId | 'latency' | 'cpu'
    /** logarithms, higher is better: only differences between backends mean something */
    readonly centres: readonly number[]
    readonly errors: readonly number[]
    /** every side measured the disk beyond doubt: what is suspect on a side decides nothing alone */
    readonly solid: boolean
    /** of a test, where latencies can be weighed: its worst operations, of which `latency` is the mean by the tests' weights */
    readonly worst?: { readonly centres: readonly number[]; readonly errors: readonly number[] }
  }[]
  /** the ratio up to which a difference does not matter in practice: 1.05 is 5 % */
  readonly band: number
  /** the workloads' weights on these terms, in their order, in percent */
  readonly profiles: readonly { readonly profile: ProfileId; readonly weights: readonly number[] }[]
}

/** The measurement that would settle all that a study leaves open. */
export interface Plan {
  /** who is to be measured, how often, and with how large a file */
  readonly sentence: string
  /** in the order of the study; not `measured` is what no output was saved of, and the documents suggest */
  readonly backends: readonly { readonly id: string; readonly title: string; readonly measured: boolean }[]
  /** runs of each backend, in interleaved rounds: the most that any open question needs */
  readonly runs: number
  /** the test file: MiB as far as memories are declared, and multiples of those of guest and dom0 that are not */
  readonly file: {
    readonly atLeastMib: number | null
    readonly timesGuest: number | null
    readonly timesOuter: number | null
  }
  /** workloads without a firm verdict, with the runs that would tell */
  readonly questions: readonly (Pick<Recommendation, 'profile' | 'title' | 'alsoRun'> & {
    /** runs of each backend that tell a difference of `ratio`; null where no affordable number does */
    readonly runs: number | null
    readonly ratio: number
  })[]
}

/** A fact that nobody wrote down, its key in the front matter, and the conclusion it would strengthen. */
export interface MissingFact {
  readonly fact: string
  readonly key: string
  readonly strengthens: string
  /** without it no grade above C */
  readonly decisive: boolean
}

/** A sentence of the prose that is bound to the data, and what the data say. */
export interface Claim {
  readonly kind: 'claim' | 'quote'
  readonly text: string
  readonly expression: string
  readonly verdict: 'supported' | 'contradicted' | 'not decidable'
  /** why, with the numbers, as one sentence */
  readonly because: string
  readonly place: Place
}

export type ProsePiece =
  | { readonly kind: 'markdown'; readonly text: string }
  | {
      readonly kind: 'value'
      readonly backend: string
      /** 1-based; null means all runs */
      readonly run: number | null
      readonly metric: MetricId
      readonly quantity: Quantity
      readonly value: Measurement
    }
  | { readonly kind: 'claim'; readonly text: string; readonly claim: number }
