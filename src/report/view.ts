import type { Knowledge } from '../model/backend.ts'
import { counted, listed, quantityText, rateNumber, sentenceCase, unitWords, whole } from '../model/format.ts'
import { type Metric, metric } from '../model/metric.ts'
import type { Comparison, Recommendation, Report } from '../model/report.ts'
import { doubtsOf } from './doubts.ts'
import { markdownAddress, Verbatim } from './escape.ts'
import { heroes } from './heroes.ts'
import { proseMarkdown, VERDICT_WORDS } from './prose.ts'
import { addressOf, rawPaths } from './raw.ts'
import {
  byline,
  GRADE_WORDS,
  ratioCell,
  readingSentences,
  runCounts,
  runsEach,
  sampleOf,
  standfirst,
  TOLD,
  testsOf,
  titleOf,
  twoViews,
  VALIDITY_WORDS,
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
    backends: report.backends.map((b) => ({ title: b.title, page: pageOf(b.kind, knowledge) })),
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
    problems: report.diagnostics.map((d) => ({
      where: `${d.place.file}:${d.place.line}:${d.place.column}`,
      level: d.level,
      message: d.message,
      accepted: d.accepted ?? null,
      remedy: d.accepted === undefined ? (d.remedy ?? null) : null,
      rule: d.rule,
      page: rulePage(d.rule),
    })),
    runs: runsEach(runCounts(report)),
  }
}

function rulePage(rule: string): Verbatim {
  return new Verbatim(`../method/${rule}/index.md`)
}

function pageOf(id: string | null, knowledge: readonly Knowledge[]): Verbatim | null {
  return knowledge.some((k) => k.id === id) ? new Verbatim(`../backends/${id}/index.md`) : null
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
  const because = documented.because.map(({ says, sources }) => ({
    says: says.replace(/\.$/, ''),
    sources: sources.map((s) => ({
      title: s.title,
      url: s.url ? new Verbatim(markdownAddress(s.url)) : null,
    })),
  }))
  return { title: page.title, page: pageOf(page.id, knowledge), measured: documented.measured, because }
}

/** Per told test: every comparison with the baseline on disk evidence, else between the others, else why there is none. */
function readingView(report: Report) {
  const tests = TOLD.filter((id) => report.samples.some((s) => s.metric === id && s.n > 0))
  return tests.map((id) => {
    const pairs = report.comparisons.filter((c) => c.view === 'disk' && c.metric === id)
    const ours = pairs.filter((c) => c.baseline === report.study.baseline)
    const sentences = [
      ...readingSentences(report, ours.length > 0 ? ours : pairs),
      ...leftOutWords(report, id),
    ]
    return { test: sentenceCase(metric(id).label), sentences }
  })
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
    documented: documentedView(r, knowledge),
  }))
  const plans = new Map<string, string[]>()
  for (const { wouldChange, alsoRun, title } of report.recommendations) {
    const plan = alsoRun === null ? wouldChange : wouldChange.replace(` Add ${alsoRun}.`, '')
    plans.set(plan, [...(plans.get(plan) ?? []), title])
  }
  const changes = [...plans].map(([plan, titles]) => ({ titles: listed(titles), plan }))
  const additions = report.recommendations.flatMap((r) =>
    r.alsoRun === null ? [] : [{ title: r.title, add: r.alsoRun }],
  )
  return { rows, changes, additions }
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

/** Every test of every backend: the median with its doubt, and the CPU share printed beside it. */
function numbersTable(report: Report) {
  const head = ['Test', ...report.backends.flatMap((b) => [b.title, 'CPU'])]
  const rows = testsOf(report).map((m) => [
    `${sentenceCase(m.label)}, ${unitWords(m.id)}`,
    ...report.backends.flatMap((b) => [numberCell(report, b.id, m), cpuCell(report, b.id, m)]),
  ])
  return { head, rows }
}

function numberCell(report: Report, backend: string, m: Metric): string {
  const sample = sampleOf(report, backend, m.id)
  if (!sample) return 'not run'
  const words =
    sample.validity === 'suspect' || sample.validity === 'not-disk'
      ? `, ${VALIDITY_WORDS[sample.validity]}`
      : ''
  return `${rateNumber(m.id, sample.median)}${words}`
}

function cpuCell(report: Report, backend: string, m: Metric): string {
  const own = report.runs.filter((run) => run.backend === backend)
  const sampled = sampleOf(report, backend, m.id)?.values ?? []
  const cpus = sampled.flatMap(({ run }) => own[run - 1]?.cells[m.id].cpu ?? [])
  if (cpus.length === 0) return '–'
  const [least, most] = [Math.min(...cpus), Math.max(...cpus)]
  return least === most ? `${whole(least)} %` : `${whole(least)} to ${whole(most)} %`
}

/** Every pair with the baseline in both views. */
function comparisonsTable(report: Report) {
  const head = ['Test', 'Backend', 'Against', 'Disk evidence', 'As printed', 'Verdict']
  const printed = report.comparisons.filter((c) => c.view === 'measured')
  const rows = printed.map((c) => {
    const disk = report.comparisons.find(
      (d) =>
        d.view === 'disk' && d.metric === c.metric && d.backend === c.backend && d.baseline === c.baseline,
    )
    return [
      sentenceCase(metric(c.metric).label),
      titleOf(report, c.backend),
      titleOf(report, c.baseline),
      disk ? ratioCell(disk) : 'none',
      ratioCell(c),
      disk ? verdictWords(disk) : 'no disk evidence',
    ]
  })
  return { head, rows }
}

function verdictWords(c: Comparison): string {
  if (c.verdict !== 'unclear') return c.verdict
  if (c.interval) return 'no difference shown'
  return c.spread === undefined ? 'unclear' : `unclear, ${c.spread} the usual spread`
}

function latencyTable(report: Report) {
  if (report.latencies.length === 0) return null
  const tests = testsOf(report).filter((m) => report.latencies.some((l) => l.metric === m.id))
  const head = ['Test', ...report.backends.map((b) => b.title)]
  const rows = tests.map((m) => [
    sentenceCase(m.label),
    ...report.backends.map((b) => {
      const found = report.latencies.find((l) => l.metric === m.id && l.backend === b.id)
      return found ? quantityText(m.id, 'latency', { kind: 'measured', value: found.worst_us }) : 'not run'
    }),
  ])
  return { head, rows }
}
