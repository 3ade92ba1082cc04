import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { createGunzip } from 'node:zlib'
import type { LargeSource } from './bonnie/parse.ts'
import { decoded, type Fault, faultOf, isGzip, unreadable } from './decode.ts'
import { codeOf, diskWords } from './disk.ts'
import type { Diagnostic } from './model/diagnostic.ts'
import { placeHint } from './nearby.ts'
import { Heap, type Pile, pileOfFile } from './pile.ts'

/*
 * Saved files of any size, in bounded memory: their bytes are read once for their hash, and once more as text.
 */

/** A source whose text is read from the disk piece by piece, until it is closed; or why there is none. */
export interface LargeRead {
  readonly source: LargeSource | null
  readonly faults: readonly Diagnostic[]
  close(): void
}

/** Reads a file, or what is piped in where `stdin` is given. */
export async function readLarge(file: string, stdin?: AsyncIterable<Uint8Array>): Promise<LargeRead> {
  let saved: Pile
  try {
    saved = stdin ? await pileOf(stdin) : pileOfFile(file)
    return await unpacked(file, saved)
  } catch (error) {
    const fault = unreadable(file, `This cannot be read: ${diskWords(error)}.`)
    const remedy = codeOf(error) === 'EISDIR' ? 'Name the files in it.' : placeHint(file)
    return { source: null, faults: [remedy === '' ? fault : { ...fault, remedy }], close: () => {} }
  }
}

async function pileOf(chunks: AsyncIterable<Uint8Array>): Promise<Pile> {
  const heap = new Heap()
  for await (const chunk of chunks) heap.add(chunk)
  return heap
}

/** From so many bytes on memory matters. */
const LARGE = 2 ** 20

/**
 * What is read is forgotten at once, but V8 lets such short-lived objects pile up to three times 16 MiB before it
 * looks. The flag is read each time it decides whether to grow. (--optimize-for-size would save another quarter of
 * the memory, 25 of 94 MiB, for a third of the time.)
 */
function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

async function unpacked(file: string, saved: Pile): Promise<LargeRead> {
  if (saved.size > LARGE) keepHeapSmall()
  const hash = createHash('sha256')
  let packed: boolean | null = null
  for (const chunk of saved.chunks()) {
    packed ??= isGzip(chunk)
    hash.update(chunk)
  }
  const { plain, fault } = packed ? await gunzip(saved) : { plain: saved, fault: null }
  const sha256 = hash.digest('hex')
  return {
    source: plain && { path: file, sha256, text: decoded(plain.chunks()) },
    faults: fault ? [{ ...unreadable(file, fault.reason), remedy: fault.remedy }] : [],
    close: () => {
      if (plain !== saved) plain?.close()
      saved.close()
    },
  }
}

/** Unpacked to so many bytes, a file that packed so well is a bomb: text packs to a tenth, rarely to a fiftieth. */
const SUSPICIOUS_BYTES = 256 * 2 ** 20
const MOST_TIMES = 200

/** What was packed; of a damaged file, as much as could be unpacked; of a bomb, nothing. */
async function gunzip(packed: Pile): Promise<{ plain: Pile | null; fault: Fault | null }> {
  const plain = new Heap()
  try {
    for await (const chunk of Readable.from(copiesOf(packed)).pipe(createGunzip())) {
      plain.add(chunk)
      if (plain.size > SUSPICIOUS_BYTES && plain.size > MOST_TIMES * packed.size) {
        plain.close()
        return { plain: null, fault: BOMB }
      }
    }
  } catch (error) {
    return { plain, fault: faultOf(error) }
  }
  return { plain, fault: null }
}

/** A stream reads ahead. */
function* copiesOf(pile: Pile): Generator<Uint8Array> {
  for (const chunk of pile.chunks()) yield Uint8Array.from(chunk)
}

const BOMB: Fault = {
  reason: `The file unpacks to more than ${MOST_TIMES} times its size, as no saved output does, so it is not read.`,
  remedy: 'Save the output alone.',
}
