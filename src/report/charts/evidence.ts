import { turned } from '../../model/comparison.ts'
import { countWord, rateText, sentenceCase, times } from '../../model/format.ts'
import type { Measurement } from '../../model/measurement.ts'
import { type MetricId, metric } from '../../model/metric.ts'
import type { Comparison, Report, Sample } from '../../model/report.ts'
import type { Told } from '../doors.ts'
import type { Slot } from '../figure.ts'
import { slotOf } from '../palette.ts'
import { doubtOf, sampleOf, TELLING, tells } from '../words.ts'
import { anchored } from './text.ts'

/*
 * What charts ask a report: who was measured, what came out, and how it is put in words.
 */

/** A backend that was measured, as charts call and colour it. */
export interface Party {
  readonly id: string
  readonly name: string
  readonly slot: Slot
}

/** The backends of which at least one rate is known, in the order of the report. */
export function partiesOf(report: Report): readonly Party[] {
  const measured = new Set(report.samples.filter((s) => s.median.kind !== 'absent').map((s) => s.backend))
  const slots = slotOf(report.backends)
  return report.backends
    .filter(({ id }) => measured.has(id))
    .map(({ id, title }) => ({ id, name: anchored(title.trim() || id), slot: slots.get(id) ?? 1 }))
}

/** The party that the others are compared with. */
export function baselineOf(report: Report, parties: readonly Party[]): Party | undefined {
  return parties.find(({ id }) => id === report.study.baseline) ?? parties[0]
}

/** Those of the tests on which some backend has a rate. */
export function testsWithRates(report: Report, tests: readonly MetricId[]): readonly MetricId[] {
  const known = new Set(report.samples.filter((s) => s.median.kind !== 'absent').map((s) => s.metric))
  return tests.filter((id) => known.has(id))
}

/** Whether every backend that ran the test was too fast for it. */
export function tooFastForAll(samples: readonly (Sample | undefined)[]): boolean {
  const kinds = samples.map((sample) => sample?.median.kind ?? 'absent').filter((kind) => kind !== 'absent')
  return kinds.length > 0 && kinds.every((kind) => kind === 'at least')
}

/** Whether a cell may show something else than the disk. It is drawn hollow and named so. */
export function isDoubtful(sample: Sample | undefined): boolean {
  return doubtOf(sample) !== null
}

/** `, suspect`, `, not the disk` or nothing: the worst that is said of these cells. */
export function doubtWords(...samples: readonly (Sample | undefined)[]): string {
  const doubts = samples.map(doubtOf)
  if (doubts.includes('not-disk')) return ', not the disk'
  return doubts.includes('suspect') ? ', suspect' : ''
}

/** `18.5 MB/s, suspect`: for tables and descriptions. */
export function rateInWords(sample: Sample | undefined, id: MetricId): string {
  if (!sample) return 'not run'
  return `${rateText(id, sample.median)}${sample.median.kind === 'absent' ? '' : doubtWords(sample)}`
}

/** The same for a cell of a table, which leads to where it comes from. */
export function rateTold(report: Report, { id: backend }: Party, id: MetricId): Told {
  const sample = sampleOf(report, backend, id)
  const text = rateInWords(sample, id)
  return sample ? { text, of: { metric: id, backend } } : text
}

export function testLabel(id: MetricId): string {
  return sentenceCase(metric(id).label)
}

/** Whether all who were timed at a test made the same one: where rates are known, only unlike tests have no ratio. */
export function areAlike(report: Report, id: MetricId): boolean {
  return report.comparisons.every(
    (c) => c.view !== 'measured' || c.metric !== id || c.ratio.kind !== 'unknown',
  )
}

/** How two backends compare on a test, seen from `backend`; by the evidence of the disk where there is any. */
export function comparisonOf(
  report: Report,
  id: MetricId,
  backend: string,
  baseline: string,
): Comparison | undefined {
  const ofTest = report.comparisons.filter((c) => c.metric === id)
  for (const view of ['disk', 'measured']) {
    const found = ofTest.find((c) => c.view === view && c.backend === backend && c.baseline === baseline)
    if (found) return found
    const other = ofTest.find((c) => c.view === view && c.backend === baseline && c.baseline === backend)
    if (other) return turned(other)
  }
  return undefined
}

