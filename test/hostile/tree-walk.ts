/** What lies in results that mean harm, found without the code under test. */
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decoded } from '../../src/decode.ts'

/** Every place that is no folder, or a folder that nobody may look into; hidden ones and pictures do not count. */
export function outputsBelow(folder: string, prefix = ''): string[] {
  return fs.readdirSync(path.join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const file = prefix + entry.name
    if (entry.name.startsWith('.') || /^(?:study\.md|site\.yaml)$/.test(file.replace(/^[^/]*\//, '')))
      return []
    if (/\.(?:png|jpe?g|gif|webp|avif)$/i.test(file)) return []
    if (!entry.isDirectory()) return [file]
    try {
      return outputsBelow(folder, `${file}/`)
    } catch {
      return [file]
    }
  })
}

/** How many bytes of a file, packed or not, are read at most. */
const MOST = 256 * 2 ** 20

/** The lengths of a file's lines as they are counted in messages; null where it has none that can be read. */
export function linesIn(place: string): readonly number[] | null {
  try {
    const stat = fs.lstatSync(place)
    if (!stat.isFile() || stat.size > MOST) return null
    const bytes = fs.readFileSync(place)
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: MOST, finishFlush: 2 }) : bytes
    return [...decoded([plain])]
      .join('')
      .split('\n')
      .map(({ length }) => length)
  } catch {
    return null
  }
}
