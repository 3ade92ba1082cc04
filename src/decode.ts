import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import type { Diagnostic } from './model/diagnostic.ts'
import type { FileHash } from './model/library.ts'
import type { Source } from './model/run.ts'

/*
 * Bytes as saved → text. Logs come from everywhere: gzipped, as UTF-16 from Windows, as Latin-1 from old terminals.
 */

/** What is held whole is no larger. */
export const MOST_BYTES = 256 * 2 ** 20

/** A source, or why there is none; of a file that is damaged, both. */
export interface SourceRead {
  readonly source: Source | null
  /** the bytes that were read; null where none were */
  readonly saved: Omit<FileHash, 'path'> | null
  readonly faults: readonly Diagnostic[]
}

/** Bytes as a source that goes by the path `as`; faults are placed in `file`. */
export function toSource(bytes: Uint8Array, file: string, as = file): SourceRead {
  const { bytes: plain, fault } = isGzip(bytes) ? gunzip(bytes) : { bytes, fault: null }
  const faults = fault ? [{ ...unreadable(file, fault.reason), remedy: fault.remedy }] : []
  const saved = hashOf(bytes)
  if (plain === null) return { source: null, saved, faults }
  return { source: { path: as, sha256: saved.sha256, text: [...decoded([plain])].join('') }, saved, faults }
}

/** Why there are no bytes of a file above MOST_BYTES. */
export const TOO_LARGE = 'The file is larger than 256 MiB.'

/** The size and the SHA-256 of bytes. */
export function hashOf(bytes: Uint8Array): Omit<FileHash, 'path'> {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** A file of which nothing could be read. */
export function unreadable(file: string, message: string): Diagnostic {
  return { level: 'error', rule: 'unreadable-file', message, place: { file, line: 1, column: 1 } }
}

/** Why a file cannot be read, or not to its end: a sentence, and what to do. */
export interface Fault {
  readonly reason: string
  readonly remedy: string
}

/** Whether bytes are the begin of a gzipped file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** What was packed; of a file that was cut, as much as there is. */
function gunzip(bytes: Uint8Array): { bytes: Uint8Array | null; fault: Fault | null } {
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES }), fault: null }
  } catch (error) {
    if (codeOf(error) !== 'Z_BUF_ERROR') return { bytes: null, fault: faultOf(error) }
    const { Z_SYNC_FLUSH: finishFlush } = constants
    return { bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES, finishFlush }), fault: CUT }
  }
}

/** Why a gzipped file could not be unpacked. */
export function faultOf(error: unknown): Fault {
  if (codeOf(error) === 'Z_BUF_ERROR') return CUT
  if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
    return { reason: 'The file unpacks to more than 256 MiB.', remedy: 'Save the output alone.' }
  const why = error instanceof Error ? error.message : String(error)
  return { reason: `The file is gzipped but cannot be unpacked: ${why}.`, remedy: 'Save it again.' }
}

const CUT: Fault = {
  reason: 'The file is gzipped and ends too soon: it is read as far as it goes.',
  remedy: 'Copy it again.',
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}

/** The text of bytes that come in chunks. Line ends stay as they are; a byte-order mark is dropped. */
export function* decoded(chunks: Iterable<Uint8Array>): Generator<string> {
  let first = true
  for (const text of piecesOf(chunks)) {
    yield first && text.startsWith('\uFEFF') ? text.slice(1) : text
    first = false
  }
}

function* piecesOf(chunks: Iterable<Uint8Array>): Generator<string> {
  let wide: WideDecoder | null = null
  let begun: Uint8Array | null = null
  for (const chunk of chunks) {
    if (begun === null) wide = wideDecoder(chunk)
    begun ??= new Uint8Array()
    if (wide) yield wide.decode(chunk, { stream: true })
    if (wide) continue
    const first = begun.length > MOST_BEGUN ? chunk.length : chunk.indexOf(LINE_FEED) + 1
    const last = chunk.lastIndexOf(LINE_FEED) + 1
    if (first > 0) yield* narrow(Buffer.concat([begun, chunk.subarray(0, first)]))
    if (last > first) yield* narrow(chunk.subarray(first, last))
    // a chunk is good until the next
    begun = Buffer.concat([first > 0 ? new Uint8Array() : begun, chunk.subarray(Math.max(first, last))])
  }
  yield wide ? wide.decode() : [...narrow(begun ?? new Uint8Array())].join('')
}

const LINE_FEED = 10

/** A line is decoded whole, unless it is longer than this: no line of text is. */
const MOST_BEGUN = 2 ** 22

type WideDecoder = InstanceType<typeof TextDecoder>

/** UTF-16 shows itself by its mark, or by every other byte of its letters. */
function wideDecoder(bytes: Uint8Array): WideDecoder | null {
  const [a, b] = bytes
  const some = bytes.subarray(0, 400)
  const nuls = (odd: number) => some.filter((byte, i) => i % 2 === odd && byte === 0).length * 2
  const isHalf = (odd: number) => nuls(odd) > some.length * 0.8 && nuls(1 - odd) < some.length * 0.2
  if ((a === 0xff && b === 0xfe) || isHalf(1)) return new TextDecoder('utf-16le')
  if ((a === 0xfe && b === 0xff) || isHalf(0)) return new TextDecoder('utf-16be')
  return null
}

/** Each line that is no UTF-8 is of Windows: a log may have been written by both. */
function* narrow(bytes: Uint8Array): Generator<string> {
  if (isUtf8(bytes)) return yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, from) + 1 || bytes.length
    const line = Buffer.from(bytes.subarray(from, end))
    yield isUtf8(line) ? line.toString('utf8') : decodeWindows1252(line)
    from = end
  }
}

/** Where Windows put its quotes and dashes, Latin-1 has controls that nobody prints. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** By hand: Node's own decoder of that name is one of Latin-1. */
function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80))
}
