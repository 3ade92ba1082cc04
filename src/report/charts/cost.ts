import { listed, sentenceCase, threeDigits } from '../../model/format.ts'
import { BLOCK_METRICS, type MetricId, metric } from '../../model/metric.ts'
import type { Cost, Report } from '../../model/report.ts'
import type { Told } from '../doors.ts'
import type { Data, Figure } from '../figure.ts'
import { sampleOf } from '../words.ts'
import { precise } from './data.ts'
import type { DotRow } from './dot-marks.ts'
import { type DotGroup, narrowDots, wideDots } from './dots.ts'
import { areAlike, doubtWords, isDoubtful, type Party, partiesOf, testLabel } from './evidence.ts'
import { BOUND, keyOfDots } from './key.ts'

/*
 * What throughput costs in processor time. bonnie++ cuts its percentages to whole numbers, so a cost is an interval
 * even after one run.
 */

/** CPU-seconds of the guest per GiB, or null where bonnie++ gave no percentages. */
export function guestCpu(report: Report, tests: readonly MetricId[]): Figure | null {
  const parties = partiesOf(report).filter((party) => report.costs.some((cost) => cost.backend === party.id))
  const present = tests.filter((id) => report.costs.some((cost) => cost.metric === id))
  if (parties.length === 0 || present.length === 0) return null
  const groups = present.map((id) => groupOf(report, id, parties))
  const rows = groups.flatMap((group) => group.rows)
  const title = findingOf(report, present, parties) ?? 'Guest CPU per GiB by test'
  return {
    id: 'cost',
    title,
    subtitle:
      "CPU-seconds of the guest per GiB, on a log scale: the guest's share only, without what the host spends on serving the disk. Each is a range, because the printed percentages are cut short. Further left is cheaper.",
    key: keyOfDots(rows, {
      interval: { symbol: 'interval', label: 'all that a percentage cut to a whole number leaves open' },
      arrow: BOUND,
    }),
    charts: [
      {
        id: 'cost',
        title,
        description: groups.map(sentence).join(' '),
        wide: wideDots(groups),
        narrow: narrowDots(groups),
        data: dataOf(report, present, parties),
      },
    ],
    table: {
      caption: 'CPU-seconds of the guest per GiB',
      head: ['Test', ...parties.map((party) => party.name)],
      rows: groups.map(({ heading, rows }, i) => [heading, ...rows.map((row) => toldCost(row, present[i]))]),
    },
  }
}

function toldCost({ party, text, value }: DotRow, metric: MetricId | undefined): Told {
  return value === null || metric === undefined
    ? text
    : { text, of: { metric, backend: party.id, derived: true } }
}

function dataOf(report: Report, tests: readonly MetricId[], parties: readonly Party[]): Data {
  const unit = 'cpu_s_per_GiB'
  const rows = tests.flatMap((id) =>
    parties.flatMap((party) => {
      const cost = costOf(report, id, party)
      const validity = sampleOf(report, party.id, id)?.validity ?? 'missing'
      return cost ? [[id, party.id, precise(cost.low), precise(cost.high), cost.n, validity]] : []
    }),
  )
  return { head: ['test', 'backend', `low_${unit}`, `high_${unit}`, 'runs', 'validity'], rows }
}

function costOf(report: Report, id: MetricId, party: Party): Cost | undefined {
  return report.costs.find((cost) => cost.metric === id && cost.backend === party.id)
}

function groupOf(report: Report, id: MetricId, parties: readonly Party[]): DotGroup {
  return { heading: testLabel(id), rows: parties.map((party) => rowOf(report, id, party)) }
}

function rowOf(report: Report, id: MetricId, party: Party): DotRow {
  const cost = costOf(report, id, party)
  if (!cost || cost.high <= 0) return { party, value: null, hollow: false, text: 'not known', settled: false }
  const doubt = doubtWords(sampleOf(report, party.id, id))
  const hollow = doubt !== ''
  const common = { party, hollow, settled: !hollow }
  if (cost.low <= 0) {
    // below one percent: bonnie++ prints 0, and only an upper bound is left
    return {
      ...common,
      value: cost.high,
      arrow: 'left',
      text: `at most ${threeDigits(cost.high, 'up')}${doubt}`,
    }
  }
  const text = `${threeDigits(cost.low, 'down')} to ${threeDigits(cost.high, 'up')}${doubt}`
  return { ...common, value: Math.sqrt(cost.low * cost.high), interval: [cost.low, cost.high], text }
}

function sentence({ heading, rows }: DotGroup): string {
  return `${heading}: ${rows.map((row) => `${row.party.name} ${row.text}`).join('; ')}.`
}

/** Names the cheapest where its interval lies below all others, on block tests that are alike and measured the disk. */
function findingOf(report: Report, tests: readonly MetricId[], parties: readonly Party[]): string | null {
  if (parties.length < 2) return null
  const blocks = BLOCK_METRICS.filter((id) => tests.includes(id) && areAlike(report, id))
  const wins = blocks.flatMap((id) => {
    const costs = parties.flatMap((party) => {
      const cost = costOf(report, id, party)
      return cost ? [{ party, cost, sure: !isDoubtful(sampleOf(report, party.id, id)) }] : []
    })
    const [first, second] = costs.sort((a, b) => a.cost.high - b.cost.high)
    if (!first || !second || costs.length < parties.length || !costs.every((each) => each.sure)) return []
    return costs.slice(1).every(({ cost }) => cost.low > first.cost.high) ? [{ id, party: first.party }] : []
  })
  const [win] = wins
  if (!win) return null
  const same = wins.filter(({ party }) => party === win.party).map(({ id }) => metric(id).label)
  return `${sentenceCase(win.party.name)} cost the guest the least CPU per GiB at ${listed(same)}`
}
