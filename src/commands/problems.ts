import { diagnosticGithub, diagnosticJson, type FormatOptions, formatDiagnostic } from '../diagnose.ts'
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
  for (const problem of problems) {
    if (format === 'github') print(diagnosticGithub(problem, options))
    else if (format === 'json') print(JSON.stringify(problemJson(problem, options)))
    else print(formatDiagnostic(problem, options))
  }
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
