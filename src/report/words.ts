import { counted, countWord, listed, sentenceCase, sizeText } from '../model/format.ts'
import type { Ratio } from '../model/measurement.ts'
import { METRICS, type Metric, type MetricId, metric } from '../model/metric.ts'
import { paceWords, rangeText, ratioText } from '../model/ratio-words.ts'
import type { Comparison, Grade, Report, Sample, Validity } from '../model/report.ts'
import { fromAhead } from '../model/verdict.ts'

/** The tests an article reads aloud: those that reach the disk in large pieces or at random. */
export const TOLD: readonly MetricId[] = ['put_block', 'rewrite', 'get_block', 'seeks']

/** The doubt that stands beside a sample's number: a bound can be suspect too. */
export function doubtOf(sample: Sample | undefined): 'suspect' | 'not-disk' | null {
  if (!sample) return null
  if (sample.validity === 'suspect' || sample.validity === 'not-disk') return sample.validity
  return sample.doubted ? 'suspect' : null
}

/** What a validity is called where a number stands. */
export const VALIDITY_WORDS: Readonly<Record<Validity, string>> = {
  disk: '',
  suspect: 'suspect',
  'not-disk': 'not the disk',
  censored: 'too fast to time',
  missing: 'missing',
}

export const GRADE_WORDS: Readonly<Record<Grade, { readonly level: number; readonly words: string }>> = {
  A: { level: 3, words: 'High' },
  B: { level: 3, words: 'Good' },
  C: { level: 2, words: 'Moderate' },
  D: { level: 1, words: 'Low' },
  X: { level: 1, words: 'Failed requirement, low' },
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
  if (counts.length === 1) return counted(most, 'run')
  if (least === most) return `${counted(most, 'run')} each`
  return `${countWord(least)} ${most === least + 1 ? 'or' : 'to'} ${countWord(most)} runs`
}

/** What stands above the headline: the study's title, unless that was made of the headline. */
export function kickerOf({ study, headline }: Pick<Report, 'study' | 'headline'>): string | null {
  return study.title === headline.replace(/\.$/, '') ? null : study.title
}

export function runCounts(report: Report): number[] {
  return report.backends.map((b) => report.runs.filter((run) => run.backend === b.id).length)
}

/** A ratio with its interval or bound, as in a table. */
export function ratioCell({ ratio, interval }: Pick<Comparison, 'ratio' | 'interval'>): string {
  if (ratio.kind === 'unknown') return ratio.why
  const range = interval ? ` (${rangeText(ratio, interval)})` : ''
  return `${ratioText(ratio, interval)}${range}`
}

/** Comparisons of one test with one baseline, a sentence each; those that say the same share theirs. */
export function readingSentences(report: Report, comparisons: readonly Comparison[]): string[] {
  const groups = grouped(comparisons, (c, i) => {
    if (c.verdict === 'same') return `same ${c.baseline}`
    return c.verdict === 'unclear' && c.interval ? `${unclearWords(c)} ${c.baseline}` : String(i)
  })
  return groups
    .toSorted((a, b) => Number(b[0]?.verdict === 'same') - Number(a[0]?.verdict === 'same'))
    .flatMap((group) => {
      const [first] = group
      if (!first) return []
      if (first.verdict !== 'same' && group.length === 1) return comparisonSentence(report, first)
      return sharedSentence(report, first, group)
    })
}

/** Several backends of which one thing is to be said, each with its ratio. */
function sharedSentence(report: Report, first: Comparison, group: readonly Comparison[]): string {
  const names = sentenceCase(listed(group.map((c) => titleOf(report, c.backend))))
  const doubt = doubtWords(report, first.metric, [first.baseline, ...group.map((c) => c.backend)])
  const evidence = `${listed(group.map(ratioCell))}, ${runsEach(group.flatMap((c) => c.n))}${doubt}`
  const baseline = titleOf(report, first.baseline)
  if (first.verdict !== 'same') return `${names} against ${baseline}: ${evidence}; ${unclearWords(first)}.`
  return `${names} ${group.length === 1 ? 'is' : 'are'} the same as ${baseline} for practical purposes: ${evidence}.`
}

