import * as fs from 'node:fs'
import path from 'node:path'
import { codeOf, diskWords, isDiskError, Refusal } from './disk.ts'
import { statOf } from './files.ts'

/*
 * Files that are written for an author among his own: never over one that is there.
 */

/** What became of a file: written, or left because the place is taken, by the same bytes or by others. */
export type Placed = 'new' | 'same' | 'other'

/**
 * Writes a file, and the folders it lies in, unless something is there. It comes to its name whole or not at all, so
 * that no half of a saved output is ever taken for one. Throws a Refusal where the disk does not obey.
 */
export function writeNew(place: string, content: string | Uint8Array): Placed {
  const bytes = Buffer.from(content)
  return obeyed(place, () => {
    fs.mkdirSync(path.dirname(place), { recursive: true })
    if (isTaken(place)) return isFileOf(place, bytes) ? 'same' : 'other'
    // a name of its own, for others may add at the same time, and with a dot, for those are no results
    const aside = fs.mkdtempSync(path.join(path.dirname(place), '.new-'))
    try {
      const part = path.join(aside, path.basename(place))
      fs.writeFileSync(part, bytes)
      return appear(part, place) ? 'new' : writeNew(place, bytes)
    } finally {
      removeIfPossible(aside)
    }
  })
}

/** Gives a file a second name; false where something has that name by now. */
function appear(part: string, place: string): boolean {
  try {
    fs.linkSync(part, place)
    return true
  } catch (error) {
    if (isTaken(place)) return false
    if (!isDiskError(error)) throw error
    fs.renameSync(part, place) // a disk without links
    return true
  }
}

/** What cannot be removed now hurts nobody. */
function removeIfPossible(place: string): void {
  try {
    fs.rmSync(place, { recursive: true, force: true })
  } catch (error) {
    if (!isDiskError(error)) throw error
  }
}

function isTaken(place: string): boolean {
  return fs.lstatSync(place, { throwIfNoEntry: false }) !== undefined
}

function obeyed<T>(place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!isDiskError(error)) throw error
    throw new Refusal(`${place} could not be written: ${diskWords(error)}.`)
  }
}

/** A file copied byte for byte, and where it is now. */
export interface Filed {
  readonly place: string
  /** whether its bytes were there already */
  readonly before: boolean
}

/**
 * Copies a file into a folder under a name, or under the first of name-2, name-3, … that is free or holds the same
 * bytes. Throws a Refusal where the disk does not obey.
 */
export function fileAway(from: string, folder: string, name: string): Filed {
  let bytes: Uint8Array
  try {
    bytes = fs.readFileSync(from)
  } catch (error) {
    throw new Refusal(`${from} could not be read: ${diskWords(error)}.`)
  }
  const [, stem = name, ending = ''] = /^(.+?)((?:\.[^.]{1,8}){0,2})$/s.exec(name) ?? []
  for (let n = 1; ; n += 1) {
    const place = path.join(folder, n === 1 ? name : `${stem}-${n}${ending}`)
    const placed = writeNew(place, bytes)
    if (placed !== 'other') return { place, before: placed === 'same' }
  }
}

/** Whether a file with these bytes lies there. What a disk does not tell must not be taken for something else. */
function isFileOf(place: string, bytes: Uint8Array): boolean {
  try {
    const stat = statOf(place)
    return (stat?.isFile() && stat.size === bytes.length && fs.readFileSync(place).equals(bytes)) ?? false
  } catch (error) {
    // what nobody may read is something else, whatever it is
    if (['EACCES', 'EPERM', 'ELOOP'].includes(codeOf(error))) return false
    throw error
  }
}
