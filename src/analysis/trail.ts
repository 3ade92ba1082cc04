import type { Knowledge } from '../model/backend.ts'
import { turned } from '../model/comparison.ts'
import type { Diagnostic, Level } from '../model/diagnostic.ts'
import type { Measurement } from '../model/measurement.ts'
import type { MetricId } from '../model/metric.ts'
import type { Claim, Comparison, Finding, Recommendation, Report, Sample, Validity } from '../model/report.ts'
import { type Cell, type Run, rateOf } from '../model/run.ts'
import { CHECKS } from './checks.ts'
import { gather, testOf } from './evidence.ts'
import { readAssertion, refsOf } from './expression.ts'
import { type Judgement, judge, levelOf } from './judge.ts'
import { PROFILES } from './profiles.ts'

/*
 * The way of one number: from its cell through the checks into its sample, and on into whatever rests on it.
 */

/** What a check says of a cell: its arithmetic as a sentence, and what it makes of the cell. */
export interface Checked {
  readonly rule: string
  readonly level: Level
  readonly message: string
  readonly effect: 'suspect' | 'not-disk' | null
}

/** One run's part of it. */
export interface CellTrail {
  /** 1-based, among the backend's runs */
  readonly number: number
  readonly run: Run
  readonly cell: Cell
  readonly rate: Measurement
  /** what was tested, in words */
  readonly test: string
  readonly validity: Validity
  readonly inSample: boolean
  readonly checks: readonly Checked[]
  /** rules of the checks that raised no doubt about this cell */
  readonly silent: readonly string[]
  /** what was noticed where the cell stands */
  readonly noticed: readonly Diagnostic[]
}

/** How a workload uses the test. */
export interface Use {
  readonly recommendation: Recommendation
  /** share of the workload's weight, in percent */
  readonly weight: number
  /** who keeps the test, or the backend, out of it, and why; none where it counts */
  readonly leftOut: Recommendation['excluded']
}

export interface Trail {
  readonly backend: string
  readonly metric: MetricId
  readonly cells: readonly CellTrail[]
  readonly sample: Sample | null
  /** doubts about the runs as a whole */
  readonly findings: readonly Finding[]
  /** the backend stands above the line */
  readonly comparisons: readonly Comparison[]
  readonly uses: readonly Use[]
  readonly claims: readonly Claim[]
}

/** The way of a backend's numbers on one test, of all its runs or of one (1-based). */
export function trailOf(
  report: Report,
  knowledge: readonly Knowledge[],
  {
    backend,
    metric,
    run,
  }: { readonly backend: string; readonly metric: MetricId; readonly run: number | null },
): Trail {
  const evidence = gather(report.backends, report.runs, knowledge, report.facts)
  const judgement = judge(evidence, report.facts)
  const runs = evidence.find((own) => own.backend.id === backend)?.runs ?? []
  const isWanted = (number: number) => run === null || run === number
  const sample = report.samples.find((s) => s.backend === backend && s.metric === metric) ?? null
  return {
    backend,
    metric,
    cells: runs
      .map((own, i) => cellTrail(report, judgement, own, { number: i + 1, metric, sample }))
      .filter(({ number }) => isWanted(number)),
    sample,
    findings: report.findings.filter(
      // one that takes effect stands among the checks of its cells
      (f) => f.backend === backend && !f.metric && !f.effect && f.runs.some(isWanted),
    ),
    comparisons: report.comparisons
      .filter((c) => c.metric === metric && (c.backend === backend || c.baseline === backend))
      .map((c) => (c.backend === backend ? c : turned(c))),
    uses: usesOf(report, backend, metric),
    claims: report.claims.filter(({ expression }) => restsOn(expression, backend, metric)),
  }
}

function cellTrail(
  report: Report,
  judgement: Judgement,
  run: Run,
  { number, metric, sample }: { number: number; metric: MetricId; sample: Sample | null },
): CellTrail {
  const cell = run.cells[metric]
  const checks = judgement.doubts(run, metric).map(
    ({ rule, doubt }): Checked => ({
      rule,
      level: levelOf(doubt),
      message: doubt.message,
      effect: doubt.effect ?? null,
    }),
  )
  return {
    number,
    run,
    cell,
    rate: rateOf(cell),
    test: testOf(run, metric),
    validity: judgement.validity(run, metric),
    inSample: sample?.values.some((v) => v.run === number) ?? false,
    checks,
    silent: CHECKS.map(({ rule }) => rule).filter((rule) => checks.every((check) => check.rule !== rule)),
    noticed: report.diagnostics.filter(({ place }) => {
      return place.file === run.path && place.line === cell.line && place.column === cell.column
    }),
  }
}

function usesOf(report: Report, backend: string, metric: MetricId): Use[] {
  return PROFILES.flatMap(({ id, weights }): Use[] => {
    const recommendation = report.recommendations.find(({ profile }) => profile === id)
    const weight = weights[metric] ?? 0
    if (!recommendation || weight === 0) return []
    const leftOut = recommendation.excluded.filter((out) => {
      return out.metric === metric || (out.metric === undefined && out.backend === backend)
    })
    return [{ recommendation, weight, leftOut }]
  })
}

/** Whether a claim speaks of the backend's numbers on the test. */
function restsOn(expression: string, backend: string, metric: MetricId): boolean {
  const read = readAssertion(expression)
  if ('malformed' in read) return false
  return [...refsOf(read.left), ...refsOf(read.right)].some(
    (ref) => ref.backend === backend && ref.metric === metric,
  )
}