/** The level at which Holm's correction holds over a study. */
const SIGNIFICANT = 0.05

/** A bound nearer to 1 than this does not tell two backends apart. */
export const TELLING = 1.1

/** Whether a comparison tells who is ahead: by its verdict, or, of too few runs for one, by lying far beyond the usual spread. */
export function tells({ verdict, spread }: Pick<Comparison, 'verdict' | 'spread'>): boolean {
  return verdict === 'better' || verdict === 'worse' || spread === 'far beyond'
}

/** A ratio below this is told the other way round: nobody pictures 0.00011 times a speed. */
const TINY = 0.1

/** A comparison as a sentence with its evidence and its doubts. */
function comparisonSentence(report: Report, c: Comparison): string {
  const told = size(c.ratio) < TINY ? fromAhead(c) : c
  const { ratio, interval } = told
  const against = `${sentenceCase(titleOf(report, told.backend))} against ${titleOf(report, told.baseline)}`
  if (ratio.kind === 'unknown') return `${against}: ${ratio.why}.`
  const doubt = doubtWords(report, c.metric, [c.backend, c.baseline])
  const runs = runsEach(c.n)
  const pace = `${sentenceCase(titleOf(report, told.backend))} ${metric(c.metric).did} ${paceWords(ratio, titleOf(report, told.baseline))}`
  if (interval) {
    const evidence = `${rangeText(ratio, interval)}, ${runs}${doubt}`
    return c.verdict === 'unclear'
      ? `${against}: ${ratioText(ratio, interval)} (${evidence}), ${unclearWords(c)}.`
      : `${pace} (${evidence}).`
  }
  if (c.spread === undefined) {
    const idle = Math.abs(Math.log(size(ratio))) < Math.log(TELLING)
    const bound = `${against}: ${ratioText(ratio)} (${runs}, too fast to time in some${doubt})`
    return `${bound}${idle ? ', which does not tell them apart' : ''}.`
  }
  if (c.spread === 'within' && ratio.kind !== 'exact')
    return `${against}: ${ratioText(ratio)} (${runs}${doubt}), which does not tell them apart.`
  if (c.spread === 'within')
    return `${against}: ${ratioText(ratio)} (${runs}${doubt}), within the usual spread of runs.`
  return `${pace} (${runs}, spread unknown${doubt}).`
}

/**
 * Why an interval shows no difference. It is one comparison's own; where it lies beside 1, it is the number of
 * comparisons (Holm's correction) or the band of equivalence that keeps it from telling.
 */
export function unclearWords(comparison: Comparison): string {
  if (!liesBesideOne(comparison)) return 'no difference shown'
  const { adjusted } = comparison
  return adjusted !== undefined && adjusted > SIGNIFICANT
    ? 'not beyond chance among so many comparisons'
    : 'a difference that may be too small to matter'
}

/** Whether an interval shows a direction by itself, whatever it is worth among the others. */
export function liesBesideOne({ interval }: Comparison): boolean {
  return interval !== undefined && (interval.low > 1 || interval.high < 1)
}

/** Which of these sides are suspect on a test: `, loopback suspect`, `, all suspect`, or nothing. */
function doubtWords(report: Report, id: MetricId, backends: readonly string[]): string {
  const suspect = backends.filter((b) => doubtOf(sampleOf(report, b, id)) === 'suspect')
  if (suspect.length === 0) return ''
  if (suspect.length < backends.length) return `, ${listed(suspect.map((b) => titleOf(report, b)))} suspect`
  return backends.length === 2 ? ', both suspect' : ', all suspect'
}

