import type { Backend, Knowledge } from '../model/backend.ts'
import { compareText, type Diagnostic, type Place } from '../model/diagnostic.ts'
import type { BackendFacts, Facts } from '../model/study.ts'
import { pageUnder } from './attachment.ts'
import { globMatcher } from './glob.ts'
import { nearest } from './nearest.ts'

/** Which file measured which backend. */
export interface Assignment {
  /** those with files: the front matter's first, in its order, then the others by path */
  readonly backends: readonly Backend[]
  /** from a file's path to the id of its backend */
  readonly backendOf: ReadonlyMap<string, string>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Finds the backend of every file by the first of: a `files:` pattern of the front matter, the nearest folder
 * whose name is a backend, a file name that begins with one. Never by a guess: what none of them settles is an
 * error that says which line to add. `prefix` leads from results/ to the study, such as `xen/`.
 */
export function assignBackends(
  paths: readonly string[],
  facts: Facts,
  knowledge: readonly Knowledge[],
  prefix: string,
  placeOf: (key: string, value: string) => Place = () => ({ file: 'study.md', line: 1, column: 1 }),
): Assignment {
  const declared = Object.entries(facts.backends ?? {})
  const names = namesOf(declared, knowledge)
  const patterns = declared.map(([id, { files }]) => ({ id, matches: matcher(files) }))
  const backendOf = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  const sorted = paths.toSorted(compareText)
  const numbered = numberedByFolder(sorted, names)
  for (const path of sorted) {
    const ids = patterns.filter(({ matches }) => matches(path)).map(({ id }) => id)
    const named = ids[0] ?? byFolder(path, names)
    const beside = named === undefined ? numberedBeside(path, numbered, names) : null
    if (beside) diagnostics.push(readAsRun(path, beside))
    const id = named ?? beside?.id ?? byFileName(path, names)
    if (ids.length > 1) diagnostics.push(claimedTwice(path, ids, prefix))
    else if (id === undefined) diagnostics.push(unassigned(path, facts, names, prefix))
    else backendOf.set(path, id)
  }
  const used = new Set(backendOf.values())
  const order = new Set([...declared.map(([id]) => id).filter((id) => used.has(id)), ...used])
  const backends = [...order].map((id) => describe(id, facts, knowledge))
  return { backends, backendOf, diagnostics: [...unknownKinds(declared, knowledge, placeOf), ...diagnostics] }
}

/** All names by which files can be filed, in small letters. */
export function knownNames(facts: Facts, knowledge: readonly Knowledge[]): ReadonlySet<string> {
  return new Set(namesOf(Object.entries(facts.backends ?? {}), knowledge).keys())
}

type Declared = readonly (readonly [id: string, facts: BackendFacts])[]
type Names = ReadonlyMap<string, string>

/**
 * From each name in small letters to the id it stands for. The author's own words win: where he calls a backend by
 * one of the names of its page, all names of the page lead to it.
 */
function namesOf(declared: Declared, knowledge: readonly Knowledge[]): Names {
  const names = new Map<string, string>()
  const add = (name: string, id: string) => {
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), id)
  }
  for (const [id] of declared) add(id, id)
  for (const [id, { aliases = [] }] of declared) for (const alias of aliases) add(alias, id)
  const canonical = new Map(knowledge.map(({ id }) => [id, id]))
  for (const page of knowledge) {
    const own = declared.filter(([id]) => pageOf(id, [page]))
    if (own.length === 1 && own[0]) canonical.set(page.id, own[0][0])
  }
  for (const { id } of knowledge) add(id, canonical.get(id) ?? id)
  for (const { id, aliases } of knowledge) for (const alias of aliases) add(alias, canonical.get(id) ?? id)
  return names
}

/** A pattern names files, or a folder and all that is below it. */
function matcher(files: BackendFacts['files']): (path: string) => boolean {
  const patterns = typeof files === 'string' ? [files] : (files ?? [])
  const tests = patterns
    .map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''))
    .flatMap((pattern) => [pattern, `${pattern}/**`])
    .map(globMatcher)
  return (path) => tests.some((test) => test(path))
}

function byFolder(path: string, names: Names): string | undefined {
  const folders = path.split('/').slice(0, -1).reverse()
  return folders.map((folder) => names.get(folder.toLowerCase())).find((id) => id !== undefined)
}

/** A name counts where a word ends: `loop1.txt` begins with loop, `looping.txt` does not. */
function byFileName(path: string, names: Names): string | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const fits = [...names.keys()].filter((name) => {
    return file.startsWith(name) && !/^\p{L}/u.test(file.slice(name.length))
  })
  const longest = fits.sort((a, b) => b.length - a.length)[0]
  return longest === undefined ? undefined : names.get(longest)
}

/** A name and the number of a run right behind it: `loop1.txt`, but neither `loop-1.txt` nor `loop1-b.txt`. */
function numberedName(path: string, names: Names): { name: string; number: string } | null {
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const [, name = '', number = ''] = /^(.*?\D)(\d+)(?:\.\D.*)?$/.exec(file) ?? []
  return names.has(name) ? { name, number } : null
}

/** A file whose name may end in the number of a run or in that of a generation, and what it is read as. */
interface Numbered {
  readonly id: string
  readonly name: string
  readonly number: string
  readonly beside: string
}

/**
 * `blktap2` is a backend of its own, and `blktap2.txt` beside `blktap1.txt` or `loopback1.txt` is a second run of
 * blktap: where another file of the folder is numbered like this, so is this one.
 */
