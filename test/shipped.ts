/** The studies that lie in results/, and what tests ask of them. */
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf } from '../src/build.ts'
import { readLibrary, readTemplates } from '../src/files.ts'
import type { MetricId } from '../src/model/metric.ts'
import type { Comparison, Report } from '../src/model/report.ts'

const knowledge = knowledgeOf(readTemplates())
const library = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
export const reports = new Map(library.folders.map((folder) => [folder.slug, analyse(folder, knowledge)]))

export function study(slug: string): Report {
  const report = reports.get(slug)
  if (!report) throw new Error(`no study ${slug}`)
  return report
}

export function pair(
  report: Report,
  metric: MetricId,
  backend: string,
  baseline: string,
  view: Comparison['view'] = 'disk',
): Comparison | undefined {
  return report.comparisons.find(
    (c) => c.metric === metric && c.backend === backend && c.baseline === baseline && c.view === view,
  )
}

export const validity = (report: Report, backend: string, metric: MetricId) =>
  report.samples.find((s) => s.backend === backend && s.metric === metric)?.validity

export const message = (report: Report, backend: string, rule: string, metric?: MetricId) =>
  report.findings.find(
    (f) => f.backend === backend && f.rule === rule && (metric === undefined || f.metric === metric),
  )?.message ?? ''

export function near(got: number | undefined, want: number, tolerance: number): void {
  assert.ok(got !== undefined && Math.abs(got - want) <= tolerance, `${got} is not ${want}`)
}

export const exact = (c: Comparison | undefined) => (c?.ratio.kind === 'exact' ? c.ratio.value : undefined)
