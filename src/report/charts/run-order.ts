import { countWord, listed, rateNumber, runNames, sentenceCase } from '../../model/format.ts'
import { METRIC_IDS, type MetricId, metric } from '../../model/metric.ts'
import type { Finding, Report, Sample } from '../../model/report.ts'
import type { Chart, Data, Figure } from '../figure.ts'
import { sampleOf, TOLD } from '../words.ts'
import { chartRate, known, precise, rateUnit } from './data.ts'
import { HOLLOW, type Party, partiesOf, testLabel } from './evidence.ts'
import { keyOf } from './key.ts'
import { type Strip, type StripRun, stripPanel } from './strips.ts'

/*
 * Rates in the order of the runs: what drifted, and what lies apart. Only series of five runs or more that may count
 * as the disk; the checks decide what is named, the eye may see the rest.
 */

const FEWEST = 5

interface Series {
  readonly id: MetricId
  readonly party: Party
  readonly sample: Sample
  /** of drift and of runs that lie apart */
  readonly findings: readonly Finding[]
}

/** Panels of rates by run, or null where no backend has five runs of a test that may count. */
export function ratesByRun(report: Report): Figure | null {
  const series = METRIC_IDS.flatMap((id) => seriesOf(report, id))
  if (series.length === 0) return null
  const tests = METRIC_IDS.filter((id) => series.some((s) => s.id === id))
  const named = tests.filter((id) => series.some((s) => s.id === id && s.findings.length > 0))
  const shown = [...named, ...tests.filter((id) => TOLD.includes(id) && !named.includes(id))]
  // where nothing is told of the tests that reach the disk, the first that there is stands for them
  const panels = shown.length > 0 ? shown : tests.slice(0, 1)
  const runs = series.filter(({ id }) => panels.includes(id)).flatMap((s) => runsOf(s))
  const left = tests.length - panels.length
  return {
    id: 'runs',
    title: findingOf(series) ?? 'Rates in the order of the runs',
    subtitle:
      'MB/s, or operations per second, from zero, in the order of the saved files. Each panel has its own scale, the same for all of its backends. Higher is faster.',
    key: keyOf(
      [],
      runs.some((run) => run.hollow) && HOLLOW,
      runs.some((run) => run.apart) && { symbol: 'apart', label: 'large: lies apart from the other runs' },
      runs.some((run) => run.bound) && { symbol: 'arrow', label: 'arrow: at least this much' },
    ),
    charts: panels.map((id) => panelOf(series.filter((s) => s.id === id))),
    table: {
      caption: 'Rates in the order of the runs',
      head: ['Test', 'Backend', 'Runs in their order', 'What the checks find'],
      rows: series.map((s) => [
        `${testLabel(s.id)}, ${unitOf(s.id)}`,
        s.party.name,
        runsOf(s)
          .map((run) => run.text)
          .join(' · '),
        foundWords(s) || 'nothing',
      ]),
    },
    note: `${left > 0 ? `The table holds ${countWord(left)} more ${left === 1 ? 'test' : 'tests'}. ` : ''}${leftOut(report, tests)}${orderWords(report)}`,
  }
}

/** Who is not shown at tests of which others are, and why: `Not shown: loopback at block read (did not measure the disk). ` */
function leftOut(report: Report, tests: readonly MetricId[]): string {
  const each = partiesOf(report).flatMap((party) => {
    const why = new Map<string, MetricId[]>()
    for (const id of tests) {
      const sample = sampleOf(report, party.id, id)
      const reason = sample && whyNotShown(sample)
      if (reason) why.set(reason, [...(why.get(reason) ?? []), id])
    }
    return [...why].map(([reason, ids]) => {
      const where = ids.length === tests.length ? '' : ` at ${listed(ids.map((id) => metric(id).label))}`
      return `${party.name}${where} (${reason})`
    })
  })
  return each.length === 0 ? '' : `Not shown: ${each.join('; ')}. `
}

/** Why a sample is no series; null where it is one. */
function whyNotShown({ n, validity, median }: Sample): string | null {
  if (median.kind === 'absent') return median.why
  if (validity === 'not-disk') return 'did not measure the disk'
  if (validity === 'censored') return 'too fast to time'
  return n < FEWEST ? `fewer than ${countWord(FEWEST)} runs` : null
}

