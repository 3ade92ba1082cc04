import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Diagnostic } from './model/diagnostic.ts'
import type { Source } from './model/run.ts'

/*
 * Bytes as saved → text. Logs come from everywhere: gzipped, as UTF-16 from Windows, as Latin-1 from old terminals.
 */

/** No saved output is larger; a gzip bomb is. */
export const MOST_BYTES = 256 * 2 ** 20

/** A source, or why there is none. */
export interface SourceRead {
  readonly source: Source | null
  readonly faults: readonly Diagnostic[]
}

/** Bytes as a source that goes by the path `as`; faults are placed in `file`. */
export function toSource(bytes: Uint8Array, file: string, as = file): SourceRead {
  const decoded = decode(bytes)
  if ('reason' in decoded) {
    const { reason, remedy, line, column } = decoded
    return { source: null, faults: [{ ...unreadable(file, reason), place: { file, line, column }, remedy }] }
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { source: { path: as, sha256, text: decoded.text }, faults: [] }
}

/** A file of which nothing could be read. */
export function unreadable(file: string, message: string): Diagnostic {
  return { level: 'error', rule: 'unreadable-file', message, place: { file, line: 1, column: 1 } }
}

/** The text, or why there is none: a sentence, what to do, and where in the text it was noticed. */
type Decoded =
  | { readonly text: string }
  | { readonly reason: string; readonly remedy: string; readonly line: number; readonly column: number }

/** The text of a saved file, unpacked if it is gzipped. Line ends stay as they are; a byte-order mark is dropped. */
function decode(bytes: Uint8Array): Decoded {
  const unpacked = isGzip(bytes) ? gunzip(bytes) : bytes
  if ('reason' in unpacked) return unpacked
  if (unpacked.length > MOST_BYTES)
    return refuse('The file is larger than 256 MiB.', 'Save the output alone.')
  const text = decodeText(unpacked)
  const nul = text.indexOf('\0')
  if (nul < 0) return { text }
  const before = text.slice(0, nul)
  return {
    reason: 'Expected text, got a NUL byte: the file is binary.',
    remedy: 'Save the output as text; of an archive, save the files in it.',
    line: before.split('\n').length,
    column: nul - (before.lastIndexOf('\n') + 1) + 1,
  }
}

function refuse(reason: string, remedy: string): Extract<Decoded, { reason: string }> {
  return { reason, remedy, line: 1, column: 1 }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function gunzip(bytes: Uint8Array): Uint8Array | Extract<Decoded, { reason: string }> {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      return refuse('The file unpacks to more than 256 MiB.', 'Save the output alone.')
    }
    const why = error instanceof Error ? error.message : String(error)
    return refuse(`The file is gzipped but cannot be unpacked: ${why}.`, 'Save it again.')
  }
}

function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes
  // TextDecoder drops the byte-order mark of the encoding it is told
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeWindows1252(bytes)
  }
}

/** Where Windows put its quotes and dashes, Latin-1 has controls that nobody prints. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** By hand: Node's own decoder of that name is one of Latin-1. */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes).toString('latin1')
  return latin1.replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80))
}
