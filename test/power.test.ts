/** Powers are the same in every version of Node. */
import * as assert from 'uvu/assert'
import { power } from '../src/model/power.ts'
import { suite } from './suite.ts'

const test = suite('powers')

test('of ten are the numbers that one writes', () => {
  for (let exponent = -22; exponent <= 22; exponent += 1)
    assert.is(power(10, exponent), Number(`1e${exponent}`), `${exponent}`)
})

test('are exact where they can be', () => {
  assert.equal(
    [power(7, 0), power(0, 0), power(0, 2), power(-3, 3), power(2, 50), power(2, -2)],
    [1, 1, 0, -27, 2 ** 50, 0.25],
  )
  assert.is(power(0.1, 2), 0.1 * 0.1)
})

test.run()
