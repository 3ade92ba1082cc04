import {
  counted,
  countWord,
  factor,
  listed,
  rateNumber,
  sentenceCase,
  sizeText,
  times,
  unitWords,
} from '../model/format.ts'
import type { Ratio } from '../model/measurement.ts'
import { METRICS, type Metric, type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Finding, Grade, Report, Sample, Validity } from '../model/report.ts'

/** The tests an article reads aloud: those that reach the disk in large pieces or at random. */
export const TOLD: readonly MetricId[] = ['put_block', 'rewrite', 'get_block', 'seeks']

/** What a validity is called where a number stands. */
export const VALIDITY_WORDS: Readonly<Record<Validity, string>> = {
  disk: '',
  suspect: 'suspect',
  'not-disk': 'not the disk',
  censored: 'too fast to time',
  missing: 'missing',
}

export const GRADE_WORDS: Readonly<Record<Grade, { readonly level: number; readonly words: string }>> = {
  A: { level: 3, words: 'High confidence' },
  B: { level: 3, words: 'Good confidence' },
  C: { level: 2, words: 'Moderate confidence' },
  D: { level: 1, words: 'Low confidence' },
  X: { level: 1, words: 'Fails a requirement' },
}

/** How a backend is called in sentences. */
export function titleOf(report: Report, id: string): string {
  return report.backends.find((b) => b.id === id)?.title ?? id
}

export function sampleOf(report: Report, backend: string, id: MetricId): Sample | undefined {
  return report.samples.find((s) => s.backend === backend && s.metric === id)
}

/** Tests that any backend of the study ran, in bonnie++'s order. */
export function testsOf(report: Report): readonly Metric[] {
  return METRICS.filter((m) => report.samples.some((s) => s.metric === m.id))
}

/** `one run each`, `six runs each`, `four to six runs each`. */
export function runsEach(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  if (counts.length === 0) return 'no runs'
  return least === most
    ? `${counted(most, 'run')} each`
    : `${countWord(least)} to ${counted(most, 'run')} each`
}

export function runCounts(report: Report): number[] {
  return report.backends.map((b) => report.runs.filter((run) => run.backend === b.id).length)
}

/** A ratio with its interval or bound, as in a table. */
export function ratioCell({ ratio, interval }: Comparison): string {
  if (ratio.kind === 'unknown') return ratio.why
  const range = interval ? ` (${factor(interval.low)} to ${factor(interval.high)})` : ''
  return `${boundWords(ratio)}${range}`
}

function boundWords(ratio: Exclude<Ratio, { kind: 'unknown' }>): string {
  if (ratio.kind === 'exact') return factor(ratio.value)
  return ratio.kind === 'at least'
    ? `at least ${factor(ratio.bound, 'down')}`
    : `at most ${factor(ratio.bound, 'up')}`
}

/** A bound nearer to 1 than this tells two backends not apart. */
const TELLING = 1.1

/** Comparisons of one test with one baseline, a sentence each; those that are the same share theirs. */
export function readingSentences(report: Report, comparisons: readonly Comparison[]): string[] {
  const same = comparisons.filter((c) => c.verdict === 'same')
  const others = comparisons.filter((c) => c.verdict !== 'same').map((c) => comparisonSentence(report, c))
  const [first] = same
  if (!first) return others
  const names = listed(same.map((c) => titleOf(report, c.backend)))
  const ratios = listed(same.map(ratioCell))
  const verb = same.length === 1 ? 'is' : 'are'
  const alike = `${sentenceCase(names)} ${verb} the same as ${titleOf(report, first.baseline)} for practical purposes: ${ratios}, ${runsEach(same.flatMap((c) => c.n))}.`
  return [alike, ...others]
}

