import * as fs from 'node:fs'
import { platform, tmpdir } from 'node:os'
import path from 'node:path'
import { diskWords, isDiskError, Refusal } from './disk.ts'

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
  #file: Nameless | null = null

  /** Adds a copy of a chunk. */
  add(chunk: Uint8Array): void {
    if (!this.#file && this.size + chunk.length > HELD) this.#spill()
    if (this.#file) writeAll(this.#file.descriptor, chunk)
    else this.#held.push(Uint8Array.from(chunk))
    this.size += chunk.length
  }

  chunks(): Iterable<Uint8Array> {
    return this.#file ? chunksOf(this.#file.descriptor, this.size) : this.#held
  }

  close(): void {
    this.#file?.close()
    this.#file = null
  }

  #spill(): void {
    this.#file = openNameless()
    for (const chunk of this.#held) writeAll(this.#file.descriptor, chunk)
    this.#held = []
  }
}

/** Bytes that are put away until they are asked for: in a nameless file, not in memory. */
export class Store {
  #file: Nameless | null = null
  #size = 0

  /** Returns what reads the bytes again. Throws a Refusal where there is no room for them. */
  put(bytes: Uint8Array): () => Buffer {
    const [at, size] = [this.#size, bytes.length]
    try {
      this.#file ??= openNameless()
      writeAll(this.#file.descriptor, bytes)
    } catch (error) {
      if (!isDiskError(error)) throw error
      throw new Refusal(
        `What is drawn cannot wait in ${tmpdir()}: ${diskWords(error)}.`,
        'Name a folder with more room in TMPDIR.',
      )
    }
    this.#size += size
    return readerOf(this.#file.descriptor, at, size)
  }

  close(): void {
    this.#file?.close()
    this.#file = null
  }
}

/** A function of its own, so that it holds on to nothing but numbers. */
function readerOf(descriptor: number, at: number, size: number): () => Buffer {
  return () => {
    const bytes = Buffer.allocUnsafe(size)
    for (let done = 0; done < size; ) {
      const count = fs.readSync(descriptor, bytes, done, size - done, at + done)
      if (count === 0) throw new Error('what was put away is gone')
      done += count
    }
    return bytes
  }
}

interface Nameless {
  readonly descriptor: number
  close(): void
}

/** A new file to write and to read, of which nothing is left behind whatever ends the program. */
function openNameless(): Nameless {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'bonnie-report-'))
  const descriptor = fs.openSync(path.join(folder, 'bytes'), 'wx+', 0o600)
  // where a name cannot go while the file is open, it goes with it
  if (platform() !== 'win32') fs.rmSync(folder, { recursive: true })
  return {
    descriptor,
    close() {
      fs.closeSync(descriptor)
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A disk may take less at a time than it is given. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(descriptor, bytes, done)
}
