import { trailOf } from '../analysis/trail.ts'
import { knowledgeOf } from '../build.ts'
import { Refusal } from '../disk.ts'
import { megabytes } from '../model/format.ts'
import { linesOf, tokenAt } from '../model/lines.ts'
import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import type { CellTrail, Trail } from '../model/trail.ts'
import { isEmpty } from './check.ts'
import { type Call, type ExitCode, UsageError } from './command.ts'
import { checkBackend, hintOrAll, studyNamed, textOrJson } from './lookup.ts'
import { printProblems } from './problems.ts'
import { openResults, type Results } from './results.ts'
import { trailLines } from './trail-lines.ts'

/** A cell's token where it was saved. `file` leads there from the working folder. */
export interface Saved {
  readonly file: string
  readonly line: number
  readonly column: number
  /** the whole line */
  readonly text: string
  readonly token: string
}

/** All there is to tell about a cell. */
export interface Explained {
  readonly report: Report
  /** as it was asked for: `loopback.put_block#2` */
  readonly name: string
  readonly run: number | null
  readonly trail: Trail
  /** null where nothing stands in the file */
  savedOf(cell: CellTrail): Saved | null
  /** where the run stands, for whoever looks for a cell that does not */
  placeOf(cell: CellTrail): string
}

/** The way of a number from the bytes as saved to the sentences that rest on it. */
export async function explain(call: Call): Promise<ExitCode> {
  const { options, io } = call
  const [slug, name, folder] = call.operands
  const format = textOrJson(options, 'explain')
  if (slug === undefined || name === undefined)
    throw new UsageError('explain needs a study and a cell: explain STUDY loopback.put_block#1.')
  const where = { ...call, operands: folder === undefined ? [] : [folder] }
  const { value: results, diagnostics } = await openResults(where, (each) => each === slug)
  if (isEmpty(results)) {
    printProblems(diagnostics, 'text', io.err, { prefix: results.prefix, color: io.color.err })
    return 2
  }
  const study = studyNamed(results, slug)
  const cell = cellNamed(study.report, name)
  const trail = trailOf(study.report, knowledgeOf(results.templates), cell)
  const savedOf = (of: CellTrail) => saved(of, study, results.prefix)
  const placeOf = ({ run }: CellTrail) => `${results.prefix}${study.folder.prefix}${run.path}:${run.line}:1`
  const found = { report: study.report, name, run: cell.run, trail, savedOf, placeOf }
  if (format === 'json') io.out(JSON.stringify(explainDocument(found), null, 2))
  else for (const line of trailLines(found, io.columns)) io.out(line)
  return 0
}

/** `backend.metric` or `backend.metric#run`. Throws a Refusal that says what is not there. */
function cellNamed(
  report: Report,
  name: string,
): { readonly backend: string; readonly metric: MetricId; readonly run: number | null } {
  const [, backend = '', id = '', , number] = /^(.*)\.([^.#]*)(#(.*))?$/s.exec(name) ?? []
  if (backend === '' || id === '')
    throw new Refusal(
      `Expected a cell such as loopback.put_block#1, got "${name}".`,
      `A cell is a backend, a dot and a test: ${METRIC_IDS.join(', ')}.`,
    )
  checkBackend(report, backend)
  const known = METRIC_IDS.find((each) => each === id)
  if (!known) throw new Refusal(`There is no test "${id}".${hintOrAll(id, METRIC_IDS)}`)
  if (number === undefined) return { backend, metric: known, run: null }
  const runs = report.runs.filter((run) => run.backend === backend).length
  const run = /^[1-9]\d*$/.test(number) ? Number(number) : 0
  if (run >= 1 && run <= runs) return { backend, metric: known, run }
  throw new Refusal(`Expected a run of ${backend} from 1 to ${runs} after "#", got "${number}".`)
}

/** The line as it was saved, and what stands on it where the cell does. */
function saved(
  { run, cell }: CellTrail,
  { folder }: Results['studies'][number],
  prefix: string,
): Saved | null {
  const { line, column } = cell
  const source = folder.sources.find(({ path }) => path === run.path)
  if (!source || line === null || column === null) return null
  const [text = '', below] = linesFrom(source.text, line, 2)
  return { file: prefix + folder.prefix + run.path, line, column, text, token: tokenAt(text, column, below) }
}

function linesFrom(text: string, first: number, count: number): string[] {
  const found: string[] = []
  let number = 0
  for (const line of linesOf([text])) {
    number += 1
    if (number >= first) found.push(line)
    if (found.length === count) break
  }
  return found
}

/** The same as one document, schema 1. Rates are in the unit that is named, as bonnie++ prints them. */
function explainDocument({ report, name, trail, savedOf }: Explained): object {
  const { label, unit } = metric(trail.metric)
  return {
    schema: 1,
    study: report.study.slug,
    status: report.study.status,
    cell: name,
    backend: trail.backend,
    metric: trail.metric,
    label,
    unit,
    runs: trail.cells.map((own) => ({
      run: own.number,
      saved: savedOf(own),
      dialect: own.run.dialect,
      version: own.run.version,
      ...own.cell,
      ...(unit === 'KiB/s' && own.cell.rate !== null && { mb_per_s: megabytes(own.cell.rate) }),
      test: own.test,
      in_sample: own.inSample,
      validity: own.validity,
      checks: own.checks,
      silent: own.silent,
      diagnostics: own.noticed,
    })),
    sample: trail.sample,
    findings: trail.findings,
    comparisons: trail.comparisons,
    recommendations: trail.uses.map(
      ({ recommendation: { profile, verdict, choice, grade, sentence }, ...use }) => {
        return { profile, verdict, choice, grade, sentence, weight: use.weight, left_out: use.leftOut }
      },
    ),
    claims: trail.claims,
  }
}
