/** How large the file is with which a plan asks to measure. */
import * as assert from 'uvu/assert'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import { fileToUse, fileWords } from '../../src/analysis/test-file.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('the file of a plan')

const FACTS: Facts = {
  guest: { ram: '1 GiB' },
  host: { dom0_ram: '2 GiB', disk: { kind: 'hdd', link: 'SATA 3 Gb/s', cache: 'none' } },
}

/** The file that is asked for after runs with files of these sizes in MiB, whose block writes ran at these rates. */
function asked(rates: readonly (readonly [mib: number, write: Printed])[], facts = FACTS) {
  const runs = rates.map(([file_size_mib, put_block], i) =>
    aRun(`disk${i}`, { put_block, seeks: 120 }, { file_size_mib }),
  )
  const evidence = evidenceOf(
    runs,
    runs.map(({ backend }) => aPage(backend)),
  )
  return fileToUse({ evidence, samples: samples(evidence, judge(evidence, facts)) }, facts)
}

test('is as large as the memories ask for where no file was too small', () => {
  assert.equal(asked([[8192, 60_000]]), { atLeastMib: 4096, timesGuest: null, timesOuter: null })
})

test('is larger than any that was shown to be too small, by the link of the disk or because nothing could be timed', () => {
  const tooFast = { atLeast: 16_000_000 }
  assert.is(asked([[8192, 9_000_000]]).atLeastMib, 16_384)
  assert.is(asked([[8192, tooFast]]).atLeastMib, 16_384)
  assert.is(
    asked([
      [3000, tooFast],
      [8192, 60_000],
    ]).atLeastMib,
    6144,
    'the file that was large enough says nothing',
  )
  assert.is(asked([[1024, tooFast]]).atLeastMib, 4096, 'memories ask for more')
})

test('does not grow for the processor, which no larger file makes faster', () => {
  assert.is(asked([[8192, [60_000, 99]]]).atLeastMib, 4096)
  assert.is(asked([[8192, [9_000_000, 99]]]).atLeastMib, 16_384, 'it was cached as well')
})

test('is told in words, with what nobody wrote down', () => {
  const unknown = asked([[8192, { atLeast: 16_000_000 }]], {})
  assert.is(
    fileWords(unknown, 'dom0'),
    "a test file of at least 16 GiB and at least four times the guest's memory (record it)",
  )
})

test.run()
