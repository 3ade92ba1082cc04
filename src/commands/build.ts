import path from 'node:path'
import { visible } from '../diagnose.ts'
import { programName } from '../nearby.ts'
import type { Foreign } from '../publish/foreign.ts'
import { hasLeftovers } from '../publish/place.ts'
import { writeSite } from '../site-files.ts'
import { checkDocument, isEmpty } from './check.ts'
import type { Call, ExitCode, Written } from './command.ts'
import { exitCodeFor, plural, printProblems } from './problems.ts'
import { findingsOf, type Located, openResults, type Results } from './results.ts'
import { drawSite } from './site.ts'
import { quoted } from './words.ts'

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
  const { files, outputs, roots, close } = await drawSite(results, options.siteUrl, options.out)
  let foreign: Foreign = { kept: [], replaced: [] }
  await io.uninterrupted(() => {
    try {
      foreign = writeSite(options.out, files, roots)
    } finally {
      close()
    }
  })
  // what could not be read today may be readable tomorrow, without a change that the disk would tell
  const isUnread = diagnostics.some(({ rule }) => rule === 'unreadable-file')
  // a build that is told again from its stamp would leave for ever what the disk did not let this one remove
  const isLast = !isUnread && !hasLeftovers(options.out)
  // and it would say once more what it replaced
  if (isLast && foreign.replaced.length === 0) written({ outputs, kept: foreign.kept })
  if (!options.quiet) for (const line of foreignLines(options.out, foreign)) io.err(line)
  if (options.quiet || options.format === 'json') return code
  io.out(`${summary(results)}: ${path.join(options.out, 'index.html')}`)
  if (doubtful > 0 && !options.verbose && options.format === 'text') io.err(doubts(doubtful, results))
  return code
}

/** The problems that a build tells of, as the options would have it. */
export function diagnosticsToTell(
  diagnostics: readonly Located[],
  findings: readonly Located[],
  { quiet, verbose, format, strict }: Call['options'],
): readonly Located[] {
  if (quiet) return diagnostics.filter(({ level }) => level === 'error')
  if (verbose || format === 'github') return [...diagnostics, ...findings]
  const fatal = strict ? findings.filter(({ level }) => level === 'warning') : []
  return [...diagnostics.filter(({ level }) => level !== 'note'), ...fatal]
}

/** What a site was made of. */
export function summary({ studies }: Results): string {
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

/** What no build had written into the site. What is lost is named one by one. */
function foreignLines(site: string, { kept, replaced }: Foreign): string[] {
  const lost = replaced.map((name) => `${path.join(site, name)} was from no build and is replaced.`)
  const more = kept.length > MOST_NAMED ? ` and ${plural(kept.length - MOST_NAMED, 'other')}` : ''
  const names = kept.slice(0, MOST_NAMED).join(', ')
  return [
    ...lost,
    ...(kept.length === 0 ? [] : [`Kept in ${site}, though from no build: ${names}${more}.`]),
  ].map(visible)
}

const MOST_NAMED = 5

function doubts(count: number, { prefix }: Results): string {
  const where = prefix === 'results/' ? '' : ` ${quoted(prefix.slice(0, -1))}`
  const verb = count === 1 ? 'is' : 'are'
  return `There ${verb} ${plural(count, 'doubt')} about the evidence: ${programName()} check${where}`
}