function numberedBeside(
  path: string,
  numbered: ReadonlyMap<string, readonly string[]>,
  names: Names,
): Numbered | null {
  const own = numberedName(path, names)
  if (!own || !names.has(own.name + own.number)) return null
  const beside = numbered.get(folderOf(path))?.find((other) => other !== path)
  const id = names.get(own.name)
  return beside === undefined || id === undefined ? null : { ...own, id, beside }
}

/** The files of each folder that are numbered. */
function numberedByFolder(paths: readonly string[], names: Names): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const path of paths) {
    if (!numberedName(path, names)) continue
    const own = found.get(folderOf(path)) ?? []
    own.push(path)
    found.set(folderOf(path), own)
  }
  return found
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function describe(id: string, facts: Facts, knowledge: readonly Knowledge[]): Backend {
  const own = backendFacts(facts, id)
  // what served the disk in truth decides what is documented of it, whatever the attach line says; where no page
  // describes that, nothing is known, least of all that it does not cache
  const said = own?.effective ?? own?.kind
  const byName = pageUnder(pageOf(id, knowledge), facts, knowledge)
  const page = said === undefined ? byName : pageOf(said, knowledge)
  const title = own?.title ?? byName?.title ?? id
  return { id, title, kind: page?.id ?? null }
}

function backendFacts(facts: Facts, id: string): BackendFacts | undefined {
  return Object.entries(facts.backends ?? {}).find(([name]) => name === id)?.[1]
}

function pageOf(name: string, knowledge: readonly Knowledge[]): Knowledge | undefined {
  const word = name.toLowerCase()
  return (
    knowledge.find(({ id }) => id === word) ??
    knowledge.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === word))
  )
}

// ─── what is wrong ──────────────────────────────────────────────────────────────────────────────────────────────

function unassigned(path: string, facts: Facts, names: Names, prefix: string): Diagnostic {
  const [file = '', ...folders] = path.split('/').reverse()
  const near = nameNear(path, [...names.keys()])
  const rename = near ? `If "${near[0]}" is "${near[1]}", rename it; else write` : 'Write'
  const entry = suggestedEntry(file, folders)
  const study = `${prefix}study.md`
  const yaml = facts.backends
    ? `below "backends:" in ${study}: ${entry}`
    : Object.keys(facts).length > 0
      ? `in the front matter of ${study}: backends: { ${entry} }`
      : `between two lines "---" at the top of ${study}: backends: { ${entry} }`
  return {
    level: 'error',
    rule: 'unknown-backend',
    message: `Nothing says which backend "${path}" measured.`,
    place: { file: path, line: 1, column: 1 },
    remedy: `${rename} ${yaml}`,
  }
}

/** The word of a path that is near to one of these names, and that name; of two or three letters, anything is near. */
export function nameNear(path: string, names: readonly string[]): readonly [string, string] | null {
  const [file = '', ...folders] = path.split('/').reverse()
  const stem = (file.split(/[._\d]/, 1)[0] ?? '').replace(/-$/, '')
  for (const word of [...folders, stem]) {
    const near = word.length < 4 ? null : nearest(word, names)
    if (near !== null) return [word, near]
  }
  return null
}

/** A line to start from: the nearest folder with a name of its own, else the file without its number. */
function suggestedEntry(file: string, folders: readonly string[]): string {
  const depth = folders.findIndex((folder) => /\p{L}/u.test(folder))
  const folder = folders[depth]
  if (folder === undefined) {
    const id = slugOf((file.split('.', 1)[0] ?? '').replace(/[-_ ]*\d*$/, ''))
    return `${id}: { files: ${quoted([...folders].reverse().concat(file).map(literal).join('/'))} }`
  }
  const below = folders.slice(depth).reverse().map(literal).join('/')
  return slugOf(folder) === folder
    ? `${folder}: {}`
    : `${slugOf(folder)}: { files: ${quoted(`${below}/**`)} }`
}

/** A text as the id of a backend. */
export function slugOf(text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return words.replace(/^-|-$/g, '') || 'my-backend'
}

/** As YAML reads it back, whatever the name holds. */
function quoted(text: string): string {
  return JSON.stringify(text)
}

function readAsRun(path: string, { name, number, beside }: Numbered): Diagnostic {
  return {
    level: 'note',
    rule: 'numbered-name',
    message: `"${path}" is read as run ${number} of ${name}, since "${beside}" beside it is numbered too.`,
    place: { file: path, line: 1, column: 1 },
    remedy: `If it measured ${name}${number}, move it to a folder of that name.`,
  }
}

function claimedTwice(path: string, ids: readonly string[], prefix: string): Diagnostic {
  return {
    level: 'error',
    rule: 'unknown-backend',
    message: `Patterns of more than one backend match "${path}": ${ids.join(', ')}.`,
    place: { file: path, line: 1, column: 1 },
    remedy: `Narrow their "files:" in ${prefix}study.md until one is left.`,
  }
}

function unknownKinds(
  declared: Declared,
  knowledge: readonly Knowledge[],
  placeOf: (key: string, value: string) => Place,
): Diagnostic[] {
  const known = knowledge.map(({ id }) => id)
  return declared.flatMap(([id, { kind }]): Diagnostic[] => {
    if (kind === undefined || pageOf(kind, knowledge)) return []
    const near = nearest(kind, [...known, ...knowledge.flatMap(({ aliases }) => aliases)])
    return [
      {
        level: 'error',
        rule: 'front-matter',
        message: `The backend "${id}" is said to be of the kind "${kind}", which no page describes.`,
        place: placeOf('kind', kind),
        remedy: near ? `Did you mean "${near}"?` : `Known kinds: ${known.join(', ')}.`,
      },
    ]
  })
}

/** A path as a pattern that matches nothing else. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@]/g, '\\$&')
}
