import { equivalence } from '../../src/analysis/compare.ts'
import { mulberry32, normal, type Random } from '../../src/analysis/draws.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Comparison } from '../../src/model/report.ts'
import { type Design, sigmaOf, study, TRUE_RATES, type Truth, trueRatio, trueRegret } from './studies.ts'

/*
 * One question each, asked of many studies of one design. Every count is of how often the analysis was wrong, or right,
 * out of how many.
 */

export interface Count {
  readonly hits: number
  readonly of: number
}

export interface Trial {
  /** studies without a difference: 95 % intervals that hold the truth */
  readonly covered: Count
  /** the same: 95 % intervals of scores, between the two best backends, that hold the truth */
  readonly scored: Count
  /** the same: studies in which anything was called better or worse, and in which a workload got a choice */
  readonly falselyTold: Count
  readonly falselyAdvised: Count
  /** differences of five standard errors beyond the band that were found; from six runs on */
  readonly found: Count
  /** backends of all speeds: choices above grade D that are truly behind the best by more than the band */
  readonly wronglyNamed: Count
  /** some rates too fast to time: bounds on the wrong side of the ratio that the same runs would have had */
  readonly wrongBounds: Count
}

const NONE: Count = { hits: 0, of: 0 }

export function add(a: Count, b: Count): Count {
  return { hits: a.hits + b.hits, of: a.of + b.of }
}

/** All questions to one design. */
export function trial(design: Design, studies: number, seed: number): Trial {
  const random = mulberry32(seed)
  const level = withoutDifference(design, studies, random)
  return {
    ...level,
    found: design.runs >= 6 ? withDifference(design, studies, random) : NONE,
    wronglyNamed: withAllSpeeds(design, studies, random),
    wrongBounds: withLimit(design, studies, random),
  }
}

const told = ({ verdict }: Comparison) => verdict === 'better' || verdict === 'worse'

function withoutDifference(design: Design, studies: number, random: Random) {
  const truth: Truth = { factor: () => 1 }
  let [covered, scored, falselyTold, falselyAdvised] = [NONE, NONE, NONE, NONE]
  for (let i = 0; i < studies; i += 1) {
    const { comparisons, recommendations } = study(design, truth, random)
    const drawn = comparisons.flatMap(({ interval, view }) =>
      interval && view === 'measured' ? interval : [],
    )
    const held = drawn.filter(({ low, high }) => low <= 1 && 1 <= high).length
    covered = add(covered, { hits: held, of: drawn.length })
    const scores = recommendations.flatMap(({ score }) => score ?? [])
    const holding = scores.filter(({ low = 0, high = 0 }) => low <= 1 && 1 <= high).length
    scored = add(scored, { hits: holding, of: scores.length })
    falselyTold = add(falselyTold, { hits: Number(comparisons.some(told)), of: 1 })
    const advised = recommendations.some(({ choice }) => choice !== null)
    falselyAdvised = add(falselyAdvised, { hits: Number(advised), of: 1 })
  }
  return { covered, scored, falselyTold, falselyAdvised }
}

/** The first backend is ahead of all others on every test by the band and five standard errors. */
function withDifference(design: Design, studies: number, random: Random): Count {
  const error = sigmaOf(design.cv) * Math.sqrt(2 / design.runs)
  const truth: Truth = {
    factor: (backend, id) => (backend === 0 ? (1 + equivalence(id, {})) * Math.exp(5 * error) : 1),
  }
  let found = NONE
  for (let i = 0; i < studies; i += 1) {
    const { comparisons } = study(design, truth, random)
    const differing = comparisons.filter((c) => c.view === 'disk' && trueRatio(c, truth) !== 1)
    found = add(found, { hits: differing.filter(right(truth)).length, of: differing.length })
  }
  return found
}

const right = (truth: Truth) => (c: Comparison) =>
  c.verdict === (trueRatio(c, truth) > 1 ? 'better' : 'worse')

/** Standard deviation of the logarithm of true speeds: about a tenth. */
const DIVERSITY = 0.1

/** True speeds of a study, a backend and a test at a time. */
function speeds({ backends }: Design, random: Random): Truth {
  const drawn = Array.from({ length: backends }, () => {
    const own = normal(random)
    return new Map(METRIC_IDS.map((id) => [id, Math.exp(DIVERSITY * (own + 0.5 * normal(random)))]))
  })
  return { factor: (backend, id) => drawn[backend]?.get(id) ?? 1 }
}

function withAllSpeeds(design: Design, studies: number, random: Random): Count {
  let count = NONE
  for (let i = 0; i < studies; i += 1) {
    const truth = speeds(design, random)
    const named = study(design, truth, random).recommendations.filter(
      ({ choice, grade }) => choice !== null && grade !== 'D',
    )
    const wrong = named.filter((r) => trueRegret(r, design.backends, truth) > Math.log(1.05))
    count = add(count, { hits: wrong.length, of: named.length })
  }
  return count
}

/**
 * Runs that were too fast to time, and the same runs with a watch that could time them: a bound of the ratio of medians
 * must hold for these.
 */
function withLimit(design: Design, studies: number, random: Random): Count {
  let count = NONE
  for (let i = 0; i < studies; i += 1) {
    const truth = speeds(design, random)
    const limits = new Map(METRIC_IDS.map((id) => [id, TRUE_RATES[id] * Math.exp(0.1 * normal(random))]))
    const seed = Math.floor(random() * 2 ** 32)
    const limit = (id: MetricId) => limits.get(id) ?? Number.POSITIVE_INFINITY
    const { comparisons } = study(design, { ...truth, limit }, mulberry32(seed))
    const timed = study(design, truth, mulberry32(seed)).samples
    const median = (backend: string, id: MetricId) => timed.get(`${backend} ${id}`) ?? Number.NaN
    const bounds = comparisons.filter(({ ratio }) => ratio.kind === 'at least' || ratio.kind === 'at most')
    const wrong = bounds.filter(({ backend, baseline, metric, ratio }) => {
      const whole = median(backend, metric) / median(baseline, metric)
      if (ratio.kind === 'at least') return whole < ratio.bound * (1 - 1e-9)
      return ratio.kind === 'at most' && whole > ratio.bound * (1 + 1e-9)
    })
    count = add(count, { hits: wrong.length, of: bounds.length })
  }
  return count
}
