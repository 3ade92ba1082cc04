import path from 'node:path'
import { isWithin } from './disk.ts'
import type { DrawnFile } from './model/library.ts'
import {
  hashOf,
  hashOfFile,
  keepText,
  type Place,
  readKept,
  rightsOf,
  type Sight,
  STEP_MS,
  survey,
} from './survey.ts'

/*
 * Whether a build would change anything. Each leaves a stamp beside its site: what the disk said of all that it read
 * (results, templates, program) and of all that it wrote, with the hash of every file, and what it told its user. If
 * the disk says the same again, the build would too, and its words are repeated. Where it does not, or where a file
 * was touched so shortly before that its times could not show one touch more, the hashes decide (as git's index does
 * it: racy-git.txt in its documentation). In every doubt there is no answer, and the site is built.
 *
 * Words that were told in other ways (`-q`, with colours) stay in the stamp as long as builds find and leave the same
 * bytes.
 */

export type Line = readonly [stream: 'out' | 'err', line: string]

/** What a build told its user. */
export interface Told {
  readonly code: 0 | 1
  readonly lines: readonly Line[]
}

/** A build that is wanted. Folders are named with their links resolved. */
export interface Errand {
  /** where its stamp lies */
  readonly stamp: string
  /** all that decides its site beside files */
  readonly key: string
  /** all that decides, with that, what it tells */
  readonly manner: string
  readonly results: string
  readonly templates: string
  /** holds the program and its libraries, and no folder of interest */
  readonly program: string
  readonly site: string
  /** ms since 1970 */
  readonly now: () => number
}

/** What was seen of a file, and the hash of its bytes; of a folder, null. */
type Known = Readonly<Record<string, readonly [seen: string, hash: string | null]>>

interface Head {
  readonly key: string
  /** when the disk was asked */
  readonly asked: number
}

/** What builds told, each in its manner. */
type Tellings = Readonly<Record<string, Told>>

/** What the build would tell, if it would change nothing; null where it would, or where that is in doubt. */
export function recall(errand: Errand): Told | null {
  const [head = '', tellings = '', kept = '', known = ''] = partsOf(errand.stamp)
  const { key, asked } = readJson<Head>(head) ?? {}
  if (asked === undefined || key !== errand.key) return null
  const told = readJson<Tellings>(tellings)?.[errand.manner]
  if (!told) return null
  const places = [...inputsOf(errand), outputOf(errand)]
  const seen = survey(places)
  if (!seen) return null
  if (seen.text !== kept || isRacy(seen, asked)) {
    const now = errand.now()
    const again = sightsOf(places)
    const fresh = again && sameBytes(readJson<Known>(known) ?? {}, again.sights, asked)
    if (!fresh) return null
    // what was hashed now is known from now on
    keepText(errand.stamp, stampText({ key, asked: now }, tellings, again.text, fresh))
  }
  return told
}

function inputsOf({ results, templates, program }: Errand): Place[] {
  return [
    { folder: results, hidden: false, deep: true },
    { folder: templates, hidden: false, deep: true },
    { folder: program, hidden: true, deep: false },
  ]
}

function outputOf({ site }: Errand): Place {
  return { folder: site, hidden: true, deep: true }
}

function isRacy({ changed }: { readonly changed: number }, asked: number): boolean {
  return changed > asked - STEP_MS
}

/** What is known of the same files with the same rights and bytes; null where one differs, is new or is gone. */
function sameBytes(known: Known, sights: ReadonlyMap<string, Sight>, asked: number): Known | null {
  if (Object.keys(known).length !== sights.size) return null
  const fresh: Record<string, readonly [string, string | null]> = {}
  for (const [place, sight] of sights) {
    const [seen, hash] = known[place] ?? []
    if (seen === undefined || hash === undefined || rightsOf(seen) !== rightsOf(sight.seen)) return null
    const isKnown = seen === sight.seen && !isRacy(sight, asked)
    if (!isKnown && (sight.isFolder ? null : hashOfFile(place)) !== hash) return null
    fresh[place] = [sight.seen, hash]
  }
  return fresh
}

/** Looks on while a site is built. */
export interface Watch {
  /** Leaves a stamp, if no input was touched since the watch began. */
  keep(made: Made, told: Told): void
}

