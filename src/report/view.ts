import type { Ground, Knowledge } from '../model/backend.ts'
import { counted, countWord, listed, sentenceCase, whole } from '../model/format.ts'
import { type Metric, metric } from '../model/metric.ts'
import type { Comparison, Recommendation, Report } from '../model/report.ts'
import type { BackendFacts } from '../model/study.ts'
import { differencesOf, doubtsOf } from './doubts.ts'
import { markdownAddress, Verbatim } from './escape.ts'
import { heroes } from './heroes.ts'
import { problemsOf } from './problems.ts'
import { proseMarkdown, VERDICT_WORDS } from './prose.ts'
import { addressOf, rawPaths } from './raw.ts'
import { comparisonsTable, latencyTable, numbersTable } from './tables.ts'
import {
  byline,
  GRADE_WORDS,
  grouped,
  readingSentences,
  runCounts,
  runsEach,
  sampleOf,
  standfirst,
  TOLD,
  titleOf,
  twoViews,
} from './words.ts'

/*
 * The finished values that the templates print: they loop and choose, they do no arithmetic. Every string is plain
 * text, except where Verbatim says that it is Markdown already.
 */

export type ArticleView = ReturnType<typeof articleView>

export function articleView(report: Report, knowledge: readonly Knowledge[]) {
  const general = report.recommendations.find((r) => r.profile === 'general')
  const raw = rawPaths(report.sources.map((s) => s.path))
  return {
    slug: report.study.slug,
    title: report.study.title,
    headline: report.headline,
    doubt: report.doubt,
    banner: bannerOf(report),
    standfirst: [standfirst(report), twoViews(report)].filter((s) => s !== null).join(' '),
    byline: byline(report),
    card: general && report.runs.length > 0 ? cardView(report, general, knowledge) : null,
    backends: report.backends.map((b) => ({
      title: b.title,
      page: pageOf(b.kind, knowledge),
      facts: backendFacts(report.facts.backends?.[b.id]),
    })),
    reading: readingView(report),
    doubts: report.backends
      .map((b) => ({
        title: sentenceCase(b.title),
        items: doubtsOf(report, b.id).map((d) => ({
          ...d,
          reasons: d.reasons.map((r) => ({ ...r, page: rulePage(r.rule) })),
        })),
      }))
      .filter((d) => d.items.length > 0),
    differences: differencesOf(report).map((d) => ({ ...d, page: rulePage(d.rule) })),
    advice: adviceView(report, knowledge),
    author: report.prose.length === 0 ? null : new Verbatim(proseMarkdown(report.prose, report.claims)),
    claims: report.claims.map((c) => ({
      text: c.text,
      kind: c.kind,
      verdict: VERDICT_WORDS[c.verdict],
      because: c.because,
    })),
    facts: factRows(report),
    caveats: report.facts.caveats ?? [],
    missing: report.missing.map((one) => ({ ...one, key: new Verbatim(one.key) })),
    source: report.facts.source ? new Verbatim(markdownAddress(report.facts.source)) : null,
    numbers: numbersTable(report),
    replicated: Math.max(0, ...runCounts(report)) > 1,
    comparisons: comparisonsTable(report),
    latencies: latencyTable(report),
    files: report.sources.map((s) => ({
      path: s.path,
      address: new Verbatim(markdownAddress(addressOf(raw.get(s.path) ?? ''))),
      backend: s.backend === null ? 'none' : titleOf(report, s.backend),
      runs: s.runs,
      sha256: s.sha256.slice(0, 12),
    })),
    problems: problemsOf(report.diagnostics),
    runs: runsEach(runCounts(report)),
  }
}

function rulePage(rule: string): Verbatim {
  return new Verbatim(`../method/${rule}/index.md`)
}

function pageOf(id: string | null, knowledge: readonly Knowledge[]): Verbatim | null {
  return knowledge.some((k) => k.id === id) ? new Verbatim(`../backends/${id}/index.md`) : null
}

