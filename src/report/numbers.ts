import { durationText, rateText, sentenceCase, threeDigits } from '../model/format.ts'
import type { Finding, Report } from '../model/report.ts'
import type { CellTrail, Follow, Trail, Use } from '../model/trail.ts'
import type { Doors, Section } from './doors.ts'
import { linked, Verbatim } from './escape.ts'
import type { Render, TextPage } from './pages.ts'
import { MOST_RUNS } from './saved.ts'
import {
  becameWords,
  claimWords,
  comparisonWords,
  rateWords,
  runRanges,
  sampleWords,
  sharedDoubts,
  stateWords,
  testedWords,
  useWords,
  VALIDITY_MEANS,
} from './trail-words.ts'
import { titleOf } from './words.ts'

const TITLE = 'Where the numbers come from'

/** numbers/ of a study: how each of its numbers came about, from the cell to what rests on it. */
export function numbersPage(
  report: Report,
  { doors, follow, render }: { readonly doors: Doors; readonly follow: Follow; readonly render: Render },
): TextPage {
  const tests = doors.sections.map((section) => sectionView(report, section, { doors, follow }))
  return {
    name: 'index',
    section: 'articles',
    title: `${TITLE}: ${report.study.title}`,
    description: `How each number of “${report.study.title}” came about, from the saved file on.`,
    markdown: render('pages/numbers.md.njk', {
      heading: TITLE,
      title: report.study.title,
      tests,
      whole: wholeRuns(report),
      meanings: Object.values(VALIDITY_MEANS),
    }),
  }
}

type Ways = { readonly doors: Doors; readonly follow: Follow }

function sectionView(
  report: Report,
  { metric: { id }, title, id: anchor, backends, compared }: Section,
  { doors, follow }: Ways,
) {
  const trails = backends.map(({ backend, heading }) => ({
    heading,
    trail: follow({ backend, metric: id, run: null, most: MOST_RUNS }),
  }))
  const all = trails.map(({ trail }) => trail)
  const comparisons = report.comparisons.filter((c) => c.metric === id)
  return {
    title,
    anchor: new Verbatim(`#${anchor}`),
    backends: trails.map(({ trail, heading }) => ({ heading, ...trailView(report, trail, doors) })),
    compared: compared?.heading ?? null,
    comparisons: comparisons.map((c) => comparisonWords(report, c)),
    uses: usesOf(all).map(useWords),
    claims: [...new Set(all.flatMap(({ claims }) => claims))].map(claimWords),
  }
}

function trailView(report: Report, trail: Trail, doors: Doors) {
  const total = report.runs.filter((run) => run.backend === trail.backend).length
  const hasLatency = trail.cells.some(({ cell }) => cell.latency_us !== null)
  return {
    sample: sampleWords(trail, titleOf(report, trail.backend)).map(sentenceCase),
    interval: intervalWords(trail),
    cost: costWords(report, trail),
    tested: testedWords(trail),
    hasLatency,
    rows: trail.cells.map((own) => rowOf(trail, own, { doors, hasLatency })),
    more: total - trail.cells.length,
    doubts: sharedDoubts(trail).map((doubt) => ({
      ...doubt,
      runs: runRanges(doubt.runs),
      became: becameWords(doubt.effect),
      page: rulePage(doubt.rule),
    })),
  }
}

/** Of the median, where there are runs enough for one. */
function intervalWords({ sample, metric: id }: Trail): string | null {
  if (!sample?.interval) return null
  const { low, high, confidence } = sample.interval
  const [from, to] = [low, high].map((value) => rateText(id, { kind: 'measured', value }))
  return `The median of such runs lies between ${from} and ${to} with a confidence of ${(confidence * 100).toFixed(1)} %.`
}

/** What the test cost the guest's processor: its share of the time, cut to a whole per cent, over the rate. */
function costWords({ costs }: Report, { backend, metric: id }: Trail): string | null {
  const cost = costs.find((c) => c.backend === backend && c.metric === id)
  if (!cost || cost.high <= 0) return null
  const share = `The CPU share over the rate is`
  return cost.low <= 0
    ? `${share} at most ${threeDigits(cost.high, 'up')} CPU-seconds of the guest per GiB.`
    : `${share} ${threeDigits(cost.low)} to ${threeDigits(cost.high)} CPU-seconds of the guest per GiB.`
}

function rowOf(
  { metric: id }: Trail,
  own: CellTrail,
  { doors, hasLatency }: { readonly doors: Doors; readonly hasLatency: boolean },
) {
  const { cell, run, number, inSample, validity } = own
  const place = doors.place(run.path, cell.line, cell.column)
  const token = cell.line === null ? null : doors.saved(run.path)?.cellAt(cell.line, cell.column ?? 0)?.token
  const where = cell.line === null ? run.path : `${run.path}:${cell.line}:${cell.column}`
  return [
    `#${number}`,
    linked(token ?? cell.printed ?? where, place === null ? null : `../${place}`),
    where,
    stateWords(own),
    rateWords(own, id),
    cell.cpu === null ? '–' : `${cell.cpu} %`,
    ...(hasLatency ? [cell.latency_us === null ? '–' : durationText(cell.latency_us)] : []),
    inSample ? validity : 'another test',
  ]
}

/** What each workload makes of a test, with the backends that are left out of it. */
function usesOf(trails: readonly Trail[]): Use[] {
  const byProfile = new Map<string, Use>()
  for (const use of trails.flatMap(({ uses }) => uses)) {
    const { profile } = use.recommendation
    const known = byProfile.get(profile)
    const leftOut = [...new Set([...(known?.leftOut ?? []), ...use.leftOut])]
    byProfile.set(profile, { ...use, leftOut })
  }
  return [...byProfile.values()]
}

/** What was found about whole runs, backend by backend. */
function wholeRuns(report: Report) {
  const isFollowed = (f: Finding) => f.runs.some((number) => number <= MOST_RUNS)
  const own = (backend: string) =>
    report.findings.filter((f) => f.backend === backend && !f.metric && isFollowed(f))
  return report.backends
    .map(({ id, title }) => ({ title, findings: own(id).map(findingView) }))
    .filter(({ findings }) => findings.length > 0)
}

function findingView({ level, message, rule, runs }: Finding) {
  return { level, message, rule, page: rulePage(rule), runs: runRanges(runs) }
}

function rulePage(rule: string): Verbatim {
  return new Verbatim(`../../method/${rule}/index.md`)
}
