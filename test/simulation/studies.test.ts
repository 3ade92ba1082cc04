import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { simulate } from './studies.ts'

const test = suite('simulated studies')

// small enough for every day; `npm run simulate` draws more
const STUDIES = 150

test('equal backends are hardly ever called different: at most 5 % of studies', () => {
  const { falseVerdicts } = simulate({ backends: 4, runs: 4, spread: 0.1, factor: 1 }, STUDIES, 7)
  // 5 % of 150 is 7.5; chance lifts a true 5 % to 13 in one of forty
  assert.ok(falseVerdicts <= 13, `${falseVerdicts} of ${STUDIES}`)
})

test('nine of ten 95 % intervals and more hold the truth', () => {
  const { coverage } = simulate({ backends: 2, runs: 3, spread: 0.08, factor: 1 }, STUDIES, 8)
  assert.ok(coverage > 0.93 && coverage < 0.99, String(coverage))
})

test('a backend that is 30 % faster is found', () => {
  const { advised } = simulate({ backends: 2, runs: 6, spread: 0.03, factor: 1.3 }, 40, 9)
  assert.ok(advised >= 38, String(advised))
})

test.run()
