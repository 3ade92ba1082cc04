import { extremes } from '../model/extremes.ts'
import { quantityText, rateNumber, sentenceCase, unitWords, whole } from '../model/format.ts'
import { type Metric, metric } from '../model/metric.ts'
import type { Comparison, Report } from '../model/report.ts'
import type { Doors } from './doors.ts'
import { linked } from './escape.ts'
import {
  doubtOf,
  liesBesideOne,
  ratioCell,
  sampleOf,
  tells,
  testsOf,
  titleOf,
  VALIDITY_WORDS,
} from './words.ts'

/*
 * The tables below an article: finished cells, plain text.
 */

const NOTHING = '–'

/** Every test of every backend: the median with its doubt, and the CPU share printed beside it. */
export function numbersTable(report: Report, doors: Doors) {
  const head = ['Test', ...report.backends.flatMap((b) => [b.title, 'CPU'])]
  const rows = testsOf(report).map((m) => [
    `${sentenceCase(m.label)}, ${unitWords(m.id)}`,
    ...report.backends.flatMap((b) => {
      const door = doors.of({ metric: m.id, backend: b.id })
      return [numberCell(report, b.id, m), cpuCell(report, b.id, m)].map((text) =>
        linked(text, text === NOTHING ? null : door),
      )
    }),
  ])
  return { head, rows }
}

function numberCell(report: Report, backend: string, m: Metric): string {
  const sample = sampleOf(report, backend, m.id)
  if (!sample) return 'not run'
  const doubt = doubtOf(sample)
  const words = doubt === null ? '' : `, ${VALIDITY_WORDS[doubt]}`
  return `${rateNumber(m.id, sample.median)}${words}`
}

function cpuCell(report: Report, backend: string, m: Metric): string {
  const own = report.runs.filter((run) => run.backend === backend)
  const sampled = sampleOf(report, backend, m.id)?.values ?? []
  const cpus = sampled.flatMap(({ run }) => own[run - 1]?.cells[m.id].cpu ?? [])
  if (cpus.length === 0) return NOTHING
  const [least, most] = extremes(cpus)
  return least === most ? `${whole(least)} %` : `${whole(least)} to ${whole(most)} %`
}

/**
 * Every backend against the baseline on every test, in both views. All pairs would be a page of rows by themselves from
 * eight backends on: they stand in numbers/ and report.json.
 */
export function comparisonsTable(report: Report, doors: Doors) {
  const { baseline } = report.study
  const head = ['Test', 'Backend', 'Disk evidence', 'As printed', 'Verdict']
  const printed = report.comparisons.filter((c) => c.view === 'measured' && c.baseline === baseline)
  const rows = printed.map((c) => {
    const disk = report.comparisons.find(
      (d) =>
        d.view === 'disk' && d.metric === c.metric && d.backend === c.backend && d.baseline === c.baseline,
    )
    const door = doors.of({ metric: c.metric })
    return [
      sentenceCase(metric(c.metric).label),
      titleOf(report, c.backend),
      disk ? linked(ratioCell(disk), door) : 'none',
      c.ratio.kind === 'unknown' ? 'none' : linked(ratioCell(c), door),
      disk ? verdictWords(disk) : noEvidence(c, door),
    ]
  })
  return { baseline: titleOf(report, baseline ?? ''), head, rows, others: report.backends.length > 2 }
}

/** Why two backends cannot be compared as disks; a ratio that is not known tells it itself. */
function noEvidence({ ratio }: Comparison, door: string | null) {
  return ratio.kind === 'unknown' ? linked(ratio.why, door) : 'no disk evidence'
}

function verdictWords(c: Comparison): string {
  if (c.verdict !== 'unclear') return c.verdict
  if (c.interval) return liesBesideOne(c) ? 'unclear' : 'no difference shown'
  if (!tells(c) && c.ratio.kind !== 'exact') return 'unclear, only a bound is known'
  return c.spread === undefined ? 'unclear' : `unclear, ${c.spread} the usual spread`
}

/** The worst operation of each test and backend; null where the dialect prints none. */
export function latencyTable(report: Report, doors: Doors) {
  if (report.latencies.length === 0) return null
  const tests = testsOf(report).filter((m) => report.latencies.some((l) => l.metric === m.id))
  const head = ['Test', ...report.backends.map((b) => b.title)]
  const rows = tests.map((m) => [
    sentenceCase(m.label),
    ...report.backends.map((b) => {
      const found = report.latencies.find((l) => l.metric === m.id && l.backend === b.id)
      if (!found) return (sampleOf(report, b.id, m.id)?.n ?? 0) > 0 ? 'not printed' : 'not run'
      const worst = quantityText(m.id, 'latency', { kind: 'measured', value: found.worst_us })
      return linked(worst, doors.section({ metric: m.id, backend: b.id }))
    }),
  ])
  return { head, rows }
}
