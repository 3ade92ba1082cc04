import path from 'node:path'
import { assignBackends, knownNames, nameNear } from '../analysis/assign.ts'
import { readStudyText } from '../analysis/front-matter.ts'
import { parse } from '../bonnie/parse.ts'
import { knowledgeOf } from '../build.ts'
import { attempt, isWithin, Refusal } from '../disk.ts'
import { filesBelow, isOutput, kindOf, readFacts, readSource, readTemplates } from '../files.ts'
import { isImage, slugFault, slugLike } from '../layout.ts'
import type { Knowledge } from '../model/backend.ts'
import { compareText, type Diagnostic, type Noted } from '../model/diagnostic.ts'
import type { Run } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { foldersIn, placeHint, programName } from '../nearby.ts'
import { prepared } from '../prepared.ts'
import { type Options, UsageError } from './command.ts'
import { hint, quoted } from './words.ts'

/*
 * Saved outputs before they are filed: which study they shall go to, and which backend each of them measured.
 */

/** The study that files shall go to. */
export interface Target {
  /** the folder of all studies */
  readonly results: string
  readonly slug: string
  /** from results/ to the study, with its slash; nothing for the flat study */
  readonly prefix: string
  readonly facts: Facts
  readonly knowledge: readonly Knowledge[]
  /** all names of backends that mean something in the study, in small letters */
  readonly names: ReadonlySet<string>
  /** the backend that was named, by its id */
  readonly backend: string | null
  /** the study.md that a backend of the author's own needs, where there is none yet */
  readonly newText: string | null
  /** a line about a new study whose name is near to another's */
  readonly hint: string
}

/** A file that holds results, and the backend that they are of. */
export interface Output {
  readonly place: string
  readonly backend: string
  readonly runs: readonly Run[]
}

/** The study and the backend that were asked for. Throws a UsageError or a Refusal where they cannot be. */
export function targetOf(results: string, { study: slug, backend }: Options): Target {
  const others = foldersIn(results)
  if (slug === undefined) {
    const known = others.length > 0 ? ` There are ${others.join(', ')}.` : ''
    throw new UsageError(`Say which study the files belong to: --study NAME, a new one or not.${known}`)
  }
  const isFlat = slug === 'main' && !others.includes('main')
  const prefix = isFlat ? '' : `${slug}/`
  const [fault] = isFlat ? [] : slugFault(slug, false)
  if (fault) throw new UsageError(`${fault.message} Try --study ${slugLike(slug)}.`)
  const hasText = kindOf(path.join(results, prefix, 'study.md')) === 'file'
  const text = hasText ? readFacts(results, `${prefix}study.md`) : ''
  const { facts } = readStudyText(text).value
  const knowledge = knowledgeOf(readTemplates(), prepared)
  const names = knownNames(facts, knowledge)
  if (!isFlat && !hasText && names.has(slug)) {
    throw new Refusal(
      `${slug} is a backend, so a folder of that name is no study.`,
      'Name the study after its machine or its question.',
    )
  }
  const found = { results, slug, prefix, facts, knowledge, names }
  const near = isFlat || others.includes(slug) ? '' : hint(slug, others)
  return {
    ...found,
    ...backendOf(backend, hasText, found),
    hint: near === '' ? '' : `${results}/${slug} is a new study.${near}`,
  }
}

/** The backend of that name; one of the author's own has to be declared. */
function backendOf(
  word: string | undefined,
  hasText: boolean,
  { prefix, facts, knowledge, names }: Pick<Target, 'prefix' | 'facts' | 'knowledge' | 'names'>,
): Pick<Target, 'backend' | 'newText'> {
  if (word === undefined) return { backend: null, newText: null }
  const known = assignBackends([`${word}/run`], facts, knowledge, prefix).backendOf.get(`${word}/run`)
  if (known !== undefined && names.has(word.toLowerCase())) return { backend: known, newText: null }
  if (!/^[a-z0-9][a-z0-9-]*$/.test(word))
    throw new UsageError(
      `Expected a name of small letters, digits and hyphens after --backend, got "${word}".`,
    )
  const near = hint(word, [...names])
  if (near === '' && !hasText) return { backend: word, newText: `---\nbackends:\n  ${word}: {}\n---\n` }
  const study = `results/${prefix}study.md`
  const where = hasText ? `in the front matter of ${study}` : `between two lines of "---" in a new ${study}`
  throw new Refusal(
    `There is no backend "${word}".${near}`,
    `If it is one of your own, write ${where}: backends: { ${word}: {} }`,
  )
}

