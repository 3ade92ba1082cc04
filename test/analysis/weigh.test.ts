import * as assert from 'uvu/assert'
import type { Term } from '../../src/analysis/score.ts'
import { acceptability, breakEven, dominates, ranked, regrets, score } from '../../src/analysis/weigh.ts'
import { suite } from '../suite.ts'

const test = suite('weighing')

const near = (got: number | undefined, want: number, tolerance = 1e-3) =>
  assert.ok(got !== undefined && Math.abs(got - want) <= tolerance, `${got} is not ${want}`)

/** A term from rates, each with the same standard error of its logarithm. */
function term(
  metric: Term['metric'],
  weight: number,
  rates: Readonly<Record<string, number>>,
  { se = 0.047, df = 6, assumed = true } = {},
): Term {
  const centres = Object.entries(rates).map(
    ([id, rate]) => [id, { centre: Math.log(rate), se, df, assumed }] as const,
  )
  return { metric, weight, solid: true, centres: new Map(centres) }
}

// published on xen-devel in July 2006 by the authors of blktap: one run each
const WRITE = { blktap: 45072, blkback: 45429, loop: 37672 }
const REWRITE = { blktap: 21896, blkback: 22217, loop: 16442 }
const READ = { blktap: 52781, blkback: 52596, loop: 52286 }
const STREAM = [term('put_block', 40, WRITE), term('rewrite', 10, REWRITE), term('get_block', 35, READ)]
const SIDES = ['loop', 'blktap', 'blkback']

test('2006: the score of streaming, worked out by hand', () => {
  const close = score(STREAM, 'blktap', 'blkback')
  near(close.ratio, 0.996)
  near(close.low, 0.9, 0.005)
  near(close.high, 1.1, 0.005)
  const clear = score(STREAM, 'blktap', 'loop')
  near(clear.ratio, 1.13)
  near(clear.low, 1.02, 0.005)
  near(clear.high, 1.25, 0.005)
})

test('2006: who comes first in how many weightings', () => {
  const alike = STREAM.map((t) => ({ ...t, weight: 1 }))
  const shares = acceptability(alike, SIDES, 'any')
  near(shares.get('blkback'), 0.55, 0.03)
  near(shares.get('blktap'), 0.44, 0.03)
  near(shares.get('loop'), 0.008, 0.01)
  const certain = [WRITE, REWRITE, READ].map((rates, i) =>
    term((['put_block', 'rewrite', 'get_block'] as const)[i] ?? 'putc', 1, rates, { se: 0 }),
  )
  near(acceptability(certain, SIDES, 'any').get('blkback'), 0.94, 0.02)
  assert.is(acceptability(certain, SIDES, 'any').get('loop'), 0)
})

test('2006: the least regret', () => {
  const found = regrets(
    STREAM.map((t) => ({ workload: t.metric, terms: [t] })),
    SIDES,
  )
  assert.equal(
    found.map((r) => [r.backend, r.workload]),
    [
      ['blkback', 'get_block'],
      ['blktap', 'rewrite'],
      ['loop', 'rewrite'],
    ],
  )
  for (const [i, worst] of [0.004, 0.015, 0.351].entries()) near(found[i]?.worst, worst)
})

test('the break-even weight of the first blog post: 54.4 % for writing', () => {
  const terms = [
    term('put_block', 50, { blktap: Math.exp(1.644), loopback: 1 }),
    term('get_block', 50, { blktap: Math.exp(-1.9635), loopback: 1 }),
  ]
  const found = breakEven(terms, 'blktap', 'loopback')
  near(found?.needed, 0.5443, 1e-4)
  near(found?.carried, 0.5)
  assert.equal(found?.ahead, ['put_block'])
  // the other side needs the rest
  near(breakEven(terms, 'loopback', 'blktap')?.needed, 1 - 0.5443, 1e-4)
})

test('at the break-even weight nobody leads', () => {
  const rates = [
    { a: 3, b: 1 },
    { a: 1, b: 1.7 },
    { a: 1.2, b: 1 },
  ]
  const terms = (['put_block', 'rewrite', 'seeks'] as const).map((id, i) =>
    term(id, [30, 60, 10][i] ?? 0, rates[i] ?? {}),
  )
  const needed = breakEven(terms, 'a', 'b')?.needed ?? Number.NaN
  const moved = terms.map((t) => {
    const share = t.metric === 'rewrite' ? (1 - needed) / 60 : needed / 40
    return { ...t, weight: t.weight * share }
  })
  near(score(moved, 'a', 'b').ratio, 1, 1e-12)
})

test('whoever is ahead on all tests has no break-even', () => {
  assert.is(
    breakEven([term('put_block', 50, { a: 2, b: 1 }), term('seeks', 50, { a: 3, b: 1 })], 'a', 'b'),
    null,
  )
})

test('weights do not matter where one is shown behind on nothing and ahead on something', () => {
  const sharp = { se: 0.004, df: 10, assumed: false }
  const band = () => 0.05
  const ahead = term('put_block', 50, { a: 1.3, b: 1 }, sharp)
  assert.ok(dominates([ahead, term('seeks', 50, { a: 1, b: 1 }, sharp)], 'a', 'b', band))
  assert.not.ok(dominates([ahead, term('seeks', 50, { a: 0.9, b: 1 }, sharp)], 'a', 'b', band), 'behind')
  const vague = term('seeks', 50, { a: 1, b: 1 }, { ...sharp, se: 0.2 })
  assert.not.ok(dominates([ahead, vague], 'a', 'b', band), 'a noisy test shows nothing')
  assert.not.ok(dominates([term('seeks', 50, { a: 1, b: 1 }, sharp)], 'a', 'b', band), 'level')
})

test('what backends are called and in which order they come changes no share', () => {
  const renamed = STREAM.map((t) => ({
    ...t,
    centres: new Map([...t.centres].map(([id, c]) => [`z-${id}`, c] as const).reverse()),
  }))
  const [one, other] = [
    acceptability(STREAM, SIDES),
    acceptability(renamed, ['z-blkback', 'z-loop', 'z-blktap']),
  ]
  for (const id of SIDES) assert.is(one.get(id), other.get(`z-${id}`))
  assert.equal(ranked(STREAM, SIDES), ['blkback', 'blktap', 'loop'])
})

test('spreads of their own add up after Satterthwaite, an assumed one is in all of them', () => {
  const terms = (assumed: boolean) =>
    (['put_block', 'rewrite', 'get_block'] as const).map((id) =>
      term(id, 10, { a: 1, b: 1 }, { se: 0.03, df: 2, assumed }),
    )
  const width = (assumed: boolean) => Math.log(score(terms(assumed), 'a', 'b').high)
  // six equal variances of two degrees each make twelve; t(0.975) is 2.1788 there, and 4.3027 at two
  near(width(false), 2.1788 * 0.03 * Math.sqrt(2 / 3), 1e-4)
  near(width(true), 4.3027 * 0.03 * Math.sqrt(2 / 3), 1e-4)
})

test.run()
