import { divide, type Measurement, type Ratio } from '../model/measurement.ts'
import { type Family, type MetricId, metric } from '../model/metric.ts'
import { power } from '../model/power.ts'
import type { Comparison, Validity, View } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { unlike } from './evidence.ts'
import { permutation, rankSum } from './exact.ts'
import type { TestedSample } from './sample.ts'
import { holm, mean, median, squares, tQuantile, welch } from './stats.ts'
import { share } from './units.ts'

/** Fewest runs a side from which spread can be told from difference. */
export const ENOUGH = 3
const CONFIDENCE = 0.95
const SIGNIFICANT = 0.05

/** Difference within which two rates are practically equal, by family, unless the front matter says otherwise. */
const EQUIVALENCE: Readonly<Record<Family, number>> = { bulk: 0.05, seeks: 0.1, files: 0.1 }

/**
 * Run-to-run spread (standard deviation of logarithms) that is assumed where a study has no replicates: from the
 * two-run ranges of a published sister study of the same author and host (systutorials.com, LVM and loopback VBDs).
 */
const PRIOR: Spread = { sigma: 0.047, df: 6 }

export interface Spread {
  readonly sigma: number
  readonly df: number
}

/** The share by which a metric may differ and still be called the same: 0.05 is 5 %. */
export function equivalence(id: MetricId, facts: Facts): number {
  const { family } = metric(id)
  const declared = facts.equivalence?.[family]
  return (declared === undefined ? null : share(declared)) ?? EQUIVALENCE[family]
}

/** Spread pooled over a family's replicated samples on disk evidence: Σ(y − ȳ)² / Σ(n − 1) on logarithms; else the prior. */
export function pooledSpread(samples: readonly TestedSample[], family: Family): Spread {
  const known = spreads.get(samples) ?? new Map<Family, Spread>()
  if (known.size === 0) spreads.set(samples, known)
  const spread = known.get(family) ?? spreadIn(samples, family)
  known.set(family, spread)
  return spread
}

/** A plan asks for the same spread for every number of runs that it tries. */
const spreads = new WeakMap<readonly TestedSample[], Map<Family, Spread>>()

function spreadIn(samples: readonly TestedSample[], family: Family): Spread {
  const logs = samples
    .filter((s) => metric(s.metric).family === family)
    .flatMap((s) => {
      const ys = logRates(s, 'disk')
      return ys && ys.length >= 2 ? [ys] : []
    })
  const df = logs.reduce((sum, ys) => sum + ys.length - 1, 0)
  if (df === 0) return PRIOR
  return { sigma: Math.sqrt(logs.reduce((sum, ys) => sum + squares(ys), 0) / df), df }
}

/**
 * The spread of a side with too few runs of its own: that of the other samples, but at least the prior, because runs
 * of one afternoon agree more closely than afternoons do.
 */
export function assumedSpread(pooled: Spread): Spread {
  return pooled.sigma > PRIOR.sigma ? pooled : PRIOR
}

/** The logarithms of a sample's rates in a view, or null where any of them is a bound or there is none. */
export function logRates(sample: TestedSample, view: View): readonly number[] | null {
  const known = logs[view].get(sample)
  if (known !== undefined) return known
  const rates = ratesOf(sample, view)
  const isKnown = rates.length > 0 && rates.every((m) => m.kind === 'measured' && m.value > 0)
  const found = isKnown ? rates.map((m) => Math.log(m.kind === 'measured' ? m.value : Number.NaN)) : null
  logs[view].set(sample, found)
  return found
}

/** Every pair and every workload asks for them. */
const logs: Readonly<Record<View, WeakMap<TestedSample, readonly number[] | null>>> = {
  measured: new WeakMap(),
  disk: new WeakMap(),
}

function ratesOf(sample: TestedSample, view: View) {
  return sample.values
    .filter((v) => view === 'measured' || usableState(v.validity))
    .map((v) => v.rate)
    .filter((m) => m.kind !== 'absent')
}

function usableState(validity: Validity): boolean {
  return validity === 'disk' || validity === 'suspect' || validity === 'censored'
}

/**
 * Every pair of backends on every test, as measured and, where both sides may count as the disk, as disk evidence.
 * The study's baseline stands below the line of its pairs; in other pairs the backend that comes first does.
 * Holm's correction spans all tests of a study and view.
 */
export function compare(
  samples: readonly TestedSample[],
  backends: readonly string[],
  baseline: string | null,
  facts: Facts,
): Comparison[] {
  const views: readonly View[] = ['disk', 'measured']
  const families: readonly Family[] = ['bulk', 'seeks', 'files']
  const spreads = new Map(families.map((family) => [family, pooledSpread(samples, family)]))
  const spreadOf = (id: MetricId) => spreads.get(metric(id).family) ?? PRIOR
  return views.flatMap((view) =>
    correct(
      pairs(backends, baseline).flatMap((pair) => onePair(samples, pair, view, facts, spreadOf)),
      facts,
    ),
  )
}

function pairs(backends: readonly string[], baseline: string | null): [string, string][] {
  return backends.flatMap((first, i) =>
    backends
      .slice(i + 1)
      .map((second): [string, string] => (second === baseline ? [first, second] : [second, first])),
  )
}

/** The tests of one pair. On disk evidence a side must count as the disk, and the ratio must be known. */
function onePair(
  samples: readonly TestedSample[],
  [backend, base]: [string, string],
  view: View,
  facts: Facts,
  spreadOf: (id: MetricId) => Spread,
): Comparison[] {
  return samples
    .filter((s) => s.backend === backend)
    .flatMap((a) => {
      const b = samples.find((s) => s.backend === base && s.metric === a.metric)
      if (!b || (view === 'disk' && !(usableState(a.validity) && usableState(b.validity)))) return []
      const found = comparison(a, b, view, equivalence(a.metric, facts), spreadOf(a.metric))
      return view === 'disk' && found.ratio.kind === 'unknown' ? [] : [found]
    })
}

