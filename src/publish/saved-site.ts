import * as fs from 'node:fs'
import path from 'node:path'
import { hashOf } from '../decode.ts'
import { compareText } from '../model/diagnostic.ts'
import type { FileHash } from '../model/library.ts'
import { MANIFEST, type Manifest, readManifest } from './manifest.ts'

/*
 * A site as it lies on the disk.
 */

/** The manifest of a site; or, as a sentence, why it has none. Throws where the disk does not obey. */
export function manifestOf(site: string): Manifest | string {
  const place = path.join(site, MANIFEST)
  if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isFile()) return 'There is no manifest.'
  return readManifest(fs.readFileSync(place, 'utf8'))
}

/**
 * Everything below a folder that is no folder, by its path with `/`, sorted; links are not followed. A folder that
 * cannot be read throws.
 */
export function entriesBelow(folder: string): readonly string[] {
  const walk = (prefix: string): string[] =>
    fs.readdirSync(path.join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
      const name = `${prefix}${entry.name}`
      return entry.isDirectory() ? walk(`${name}/`) : [name]
    })
  return walk('').sort(compareText)
}

/** What lies below a folder, with its hash; what is no file (a link, say) has none. */
export function hashesBelow(folder: string): readonly (FileHash | { readonly path: string })[] {
  return entriesBelow(folder).map((name) => {
    const bytes = bytesAt(folder, name)
    return bytes === null ? { path: name } : { path: name, ...hashOf(bytes) }
  })
}

/** The bytes of a file below a folder; null where there is none, or something else. Links are not followed. */
export function bytesAt(folder: string, name: string): Uint8Array | null {
  const place = path.join(folder, name)
  return fs.lstatSync(place, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(place) : null
}
