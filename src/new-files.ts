import * as fs from 'node:fs'
import path from 'node:path'
import { diskWords, isDiskError, Refusal } from './disk.ts'

/*
 * Files that are written for an author among his own: never over one that is there.
 */

/** What became of a file: written, or left because the place is taken, by the same bytes or by others. */
export type Placed = 'new' | 'same' | 'other'

/** Writes a file, and the folders it lies in, unless something is there. Throws a Refusal where the disk does not obey. */
export function writeNew(place: string, content: string | Uint8Array): Placed {
  const bytes = Buffer.from(content)
  obeyed(place, () => fs.mkdirSync(path.dirname(place), { recursive: true }))
  if (fs.lstatSync(place, { throwIfNoEntry: false })) return isFileOf(place, bytes) ? 'same' : 'other'
  obeyed(place, () => fs.writeFileSync(place, bytes, { flag: 'wx' }))
  return 'new'
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

function isFileOf(place: string, bytes: Uint8Array): boolean {
  try {
    const { size } = fs.statSync(place)
    return size === bytes.length && fs.readFileSync(place).equals(bytes)
  } catch {
    return false // a folder, or what nobody may read: whatever it is, it is something else
  }
}
