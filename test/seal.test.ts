/** A site before it is written: in memory as far as there is room for it, and in a nameless file beyond. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { hashOf } from '../src/decode.ts'
import { Refusal } from '../src/disk.ts'
import type { DrawnFile } from '../src/model/library.ts'
import { readManifest } from '../src/publish/manifest.ts'
import { bytesOfSealed, Sealing } from '../src/publish/seal.ts'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'

const sealing = suite('sealing a site')
sealing.after.each(tidy)

const PARTS: readonly ReadonlyMap<string, DrawnFile>[] = [
  new Map<string, DrawnFile>([
    ['z/page.html', '<p>Grüße'],
    ['a.png', Uint8Array.of(0, 255, 13, 10)],
  ]),
  new Map<string, DrawnFile>([
    ['a/raw.txt', { copy: 'lvm.txt', from: 'results' }],
    ['empty', ''],
    // drawn once more, with other charts beside it
    ['z/page.html', '<p>Größe'],
  ]),
]

/** What is sealed where so many bytes may be held. */
function sealed(held: number) {
  const folder = tree({ 'results/lvm.txt': 'raw\r\n', 'templates/x': 'x', 'tmp/x': '' })
  const roots = { results: path.join(folder, 'results'), templates: path.join(folder, 'templates') }
  const tmp = path.join(folder, 'tmp')
  return withTemporary(tmp, () => {
    const site = new Sealing(roots, { program: { name: 'bonnie-report', version: '1' }, inputs: [] }, held)
    for (const part of PARTS) site.add(part)
    const { files, outputs } = site.end()
    const bytes = [...files].map(([name, file]) => [name, bytesOfSealed(file, roots).toString('latin1')])
    const waiting = [...files.values()].filter((file) => typeof file === 'object' && 'stored' in file).length
    site.close()
    return { bytes, outputs, waiting, left: fs.readdirSync(tmp) }
  })
}

function withTemporary<T>(folder: string, act: () => T): T {
  const usual = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    return act()
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
}

sealing('gives every file with its size and hash, the last drawn of a name, in the order of names', () => {
  const { bytes, outputs, waiting } = sealed(1000)
  assert.equal(
    bytes.map(([name]) => name),
    ['a.png', 'a/raw.txt', 'empty', 'manifest.json', 'z/page.html'],
  )
  assert.is(Buffer.from(bytes.at(-1)?.[1] ?? '', 'latin1').toString(), '<p>Größe')
  for (const [i, [name, text = '']] of bytes.entries())
    assert.equal(outputs[i], { path: name, ...hashOf(Buffer.from(text, 'latin1')) })
  const manifest = readManifest(bytes[3]?.[1] ?? '')
  assert.equal(
    typeof manifest !== 'string' && manifest.outputs,
    outputs.filter(({ path: name }) => name !== 'manifest.json'),
  )
  assert.is(waiting, 0)
})

sealing('gives the same however little may be held, and leaves nothing behind', () => {
  const all = sealed(1000)
  // bytes of 10, 4, 0 and 10, then the manifest; copies are never held
  for (const [held, waiting] of [
    [0, 4],
    [10, 4],
    [14, 2],
    [24, 1],
  ] as const) {
    const some = sealed(held)
    assert.equal(some.bytes, all.bytes, `${held}`)
    assert.equal(some.outputs, all.outputs)
    assert.is(some.waiting, waiting, `${held}`)
    assert.equal(some.left, ['x'])
  }
})

sealing('gives the same where the disk takes a few bytes at a time', () => {
  const exact = fs.writeSync
  const few = (descriptor: number, bytes: Uint8Array, at = 0) =>
    exact(descriptor, bytes, at, Math.min(3, bytes.length - at))
  assert.equal(withWriteSync(few, () => sealed(0)).bytes, sealed(1000).bytes)
})

sealing('says where there is no room for what waits', () => {
  const full = () => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
  }
  for (const attempt of [
    () => withTemporary('/nowhere', () => sealSome()),
    () => withWriteSync(full, () => sealSome()),
  ]) {
    assert.throws(attempt, (error: unknown) => {
      if (!(error instanceof Refusal)) return false
      return /^What is drawn cannot wait in .*\.$/.test(error.message) && /TMPDIR/.test(error.remedy ?? '')
    })
  }
})

function sealSome(): void {
  const about = { program: { name: 'bonnie-report', version: '1' }, inputs: [] }
  const site = new Sealing({ results: 'results', templates: 'templates' }, about, 0)
  site.add(new Map([['index.html', '<p>']]))
}

/** Lets the disk take bytes in its own way while something is done. */
function withWriteSync<T>(answer: unknown, act: () => T): T {
  const { writeSync } = fs
  Object.assign(fs, { writeSync: answer })
  syncBuiltinESMExports()
  try {
    return act()
  } finally {
    Object.assign(fs, { writeSync })
    syncBuiltinESMExports()
  }
}

sealing.run()
