import path from 'node:path'
import { TEMPLATES_FOLDER } from '../package.ts'
import { writeSite } from '../site-files.ts'
import { checkDocument, isEmpty } from './check.ts'
import type { Call, ExitCode, Written } from './command.ts'
import { exitCodeFor, plural, printProblems } from './problems.ts'
import { findingsOf, type Located, openResults, type Results } from './results.ts'

/** Reads results, judges them, and writes the site; `written` is told of it. */
export async function build(call: Call, written: Written = () => {}): Promise<ExitCode> {
  const { options, io } = call
  const { value: results, diagnostics } = await openResults(call)
  const findings = findingsOf(results)
  const doubtful = findings.filter(({ level }) => level === 'warning').length
  const all = [...diagnostics, ...findings]
  const code = isEmpty(results) ? 2 : exitCodeFor(all, options)
  if (options.format === 'json') {
    const told = options.quiet ? all.filter(({ level }) => level === 'error') : all
    io.out(JSON.stringify(checkDocument(results, told, code === 0), null, 2))
  }
  if (options.format !== 'json') {
    const told = diagnosticsToTell(diagnostics, findings, options)
    printProblems(told, options.format, io.err, { prefix: results.prefix, color: io.color.err })
  }
  if (isEmpty(results)) return 2
  io.status('Drawing charts and pages')
  await write(results, call, written)
  if (options.quiet || options.format === 'json') return code
  io.out(`${summary(results)}: ${path.join(options.out, 'index.html')}`)
  if (doubtful > 0 && !options.verbose && options.format === 'text') io.err(doubts(doubtful, results))
  return code
}

function diagnosticsToTell(
  diagnostics: readonly Located[],
  findings: readonly Located[],
  { quiet, verbose, format, strict }: Call['options'],
): readonly Located[] {
  if (quiet) return diagnostics.filter(({ level }) => level === 'error')
  if (verbose || format === 'github') return [...diagnostics, ...findings]
  const fatal = strict ? findings.filter(({ level }) => level === 'warning') : []
  return [...diagnostics.filter(({ level }) => level !== 'note'), ...fatal]
}

async function write(results: Results, { options, io }: Call, written: Written): Promise<void> {
  const { library, templates, studies, folder } = results
  const reports = studies.map(({ report }) => report)
  const site = options.siteUrl === undefined ? {} : { siteUrl: options.siteUrl }
  const { drawPictures, expectPictures } = await import('../pictures.ts')
  expectPictures(options.out)
  const { publish } = await import('../build.ts')
  const files = await drawPictures(await publish(reports, library, templates, site), templates, options.out)
  const roots = { results: folder, templates: TEMPLATES_FOLDER }
  await io.uninterrupted(() => writeSite(options.out, files, roots))
  written(files)
}

function summary({ studies }: Results): string {
  const sum = (of: (report: Results['studies'][number]['report']) => number) =>
    studies.reduce((total, { report }) => total + of(report), 0)
  return [
    plural(studies.length, 'study', 'studies'),
    plural(
      sum((report) => report.runs.length),
      'run',
    ),
    plural(
      sum((report) => report.backends.length),
      'backend',
    ),
  ].join(', ')
}

function doubts(count: number, { prefix }: Results): string {
  const where = prefix === 'results/' ? '' : ` ${prefix.slice(0, -1)}`
  const verb = count === 1 ? 'is' : 'are'
  return `There ${verb} ${plural(count, 'doubt')} about the evidence: bonnie-report check${where}`
}
