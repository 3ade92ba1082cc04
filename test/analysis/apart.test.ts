/** When ratios of several studies are said to differ. */
import * as assert from 'uvu/assert'
import { areApart, type Estimate } from '../../src/analysis/apart.ts'
import { mulberry32, normal } from '../../src/analysis/draws.ts'
import { welch } from '../../src/analysis/stats.ts'
import { suite } from '../suite.ts'

const test = suite('ratios that differ')

const estimate = (of: string, low: number, high: number, runs = 3): Estimate => ({
  of,
  interval: { low, high, confidence: 0.95 },
  runs,
})

test('two differ where their distance exceeds the half-widths in quadrature', () => {
  // centres 1 and x, half-widths of ln 1.1 each: apart from a factor of 1.1^√2 = 1.1443 on
  const pair = (x: number) => [estimate('a', 1 / 1.1, 1.1), estimate('b', x / 1.1, x * 1.1)]
  assert.is(areApart(pair(1.143)), false)
  assert.is(areApart(pair(1.146)), true)
  assert.is(areApart(pair(1 / 1.146)), true)
})

test('those of one owner are not held against each other, and one alone differs from none', () => {
  assert.is(areApart([estimate('a', 1, 1.1), estimate('a', 5, 5.1)]), false)
  assert.is(areApart([estimate('a', 1, 1.1)]), false)
  assert.is(areApart([]), false)
})

test('among many it takes more, and the more the fewer runs there are', () => {
  const far = (x: number, runs: number) => [
    estimate('a', x / 1.1, x * 1.1, runs),
    ...[...'cdefgh'].map((of) => estimate(of, 1 / 1.1, 1.1, runs)),
  ]
  assert.is(areApart(far(1.146, 20)), false)
  assert.is(areApart(far(1.6, 20)), true)
  assert.is(areApart(far(1.6, 3)), false)
})

for (const [studies, runs] of [
  [2, 3],
  [8, 3],
  [8, 6],
] as const) {
  test(`of ${studies} studies with ${runs} runs a side and one truth hardly any differ`, () => {
    const random = mulberry32(50 + studies + runs)
    const CASES = 400
    const apart = Array.from({ length: CASES }, () => {
      const made = Array.from({ length: studies }, (_, i) => {
        const side = () => Array.from({ length: runs }, () => 0.05 * normal(random))
        const { low, high } = welch(side(), side())
        return estimate(String(i), Math.exp(low), Math.exp(high), runs)
      })
      return areApart(made)
    }).filter(Boolean).length
    // chance lifts a true 5 % of 400 above 30 in one of a hundred
    assert.ok(apart <= 30, `${apart} of ${CASES}`)
  })
}

test.run()
