import { countWord, factor, rateText } from '../../model/format.ts'
import { METRICS, type MetricId } from '../../model/metric.ts'
import type { Placed, Setting } from '../doubt.ts'
import { type BackendRun, rangeOf, testOf } from '../evidence.ts'
import { mean, middle, rankCorrelation, squares } from '../stats.ts'

/* What the runs of a backend say of each other. They are taken in the order of their paths. */

/** A run and its rate on one test. */
interface Rated {
  readonly run: BackendRun
  readonly rate: number
}

/** The runs of each test that printed a number, of the test that most of them made; at least `fewest`. */
function seriesOf({ evidence }: Setting, fewest: number): { id: MetricId; label: string; runs: Rated[] }[] {
  return METRICS.flatMap(({ id, label }) => {
    const tests = new Map<string, Rated[]>()
    for (const run of evidence.runs) {
      const range = rangeOf(run, id)
      if (!range || run.cells[id].state !== 'measured') continue
      const test = testOf(run, id)
      const alike = tests.get(test) ?? []
      alike.push({ run, rate: range.low })
      tests.set(test, alike)
    }
    const [most] = [...tests.values()].toSorted((a, b) => b.length - a.length)
    return most && most.length >= fewest ? [{ id, label, runs: most }] : []
  })
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
  return seriesOf(setting, 3).flatMap(({ id, label, runs: all }) => {
    const runs = id === 'put_block' ? all.filter(({ run }) => run !== first?.run || !first.certain) : all
    if (runs.length < 3) return []
    const rates = runs.map(({ rate }) => rate)
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
    return runs.map(({ run }) => ({ run, doubt }))
  })
}

/** Ten standard deviations, if the median of the absolute deviations is that of a normal distribution. */
const OUTLYING = 14.826

/**
 * A run that lies apart from the others: |x − median| / MAD above 14.826 (the limit of sharkdp/hyperfine). Of four or
 * five runs that scatter normally one series in forty would have such a run, of six and more one in a hundred.
 */
export function outlier(setting: Setting): Placed[] {
  return seriesOf(setting, MANY).flatMap(({ id, label, runs }) => {
    const centre = middle(runs.map(({ rate }) => rate))
    const deviation = middle(runs.map(({ rate }) => Math.abs(rate - centre)))
    // where half of the runs agree to the last digit, any other one would be infinitely far away
    if (deviation === 0) return []
    return runs.flatMap(({ run, rate }) => {
      const distance = Math.abs(rate - centre) / deviation
      if (distance <= OUTLYING) return []
      const message = `The ${label} ran at ${rateText(id, { kind: 'measured', value: rate })}, ${factor(distance)} times as far from the median as half of the runs lie.`
      return [{ run, doubt: { metric: id, effect: 'suspect' as const, strength: distance, message } }]
    })
  })
}

/**
 * Rates that rise or fall from run to run: Spearman's rank correlation with the order of the runs is 0.9 or more. Of
 * five runs in a random order one series in twelve looks so; they are suspect only where all five keep the order.
 */
export function drift(setting: Setting): Placed[] {
  return seriesOf(setting, 5).flatMap(({ id, label, runs }) => {
    const rho = rankCorrelation(runs.map(({ rate }) => rate))
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
    return runs.map(({ run }) => ({ run, doubt }))
  })
}

/** A first block write this much slower than the others paid for the blocks that the image did not have yet. */
const ALLOCATING = 0.7

/** The first of three or more runs, if its block write is that slow, and whether the image is known to grow. */
function slowFirst(setting: Setting): { run: BackendRun; ratio: number; certain: boolean } | null {
  const allocation = setting.facts.backends?.[setting.evidence.backend.id]?.allocation
  const runs = seriesOf(setting, 3).find(({ id }) => id === 'put_block')?.runs ?? []
  const [first, ...later] = runs
  if (!first || first.run !== setting.evidence.runs[0] || allocation === 'preallocated') return null
  const ratio = first.rate / middle(later.map(({ rate }) => rate))
  return ratio < ALLOCATING ? { run: first.run, ratio, certain: allocation !== undefined } : null
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
        run: slow.run,
        doubt: { metric: 'put_block', strength: 1 / slow.ratio, message: `${told}${why}.`, ...effect },
      },
    ]
  }
  const grows = allocation === 'sparse' || allocation === 'thin'
  if (!grows || !first || !rangeOf(first, 'put_block') || evidence.runs.length >= 3) return []
  const message = `The image was ${allocation}, so the first write also allocated, and fewer than three runs cannot show how much that cost.`
  return [{ run: first, doubt: { metric: 'put_block', effect: 'suspect', strength: 1, message } }]
}
