import * as fs from 'node:fs'
import path from 'node:path'
import { hashOf } from '../decode.ts'
import { Refusal } from '../disk.ts'
import { compareText } from '../model/diagnostic.ts'
import type { Copy, DrawnFile, FileHash, SealedFile } from '../model/library.ts'
import { Store } from '../pile.ts'
import { MANIFEST, type Manifest, manifestText } from './manifest.ts'

/*
 * Before a site is written, every byte of it is settled: what is to be copied by its hash.
 */

/** The folders that files of the site are copied from. */
export type Roots = Readonly<Record<Copy['from'], string>>

/** A whole site before it is written. */
export interface Sealed {
  /** its files by path, manifest.json among them */
  readonly files: ReadonlyMap<string, SealedFile>
  /** their sizes and hashes, in the order of their paths */
  readonly outputs: readonly FileHash[]
}

/** What the manifest says beside its outputs. */
export type About = Omit<Manifest, 'schema' | 'outputs'>

/** The files of a site and its manifest. */
export function seal(
  files: ReadonlyMap<string, DrawnFile>,
  roots: Roots,
  about: About,
): ReadonlyMap<string, SealedFile> {
  const sealing = new Sealing(roots, about)
  sealing.add(files)
  return sealing.end().files
}

/** So many bytes of a site are held in memory: what is drawn later waits in a file. */
const HELD = 64 * 2 ** 20

/** Seals a site that comes in parts, in bounded memory. */
export class Sealing {
  readonly #files = new Map<string, SealedFile>()
  readonly #outputs = new Map<string, FileHash>()
  readonly #inputs: ReadonlyMap<string, FileHash>
  readonly #store = new Store()
  readonly #roots: Roots
  readonly #about: About
  #room: number

  constructor(roots: Roots, about: About, held = HELD) {
    this.#room = held
    this.#roots = roots
    this.#about = about
    this.#inputs = new Map(about.inputs.map((input) => [input.path, input]))
  }

  /** Adds a part. Throws a Refusal where there is no room for it. */
  add(files: ReadonlyMap<string, DrawnFile>): void {
    for (const [name, file] of files) {
      if (typeof file === 'string' || file instanceof Uint8Array) this.#addDrawn(name, file)
      else this.#addCopy(name, file)
    }
  }

  /** The whole site with its manifest. */
  end(): Sealed {
    const outputs = inOrder(this.#outputs)
    const manifest = manifestText({ schema: 1, ...this.#about, outputs: outputs.map(([, output]) => output) })
    this.#addDrawn(MANIFEST, manifest)
    return {
      files: new Map(inOrder(this.#files)),
      outputs: inOrder(this.#outputs).map(([, output]) => output),
    }
  }

  /** Forgets what was put away. */
  close(): void {
    this.#store.close()
  }

  #addCopy(name: string, file: Copy): void {
    const { bytes, sha256 } = hashOfCopy(file, this.#roots, this.#inputs)
    this.#outputs.set(name, { path: name, bytes, sha256 })
    this.#files.set(name, { ...file, sha256 })
  }

  #addDrawn(name: string, file: string | Uint8Array): void {
    const bytes = bytesOf(file)
    this.#outputs.set(name, { path: name, ...hashOf(bytes) })
    this.#room -= bytes.length
    this.#files.set(name, this.#room >= 0 ? file : { stored: this.#store.put(bytes) })
  }
}

function inOrder<T>(byName: ReadonlyMap<string, T>): [string, T][] {
  return [...byName].sort(([a], [b]) => compareText(a, b))
}

/** The bytes of a file. Throws a Refusal where a file to be copied is no longer what it was when it was read. */
export function bytesOfSealed(file: SealedFile, roots: Roots): Buffer {
  if (typeof file === 'string' || file instanceof Uint8Array) return bytesOf(file)
  if ('stored' in file) return bytesOf(file.stored())
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
