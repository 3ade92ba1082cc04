import { countWord, factor, rateText } from '../../model/format.ts'
import { METRICS, metric } from '../../model/metric.ts'
import type { DiskFacts, Facts } from '../../model/study.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { linkRate, rangeOf } from '../evidence.ts'

/* What the declared disk can do. */

/** Whether the disk is declared to turn: a hard disk, or an array of which the spindles are counted. */
export function rotates({ host }: Facts): boolean {
  return host?.disk?.kind === 'hdd' || (host?.disk?.kind === 'raid' && host.disk.spindles !== undefined)
}

/** Nothing passes through an interface faster than the interface; 2 % are left for rounding of the declaration. */
export function fasterThanLink({ run, facts }: Scene): Doubt[] {
  const limit = linkRate(facts)
  if (limit === null) return []
  return METRICS.filter((m) => m.family === 'bulk').flatMap(({ id, label }) => {
    const range = rangeOf(run, id)
    if (!range || range.low <= 1.02 * limit) return []
    const isBound = run.cells[id].state === 'at_least'
    const times = `${isBound ? 'no less than ' : ''}${factor(range.low / limit, isBound ? 'down' : 'nearest')}`
    const message = `The ${label} ran at ${times} times what the disk's link can carry (${facts.host?.disk?.link}): the rest came from memory.`
    return [{ metric: id, effect: 'not-disk', cause: 'too-fast', strength: range.low / limit, message }]
  })
}

/** Highest believable seeks a second of one 10,000 or 15,000 rpm disk under a few seekers. */
export const SEEKS_PER_SPINDLE = 900

interface Band {
  readonly title: string
  /** lowest and highest plausible rates: seeks a second, and KiB/s in blocks */
  readonly seeks: readonly [number, number]
  readonly block: readonly [number, number]
}

/**
 * What a device of a class plausibly delivers to Bonnie's few seekers and its single stream: published rates of such
 * disks, and the line rate of their interface as its top. Turning disks have no top for seeks here, which is the
 * business of impossible-seeks; NVMe has none at all, because its generations differ.
 */
const BANDS: Readonly<Partial<Record<NonNullable<DiskFacts['kind']>, Band>>> = {
  hdd: { title: 'a hard disk', seeks: [70, Number.POSITIVE_INFINITY], block: [40_000, 300_000] },
  ssd: { title: 'a SATA solid-state disk', seeks: [1500, 60_000], block: [150_000, 540_000] },
  nvme: {
    title: 'an NVMe disk',
    seeks: [5000, Number.POSITIVE_INFINITY],
    block: [500_000, Number.POSITIVE_INFINITY],
  },
}

/** Rates outside what the declared class of disk delivers; an array of n hard disks reaches n times the top of one. */
export function classBand({ run, facts }: Scene): Doubt[] {
  const disk = facts.host?.disk
  const spindles = disk?.spindles ?? 1
  const band = rotates(facts) ? BANDS.hdd : BANDS[disk?.kind ?? 'unknown']
  if (!band) return []
  const title = rotates(facts) && spindles > 1 ? `an array of ${countWord(spindles)} hard disks` : band.title
  // a throttle or a slow link lowers what is to be expected, and a quarter of it is still no sign of trouble
  const link = (linkRate(facts) ?? Number.POSITIVE_INFINITY) / 4
  return (['put_block', 'get_block', 'seeks'] as const).flatMap((id): Doubt[] => {
    const range = rangeOf(run, id)
    if (!range) return []
    const [least, most] = id === 'seeks' ? band.seeks : band.block
    const [low, high] = id === 'seeks' ? [least, most] : [Math.min(least, link), most * spindles]
    const rate = (value: number) => rateText(id, { kind: 'measured', value })
    const told = `The ${metric(id).label} ran at ${rate(range.low)}`
    const doubt = { metric: id, effect: 'suspect' } as const
    if (range.low > high) {
      const message = `${told}, more than the ${rate(high)} that ${title} plausibly delivers: a cache may have helped.`
      return [{ ...doubt, strength: range.low / high, raises: true, message }]
    }
    if (range.high >= low) return []
    const message = `${told}, less than the ${rate(low)} that ${title} plausibly delivers: something else may have held it back.`
    return [{ ...doubt, strength: low / range.high, message }]
  })
}