/** What a build left. */
export interface Made {
  readonly files: ReadonlyMap<string, DrawnFile>
  /** what lies in the site and no build wrote, as the user was told */
  readonly kept: readonly string[]
}

/** Begins to look on, before the build reads anything. */
export function watch(errand: Errand): Watch {
  const began = errand.now()
  const before = sightsOf(inputsOf(errand))
  const racy = [...(before?.sights.values() ?? [])].filter((sight) => isRacy(sight, began))
  const early = new Map(racy.map(({ path: place }) => [place, hashOfFile(place)]))
  return {
    keep: (made, told) => {
      const asked = errand.now()
      const after = sightsOf(inputsOf(errand))
      if (!before || after?.text !== before.text) return
      const read = knownInputs(after.sights)
      if (!read || [...early].some(([place, hash]) => read[place]?.[1] !== hash)) return
      const all = sightsOf([...inputsOf(errand), outputOf(errand)])
      const left = all && knownOutputs(all.sights, made, read, errand)
      if (!left) return
      const known = { ...read, ...left }
      const tellings: Tellings = { ...stillTrue(errand, known), [errand.manner]: told }
      keepText(errand.stamp, stampText({ key: errand.key, asked }, JSON.stringify(tellings), all.text, known))
    },
  }
}

/** What earlier builds told that found and left the same files. */
function stillTrue({ stamp, key }: Errand, known: Known): Tellings {
  const [head = '', tellings = '', , last = ''] = partsOf(stamp)
  const before = Object.entries(readJson<Known>(last) ?? {})
  const isSame =
    readJson<Head>(head)?.key === key &&
    before.length === Object.keys(known).length &&
    before.every(([place, [seen, hash]]) => {
      const [now, bytes] = known[place] ?? []
      return now !== undefined && rightsOf(now) === rightsOf(seen) && bytes === hash
    })
  return isSame ? (readJson<Tellings>(tellings) ?? {}) : {}
}

/** Null where a file cannot be read. */
function knownInputs(sights: ReadonlyMap<string, Sight>): Known | null {
  const known: Record<string, readonly [string, string | null]> = {}
  for (const { path: place, seen, isFolder } of sights.values()) {
    const hash = isFolder ? null : hashOfFile(place)
    if (!isFolder && hash === null) return null
    known[place] = [seen, hash]
  }
  return known
}

/**
 * What is known of the site without reading it: what lies there may not be what was written any more. Null where a
 * file is missing, or lies there that nobody spoke of.
 */
function knownOutputs(
  sights: ReadonlyMap<string, Sight>,
  { files, kept }: Made,
  read: Known,
  { site, results, templates }: Errand,
): Known | null {
  const roots = { results, templates }
  const hashOfWritten = (file: DrawnFile) =>
    typeof file === 'string' || file instanceof Uint8Array
      ? hashOf(file)
      : (read[path.join(roots[file.from], file.copy)]?.[1] ?? null)
  const hashes = new Map([...files].map(([name, file]) => [path.join(site, name), hashOfWritten(file)]))
  for (const place of kept.map((name) => path.join(site, name))) hashes.set(place, hashOfFile(place))
  const made: Record<string, readonly [string, string | null]> = {}
  for (const { path: place, seen, isFolder } of sights.values()) {
    if (!isWithin(site, place)) continue
    const hash = hashes.get(place) ?? null
    if (!isFolder && hash === null) return null
    made[place] = [seen, isFolder ? null : hash]
  }
  return [...hashes.keys()].every((place) => made[place] !== undefined) ? made : null
}

interface Sighted {
  readonly text: string
  readonly sights: ReadonlyMap<string, Sight>
}

function sightsOf(places: readonly Place[]): Sighted | null {
  const sights = new Map<string, Sight>()
  const seen = survey(places, (sight) => sights.set(sight.path, sight))
  return seen && { text: seen.text, sights }
}

/** Between the parts of a stamp: neither JSON nor what was seen holds it. */
const BETWEEN = '\0\0\n'

function stampText(head: Head, tellings: string, seen: string, known: Known): string {
  return [JSON.stringify(head), tellings, seen, JSON.stringify(known)].join(BETWEEN)
}

function partsOf(stamp: string): readonly string[] {
  return readKept(stamp)?.split(BETWEEN) ?? []
}

/** What a part of the stamp says; null where something else stands there. */
function readJson<T>(text: string): T | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
