import { countWord, listed, sentenceCase } from '../../model/format.ts'
import type { Absence } from '../../model/measurement.ts'
import { BLOCK_METRICS, type MetricId, metric } from '../../model/metric.ts'
import { rangeText, ratioText } from '../../model/ratio-words.ts'
import type { Report } from '../../model/report.ts'
import type { Told } from '../doors.ts'
import type { Data, Figure } from '../figure.ts'
import { sampleOf, TELLING, tells } from '../words.ts'
import { precise } from './data.ts'
import { type DotRow, RATIO_AXIS } from './dot-marks.ts'
import { type DotGroup, narrowDots, wideDots } from './dots.ts'
import {
  baselineOf,
  comparisonOf,
  doubtWords,
  NOT_RUN,
  type Party,
  partiesOf,
  runsText,
  testLabel,
  testsWithRates,
  tooFastForAll,
} from './evidence.ts'
import { BOUND, keyOfDots } from './key.ts'

/** Three and more backends: each one's ratio to the baseline, test by test, with its interval where there is one. */
export function ratiosToBaseline(report: Report, tests: readonly MetricId[]): Figure | null {
  const parties = partiesOf(report)
  const baseline = baselineOf(report, parties)
  const present = testsWithRates(report, tests)
  if (!baseline || parties.length < 3 || present.length === 0) return null
  const others = parties.filter((party) => party !== baseline)
  const groups = present.map((id) => groupOf(report, id, others, baseline))
  const rows = groups.flatMap((group) => group.rows)
  if (rows.every((row) => row.value === null)) return null
  const samples = report.samples.filter((sample) => present.includes(sample.metric))
  const title = findingOf(report, others, baseline) ?? `Throughput against ${baseline.name}`
  const chart = {
    id: 'ratios',
    title,
    description: description(groups, baseline),
    data: dataOf(report, present, others, baseline),
  }
  const bars = rows.some((row) => row.interval)
  return {
    id: 'ratios',
    title,
    subtitle: `Each rate ÷ that of ${baseline.name}, on a log scale, ${runsText(samples, 'geometric means')}. Right of 1× is faster than ${baseline.name}.`,
    key: keyOfDots(rows, {
      interval: { symbol: 'interval', label: '95 % interval: no difference shown where it crosses 1×' },
      arrow: BOUND,
    }),
    charts: [{ ...chart, wide: wideDots(groups, RATIO_AXIS), narrow: narrowDots(groups, RATIO_AXIS) }],
    table: {
      caption: `Throughput against ${baseline.name}`,
      head: ['Test', 'Backend', `Ratio to ${baseline.name}`, '95 % interval'],
      rows: groups.flatMap(({ heading, message, rows }, i) =>
        rows.length === 0
          ? [[heading, 'all', message ?? '', '']]
          : rows.map((row) => [
              heading,
              row.party.name,
              told(row.text, present[i]),
              told(intervalText(row), present[i]),
            ]),
      ),
    },
    ...(bars ? {} : { note: 'Fewer than three runs a side: no interval can be drawn.' }),
  }
}

/** A ratio or its interval, which leads to the comparisons of its test. */
function told(text: string, id: MetricId | undefined): Told {
  return id === undefined || text === '' ? text : { text, of: { metric: id } }
}

/** The numbers behind them. */
export function dataOf(
  report: Report,
  tests: readonly MetricId[],
  others: readonly Party[],
  baseline: Party,
): Data {
  const rows = tests.flatMap((id) =>
    others.flatMap((party) => {
      const found = comparisonOf(report, id, party.id, baseline.id)
      if (!found || found.ratio.kind === 'unknown') return []
      const { ratio, interval, n, view, verdict } = found
      const value = precise(ratio.kind === 'exact' ? ratio.value : ratio.bound)
      const ends = [interval?.low, interval?.high, interval?.confidence].map(precise)
      return [[id, party.id, baseline.id, value, ratio.kind, ...ends, ...n, view, verdict]]
    }),
  )
  const ends = ['low', 'high', 'confidence']
  const head = ['test', 'backend', 'baseline', 'ratio', 'known', ...ends, 'runs', 'runs_of_baseline']
  return { head: [...head, 'view', 'verdict'], rows }
}

/** Why a test of the baseline gives the others nothing to be compared with. */
const GAP_WORDS: Readonly<Record<Absence, string>> = {
  'not run': 'not run on the baseline',
  'not in this dialect': "not in the baseline's output",
  defective: "the baseline's number is defective",
  unreadable: "the baseline's number is unreadable",
}

