import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { Knowledge } from '../../src/model/backend.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('comparisons')

const PAGES: readonly Knowledge[] = [aPage('a'), aPage('b'), aPage('c')]
const FACTS: Facts = { guest: { ram: '256 MiB' } }

function compared(
  sides: Readonly<Record<string, readonly Printed[]>>,
  baseline = 'b',
  facts = FACTS,
  pages = PAGES,
) {
  const runs = Object.entries(sides).flatMap(([backend, values]) =>
    values.map((put_block, i) => aRun(backend, { put_block }, { path: `${backend}/${i}.txt` })),
  )
  const evidence = evidenceOf(runs, pages)
  const tested = samples(evidence, judge(evidence, facts))
  return compare(tested, Object.keys(sides), baseline, facts)
}

const inDisk = (found: ReturnType<typeof compared>) => found.filter((c) => c.view === 'disk')

test('one run a side: an exact ratio, no interval, and how it stands to the usual spread', () => {
  const [far] = inDisk(compared({ a: [93549], b: [18075] }))
  assert.ok(far?.ratio.kind === 'exact' && Math.abs(far.ratio.value - 93549 / 18075) < 1e-12)
  assert.is(far?.interval, undefined)
  assert.is(far?.spread, 'far beyond')
  assert.is(far?.verdict, 'unclear')
  const [near] = inDisk(compared({ a: [1170], b: [1000] }))
  assert.is(near?.spread, 'within', 'below 1.18')
})

test('two runs a side have no interval either', () => {
  const [c] = inDisk(compared({ a: [200, 210], b: [100, 105] }))
  assert.is(c?.interval, undefined)
  assert.is(c?.verdict, 'unclear')
})

test('the baseline stands below the line', () => {
  const found = inDisk(compared({ b: [100], a: [200], c: [300] }))
  assert.equal(
    found.map((c) => [c.backend, c.baseline]),
    [
      ['a', 'b'],
      ['c', 'b'],
      ['c', 'a'],
    ],
  )
})

test('a clear difference of three runs is better, and seen from the other side worse', () => {
  const a = [93549, 95120, 92010]
  const b = [78075, 80410, 77200]
  assert.is(inDisk(compared({ a, b }))[0]?.verdict, 'better')
  assert.is(inDisk(compared({ b: a, a: b }))[0]?.verdict, 'worse')
})

test('the same only when the whole interval lies inside the band', () => {
  assert.is(
    inDisk(compared({ a: [101, 100.2, 99.9, 100.6], b: [100, 100.5, 99.5, 100.2] }))[0]?.verdict,
    'same',
  )
  assert.is(
    inDisk(compared({ a: [110, 104, 118, 101, 109], b: [105, 99, 107, 103, 101] }))[0]?.verdict,
    'unclear',
  )
})

test('a declared band replaces the usual one', () => {
  const sides = { a: [101, 100.2, 99.9, 100.6], b: [100, 100.5, 99.5, 100.2] }
  assert.is(inDisk(compared(sides, 'b', { ...FACTS, equivalence: { bulk: '0.5 %' } }))[0]?.verdict, 'unclear')
})

test('Holm spans all tests of a study and view', () => {
  const sides = { a: [93549, 95120, 92010], b: [78075, 80410, 77200], c: [78075, 80410, 77200] }
  const found = inDisk(compared(sides))
  const against = found.find((c) => c.backend === 'a' && c.baseline === 'b')
  const p = against?.p ?? 1
  assert.ok(Math.abs((against?.adjusted ?? 0) - 3 * p) < 1e-12, 'the smallest of three is tripled')
})

test('lower bounds give one-sided ratios, and two of them none', () => {
  const bound = { atLeast: 4194304 }
  const measured = (sides: Readonly<Record<string, readonly Printed[]>>) =>
    compared(sides).filter((c) => c.view === 'measured')[0]?.ratio
  assert.equal(measured({ a: [bound], b: [1048576] }), { kind: 'at least', bound: 4 })
  assert.equal(measured({ a: [1048576], b: [bound] }), { kind: 'at most', bound: 0.25 })
  assert.is(measured({ a: [bound], b: [bound] })?.kind, 'unknown')
})

test('a side that is not the disk exists as measured only', () => {
  const facts: Facts = { guest: { ram: '1.5 GiB' } }
  const found = compared({ a: [100], b: [200] }, 'b', facts)
  assert.equal(
    found.map((c) => c.view),
    ['measured'],
  )
})

test('on disk evidence a sample leaves out its runs that are not the disk', () => {
  const spoilt: readonly [number, number] = [900, 99]
  const found = compared({ a: [100, 101, 99, 100, spoilt], b: [100, 101, 99, 100, 100] })
  const [disk, printed] = [inDisk(found)[0], found.find((c) => c.view === 'measured')]
  assert.equal(disk?.n, [4, 5])
  assert.ok(disk?.ratio.kind === 'exact' && Math.abs(disk.ratio.value - 1) < 0.01)
  assert.ok(printed?.ratio.kind === 'exact' && printed.ratio.value > 1.4)
})

test('a rate of 0 has no ratio, and no number is infinite', () => {
  for (const sides of [
    { a: [0], b: [5] },
    { a: [0, 0, 0], b: [5, 6, 7] },
    { a: [5, 6, 7], b: [0, 1, 2] },
  ]) {
    const found = compared(sides)
    assert.ok(found.every((c) => c.ratio.kind === 'unknown'))
    assert.equal(JSON.parse(JSON.stringify(found)), found)
  }
})

test('two equal pairs of runs are not far apart, however little they scatter', () => {
  assert.is(inDisk(compared({ a: [100.02, 100.02], b: [100, 100] }))[0]?.spread, 'within')
})

test('unlike tests are never compared', () => {
  const evidence = evidenceOf(
    [aRun('a', { put_block: 1 }, { version: '2.00a' }), aRun('b', { put_block: 1 })],
    PAGES,
  )
  const tested = samples(evidence, judge(evidence, FACTS))
  for (const c of compare(tested, ['a', 'b'], 'b', FACTS)) assert.is(c.ratio.kind, 'unknown')
})

test.run()
