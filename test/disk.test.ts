/** What is not there is not there; what the disk does not tell is no such thing. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { targetOf } from '../src/commands/unfiled.ts'
import { Refusal } from '../src/disk.ts'
import { kindOf, readFacts } from '../src/files.ts'
import { fileAway, writeNew } from '../src/new-files.ts'
import { type DiskCall, type Fault, withFault } from './faults/hook.mjs'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'
import { filesBelow } from './tree.ts'

const test = suite('a place on the disk')
test.after.each(tidy)

/** What `act` throws where the first call that is like this one fails; null where it goes well. */
function thrownBy(kind: Fault['kind'], isLike: (call: DiskCall) => boolean, act: () => unknown): unknown {
  const at = withFault({ at: 0, kind }, act).findIndex(isLike) + 1
  assert.ok(at > 0, 'there is no such call')
  return thrownAt({ at, kind }, act)
}

function thrownAt(fault: Fault, act: () => unknown): unknown {
  try {
    withFault(fault, act)
    return null
  } catch (error) {
    return error
  }
}

test('is a file, a folder, or nothing', () => {
  const at = (name: string) => path.join(folder, name)
  const folder = tree({ 'a/file': '' })
  assert.equal(
    ['a', 'a/file', 'b', 'a/file/below', 'x'.repeat(300)].map((name) => kindOf(at(name))),
    ['folder', 'file', null, null, null],
  )
  fs.symlinkSync('nowhere', at('lost'))
  fs.symlinkSync('a/file', at('found'))
  assert.equal([kindOf(at('lost')), kindOf(at('found'))], [null, 'file'])
})

for (const kind of ['EIO', 'EACCES', 'EMFILE'] as const)
  test(`is not nothing because the disk says ${kind}`, () => {
    const folder = tree({ file: '' })
    const error = thrownAt({ at: 1, kind }, () => kindOf(path.join(folder, 'file')))
    assert.match(String(error), kind)
  })

test('is not nothing because its links lead in a circle', () => {
  const place = path.join(tree({}), 'circle')
  fs.symlinkSync('circle', place)
  assert.throws(() => kindOf(place), /ELOOP/)
})

test('holds facts, or they are refused: without them others would be judged', () => {
  const folder = tree({ 'study.md': 'facts', 'x/study.md': 'facts' })
  assert.is(readFacts(folder, 'study.md'), 'facts')
  const isRead = ({ name, place }: DiskCall) => name === 'readFileSync' && place.endsWith('study.md')
  for (const act of [
    () => readFacts(folder, 'x/study.md'),
    () => targetOf(folder, { study: 'x', backend: 'lvm' } as Parameters<typeof targetOf>[1]),
  ]) {
    const refused = thrownBy('EIO', isRead, act)
    assert.instance(refused, Refusal)
    assert.match(String(refused), /x.study\.md: This cannot be read: the disk failed\./)
  }
})

// ─── files for an author ────────────────────────────────────────────────────────────────────────────────────────

test('takes a new file whole or not at all, whatever fails', () => {
  const calls = withFault({ at: 0, kind: 'EIO' }, () => writeNew(path.join(tree({}), 'a/b.txt'), 'results'))
  assert.ok(calls.length > 3)
  for (const kind of ['half', 'ENOSPC', 'EIO', 'EACCES', 'EROFS', 'kill'] as const)
    for (const [i, call] of calls.entries()) {
      const told = `${kind} at ${call.name}`
      const folder = tree({})
      const place = path.join(folder, 'a/b.txt')
      const error = thrownAt({ at: i + 1, kind }, () => writeNew(place, 'results'))
      const found = filesBelow(folder).filter((name) => !name.includes('.new-'))
      if (found.length > 0)
        assert.equal([found, fs.readFileSync(place, 'utf8')], [['a/b.txt'], 'results'], told)
      if (kind !== 'kill' && error) assert.instance(error, Refusal, told)
      if (kind !== 'kill' && !error) assert.is(found.length, 1, told)
      assert.ok(['new', 'same'].includes(writeNew(place, 'results')), told)
      assert.is(fs.readFileSync(place, 'utf8'), 'results', told)
    }
})

test('is not taken for another file because the disk does not tell', () => {
  const folder = tree({ 'heap/run.txt': 'results', 'lvm/run.txt': 'results' })
  const file = () => fileAway(path.join(folder, 'heap/run.txt'), path.join(folder, 'lvm'), 'run.txt')
  assert.is(file().before, true)
  const isThere = ({ place }: DiskCall) => place.endsWith('lvm/run.txt')
  assert.instance(thrownBy('EIO', isThere, file), Refusal)
  const isRead = (call: DiskCall) => call.name === 'readFileSync' && isThere(call)
  assert.instance(thrownBy('EIO', isRead, file), Refusal)
  assert.equal(filesBelow(path.join(folder, 'lvm')), ['run.txt'])
})

test('that is taken is never written over, nor is what came meanwhile', () => {
  const folder = tree({ 'a.txt': 'mine' })
  const place = path.join(folder, 'a.txt')
  assert.is(writeNew(place, 'other'), 'other')
  fs.mkdirSync(path.join(folder, 'b.txt'))
  assert.is(writeNew(path.join(folder, 'b.txt'), 'other'), 'other')
  assert.equal([fs.readFileSync(place, 'utf8'), filesBelow(folder)], ['mine', ['a.txt']])
})

test.run()