function unitOf(id: MetricId): string {
  return metric(id).unit === 'KiB/s' ? 'MB/s' : 'per second'
}

function seriesOf(report: Report, id: MetricId): Series[] {
  return partiesOf(report).flatMap((party) => {
    const sample = sampleOf(report, party.id, id)
    if (!sample || whyNotShown(sample) !== null) return []
    const findings = report.findings.filter(
      (f) => f.backend === party.id && f.metric === id && (f.rule === 'drift' || f.rule === 'outlier'),
    )
    return [{ id, party, sample, findings }]
  })
}

function runsOf({ id, sample, findings }: Series): readonly StripRun[] {
  const apart = new Set(findings.filter((f) => f.rule === 'outlier').flatMap((f) => f.runs))
  return sample.values.flatMap(({ run, rate, validity }): StripRun[] => {
    if (rate.kind === 'absent') return []
    return [
      {
        run,
        value: chartRate(id, rate),
        text: rateNumber(id, rate),
        bound: rate.kind === 'at least',
        hollow: validity === 'suspect' || validity === 'not-disk',
        apart: apart.has(run),
      },
    ]
  })
}

function panelOf(series: readonly Series[]): Chart {
  const id = series[0]?.id ?? 'put_block'
  const strips = series.map((s): Strip => ({ party: s.party, runs: runsOf(s), words: foundWords(s) }))
  const sentences = strips.map(({ party, runs, words }) => {
    const rates = runs.map((run) => run.text).join(', ')
    return `${party.name}: ${rates}${words && `; ${words}`}.`
  })
  return {
    id: `runs-${id.replace('_', '-')}`,
    title: `${testLabel(id)}, ${unitOf(id)}`,
    description: `Rates in the order of the runs. ${sentences.join(' ')}`,
    wide: stripPanel(strips),
    data: dataOf(id, series),
  }
}

function dataOf(id: MetricId, series: readonly Series[]): Data {
  const rows = series.flatMap(({ party, sample }) =>
    sample.values.flatMap(({ run, rate, validity }) =>
      rate.kind === 'absent'
        ? []
        : [[id, party.id, run, precise(chartRate(id, rate)), known(rate), validity]],
    ),
  )
  return { head: ['test', 'backend', 'run', `rate_${rateUnit(id)}`, 'known', 'validity'], rows }
}

/** `suspect; falls from run to run; runs 5 and 6 lie apart`, or nothing. */
function foundWords({ findings, sample }: Series): string {
  const found = findings.map((f) => {
    if (f.rule === 'drift') return `${way(f)} from run to run`
    return `${runNames(f.runs)} ${f.runs.length === 1 ? 'lies' : 'lie'} apart`
  })
  return [...(sample.validity === 'suspect' ? ['suspect'] : []), ...found].join('; ')
}

function way({ value }: Finding): 'rises' | 'falls' {
  return (value ?? 0) > 0 ? 'rises' : 'falls'
}

/** What drifts goes before what lies apart; one series is named, several are counted. */
function findingOf(series: readonly Series[]): string | null {
  for (const rule of ['drift', 'outlier'] as const) {
    const found = series.filter((s) => s.findings.some((f) => f.rule === rule))
    const [first] = found
    const finding = first?.findings.find((f) => f.rule === rule)
    if (!first || !finding) continue
    if (found.length > 1) {
      const what = rule === 'drift' ? 'drift from run to run' : 'have runs that lie apart'
      return `${sentenceCase(countWord(found.length))} of ${countWord(series.length)} series ${what}`
    }
    const whose = `${metric(first.id).label} of ${first.party.name}`
    if (rule === 'drift') return `The rate of the ${whose} ${way(finding)} from run to run`
    const runs = runNames(finding.runs)
    return `${sentenceCase(runs)} of the ${whose} ${finding.runs.length === 1 ? 'lies' : 'lie'} apart`
  }
  return null
}

/** What the order of the runs can do to a comparison. */
function orderWords({ facts, backends }: Report): string {
  if (backends.length < 2) return 'The order is that of the names of the saved files.'
  if (facts.order === 'interleaved')
    return 'The backends took turns: what drifts with the machine touches all of them alike.'
  if (facts.order === 'blocked')
    return 'One backend was measured after the other: what drifted meanwhile looks like a difference between them.'
  return 'Whether the backends took turns is not recorded.'
}
