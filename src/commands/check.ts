import { factPlaces } from '../analysis/fact-places.ts'
import { readStudyText } from '../analysis/front-matter.ts'
import { privateNames } from '../analysis/privacy.ts'
import { visible } from '../diagnose.ts'
import { byPlace } from '../model/diagnostic.ts'
import type { Call, ExitCode } from './command.ts'
import { exitCodeFor, plural, printProblems, problemJson, tally } from './problems.ts'
import { findingsOf, type Located, locate, openResults, type Results } from './results.ts'

/** Reads results and lists every problem. */
export async function check(call: Call): Promise<ExitCode> {
  const { options, io } = call
  const { value: results, diagnostics } = await openResults(call)
  const problems: Located[] = [...diagnostics, ...findingsOf(results), ...privateOf(results)].sort(byPlace)
  const code = isEmpty(results) ? 2 : exitCodeFor(problems, options)
  const told = options.quiet ? problems.filter(({ level }) => level === 'error') : problems
  const { prefix } = results
  if (options.format === 'json') {
    io.out(JSON.stringify(checkDocument(results, told, code === 0), null, 2))
    return code
  }
  printProblems(told, options.format, io.out, { prefix, color: io.color.out })
  if (!options.quiet && code !== 2) {
    for (const line of options.format === 'text' ? missingFacts(results) : []) io.out(line)
    io.err(`${tally(problems) || 'No problems'} in ${plural(fileCount(results), 'file')}.`)
  }
  return code
}

/** Problems and files as one document, schema 1: what `--format json` prints. */
export function checkDocument(results: Results, problems: readonly Located[], ok: boolean): object {
  const { prefix, studies } = results
  return {
    schema: 1,
    ok,
    problems: problems.map((problem) => problemJson(problem, { prefix })),
    files: studies.flatMap(({ folder, report }) => {
      return report.sources.map(({ path, backend, runs }) => {
        return { file: prefix + folder.prefix + path, study: folder.slug, backend, runs }
      })
    }),
  }
}

/** Hosts, addresses and people that would be published beside the results. */
function privateOf({ studies }: Results): Located[] {
  return studies.flatMap(({ folder, report }) => {
    const { facts } = readStudyText(folder.studyText ?? '').value
    const { ofValue } = factPlaces(folder.studyText ?? '')
    return privateNames(folder, facts, report.runs, ofValue).map((problem) => locate(problem, folder))
  })
}

/** Nothing was there to be read: neither a study nor a file. */
export function isEmpty({ library }: Results): boolean {
  return library.folders.length === 0
}

function fileCount({ studies }: Results): number {
  return studies.reduce((sum, { folder }) => sum + folder.sources.length, 0)
}

/** The facts that nobody wrote down, most useful first, each with what it would strengthen. */
export function missingFacts({ prefix, studies }: Results): string[] {
  return studies
    .filter(({ report }) => report.missing.length > 0)
    .flatMap(({ folder, report }) => [
      `\n${visible(`${prefix}${folder.prefix}`)}study.md could say more:`,
      // the titles of backends are the author's
      ...report.missing.map(({ key, fact, strengthens }) => visible(`  ${key} (${fact}): ${strengthens}`)),
    ])
}
