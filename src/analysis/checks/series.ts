import { countWord, factor, rateText } from '../../model/format.ts'
import { METRICS, type Metric, type MetricId } from '../../model/metric.ts'
import type { Placed, Setting } from '../doubt.ts'
import { type BackendRun, type Evidence, rangeOf, testOf } from '../evidence.ts'
import { mean, middle, rankCorrelation, squares } from '../stats.ts'

/* What the runs of a backend say of each other. They are taken in the order of their paths. */

/** The runs of one test that printed a number, and their rates. */
interface Series {
  readonly id: MetricId
  readonly label: string
  readonly runs: readonly BackendRun[]
  readonly rates: readonly number[]
}

/** The runs of each test that printed a number, of the test that most of them made; at least `fewest`. */
function seriesOf({ evidence }: Setting, fewest: number): readonly Series[] {
  const known = series.get(evidence) ?? METRICS.flatMap((metric) => longest(evidence, metric))
  series.set(evidence, known)
  return known.filter(({ runs }) => runs.length >= fewest)
}

/** Each check of this file asks for all of them. */
const series = new WeakMap<Evidence, readonly Series[]>()

function longest(evidence: Evidence, { id, label }: Metric): Series[] {
  const tests = new Map<string, { runs: BackendRun[]; rates: number[] }>()
  for (const run of evidence.runs) {
    const range = run.cells[id].state === 'measured' ? rangeOf(run, id) : null
    if (!range) continue
    const test = testOf(run, id)
    const alike = tests.get(test) ?? { runs: [], rates: [] }
    if (alike.runs.length === 0) tests.set(test, alike)
    alike.runs.push(run)
    alike.rates.push(range.low)
  }
  const [most] = [...tests.values()].toSorted((a, b) => b.runs.length - a.runs.length)
  return most ? [{ id, label, ...most }] : []
}

/** From here on the runs themselves tell how far they scatter. */
export const MANY = 6

/**
 * A coefficient of variation above 10 % (the limit of psf/pyperf): with few runs nobody knows such a spread well, so
 * the test is suspect; from six runs on it is noted, since the interval holds it. Runs half as fast or half as fast
 * again as the mean are named.
 */
export function wideSpread(setting: Setting): Placed[] {
  const first = slowFirst(setting)
  return seriesOf(setting, 3).flatMap(({ id, label, ...all }) => {
    // the slow one is the first of its series
    const { runs, rates } = id === 'put_block' && first?.certain ? withoutFirst(all) : all
    if (runs.length < 3) return []
    const centre = mean(rates)
    const cv = Math.sqrt(squares(rates) / (rates.length - 1)) / centre
    // 0.9, 1 and 1.1 scatter by exactly 10 %, whatever the last binary digit says
    if (cv <= 0.1 + 1e-9) return []
    const far = rates.filter((rate) => Math.abs(rate - centre) > centre / 2).length
    const extremes = far === 0 ? '' : `, ${countWord(far)} of them by more than half`
    const message = `The rate of the ${label} scatters by ${factor(cv * 100)} % around its mean over ${runs.length} runs${extremes}.`
    const doubt = {
      metric: id,
      strength: cv,
      message,
      ...(runs.length < MANY && ({ effect: 'suspect' } as const)),
    }
    return [{ runs, doubt }]
  })
}

function withoutFirst({ runs, rates }: Pick<Series, 'runs' | 'rates'>): Pick<Series, 'runs' | 'rates'> {
  return { runs: runs.slice(1), rates: rates.slice(1) }
}

/** Ten standard deviations, if the median of the absolute deviations is that of a normal distribution. */
const OUTLYING = 14.826

/**
 * A run that lies apart from the others: |x − median| / MAD above 14.826 (the limit of sharkdp/hyperfine). Of four or
 * five runs that scatter normally one series in forty would have such a run, of six and more one in a hundred.
 */
