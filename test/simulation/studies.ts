import { compare } from '../../src/analysis/compare.ts'
import { normal, type Random } from '../../src/analysis/draws.ts'
import { judge } from '../../src/analysis/judge.ts'
import { PROFILES } from '../../src/analysis/profiles.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { samples } from '../../src/analysis/sample.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Comparison, Recommendation } from '../../src/model/report.ts'
import type { Facts } from '../../src/model/study.ts'
import { aPage, aRun, evidenceOf, type Printed } from '../analysis/build-run.ts'

/*
 * Studies that never were: every backend has a true rate on every test, runs scatter log-normally around it, and what
 * the analysis makes of them is held against the truth.
 */

/** A cell of the grid. `cv`: standard deviation of a rate ÷ its mean. */
export interface Design {
  readonly backends: number
  readonly runs: number
  readonly cv: number
}

/** True speed of a backend on a test against the first backend's; and from which rate on nothing can be timed. */
export interface Truth {
  readonly factor: (backend: number, metric: MetricId) => number
  readonly limit?: (metric: MetricId) => number
}

/** What the analysis said of one study. */
export interface Told {
  readonly comparisons: readonly Comparison[]
  readonly recommendations: readonly Recommendation[]
  /** medians of measured samples, by backend and test */
  readonly samples: ReadonlyMap<string, number>
}

/** Interleaved runs in a guest whose memories are known and small: nothing but chance can mislead. */
const FACTS: Facts = {
  guest: { ram: '256 MiB' },
  host: { dom0_ram: '256 MiB', disk: { kind: 'ssd' } },
  order: 'interleaved',
}

/** True rates of the first backend, in bonnie++'s units. */
export const TRUE_RATES: Readonly<Record<MetricId, number>> = {
  putc: 30000,
  put_block: 100000,
  rewrite: 40000,
  getc: 30000,
  get_block: 120000,
  seeks: 5000,
  seq_create: 900,
  seq_stat: 900,
  seq_del: 900,
  ran_create: 900,
  ran_stat: 900,
  ran_del: 900,
}

/** CPU-seconds that every backend needs for a GiB: what is told as a share is cut to a whole number. */
const COST = 4

export const nameOf = (backend: number): string => `b${backend}`
export const indexOf = (name: string): number => Number(name.slice(1))

/** Standard deviation of logarithms for a coefficient of variation: σ² = ln(1 + CV²). */
export const sigmaOf = (cv: number): number => Math.sqrt(Math.log1p(cv ** 2))

/** Draws one study and puts it through the whole analysis. */
export function study({ backends, runs, cv }: Design, truth: Truth, random: Random): Told {
  const names = Array.from({ length: backends }, (_, i) => nameOf(i))
  const pages = names.map((name) => aPage(name))
  const sigma = sigmaOf(cv)
  const drawn = names.flatMap((name, backend) =>
    Array.from({ length: runs }, (_, run) => {
      const cells = METRIC_IDS.map((id): [MetricId, Printed] => {
        const rate = TRUE_RATES[id] * truth.factor(backend, id) * Math.exp(sigma * normal(random))
        const limit = truth.limit?.(id) ?? Number.POSITIVE_INFINITY
        if (rate > limit) return [id, { atLeast: limit }]
        const cpu = METRIC_IDS.indexOf(id) < 5 ? Math.floor((COST * rate * 100) / 2 ** 20) : 10
        return [id, [rate, cpu]]
      })
      return aRun(name, Object.fromEntries(cells), { path: `${name}/${run}.txt`, version: '2.00a' })
    }),
  )
  const evidence = evidenceOf(drawn, pages)
  const tested = samples(evidence, judge(evidence, FACTS))
  return {
    comparisons: compare(tested, names, nameOf(0), FACTS),
    recommendations: recommend(evidence, tested, FACTS, pages).recommendations,
    samples: new Map(
      tested.flatMap(({ backend, metric, median }) =>
        median.kind === 'measured' ? [[`${backend} ${metric}`, median.value]] : [],
      ),
    ),
  }
}

/** The true ratio behind a comparison. */
export function trueRatio({ backend, baseline, metric }: Comparison, { factor }: Truth): number {
  return factor(indexOf(backend), metric) / factor(indexOf(baseline), metric)
}

/** By how much the best backend is truly ahead of the one that was named, over the tests that counted for it. */
export function trueRegret({ profile, choice }: Recommendation, backends: number, { factor }: Truth): number {
  const weights = Object.entries(PROFILES.find(({ id }) => id === profile)?.weights ?? {})
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const logs = Array.from({ length: backends }, (_, backend) =>
    weights.reduce(
      (sum, [id, weight]) => sum + (weight / total) * Math.log(factor(backend, id as MetricId)),
      0,
    ),
  )
  return choice === null ? 0 : Math.max(...logs) - (logs[indexOf(choice)] ?? Number.NaN)
}
