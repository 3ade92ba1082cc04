import * as assert from 'uvu/assert'
import { holm, median, tQuantile, twoSided, welch } from '../../src/analysis/stats.ts'
import type { Measurement } from '../../src/model/measurement.ts'
import { suite } from '../suite.ts'

const test = suite('statistics')

const near = (got: number, want: number, tolerance = 1e-3) =>
  assert.ok(Math.abs(got - want) <= tolerance, `${got} is not ${want}`)

test("Student's quantiles agree with printed tables", () => {
  for (const [df, t] of [
    [1, 12.706],
    [2, 4.3027],
    [4, 2.7764],
    [6, 2.4469],
    [10, 2.2281],
    [30, 2.0423],
    [1000, 1.9623],
  ] as const) {
    near(tQuantile(0.975, df), t)
  }
  near(tQuantile(0.025, 4), -2.7764)
})

test("Student's quantiles agree with another program's, far out and between whole degrees", () => {
  for (const [p, df, t] of [
    [0.9, 1.7, 2.04134976],
    [0.975, 5.992, 2.44770398],
    [0.995, 1, 63.65674116],
    [0.995, 3.5, 5.08570222],
    [0.995, 57.3, 2.66438944],
    [0.99979, 1, 1515.76114287],
    [0.99979, 2, 48.77963188],
    [0.99979, 10, 5.16852928],
    [0.99979, 10000, 3.5283726],
  ] as const) {
    near(tQuantile(p, df), t, 1e-8 * t)
  }
})

test('two-sided p is exact where it has a closed form', () => {
  // one degree of freedom is Cauchy's distribution: 1 - 2/pi atan t
  for (const t of [0.1, 1, 5, 100]) near(twoSided(t, 1), 1 - (2 / Math.PI) * Math.atan(t), 1e-12)
  // two degrees: 1 - t / sqrt(2 + t^2)
  for (const t of [0.1, 1, 5, 100]) near(twoSided(t, 2), 1 - t / Math.sqrt(2 + t * t), 1e-12)
})

for (const [name, a, b, ratio, low, high, df] of [
  ['a clear difference', [93549, 95120, 92010], [78075, 80410, 77200], 1.191, 1.1398, 1.2444, 3.797],
  ['an open question', [110, 104, 118, 101, 109], [105, 99, 107, 103, 101], 1.0513, 0.977, 1.1313, 5.992],
  [
    'practically equal',
    [101, 100.2, 99.9, 100.6, 100.4, 100.1],
    [100, 100.5, 99.5, 100.2, 99.8, 100.3],
    1.0032,
    0.9983,
    1.008,
    9.939,
  ],
] as const) {
  test(`Welch on logarithms: ${name}`, () => {
    const found = welch(a.map(Math.log), b.map(Math.log))
    near(Math.exp(found.difference), ratio)
    near(Math.exp(found.low), low)
    near(Math.exp(found.high), high)
    near(found.df, df)
  })
}

test("Welch's p agrees with another program's", () => {
  for (const [a, b, p] of [
    [[93549, 95120, 92010], [78075, 80410, 77200], 0.00046432129309897],
    [[110, 104, 118, 101, 109], [105, 99, 107, 103, 101], 0.14565119916512403],
    [[1200, 1500, 900, 1100, 1340, 990, 1010], [400, 4000, 350, 800], 0.6032696711360844],
  ] as const) {
    near(welch(a.map(Math.log), b.map(Math.log)).p, p, 1e-12)
  }
})

test('two constant sides differ with certainty or not at all', () => {
  assert.is(welch([1, 1, 1], [1, 1, 1]).p, 1)
  assert.is(welch([2, 2, 2], [1, 1, 1]).p, 0)
})

test("Holm's adjustment keeps the order it was given", () => {
  assert.equal(
    holm([0.2, 0.012, 0.004, 0.03]).map((p) => Number(p.toFixed(6))),
    [0.2, 0.036, 0.016, 0.06],
  )
  assert.equal(holm([]), [])
  assert.equal(holm([0.9, 0.8]), [1, 1])
})

const value = (v: number): Measurement => ({ kind: 'measured', value: v })
const bound = (b: number): Measurement => ({ kind: 'at least', bound: b })

test('the median of measured rates is the middle, or the mean of the middle two', () => {
  assert.equal(median([value(3), value(1), value(2)]), value(2))
  assert.equal(median([value(4), value(1)]), value(2.5))
})

test('with lower bounds the median is Kaplan and Meier’s', () => {
  assert.equal(median([9800, 11500, 13900].map(value).concat([16384, 16384].map(bound))), value(13900))
  assert.equal(median([bound(16384), bound(16384), value(9800)]), bound(16384))
  assert.equal(median([bound(8), bound(10)]), bound(8))
})

test('a value at the bound counts before the bound', () => {
  assert.equal(median([value(9), value(10), bound(10)]), value(10))
})

test('the middle of an even number of runs is between two of them', () => {
  assert.equal(median([value(3), bound(5)]), bound(3))
  assert.equal(median([8, 10, 12].map(value).concat(bound(13))), value(11))
  assert.equal(median([8, 10].map(value).concat([bound(13), bound(13)])), bound(10))
})

test('nothing measured has no median', () => {
  assert.equal(median([{ kind: 'absent', why: 'unreadable' }]), { kind: 'absent', why: 'unreadable' })
  assert.equal(median([]), { kind: 'absent', why: 'not run' })
})

test.run()
