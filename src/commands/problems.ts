import {
  annotation,
  diagnosticGithub,
  diagnosticJson,
  type FormatOptions,
  formatDiagnostic,
} from '../diagnose.ts'
import { byPlace } from '../model/diagnostic.ts'
import { whole } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import type { ExitCode, Options } from './command.ts'
import type { Located } from './results.ts'

/** Prints problems one after another in the chosen format. */
export function printProblems(
  problems: readonly Located[],
  format: Options['format'],
  print: (line: string) => void,
  options: FormatOptions,
): void {
  if (format === 'github') for (const line of annotations(problems, options)) print(line)
  else
    for (const problem of problems) {
      if (format === 'json') print(JSON.stringify(problemJson(problem, options)))
      else print(formatDiagnostic(problem, options))
    }
}

/** GitHub keeps so many annotations of each level from a step, and drops the others without a word. */
const MOST_ANNOTATIONS = 10

/** Annotations of the first problems of each level, the last one saying how many more the log lists below them. */
function annotations(problems: readonly Located[], options: FormatOptions): string[] {
  const levels = ['error', 'warning', 'note'] as const
  const parts = levels.map((level) => {
    const own = variedFirst(problems.filter((problem) => problem.level === level))
    const room = own.length > MOST_ANNOTATIONS ? MOST_ANNOTATIONS - 1 : own.length
    const rest = own.slice(room)
    const shown = own.slice(0, room).map((problem) => diagnosticGithub(problem, options))
    if (rest.length === 0) return { shown, rest }
    const title = `${whole(rest.length)} more ${plural(rest.length, level).replace(/^\S+ /, '')}`
    return { shown: [...shown, annotation(level, { title }, 'The log of this step lists them.')], rest }
  })
  const rest = parts.flatMap((part) => part.rest).toSorted(byPlace)
  const listed = rest.map(({ excerpt: _, ...problem }) => formatDiagnostic(problem, options))
  const log =
    rest.length === 0 ? [] : [`::group::${plural(rest.length, 'more problem')}`, ...listed, '::endgroup::']
  return [...parts.flatMap((part) => part.shown), ...log]
}

/** The first of each rule in each file before the second of any: what is new to the reader is worth most. */
function variedFirst(problems: readonly Located[]): Located[] {
  const met = new Map<string, number>()
  const ranked = problems.map((problem) => {
    const kind = JSON.stringify([problem.rule, problem.place.file])
    const rank = met.get(kind) ?? 0
    met.set(kind, rank + 1)
    return { problem, rank }
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ problem }) => problem)
}

/** What is wrong with the saved outputs. What the prose says of them does not touch their numbers. */
export function problemsOfOutputs({ diagnostics }: Report, placeOf: (file: string) => string): Located[] {
  return diagnostics
    .filter(({ place }) => place.file !== 'study.md')
    .map((d) => ({ ...d, place: { ...d.place, file: placeOf(d.place.file) } }))
    .sort(byPlace)
}

/** A problem as the machine-readable formats tell it. */
export function problemJson(problem: Located, options: FormatOptions): object {
  const { backend, metric, runs } = problem
  return {
    ...diagnosticJson(problem, options),
    ...(backend !== undefined && { backend }),
    ...(metric !== undefined && { metric }),
    ...(runs !== undefined && { runs }),
  }
}

/** 1 for any error, and under --strict for any warning. */
export function exitCodeFor(problems: readonly Located[], { strict }: Pick<Options, 'strict'>): ExitCode {
  return problems.some(({ level }) => level === 'error' || (strict && level === 'warning')) ? 1 : 0
}

/** `2 errors, 1 warning`, or nothing. */
export function tally(problems: readonly Located[]): string {
  const levels = ['error', 'warning', 'note'] as const
  const counts = levels.map((level) => [problems.filter((p) => p.level === level).length, level] as const)
  return counts
    .filter(([n]) => n > 0)
    .map(([n, level]) => plural(n, level))
    .join(', ')
}

/** `1 study`, `5 studies`. */
export function plural(n: number, noun: string, many = `${noun}s`): string {
  return `${whole(n)} ${n === 1 ? noun : many}`
}
