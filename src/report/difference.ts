import type { Diagnostic } from '../model/diagnostic.ts'
import type { Advice, Change, StudyDifference, Turnover } from '../model/difference.ts'
import { counted, listed, rateText, sentenceCase } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import type { Finding } from '../model/report.ts'
import { escapeMarkdown } from './escape.ts'

/*
 * Differences as Markdown for a pull request: what flips first, then the doubts and problems behind it, then numbers,
 * then what came and went.
 */

/** All differences of a blog since a revision. */
export interface Differences {
  /** as the user called it, and the commit it is */
  readonly revision: string
  readonly commit: string
  readonly studies: readonly StudyDifference[]
  /** problems that lie in no study; places are relative to results/ */
  readonly problems: StudyDifference['problems']
}

/** Verdicts on workloads, comparisons and claims that are not what they were. */
export function flipsOf({ verdicts, comparisons, claims }: StudyDifference): number {
  return verdicts.filter(({ flips }) => flips).length + comparisons.length + claims.length
}

/** The lines of the Markdown; `prefix` leads to results/. */
export function differenceLines(
  { revision, commit, studies, problems }: Differences,
  prefix: string,
): string[] {
  const told = studies.filter(({ kind }) => kind !== 'same' && kind !== 'meant the same')
  const since = revision === commit ? commit : `${plain(revision)} (${commit})`
  return [
    `# What the results say now, against ${since}`,
    '',
    summary(studies, told, problems),
    ...section('Problems outside the studies', problemItems(problems, prefix)),
    ...told.flatMap((study) => studyLines(study, prefix)),
  ]
}

function summary(
  studies: readonly StudyDifference[],
  told: readonly StudyDifference[],
  { appeared, gone }: StudyDifference['problems'],
): string {
  const silent = studies.filter(({ kind }) => kind === 'meant the same').length
  const reworded =
    silent === 0 ? '' : ` ${sentenceCase(counted(silent, 'study', 'studies'))} changed in no conclusion.`
  if (told.length === 0)
    return `${appeared.length + gone.length === 0 ? 'No change in meaning' : 'No study changed'}.${reworded}`
  const flips = told.reduce((sum, study) => sum + flipsOf(study), 0)
  const parts = (['added', 'removed', 'changed'] as const).flatMap((kind) => {
    const count = told.filter((study) => study.kind === kind).length
    return count === 0 ? [] : `${counted(count, 'study', 'studies')} ${kind}`
  })
  const flipped =
    flips === 0
      ? 'No verdict flips'
      : `**${sentenceCase(counted(flips, 'verdict'))} ${flips === 1 ? 'flips' : 'flip'}**`
  return `${flipped}: ${listed(parts)}.${reworded}`
}

function studyLines(study: StudyDifference, prefix: string): string[] {
  const { slug, title, kind, was } = study
  return [
    '',
    `## ${plain(slug)}: ${plain(title)}`,
    ...(kind === 'changed' ? [] : ['', `This study is ${kind === 'added' ? 'new' : 'gone'}.`]),
    ...(was === null ? [] : ['', `Its folder was ${plain(was)}.`]),
    ...conclusions(study),
    ...section('Doubts', turnoverItems(study.doubts, doubtWords)),
    ...section('Problems', problemItems(study.problems, slug === 'main' ? prefix : `${prefix}${slug}/`)),
    ...table(
      'Medians',
      ['Backend', 'Test'],
      study.numbers,
      (each) => [each.backend, metric(each.metric).label],
      (median, each) => rateText(each.metric, median),
    ),
    ...section('Backends and runs', [
      ...turnoverItems(study.backends, plain),
      ...study.runs.map(
        ({ backend, before, after }) => `- ${plain(backend)}: ${before} → ${counted(after, 'run')}`,
      ),
    ]),
  ]
}

function conclusions({ kind, verdicts, comparisons, claims, headline, status }: StudyDifference): string[] {
  const flips = verdicts.filter((each) => each.flips || kind !== 'changed')
  const graded = verdicts.filter((each) => !flips.includes(each))
  const itself = (word: string) => word
  return [
    ...table('Verdicts', ['Workload'], flips, ({ title }) => [title], adviceWords),
    ...table(
      'Comparisons on disk evidence',
      ['Test', 'Backend', 'Against'],
      comparisons,
      (each) => [metric(each.metric).label, each.backend, each.baseline],
      itself,
    ),
    ...table('Claims of the prose', ['Claim'], claims, ({ expression }) => [expression], itself),
    ...table('Grades', ['Workload'], graded, ({ title }) => [title], adviceWords),
    ...section('Headline', changeItems(headline)),
    ...section('Status', changeItems(status)),
  ]
}

function changeItems(change: Change<string> | null): string[] {
  return change === null ? [] : [`- now: ${plain(change.after)}`, `- before: ${plain(change.before)}`]
}

function turnoverItems<T>({ appeared, gone }: Turnover<T>, words: (item: T) => string): string[] {
  return [...appeared.map((item) => `- new: ${words(item)}`), ...gone.map((item) => `- gone: ${words(item)}`)]
}

function problemItems(problems: Turnover<Diagnostic>, prefix: string): string[] {
  return turnoverItems(problems, ({ level, rule, message, place: { file, line, column } }) => {
    return `${plain(`${prefix}${file}:${line}:${column}`)}: ${level}: ${plain(message)} ${plain(`[${rule}]`)}`
  })
}

function doubtWords({ backend, metric: id, message, rule }: Finding): string {
  const what = id === undefined ? plain(backend) : `${plain(backend)}, ${metric(id).label}`
  return `${what}: ${plain(message)} ${plain(`[${rule}]`)}`
}

function adviceWords(advice: Advice | null): string {
  if (advice === null) return '–'
  const { verdict, choice, grade } = advice
  return `${verdict}${choice === null ? '' : `: ${choice}`} (grade ${grade})`
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `### ${heading}`, '', ...lines]
}

/** A table of changes: what each is about, then both sides. */
function table<T extends Change<unknown>>(
  heading: string,
  heads: readonly string[],
  rows: readonly T[],
  about: (row: T) => readonly string[],
  words: (value: T['before' | 'after'], row: T) => string,
): string[] {
  if (rows.length === 0) return []
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const all = [...heads, 'Before', 'Now']
  const lines = rows.map((each) =>
    row([...about(each), words(each.before, each), words(each.after, each)].map(plain)),
  )
  return section(heading, [row(all), row(all.map(() => '---')), ...lines])
}

/** Somebody's text, which calls nobody and leads nowhere: GitHub makes links of `@name` and `#12` even where they are escaped. */
function plain(text: string): string {
  return escapeMarkdown(text).replace(/(\\@|#)(?=\w)/g, '$1<!-- -->')
}
