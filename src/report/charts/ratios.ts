import { listed, rateNumber, sentenceCase } from '../../model/format.ts'
import { BLOCK_METRICS, type MetricId, metric } from '../../model/metric.ts'
import type { Report } from '../../model/report.ts'
import type { Figure } from '../figure.ts'
import { sampleOf } from '../words.ts'
import { chartRate, rateData } from './data.ts'
import { type DumbbellRow, type End, narrowDumbbell, wideDumbbell } from './dumbbell.ts'
import {
  isDoubtful,
  type Party,
  partiesOf,
  rateInWords,
  rateTold,
  runsText,
  standing,
  standingText,
  testLabel,
  testsWithRates,
  tooFastForAll,
} from './evidence.ts'
import { keyOfDumbbells } from './key.ts'

/** Two backends test by test: who is ahead, and how far. */
export function ratioOfTwo(report: Report, bulk: readonly MetricId[]): Figure | null {
  const parties = partiesOf(report)
  const [one, two] = parties
  const tests = testsWithRates(report, bulk)
  if (!one || !two || parties.length > 2 || tests.length === 0) return null
  const rows = tests.map((id) => rowOf(report, id, one, two))
  if (rows.every((row) => row.message !== undefined)) return null
  const samples = tests.flatMap((id) => [sampleOf(report, one.id, id), sampleOf(report, two.id, id)])
  const description = tests.map((id) => sentence(report, id, one, two)).join(' ')
  const title = findingOfTwo(report, one, two) ?? 'Throughput by test'
  return {
    id: 'ratios',
    title,
    subtitle: `MB/s on a log scale, ${runsText(samples.filter((s) => s !== undefined))}: the distance between two marks is their ratio. Further right is faster.`,
    key: keyOfDumbbells(rows),
    charts: [
      {
        id: 'ratios',
        title,
        description,
        wide: wideDumbbell(rows),
        narrow: narrowDumbbell(rows),
        data: rateData(report, tests, [one, two]),
      },
    ],
    table: {
      caption: 'Throughput by test, and who is ahead',
      head: ['Test', one.name, two.name, 'Ahead'],
      rows: tests.map((id) => [
        testLabel(id),
        rateTold(report, one, id),
        rateTold(report, two, id),
        {
          text: standingText(standing(report, id, one, two)) || 'both too fast to time',
          of: { metric: id },
        },
      ]),
    },
  }
}

/** A row of a dumbbell of rates; bulk rates in MB/s, others per second. */
export function rowOf(report: Report, id: MetricId, one: Party, two: Party): DumbbellRow {
  const bothTooFast = tooFastForAll([sampleOf(report, one.id, id), sampleOf(report, two.id, id)])
  const state = standing(report, id, one, two)
  const row = {
    label: testLabel(id),
    ends: [endOf(report, id, one), endOf(report, id, two)],
    verdict: { leader: state.leader, rest: state.rest, settled: state.sure },
  } as const
  return bothTooFast ? { ...row, message: 'both too fast to time' } : row
}

function endOf(report: Report, id: MetricId, party: Party): End {
  const sample = sampleOf(report, party.id, id)
  const median = sample?.median
  if (!sample || !median || median.kind === 'absent') {
    return { party, value: null, text: '', bound: false, hollow: false }
  }
  return {
    party,
    value: chartRate(id, median),
    text: rateNumber(id, median),
    bound: median.kind === 'at least',
    hollow: isDoubtful(sample),
  }
}

/** `Block write: loopback 18.5 MB/s, suspect; blktap 95.8 MB/s. Ahead: blktap 5.18×.` */
export function sentence(report: Report, id: MetricId, one: Party, two: Party): string {
  const rates = [one, two].map((p) => `${p.name} ${rateInWords(sampleOf(report, p.id, id), id)}`).join('; ')
  const state = standing(report, id, one, two)
  const verdict = state.leader
    ? `Ahead: ${standingText(state)}.`
    : state.rest
      ? `${sentenceCase(state.rest)}.`
      : 'Both too fast to time.'
  return `${testLabel(id)}: ${rates}. ${verdict}`
}

/**
 * `blktap wrote blocks 5.18× as fast as loopback`, from block tests whose leader is beyond doubt. Tests with both sides
 * beyond doubt go first; where the slower side is suspect, the title says so, and what is not the disk says nothing.
 */
function findingOfTwo(report: Report, one: Party, two: Party): string | null {
  const settled = BLOCK_METRICS.flatMap((id) => {
    const { leader, amount, settled } = standing(report, id, one, two)
    if (!leader || !settled) return []
    const other = leader === one ? two : one
    const trailing = sampleOf(report, other.id, id)?.validity ?? 'missing'
    return trailing === 'not-disk' ? [] : [{ id, leader, other, amount, suspect: trailing === 'suspect' }]
  })
  const sure = settled.filter((each) => !each.suspect)
  const chosen = sure.length > 0 ? sure : settled.slice(0, 1)
  const phrases = [one, two].flatMap((party) => {
    const won = chosen.filter((each) => each.leader === party)
    return won.length > 0
      ? [`${party.name} ${listed(won.map(({ id, amount }) => `${metric(id).did} ${amount}`))}`]
      : []
  })
  const [first] = chosen
  if (!first) return null
  if (phrases.length === 2) return sentenceCase(phrases.map((phrase) => `${phrase} as fast`).join(', '))
  return sentenceCase(
    `${phrases[0]} as fast as ${first.other.name}${first.suspect ? ', whose number is suspect' : ''}`,
  )
}
