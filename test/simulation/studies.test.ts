import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { add, type Trial, trial } from './trials.ts'

const test = suite('simulated studies')

// small enough for every day, and far enough from what is promised that chance does not fail it; `npm run simulate`
// draws the whole grid
const DESIGNS = [
  { backends: 2, runs: 3, cv: 0.02 },
  { backends: 3, runs: 4, cv: 0.2 },
  { backends: 2, runs: 6, cv: 0.1 },
  { backends: 5, runs: 6, cv: 0.05 },
  { backends: 2, runs: 10, cv: 0.2 },
]
const STUDIES = 16
const trials = DESIGNS.map((design, i) => trial(design, STUDIES, 7 + i))

function share(of: keyof Trial): number {
  const { hits, of: all } = trials.map((one) => one[of]).reduce(add)
  assert.ok(all > 0, 'something was counted')
  return hits / all
}

test('95 % intervals hold the truth in 94 to 97 % of cases', () => {
  const held = share('covered')
  assert.ok(held > 0.935 && held < 0.975, String(held))
})

test('95 % intervals of scores hold the truth about as often', () => {
  const held = share('scored')
  assert.ok(held > 0.9, String(held))
})

test('a study without a difference calls something different in at most 5 % of cases', () => {
  // 5 % of 80 is 4; chance lifts a true 5 % to 9 in one of a hundred
  assert.ok(share('falselyTold') * STUDIES * DESIGNS.length <= 9)
  assert.ok(share('falselyAdvised') * STUDIES * DESIGNS.length <= 9)
})

test('what lies five standard errors beyond the band is found from six runs on', () => {
  assert.ok(share('found') > 0.85, String(share('found')))
})

test('no choice above grade D is truly behind the best by more than the band in more than 2 % of cases', () => {
  assert.ok(share('wronglyNamed') <= 0.04, String(share('wronglyNamed')))
})

test('no bound is ever on the wrong side', () => {
  assert.is(share('wrongBounds'), 0)
})

test.run()
