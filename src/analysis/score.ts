import { BLOCK_METRICS, METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import { ENOUGH, logCentre, pooledSpread, type Spread } from './compare.ts'
import type { Evidence } from './evidence.ts'
import type { Profile } from './profiles.ts'
import { costOf, type TestedSample } from './sample.ts'
import { mean, squares, tQuantile } from './stats.ts'

/** A backend on one term of a score: higher is better, on a logarithmic scale. */
interface Centre {
  readonly centre: number
  readonly se: number
  readonly df: number
}

/** One weighted part of a profile that all compared backends have usable disk evidence for. */
export interface Term {
  readonly metric: MetricId | 'latency' | 'cpu'
  readonly weight: number
  /** every side measured the disk beyond doubt: a suspect side never decides alone */
  readonly solid: boolean
  readonly centres: ReadonlyMap<string, Centre>
}

/** What the score is computed from. */
export interface Grounds {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly TestedSample[]
}

/** The terms of a profile that these backends share on disk evidence. */
export function terms(profile: Profile, backends: readonly string[], grounds: Grounds): Term[] {
  if (backends.length === 0) return []
  const rates = METRIC_IDS.flatMap((id) => rateTerm(id, profile.weights[id] ?? 0, backends, grounds) ?? [])
  const latency = latencyTerm(profile, rates, backends, grounds)
  const cpu = cpuTerm(profile, backends, grounds)
  return [...rates, ...(latency ? [latency] : []), ...(cpu ? [cpu] : [])]
}

/** Share of a profile's weight that the terms cover, 0 to 1. */
export function coverage(found: readonly Term[]): number {
  return found.reduce((sum, term) => sum + term.weight, 0) / 100
}

/** Whether a sample can take part in a decision. */
export function decides(sample: TestedSample): boolean {
  return (
    (sample.validity === 'disk' || sample.validity === 'suspect') && logCentre(sample, NO_SPREAD) !== null
  )
}

const NO_SPREAD: Spread = { sigma: 0, df: 1 }

function rateTerm(
  id: MetricId,
  weight: number,
  backends: readonly string[],
  { samples }: Grounds,
): Term | null {
  if (weight === 0) return null
  const sides = backends.map((b) => samples.find((s) => s.backend === b && s.metric === id))
  if (!sides.every((s) => s !== undefined) || !sides.every(decides)) return null
  if (new Set(sides.map((s) => s.test)).size > 1) return null
  const spread = pooledSpread(samples, metric(id).family)
  const centres = sides.flatMap((s) => {
    const centre = logCentre(s, spread)
    return centre ? [[s.backend, centre] as const] : []
  })
  return { metric: id, weight, solid: sides.every((s) => s.validity === 'disk'), centres: new Map(centres) }
}

/** Standard deviation of logarithms up to which the worst operations of several runs agree: a factor of 1.5. */
const STEADY = Math.log(1.5)

/**
 * The worst operations on the covered tests, by their weights. A maximum does not settle as runs are added, so they
 * count only where the runs agree on them, and with the full spread of the runs as their error.
 */
function latencyTerm(
  profile: Profile,
  rates: readonly Term[],
  backends: readonly string[],
  { samples }: Grounds,
): Term | null {
  if (profile.latency === 0 || rates.length === 0) return null
  const total = rates.reduce((sum, term) => sum + term.weight, 0)
  const centres = backends.map((backend) => {
    const parts = rates.map(({ metric: id, weight }) => {
      const runs = samples.find((s) => s.backend === backend && s.metric === id)?.runs ?? []
      const logs = runs
        .flatMap((run) => run.cells[id as MetricId].latency_us ?? [])
        .filter((us) => us > 0)
        .map((us) => -Math.log(us))
      if (logs.length < ENOUGH) return null
      const se = Math.sqrt(squares(logs) / (logs.length - 1))
      return se > STEADY ? null : { share: weight / total, worst: Math.min(...logs), se, df: logs.length - 1 }
    })
    if (!parts.every((part) => part !== null)) return null
    const centre = parts.reduce((sum, part) => sum + part.share * part.worst, 0)
    const se = Math.sqrt(parts.reduce((sum, part) => sum + (part.share * part.se) ** 2, 0))
    return [backend, { centre, se, df: Math.min(...parts.map((part) => part.df)) }] as const
  })
  if (!centres.every((c) => c !== null)) return null
  return {
    metric: 'latency',
    weight: profile.latency,
    solid: rates.every((term) => term.solid),
    centres: new Map(centres),
  }
}

/** CPU-seconds per GiB over the three block tests, where all three were one test and measured the disk on every side. */
function cpuTerm(profile: Profile, backends: readonly string[], { samples }: Grounds): Term | null {
  if (profile.cpu === 0 || profile.cpuOf === 'dom0') return null
  const sides = samples.filter(
    (s) => backends.includes(s.backend) && (BLOCK_METRICS as readonly string[]).includes(s.metric),
  )
  if (sides.length < BLOCK_METRICS.length * backends.length || !sides.every(decides)) return null
  const tests = new Set(sides.map((s) => `${s.metric} ${s.test}`))
  if (tests.size > BLOCK_METRICS.length) return null
  const spread = pooledSpread(samples, 'bulk')
  const centres = backends.flatMap((backend) => {
    const own = sides.filter((s) => s.backend === backend)
    const runs = own[0]?.runs.filter((run) => own.every((s) => s.runs.includes(run))) ?? []
    const logs = runs.flatMap((run) => {
      const parts = BLOCK_METRICS.map((id) => costOf(run, id))
      const sum = parts.reduce((total, part) => total + (part ? (part.low + part.high) / 2 : Number.NaN), 0)
      return sum > 0 ? [-Math.log(sum)] : []
    })
    if (logs.length === 0) return []
    const error =
      logs.length < ENOUGH ? { se: spread.sigma / Math.sqrt(logs.length), df: spread.df } : spreadOf(logs)
    return [[backend, { centre: mean(logs), ...error }] as const]
  })
  if (centres.length < backends.length) return null
  return {
    metric: 'cpu',
    weight: profile.cpu,
    solid: sides.every((s) => s.validity === 'disk'),
    centres: new Map(centres),
  }
}

function spreadOf(logs: readonly number[]): { se: number; df: number } {
  return { se: Math.sqrt(squares(logs) / (logs.length - 1) / logs.length), df: logs.length - 1 }
}

/** Weighted geometric mean of a ÷ b over the terms, with a 95 % interval from the propagated standard errors. */
export function score(
  found: readonly Term[],
  a: string,
  b: string,
): { ratio: number; low: number; high: number } {
  const total = found.reduce((sum, term) => sum + term.weight, 0)
  let [log, variance, df] = [0, 0, Number.POSITIVE_INFINITY]
  for (const { weight, centres } of found) {
    const [x, y] = [centres.get(a), centres.get(b)]
    if (!x || !y) continue
    log += (weight / total) * (x.centre - y.centre)
    variance += (weight / total) ** 2 * (x.se ** 2 + y.se ** 2)
    df = Math.min(df, x.df, y.df)
  }
  const half = Number.isFinite(df) ? tQuantile(0.975, df) * Math.sqrt(variance) : 0
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) }
}