/** Who is ahead on a test, and how far. Without a leader `rest` alone is the verdict. */
export interface Standing {
  readonly leader: Party | null
  /** `5.18×`, `at least 65.7×`; nothing without a leader */
  readonly amount: string
  /** the amount with its doubts, `5.18×, other side suspect`; without a leader `no difference shown` */
  readonly rest: string
  /** whether the leader's own number is beyond doubt and the difference more than chance */
  readonly settled: boolean
  /** settled, and the other side is beyond doubt too */
  readonly sure: boolean
}

/** Who of two is ahead on a test. */
export function standing(report: Report, id: MetricId, one: Party, two: Party): Standing {
  const pair = [sampleOf(report, one.id, id), sampleOf(report, two.id, id)]
  if (tooFastForAll(pair) && pair.every((sample) => sample?.median.kind === 'at least')) return nobody('')
  const gap = pair.map((sample) => sample?.median ?? NOT_RUN).find((median) => median.kind === 'absent')
  if (gap) return nobody(`other side ${gap.kind === 'absent' ? gap.why : ''}`)
  const comparison = comparisonOf(report, id, two.id, one.id)
  if (!comparison || comparison.ratio.kind === 'unknown') return nobody('not comparable')
  const { ratio } = comparison
  const amount = ratio.kind === 'exact' ? ratio.value : ratio.bound
  if ((ratio.kind === 'at least' && amount <= 1) || (ratio.kind === 'at most' && amount >= 1)) {
    return nobody('cannot tell')
  }
  if (ratio.kind !== 'exact' && comparison.spread === 'within') return nobody('no difference shown')
  if (ratio.kind === 'exact' && !isApart(comparison)) {
    return nobody(comparison.verdict === 'same' ? 'the same' : 'no difference shown')
  }
  const leader = amount >= 1 ? two : one
  const [own, others] = [leader, leader === one ? two : one].map((p) =>
    doubtWords(sampleOf(report, p.id, id)),
  )
  const unclear = tells(comparison) ? '' : ', unclear'
  const factor = Math.max(amount, 1 / amount)
  const told = ratio.kind === 'exact' ? times(factor) : `at least ${times(factor, 'down')}`
  const doubt = own || others?.replace(', ', ', other side ') || unclear
  const settled = own === '' && unclear === '' && (ratio.kind === 'exact' || factor > TELLING)
  return { leader, amount: told, rest: `${told}${doubt}`, settled, sure: settled && others === '' }
}

/** A test that a backend has no sample of. */
export const NOT_RUN: Measurement = { kind: 'absent', why: 'not run' }

function nobody(rest: string): Standing {
  return { leader: null, amount: '', rest, settled: false, sure: false }
}

/** Whether two sides differ at all: beyond the interval, or beyond the declared spread where there is none. */
function isApart({ interval, spread, verdict }: Comparison): boolean {
  if (verdict === 'better' || verdict === 'worse') return true
  if (verdict === 'same') return false
  return interval ? interval.low > 1 || interval.high < 1 : spread === 'far beyond'
}

/** `blktap 5.18×`: the verdict in words. */
export function standingText({ leader, rest }: Standing): string {
  return leader ? `${leader.name} ${rest}` : rest
}

export const HOLLOW = { symbol: 'hollow', label: 'hollow: suspect, or not the disk' } as const
export const ARROW = { symbol: 'arrow', label: 'at least this much: too fast to time' } as const

/** `one run each`, `medians of six runs`, `geometric means of one to five runs`: what stands behind the marks. */
export function runsText(samples: readonly Sample[], centre = 'medians'): string {
  const counts = samples.filter((s) => s.median.kind !== 'absent').map((s) => s.n)
  const [low, high] = [Math.min(...counts), Math.max(...counts)]
  if (high === 1) return 'one run each'
  return `${centre} of ${low === high ? '' : `${countWord(low)} to `}${countWord(high)} runs`
}
