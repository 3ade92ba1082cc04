import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { choose, medianInterval, permutation, rankSum } from '../../src/analysis/exact.ts'
import { suite } from '../suite.ts'

const test = suite('exact tests')

const logs = (xs: readonly number[]) => xs.map(Math.log)
const near = (got: number | undefined, want: number, tolerance = 1e-9) =>
  assert.ok(got !== undefined && Math.abs(got - want) <= tolerance, `${got} is not ${want}`)
const FAST = Number.POSITIVE_INFINITY

// the second number of each: counted in 50 digits by another program
for (const [a, b, ways, all] of [
  [[93549, 95120, 92010], [78075, 80410, 77200], 2, 20],
  [[110, 104, 118, 101, 109], [105, 99, 107, 103, 101], 36, 252],
  [[101, 100.2, 99.9, 100.6, 100.4, 100.1], [100, 100.5, 99.5, 100.2, 99.8, 100.3], 166, 924],
] as const) {
  test(`permutations: ${ways} of ${all} deals are as far from even`, () => {
    near(permutation(logs(a), logs(b))?.p, ways / all)
  })
}

test('the least p that equal numbers of unlike values can reach is 2 ÷ C(2n, n)', () => {
  for (const [n, least] of [
    [1, 1],
    [2, 1 / 3],
    [3, 0.1],
    [4, 2 / 70],
    [5, 2 / 252],
    [6, 2 / 924],
    [7, 2 / 3432],
  ] as const) {
    const a = Array.from({ length: n }, (_, i) => 1 + 1.1 ** i)
    const b = Array.from({ length: n }, (_, i) => 1.3 ** i)
    near(permutation(a, b)?.attainable, least)
    near(rankSum(a, b)?.attainable, least)
  }
})

test('ranks of runs that were too fast to time tie at the top', () => {
  near(rankSum([FAST, FAST, FAST], [249, 251, 240])?.p, 0.1)
  near(rankSum([FAST, FAST, FAST], [FAST, FAST, FAST])?.p, 1)
  near(rankSum([9800, 11500, FAST], [FAST, FAST, FAST])?.p, 0.4)
})

test('more deals than can be counted have no p, and an empty side has none', () => {
  const many = Array.from({ length: 12 }, (_, i) => i)
  assert.is(permutation(many, many), null)
  assert.is(permutation([], [1]), null)
  assert.is(rankSum([1], []), null)
  assert.ok(rankSum(many, many))
})

test('neither side is favoured, and no p is below what can be attained', () => {
  const side = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(side, side, (a, b) => {
      for (const exact of [permutation, rankSum]) {
        const [one, other] = [exact(a, b), exact(b, a)]
        near(one?.p, other?.p ?? Number.NaN)
        assert.ok(one && one.p >= one.attainable && one.p <= 1 && one.attainable > 0)
      }
    }),
  )
})

test('the rank test counts what listing every deal counts', () => {
  const side = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(side, side, (a, b) => {
      const all = [...a, ...b]
      const rank = (v: number) =>
        all.filter((x) => x < v).length + (all.filter((x) => x === v).length + 1) / 2
      const ranks = all.map(rank)
      const expected = (a.length * (all.length + 1)) / 2
      const far = (own: readonly number[]) => Math.abs(own.reduce((s, r) => s + r, 0) - expected)
      const deals = Array.from({ length: 2 ** all.length }, (_, mask) =>
        ranks.filter((_r, i) => (mask >> i) & 1),
      ).filter((deal) => deal.length === a.length)
      const seen = far(ranks.slice(0, a.length))
      near(rankSum(a, b)?.p, deals.filter((deal) => far(deal) >= seen - 1e-9).length / deals.length)
      assert.is(deals.length, choose(all.length, a.length))
    }),
  )
})

test('an interval of the median needs six values, and is made of some of them', () => {
  assert.is(medianInterval([1, 2, 3, 4, 5]), null)
  assert.equal(medianInterval([6, 2, 3, 5, 4, 1]), { low: 1, high: 6, confidence: 1 - 2 / 64 })
  // printed tables give the second and the ninth of ten, at 97.9 %
  near(medianInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?.confidence, 0.978515625)
  assert.is(medianInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?.low, 2)
})

// counted in whole numbers by another program
for (const [n, low, high, confidence] of [
  [1023, 480, 544, 0.9546579621690144],
  [1024, 481, 544, 0.9510711635475109],
  [5000, 2431, 2570, 0.9506841418958282],
] as const) {
  test(`the interval of the median of ${n} values has its place and its confidence`, () => {
    const found = medianInterval(Array.from({ length: n }, (_, i) => i + 1))
    assert.equal([found?.low, found?.high], [low, high])
    near(found?.confidence, confidence)
  })
}

test('ranks are counted of a hundred values and no more', () => {
  const values = (n: number) => Array.from({ length: n }, (_, i) => (i * 37) % 101)
  const found = rankSum(values(50), values(50))
  assert.ok(found !== null && found.p > 0 && found.p <= 1)
  assert.is(rankSum(values(51), values(50)), null)
})

test.run()
