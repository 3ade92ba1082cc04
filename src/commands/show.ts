import { visible } from '../diagnose.ts'
import { kindOf, readSource } from '../files.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { megabytes, sizeText, threeDigits } from '../model/format.ts'
import type { Measurement } from '../model/measurement.ts'
import { METRICS, type Metric } from '../model/metric.ts'
import type { Report, Sample } from '../model/report.ts'
import { type Run, rateOf } from '../model/run.ts'
import { programName } from '../nearby.ts'
import { isEmpty } from './check.ts'
import type { Call, ExitCode } from './command.ts'
import { lostPlace } from './lookup.ts'
import { legendOf, markOf } from './marks.ts'
import { exitCodeFor, plural, printProblems, tally } from './problems.ts'
import { openResults } from './results.ts'
import { type Column, table, wrap } from './table.ts'
import { quoted } from './words.ts'

/** The table of a results folder or of one saved output. */
export async function show({ operands, options, io }: Call): Promise<ExitCode> {
  const [place = 'results'] = operands
  const call = { operands, options, io }
  const kind = kindOf(place)
  if (kind === null && operands.length > 0) throw lostPlace(place)
  return kind === 'file' ? showFile(place, call) : showResults(call)
}

async function showResults(call: Call): Promise<ExitCode> {
  const { options, io } = call
  const { value: results, diagnostics } = await openResults(call)
  const { prefix } = results
  if (isEmpty(results)) {
    printProblems(diagnostics, 'text', io.err, { prefix, color: io.color.err })
    return 2
  }
  for (const [i, { report }] of results.studies.entries()) {
    if (i > 0) io.out('')
    for (const line of studyLines(report, io.columns)) io.out(line)
  }
  const told = diagnostics.filter(({ level }) => level === 'error' || (!options.quiet && level === 'warning'))
  const where = prefix === 'results/' ? '' : ` ${quoted(prefix.slice(0, -1))}`
  if (told.length > 0) io.err(`${tally(told)}: ${programName()} check${where}`)
  return exitCodeFor(diagnostics, options)
}

function studyLines(report: Report, width: number): string[] {
  const columns = report.backends.map((backend): Column => {
    const samples = report.samples.filter((sample) => sample.backend === backend.id)
    const runs = report.runs.filter((run) => run.backend === backend.id).length
    return {
      heads: [backend.id, runs === 1 ? '1 run' : `${runs} runs`],
      cells: METRICS.map((metric) =>
        sampleCell(
          metric,
          samples.find((s) => s.metric === metric.id),
        ),
      ),
    }
  })
  const verdicts = report.recommendations.flatMap(({ title, sentence }) =>
    wrap(`${title}: ${sentence}`, width, 2),
  )
  const { slug } = report.study
  return [
    slug,
    '-'.repeat(slug.length),
    ...wrap(report.study.title, width),
    // a study without a title is titled by its headline
    ...(report.headline.startsWith(report.study.title) ? [] : wrap(report.headline, width)),
    ...(report.doubt === null ? [] : wrap(report.doubt, width)),
    ...(columns.length > 0 ? ['', ...tableLines(columns, width), '', ...verdicts] : []),
  ]
}

function sampleCell(metric: Metric, sample: Sample | undefined): string {
  if (!sample) return ''
  const number = rateCell(metric, sample.median)
  return number && number + markOf([sample.validity])
}

async function showFile(file: string, { options, io }: Call): Promise<ExitCode> {
  const { parse } = await import('../bonnie/parse.ts')
  const { source, faults } = readSource('', file)
  const { runs, diagnostics } = source ? parse(source) : { runs: [], diagnostics: [] }
  const problems: Diagnostic[] = [...faults, ...diagnostics]
  const told = problems.filter(({ level }) => level === 'error' || (!options.quiet && level === 'warning'))
  printProblems(told, 'text', io.err, { color: io.color.err })
  if (runs.length > 0) for (const line of fileLines(file, runs, io.columns)) io.out(line)
  return exitCodeFor(problems, options)
}

function fileLines(file: string, runs: readonly Run[], width: number): string[] {
  const columns = runs.map((run, i): Column => {
    const size = run.file_size_mib === null ? '' : sizeText(run.file_size_mib)
    return {
      heads: [`run ${i + 1}`, run.name, run.version ?? run.dialect, size],
      cells: METRICS.map((metric) => rateCell(metric, rateOf(run.cells[metric.id]))),
    }
  })
  const note = 'As printed: whether a number measured the disk is judged in a study.'
  return [
    `${visible(file)}: ${plural(runs.length, 'run')}`,
    '',
    ...tableLines(columns, width),
    '',
    ...wrap(note, width),
  ]
}

/** A rate with three digits, in MB/s where it is one; nothing where there is none. */
function rateCell({ unit }: Metric, rate: Measurement): string {
  const scale = unit === 'KiB/s' ? megabytes : (x: number) => x
  if (rate.kind === 'absent') return ''
  return rate.kind === 'measured'
    ? threeDigits(scale(rate.value))
    : `≥${threeDigits(scale(rate.bound), 'down')}`
}

function tableLines(columns: readonly Column[], width: number): string[] {
  const used = METRICS.map((_, i) => columns.some(({ cells }) => cells[i] !== ''))
  const keep = <T>(list: readonly T[]) => list.filter((_, i) => used[i])
  const labels = keep(METRICS).map(({ label, unit }) => `${label}${unit === 'KiB/s' ? ', MB/s' : ', 1/s'}`)
  const shown = columns.map(({ heads, cells }) => ({ heads, cells: keep(cells).map((cell) => cell || '-') }))
  return [...table(labels, shown, width), ...legendOf(shown)]
}
