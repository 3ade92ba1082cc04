/** Colour and shape of a backend: the same on every page, and never colour alone. */
import * as assert from 'uvu/assert'
import { colourOf, keySymbol, keyText, shapeOf, slotOf } from '../../src/report/palette.ts'
import { suite } from '../suite.ts'

const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

function slots(
  ...backends: readonly (string | readonly [id: string, kind: string])[]
): Record<string, number> {
  const list = backends.map((each) => (typeof each === 'string' ? [each, ''] : each))
  return Object.fromEntries(slotOf(list.map(([id = '', kind]) => ({ id, title: id, kind: kind || null }))))
}

const test = suite('the palette')

test('known backends have the same slot in every company', () => {
  const known = { loopback: 1, blktap: 2, lvm: 3, 'loopback-direct': 4, partition: 5, native: 6 }
  assert.equal(slots(...Object.keys(known)), known)
  assert.equal(slots('native', 'x', 'lvm'), { native: 6, x: 1, lvm: 3 })
})

test('unknown backends take free slots in order', () => {
  assert.equal(slots('b', 'loopback', 'a'), { loopback: 1, b: 2, a: 3 })
})

test('a backend of a known kind has the slot of its kind, unless its namesake is there', () => {
  assert.equal(slots(['a', 'lvm']), { a: 3 })
  assert.equal(slots(['a', 'lvm'], 'lvm'), { lvm: 3, a: 1 })
  assert.equal(slots(['a', 'lvm'], ['b', 'lvm']), { a: 3, b: 1 })
})

test('colours come twice, shapes once, and more backends than shapes begin again', () => {
  const many = slots(...'abcdefghijklmn')
  assert.equal(Object.values(many), [...SLOTS, 1, 2])
  assert.equal(SLOTS.map(colourOf), [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6])
})

test('every slot has its own shape, in charts and in the key', () => {
  assert.is(new Set(SLOTS.map(shapeOf)).size, 12)
  const paths = SLOTS.map((slot) => / d="([^"]*)"/.exec(keySymbol(slot))?.[1])
  assert.is(new Set(paths).size, 12)
  assert.is(new Set(SLOTS.map((symbol) => keyText({ symbol, label: '' }))).size, 12)
})

test('a symbol of the key is decoration without style attributes', () => {
  for (const symbol of [...SLOTS, 'hollow', 'dashed', 'arrow', 'interval', 'run'] as const) {
    assert.match(keySymbol(symbol), /^<svg [^>]*aria-hidden="true"/)
    assert.not.match(keySymbol(symbol), /style=|#[0-9a-f]{3}/)
  }
})

test.run()
