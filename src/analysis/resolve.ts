import { type Family, METRIC_IDS, metric } from '../model/metric.ts'
import type { Facts } from '../model/study.ts'
import { MANY } from './checks/series.ts'
import { assumedSpread, ENOUGH, equivalence, type Spread } from './compare.ts'
import { LEAST, NAMED } from './ladder.ts'
import type { Profile } from './profiles.ts'
import { type Centre, coverage, type Term } from './score.ts'
import { score } from './weigh.ts'

/*
 * How many runs an open question needs: the ladder is climbed in thought, with runs that do not exist yet and that
 * scatter as those of the study do.
 */

/** The ratio that a plan should tell apart: twice the band within which nothing matters, a tenth unless declared. */
export function wanted(facts: Facts): number {
  return 1 + 2 * equivalence('put_block', facts)
}

/** Runs a side that are tried in turn: the usual number and more, then fewer, for studies whose runs hardly differ. */
const TRIED = [...Array.from({ length: 26 }, (_, i) => i + 5), 4, 3]
/** Spread from which on a series may be suspect: a hair below the 10 % of the check wide-spread. */
const WIDE = 0.095
/** So little above what is just told apart that no rounding brings it below. */
const CLEAR = 1.001

/**
 * Runs of each backend, and the ratio they tell apart while one run fewer of each would not; or, where runs hardly
 * scatter, the fewest from which their scatter can be told at all.
 */
export interface Resolving {
  readonly runs: number
  readonly ratio: number
}

/**
 * The runs that decide a workload if one backend is better than all others by `ratio` on everything that counts, where
 * every run can be timed, measures the disk and scatters by the spread of its family. Null where 30 runs cannot tell
 * what is wanted, or where bonnie++ measures too little of what counts.
 */
export function resolving(
  profile: Profile,
  spreadOf: (family: Family) => Spread,
  facts: Facts,
): Resolving | null {
  const families = METRIC_IDS.flatMap((id) => (profile.weights[id] ? [metric(id).family] : []))
  const wide = families.every((family) => spreadOf(family).sigma > WIDE)
  const told = (runs: number) =>
    wide && runs < MANY
      ? Number.POSITIVE_INFINITY
      : leastTold(plannedTerms(profile, spreadOf, runs), runs, facts) * CLEAR
  const fits = (runs: number) => told(runs) <= wanted(facts)
  const runs = TRIED.find((n) => fits(n) && told(n) < told(n - 1) / CLEAR) ?? [ENOUGH].find(fits)
  return runs === undefined ? null : { runs, ratio: told(runs) }
}

/** The least ratio at which the ladder names the better backend: it is beyond chance, and beyond the band. */
function leastTold(found: readonly Term[], runs: number, facts: Facts): number {
  if (coverage(found) < LEAST) return Number.POSITIVE_INFINITY
  const reach = (confidence: number) => 1 / score(found, BETTER, OTHER, confidence).low
  if (runs < ENOUGH) return reach(0.95)
  return Math.max(reach(NAMED), (1 + equivalence('put_block', facts)) / reach(0.95))
}

const BETTER = 'better'
const OTHER = 'other'

/** The terms of a profile as a number of runs would measure them on two backends that do not differ. */
function plannedTerms(
  { weights, latency, cpu, cpuOf }: Profile,
  spreadOf: (family: Family) => Spread,
  runs: number,
): Term[] {
  const few = runs < ENOUGH
  const spread = (family: Family): Spread =>
    few ? assumedSpread(spreadOf(family)) : { sigma: spreadOf(family).sigma, df: runs - 1 }
  const term = (id: Term['metric'], weight: number, { sigma, df }: Spread): Term => {
    const centre: Centre = { centre: 0, se: sigma, df, assumed: few }
    const centres = new Map([BETTER, OTHER].map((side) => [side, centre]))
    return { metric: id, weight, solid: true, centres }
  }
  const weighed = METRIC_IDS.flatMap((id) => {
    const weight = weights[id] ?? 0
    return weight > 0 ? [{ id, weight, own: spread(metric(id).family) }] : []
  })
  const mean = ({ sigma, df }: Spread): Spread => ({ sigma: sigma / Math.sqrt(runs), df })
  const rates = weighed.map(({ id, weight, own }) => term(id, weight, mean(own)))
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  // worst operations do not settle as runs are added: they keep the full spread
  const worst = Math.hypot(...weighed.map(({ weight, own }) => (weight / total) * own.sigma))
  return [
    ...rates,
    ...(latency > 0 && !few ? [term('latency', latency, { sigma: worst, df: runs - 1 })] : []),
    ...(cpu > 0 && cpuOf === 'guest' ? [term('cpu', cpu, mean(spread('bulk')))] : []),
  ]
}
