import { factor } from '../../model/format.ts'
import { type MetricId, metric } from '../../model/metric.ts'
import type { Placed, Setting } from '../doubt.ts'
import { type Evidence, rangeOf, testOf } from '../evidence.ts'
import { mean } from '../stats.ts'

/** A published comparison of two kinds of backend on one disk: rates of `of` divided by those of `against`. */
export interface PublishedPair {
  readonly of: string
  readonly against: string
  /** as it stands in a sentence */
  readonly source: string
  readonly ratios: Readonly<Partial<Record<MetricId, number>>>
}

const XEN_DEVEL = 'on xen-devel in 2006'

/** SHELF: comparisons that others published, from runs in which nothing looks like memory. */
export const PUBLISHED_PAIRS: readonly PublishedPair[] = [
  {
    of: 'blktap',
    against: 'loopback',
    source: XEN_DEVEL,
    ratios: { put_block: 45072 / 37672, rewrite: 21896 / 16442, get_block: 52781 / 52286 },
  },
  {
    of: 'partition',
    against: 'loopback',
    source: XEN_DEVEL,
    ratios: { put_block: 45429 / 37672, rewrite: 22217 / 16442, get_block: 52596 / 52286 },
  },
  {
    of: 'blktap',
    against: 'partition',
    source: XEN_DEVEL,
    ratios: {
      put_block: 45072 / 45429,
      rewrite: 21896 / 22217,
      get_block: 52781 / 52596,
      seeks: 121.1 / 119,
    },
  },
]

/** A ratio of two backends that is less than half or more than twice what was published of their kinds. */
export function unlikePublished({ evidence, others }: Setting): Placed[] {
  return PUBLISHED_PAIRS.filter((pair) => isOf(evidence, pair.of)).flatMap((pair) =>
    others.filter((other) => isOf(other, pair.against)).flatMap((other) => unlikeIn(pair, evidence, other)),
  )
}

/** Of this kind, or a form of it: the published rows do not tell the generations of blktap apart. */
function isOf({ backend, knowledge }: Evidence, kind: string): boolean {
  return backend.kind === kind || knowledge?.variantOf === kind
}

function unlikeIn({ ratios, source }: PublishedPair, own: Evidence, other: Evidence): Placed[] {
  return (Object.entries(ratios) as [MetricId, number][]).flatMap(([id, published]) => {
    const [a, b] = [centreOf(own, id), centreOf(other, id)]
    if (!a || !b || a.test !== b.test) return []
    const [low, high] = [a.low / b.high, a.high / b.low]
    if (low <= 2 * published && high >= published / 2) return []
    const above = low > 2 * published
    const told =
      low === high ? factor(low) : above ? `at least ${factor(low, 'down')}` : `at most ${factor(high, 'up')}`
    const message = `The ${metric(id).label} of ${own.backend.title} came to ${told} times that of ${other.backend.title}; published ${source} is ${factor(published)}.`
    const strength = Math.max(low / published, published / high)
    return [{ runs: own.runs, doubt: { metric: id, strength, message } }]
  })
}

/** The geometric mean of what the rates of a backend allow, and what they tested; null where runs differ or have none. */
function centreOf({ runs }: Evidence, id: MetricId): { low: number; high: number; test: string } | null {
  const ranges = runs.flatMap((run) => rangeOf(run, id) ?? [])
  const [test, ...more] = new Set(runs.map((run) => testOf(run, id)))
  if (ranges.length === 0 || test === undefined || more.length > 0) return null
  const centre = (rates: readonly number[]) => Math.exp(mean(rates.map(Math.log)))
  return { low: centre(ranges.map(({ low }) => low)), high: centre(ranges.map(({ high }) => high)), test }
}