/** A comparison as a sentence with its evidence. */
function comparisonSentence(report: Report, c: Comparison): string {
  const [a, b] = [titleOf(report, c.backend), titleOf(report, c.baseline)]
  const evidence = c.interval
    ? `${factor(c.interval.low)} to ${factor(c.interval.high)}, ${runsEach(c.n)}`
    : spreadWords(c)
  if (c.ratio.kind === 'unknown') return `${sentenceCase(a)} against ${b}: ${c.ratio.why}.`
  if (c.verdict === 'unclear' && c.interval)
    return `${sentenceCase(a)} against ${b}: ${boundWords(c.ratio)} (${evidence}), no difference shown.`
  if (c.spread === undefined && !c.interval) {
    const idle = Math.abs(Math.log(size(c.ratio))) < Math.log(TELLING)
    return `${sentenceCase(a)} against ${b}: ${boundWords(c.ratio)} (${evidence})${idle ? ', which tells them not apart' : ''}.`
  }
  const { did } = metric(c.metric)
  const value = c.ratio.kind === 'exact' ? c.ratio.value : c.ratio.bound
  const pace =
    value < 1
      ? `${boundWords(c.ratio)} times the speed of ${b}`
      : `${boundWords(c.ratio)} times as fast as ${b}`
  return `${sentenceCase(a)} ${did} ${value < 1 ? 'at ' : ''}${pace} (${evidence}).`
}

function spreadWords(c: Comparison): string {
  const runs = runsEach(c.n)
  if (c.spread === undefined) return `${runs}, too fast to time in some`
  return c.spread === 'far beyond' ? `${runs}, spread unknown` : `${runs}, within the usual spread of runs`
}

/** The hero numbers of the verdict card: the widest ratio of each block test, as printed, with its doubt. */
export interface Hero {
  readonly label: string
  readonly big: string
  readonly small: string
  readonly backend: string
  readonly validity: Validity
}

export function heroes(report: Report): Hero[] {
  return (['put_block', 'rewrite', 'get_block'] as const).flatMap((id) => {
    const against = report.comparisons.filter(
      (c) => c.view === 'measured' && c.metric === id && c.baseline === report.study.baseline,
    )
    const widest = against
      .filter((c) => c.ratio.kind !== 'unknown')
      .toSorted((x, y) => Math.abs(Math.log(size(y.ratio))) - Math.abs(Math.log(size(x.ratio))))[0]
    return widest ? [hero(report, widest)] : []
  })
}

function size(ratio: Ratio): number {
  return ratio.kind === 'exact' ? ratio.value : ratio.kind === 'unknown' ? 1 : ratio.bound
}

/** Nearer to 1 than this, nobody is called ahead. */
const LEVEL = 1.05

function hero(report: Report, c: Comparison): Hero {
  const up = size(c.ratio) >= 1
  const [ahead, behind] = up ? [c.backend, c.baseline] : [c.baseline, c.backend]
  const x = up ? size(c.ratio) : 1 / size(c.ratio)
  const [fast, slow] = [sampleOf(report, ahead, c.metric), sampleOf(report, behind, c.metric)]
  const validity = [fast?.validity, slow?.validity].find((v) => v === 'not-disk' || v === 'suspect') ?? 'disk'
  const numbers =
    fast && slow
      ? `${rateNumber(c.metric, fast.median)} against ${rateNumber(c.metric, slow.median)} ${unitWords(c.metric)}`
      : ''
  const doubt =
    validity === 'disk'
      ? ''
      : `, ${validity === 'suspect' ? suspectWords(fast, slow) : VALIDITY_WORDS[validity]}`
  return {
    label: sentenceCase(metric(c.metric).label),
    big: c.ratio.kind === 'exact' ? times(x) : `>${times(x, 'down')}`,
    small: `${x < LEVEL ? `${titleOf(report, ahead)} and ${titleOf(report, behind)} level` : `${titleOf(report, ahead)} ahead`}${doubt}: ${numbers}`,
    backend: ahead,
    validity,
  }
}

function suspectWords(...sides: readonly (Sample | undefined)[]): string {
  return sides.every((s) => s?.validity === 'suspect') ? 'both suspect' : 'one side suspect'
}

/** What was compared, by what, how often, in one sentence. */
export function standfirst(report: Report): string {
  const versions = [
    ...new Set(report.runs.map((run) => (run.version === null ? 'Bonnie' : `bonnie++ ${run.version}`))),
  ]
  const files = counted(report.sources.filter((s) => s.runs > 0).length, 'saved output')
  const names = listed(report.backends.map((b) => b.title))
  return `${sentenceCase(files)} of ${listed(versions)} ${report.backends.length === 1 ? 'show' : 'compare'} ${names}, ${runsEach(runCounts(report))}.`
}

