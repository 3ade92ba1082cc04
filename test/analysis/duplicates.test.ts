import * as assert from 'uvu/assert'
import { withoutDuplicates } from '../../src/analysis/duplicates.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples, strangers } from '../../src/analysis/sample.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('runs that repeat or differ')

const RATES = { put_block: 1000, rewrite: 500, get_block: 1200 }

test('a run saved twice is counted once, with a note where the second lies', () => {
  const again = aRun('lvm', RATES, { path: 'lvm/copy.txt', line: 9, source_sha256: '1'.repeat(64) })
  const { value, diagnostics } = withoutDuplicates([aRun('lvm', RATES), again])
  assert.is(value.length, 1)
  assert.equal(
    diagnostics.map((d) => [d.level, d.rule, d.place.file, d.place.line]),
    [['note', 'duplicate-run', 'lvm/copy.txt', 9]],
  )
})

test('one other fact, rate or backend makes another run', () => {
  const others = [
    aRun('lvm', { ...RATES, rewrite: 501 }),
    aRun('lvm', RATES, { seed: 5 }),
    aRun('loopback', RATES),
  ]
  for (const other of others) assert.is(withoutDuplicates([aRun('lvm', RATES), other]).value.length, 2)
})

test('the same run under two backends is a warning, and both are kept', () => {
  const { value, diagnostics } = withoutDuplicates([aRun('lvm', RATES), aRun('loopback', RATES)])
  assert.is(value.length, 2)
  assert.equal(
    diagnostics.map((d) => [d.level, d.rule, d.place.file]),
    [['warning', 'duplicate-run', 'loopback/run.txt']],
  )
})

test('fewer than three measured rates prove nothing', () => {
  const cells = { put_block: 1000, rewrite: 500, get_block: { atLeast: 4194304 } }
  assert.is(withoutDuplicates([aRun('lvm', cells), aRun('lvm', cells)]).value.length, 2)
})

test('a run of another size is named and left out of its sample', () => {
  const runs = [
    aRun('lvm', RATES),
    aRun('lvm', { ...RATES, put_block: 1010 }),
    aRun('lvm', { ...RATES, put_block: 9999 }, { file_size_mib: 512 }),
  ]
  const evidence = evidenceOf(runs, [aPage('lvm')])
  const [sample] = samples(evidence, judge(evidence, {})).filter((s) => s.metric === 'put_block')
  assert.is(sample?.n, 2)
  assert.equal(
    strangers(evidence).map((f) => [f.rule, f.runs]),
    [['tests-differ', [3]]],
  )
})

test.run()