export function outlier(setting: Setting): Placed[] {
  return seriesOf(setting, MANY).flatMap(({ id, label, runs, rates }) => {
    const centre = middle(rates)
    const deviation = middle(rates.map((rate) => Math.abs(rate - centre)))
    // where half of the runs agree to the last digit, any other one would be infinitely far away
    if (deviation === 0) return []
    return rates.flatMap((rate, i) => {
      const distance = Math.abs(rate - centre) / deviation
      if (distance <= OUTLYING) return []
      const message = `The ${label} ran at ${rateText(id, { kind: 'measured', value: rate })}, ${factor(distance)} times as far from the median as half of the runs lie.`
      const doubt = { metric: id, effect: 'suspect' as const, strength: distance, message }
      return [{ runs: runs.slice(i, i + 1), doubt }]
    })
  })
}

/**
 * Rates that rise or fall from run to run: Spearman's rank correlation with the order of the runs is 0.9 or more. Of
 * five runs in a random order one series in twelve looks so; they are suspect only where all five keep the order.
 */
export function drift(setting: Setting): Placed[] {
  return seriesOf(setting, 5).flatMap(({ id, label, runs, rates }) => {
    const rho = rankCorrelation(rates)
    const size = Math.abs(rho)
    if (size < 0.9 - 1e-9) return []
    const way = rho > 0 ? 'rises' : 'falls'
    const scale =
      rho > 0
        ? `${factor(size)} over ${runs.length} runs, where 1 is a rise`
        : `−${factor(size)} over ${runs.length} runs, where −1 is a fall`
    const message = `The rate of the ${label} ${way} from run to run (rank correlation ${scale} at every step): something changed while it was measured.`
    const certain = runs.length >= MANY || size > 1 - 1e-9
    const doubt = {
      metric: id,
      strength: size,
      value: rho,
      message,
      ...(certain && ({ effect: 'suspect' } as const)),
    }
    return [{ runs, doubt }]
  })
}

/** A first block write this much slower than the others paid for the blocks that the image did not have yet. */
const ALLOCATING = 0.7

/** The first of three or more runs, if its block write is that slow, and whether the image is known to grow. */
function slowFirst(setting: Setting): { run: BackendRun; ratio: number; certain: boolean } | null {
  const allocation = setting.facts.backends?.[setting.evidence.backend.id]?.allocation
  const writes = seriesOf(setting, 3).find(({ id }) => id === 'put_block')
  const [run, rate] = [writes?.runs[0], writes?.rates[0]]
  if (!writes || !run || rate === undefined) return null
  if (run !== setting.evidence.runs[0] || allocation === 'preallocated') return null
  const ratio = rate / middle(writes.rates.slice(1))
  return ratio < ALLOCATING ? { run, ratio, certain: allocation !== undefined } : null
}

/**
 * A sparse or thin image allocates when it is first written. A first run that was clearly slower is left out; where the
 * others cannot show it, it is suspect.
 */
export function firstAllocation(setting: Setting): Placed[] {
  const { evidence, facts } = setting
  const allocation = facts.backends?.[evidence.backend.id]?.allocation
  const slow = slowFirst(setting)
  const first = evidence.runs[0]
  if (slow) {
    const told = `The block write of the first run ran at ${factor(slow.ratio)} times the median of the later ones`
    const why = slow.certain
      ? `: it paid for the allocation of a ${allocation} image and is left out`
      : ', as if it had paid for allocation, and how the image was allocated is not recorded'
    const effect = slow.certain
      ? ({ effect: 'not-disk', cause: 'allocation' } as const)
      : ({ effect: 'suspect' } as const)
    return [
      {
        runs: [slow.run],
        doubt: { metric: 'put_block', strength: 1 / slow.ratio, message: `${told}${why}.`, ...effect },
      },
    ]
  }
  const grows = allocation === 'sparse' || allocation === 'thin'
  if (!grows || !first || !rangeOf(first, 'put_block') || evidence.runs.length >= 3) return []
  const message = `The image was ${allocation}, so the first write also allocated, and fewer than three runs cannot show how much that cost.`
  return [{ runs: [first], doubt: { metric: 'put_block', effect: 'suspect', strength: 1, message } }]
}
