import path from 'node:path'
import { visible } from '../diagnose.ts'
import { kindOf } from '../files.ts'
import type { Run } from '../model/run.ts'
import { programName } from '../nearby.ts'
import { fileAway, writeNew } from '../new-files.ts'
import { missingFacts } from './check.ts'
import { type Call, type ExitCode, UsageError } from './command.ts'
import { exitCodeFor, plural, printProblems } from './problems.ts'
import { type Located, openResults } from './results.ts'
import { nameOf, type Output, outputsOf, type Target, targetOf } from './unfiled.ts'

const RESULTS = 'results'

/** Files saved outputs where they belong, as they are, and tells what they hold. */
export async function add(call: Call): Promise<ExitCode> {
  const { operands, options, io } = call
  if (operands.length === 0) throw new UsageError('Nothing to add: name the files.')
  const target = targetOf(RESULTS, options)
  if (target.hint !== '' && !options.quiet) io.err(target.hint)
  const { value: outputs, diagnostics: refused } = await outputsOf(operands, target, io.status)
  if (outputs.length > 0 && target.newText !== null)
    writeNew(path.join(RESULTS, target.prefix, 'study.md'), target.newText)
  const filed = outputs.map((output) => file(output, target, call))
  printProblems(refused, 'text', io.err, { color: io.color.err })
  const found = filed.length > 0 ? await look(target, new Set(filed), call) : []
  if (!options.quiet) io.err(`${plural(filed.length, 'file')} filed, ${refused.length} refused.`)
  return exitCodeFor([...refused, ...found], { strict: false })
}

/** Copies one output to its place, which is returned, and tells of it. */
function file({ place, backend, runs }: Output, { prefix }: Target, { options, io }: Call): string {
  const folder = path.join(RESULTS, prefix, backend)
  const name = nameOf(place)
  const filed = fileAway(place, folder, name)
  if (!options.quiet) {
    const taken = path.basename(filed.place) === name ? '' : `; ${name} is another`
    const held = filed.before ? 'the same bytes were there already' : contentOf(runs)
    io.out(visible(`${filed.place}: ${held}${taken}`))
  }
  return filed.place.split(path.sep).join('/')
}

/** `2 runs, bonnie++ 1.9x text, version 1.97`. */
function contentOf(runs: readonly Run[]): string {
  const dialects = new Set(runs.map(({ dialect }) => dialect))
  const versions = new Set(runs.flatMap(({ version }) => version ?? []))
  return [
    plural(runs.length, 'run'),
    ...dialects,
    ...(versions.size > 0 ? [`version ${[...versions].join(' and ')}`] : []),
  ].join(', ')
}

/** What the study says now: problems of the files just filed, and the facts that nobody wrote down. */
async function look({ slug, prefix }: Target, filed: ReadonlySet<string>, call: Call): Promise<Located[]> {
  const { options, io } = call
  const { value: results, diagnostics } = await openResults(
    { operands: [RESULTS], options, io },
    (each) => each === slug,
  )
  const own = diagnostics.filter(({ place, rule }) => {
    // a study.md that cannot be read explains the rest
    const isText = rule === 'unreadable-file' && place.file === `${prefix}study.md`
    return isText || filed.has(results.prefix + place.file)
  })
  const told = own.filter(({ level }) => level === 'error' || (level === 'warning' && !options.quiet))
  printProblems(told, 'text', io.err, { prefix: results.prefix, color: io.color.err })
  if (options.quiet) return own
  const missing = missingFacts(results)
  for (const line of missing) io.out(line)
  if (missing.length > 0 && kindOf(path.join(RESULTS, prefix, 'study.md')) === null)
    io.out('It begins with facts between two lines of ---, such as  guest: { ram: 1 GiB }')
  io.out(`\nNext: ${programName()} build`)
  return own
}
