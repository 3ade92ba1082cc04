/** What is remembered between two builds, and what is not. */
import * as assert from 'uvu/assert'
import { openMemory } from '../../src/memory.ts'
import { suite } from '../suite.ts'

const test = suite('memory')

/** A function that counts its calls. */
function counted() {
  let calls = 0
  return () => {
    calls += 1
    return { calls }
  }
}

test('gives what it gave last time where the inputs are the same', () => {
  const keep = openMemory()
  const make = counted()
  const study = { slug: 'xen' }
  const first = keep('here', ['text', study], make)
  assert.is(keep('here', ['te'.concat('xt'), study], make), first)
})

test('makes anew where an input is another, one more or one less, and remembers the last alone', () => {
  const keep = openMemory()
  const make = counted()
  const calls = [['a'], ['b'], ['b', 'c'], ['b'], [{}], [{}], ['a']].map(
    (inputs) => keep('here', inputs, make).calls,
  )
  assert.equal(calls, [1, 2, 3, 4, 5, 6, 7])
})

test('tells places apart', () => {
  const keep = openMemory()
  const make = counted()
  assert.equal([keep('here', [], make).calls, keep('there', [], make).calls], [1, 2])
})

test('keeps no failure, be it thrown or promised', async () => {
  const keep = openMemory()
  const fail = () => {
    throw new Error('no')
  }
  assert.throws(() => keep('thrown', [], fail), 'no')
  assert.is(
    keep('thrown', [], () => 'yes'),
    'yes',
  )
  await keep('promised', [], () => Promise.reject(new Error('no'))).catch(() => {})
  assert.is(await keep('promised', [], () => Promise.resolve('yes')), 'yes')
})

test('keeps a promise, so that what is asked twice at once is made once', () => {
  const keep = openMemory()
  const make = () => Promise.resolve({})
  assert.is(keep('here', [], make), keep('here', [], make))
})

test.run()
