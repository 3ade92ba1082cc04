import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/*
 * A note inside a PNG of ours: what it was drawn from. It is a `tEXt` chunk behind the header (PNG, third edition,
 * 5.3 and 11.3.3.2), so it travels with the picture and needs no file beside it.
 */

const KEYWORD = 'bonnie-report'
/** the signature, and the chunk IHDR of 13 bytes with its length, name and check sum */
const HEAD = 8 + 12 + 13
const HASH = 64
/** length, name, keyword and zero, two hashes with a blank between, check sum */
const NOTE = 4 + 4 + KEYWORD.length + 1 + HASH + 1 + HASH + 4

/** The picture with a note of the key that it was drawn from, and of its own bytes. */
export function withKey(png: Uint8Array, key: string): Uint8Array {
  const data = Buffer.from(`tEXt${KEYWORD}\0${key} ${sha256(png)}`, 'latin1')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(data))
  return Buffer.concat([png.subarray(0, HEAD), length, data, sum, png.subarray(HEAD)])
}

/** Whether a file is a picture that was drawn from this key, and not a byte of it has changed since. */
export function isDrawnFrom(bytes: Uint8Array, key: string): boolean {
  if (bytes.length < HEAD + NOTE) return false
  const bare = Buffer.concat([bytes.subarray(0, HEAD), bytes.subarray(HEAD + NOTE)])
  return Buffer.compare(withKey(bare, key), bytes) === 0
}

/** SHA-256 of several texts and files, as hexadecimal digits. Each is told from the next by its length. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}