/** Where the printed numbers and the disk evidence favour different backends, that comes first. */
export function twoViews(report: Report): string | null {
  const printed = leader(report, 'measured')
  const disk = leader(report, 'disk')
  if (!printed || printed.id === disk?.id) return null
  const title = titleOf(report, printed.id)
  const wins = listed(printed.tests.map((id) => metric(id).label))
  const rest = disk
    ? `on the tests that measured the disk ${titleOf(report, disk.id)} is`
    : 'on the tests that measured the disk nobody is'
  return `As printed, ${title} leads on ${wins}; ${rest} ahead.`
}

/** The backend that is ahead on most of the told tests in a view, beyond the usual spread. */
function leader(report: Report, view: Comparison['view']): { id: string; tests: MetricId[] } | null {
  const wins = new Map<string, MetricId[]>()
  for (const c of report.comparisons.filter((one) => one.view === view && TOLD.includes(one.metric))) {
    const clear = c.spread === 'far beyond' || c.verdict === 'better' || c.verdict === 'worse'
    if (!clear || c.ratio.kind === 'unknown') continue
    const winner = size(c.ratio) > 1 ? c.backend : c.baseline
    wins.set(winner, [...new Set([...(wins.get(winner) ?? []), c.metric])])
  }
  const [first, second] = [...wins].toSorted((a, b) => b[1].length - a[1].length)
  if (!first || first[1].length === second?.[1].length) return null
  return { id: first[0], tests: TOLD.filter((id) => first[1].includes(id)) }
}

/** Small facts below the headline. */
export function byline(report: Report): string[] {
  const sizes = [...new Set(report.runs.flatMap((run) => run.file_size_mib ?? []))].toSorted((a, b) => a - b)
  const file =
    sizes.length === 0
      ? []
      : [`${listed(sizes.map(sizeText))} ${sizes.length === 1 ? 'test file' : 'test files'}`]
  const guest = report.facts.guest?.ram ? [`${report.facts.guest.ram} guest`] : []
  const by = report.facts.authors?.length ? [`measured by ${listed(report.facts.authors)}`] : []
  return [...file, ...guest, ...by, ...(report.facts.date ? [report.facts.date] : [])]
}

/** What is doubted about some tests of a backend, with every reason. */
export interface DoubtWords {
  readonly tests: string
  readonly state: string
  readonly reasons: readonly { readonly message: string; readonly rule: string }[]
}

/** Doubts of one backend: what is not the disk first; tests that share a reason, and reasons that share their tests, together. */
export function doubtsOf(report: Report, backend: string): DoubtWords[] {
  const own = report.findings.filter((f) => f.backend === backend && f.effect)
  // a test that is not the disk needs no second doubt
  const out = new Set(own.filter((f) => f.effect === 'not-disk').map((f) => f.metric))
  const told = own.filter((f) => f.effect === 'not-disk' || !out.has(f.metric))
  const reasons = grouped(told, (f) => `${f.effect} ${f.rule} ${f.rule === 'cpu-bound' ? '' : f.message}`)
  const words = reasons.map((group) => ({
    tests: sentenceCase(listed(group.flatMap((f) => (f.metric ? [metric(f.metric).label] : [])))),
    effect: group[0]?.effect,
    message: group.length > 1 && group[0]?.rule === 'cpu-bound' ? cpuWords(group) : (group[0]?.message ?? ''),
    rule: group[0]?.rule ?? '',
  }))
  return grouped(words, (w) => `${w.effect} ${w.tests}`)
    .map((group) => ({
      tests: group[0]?.tests ?? '',
      state: group[0]?.effect === 'suspect' ? 'suspect' : 'not the disk',
      reasons: group.map(({ message, rule }) => ({ message, rule })),
    }))
    .toSorted((a, b) => Number(a.state === 'suspect') - Number(b.state === 'suspect'))
}

function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return [...groups.values()]
}

/** Several tests that the processor limited, in one sentence. */
function cpuWords(group: readonly Finding[]): string {
  const shares = group.flatMap((f) => f.value ?? [])
  const [least, most] = [Math.round(Math.min(...shares)), Math.round(Math.max(...shares))]
  const range = least === most ? `${most} %` : `${least} to ${most} %`
  return group[0]?.effect === 'suspect'
    ? `At ${range} CPU these were partly limited by the processor.`
    : `At ${range} CPU these show the speed of the processor, not of storage.`
}