function comparison(a: TestedSample, b: TestedSample, view: View, delta: number, spread: Spread): Comparison {
  const base = {
    metric: a.metric,
    backend: a.backend,
    baseline: b.backend,
    view,
    verdict: 'unclear',
  } as const
  const n = [ratesOf(a, view).length, ratesOf(b, view).length] as const
  const unknown = (why: string) => ({ ...base, n, ratio: { kind: 'unknown', why } }) as const
  if (a.n > 0 && b.n > 0 && a.test !== b.test)
    return unknown(`unlike tests, ${unlike(a.test, b.test, 'against')}`)
  if ([...ratesOf(a, view), ...ratesOf(b, view)].some((m) => m.kind === 'measured' && m.value <= 0)) {
    return unknown('a rate of 0')
  }
  const [ya, yb] = [logRates(a, view), logRates(b, view)]
  if (!ya || !yb) return { ...base, n, ...bounded(a, b, view, n, delta, spread) }
  if (Math.min(...n) < ENOUGH) {
    const ratio = { kind: 'exact', value: Math.exp(mean(ya) - mean(yb)) } as const
    return { ...base, n, ratio, spread: beyond(ratio, n, delta, spread) }
  }
  const w = welch(ya, yb)
  const exact = permutation(ya, yb)
  const interval = { low: Math.exp(w.low), high: Math.exp(w.high), confidence: CONFIDENCE }
  return {
    ...base,
    n,
    ratio: { kind: 'exact', value: Math.exp(w.difference) },
    interval,
    p: w.p,
    ...(exact && { exact: { test: 'permutation', ...exact } }),
  }
}

/** A pair with lower bounds: Kaplan-Meier medians, no interval; from three runs a side the ranks can still be tested. */
function bounded(
  a: TestedSample,
  b: TestedSample,
  view: View,
  n: readonly [number, number],
  delta: number,
  spread: Spread,
): Pick<Comparison, 'ratio' | 'spread' | 'exact'> {
  const [ra, rb] = [ratesOf(a, view), ratesOf(b, view)]
  const ratio = divide(ra.length > 0 ? median(ra) : a.median, rb.length > 0 ? median(rb) : b.median)
  if (Math.min(...n) >= ENOUGH) {
    const exact = rankSum(ra.map(height), rb.map(height))
    return { ratio, ...(exact && { exact: { test: 'ranks', ...exact } }) }
  }
  if (ratio.kind === 'unknown') return { ratio }
  return { ratio, spread: beyond(ratio, n, delta, spread) }
}

/** Where a rate stands among others: what was too fast to time is above all that was timed, and level among itself. */
function height(rate: Measurement): number {
  return rate.kind === 'measured' ? rate.value : Number.POSITIVE_INFINITY
}

/** Whether a ratio of one or two runs a side lies outside what run-to-run spread and the equivalence band allow. */
function beyond(
  ratio: Exclude<Ratio, { kind: 'unknown' }>,
  [na, nb]: readonly [number, number],
  delta: number,
  spread: Spread,
): 'far beyond' | 'within' {
  const half = tQuantile((1 + CONFIDENCE) / 2, spread.df) * spread.sigma * Math.sqrt(1 / na + 1 / nb)
  const log = Math.log(ratio.kind === 'exact' ? ratio.value : ratio.bound)
  const distance = ratio.kind === 'exact' ? Math.abs(log) : ratio.kind === 'at least' ? log : -log
  return distance > Math.max(half, Math.log(1 + delta)) ? 'far beyond' : 'within'
}

/** Verdicts of a view, with Holm's correction over all its tests. */
function correct(comparisons: readonly Comparison[], facts: Facts): Comparison[] {
  const tested = comparisons.filter((c) => c.p !== undefined)
  const adjusted = holm(tested.map((c) => c.p ?? 1))
  return comparisons.map((c) => {
    const p = adjusted[tested.indexOf(c)]
    return p === undefined || !c.interval
      ? c
      : { ...c, adjusted: p, verdict: verdict(c.interval, p, equivalence(c.metric, facts)) }
  })
}

function verdict(
  { low, high }: { low: number; high: number },
  adjusted: number,
  delta: number,
): Comparison['verdict'] {
  if (adjusted <= SIGNIFICANT && low > 1 + delta) return 'better'
  if (adjusted <= SIGNIFICANT && high < 1 / (1 + delta)) return 'worse'
  if (low >= 1 / (1 + delta) && high <= 1 + delta) return 'same'
  return 'unclear'
}

/** The centre of a sample on a logarithmic scale, with its standard error; the pooled spread where runs are few. */
export function logCentre(
  sample: TestedSample,
  spread: Spread,
): {
  readonly centre: number
  readonly se: number
  readonly df: number
  readonly assumed: boolean
} | null {
  const ys = logRates(sample, 'disk')
  if (!ys) return null
  const assumed = ys.length < ENOUGH
  const variance = assumed ? power(spread.sigma, 2) : squares(ys) / (ys.length - 1)
  const df = assumed ? spread.df : ys.length - 1
  return { centre: mean(ys), se: Math.sqrt(variance / ys.length), df, assumed }
}

/** The bare number behind a ratio. */
export function ratioNumber(ratio: Ratio): number {
  return ratio.kind === 'exact' ? ratio.value : ratio.kind === 'unknown' ? Number.NaN : ratio.bound
}
