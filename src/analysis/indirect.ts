import type { Across, Indirect, Leg, Pair, Way } from '../model/across.ts'
import { turned } from '../model/comparison.ts'
import { compareText } from '../model/diagnostic.ts'
import { inverse, multiply, type Ratio } from '../model/measurement.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Comparison } from '../model/report.ts'
import { areApart, type Estimate, halfWidth } from './apart.ts'
import { ratioNumber } from './compare.ts'
import { isOf, type Told } from './told.ts'

/*
 * Two backends that no study has disk evidence of on a test, by way of a third that one study measured beside the
 * first, and another beside the second: the ratio of the two ratios (Bucher, Guyatt, Griffith and Walter, Journal of
 * Clinical Epidemiology 50, 1997, 683-691). It holds as far as the third backend differs from either alike on both
 * machines, which nothing here can show; so it is told as indirect, and decides nothing.
 */

type Interval = NonNullable<Comparison['interval']>

/** All that can be told by way of a third backend, and the pairs for which only unlike tests stand in the way. */
export function indirect(told: readonly Told[]): Pick<Across, 'indirect' | 'unlike'> {
  const evident = told.filter(({ disk }) => disk)
  const kinds = [...new Set(evident.flatMap(({ pair }) => pair))].toSorted(compareText)
  const pairs = kinds.flatMap((a, i) => kinds.slice(i + 1).map((b): Pair => [a, b]))
  const all = pairs.map((pair) => ({ pair, found: candidates(pair, kinds, evident) }))
  return {
    indirect: all.flatMap(({ pair, found }) =>
      METRIC_IDS.flatMap((id) => onTest(pair, id, found.filter(isJoined).filter(onlyOf(id)))),
    ),
    unlike: all.flatMap(({ pair, found }) => {
      if (found.length === 0 || found.some(isJoined) || evident.some(isOf(pair))) return []
      return [{ pair, through: kinds.filter((kind) => found.some(({ through }) => through === kind)) }]
    }),
  }
}

/** Two comparisons of two studies that share a backend and a test. */
interface Candidate {
  readonly through: string
  readonly metric: MetricId
  readonly first: Side
  readonly second: Side
}

/** One of a pair ÷ the third backend. */
interface Side extends Leg {
  readonly manner: string | null
}

/** Both made the same test, whatever the amount. */
function isJoined({ first, second }: Candidate): boolean {
  return first.manner !== null && first.manner === second.manner
}

function onlyOf(id: MetricId): (candidate: Candidate) => boolean {
  return ({ metric }) => metric === id
}

/** Every way from one to the other over two studies, on tests that none compares them on by itself. */
function candidates(pair: Pair, kinds: readonly string[], evident: readonly Told[]): Candidate[] {
  const direct = new Set(evident.filter(isOf(pair)).map(({ metric }) => metric))
  return kinds
    .filter((kind) => !pair.includes(kind))
    .flatMap((through) => {
      const others = sides(pair[1], through, evident)
      return sides(pair[0], through, evident).flatMap((first) =>
        others
          .filter(({ disk, study }) => disk.metric === first.disk.metric && study !== first.study)
          .map((second) => ({ through, metric: first.disk.metric, first, second })),
      )
    })
    .filter(({ metric }) => !direct.has(metric))
}

/** What the studies say of one kind ÷ another. */
function sides(kind: string, through: string, evident: readonly Told[]): Side[] {
  const isInOrder = compareText(kind, through) < 0
  return evident
    .filter(isOf(isInOrder ? [kind, through] : [through, kind]))
    .flatMap(({ study, test, manner, disk, validity: [own, other] }): Side[] => {
      if (!disk) return []
      return [
        {
          study,
          test,
          manner,
          disk: isInOrder ? disk : turned(disk),
          validity: isInOrder ? [own, other] : [other, own],
        },
      ]
    })
}

/** More ways than these between two backends on one test are told by their span. */
const MANY_WAYS = 6

function onTest(pair: Pair, metric: MetricId, found: readonly Candidate[]): Indirect[] {
  const told = found
    .map((candidate) => ({ candidate, ...quotient(candidate.first.disk, candidate.second.disk) }))
    .filter(({ ratio }) => ratio.kind !== 'unknown')
  if (told.length === 0) return []
  const sizes = told.map(({ ratio }) => ratioNumber(ratio))
  const ways = told.length > MANY_WAYS ? [] : told.map(wayOf)
  return [
    {
      pair,
      metric,
      count: told.length,
      through: [...new Set(told.map(({ candidate }) => candidate.through))],
      span: { low: Math.min(...sizes), high: Math.max(...sizes) },
      ways,
      apart: areApart(ways.flatMap(estimateOf)),
    },
  ]
}

function wayOf({ candidate, ratio, interval }: ReturnType<typeof quotient> & { candidate: Candidate }): Way {
  const { through, first, second } = candidate
  return { through, legs: [legOf(first), legOf(second)], ratio, ...(interval && { interval }) }
}

/** Ways share samples, and what they share makes them alike: as if independent they are rather called the same. */
function estimateOf({ interval, legs }: Way, i: number): Estimate[] {
  return interval ? [{ of: String(i), interval, runs: Math.min(...legs.flatMap(({ disk }) => disk.n)) }] : []
}

function legOf({ study, test, disk, validity }: Side): Leg {
  return { study, test, disk, validity }
}

/**
 * The ratio of two independent ratios, with an interval where both have one. On the logarithms the centres are
 * subtracted, and the half-widths of the two intervals added in quadrature: h² = h₁² + h₂².
 *
 * So each leg keeps the quantile of its own few runs, where a common one by Satterthwaite's degrees of freedom can
 * make the whole narrower than a leg. Banerjee (Sankhyā 22, 1960, 357-358) shows for means of normal samples that
 * such an interval holds the truth at least as often as its parts; Zou and Donner (Statistics in Medicine 27, 2008,
 * 1693-1702) give it for any two estimates that are known by their intervals alone. Those here are Welch's, which only
 * nearly hold; in simulation 95.1 to 98.7 % of the joint ones held the truth. None is narrower than a leg's, and a
 * reader can redo it from the printed numbers.
 */
export function quotient(
  a: Pick<Comparison, 'ratio' | 'interval'>,
  b: Pick<Comparison, 'ratio' | 'interval'>,
): { readonly ratio: Ratio; readonly interval?: Interval } {
  const ratio = multiply(a.ratio, inverse(b.ratio))
  if (ratio.kind !== 'exact' || !a.interval || !b.interval) return { ratio }
  const half = Math.hypot(halfWidth(a.interval), halfWidth(b.interval))
  const interval = {
    low: ratio.value * Math.exp(-half),
    high: ratio.value * Math.exp(half),
    confidence: Math.min(a.interval.confidence, b.interval.confidence),
  }
  return { ratio, interval }
}
