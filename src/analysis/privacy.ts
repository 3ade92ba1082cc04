import { byPlace, compareText, type Diagnostic, type Place } from '../model/diagnostic.ts'
import { counted } from '../model/format.ts'
import type { StudyFolder } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { PRIVATE, unused } from './accepted.ts'
import { type Identifier, identifiersIn, isHost } from './identifiers.ts'

/*
 * What would be published beside the results: hosts, addresses and people named in the saved outputs, in the names of
 * files and in the prose. The pages and report.json must not repeat it, so it is asked by `check` alone.
 */

/** An identifier where it stands. */
interface Sighting extends Pick<Identifier, 'kind' | 'name'> {
  readonly place: Place
  /** the line it stands on; none of the name of a file */
  readonly line?: string
}

/**
 * A warning for each identifier of a study, at the first place where nobody accepts it. An alias for it anywhere in
 * the study ends it. Places are relative to the study's folder, which `prefix` leads to.
 */
export function privateNames(
  { sources, images, studyText, prefix }: StudyFolder,
  { alias = {}, accepted: all = [] }: Facts,
  runs: Report['runs'],
  placeOf: (key: string, value: string) => Place,
): Diagnostic[] {
  const accepted = all.filter(({ rule }) => rule === PRIVATE.rule)
  const known = new Set(Object.entries(alias).flat().map(lower))
  const sightings = [
    ...[...sources.map(({ path }) => path), ...images].flatMap(inPath),
    ...sources
      .toSorted((a, b) => compareText(a.path, b.path))
      .flatMap(({ path, text }) => inText(path, text)),
    ...runs.flatMap(inRunName),
    ...inText('study.md', studyText ?? ''),
  ].filter(({ name }) => !known.has(lower(name)))
  const isAccepted = ({ place }: Sighting) => accepted.some(({ file }) => file === place.file)
  const open = new Map<string, Sighting[]>()
  for (const sighting of sightings.filter((each) => !isAccepted(each)))
    open.set(lower(sighting.name), [...(open.get(lower(sighting.name)) ?? []), sighting])
  const shown = new Set(runs.map(({ name }) => lower(name)))
  const found = [...open.values()].map((group, i) => diagnosticOf(group, shown, standIn(i), prefix))
  const idle = accepted.filter(({ file }) => !sightings.some(({ place }) => place.file === file))
  return [...found, ...unused(idle, placeOf)].sort(byPlace)
}

function lower(name: string): string {
  return name.toLowerCase()
}

/** The folders and the name of a file; the endings of saved outputs are no part of a host's. */
function inPath(file: string): Sighting[] {
  const parts = file
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z]{2,8}$/i, '')
    .split('/')
  return parts.flatMap((part) =>
    [...identifiersIn(part)].map(({ kind, name }) => ({ kind, name, place: { file, line: 1, column: 1 } })),
  )
}

/** The first sighting of each identifier in a file. */
function inText(file: string, text: string): Sighting[] {
  const met = new Set<string>()
  const found: Sighting[] = []
  let [line, start, end] = [0, 0, -1]
  for (const { kind, name, at } of identifiersIn(text)) {
    if (met.has(lower(name))) continue
    met.add(lower(name))
    while (at > end) {
      line += 1
      start = end + 1
      end = text.indexOf('\n', start)
      if (end === -1) end = text.length
    }
    found.push({ kind, name, place: { file, line, column: at - start + 1 }, line: text.slice(start, end) })
  }
  return found
}

/** Where a machine's name stands, two labels are those of a host. */
function inRunName({ name, path, line }: Report['runs'][number]): Sighting[] {
  return isHost(name, 2) ? [{ kind: 'host', name, place: { file: path, line, column: 1 } }] : []
}

function diagnosticOf(
  group: readonly Sighting[],
  shown: ReadonlySet<string>,
  standIn: string,
  prefix: string,
): Diagnostic {
  const [first] = group
  if (!first) throw new Error('a group of nothing')
  const { kind, name, place, line } = first
  const others = new Set(group.map((each) => each.place.file)).size - 1
  const more = others === 0 ? '' : `, as ${others === 1 ? 'does' : 'do'} ${counted(others, 'more file')}`
  const what = line === undefined ? 'The name of this file names' : 'This names'
  const key = /^[a-z][\w.@-]*$/i.test(name) ? name : JSON.stringify(name)
  const alias = `alias: { ${key}: ${standIn} }`
  return {
    ...PRIVATE,
    message: `${what} the ${kind} ${name}${more}; it would be published.`,
    place,
    ...(line !== undefined && { excerpt: { text: line, length: name.length } }),
    remedy: remedyOf(place.file, shown.has(lower(name)), line === undefined, { alias, prefix }),
  }
}

/** An alias changes what pages call a run, and nothing in a file. */
function remedyOf(
  file: string,
  isShown: boolean,
  isFileName: boolean,
  { alias, prefix }: { readonly alias: string; readonly prefix: string },
): string {
  const facts = `the front matter of ${prefix}study.md`
  if (isShown)
    return `Write in ${facts}: ${alias}; pages then show the alias, while the saved output keeps its own.`
  if (isFileName) return `Rename it, or, if it may be known, write in ${facts}: ${alias}`
  if (file === 'study.md') return `Take it out of the text, or, if it may be known, add: ${alias}`
  return `The file is published as saved: leave it out, or, if this may be known, write in ${facts}: ${alias}`
}

/** host-a, …, host-z, host-27. */
function standIn(i: number): string {
  return `host-${i < 26 ? String.fromCharCode(97 + i) : i + 1}`
}
