import * as fs from 'node:fs'
import path from 'node:path'
import { diskWords, isDiskError, Refusal } from './disk.ts'
import type { SealedFile } from './model/library.ts'
import { type Foreign, foreignFiles, keepForeign } from './publish/foreign.ts'
import { withLock } from './publish/lock.ts'
import { isNameWithin } from './publish/manifest.ts'
import {
  clear,
  destination,
  isThere,
  refuseInputs,
  refuseStrangers,
  restore,
  siblingsOf,
} from './publish/place.ts'
import { bytesOfSealed, type Roots } from './publish/seal.ts'

/*
 * site/ is written here and nowhere else.
 *
 * No file is forced to the disk one by one: that would cost a first build more than all its other writing. What a
 * killed process has written the system still holds; only a cut of the power can lose it, and then the next build,
 * which compares every byte, writes it again.
 */

/**
 * Writes the site beside its place and swaps it in: whoever looks sees the old site or the new one, and a failure
 * leaves the old one as it was. A file that holds the same bytes as before stays the same file, with its date.
 * What no build wrote is kept. Returns what was found of that. Throws a Refusal where the place is not ours to
 * replace, another build is writing, or the disk does not obey.
 */
export function writeSite(out: string, files: ReadonlyMap<string, SealedFile>, roots: Roots): Foreign {
  try {
    const place = destination(out)
    refuseInputs(out, place, roots)
    fs.mkdirSync(path.dirname(place), { recursive: true })
    return withLock(siblingsOf(place).lock, (isHeld) => {
      restore(place)
      refuseStrangers(out, place)
      return replace(place, files, roots, isHeld)
    })
  } catch (error) {
    if (!isDiskError(error)) throw error
    throw new Refusal(
      `The site could not be written to ${out}: ${diskWords(error)}.`,
      'Choose a folder that can be written with --out.',
    )
  }
}

function replace(
  place: string,
  files: ReadonlyMap<string, SealedFile>,
  roots: Roots,
  isHeld: () => boolean,
): Foreign {
  const { fresh, old } = siblingsOf(place)
  clear(place)
  try {
    makeFolder(fresh)
    const { ino } = fs.statSync(fresh)
    const foreign = foreignFiles(place, files, roots)
    const folders = new Set(['.'])
    for (const [name, file] of files) writeFile(name, file, { fresh, place, roots, folders })
    for (const name of foreign.kept) {
      makeFolders(fresh, path.dirname(name), folders)
      keepForeign(path.join(place, name), path.join(fresh, name))
    }
    if (!isHeld() || fs.statSync(fresh).ino !== ino) {
      throw new Refusal('Another build has taken the place of this one.', 'Build again.')
    }
    swap(fresh, place, old)
    return foreign
  } finally {
    clearIfPossible(place, isHeld)
  }
}

/** The site is whole, whatever becomes of what lies beside it: the next build removes what is left. */
function clearIfPossible(place: string, isHeld: () => boolean): void {
  try {
    if (!isHeld()) return
    if (isThere(place) || !isThere(siblingsOf(place).old)) clear(place)
  } catch (error) {
    if (!isDiskError(error)) throw error
  }
}

interface Places {
  readonly fresh: string
  /** where the old site lies */
  readonly place: string
  readonly roots: Roots
  /** those that the new one has already, relative to it */
  readonly folders: Set<string>
}

function writeFile(name: string, file: SealedFile, { fresh, place, roots, folders }: Places): void {
  if (!isNameWithin(name)) throw new Error(`the site cannot hold a file called "${name}"`)
  const target = path.join(fresh, name)
  makeFolders(fresh, path.dirname(name), folders)
  const bytes = bytesOfSealed(file, roots)
  if (takeOver(path.join(place, name), target, bytes)) return
  fs.writeFileSync(target, bytes, { flag: 'wx' })
  // whatever the umask says: the site is for everybody to read
  fs.chmodSync(target, 0o644)
}

/**
 * Makes a file of the old site one of the new too, where it holds the same bytes. Not one that has a third name
 * outside, since who edits that in place would edit the site.
 */
function takeOver(from: string, to: string, bytes: Uint8Array): boolean {
  try {
    const stat = fs.lstatSync(from, { throwIfNoEntry: false })
    if (!stat?.isFile() || stat.nlink !== 1 || (stat.mode & 0o7777) !== 0o644) return false
    if (stat.size !== bytes.length || !fs.readFileSync(from).equals(bytes)) return false
    fs.linkSync(from, to)
    return true
  } catch (error) {
    if (!isDiskError(error)) throw error
    return false // a disk without links, or one too many: it is written like any other
  }
}

function makeFolders(site: string, name: string, made: Set<string>): void {
  if (made.has(name)) return
  makeFolders(site, path.dirname(name), made)
  makeFolder(path.join(site, name))
  made.add(name)
}

function makeFolder(place: string): void {
  fs.mkdirSync(place)
  fs.chmodSync(place, 0o755)
}

function swap(fresh: string, place: string, old: string): void {
  if (isThere(place)) fs.renameSync(place, old)
  try {
    fs.renameSync(fresh, place)
  } catch (error) {
    if (isThere(old)) fs.renameSync(old, place)
    throw error
  }
}
