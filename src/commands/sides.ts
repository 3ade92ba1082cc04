import path from 'node:path'
import { assignBackends, knownNames, slugOf } from '../analysis/assign.ts'
import { readStudyText } from '../analysis/front-matter.ts'
import { visible } from '../diagnose.ts'
import { isWithin, Refusal } from '../disk.ts'
import { kindOf, readFacts, readOutputs } from '../files.ts'
import type { Knowledge } from '../model/backend.ts'
import type { StudyFolder } from '../model/library.ts'
import type { BackendFacts, Facts } from '../model/study.ts'

/*
 * Two files or folders as a study of two backends that lies nowhere: each side is a folder of it, and what is known
 * of the machine comes from the study.md that both lie under, if there is one.
 */

export interface Sides {
  readonly study: StudyFolder
  /** ids of the two backends, in the order in which they were given */
  readonly ids: readonly [string, string]
  readonly titles: readonly [string, string]
  /** where a path of the study really lies */
  placeOf(file: string): string
}

interface Side {
  readonly place: string
  readonly title: string
  readonly id: string
}

/** The study of two places. Throws a Refusal where they cannot be two sides. */
export function studyOfSides(places: readonly [string, string], knowledge: readonly Knowledge[]): Sides {
  const [a, b] = [path.resolve(places[0]), path.resolve(places[1])]
  if (isWithin(a, b) || isWithin(b, a))
    throw new Refusal(
      `${places[0]} and ${places[1]} are one place, or one lies in the other.`,
      'Name two files, or two folders beside each other.',
    )
  const sides = namesOf(places)
  const read = sides.map(({ place, id }) => readOutputs(place, id))
  for (const [i, { sources, diagnostics }] of read.entries())
    if (sources.length + diagnostics.length === 0)
      throw new Refusal(
        `There is no saved output in ${sides[i]?.place}.`,
        'Name a folder that holds what bonnie++ printed.',
      )
  const { facts, folder } = factsAbove(places, knowledge)
  const declared = sides.map(({ place, id, title }, i) => {
    const files = read[i]?.sources.map(({ path: file }) => placeIn(sides, file)) ?? []
    // a hidden file is given by its name, so it counts
    const patterns = { title, files: [`${id}/**`, `${id}/.*`] }
    return [id, { ...servedBy(place, files, { folder, facts, knowledge }), ...patterns }] as const
  })
  const { host, guest, equivalence, alias } = facts
  const known = { host, guest, equivalence, alias, backends: Object.fromEntries(declared) }
  return {
    study: {
      slug: 'pair',
      prefix: '',
      // JSON is YAML, and leaves out what is undefined
      studyText: `---\n${JSON.stringify(known)}\n---\n`,
      sources: read.flatMap(({ sources }) => sources),
      images: [],
      diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
    },
    ids: [sides[0].id, sides[1].id],
    titles: [sides[0].title, sides[1].title],
    placeOf: (file) => placeIn(sides, file),
  }
}

/** The sides by the last part of their paths, or, where those are alike, from where the paths part. */
function namesOf([a, b]: readonly [string, string]): readonly [Side, Side] {
  const [short, other] = [stemOf(a), stemOf(b)]
  const [title, otherTitle] = short === other ? parted(a, b) : [short, other]
  const [id, otherId] = [slugOf(title), slugOf(otherTitle)]
  const alike = id === otherId
  return [
    { place: a, title: visible(title), id: alike ? `${id}-a` : id },
    { place: b, title: visible(otherTitle), id: alike ? `${otherId}-b` : otherId },
  ]
}

/** Two paths without the folders that both begin with. */
function parted(a: string, b: string): [string, string] {
  const [left, right] = [path.normalize(a).split(path.sep), path.normalize(b).split(path.sep)]
  const most = Math.min(left.length, right.length) - 1
  const differ = left.findIndex((part, i) => i >= most || part !== right[i])
  return [left.slice(differ).join('/'), right.slice(differ).join('/')]
}

function stemOf(place: string): string {
  const name = path.basename(path.resolve(place))
  const stem = name.replace(/\.gz$/i, '').replace(/\.(txt|log|csv|html?|md|eml|out)$/i, '')
  return stem.trim() === '' ? name : stem
}

function placeIn(sides: readonly Side[], file: string): string {
  const side = sides.find(({ id }) => file.startsWith(`${id}/`))
  if (!side) return file
  return kindOf(side.place) === 'file' ? side.place : path.join(side.place, file.slice(side.id.length + 1))
}

/**
 * What study.md says, where both places lie under the same one. A folder of results also holds studies of their own,
 * of which its own study.md says nothing: what lies under it counts only where it is named as a backend.
 */
function factsAbove(
  places: readonly [string, string],
  knowledge: readonly Knowledge[],
): { readonly facts: Facts; readonly folder: string } {
  const nothing = { facts: {}, folder: '' }
  const [a, b] = [path.resolve(places[0]), path.resolve(places[1])]
  const folder = ancestors(a).find((above) => kindOf(path.join(above, 'study.md')) === 'file')
  if (folder === undefined || !isWithin(folder, b)) return nothing
  const { facts } = readStudyText(readFacts(folder, 'study.md')).value
  const names = knownNames(facts, knowledge)
  const own = [a, b].every((place) => {
    const [first = '', ...rest] = path.relative(folder, place).split(path.sep)
    return (rest.length === 0 && kindOf(place) === 'file') || names.has(first.toLowerCase())
  })
  return own ? { facts, folder } : nothing
}

/** The folders that a place lies in, the nearest first. */
function ancestors(place: string): string[] {
  const above = path.dirname(place)
  return above === place ? [] : [above, ...ancestors(above)]
}

/**
 * What is declared of the backend that these files are of, going by their names; nothing where the names do not say.
 * Throws a Refusal where they are of several: those are no side of a comparison.
 */
function servedBy(
  place: string,
  files: readonly string[],
  known: { readonly folder: string; readonly facts: Facts; readonly knowledge: readonly Knowledge[] },
): BackendFacts {
  const { folder, facts } = known
  const paths = files.map((file) => (folder === '' ? file : path.relative(folder, path.resolve(file))))
  const { backends } = assignBackends(paths, facts, known.knowledge, '')
  const [only, ...others] = backends
  if (others.length > 0) {
    const ids = backends.map(({ id }) => id).join(', ')
    throw new Refusal(
      `${place} holds outputs of several backends: ${ids}.`,
      'Name the folder of one of them.',
    )
  }
  if (!only) return {}
  const { title: _t, files: _f, aliases: _a, ...declared } = facts.backends?.[only.id] ?? {}
  return { ...declared, ...(only.kind !== null && { kind: only.kind }) }
}
