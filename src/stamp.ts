import path from 'node:path'
import type { FileHash } from './model/library.ts'
import {
  hashOfFile,
  isAsSeen,
  keepText,
  type Place,
  readBegin,
  readKept,
  rightsOf,
  type Sight,
  STEP_MS,
  type Survey,
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

/** What builds told, each in its manner. */
type Tellings = Readonly<Record<string, Told>>

/** What the build would tell, if it would change nothing; null where it would, or where that is in doubt. */
export function recall(errand: Errand): Told | null {
  const front = frontOf(errand.stamp)
  if (front === null || front.key !== errand.key) return null
  const told = readJson<Tellings>(front.tellings)?.[errand.manner]
  if (!told) return null
  if (isUntouched(errand, front)) return told
  const now = errand.now()
  const sights = sightsOf(errand)
  const known = sights && sameBytes(knownIn(errand.stamp), sights, front.asked)
  if (!known) return null
  // what was hashed now is known from now on
  keepStamp(errand, { asked: now, tellings: front.tellings, sights, known })
  return told
}

/** Whether the disk says that nobody has touched anything. */
function isUntouched(errand: Errand, { asked, changed, inputs, outputs }: Front): boolean {
  const seen = survey(inputsOf(errand))
  if (seen?.text !== inputs || isRacy(seen, asked)) return false
  return !isRacy({ changed }, asked) && isAsSeen(outputs)
}

// a new name among the inputs matters more than the time it takes to look for it: the times of folders are not asked
function inputsOf({ results, templates, program }: Errand): Place[] {
  return [
    { folder: results, hidden: false, deep: true, timed: false },
    { folder: templates, hidden: false, deep: true, timed: false },
    { folder: program, hidden: true, deep: false, timed: false },
  ]
}

function outputOf({ site }: Errand): Place {
  return { folder: site, hidden: true, deep: true, timed: true }
}

function isRacy({ changed }: { readonly changed: number }, asked: number): boolean {
  return changed > asked - STEP_MS
}

/** What is known of the same files with the same rights and bytes; null where one differs, is new or is gone. */
function sameBytes(known: Known, { inputs, outputs }: Sights, asked: number): Known | null {
  if (Object.keys(known).length !== inputs.sights.size + outputs.sights.size) return null
  const fresh: Record<string, readonly [string, string | null]> = {}
  for (const { path: place, ...sight } of [...inputs.sights.values(), ...outputs.sights.values()]) {
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
  /** every file of the site */
  readonly outputs: readonly FileHash[]
  /** what lies in the site and no build wrote, as the user was told */
  readonly kept: readonly string[]
}

/** Begins to look on, before the build reads anything. */
export function watch(errand: Errand): Watch {
  const began = errand.now()
  const before = sightsIn(inputsOf(errand))
  const racy = [...(before?.sights.values() ?? [])].filter((sight) => isRacy(sight, began))
  const early = new Map(racy.map(({ path: place }) => [place, hashOfFile(place)]))
  return {
    keep: (made, told) => {
      const asked = errand.now()
      const after = sightsIn(inputsOf(errand))
      if (!before || after?.text !== before.text) return
      const read = knownInputs(after.sights)
      if (!read || [...early].some(([place, hash]) => read[place]?.[1] !== hash)) return
      const outputs = sightsIn([outputOf(errand)])
      const left = outputs && knownOutputs(outputs.sights, made, errand)
      if (!left) return
      const known = { ...read, ...left }
      const tellings: Tellings = { ...stillTrue(errand, known), [errand.manner]: told }
      keepStamp(errand, {
        asked,
        tellings: JSON.stringify(tellings),
        sights: { inputs: after, outputs },
        known,
      })
    },
  }
}

/** What earlier builds told that found and left the same files. */
function stillTrue({ stamp, key }: Errand, known: Known): Tellings {
  const front = frontOf(stamp)
  const before = Object.entries(knownIn(stamp))
  const isSame =
    front?.key === key &&
    before.length === Object.keys(known).length &&
    before.every(([place, [seen, hash]]) => {
      const [now, bytes] = known[place] ?? []
      return now !== undefined && rightsOf(now) === rightsOf(seen) && bytes === hash
    })
  return isSame ? (readJson<Tellings>(front.tellings) ?? {}) : {}
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
  { outputs, kept }: Made,
  { site }: Errand,
): Known | null {
  const hashes = new Map(outputs.map(({ path: name, sha256 }) => [path.join(site, name), sha256]))
  for (const name of kept) hashes.set(path.join(site, name), hashOfFile(path.join(site, name)) ?? '')
  const made: Record<string, readonly [string, string | null]> = {}
  for (const { path: place, seen, isFolder } of sights.values()) {
    const hash = hashes.get(place)
    if (!isFolder && !hash) return null
    made[place] = [seen, isFolder ? null : (hash ?? null)]
  }
  return [...hashes.keys()].every((place) => made[place] !== undefined) ? made : null
}

interface Sights {
  readonly inputs: Sighted
  readonly outputs: Sighted
}

interface Sighted extends Survey {
  readonly sights: ReadonlyMap<string, Sight>
}

function sightsOf(errand: Errand): Sights | null {
  const [inputs, outputs] = [sightsIn(inputsOf(errand)), sightsIn([outputOf(errand)])]
  return inputs && outputs && { inputs, outputs }
}

function sightsIn(places: readonly Place[]): Sighted | null {
  const sights = new Map<string, Sight>()
  const seen = survey(places, (sight) => sights.set(sight.path, sight))
  return seen && { ...seen, sights }
}

// ─── the stamp as a file ────────────────────────────────────────────────────────────────────────────────────────

/** What a build that changes nothing reads of a stamp. The hashes come after it, and are several times as long. */
interface Front {
  readonly key: string
  /** when the disk was asked */
  readonly asked: number
  /** the latest change in the site, as it was seen then */
  readonly changed: number
  /** as JSON */
  readonly tellings: string
  /** what was seen of the inputs and of the site */
  readonly inputs: string
  readonly outputs: string
}

/** Between the parts of a stamp: neither JSON nor what was seen holds it. */
const BETWEEN = '\0\0\n'
/** A stamp begins with the number of bytes of its front, this included, in so many characters. */
const LENGTH = 16

function keepStamp(
  { stamp, key }: Errand,
  {
    asked,
    tellings,
    sights: { inputs, outputs },
    known,
  }: { readonly asked: number; readonly tellings: string; readonly sights: Sights; readonly known: Known },
): void {
  const head = JSON.stringify({ key, asked, changed: outputs.changed })
  const front = ['', head, tellings, inputs.text, outputs.text, ''].join(BETWEEN)
  const length = String(LENGTH + Buffer.byteLength(front)).padEnd(LENGTH)
  keepText(stamp, `${length}${front}${JSON.stringify(known)}`)
}

/** Null where there is no stamp, or something else lies in its place. */
function frontOf(stamp: string): Front | null {
  const length = Number(readBegin(stamp, LENGTH))
  if (!Number.isSafeInteger(length) || length <= LENGTH) return null
  const [, head = '', tellings = '', inputs = '', outputs = '', end] =
    readBegin(stamp, length)?.split(BETWEEN) ?? []
  if (end !== '') return null // it was cut
  const { key, asked, changed } = readJson<Partial<Front>>(head) ?? {}
  if (key === undefined || asked === undefined || changed === undefined) return null
  return { key, asked, changed, tellings, inputs, outputs }
}

function knownIn(stamp: string): Known {
  return readJson<Known>(readKept(stamp)?.split(BETWEEN).at(-1) ?? '') ?? {}
}

/** What a part of the stamp says; null where something else stands there. */
function readJson<T>(text: string): T | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