/** What was compared, by what, how often, in one sentence. */
export function standfirst(report: Report): string {
  const files = new Set(report.runs.map((run) => run.path)).size
  if (files === 0) return 'No saved output could be read.'
  const verb = report.backends.length === 1 ? 'show' : 'compare'
  const names = listed(report.backends.map((b) => b.title))
  return `${sentenceCase(counted(files, 'saved output'))} of ${listed(programsOf(report))} ${files === 1 ? `${verb}s` : verb} ${names}, ${runsEach(runCounts(report))}.`
}

/** The programs that printed what a study read, with their versions. */
export function programsOf({ runs }: Report): string[] {
  const names = new Set(runs.map(programName))
  const isAmongVersions = [...names].some((name) => name.startsWith('bonnie++ '))
  return [...names].map((name) =>
    name === 'bonnie++' && isAmongVersions ? `${name} of unknown version` : name,
  )
}

function programName({ version, dialect }: Report['runs'][number]): string {
  if (version !== null) return `bonnie++ ${version}`
  return dialect.startsWith('bonnie++') ? 'bonnie++' : 'Bonnie'
}

/** Where the printed numbers and the disk evidence favour different backends, that comes first. */
export function twoViews(report: Report): string | null {
  const printed = leader(report, 'measured')
  const disk = leader(report, 'disk')
  if (!printed || printed.id === disk?.id) return null
  const title = titleOf(report, printed.id)
  const wins = listed(printed.tests.map((id) => metric(id).label))
  const counts = report.comparisons.some((c) => c.view === 'disk' && TOLD.includes(c.metric))
  const rest = disk
    ? `among what may count as the disk ${titleOf(report, disk.id)} is ahead`
    : counts
      ? 'among what may count as the disk nothing is shown to be ahead'
      : 'of this nothing may count as the disk'
  return `As printed, ${title} leads on ${wins}; ${rest}.`
}

/** The backend that is ahead on most of the told tests in a view, beyond the usual spread. */
function leader(report: Report, view: Comparison['view']): { id: string; tests: MetricId[] } | null {
  const wins = new Map<string, MetricId[]>()
  for (const c of report.comparisons.filter((one) => one.view === view && TOLD.includes(one.metric))) {
    if (!tells(c) || c.ratio.kind === 'unknown') continue
    const winner = size(c.ratio) > 1 ? c.backend : c.baseline
    wins.set(winner, [...new Set([...(wins.get(winner) ?? []), c.metric])])
  }
  const [first, second] = [...wins].toSorted((a, b) => b[1].length - a[1].length)
  if (!first || first[1].length === second?.[1].length) return null
  return { id: first[0], tests: TOLD.filter((id) => first[1].includes(id)) }
}

/** Small facts below the headline. */
export function byline(report: Report): string[] {
  const sizes = fileSizes(report)
  const file =
    sizes.length === 0 ? [] : [`${listed(sizes)} ${sizes.length === 1 ? 'test file' : 'test files'}`]
  const guest = report.facts.guest?.ram ? [`${report.facts.guest.ram} guest`] : []
  const by = report.facts.authors?.length ? [`measured by ${listed(report.facts.authors)}`] : []
  return [...file, ...guest, ...by, ...(report.facts.date ? [report.facts.date] : [])]
}

/** The sizes of the test files of a study, ascending. */
export function fileSizes({ runs }: Report): string[] {
  const sizes = [...new Set(runs.flatMap((run) => run.file_size_mib ?? []))]
  return sizes.toSorted((a, b) => a - b).map(sizeText)
}

/** The bare number behind a ratio; 1 where there is none. */
export function size(ratio: Ratio): number {
  return ratio.kind === 'exact' ? ratio.value : ratio.kind === 'unknown' ? 1 : ratio.bound
}

/** Items of one key together, in the order in which the keys first come up. */
export function grouped<T>(items: readonly T[], key: (item: T, index: number) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const [i, item] of items.entries()) {
    const name = key(item, i)
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return [...groups.values()]
}