/** A test's rows: each of the others against the baseline; a message where there is nothing to draw. */
export function groupOf(report: Report, id: MetricId, others: readonly Party[], baseline: Party): DotGroup {
  const heading = testLabel(id)
  const reference = sampleOf(report, baseline.id, id)
  const samples = [baseline, ...others].map((party) => sampleOf(report, party.id, id))
  if (tooFastForAll(samples)) return { heading, message: 'too fast to time on every backend', rows: [] }
  const gap = reference?.median ?? NOT_RUN
  if (gap.kind === 'absent') return { heading, message: GAP_WORDS[gap.why], rows: [] }
  return { heading, rows: others.map((party) => rowOf(report, id, party, baseline)) }
}

function rowOf(report: Report, id: MetricId, party: Party, baseline: Party): DotRow {
  const sample = sampleOf(report, party.id, id)
  const none = { party, value: null, hollow: false, settled: false }
  if (!sample || sample.median.kind === 'absent') {
    return { ...none, text: sample?.median.kind === 'absent' ? sample.median.why : 'not run' }
  }
  const comparison = comparisonOf(report, id, party.id, baseline.id)
  if (!comparison) return { ...none, text: 'not comparable' }
  const { ratio, interval } = comparison
  if (ratio.kind === 'unknown') {
    const both = [sample, sampleOf(report, baseline.id, id)].every((s) => s?.median.kind === 'at least')
    return { ...none, text: both ? 'both too fast to time' : 'not comparable' }
  }
  const doubt = doubtWords(sample, sampleOf(report, baseline.id, id))
  const hollow = doubt !== ''
  return {
    party,
    value: ratio.kind === 'exact' ? ratio.value : ratio.bound,
    hollow,
    text: `${ratioText(ratio, interval)}×${doubt}`,
    settled: !hollow && (tells(comparison) || comparison.verdict === 'same'),
    ...(interval && { interval: [interval.low, interval.high] as const }),
    ...(ratio.kind === 'at least' && { arrow: 'right' as const }),
    ...(ratio.kind === 'at most' && { arrow: 'left' as const }),
  }
}

function intervalText({ value, interval }: DotRow): string {
  if (!interval || value === null) return 'none'
  const [low, high] = interval
  return `${rangeText({ kind: 'exact', value }, { low, high }).replace(' to ', '× to ')}×`
}

export function description(groups: readonly DotGroup[], baseline: Party): string {
  const sentences = groups.map(({ heading, message, rows }) => {
    if (rows.length === 0) return `${heading}: ${message}.`
    const parts = rows.map((row) => {
      const between = row.interval ? ` (${intervalText(row)})` : ''
      return `${row.party.name} ${row.text}${between}`
    })
    return `${heading}, against ${baseline.name}: ${parts.join('; ')}.`
  })
  return sentences.join(' ')
}

/** `blktap and LVM were faster than loopback at block write and rewrite`, from verdicts beyond doubt. */
function findingOf(report: Report, others: readonly Party[], baseline: Party): string | null {
  for (const direction of ['faster', 'slower'] as const) {
    const wins = BLOCK_METRICS.map((id) => ({
      id,
      parties: others.filter((party) => paceOf(report, id, party, baseline) === direction),
    })).filter(({ parties }) => parties.length > 0)
    const most = Math.max(0, ...wins.map(({ parties }) => parties.length))
    const best = wins.filter(({ parties }) => parties.length === most)
    const first = best[0]
    if (!first) continue
    const same = best.filter(({ parties }) => parties.every((party, i) => party === first.parties[i]))
    return `${whoText(first.parties, others)} ${direction} than ${baseline.name} at ${listed(same.map(({ id }) => metric(id).label))}`
  }
  return null
}

/** Whether a backend was faster or slower than the baseline beyond doubt and beyond what runs differ by. */
function paceOf(report: Report, id: MetricId, party: Party, baseline: Party): 'faster' | 'slower' | null {
  const comparison = comparisonOf(report, id, party.id, baseline.id)
  const doubt = doubtWords(sampleOf(report, party.id, id), sampleOf(report, baseline.id, id))
  if (!comparison || comparison.ratio.kind === 'unknown' || doubt !== '') return null
  const { ratio } = comparison
  if (!tells(comparison)) return null
  if (ratio.kind === 'at least') return ratio.bound > TELLING ? 'faster' : null
  if (ratio.kind === 'at most') return ratio.bound < 1 / TELLING ? 'slower' : null
  return ratio.value > 1 ? 'faster' : 'slower'
}

function whoText(parties: readonly Party[], others: readonly Party[]): string {
  if (parties.length <= 3)
    return `${sentenceCase(listed(parties.map((party) => party.name)))} ${parties.length === 1 ? 'was' : 'were'}`
  if (parties.length === others.length) return `All ${countWord(others.length)} other backends were`
  return `${sentenceCase(countWord(parties.length))} of ${countWord(others.length)} other backends were`
}
