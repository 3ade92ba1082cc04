/** What is known of a number only within limits: one run of several, what was cut, rounded or ended too soon. */
import * as assert from 'uvu/assert'
import { bindProse } from '../../src/analysis/binding.ts'
import { hold } from '../../src/analysis/claims.ts'
import { compare } from '../../src/analysis/compare.ts'
import type { BackendRun } from '../../src/analysis/evidence.ts'
import { readAssertion } from '../../src/analysis/expression.ts'
import { judge } from '../../src/analysis/judge.ts'
import type { Ground } from '../../src/analysis/refs.ts'
import { samples } from '../../src/analysis/sample.ts'
import { quantityText } from '../../src/model/format.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('claims about what is known within limits')

const FACTS = { guest: { ram: '256 MiB' } }

function groundOf(runs: readonly BackendRun[]): Ground {
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b')])
  const tested = samples(evidence, judge(evidence, FACTS))
  return { evidence, samples: tested, comparisons: compare(tested, ['a', 'b'], 'b', FACTS), facts: FACTS }
}

function held(text: string, ground: Ground) {
  const assertion = readAssertion(text)
  if ('malformed' in assertion) throw new Error(assertion.malformed)
  return hold(assertion, ground)
}

test('a number of one run is held by that run alone', () => {
  const ground = groundOf([
    aRun('a', { put_block: 1000, getc: [70000, 99] }, { path: 'a/1.txt' }),
    aRun('a', { put_block: 1000, getc: [500, 20] }, { path: 'a/2.txt' }),
    aRun('a', { put_block: 1010, getc: [510, 20] }, { path: 'a/3.txt' }),
    aRun('a', { put_block: 2000, getc: [510, 20] }, { path: 'a/4.txt', file_size_mib: 4096 }),
    aRun('b', { put_block: 1000, getc: [400, 20] }),
  ])
  for (const [text, verdict] of [
    ['a.getc above b.getc', 'supported'],
    // the processor limited the first run, whatever the others did
    ['a.getc#1 above b.getc', 'not decidable'],
    ['a.getc#2 above b.getc', 'supported'],
    // the fourth run wrote another file
    ['a.put_block#4 above a.put_block#1', 'not decidable'],
    ['a.put_block#4 above a.put_block', 'not decidable'],
    ['a.put_block#4 above b.getc', 'not decidable'],
    ['a.put_block#4 above 1500', 'supported'],
  ] as const)
    assert.is(held(text, ground).verdict, verdict, text)
  assert.ok(held('a.getc#2 above b.getc', ground).weaknesses.includes('a single run'))
})

test('seeks that memory answered do not decide between backends, and the sentence says why', () => {
  const ground = groundOf([aRun('a', { seeks: { atLeast: 16384 } }), aRun('b', { seeks: 200 })])
  const { verdict, because } = held('a.seeks above b.seeks', ground)
  assert.is(verdict, 'not decidable')
  assert.match(because, 'did not measure the disk')
  assert.match(because, 'As printed the numbers agree')
})

test('a claim that the interval of the ratio does not bear out has to be hedged', () => {
  const series = (backend: string, rates: readonly number[]) =>
    rates.map((rate, i) => aRun(backend, { put_block: rate }, { path: `${backend}/${i}.txt` }))
  const ground = groundOf([...series('a', [1000, 1080, 1160]), ...series('b', [960, 1000, 1040])])
  const weak = (text: string) =>
    held(text, ground).weaknesses.includes('runs that scatter too far to settle it')
  assert.equal(
    [
      'a.put_block / b.put_block above 1',
      'a.put_block / b.put_block above 0.5',
      'b.put_block / a.put_block ≤ 1',
    ].map(weak),
    [true, false, true],
  )
  const prose = (text: string) =>
    bindProse({ facts: FACTS, prose: text, proseLine: 1 }, ground).diagnostics.map(({ message }) => message)
  const claim = '[wrote faster](<claim:a.put_block / b.put_block above 1>)'
  assert.equal(prose(`It seems to have ${claim}.`), [])
  assert.equal(prose(`It ${claim}.`), [
    '"wrote faster" rests on runs that scatter too far to settle it, and its sentence does not say so.',
  ])
})

test('a latency is known to the unit that it was cut to', () => {
  const { cells } = aRun('a', { put_block: 1000 })
  const latest = { ...cells.put_block, latency_us: 972_000 }
  const ground = groundOf([aRun('a', {}, { cells: { ...cells, put_block: latest } })])
  for (const [text, verdict] of [
    ['≥ 972000', 'supported'],
    ['below 973000', 'supported'],
    ['above 972500', 'not decidable'],
    ['= 972000', 'supported'],
    ['= 971000', 'contradicted'],
  ] as const)
    assert.is(held(`a.put_block.latency ${text}`, ground).verdict, verdict, text)
})

test('what was rounded when it was printed leaves open what it leaves open', () => {
  const rounded = (backend: string, rate: number) => {
    const run = aRun(backend, { put_block: rate })
    return { ...run, cells: { ...run.cells, put_block: { ...run.cells.put_block, tolerance: rate / 100 } } }
  }
  const ground = groundOf([rounded('a', 5000), rounded('b', 1000)])
  for (const [text, verdict] of [
    ['≥ 4.89', 'supported'],
    ['≥ 5', 'not decidable'],
    ['≤ 5', 'not decidable'],
    ['≥ 5.11', 'contradicted'],
    ['about 5', 'supported'],
  ] as const)
    assert.is(held(`a.put_block / b.put_block ${text}`, ground).verdict, verdict, text)
})

test('a cost is printed as the interval that the share leaves', () => {
  const prose = { facts: FACTS, prose: '[](value:a.put_block.cpu_s_per_gib)', proseLine: 1 }
  const [piece] = bindProse(prose, groundOf([aRun('a', { put_block: 1000 })])).pieces
  assert.is(
    piece?.kind === 'value' && quantityText(piece.metric, piece.quantity, piece.value),
    '104 to 116 CPU-seconds per GiB',
  )
})

test.run()
