import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { readLarge } from '../src/large.ts'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'

const MIB = 2 ** 20

/** More than is held in memory, with letters of two bytes at the ends of chunks. */
const LARGE = Array.from({ length: 300_000 }, (_, i) => `line ${i}, grün`).join('\n')

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // the same buffer again and again, as a reader of pipes has it
  const chunk = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const count = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(size, bytes.length - at)).copy(
      chunk,
    )
    yield chunk.subarray(0, count)
  }
}

/** What a file holds, and what was said of it. */
async function read(file: string, stdin?: AsyncIterable<Uint8Array>) {
  const { source, faults, close } = await readLarge(file, stdin)
  const text = source && [...source.text].join('')
  close()
  return { text, sha256: source?.sha256, faults: faults.map(({ message }) => message) }
}

const test = suite('reading files of any size')
test.after.each(tidy)

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

test('a file, a pipe and what is gzipped give the same text', async () => {
  assert.ok(Buffer.byteLength(LARGE) > 5 * MIB)
  const packed = gzipSync(LARGE)
  const folder = tree({ 'log.txt': LARGE, 'log.gz': packed })
  const plain = { text: LARGE, sha256: sha256(LARGE), faults: [] }
  assert.equal(await read(path.join(folder, 'log.txt')), plain)
  assert.equal(await read('-', chunks(Buffer.from(LARGE), 1001)), plain)
  const zipped = { ...plain, sha256: sha256(packed) }
  assert.equal(await read(path.join(folder, 'log.gz')), zipped)
  assert.equal(await read('-', chunks(packed, 1001)), zipped)
})

test('leaves nothing behind', async () => {
  const left = () => fs.readdirSync(tmpdir()).filter((name) => name.startsWith('bonnie-report-'))
  const before = left()
  const { close } = await readLarge('-', chunks(Buffer.from(LARGE), 65_536))
  assert.equal(left(), before)
  close()
})

test('a gzipped file that was cut is read as far as it goes', async () => {
  const packed = gzipSync(LARGE)
  const { text, faults } = await read('-', chunks(packed.subarray(0, packed.length / 2), 4096))
  assert.ok(text && text.length > MIB && LARGE.startsWith(text))
  assert.equal(faults, ['The file is gzipped and ends too soon: it is read as far as it goes.'])
})

test('a gzip bomb is not read', async () => {
  const folder = tree({ 'bomb.gz': gzipSync(Buffer.alloc(257 * MIB), { level: 1 }) })
  const { text, faults } = await read(path.join(folder, 'bomb.gz'))
  assert.is(text, null)
  assert.match(faults[0] ?? '', /^The file unpacks to more than 200 times its size/)
})

test('folders, circles and what is not there are told', async () => {
  const folder = tree({ 'dir.txt/log.txt': '' })
  fs.symlinkSync('circle', path.join(folder, 'circle'))
  for (const [name, why] of [
    ['dir.txt', 'it is a folder'],
    ['circle', 'its links lead in a circle'],
    ['nowhere', 'no such file'],
  ] as const) {
    const { text, faults } = await read(path.join(folder, name))
    assert.equal([text, faults], [null, [`This cannot be read: ${why}.`]])
  }
})

test('whoever names a folder is told to name its files', async () => {
  const { faults, close } = await readLarge(tree({ 'run.txt': '' }))
  close()
  assert.equal(
    faults.map(({ remedy }) => remedy),
    ['Name the files in it.'],
  )
})

test.run()
