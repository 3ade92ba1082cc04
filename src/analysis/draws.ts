import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import { power } from '../model/power.ts'

/*
 * Dice that fall the same everywhere: seeded, so that the same outputs give the same report.
 */

export type Random = () => number

/** Tommy Ettinger's mulberry32: 32 bits of state. */
export function mulberry32(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Box and Muller's standard normal (Annals of Mathematical Statistics 29, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Marsaglia and Tsang's gamma variate (ACM TOMS 26, 2000), with their boost for shapes below 1. */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * Math.exp(Math.log(1 - random()) / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = normal(random)
    const v = power(1 + x / Math.sqrt(9 * d), 3)
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** How often weights and values are drawn to see who comes first. */
export const DRAWS = 2000
const SEED = 0x626f6e6e

const weightColumns = new Map<string, Float64Array>()
const errorColumns: Float64Array[] = []

/**
 * Weights of one term, one for each draw, not yet divided by the sum over all terms: gamma variates, which divided by
 * their sum are Dirichlet's, whichever terms take part. Kept, because they are the same for every study.
 */
export function weightings(term: MetricId | 'latency' | 'cpu', shape: number): Float64Array {
  const key = `${term} ${shape}`
  const place = [...METRIC_IDS, 'latency', 'cpu'].indexOf(term)
  const random = mulberry32(SEED + 1000 * place)
  const column = weightColumns.get(key) ?? Float64Array.from({ length: DRAWS }, () => gamma(shape, random))
  weightColumns.set(key, column)
  return column
}

/** Standard normal errors of the backend at a place, one for each draw. Kept like the weights. */
export function errors(place: number): Float64Array {
  const random = mulberry32(SEED - 1 - place)
  const column = errorColumns[place] ?? Float64Array.from({ length: DRAWS }, () => normal(random))
  errorColumns[place] = column
  return column
}
