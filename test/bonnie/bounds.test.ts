import * as assert from 'uvu/assert'
import { ceilingOf, floorOf } from '../../src/bonnie/bounds.ts'
import { compareVersions, isBetween } from '../../src/bonnie/version.ts'
import type { MetricId } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const test = suite('bounds by version')
const work = { file_size_mib: 2064, seek_count: null, num_files: 16 }

const FLOORS: readonly (readonly [string | null, MetricId, number])[] = [
  ['1.00', 'put_block', 2064 * 1024],
  ['1.00', 'seeks', 8000],
  ['1.00e', 'seq_create', 16384],
  ['1.00f', 'seeks', 16384],
  ['1.03c', 'put_block', 4227072],
  ['1.03c', 'putc', 4227072],
  ['1.03c', 'seeks', 16384],
  ['1.03c', 'ran_del', 32768],
  ['1.90a', 'getc', 4227072],
  ['1.90g', 'getc', 40960],
  ['1.91c', 'getc', 40960],
  ['1.92', 'getc', 6144],
  ['1.96', 'getc', 6144],
  ['1.97', 'get_block', 4227072],
  ['2.00a', 'putc', 6144],
  ['2.00a', 'seeks', 16384],
  [null, 'put_block', 2064 * 1024],
  [null, 'seeks', 8000],
  [null, 'seq_stat', 16384],
]
for (const [version, id, floor] of FLOORS) {
  test(`+++++ for ${id} in ${version ?? 'an unknown version'} is above ${floor}`, () => {
    assert.is(floorOf(id, { ...work, version }), floor)
  })
}

test('the seek count of the CSV counts', () => {
  assert.is(floorOf('seeks', { ...work, version: '2.00a', seek_count: 65536 }), 131072)
})

test('a file smaller than 3 MiB bounds the per-character tests', () => {
  assert.is(floorOf('putc', { ...work, version: '2.00a', file_size_mib: 2 }), 4096)
})

test('work that is not known bounds nothing', () => {
  const unknown = { version: '1.03c', file_size_mib: null, seek_count: null, num_files: null }
  assert.is(floorOf('put_block', unknown), null)
  assert.is(ceilingOf('seq_stat', unknown), null)
  assert.is(floorOf('seeks', unknown), 16384)
  assert.is(floorOf('seq_stat', { ...unknown, num_files: 0 }), null)
})

test('the ceiling of an unknown version is the highest of all, its floor the lowest', () => {
  assert.is(ceilingOf('seeks', { ...work, version: null }), 16384)
  assert.is(ceilingOf('put_block', { ...work, version: null }), 4227072)
})

test('the ceiling of per-character tests is that of the file, since -f N is not recorded', () => {
  assert.is(ceilingOf('putc', { ...work, version: '2.00a' }), 4227072)
})

test('versions sort by number, then by letter', () => {
  const sorted = [
    '1.00',
    '1.00e',
    '1.00f',
    '1.01d',
    '1.03',
    '1.03c',
    '1.90',
    '1.90g',
    '1.97',
    '1.98',
    '2.00a',
  ]
  assert.equal([...sorted].reverse().sort(compareVersions), sorted)
  assert.ok(isBetween('1.98', '1.98', '3.00'))
  assert.not(isBetween('1.97', '1.98', '3.00'))
  assert.not(isBetween('junk', '1.00', '3.00'))
})

test.run()
