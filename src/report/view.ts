import type { Ground, Knowledge } from '../model/backend.ts'
import { compareNatural } from '../model/diagnostic.ts'
import { counted, listed, sentenceCase, whole } from '../model/format.ts'
import { type Metric, metric } from '../model/metric.ts'
import type { Comparison, Recommendation, Report } from '../model/report.ts'
import type { BackendFacts } from '../model/study.ts'
import type { Doors } from './doors.ts'
import { differencesOf, doubtsOf } from './doubts.ts'
import { linked, markdownAddress, Verbatim } from './escape.ts'
import { standingOf } from './listing.ts'
import { planView, regretWords } from './plan-view.ts'
import { problemsOf } from './problems.ts'
import { proseMarkdown, VERDICT_WORDS } from './prose.ts'
import { comparisonsTable, latencyTable, numbersTable } from './tables.ts'
import { cardView } from './verdict-card.ts'
import {
  byline,
  grouped,
  kickerOf,
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

export function articleView(report: Report, knowledge: readonly Knowledge[], doors: Doors) {
  const general = report.recommendations.find((r) => r.profile === 'general')
  return {
    slug: report.study.slug,
    kicker: kickerOf(report),
    headline: report.headline,
    doubt: report.doubt,
    banner: standingOf(report).banner,
    standfirst: [standfirst(report), twoViews(report)].filter((s) => s !== null).join(' '),
    byline: byline(report),
    card:
      general && report.runs.length > 0
        ? { ...cardView(report, general, doors), documented: documentedView(general, knowledge) }
        : null,
    backends: report.backends.map((b) => ({
      title: b.title,
      page: pageOf(b.kind, knowledge),
      facts: backendFacts(report.facts.backends?.[b.id]),
    })),
    reading: readingView(report, doors),
    doubts: report.backends
      .map((b) => ({
        title: sentenceCase(b.title),
        items: doubtsOf(report, b.id).map((d) => ({
          state: d.state,
          tests: testNames(d.tests, (id) => doors.section({ metric: id, backend: b.id })),
          reasons: d.reasons.map((r) => ({ ...r, page: rulePage(r.rule) })),
        })),
      }))
      .filter((d) => d.items.length > 0),
    differences: differencesOf(report).map((d) => ({ ...d, page: rulePage(d.rule) })),
    advice: adviceView(report, knowledge),
    author:
      report.prose.length === 0 ? null : new Verbatim(proseMarkdown(report.prose, report.claims, doors)),
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
    numbers: numbersTable(report, doors),
    replicated: Math.max(0, ...runCounts(report)) > 1,
    comparisons: comparisonsTable(report, doors),
    latencies: latencyTable(report, doors),
    files: report.sources
      .toSorted((a, b) => compareNatural(a.path, b.path))
      .map((s) => ({
        path: linked(s.path, doors.place(s.path, 1, null)),
        backend: s.backend === null ? 'none' : titleOf(report, s.backend),
        runs: s.runs,
        sha256: s.sha256.slice(0, 12),
      })),
    problems: problemsOf(report.diagnostics, doors),
    runs: runsEach(runCounts(report)),
  }
}

/** The names of tests as the begin of a sentence, each a link. */
function testNames(ids: readonly Metric['id'][], addressOf: (id: Metric['id']) => string | null): Verbatim {
  if (ids.length === 0) return new Verbatim('Every rate')
  const names = ids.map((id, i) => {
    const { label } = metric(id)
    return linked(i === 0 ? sentenceCase(label) : label, addressOf(id)).markdown
  })
  return new Verbatim(listed(names))
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

/**
 * Per told test: every comparison with the baseline on disk evidence, else between the others, else why there is none.
 * Tests of which the same is to be said stand together.
 */
function readingView(report: Report, doors: Doors) {
  const tests = TOLD.filter((id) => report.samples.some((s) => s.metric === id && s.n > 0))
  const told = tests.map((id) => {
    const pairs = report.comparisons.filter((c) => c.view === 'disk' && c.metric === id)
    const ours = pairs.filter((c) => c.baseline === report.study.baseline)
    const sentences = [
      ...readingSentences(report, ours.length > 0 ? ours : pairs),
      ...incomparable(report, id),
      ...leftOutWords(report, id),
    ]
    return { id, sentences: sentences.join(' ') }
  })
  return grouped(told, ({ sentences }) => sentences).map((group) => ({
    tests: testNames(
      group.map(({ id }) => id),
      (id) => doors.section({ metric: id }),
    ),
    sentences: group[0]?.sentences ?? '',
  }))
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
  if (report.backends.length < 2) return ['No other backend was measured to compare with.']
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
    grade: r.verdict === 'no data' ? '–' : r.grade,
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
