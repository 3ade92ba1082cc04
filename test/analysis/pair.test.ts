import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import { judge } from '../../src/analysis/judge.ts'
import { outcomeOf, pairSentences, standings } from '../../src/analysis/pair.ts'
import { samples } from '../../src/analysis/sample.ts'
import { turned } from '../../src/model/comparison.ts'
import type { Word } from '../../src/model/format.ts'
import { inverse, type Ratio } from '../../src/model/measurement.ts'
import type { MetricId } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('pairs')

type Row = Partial<Record<MetricId, Printed>>

/** What is told of b against a. */
function told(a: readonly Row[], b: readonly Row[], baseline = 'a') {
  const runs = Object.entries({ a, b }).flatMap(([backend, rows]) =>
    rows.map((row, i) => aRun(backend, row, { path: `${backend}/${i}.txt` })),
  )
  const facts = { guest: { ram: '256 MiB' } }
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b')])
  const tested = samples(evidence, judge(evidence, facts))
  const comparisons = compare(tested, ['a', 'b'], baseline, facts)
  return standings(
    { samples: tested, comparisons, backends: evidence.map(({ backend }) => backend) },
    'b',
    'a',
  )
}

const writes = (rates: readonly Printed[]) => rates.map((put_block) => ({ put_block }))
const FAST = [93549, 95120, 92010]
const SLOW = [78075, 80410, 77200]

test('b is worse or better than a whichever of them is the baseline', () => {
  for (const baseline of ['a', 'b']) {
    const [worse] = told(writes(FAST), writes(SLOW), baseline)
    const [better] = told(writes(SLOW), writes(FAST), baseline)
    assert.equal([worse?.verdict, better?.verdict], ['worse', 'better'])
    const { interval } = worse?.disk ?? {}
    assert.ok(interval && interval.low < interval.high && interval.high < 1)
    assert.ok(better?.disk?.ratio.kind === 'exact' && better.disk.ratio.value > 1)
  }
})

test('fewer than three runs a side cannot tell, and the runs are counted', () => {
  const [one] = told(writes(FAST.slice(0, 1)), writes(SLOW.slice(0, 1)))
  assert.is(one?.verdict, 'cannot tell')
  assert.is(one?.because, 'one run each, and it takes three a side')
  const [some] = told(writes(FAST), writes(SLOW.slice(0, 2)))
  assert.is(some?.because, 'two runs against three, and it takes three a side')
})

test('a side that did not measure the disk is named, and stands in the other view', () => {
  const cached = SLOW.map((put_block): Row => ({ put_block, get_block: put_block * 20 }))
  const plain = FAST.map((put_block): Row => ({ put_block, get_block: put_block }))
  const read = told(cached, plain).find(({ metric }) => metric === 'get_block')
  assert.equal(
    [read?.verdict, read?.because, read?.disk],
    ['cannot tell', 'a did not measure the disk', null],
  )
  assert.is(read?.measured?.verdict, 'worse')
})

test('lower bounds cannot tell, however many runs there are', () => {
  const bound = { atLeast: 200_000 }
  const [all] = told(writes([bound, bound, bound]), writes([bound, bound, bound]))
  assert.equal([all?.verdict, all?.because], ['cannot tell', 'both too fast to time'])
  const [some] = told(writes(FAST), writes([bound, bound, bound]))
  assert.equal([some?.verdict, some?.because], ['cannot tell', 'some runs were too fast to time'])
})

test('what only one side ran is told as such, what neither ran not at all', () => {
  const found = told(
    FAST.map((rate) => ({ put_block: rate, seeks: 200 })),
    writes(SLOW),
  )
  assert.equal(
    found.map(({ metric, because }) => [metric, because]),
    [
      ['put_block', null],
      ['seeks', 'b has no rate'],
    ],
  )
})

test('all tests together are worse, mixed, better, unclear, the same or cannot tell', () => {
  const [standing] = told(writes(FAST), writes(SLOW))
  assert.ok(standing)
  const of = (...words: Word[]) => outcomeOf(words.map((verdict) => ({ ...standing, verdict })))
  assert.is(of('same', 'worse', 'unclear'), 'worse')
  assert.is(of('better', 'worse'), 'mixed')
  assert.is(of('better', 'same', 'cannot tell'), 'better')
  assert.is(of('same', 'unclear'), 'unclear')
  assert.is(of('same', 'cannot tell'), 'same')
  assert.is(of('cannot tell'), 'cannot tell')
  assert.is(of(), 'cannot tell')
})

test('sentences name every test once', () => {
  const found = told(
    FAST.map((rate) => ({ put_block: rate, seeks: 200 })),
    writes(SLOW),
  )
  assert.equal(pairSentences(found, 'B', 'A'), [
    'On block write B is worse than A.',
    'On random seeks it cannot be told: b has no rate.',
  ])
})

test('turning twice is turning not at all', () => {
  const kind = fc.constantFrom('exact', 'at least', 'at most', 'unknown')
  fc.assert(
    fc.property(kind, fc.integer({ min: -20, max: 20 }), (k, exponent) => {
      // powers of two have exact inverses
      const x = 2 ** exponent
      const ratio: Ratio =
        k === 'exact'
          ? { kind: k, value: x }
          : k === 'unknown'
            ? { kind: k, why: 'not run' }
            : { kind: k, bound: x }
      assert.equal(inverse(inverse(ratio)), ratio)
      const [c] = told(writes(FAST), writes(SLOW))
      const interval = { low: x, high: 2 * x, confidence: 0.95 }
      const one = c?.disk && { ...c.disk, ratio, interval }
      assert.ok(one)
      assert.equal(turned(turned(one)), one)
      assert.equal(turned(one).interval, { low: 1 / (2 * x), high: 1 / x, confidence: 0.95 })
    }),
  )
})

test.run()
