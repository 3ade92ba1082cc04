import { durationText, factor, rateText, whole } from '../../model/format.ts'
import { METRICS, metric } from '../../model/metric.ts'
import { flushesAtClose, processes } from '../../model/semantics.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { rangeOf } from '../evidence.ts'

/* What the tests of one run say of each other and of the processor. */

/** `+++++` is a lower bound (bonnie.h: MinTime): never 0, never dropped, never infinite. */
export function lowerBound({ run }: Scene): Doubt[] {
  return METRICS.flatMap(({ id }) => {
    const cell = run.cells[id]
    if (cell.state !== 'at_least' || cell.rate === null) return []
    const bound = rateText(id, { kind: 'at least', bound: cell.rate })
    return [
      {
        metric: id,
        strength: 0,
        message: `The test ended before bonnie++ would time it, so its true rate is ${bound}.`,
      },
    ]
  })
}

/** At 90 % CPU a rate is the processor's, from 75 % partly so (per process: seeks share theirs among several). */
export function cpuBound({ run, facts }: Scene): Doubt[] {
  const processors = facts.guest?.vcpus ?? Number.POSITIVE_INFINITY
  return METRICS.flatMap(({ id, label }) => {
    const { cpu, state } = run.cells[id]
    if (state !== 'measured' || cpu === null) return []
    const share = cpu / Math.min(processes(id, run), processors)
    if (share < 75) return []
    const limited = share >= 90
    const [shows, was] = id === 'seeks' ? ['show', 'were'] : ['shows', 'was']
    const message = limited
      ? `At ${whole(cpu)} % CPU the ${label} ${shows} the speed of the processor, not of storage.`
      : `At ${whole(cpu)} % CPU the ${label} ${was} partly limited by the processor.`
    return [
      {
        metric: id,
        strength: share,
        value: cpu,
        message,
        ...(limited ? ({ effect: 'not-disk', cause: 'cpu' } as const) : ({ effect: 'suspect' } as const)),
      },
    ]
  })
}

/** Before 1.90b nothing is flushed between phases: a slower block write means that one phase paid for another. */
export function perCharFaster({ run }: Scene): Doubt[] {
  const [c, w] = [rangeOf(run, 'putc'), rangeOf(run, 'put_block')]
  if (!c || !w || c.low <= 1.1 * w.high || flushesAtClose(run)) return []
  const message = `Writing single characters ran ${factor(c.low / w.high)} times as fast as writing blocks, so one phase paid for the other's unwritten data.`
  return (['putc', 'put_block'] as const).map((metric) => ({
    metric,
    effect: 'suspect',
    strength: c.low / w.high,
    message,
  }))
}

/** What turns the half second that a test just missed into ten seconds. */
const TIMES_AS_MANY = 20
const FILES_PER_UNIT = 1024
const FILE_TESTS = METRICS.filter((m) => m.family === 'files').map(({ id }) => id)

/** File tests that end before they can be timed: how many files would do. */
export function tooFewFiles({ run }: Scene): Doubt[] {
  const n = run.num_files
  const untimed = FILE_TESTS.filter((id) => run.cells[id].state === 'at_least')
  const [first] = untimed
  if (!n || !first) return []
  const message = `${whole(n * FILES_PER_UNIT)} files were too few for ${untimed.length} of ${FILE_TESTS.length} file tests: -n ${n * TIMES_AS_MANY} makes ${TIMES_AS_MANY} times as many.`
  return [{ metric: first, strength: untimed.length, message }]
}

const SECOND = 1e6
/** From here on the worst operation took a thousand times as long as the mean one. */
const STALL = 1000

/** The worst write or seek of a run: a second or more, or of a seek a thousand times the mean. */
export function longStalls({ run }: Scene): Doubt[] {
  return (['putc', 'put_block', 'rewrite', 'seeks'] as const).flatMap((id): Doubt[] => {
    const { latency_us: worst, rate, state } = run.cells[id]
    if (worst === null) return []
    // only of seeks does the rate tell how long a mean operation on the device takes
    const times = id === 'seeks' && state === 'measured' && rate ? (worst / SECOND) * rate : 0
    if (worst < SECOND && times < STALL) return []
    const label = `The worst operation of the ${metric(id).label} took ${durationText(worst)}`
    const message = times < STALL ? `${label}.` : `${label}, ${whole(times)} times the mean one: it stalled.`
    return [{ metric: id, strength: worst, message }]
  })
}
