import * as fs from 'node:fs'
import path from 'node:path'

/*
 * What the disk says of all that lies below some folders, without reading it: names, kinds, rights, sizes, times and
 * inodes. Where it says the same twice, nothing was touched, but for what was touched too recently to show: a disk
 * counts time in steps, and what changes twice within one of them keeps its time.
 */

/** Longer than a step of any disk's clock: that of FAT is two seconds. */
export const STEP_MS = 2100

/** A folder to look through. */
export interface Place {
  readonly folder: string
  /** whether names that begin with a dot count */
  readonly hidden: boolean
  /** whether the folders in it are looked through too */
  readonly deep: boolean
}

/** A file or a folder: its path, and in `seen` what the disk says of it. */
export interface Sight {
  readonly path: string
  readonly seen: string
  readonly isFolder: boolean
  /** when it was last changed, contents or rights, in ms since 1970 by the disk's clock */
  readonly changed: number
}

export interface Survey {
  /** all that was seen, in the order of names; no two NULs stand side by side in it */
  readonly text: string
  /** the latest change of a file */
  readonly changed: number
}

/**
 * Looks through places, and names each file and folder in them to `note`. Null where one of them is missing or holds
 * anything but files and folders: what a link leads to changes without it.
 */
export function survey(places: readonly Place[], note?: (sight: Sight) => void): Survey | null {
  let text = ''
  let changed = 0
  const look = ({ folder, hidden, deep }: Place): boolean => {
    text += `${folder}\0`
    const below: string[] = []
    for (const name of fs.readdirSync(folder).sort()) {
      if (!hidden && name.startsWith('.')) continue
      const place = `${folder}${path.sep}${name}`
      const stat = fs.lstatSync(place)
      const isFolder = stat.isDirectory()
      if (!isFolder && !stat.isFile()) return false
      // a folder's times tell of names, which are seen anyway
      const seen = isFolder ? `${stat.mode}` : seenOf(stat)
      text += `${name}\0${seen}\0`
      const latest = isFolder ? 0 : Math.max(stat.mtimeMs, stat.ctimeMs)
      if (latest > changed) changed = latest
      note?.({ path: place, seen, isFolder, changed: latest })
      if (isFolder && deep) below.push(place)
    }
    return below.every((place) => look({ folder: place, hidden, deep }))
  }
  try {
    if (!places.every(look)) return null
  } catch {
    return null // whatever keeps it from being seen, nothing is known
  }
  return { text, changed }
}

function seenOf({ mode, size, mtimeMs, ctimeMs, ino }: fs.Stats): string {
  return `${mode} ${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

/** The rights in what was seen: with the bytes they are all that a file gives to its reader. */
export function rightsOf(seen: string): string {
  return seen.split(' ', 1)[0] ?? ''
}

/** SHA-256 of a file's bytes; null where they cannot be read. */
export function hashOfFile(file: string): string | null {
  try {
    return hashOf(fs.readFileSync(file))
  } catch {
    return null
  }
}

/** SHA-256 of bytes, or of a text as UTF-8. */
export function hashOf(content: string | Uint8Array): string {
  // loading it takes as long as looking through a small site, and is rarely needed
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(content).digest('hex')
}

/** Where a folder is, links resolved; null where it is not. */
export function placeOf(folder: string): string | null {
  try {
    return fs.realpathSync(folder)
  } catch {
    return null
  }
}

/** Whose program runs, and where: what a message or a right may depend on beside the files. */
export function circumstances(): readonly string[] {
  return [process.version, process.cwd(), String(process.getuid?.())]
}

/** A file's text; null where it cannot be read. */
export function readKept(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Writes a file in one step. Where the disk will not have it, there is none. */
export function keepText(file: string, text: string): void {
  const beside = `${file}-new`
  try {
    fs.writeFileSync(beside, text)
    fs.renameSync(beside, file)
  } catch {
    fs.rmSync(beside, { force: true })
  }
}