/** What is declared of one backend, in a few words. */
export function backendFacts(facts: BackendFacts | undefined): string[] {
  const { attach, effective, allocation, snapshot, durable } = facts ?? {}
  return [
    attach === undefined ? [] : `attached as ${attach}`,
    effective === undefined ? [] : `in truth served by ${effective}`,
    allocation === undefined ? [] : `image ${allocation}`,
    snapshot ? 'with a snapshot' : [],
    durable === false ? 'flushes do not reach the medium' : [],
  ].flat()
}

function bannerOf({ study, facts }: Report): string | null {
  if (study.status === 'current') return null
  const what = study.status === 'superseded' ? 'A later study supersedes this one' : 'This study is not valid'
  return facts.reason ? `${what}: ${facts.reason}` : `${what}.`
}

/** Verdicts that leave the question open. */
const OPEN: readonly Recommendation['verdict'][] = ['undecided', 'insufficient', 'no data']

function cardView(report: Report, general: Recommendation, knowledge: readonly Knowledge[]) {
  const { level, words } = GRADE_WORDS[general.grade]
  return {
    verdict: general.sentence,
    open: OPEN.includes(general.verdict),
    because: general.because,
    level,
    confidence: `${OPEN.includes(general.verdict) ? `${words === 'Low' ? 'Weak' : words} evidence` : `${words} confidence`}: ${runsEach(runCounts(report))}`,
    documented: documentedView(general, knowledge),
    wouldChange: general.wouldChange,
    heroes: heroes(report).map((h) => ({ ...h, label: sentenceCase(h.label) })),
  }
}

function documentedView({ documented }: Recommendation, knowledge: readonly Knowledge[]) {
  const page = knowledge.find((k) => k.id === documented.choice)
  if (!page) return null
  const because = documented.because.map(groundView)
  return { title: page.title, page: pageOf(page.id, knowledge), measured: documented.measured, because }
}

/** A documented statement without its full stop, and where it stands. */
function groundView({ says, sources }: Ground) {
  return {
    says: says.replace(/\.$/, ''),
    sources: sources.map((s) => ({
      title: s.title,
      url: s.url ? new Verbatim(markdownAddress(s.url)) : null,
    })),
  }
}

/** What was left out of a workload for a documented reason, with its sources. */
function gatesOf(report: Report, { excluded }: Recommendation): Ground[] {
  return excluded.flatMap(({ backend, sources = [] }) =>
    sources.length === 0
      ? []
      : [{ says: `Why ${titleOf(report, backend)} is left out is documented`, sources }],
  )
}

/** Per told test: every comparison with the baseline on disk evidence, else between the others, else why there is none. */
function readingView(report: Report) {
  const tests = TOLD.filter((id) => report.samples.some((s) => s.metric === id && s.n > 0))
  return tests.map((id) => {
    const pairs = report.comparisons.filter((c) => c.view === 'disk' && c.metric === id)
    const ours = pairs.filter((c) => c.baseline === report.study.baseline)
    const sentences = [
      ...readingSentences(report, ours.length > 0 ? ours : pairs),
      ...incomparable(report, id),
      ...leftOutWords(report, id),
    ]
    return { test: sentenceCase(metric(id).label), sentences }
  })
}

/** Backends whose numbers stand, but have no ratio to the baseline's, and why: those of one reason together. */
function incomparable(report: Report, id: Metric['id']): string[] {
  const stands = (backend: string) =>
    !['not-disk', 'missing', undefined].includes(sampleOf(report, backend, id)?.validity)
  const without = report.comparisons.filter(
    (c) =>
      c.view === 'measured' &&
      c.metric === id &&
      c.baseline === report.study.baseline &&
      c.ratio.kind === 'unknown' &&
      stands(c.backend) &&
      stands(c.baseline) &&
      !report.comparisons.some((d) => d.view === 'disk' && isOfSamePair(c, d)),
  )
  const why = ({ ratio }: Comparison) => (ratio.kind === 'unknown' ? ratio.why : '')
  return grouped(without, why).map((group) => {
    const names = sentenceCase(listed(group.map((c) => titleOf(report, c.backend))))
    return `${names} cannot be compared with ${titleOf(report, report.study.baseline ?? '')}: ${group.slice(0, 1).map(why)}.`
  })
}

function isOfSamePair(a: Comparison, b: Comparison): boolean {
  return a.metric === b.metric && a.backend === b.backend && a.baseline === b.baseline
}

