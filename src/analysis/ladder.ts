import type { MetricId } from '../model/metric.ts'
import type { Grade, Recommendation } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { ENOUGH, equivalence } from './compare.ts'
import { coverage, type Term } from './score.ts'
import { acceptability, breakEven, dominates, ranked, score } from './weigh.ts'

/*
 * The ladder: from what the terms of a workload say together to one verdict, the first whose condition holds.
 */

/** Least coverage for any advice, and for a recommendation. */
export const LEAST = 0.6
const AMPLE = 0.8
/** Share of weightings a backend must win to lean towards it, and to recommend it. */
const LIKELY = 0.8
const NEARLY_ALWAYS = 0.95
/**
 * Confidence at which the leader must be ahead of every other before it is named. Five workloads ask five questions
 * of the same runs: at 99 % each, all of them together are wrong in at most 5 % of studies (Bonferroni).
 */
export const NAMED = 0.99

export interface Rung extends Pick<Recommendation, 'verdict' | 'choice' | 'score' | 'weighting'> {
  /** where nobody is named: the rivals that the leader is not shown to be ahead of */
  readonly level?: readonly string[]
}

/** What the ladder is climbed with. `runs`: the fewest of any backend; `found`: the terms that all of them share. */
export interface Ground {
  readonly found: readonly Term[]
  readonly backends: readonly string[]
  readonly runs: number
  readonly grade: Grade
  readonly facts: Facts
}

/** The verdict on one workload, with its score where one can be given. */
export function climb({ found, backends, runs, grade, facts }: Ground): Rung {
  const covered = coverage(found)
  if (covered === 0) return { verdict: 'no data', choice: null }
  const unsound = !found.some((term) => term.solid)
  if (covered < LEAST || backends.length < 2 || unsound) return { verdict: 'insufficient', choice: null }
  const [leader = '', ...rivals] = ranked(found, backends)
  const ahead = rivals.map((rival) => score(found, leader, rival))
  const low = Math.min(...ahead.map((s) => s.low))
  const high = Math.max(...ahead.map((s) => s.high))
  if (runs === 1 && low <= 1) return { verdict: 'insufficient', choice: null }
  const scored = weighed(found, leader, rivals, { runs, facts })
  const share = scored.score.acceptability
  const band = 1 + equivalence('put_block', facts)
  const confidence = runs < ENOUGH ? undefined : NAMED
  const level = rivals.filter((rival) => score(found, leader, rival, confidence).low <= 1)
  const named = level.length === 0
  const sound = grade === 'A' || grade === 'B'
  if (covered >= AMPLE && share >= NEARLY_ALWAYS && low > band && named && sound)
    return { ...scored, verdict: 'recommended', choice: leader }
  // what lies inside the band is the same, however surely it lies on one side of 1
  if (runs >= ENOUGH && high <= band && low >= 1 / band) return { ...scored, verdict: 'same', choice: null }
  if (share >= LIKELY && named) return { ...scored, verdict: 'leaning', choice: leader }
  return { ...scored, verdict: 'undecided', choice: null, level }
}

/** Share by which a CPU cost or a worst latency may differ and still be called the same. */
const OTHER_BAND = 0.1

/** The score of the leader against the runner-up, and how it hangs on the weights. */
function weighed(
  found: readonly Term[],
  leader: string,
  rivals: readonly string[],
  { runs, facts }: Pick<Ground, 'runs' | 'facts'>,
) {
  const [runnerUp = ''] = rivals
  const backends = [leader, ...rivals]
  const [around, any] = [acceptability(found, backends), acceptability(found, backends, 'any')]
  const closest = score(found, leader, runnerUp)
  const enough = runs >= ENOUGH
  const band = (metric: Term['metric']) =>
    metric === 'latency' || metric === 'cpu' ? OTHER_BAND : equivalence(metric satisfies MetricId, facts)
  return {
    score: {
      backend: leader,
      against: runnerUp,
      ratio: closest.ratio,
      acceptability: around.get(leader) ?? 0,
      ...(enough && { low: closest.low, high: closest.high }),
    },
    weighting: {
      shares: backends.map((backend) => ({
        backend,
        profile: around.get(backend) ?? 0,
        any: any.get(backend) ?? 0,
      })),
      dominates: enough ? rivals.filter((rival) => dominates(found, leader, rival, band)) : [],
      breakEven: breakEven(found, leader, runnerUp),
    },
  }
}
