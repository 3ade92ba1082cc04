import { power } from '../model/power.ts'
import { DRAWS, errors, weightings } from './draws.ts'
import type { Term } from './score.ts'
import { tQuantile } from './stats.ts'

/*
 * What the terms of a workload say together: a score, how it hangs on the weights, and who need not care about them.
 */

export interface Score {
  /** weighted geometric mean of a ÷ b */
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/**
 * Weighted geometric mean of a ÷ b over the terms (Fleming and Wallace, Communications of the ACM 29, 1986), with an
 * interval from the propagated standard errors: Satterthwaite's degrees of freedom where each side's spread is its
 * own; the fewest of any where spreads are assumed, since then one error is in all of them.
 */
export function score(found: readonly Term[], a: string, b: string, confidence = 0.95): Score {
  const total = weightOf(found)
  let [log, variance, shrunk, fewest] = [0, 0, 0, Number.POSITIVE_INFINITY]
  let assumed = false
  for (const { weight, centres } of found) {
    const [x, y] = [centres.get(a), centres.get(b)]
    if (!x || !y) continue
    log += (weight / total) * (x.centre - y.centre)
    for (const side of [x, y]) {
      const part = power(weight / total, 2) * power(side.se, 2)
      variance += part
      shrunk += power(part, 2) / side.df
      fewest = Math.min(fewest, side.df)
      assumed ||= side.assumed
    }
  }
  const df = assumed || shrunk === 0 ? fewest : power(variance, 2) / shrunk
  const half = variance > 0 ? tQuantile((1 + confidence) / 2, df) * Math.sqrt(variance) : 0
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) }
}

function weightOf(found: readonly Term[]): number {
  return found.reduce((sum, term) => sum + term.weight, 0)
}

/** The backends from the best score to the worst. */
export function ranked(found: readonly Term[], backends: readonly string[]): string[] {
  return backends.toSorted((a, b) => Math.log(score(found, b, a).ratio))
}

/** How tightly drawn weights keep to a profile, whose weights add up to 100: Dirichlet, 20 × share. */
const TIGHTNESS = 20 / 100

/**
 * Share of draws in which each backend is best (stochastic multicriteria acceptability; Lahdelma and Salminen,
 * Operations Research 49, 2001): values vary with their standard errors, weights around the profile, or, without an
 * opinion, over all weightings alike. Seeded, and the same whatever the backends are called and in which order they come.
 */
export function acceptability(
  found: readonly Term[],
  backends: readonly string[],
  weights: 'profile' | 'any' = 'profile',
): Map<string, number> {
  const wins = new Map(backends.map((b) => [b, 0]))
  const drawn = found.map(({ metric, weight }) =>
    weightings(metric, weights === 'any' ? 1 : TIGHTNESS * weight),
  )
  const sides = ranked(found, backends).map((id, place) => ({
    id,
    errors: errors(place),
    centres: found.map(({ centres }) => centres.get(id)?.centre ?? 0),
    variances: found.map(({ centres }) => power(centres.get(id)?.se ?? 0, 2)),
  }))
  for (let draw = 0; draw < DRAWS; draw += 1) {
    let [best, highest] = ['', Number.NEGATIVE_INFINITY]
    for (const { id, errors: own, centres, variances } of sides) {
      let [sum, variance] = [0, 0]
      for (let i = 0; i < drawn.length; i += 1) {
        const weight = drawn[i]?.[draw] ?? 0
        sum += weight * (centres[i] ?? 0)
        variance += weight * weight * (variances[i] ?? 0)
      }
      const value = sum + Math.sqrt(variance) * (own[draw] ?? 0)
      if (value > highest) [best, highest] = [id, value]
    }
    wins.set(best, (wins.get(best) ?? 0) + 1)
  }
  return new Map([...wins].map(([b, n]) => [b, n / DRAWS]))
}

export interface BreakEven {
  /** the terms on which the first backend is ahead */
  readonly ahead: readonly Term['metric'][]
  /** the share of the covered weight that they carry in the profile, and the share from which on it leads */
  readonly carried: number
  readonly needed: number
}

/**
 * How much of the weight the terms on which a is ahead of b must carry for a to lead: w* = l⁻ ÷ (l⁺ + l⁻), where l⁺
 * and l⁻ are the weighted means of |ln(a ÷ b)| over the terms where a and where b is ahead. Null where one of them is
 * ahead on all terms, so that no weighting changes who leads.
 */
export function breakEven(found: readonly Term[], a: string, b: string): BreakEven | null {
  const sides = found.map(({ metric, weight, centres }) => {
    return { metric, weight, log: (centres.get(a)?.centre ?? 0) - (centres.get(b)?.centre ?? 0) }
  })
  const [ahead, behind] = [sides.filter((s) => s.log > 0), sides.filter((s) => s.log < 0)]
  if (ahead.length === 0 || behind.length === 0) return null
  const weight = (own: typeof sides) => own.reduce((sum, s) => sum + s.weight, 0)
  const meanLog = (own: typeof sides) =>
    own.reduce((sum, s) => sum + s.weight * Math.abs(s.log), 0) / weight(own)
  const [plus, minus] = [meanLog(ahead), meanLog(behind)]
  return {
    ahead: ahead.map((s) => s.metric),
    carried: weight(ahead) / (weight(ahead) + weight(behind)),
    needed: minus / (plus + minus),
  }
}

/**
 * Whether weights do not matter between a and b: on every term a is shown not to be behind by more than the band, and
 * on one to be ahead by more. Stricter than not being shown behind, which a noisy term could not help passing.
 */
export function dominates(
  found: readonly Term[],
  a: string,
  b: string,
  band: (metric: Term['metric']) => number,
): boolean {
  const each = found.map((term) => ({ low: score([term], a, b).low, band: 1 + band(term.metric) }))
  return each.every(({ low, band: d }) => low >= 1 / d) && each.some(({ low, band: d }) => low > d)
}

/** What choosing a backend costs at worst: at 0.35 the best choice for that workload is 35 % faster. */
export interface Regret<Workload> {
  readonly backend: string
  readonly worst: number
  readonly workload: Workload
}

/** Savage's minimax regret (Journal of the American Statistical Association 46, 1951): the least first. */
export function regrets<Workload>(
  workloads: readonly { readonly workload: Workload; readonly terms: readonly Term[] }[],
  backends: readonly string[],
): Regret<Workload>[] {
  return backends
    .flatMap((backend) => {
      const each = workloads.map(({ workload, terms }) => {
        const best = ranked(terms, backends)[0] ?? backend
        return { backend, worst: Math.max(0, score(terms, best, backend).ratio - 1), workload }
      })
      return each.toSorted((a, b) => b.worst - a.worst).slice(0, 1)
    })
    .toSorted((a, b) => a.worst - b.worst)
}