/** The backends that have no part in a comparison, and why. */
function leftOutWords(report: Report, id: Metric['id']): string[] {
  if (report.backends.length < 2) return ['There is nothing to compare it with.']
  return (['not-disk', 'missing'] as const).flatMap((state) => {
    const out = report.backends.filter((b) => (sampleOf(report, b.id, id)?.validity ?? 'missing') === state)
    if (out.length === 0) return []
    const names = sentenceCase(listed(out.map((b) => b.title)))
    if (state === 'not-disk') return [`${names} did not measure the disk.`]
    return [`${names} ${out.length === 1 ? 'has' : 'have'} no number that could be read.`]
  })
}

function adviceView(report: Report, knowledge: readonly Knowledge[]) {
  const rows = report.recommendations.map((r) => ({
    title: r.title,
    verdict: r.sentence,
    grade: r.grade,
    coverage: `${whole(r.coverage * 100)} %`,
    because: r.because,
    grounds: [...gatesOf(report, r), ...r.tieBreak].map(groundView),
    documented: documentedView(r, knowledge),
  }))
  const settled = new Map<string, string[]>()
  for (const { profile, wouldChange, title } of report.recommendations) {
    if (report.plan?.questions.some((q) => q.profile === profile)) continue
    settled.set(wouldChange, [...(settled.get(wouldChange) ?? []), title])
  }
  const changes = [...settled].map(([says, titles]) => ({ titles: listed(titles), says }))
  return { rows, changes, plan: planView(report), regret: regretWords(report) }
}

/** The measurement that would settle what is open, and what its runs would tell for each workload. */
function planView({ plan, study }: Report) {
  if (!plan) return null
  return {
    sentence: plan.sentence,
    command: new Verbatim(`\`bonnie-report plan ${study.slug}\``),
    questions: plan.questions.map(({ title, runs, ratio, alsoRun }) => ({
      title,
      runs: runs === null ? 'more than thirty' : countWord(runs),
      tells: `${Math.ceil((ratio - 1) * 100)} % or more`,
      add: alsoRun ?? 'nothing',
    })),
  }
}

/** For whoever has no workload in mind: how much faster than each backend the best is at worst. */
function regretWords({ regrets, recommendations, backends }: Report): string | null {
  const [least, ...others] = regrets
  if (!least) return null
  const title = (id: string) => backends.find((b) => b.id === id)?.title ?? id
  const percent = (share: number) => (share < 0.005 ? 'less than 1 %' : `${whole(Math.ceil(share * 100))} %`)
  const worst = (r: typeof least) => {
    const workload = recommendations.find(({ profile }) => profile === r.profile)?.title ?? r.profile
    return `${title(r.backend)} ${percent(r.worst)} (${workload.toLowerCase()})`
  }
  return `Whoever has no single workload in mind can ask what a choice costs at worst, over the workloads that could be weighed. This is how much faster than each the best is: ${listed([least, ...others].map(worst))}.`
}

function factRows({ facts, runs }: Report): { label: string; value: string }[] {
  const { host, guest } = facts
  const disk = host?.disk
  const spindles = disk?.spindles === undefined ? [] : [counted(disk.spindles, 'spindle')]
  const rows: [string, string | number | undefined][] = [
    ['Processor', host?.cpu],
    ['Host memory', host?.ram],
    ['Hypervisor', host?.hypervisor],
    ['Host kernel', host?.kernel],
    ['Memory that caches on the host side', host?.dom0_ram],
    [
      'Disk',
      disk ? [disk.kind, ...spindles, disk.link].filter((x) => x !== undefined).join(', ') : undefined,
    ],
    ['Cache below the host', disk?.cache],
    ['Guest memory', guest?.ram],
    ['Guest processors', guest?.vcpus],
    ['Guest kernel', guest?.kernel],
    ['Guest file system', guest?.filesystem],
    ['Command', facts.command],
    ['Order of runs', facts.order],
    ['Read as', [...new Set(runs.map((run) => run.dialect))].join(', ') || undefined],
    ['Licence of the outputs', facts.licence],
  ]
  return rows.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [{ label, value: String(value) }],
  )
}
