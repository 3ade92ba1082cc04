/** Trees of files, to be compared byte for byte. */
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'

/** Every file below a folder, relative to it, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** One sentence for each file in which two trees differ. */
export function differences(one: string, other: string): string[] {
  const [here, there] = [new Set(filesBelow(one)), new Set(filesBelow(other))]
  return [...new Set([...here, ...there])].sort().flatMap((file) => {
    if (!there.has(file)) return [`${file}: only in the first`]
    if (!here.has(file)) return [`${file}: only in the second`]
    const [a, b] = [readFileSync(path.join(one, file)), readFileSync(path.join(other, file))]
    if (a.equals(b)) return isProgram(path.join(one, file)) ? [`${file}: is marked as a program`] : []
    return [`${file}: differs ${placeOfDifference(a, b)}`]
  })
}

function isProgram(file: string): boolean {
  return (statSync(file).mode & 0o111) !== 0
}

function placeOfDifference(a: Buffer, b: Buffer): string {
  const at = a.findIndex((byte, index) => byte !== b[index])
  const from = at === -1 ? Math.min(a.length, b.length) : at
  const excerpt = (bytes: Buffer) =>
    JSON.stringify(bytes.subarray(Math.max(0, from - 20), from + 30).toString('utf8'))
  return `at byte ${from}: ${excerpt(a)} and ${excerpt(b)}`
}

/** Copies a tree file by file, in the order of names or in one that has nothing to do with them, dated `date`. */
export function copyTree(from: string, to: string, order: 'by name' | 'shuffled', date: Date): void {
  const hash = (file: string) => createHash('sha256').update(file).digest('hex')
  const files = filesBelow(from)
  if (order === 'shuffled') files.sort((a, b) => (hash(a) < hash(b) ? -1 : 1))
  for (const file of files) {
    const copy = path.join(to, file)
    mkdirSync(path.dirname(copy), { recursive: true })
    copyFileSync(path.join(from, file), copy)
    utimesSync(copy, date, date)
  }
}
