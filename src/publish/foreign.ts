import * as fs from 'node:fs'
import path from 'node:path'
import { isDiskError, Refusal } from '../disk.ts'
import type { SealedFile } from '../model/library.ts'
import { MANIFEST } from './manifest.ts'
import { isThere } from './place.ts'
import { bytesAt, entriesBelow, manifestOf } from './saved-site.ts'
import { bytesOfSealed, type Roots } from './seal.ts'

/*
 * What lies in a site and no build wrote: a CNAME, say, or a note that somebody put beside a page. The manifest of the
 * old site tells it from pages that are no longer wanted. Without one, nothing tells, and everything is kept.
 */

/** Names within a site of what no build wrote. */
export interface Foreign {
  /** it stays where it is */
  readonly kept: readonly string[]
  /** it bore the name of a file of the new site, and held something else */
  readonly replaced: readonly string[]
}

/** What no build wrote of the site at a place that is going to be replaced by one of these files. */
export function foreignFiles(place: string, files: ReadonlyMap<string, SealedFile>, roots: Roots): Foreign {
  if (!isThere(place)) return { kept: [], replaced: [] }
  const manifest = manifestOf(place)
  const hasManifest = typeof manifest !== 'string'
  const ours = new Set([MANIFEST, ...(hasManifest ? manifest.outputs.map((file) => file.path) : [])])
  const strangers = entriesBelow(place).filter((name) => !ours.has(name))
  const kept = strangers.filter((name) => !files.has(name))
  const folders = new Set([...files.keys()].flatMap(foldersOf))
  const between = kept.find(
    (name) => folders.has(name) || foldersOf(name).some((folder) => files.has(folder)),
  )
  if (between !== undefined) {
    const where = path.join(place, between)
    throw new Refusal(`${where} stands where the new site has another file.`, 'Move it away and build again.')
  }
  const isOther = (name: string) => {
    const file = files.get(name)
    return file !== undefined && !bytesOfSealed(file, roots).equals(bytesAt(place, name) ?? NOTHING)
  }
  return { kept, replaced: hasManifest ? strangers.filter(isOther) : [] }
}

/** Puts what no build wrote into the new site, as the same file where the disk can do that. */
export function keepForeign(from: string, to: string): void {
  const stat = fs.lstatSync(from)
  if (stat.isSymbolicLink()) {
    fs.symlinkSync(fs.readlinkSync(from), to)
    return
  }
  if (!stat.isFile())
    throw new Refusal(`${from} is neither a file nor a link.`, 'Move it away and build again.')
  try {
    fs.linkSync(from, to)
  } catch (error) {
    if (!isDiskError(error)) throw error
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL)
    fs.utimesSync(to, stat.atime, stat.mtime)
  }
}

const NOTHING = new Uint8Array()

/** `a/b/c` lies in `a` and in `a/b`. */
function foldersOf(name: string): string[] {
  const parts = name.split('/').slice(0, -1)
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}
