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
  /** whether the times of folders are seen, as `isAsSeen` asks for */
  readonly timed: boolean
}

/** A file or a folder: its path, and in `seen` what the disk says of it. */
export interface Sight {
  readonly path: string
  readonly seen: string
  readonly isFolder: boolean
  /** when it was last changed, contents or rights, in ms since 1970 by the disk's clock; 0 where that is not seen */
  readonly changed: number
}

export interface Survey {
  /** path and sight of all that is there, in the order of names; no two NULs stand side by side in it */
  readonly text: string
  /** the latest change that was seen */
  readonly changed: number
}

/**
 * Looks through places, and names each file and folder in them to `note`. Null where one of them is missing or holds
 * anything but files and folders: what a link leads to changes without it.
 */
export function survey(places: readonly Place[], note?: (sight: Sight) => void): Survey | null {
  let text = ''
  let changed = 0
  const look = (at: string, place: Place): boolean => {
    const { folder, hidden, deep, timed } = place
    const stat = fs.lstatSync(at)
    const isFolder = stat.isDirectory()
    if (!isFolder && !stat.isFile()) return false
    // where every folder is looked into, its names are seen, and its times would tell of names that do not count
    const isTimed = timed || !isFolder
    const seen = isTimed ? seenOf(stat) : `${stat.mode}`
    const latest = isTimed ? Math.max(stat.mtimeMs, stat.ctimeMs) : 0
    text += `${at}\0${seen}\0`
    if (latest > changed) changed = latest
    note?.({ path: at, seen, isFolder, changed: latest })
    if (!isFolder || !(deep || at === folder)) return true
    const names = fs.readdirSync(at).sort()
    return names.every((name) => (!hidden && name.startsWith('.')) || look(`${at}${path.sep}${name}`, place))
  }
  try {
    if (!places.every((place) => look(place.folder, place))) return null
  } catch {
    return null // whatever keeps it from being seen, nothing is known
  }
  return { text, changed }
}

/**
 * Whether all that a survey of timed places saw is as it was. A folder whose times are as they were holds the same
 * names, so none is looked into: a site has a folder for each saved output, and reading folders takes half the time.
 * There are disks that keep no times of folders (FAT under some systems), so it is not for places where a new name
 * matters.
 */
export function isAsSeen(text: string): boolean {
  try {
    for (let at = 0; at < text.length; ) {
      const between = text.indexOf('\0', at)
      const end = text.indexOf('\0', between + 1)
      if (seenOf(fs.lstatSync(text.slice(at, between))) !== text.slice(between + 1, end)) return false
      at = end + 1
    }
    return true
  } catch {
    return false // what is gone is not as it was
  }
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
  // loading it takes as long as looking through a small site, and is rarely needed
  const { createHash } = process.getBuiltinModule('node:crypto')
  try {
    return createHash('sha256').update(fs.readFileSync(file)).digest('hex')
  } catch {
    return null
  }
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

/** The first bytes of a file as text; null where they cannot be read. */
export function readBegin(file: string, bytes: number): string | null {
  try {
    const descriptor = fs.openSync(file, 'r')
    try {
      const begin = Buffer.allocUnsafe(Math.min(bytes, fs.fstatSync(descriptor).size))
      return begin.toString('utf8', 0, fs.readSync(descriptor, begin, 0, begin.length, 0))
    } finally {
      fs.closeSync(descriptor)
    }
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
