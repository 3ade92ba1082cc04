/** The sentence at the top of an article, which is told from the faster side. */
import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import { headline } from '../../src/analysis/headline.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('headlines')
const FACTS: Facts = { guest: { ram: '256 MiB' } }
const FAST = [93_549, 95_120, 92_010]
const SLOW = [9_354, 9_512, 9_201]

/** Of two backends, of which `a` is the baseline. */
function newsOf(sides: Readonly<Record<'a' | 'b', readonly Printed[]>>): string {
  const runs = Object.entries(sides).flatMap(([backend, values]) =>
    values.map((put_block, i) => aRun(backend, { put_block }, { path: `${backend}/${i}.txt` })),
  )
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b')])
  const tested = samples(evidence, judge(evidence, FACTS))
  const comparisons = compare(tested, ['a', 'b'], 'a', FACTS)
  return headline({ evidence, samples: tested, comparisons }, 'a').headline
}

test('the faster side is the subject, whichever is the baseline', () => {
  assert.match(newsOf({ a: SLOW, b: FAST }), 'B wrote blocks 10.0 times as fast as a (')
  assert.match(newsOf({ a: FAST, b: SLOW }), 'A wrote blocks 10.0 times as fast as b (')
})

test('the interval is turned with the ratio', () => {
  const range = (news: string) => /\((.*)\)/.exec(news)?.[1] ?? 'none'
  assert.match(range(newsOf({ a: FAST, b: SLOW })), /^9\.\d+ to 10\.\d$/)
  assert.is(range(newsOf({ a: FAST, b: SLOW })), range(newsOf({ a: SLOW, b: FAST })))
})

test('single runs are told the same way', () => {
  assert.is(newsOf({ a: [90_000], b: [18_000] }), 'In one run each, a wrote blocks 5.00 times as fast as b.')
})

test.run()
