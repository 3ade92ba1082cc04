import * as fs from 'node:fs'
import path from 'node:path'
import { hashOf } from '../decode.ts'
import { Refusal } from '../disk.ts'
import { compareText } from '../model/diagnostic.ts'
import type { Copy, DrawnFile, FileHash, SealedFile } from '../model/library.ts'
import { MANIFEST, type Manifest, manifestText } from './manifest.ts'

/*
 * Before a site is written, every byte of it is settled: what is to be copied by its hash.
 */

/** The folders that files of the site are copied from. */
export type Roots = Readonly<Record<Copy['from'], string>>

/** The files of a site and its manifest. `about`: what the manifest says beside its outputs. */
export function seal(
  files: ReadonlyMap<string, DrawnFile>,
  roots: Roots,
  about: Omit<Manifest, 'schema' | 'outputs'>,
): ReadonlyMap<string, SealedFile> {
  const inputs = new Map(about.inputs.map((input) => [input.path, input]))
  const outputs: FileHash[] = []
  const sealed = new Map<string, SealedFile>()
  for (const [name, file] of files) {
    const isCopy = typeof file !== 'string' && !(file instanceof Uint8Array)
    const hash = isCopy ? hashOfCopy(file, roots, inputs) : hashOf(bytesOf(file))
    outputs.push({ path: name, bytes: hash.bytes, sha256: hash.sha256 })
    sealed.set(name, isCopy ? { ...file, sha256: hash.sha256 } : file)
  }
  outputs.sort((a, b) => compareText(a.path, b.path))
  return sealed.set(MANIFEST, manifestText({ schema: 1, ...about, outputs }))
}

/** The bytes of a file. Throws a Refusal where a file to be copied is no longer what it was when it was read. */
export function bytesOfSealed(file: SealedFile, roots: Roots): Buffer {
  if (typeof file === 'string' || file instanceof Uint8Array) return bytesOf(file)
  const place = path.join(roots[file.from], file.copy)
  const bytes = fs.readFileSync(place)
  if (hashOf(bytes).sha256 === file.sha256) return bytes
  throw new Refusal(`${place} changed while the site was being built.`, 'Build again.')
}

function bytesOf(file: string | Uint8Array): Buffer {
  return typeof file === 'string' ? Buffer.from(file) : Buffer.from(file.buffer, file.byteOffset, file.length)
}

/** Of a saved output the bytes that were judged, whatever lies there now. */
function hashOfCopy({ from, copy }: Copy, roots: Roots, inputs: ReadonlyMap<string, FileHash>) {
  const read = from === 'results' ? inputs.get(copy) : undefined
  return read ?? hashOf(fs.readFileSync(path.join(roots[from], copy)))
}
