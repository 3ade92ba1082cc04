import { standings } from '../analysis/pair.ts'
import { knowledgeOf } from '../build.ts'
import { Refusal } from '../disk.ts'
import { kindOf, readTemplates } from '../files.ts'
import { listed } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import { prepared } from '../prepared.ts'
import { isEmpty } from './check.ts'
import { type Call, type ExitCode, UsageError } from './command.ts'
import {
  checkBackend,
  hintOrAll,
  lostPlace,
  noBackend,
  statusSentences,
  studyNamed,
  textOrJson,
} from './lookup.ts'
import { pairDocument, pairLines } from './pair-lines.ts'
import { exitCodeFor, printProblems, problemsOfOutputs } from './problems.ts'
import { type Located, openResults, type Results } from './results.ts'
import { studyOfSides } from './sides.ts'

/** What can be the id of a backend. */
const BACKEND = /^[a-z0-9][a-z0-9-]*$/i

/** Two backends and the report that compares them. */
export interface Pair {
  readonly report: Report
  /** the study they are of; null for two places of no study */
  readonly slug: string | null
  /** ids of A and of B */
  readonly ids: readonly [string, string]
  /** how sentences call them */
  readonly titles: readonly [string, string]
  /** what else to know before believing it, as sentences */
  readonly caveats: readonly string[]
  /** what is wrong with their files; places lead there */
  readonly problems: readonly Located[]
}

/** The verdict on B against A, two backends or two places: 1 if B is worse on any test of the disk view. */
export async function compare(call: Call): Promise<ExitCode> {
  const { options, io } = call
  const [a, b] = call.operands
  const format = textOrJson(options, 'compare')
  if (a === undefined || b === undefined)
    throw new UsageError('compare needs two backends, or two files or folders: compare A B.')
  if (a === b) throw new UsageError(`There is nothing to compare "${a}" with but itself.`)
  const pair = arePlaces(call) ? await pairOfPlaces(a, b) : await pairOfBackends(a, b, call)
  if (pair === null) return 2
  const [base, other] = pair.ids
  const found = standings(pair.report, other, base)
  const told = pair.problems.filter(
    ({ level }) => level === 'error' || (!options.quiet && level === 'warning'),
  )
  if (format === 'json') io.out(JSON.stringify(pairDocument(pair, found), null, 2))
  else {
    for (const line of pairLines(pair, found, io.columns)) io.out(line)
    printProblems(told, 'text', io.err, { color: io.color.err })
  }
  return found.some(({ verdict }) => verdict === 'worse') ? 1 : exitCodeFor(pair.problems, { strict: false })
}

/** Whether two files or folders are meant: a third word or a study says that backends are. */
function arePlaces({ operands: [a = '', b = '', ...more], options }: Call): boolean {
  if (more.length > 0 || options.study !== undefined) return false
  const lost = [a, b].find((word) => kindOf(word) === null && !BACKEND.test(word))
  if (lost !== undefined) throw lostPlace(lost)
  return kindOf(a) !== null && kindOf(b) !== null
}

async function pairOfPlaces(a: string, b: string): Promise<Pair> {
  const { analyse } = await import('../build.ts')
  const knowledge = knowledgeOf(readTemplates(), prepared)
  const { study, ids, titles, placeOf } = studyOfSides([a, b], knowledge)
  const report = analyse(study, knowledge)
  const problems = problemsOfOutputs(report, placeOf)
  return { report, slug: null, ids, titles, caveats: otherMachines(report, ids), problems }
}

/** The pair as the results hold it; null where they hold nothing, which is told. */
async function pairOfBackends(a: string, b: string, call: Call): Promise<Pair | null> {
  const { options, io } = call
  const results = call.operands[2]
  const isWanted = (slug: string) => options.study === undefined || slug === options.study
  const opened = await openResults({ ...call, operands: results === undefined ? [] : [results] }, isWanted)
  const { prefix } = opened.value
  if (isEmpty(opened.value)) {
    if (results === undefined && kindOf(opened.value.folder) === null)
      throw noBackend(kindOf(a) === null ? a : b)
    printProblems(opened.diagnostics, 'text', io.err, { prefix, color: io.color.err })
    return null
  }
  const { folder, report } = studyOf(opened.value, a, b, options.study)
  const problems = problemsOfOutputs(report, (file) => prefix + folder.prefix + file)
  const titleOf = (id: string) => report.backends.find((x) => x.id === id)?.title ?? id
  return {
    report,
    slug: folder.slug,
    ids: [a, b],
    titles: [titleOf(a), titleOf(b)],
    caveats: statusSentences(report),
    problems,
  }
}

/** Where the outputs name the machines they ran on, and no machine ran both. */
function otherMachines({ runs }: Report, ids: readonly [string, string]): string[] {
  const named = (id: string) => [
    ...new Set(runs.flatMap(({ backend, name }) => (backend === id && name !== '' ? [name] : []))),
  ]
  const [a, b] = [named(ids[0]), named(ids[1])]
  if (a.length === 0 || b.length === 0 || a.some((name) => b.includes(name))) return []
  return [`They ran on machines of other names, ${listed(b)} against ${listed(a)}.`]
}

/** The study that is named, or the only one that holds both backends. */
function studyOf(
  results: Results,
  a: string,
  b: string,
  slug: string | undefined,
): Results['studies'][number] {
  const holds = ({ report }: Results['studies'][number], id: string) =>
    report.backends.some((x) => x.id === id)
  if (slug !== undefined) {
    const named = studyNamed(results, slug)
    for (const id of [a, b]) checkBackend(named.report, id)
    return named
  }
  const [only, ...others] = results.studies.filter((study) => holds(study, a) && holds(study, b))
  const slugs = (of: Results['studies']) => of.map(({ folder }) => folder.slug).join(', ')
  if (only && others.length === 0) return only
  if (only)
    throw new Refusal(
      `Several studies hold both ${a} and ${b}; say which with --study: ${slugs([only, ...others])}.`,
    )
  for (const id of [a, b]) checkAnywhere(results, id)
  const where = [a, b].map(
    (id) => `${id} is in ${slugs(results.studies.filter((study) => holds(study, id)))}`,
  )
  throw new Refusal(
    `No study holds both ${a} and ${b}: ${where.join('; ')}.`,
    'Only what one study measured can be compared by name; name two folders to compare them all the same.',
  )
}

function checkAnywhere({ studies }: Results, id: string): void {
  const ids = [...new Set(studies.flatMap(({ report }) => report.backends.map((x) => x.id)))]
  if (!ids.includes(id))
    throw new Refusal(`There is no file, folder or backend "${id}".${hintOrAll(id, ids)}`)
}
