import * as assert from 'uvu/assert'
import { readChunk, readCount, readFiles, readSize } from '../../src/bonnie/facts.ts'
import { isOneName, roomOf } from '../../src/bonnie/names.ts'
import { compareVersions, isBetween, isVersion } from '../../src/bonnie/version.ts'
import { suite } from '../suite.ts'

const test = suite('facts')

test('sizes are MiB, whatever their unit; bare ones only where a dialect prints them', () => {
  assert.is(readSize('2064M', null)?.mib, 2064)
  assert.is(readSize('2G', null)?.mib, 2048)
  assert.is(readSize('1024', null), null)
  assert.is(readSize('1024', 1)?.mib, 1024)
  assert.is(readSize('2', 1000)?.mib, 2000)
  assert.is(readSize('3*1024', 1)?.mib, 3072)
  assert.is(readSize('3*1024', null), null)
})

test('what follows the first colon of a size is parted, and is numbers and chunks alone', () => {
  assert.equal(readSize('300M:4k', null)?.parts, ['4k'])
  assert.equal(readSize('64G:4k::65536', null)?.parts, ['4k', '', '65536'])
  assert.equal(readSize('64M::3', null)?.parts, ['', '3'])
  assert.equal(readSize('63G', null)?.parts, [])
  for (const word of ['999M:/td>', '64M:<', '64G:4k0', '64M:x', 'M', '64', '-4M', '4.5G'])
    assert.is(readSize(word, null), null, word)
})

test('no file has no size, or more than a PiB', () => {
  assert.is(readSize('0M', null), null)
  assert.is(readSize('0', 1), null)
  assert.is(readSize('1048576G', null)?.mib, 2 ** 30)
  assert.is(readSize('1048577G', null), null)
  assert.is(readSize('1795332485200M', null), null, 'a seed and a size without the comma between them')
})

test('chunks and counts are whole words', () => {
  assert.is(readChunk('64k'), '64k')
  assert.is(readChunk('512'), '512')
  for (const word of ['', 'k', '4k0', '<', '1M']) assert.is(readChunk(word), null, word)
  assert.is(readCount('16'), 16)
  for (const word of ['', '1 6', '1.5', '-1', 'x']) assert.is(readCount(word), null, word)
})

test('the files cell: number, largest, smallest, directories, or links', () => {
  const none = { num_files: null, max_size: null, min_size: null, num_dirs: null, file_kind: null }
  assert.equal(readFiles('16'), { ...none, num_files: 16 })
  assert.equal(readFiles('64:20000:16/512'), {
    ...none,
    num_files: 64,
    max_size: 20000,
    min_size: 16,
    num_dirs: 512,
  })
  assert.equal(readFiles('30:1:1:10'), { ...none, num_files: 30, max_size: 1, min_size: 1, num_dirs: 10 })
  assert.equal(readFiles('1:link'), { ...none, num_files: 1, file_kind: 'link' })
  assert.equal(readFiles('1:symlink')?.file_kind, 'symlink')
  for (const word of ['', 'x', '16:', '1:hardlink', '16/']) assert.is(readFiles(word), null, word)
})

test('versions sort by number, then by letter', () => {
  const sorted = ['1.00', '1.00e', '1.00f', '1.03', '1.03c', '1.90', '1.92b', '1.97', '2.00', '2.00a']
  assert.equal([...sorted].reverse().sort(compareVersions), sorted)
  assert.is(compareVersions('1.97', '1.97'), 0)
  assert.ok(compareVersions('x', '1.00') < 0)
  assert.ok(isBetween('1.92b', '1.92b', '1.98'))
  assert.not(isBetween('1.98', '1.92b', '1.98'))
})

test('one digit and two make a version: one too many or too few is noticed', () => {
  for (const word of ['1.03', '1.03c', '2.00a', '9.99']) assert.ok(isVersion(word), word)
  for (const word of ['1.3', '11.03', '1.003', '0.03', '1.03cc', '1,03', '', '103'])
    assert.not(isVersion(word), word)
})

test('a name is cut to the columns that its size leaves', () => {
  const label = (text: string) => ({ text, line: 1, column: 1 })
  assert.is(roomOf(label('2064M'), { head: 19 }), 13)
  assert.is(roomOf(label('64G:4k::65536:16384'), { head: 19 }), 0)
  assert.is(roomOf(null, { head: 19 }), 18)
  const cut = { name: 'a-rather-long', room: 13 }
  assert.ok(isOneName(cut, { name: 'a-rather-long-name', room: 19 }))
  assert.ok(
    isOneName({ name: 'a-rather-lon', room: 13 }, { name: 'a-rather-lon g', room: 19 }),
    'cut at a blank',
  )
  assert.ok(isOneName({ name: 'vm101', room: 13 }, { name: 'vm101', room: 19 }))
  assert.not(isOneName({ name: 'vm101', room: 13 }, { name: 'vm1015', room: 19 }), 'a shorter name is whole')
  assert.not(isOneName(cut, { name: 'a-rather-bad-name', room: 19 }))
  assert.not(isOneName(cut, { name: 'a-rather-long-name-of-2', room: 19 }), 'longer than its own room')
})

test.run()
