import { BLOCK_METRICS, METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import { power } from '../model/power.ts'
import type { Run } from '../model/run.ts'
import { assumedSpread, ENOUGH, logCentre, pooledSpread, type Spread } from './compare.ts'
import type { Evidence } from './evidence.ts'
import type { Profile } from './profiles.ts'
import { costOf, type TestedSample } from './sample.ts'
import { least, mean, squares } from './stats.ts'

/** A backend on one term of a score: higher is better, on a logarithmic scale. */
export interface Centre {
  readonly centre: number
  readonly se: number
  readonly df: number
  /** the spread is assumed, or shared with other samples: too few runs of its own */
  readonly assumed: boolean
}

/** One weighted part of a profile that all compared backends have usable disk evidence for. */
export interface Term {
  readonly metric: MetricId | 'latency' | 'cpu'
  readonly weight: number
  /** every side measured the disk beyond doubt: a suspect side never decides alone */
  readonly solid: boolean
  readonly centres: ReadonlyMap<string, Centre>
}

/** What a score asks of a workload: how much each test, the worst latencies and the CPU cost weigh. */
export type Weights = Pick<Profile, 'weights' | 'latency' | 'cpu' | 'cpuOf'>

/** What the score is computed from. */
export interface Grounds {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly TestedSample[]
}

/** The terms of a profile that these backends share on disk evidence. */
export function terms(profile: Weights, backends: readonly string[], grounds: Grounds): Term[] {
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
  const spread = assumedSpread(pooledSpread(samples, metric(id).family))
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
  profile: Weights,
  rates: readonly Term[],
  backends: readonly string[],
  { samples }: Grounds,
): Term | null {
  if (profile.latency === 0 || rates.length === 0) return null
  const total = rates.reduce((sum, term) => sum + term.weight, 0)
  const centres = backends.map((backend) => {
    const parts = rates.map(({ metric: id, weight }) => {
      const worst = worstOf(id, backend, samples)
      return worst && { share: weight / total, ...worst }
    })
    if (!parts.every((part) => part !== null)) return null
    const centre = parts.reduce((sum, part) => sum + part.share * part.worst, 0)
    const se = Math.sqrt(parts.reduce((sum, part) => sum + power(part.share * part.se, 2), 0))
    return [backend, { centre, se, df: Math.min(...parts.map((part) => part.df)), assumed: false }] as const
  })
  if (!centres.every((c) => c !== null)) return null
  return {
    metric: 'latency',
    weight: profile.latency,
    solid: rates.every((term) => term.solid),
    centres: new Map(centres),
  }
}

/** The worst operation of a backend on a test, as a logarithm, with its error; null where its runs do not agree on it. */
export function worstOf(
  id: Term['metric'],
  backend: string,
  samples: Grounds['samples'],
): (Pick<Centre, 'se' | 'df'> & { worst: number }) | null {
  const sample = samples.find((s) => s.backend === backend && s.metric === id)
  return sample ? steadyWorst(sample) : null
}

function steadyWorst(sample: TestedSample): ReturnType<typeof worstOf> {
  const known = worsts.get(sample)
  if (known !== undefined) return known
  const logs = sample.runs
    .flatMap((run) => run.cells[sample.metric].latency_us ?? [])
    .filter((us) => us > 0)
    .map((us) => -Math.log(us))
  const se = Math.sqrt(squares(logs) / (logs.length - 1))
  const steady = logs.length >= ENOUGH && se <= STEADY
  const found = steady ? { worst: least(logs), se, df: logs.length - 1 } : null
  worsts.set(sample, found)
  return found
}

/** Every workload asks for them. */
const worsts = new WeakMap<TestedSample, ReturnType<typeof steadyWorst>>()

/** CPU-seconds per GiB over the three block tests, where all three were one test and measured the disk on every side. */
function cpuTerm(profile: Weights, backends: readonly string[], { samples }: Grounds): Term | null {
  if (profile.cpu === 0 || profile.cpuOf === 'server') return null
  const sides = samples.filter(
    (s) => backends.includes(s.backend) && (BLOCK_METRICS as readonly string[]).includes(s.metric),
  )
  if (sides.length < BLOCK_METRICS.length * backends.length || !sides.every(decides)) return null
  const tests = new Set(sides.map((s) => `${s.metric} ${s.test}`))
  if (tests.size > BLOCK_METRICS.length) return null
  const spread = assumedSpread(pooledSpread(samples, 'bulk'))
  const centres = backends.flatMap((backend) => {
    const own = sides.filter((s) => s.backend === backend)
    const others = own.slice(1).map((s) => new Set(s.runs))
    const runs = own[0]?.runs.filter((run) => others.every((made) => made.has(run))) ?? []
    const found = runs.flatMap((run) => costOfBlocks(run) ?? [])
    return found.length === 0 ? [] : [[backend, costCentre(found, spread)] as const]
  })
  if (centres.length < backends.length) return null
  return {
    metric: 'cpu',
    weight: profile.cpu,
    solid: sides.every((s) => s.validity === 'disk'),
    centres: new Map(centres),
  }
}

/** What the three block tests of a run cost together; null where one of them tells none. */
function costOfBlocks(run: Run): { low: number; high: number } | null {
  const parts = BLOCK_METRICS.flatMap((id) => costOf(run, id) ?? [])
  if (parts.length < BLOCK_METRICS.length) return null
  const sum = (side: 'low' | 'high') => parts.reduce((total, part) => total + part[side], 0)
  return { low: sum('low'), high: sum('high') }
}

/**
 * The centre of the costs' intervals. That percentages are cut to whole numbers is an error that more runs do not
 * average out: it is spread evenly over the interval, so its standard deviation is half the width ÷ √3.
 */
function costCentre(found: readonly { low: number; high: number }[], spread: Spread): Centre {
  const logs = found.map(({ low, high }) => -Math.log((low + high) / 2))
  const cut = mean(found.map(({ low, high }) => (high - low) / (high + low))) / Math.sqrt(3)
  const assumed = logs.length < ENOUGH
  const variance = assumed ? power(spread.sigma, 2) : squares(logs) / (logs.length - 1)
  const df = assumed ? spread.df : logs.length - 1
  return { centre: mean(logs), se: Math.hypot(Math.sqrt(variance / logs.length), cut), df, assumed }
}
