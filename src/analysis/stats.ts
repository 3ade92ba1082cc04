import type { Measurement } from '../model/measurement.ts'
import { magnitude } from '../model/measurement.ts'
import { power } from '../model/power.ts'

/** Arithmetic mean. The list must not be empty. */
export function mean(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0) / xs.length
}

/** Sum of squared deviations from the mean. */
export function squares(xs: readonly number[]): number {
  const centre = mean(xs)
  return xs.reduce((sum, x) => sum + power(x - centre, 2), 0)
}

/**
 * Median of rates of which some may be lower bounds. Without bounds: the middle value, or the mean of the middle two.
 * With bounds: Kaplan and Meier's estimate (Journal of the American Statistical Association 53, 1958) for
 * right-censored values: the first value at which the share of runs above it falls below one half. Where that share
 * rests at exactly one half the median lies between two values, as in the middle of an even number of runs: the mean
 * of the two, or, where the upper one is a bound, at least the lower. Where the share never falls so far the median is
 * known only to be at least the lowest of the bounds.
 */
export function median(rates: readonly Measurement[]): Measurement {
  const present = rates.filter((m) => m.kind !== 'absent')
  const first = rates[0]
  if (present.length === 0) return first ?? { kind: 'absent', why: 'not run' }
  if (present.every((m) => m.kind === 'measured'))
    return { kind: 'measured', value: middle(present.map(magnitude)) }
  return censoredMedian(present)
}

/** The middle value, or the mean of the middle two. The list must not be empty. */
export function middle(xs: readonly number[]): number {
  const sorted = Float64Array.from(xs).sort()
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Spearman's rank correlation (American Journal of Psychology 15, 1904) of values with their own order, from -1 to 1:
 * the correlation of the ranks, where equal values share their mean rank. 0 where all are equal.
 */
export function rankCorrelation(xs: readonly number[]): number {
  const sorted = Float64Array.from(xs).sort()
  const rankOf = new Map<number, number>()
  for (let from = 0; from < sorted.length; ) {
    const x = sorted[from] ?? Number.NaN
    let to = from + 1
    while (sorted[to] === x) to += 1
    rankOf.set(x, (from + 1 + to) / 2)
    from = to
  }
  const ranks = xs.map((x) => rankOf.get(x) ?? Number.NaN)
  const centre = (xs.length + 1) / 2
  const shared = ranks.reduce((sum, rank, i) => sum + (rank - centre) * (i + 1 - centre), 0)
  const spread = Math.sqrt(squares(ranks) * squares(xs.map((_, i) => i)))
  return spread === 0 ? 0 : shared / spread
}

const HALF = 0.5
const ROUNDING = 1e-12

function censoredMedian(present: readonly Exclude<Measurement, { kind: 'absent' }>[]): Measurement {
  const sorted = present.toSorted(
    (a, b) => magnitude(a) - magnitude(b) || Number(a.kind === 'at least') - Number(b.kind === 'at least'),
  )
  let surviving = 1
  for (const [i, m] of sorted.entries()) {
    const atRisk = sorted.length - i
    if (m.kind === 'at least') continue
    surviving *= (atRisk - 1) / atRisk
    if (surviving < HALF - ROUNDING) return { kind: 'measured', value: m.value }
    if (surviving > HALF + ROUNDING) continue
    const next = sorted[i + 1]
    if (next?.kind === 'measured') return { kind: 'measured', value: (m.value + next.value) / 2 }
    return { kind: 'at least', bound: m.value }
  }
  const bounds = sorted.filter((m) => m.kind === 'at least').map(magnitude)
  return { kind: 'at least', bound: least(bounds) }
}

/** The least of some numbers; infinity of none. A call of Math.min takes no more arguments than the stack holds. */
export function least(xs: readonly number[]): number {
  return xs.reduce((found, x) => Math.min(found, x), Number.POSITIVE_INFINITY)
}

/** The greatest of some numbers; minus infinity of none. */
export function greatest(xs: readonly number[]): number {
  return xs.reduce((found, x) => Math.max(found, x), Number.NEGATIVE_INFINITY)
}

export interface Welch {
  /** mean(a) − mean(b) */
  readonly difference: number
  readonly se: number
  readonly df: number
  /** two-sided */
  readonly p: number
  readonly low: number
  readonly high: number
}

/**
 * Welch's comparison of two means with unequal variances (Biometrika 34, 1947), with Satterthwaite's degrees of
 * freedom and a two-sided 95 % interval. Both sides need at least two values; two constant sides give a zero-width
 * interval with p 1 or 0.
 */
export function welch(a: readonly number[], b: readonly number[]): Welch {
  const difference = mean(a) - mean(b)
  const [va, vb] = [squares(a) / (a.length - 1) / a.length, squares(b) / (b.length - 1) / b.length]
  const se = Math.sqrt(va + vb)
  if (se === 0)
    return {
      difference,
      se,
      df: a.length + b.length - 2,
      p: difference === 0 ? 1 : 0,
      low: difference,
      high: difference,
    }
  const df = power(va + vb, 2) / (power(va, 2) / (a.length - 1) + power(vb, 2) / (b.length - 1))
  const half = tQuantile(0.975, df) * se
  return {
    difference,
    se,
    df,
    p: twoSided(difference / se, df),
    low: difference - half,
    high: difference + half,
  }
}

/** Holm's step-down adjustment of p values (Scandinavian Journal of Statistics 6, 1979), in the order given. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, i) => ({ p, i })).toSorted((x, y) => x.p - y.p)
  const adjusted = new Array<number>(ps.length).fill(1)
  let running = 0
  for (const [rank, { p, i }] of order.entries()) {
    running = Math.max(running, Math.min(1, p * (ps.length - rank)))
    adjusted[i] = running
  }
  return adjusted
}

/** Chance of a Student's t at least this far from 0 on either side (DLMF 8.17: regularised incomplete beta). */
export function twoSided(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5)
}

function tCdf(t: number, df: number): number {
  const tail = twoSided(t, df) / 2
  return t >= 0 ? 1 - tail : tail
}

/**
 * The value below which a share `p` of Student's t lies, by Newton's method from 0: right of it the distribution
 * function is concave, so no step can pass the solution.
 */
export function tQuantile(p: number, df: number): number {
  if (p < 0.5) return -tQuantile(1 - p, df)
  let t = 0
  for (let i = 0; i < 200; i += 1) {
    const step = (p - tCdf(t, df)) / tDensity(t, df)
    t += step
    if (!(step > 1e-13 * t)) break
  }
  return t
}

function tDensity(t: number, df: number): number {
  const log = lnGamma((df + 1) / 2) - lnGamma(df / 2) - ((df + 1) / 2) * Math.log1p((t * t) / df)
  return Math.exp(log) / Math.sqrt(df * Math.PI)
}

/** I_x(a, b) by the continued fraction DLMF 8.17.22, evaluated after Lentz; symmetric where it converges slowly. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front * betaFraction(x, a, b)
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const guard = (v: number) => (Math.abs(v) < tiny ? tiny : v)
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const term of [even, odd]) {
      d = 1 / guard(1 + term * d)
      c = guard(1 + term / c)
      fraction *= d * c
    }
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return fraction
}

/** ln Γ(z) for z > 0, Lanczos' approximation (g = 7, n = 9; SIAM J. Numer. Anal. 1, 1964). */
function lnGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - lnGamma(1 - z)
  const x = z - 1
  const series = LANCZOS.reduce((sum, c, i) => sum + (i === 0 ? c : c / (x + i)), 0)
  const t = x + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series)
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
