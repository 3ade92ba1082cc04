import * as fs from 'node:fs'
import { platform, tmpdir } from 'node:os'
import path from 'node:path'

/*
 * Bytes that must be read twice, as a hash of them is wanted before the first record: a file where it lies, and what
 * comes through a pipe in memory or, where it is large, in a nameless file that ends with the program.
 */

/** So many bytes of what comes through a pipe are held in memory. */
const HELD = 4 * 2 ** 20

/** So many bytes are read at a time. */
const CHUNK = 2 ** 16

/** Bytes that can be read again and again. */
export interface Pile {
  readonly size: number
  /** each of them is good until the next is asked for */
  chunks(): Iterable<Uint8Array>
  close(): void
}

/** The bytes of a file, as many as it has now; of a pipe, all that come. Throws what the disk answers. */
export function pileOfFile(file: string): Pile {
  const descriptor = fs.openSync(file, 'r')
  const stat = fs.fstatSync(descriptor)
  const read = { size: stat.size, chunks: () => chunksOf(descriptor, stat.size) }
  if (stat.isFile()) return { ...read, close: () => fs.closeSync(descriptor) }
  const heap = new Heap()
  for (const chunk of chunksOf(descriptor, null)) heap.add(chunk)
  fs.closeSync(descriptor)
  return heap
}

/** A file's bytes from its begin, up to `size`; from where it stands to its end, if that is null. */
function* chunksOf(descriptor: number, size: number | null): Generator<Uint8Array> {
  // one for all: thousands would lie about until V8 thinks of them
  const chunk = Buffer.allocUnsafe(CHUNK)
  for (let at = 0; at < (size ?? Number.POSITIVE_INFINITY); ) {
    const most = Math.min(CHUNK, (size ?? CHUNK) - (size === null ? 0 : at))
    const count = fs.readSync(descriptor, chunk, 0, most, size === null ? null : at)
    if (count === 0) return
    yield chunk.subarray(0, count)
    at += count
  }
}

/**
 * What is piped in, each chunk good until the next: read into one buffer, since a stream would make thousands of them.
 */
export async function* stdinChunks(): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.allocUnsafe(CHUNK)
  for (;;) {
    const count = await readStdin(chunk)
    if (count === 0) return
    yield chunk.subarray(0, count)
  }
}

function readStdin(chunk: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.read(0, chunk, 0, CHUNK, null, (error, count) => {
      if (!error) resolve(count)
      // Windows ends a pipe with an error
      else if (error.code === 'EOF') resolve(0)
      // whoever shares the pipe may have told it not to wait
      else if (error.code === 'EAGAIN') setTimeout(() => resolve(readStdin(chunk)), AGAIN_MS)
      else reject(error)
    })
  })
}

const AGAIN_MS = 20

/** A pile that grows. */
export class Heap implements Pile {
  size = 0
  #held: Uint8Array[] = []
  #file: { readonly descriptor: number; readonly folder: string } | null = null

  /** Adds a copy of a chunk. */
  add(chunk: Uint8Array): void {
    if (!this.#file && this.size + chunk.length > HELD) this.#spill()
    if (this.#file) fs.writeSync(this.#file.descriptor, chunk)
    else this.#held.push(Uint8Array.from(chunk))
    this.size += chunk.length
  }

  chunks(): Iterable<Uint8Array> {
    return this.#file ? chunksOf(this.#file.descriptor, this.size) : this.#held
  }

  close(): void {
    if (!this.#file) return
    fs.closeSync(this.#file.descriptor)
    fs.rmSync(this.#file.folder, { recursive: true, force: true })
    this.#file = null
  }

  #spill(): void {
    const folder = fs.mkdtempSync(path.join(tmpdir(), 'bonnie-report-'))
    const file = path.join(folder, 'input')
    this.#file = { descriptor: fs.openSync(file, 'wx+', 0o600), folder }
    // where a name can go while the file is open, nothing is left behind whatever ends the program
    if (platform() !== 'win32') fs.rmSync(folder, { recursive: true })
    for (const chunk of this.#held) fs.writeSync(this.#file.descriptor, chunk)
    this.#held = []
  }
}
