import { knowledgeOf } from '../build.ts'
import { visible } from '../diagnose.ts'
import { Refusal } from '../disk.ts'
import { listed } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import { filesNeeded, newStudies, planScript, questionWords } from '../report/plan-script.ts'
import { isEmpty } from './check.ts'
import type { Call, ExitCode } from './command.ts'
import { statusSentences, studyNamed, textOrJson } from './lookup.ts'
import { exitCodeFor, printProblems, problemsOfOutputs } from './problems.ts'
import { openResults, type Results } from './results.ts'

/** The measurement that would settle what a study leaves open, as a shell script for the guest. */
export async function plan(call: Call): Promise<ExitCode> {
  const { options, io } = call
  const format = textOrJson(options, 'plan')
  const { slug, folder } = wordsOf(call.operands)
  const where = { ...call, operands: folder === undefined ? [] : [folder] }
  const opened = await openResults(where, (each) => slug === undefined || each === slug)
  const { value: results, diagnostics } = opened
  if (isEmpty(results)) {
    printProblems(diagnostics, 'text', io.err, { prefix: results.prefix, color: io.color.err })
    return 2
  }
  const study = slug === undefined ? onlyStudy(results) : studyNamed(results, slug)
  const placeOf = (file: string) => results.prefix + study.folder.prefix + file
  const problems = problemsOfOutputs(study.report, placeOf).filter(({ level }) => level === 'error')
  printProblems(problems, 'text', io.err, { color: io.color.err })
  if (format === 'json') io.out(JSON.stringify(document(study, results), null, 2))
  else {
    if (!options.quiet) for (const line of summary(study.report)) io.err(line)
    for (const line of script(study, results)) io.out(line)
  }
  return exitCodeFor(problems, { strict: false })
}

type Study = Results['studies'][number]

/** A word alone is a study, unless only a folder can be called so. */
function wordsOf([first, second]: readonly string[]): { slug?: string; folder?: string } {
  if (first === undefined) return {}
  if (second !== undefined) return { slug: first, folder: second }
  return /^[a-z0-9-]+$/i.test(first) ? { slug: first } : { folder: first }
}

function onlyStudy({ studies }: Results): Study {
  const [only, ...others] = studies
  if (only && others.length === 0) return only
  const slugs = studies.map(({ folder }) => folder.slug).join(', ')
  throw new Refusal(`There are several studies; say which: ${slugs}.`)
}

/** What is open, as lines for whoever waits for the script. */
export function summary(report: Report): string[] {
  const { plan, study, backends } = report
  const status = statusSentences(report).map(visible)
  if (backends.length === 0)
    return [...status, `No output of ${study.slug} could be read, so there is nothing to plan from.`]
  if (plan === null) return [...status, `Nothing is open in ${study.slug}: every workload has its verdict.`]
  const words = [...new Set(plan.questions.map(questionWords))].map((words) => {
    const alike = plan.questions.filter((question) => questionWords(question) === words)
    return `${listed(alike.map(({ title }) => title.toLowerCase()))}: ${words}`
  })
  return [...status, `Open in ${study.slug}: ${words.join('; ')}.`]
}

/** Nothing where nothing is open, and where nothing could be read. */
function script({ report }: Study, { templates, library }: Results): string[] {
  const { plan, backends } = report
  if (plan === null || backends.length === 0) return []
  const taken = library.folders.map(({ slug }) => slug)
  return planScript(report, plan, { templates, knowledge: knowledgeOf(templates), taken })
    .trimEnd()
    .split('\n')
}

/** The plan as one document, schema 1; the slugs are those of the studies that the script would write. */
function document({ report }: Study, { library }: Results): object {
  const { plan, study } = report
  const taken = library.folders.map(({ slug }) => slug)
  const names = plan && newStudies(report, plan, taken)
  return {
    schema: 1,
    study: study.slug,
    status: study.status,
    plan,
    num_files: plan && filesNeeded(report),
    studies: names && [names.main, ...(names.sync === null ? [] : [names.sync])],
  }
}
