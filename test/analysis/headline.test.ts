/** The sentence at the top of an article, which is told from the faster side. */
import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import { headline } from '../../src/analysis/headline.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { MetricId } from '../../src/model/metric.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('headlines')
const FACTS: Facts = { guest: { ram: '256 MiB' } }
const FAST = [93_549, 95_120, 92_010]
const SLOW = [9_354, 9_512, 9_201]

/** Of two backends, of which `a` is the baseline. */
function newsOf(sides: Readonly<Record<'a' | 'b', readonly Printed[]>>): string {
  const cells = ([backend, values]: readonly [string, readonly Printed[]]) =>
    values.map((put_block) => [backend, { put_block }] as const)
  return told(Object.entries(sides).flatMap(cells)).headline
}

type Cells = Partial<Record<MetricId, Printed>>

/** What is said of these runs of `a`, the baseline, and of others that do not cache. */
function told(printed: readonly (readonly [backend: string, cells: Cells])[]) {
  const runs = printed.map(([backend, cells], i) => aRun(backend, cells, { path: `${backend}/${i}.txt` }))
  const ids = [...new Set(printed.map(([backend]) => backend))]
  const evidence = evidenceOf(
    runs,
    ids.map((id) => aPage(id)),
  )
  const tested = samples(evidence, judge(evidence, FACTS))
  return headline({ evidence, samples: tested, comparisons: compare(tested, ids, 'a', FACTS) }, 'a')
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

test('a side that is in doubt is named beside the number', () => {
  // per-character writes that outrun block writes leave those in doubt
  const leaking = { putc: 12_000, put_block: 10_000 }
  const sound = { put_block: 50_000 }
  const suspect = 'The number of b is suspect.'
  for (const n of [1, 3]) {
    const runs = (backend: string, cells: Cells) => Array.from({ length: n }, () => [backend, cells] as const)
    assert.match(told([...runs('a', sound), ...runs('b', leaking)]).doubt ?? '', suspect)
    assert.not.match(told([...runs('a', sound), ...runs('b', { put_block: 10_000 })]).doubt ?? '', 'suspect')
  }
  const both = told([
    ...[1, 2, 3].map(() => ['a', { putc: 60_000, put_block: 50_000 }] as const),
    ...[1, 2, 3].map(() => ['b', leaking] as const),
  ])
  assert.is(both.doubt, 'Both numbers are suspect.')
})

test('tests that measured the disk nowhere come before those that did not on some backend', () => {
  // a read of ten times the write, and its seeks, came from memory
  const memory = { put_block: 1_000, get_block: 20_000, seeks: 200 }
  const busy = { put_block: 1_100, get_block: 2_000, seeks: [15_000, 450] as const }
  assert.match(
    told([
      ['a', memory],
      ['b', busy],
    ]).doubt ?? '',
    'On no backend did random seeks measure the disk, nor did the block read of a.',
  )
  assert.match(
    told([
      ['a', memory],
      ['b', memory],
    ]).doubt ?? '',
    /^On no backend did block read or random seeks measure the disk\.$/,
  )
  assert.match(
    told([
      ['a', memory],
      ['b', { put_block: 1_100, get_block: 2_000, seeks: 100 }],
    ]).doubt ?? '',
    'The block read and random seeks of a did not measure the disk.',
  )
  const seeking = { put_block: 1_100, get_block: 2_000, seeks: [15_000, 450] as const }
  assert.match(
    told([
      ['a', { ...memory, put_block: 1_900 }],
      ['b', seeking],
      ['c', { ...seeking, get_block: 22_000 }],
      ['d', seeking],
      ['e', { put_block: 1_100, get_block: 2_000, seeks: 100 }],
    ]).doubt ?? '',
    'The block read of a and c and the random seeks of four of the five backends did not measure the disk.',
  )
})

test.run()
