import { durationText, listed } from '../../model/format.ts'
import { BLOCK_METRICS, type Family, METRICS, type MetricId, metric } from '../../model/metric.ts'
import type { Latency, Report } from '../../model/report.ts'
import type { Chart, Data, Figure } from '../figure.ts'
import { sampleOf } from '../words.ts'
import { type DotRow, TIME_AXIS } from './dot-marks.ts'
import { type DotGroup, narrowDots, wideDots } from './dots.ts'
import { areAlike, doubtWords, type Party, partiesOf, testLabel } from './evidence.ts'
import { keyOfDots } from './key.ts'

/*
 * The slowest single operation of each test, which bonnie++ prints since 1.90. Every number is a maximum already, so
 * nothing here is averaged: of several runs the chart shows the least, the greatest and the one in the middle.
 */

const NEUTRAL = 'The slowest single operation of each test'

/** Worst latencies over the runs, or null where the dialect prints none. */
export function worstLatencies(report: Report): Figure | null {
  const parties = partiesOf(report).filter((party) => report.latencies.some((l) => l.backend === party.id))
  const present = METRICS.map((m) => m.id).filter((id) => report.latencies.some((l) => l.metric === id))
  if (parties.length === 0 || present.length === 0) return null
  const rows = present.flatMap((id) => groupOf(report, id, parties).rows)
  const several = report.latencies.some((l) => l.n > 1)
  return {
    id: 'latency',
    title: findingOf(report, parties) ?? NEUTRAL,
    subtitle:
      'The longest time a single operation took, as bonnie++ prints it for each run: a maximum, not a typical wait. On log scales, one for each chart; further left is faster.',
    key: keyOfDots(rows, {
      interval: { symbol: 'range', label: 'thin rule: from the least to the greatest of the runs' },
      run: { symbol: 'run', label: 'a single run' },
    }),
    charts: PANELS.flatMap((panel) => {
      const ids = present.filter((id) => panel.families.includes(metric(id).family))
      return ids.length > 0 ? [chartOf(report, panel, ids, parties)] : []
    }),
    table: {
      caption: 'Slowest single operation over the runs',
      head: ['Test', 'Backend', 'Runs', 'Least', 'Middle', 'Greatest'],
      rows: present.flatMap((id) =>
        parties.map((party) => tableRow(testLabel(id), party, latencyOf(report, id, party))),
      ),
    },
    ...(several && {
      note: 'The mark is the run in the middle, and of an even number the slower of the two in the middle: maxima are never averaged.',
    }),
  }
}

/** Operations on files are mostly far shorter than those on data: each has an axis of its own. */
const PANELS: readonly Panel[] = [
  { id: 'latency-disk', title: 'Writes, reads and seeks', families: ['bulk', 'seeks'] },
  { id: 'latency-files', title: 'Files', families: ['files'] },
]

interface Panel {
  readonly id: string
  readonly title: string
  readonly families: readonly Family[]
}

function chartOf(
  report: Report,
  { id, title }: Panel,
  tests: readonly MetricId[],
  parties: readonly Party[],
): Chart {
  const groups = tests.map((test) => groupOf(report, test, parties))
  return {
    id,
    title,
    description: groups.map(sentence).join(' '),
    wide: wideDots(groups, TIME_AXIS),
    narrow: narrowDots(groups, TIME_AXIS),
    data: dataOf(report, tests, parties),
  }
}

function latencyOf(report: Report, id: MetricId, party: Party): Latency | undefined {
  return report.latencies.find((l) => l.metric === id && l.backend === party.id)
}

interface Spread {
  readonly least: number
  /** of an even number the slower of the two in the middle */
  readonly middle: number
  readonly greatest: number
  readonly sorted: readonly number[]
}

function spreadOf({ values }: Latency): Spread {
  const sorted = values.map((v) => v.worst_us).toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  return { least: sorted[0] ?? 0, middle, greatest: sorted.at(-1) ?? 0, sorted }
}

function groupOf(report: Report, id: MetricId, parties: readonly Party[]): DotGroup {
  return { heading: testLabel(id), rows: parties.map((party) => rowOf(report, id, party)) }
}

function rowOf(report: Report, id: MetricId, party: Party): DotRow {
  const latency = latencyOf(report, id, party)
  const none = { party, value: null, hollow: false, settled: false }
  if (!latency) return { ...none, text: 'not known' }
  const { middle, greatest, sorted } = spreadOf(latency)
  const doubt = doubtWords(sampleOf(report, party.id, id))
  const text = `${durationText(middle)}${doubt}`
  // what took less than a microsecond has no place on a log axis: such runs stand in the table alone
  const runs = sorted.filter((us) => us > 0)
  if (middle <= 0) return { ...none, text }
  const hollow = doubt !== ''
  const several = runs.length > 1 ? { interval: [runs[0] ?? middle, greatest] as const, runs } : {}
  return { party, value: middle, hollow, text, settled: !hollow, ...several }
}

function tableRow(label: string, party: Party, latency: Latency | undefined): readonly string[] {
  if (!latency) return [label, party.name, '0', 'not known', 'not known', 'not known']
  const { least, middle, greatest, sorted } = spreadOf(latency)
  return [label, party.name, String(sorted.length), ...[least, middle, greatest].map(durationText)]
}

function sentence({ heading, rows }: DotGroup): string {
  const each = rows.map(({ party, text, interval }) => {
    const range = interval ? ` (${durationText(interval[0])} to ${durationText(interval[1])})` : ''
    return `${party.name} ${text}${range}`
  })
  return `${heading}: ${each.join('; ')}.`
}

function dataOf(report: Report, tests: readonly MetricId[], parties: readonly Party[]): Data {
  const rows = tests.flatMap((id) =>
    parties.flatMap((party) =>
      (latencyOf(report, id, party)?.values ?? []).map(({ run, worst_us }) => {
        return [id, party.id, run, worst_us, sampleOf(report, party.id, id)?.validity ?? 'missing']
      }),
    ),
  )
  return { head: ['test', 'backend', 'run', 'slowest_operation_us', 'validity'], rows }
}

/** Fewer runs say too little about a maximum. */
const ENOUGH = 3

/**
 * `At block write even the slowest operation of LVM stayed below the slowest of every other run`: where the greatest
 * of one backend lies below the least of all others that printed one, all beyond doubt and of three runs or more.
 */
function findingOf(report: Report, parties: readonly Party[]): string | null {
  if (parties.length < 2) return null
  const wins = [...BLOCK_METRICS, 'seeks' as const].flatMap((id) => {
    const sides = parties.flatMap((party) => {
      const latency = latencyOf(report, id, party)
      const sure = sampleOf(report, party.id, id)?.validity === 'disk'
      return latency && sure && latency.n >= ENOUGH ? [{ party, ...spreadOf(latency) }] : []
    })
    if (!areAlike(report, id)) return []
    const [first, ...others] = sides.toSorted((a, b) => a.greatest - b.greatest)
    if (!first || sides.length < parties.length) return []
    return others.every(({ least }) => least > first.greatest) ? [{ id, party: first.party }] : []
  })
  const [win] = wins
  if (!win) return null
  const tests = wins.filter(({ party }) => party === win.party).map(({ id }) => metric(id).label)
  const all = parties.length === partiesOf(report).length
  const others = `${parties.length === 2 && all ? 'the other backend' : 'any other backend'}${all ? '' : ' that printed one'}`
  return `In every run ${win.party.name}'s slowest operation was faster than that of ${others} at ${listed(tests)}`
}
