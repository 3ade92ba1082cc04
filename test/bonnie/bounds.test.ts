import * as assert from 'uvu/assert'
import { ceilingOf, floorOf } from '../../src/bonnie/bounds.ts'
import { readFiles } from '../../src/bonnie/facts.ts'
import { compareVersions, isBetween } from '../../src/bonnie/version.ts'
import { METRIC_IDS, metric } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const test = suite('bounds by version')
const work = { file_size_mib: 2064, seek_count: null, num_files: 16 }

/** Work of a run of 2,064 MiB and 16 × 1,024 files over the shortest time that its version prints, in KiB/s or 1/s. */
const FLOORS: readonly (readonly [
  version: string | null,
  block: number,
  byte: number,
  seeks: number,
  files: number,
])[] = [
  ['1.00', 2113536, 2113536, 8000, 16384],
  ['1.00b', 2113536, 2113536, 8000, 16384],
  ['1.00e', 2113536, 2113536, 8000, 16384],
  ['1.00f', 4227072, 4227072, 16384, 32768],
  ['1.03e', 4227072, 4227072, 16384, 32768],
  ['1.04', 4227072, 4227072, 16384, 32768],
  ['1.90', 4227072, 4227072, 16384, 32768],
  ['1.90a', 4227072, 4227072, 16384, 32768],
  ['1.90f', 4227072, 4227072, 16384, 32768],
  ['1.90g', 4227072, 40960, 16384, 32768],
  ['1.91c', 4227072, 40960, 16384, 32768],
  ['1.92', 4227072, 6144, 16384, 32768],
  ['1.97', 4227072, 6144, 16384, 32768],
  ['1.98', 4227072, 6144, 16384, 32768],
  ['2.00a', 4227072, 6144, 16384, 32768],
  [null, 2113536, 3072, 8000, 16384],
]
for (const [version, block, byte, seeks, files] of FLOORS) {
  test(`+++++ of ${version ?? 'an unknown version'} is above its work over its shortest time`, () => {
    for (const id of METRIC_IDS) {
      const { family } = metric(id)
      const bytewise = id === 'putc' || id === 'getc'
      const floor = family === 'files' ? files : family === 'seeks' ? seeks : bytewise ? byte : block
      assert.is(floorOf(id, { ...work, version }), floor, id)
    }
  })

  test(`${version ?? 'an unknown version'} prints nothing above the ceiling of its work`, () => {
    const unknown = version === null
    for (const id of METRIC_IDS) {
      const { family } = metric(id)
      // where the version is not known, the shortest time of all
      const ceiling = family === 'files' ? files : family === 'seeks' ? seeks : block
      const highest = unknown ? { files: 32768, seeks: 16384, bulk: 4227072 }[family] : ceiling
      assert.is(ceilingOf(id, { ...work, version }), highest, id)
    }
  })
}

test('the seek count of the CSV counts', () => {
  assert.is(floorOf('seeks', { ...work, version: '2.00a', seek_count: 65536 }), 131072)
})

test('a file smaller than 3 MiB bounds the per-character tests', () => {
  assert.is(floorOf('putc', { ...work, version: '2.00a', file_size_mib: 2 }), 4096)
})

test('links are files: n:link bounds as n', () => {
  const files = readFiles('1:link')
  assert.is(floorOf('seq_create', { ...work, ...files, version: '1.03e' }), 2048)
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