/** The outputs among files and folders that were named, and why each of the others cannot be filed. */
export async function outputsOf(
  operands: readonly string[],
  target: Target,
  status: (line: string) => void,
): Promise<Noted<readonly Output[]>> {
  const diagnostics: Diagnostic[] = []
  const read = new Map<string, readonly Run[]>()
  for (const place of new Set(operands.flatMap((operand) => placesOf(operand, target, diagnostics)))) {
    status(`Reading ${place}`)
    const { source, faults } = readSource('', place)
    const parsed = source ? parse(source) : { runs: [], diagnostics: [] }
    if (parsed.runs.length > 0) read.set(place, parsed.runs)
    else
      diagnostics.push(
        ...[...faults, ...parsed.diagnostics].filter(({ level }) => level === 'error').slice(0, 1),
      )
  }
  const { facts, knowledge, prefix } = target
  const paths = new Map([...read.keys()].map((place) => [pathOf(place), place]))
  const assigned = assignBackends([...paths.keys()], facts, knowledge, prefix)
  const value: Output[] = []
  for (const [place, runs] of read) {
    const backend = target.backend ?? assigned.backendOf.get(pathOf(place))
    if (backend === undefined) diagnostics.push(unassigned(place, target))
    else value.push({ place, backend, runs })
  }
  return { value, diagnostics }
}

/** The files that a word of the command line means. */
function placesOf(operand: string, { results }: Target, diagnostics: Diagnostic[]): string[] {
  const kind = attempt(() => kindOf(operand))
  if (kind === 'file') return [operand]
  if (kind !== null && kind !== 'folder') {
    diagnostics.push(problem('unreadable-file', operand, kind))
    return []
  }
  if (kind === null) {
    const remedy = operand === '-' ? 'Save what is piped in as a file.' : placeHint(operand)
    const lost = problem('unreadable-file', operand, 'There is no such file or folder.')
    diagnostics.push(remedy === '' ? lost : { ...lost, remedy })
    return []
  }
  if (kindOf(results) === 'folder' && isWithin(path.resolve(operand), path.resolve(results))) {
    const message = `This folder holds ${results}/ itself, whose files are filed already.`
    diagnostics.push({ ...problem('unreadable-file', operand, message), remedy: 'Name the new files alone.' })
    return []
  }
  const { files, faults } = filesBelow(operand)
  for (const { message, place } of faults)
    diagnostics.push(problem('unreadable-file', path.join(operand, place.file), message))
  return files
    .filter(isOutput)
    .map((name) => path.join(operand, name))
    .sort(compareText)
}

/** The path by which a file tells its backend: as it was typed, as far as it leads down. */
function pathOf(place: string): string {
  const parts = path.normalize(place).split(path.sep)
  return parts.filter((part) => part !== '' && part !== '..').join('/')
}

function unassigned(place: string, { slug, names }: Target): Diagnostic {
  const near = nameNear(pathOf(place), [...names])
  const command = (backend: string) =>
    `${programName()} add ${quoted(place)} --study ${slug} --backend ${backend}`
  const message = `Nothing says which backend "${path.basename(place)}" measured.`
  const remedy = near ? `If "${near[0]}" is "${near[1]}": ${command(near[1])}` : `Say it: ${command('NAME')}`
  return { ...problem('unknown-backend', place, message), remedy }
}

function problem(rule: string, file: string, message: string): Diagnostic {
  return { level: 'error', rule, message, place: { file, line: 1, column: 1 } }
}

/** The name under which an output is filed: its own, unless that would make it something else than an output. */
export function nameOf(place: string): string {
  const name = path.basename(place).replace(/^\.+(?=.)/, '')
  return isImage(name) || name === 'study.md' ? `${name}.txt` : name
}