/** How many weightings and values are drawn, and how tightly weights keep to the profile (Dirichlet, 20 × share). */
const DRAWS = 1000
const TIGHTNESS = 20
const SEED = 0x626f6e6e

/**
 * Share of draws in which each backend is best (stochastic multicriteria acceptability; Lahdelma and Salminen,
 * Operations Research 49, 2001): weights vary around the profile, values with their standard errors. Seeded.
 */
export function acceptability(found: readonly Term[], backends: readonly string[]): Map<string, number> {
  const random = mulberry32(SEED)
  const wins = new Map(backends.map((b) => [b, 0]))
  const total = found.reduce((sum, term) => sum + term.weight, 0)
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const weights = found.map((term) => gamma((TIGHTNESS * term.weight) / total, random))
    const scores = backends.map((b) =>
      found.reduce((sum, { centres }, i) => {
        const own = centres.get(b)
        return own ? sum + (weights[i] ?? 0) * (own.centre + own.se * normal(random)) : sum
      }, 0),
    )
    const best = backends[scores.indexOf(Math.max(...scores))] ?? ''
    wins.set(best, (wins.get(best) ?? 0) + 1)
  }
  return new Map([...wins].map(([b, n]) => [b, n / DRAWS]))
}

/** Tommy Ettinger's mulberry32: 32 bits of state, the same numbers everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Box and Muller's standard normal. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Marsaglia and Tsang's gamma variate (ACM TOMS 26, 2000), with their boost for shapes below 1. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = normal(random)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
