import type { Knowledge } from '../model/backend.ts'
import { turned } from '../model/comparison.ts'
import type { MetricId } from '../model/metric.ts'
import type { Report, Sample } from '../model/report.ts'
import { type Run, rateOf } from '../model/run.ts'
import type { CellTrail, Checked, Follow, Followed, Trail, Use } from '../model/trail.ts'
import { CHECKS } from './checks.ts'
import { gather, testOf } from './evidence.ts'
import { readAssertion, refsOf } from './expression.ts'
import { type Judgement, judge, levelOf } from './judge.ts'
import { PROFILES } from './profiles.ts'

/** The way of a backend's numbers on one test, of all its runs or of one. */
export function trailOf(report: Report, knowledge: readonly Knowledge[], followed: Followed): Trail {
  return trailsOf(report, knowledge)(followed)
}

/** The same for many: the study is judged once. */
export function trailsOf(report: Report, knowledge: readonly Knowledge[]): Follow {
  const evidence = gather(report.backends, report.runs, knowledge, report.facts)
  const judgement = judge(evidence, report.facts)
  return ({ backend, metric, run, most = Number.POSITIVE_INFINITY }) => {
    const runs = evidence.find((own) => own.backend.id === backend)?.runs ?? []
    const isWanted = (number: number) => run === null || run === number
    const sample = report.samples.find((s) => s.backend === backend && s.metric === metric) ?? null
    return {
      backend,
      metric,
      cells: runs
        .slice(0, run === null ? most : runs.length)
        .map((own, i) => ({ own, number: i + 1 }))
        .filter(({ number }) => isWanted(number))
        .map(({ own, number }) => cellTrail(report, judgement, own, { number, metric, sample })),
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
