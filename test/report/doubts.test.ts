/** What the article tells of doubts: those that make a sample what it is, and every run that is left out. */
import * as assert from 'uvu/assert'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { Knowledge } from '../../src/model/backend.ts'
import type { Report } from '../../src/model/report.ts'
import type { Facts } from '../../src/model/study.ts'
import { doubtsOf } from '../../src/report/doubts.ts'
import { aPage, aRun, evidenceOf } from '../analysis/build-run.ts'
import { suite } from '../suite.ts'

const test = suite('doubts in the article')

/** As much of a report as its doubts need. */
function reportOf(facts: Facts, rates: readonly number[], others: readonly Knowledge[] = []): Report {
  const runs = rates.map((put_block, i) => aRun('b', { put_block }, { path: `b/${i + 1}.txt` }))
  const evidence = evidenceOf(runs, [aPage('b'), ...others], facts)
  const judgement = judge(evidence, facts)
  return { findings: judgement.findings, samples: samples(evidence, judgement) } as unknown as Report
}

const SPARSE: Facts = { guest: { ram: '256 MiB' }, backends: { b: { allocation: 'sparse' } } }

test('a first run that paid for allocation is left out, and the article says so', () => {
  const report = reportOf(SPARSE, [500, 1000, 1010, 990])
  assert.is(report.samples[0]?.validity, 'disk')
  assert.equal(
    report.samples[0]?.values.map(({ validity }) => validity),
    ['not-disk', 'disk', 'disk', 'disk'],
  )
  const [doubt, ...others] = doubtsOf(report, 'b')
  assert.is(others.length, 0)
  assert.equal(doubt?.tests, ['put_block'])
  assert.is(doubt?.state, 'the first run is left out')
  assert.match(
    doubt?.reasons[0]?.message ?? '',
    '0.50 times the median of the later ones: it paid for the allocation',
  )
})

test('a doubt about one run of several stays out of it', () => {
  assert.equal(doubtsOf(reportOf({ guest: { ram: '256 MiB' } }, [690, 1000, 1010, 990, 1000, 1005]), 'b'), [])
})

test('what touches every rate of a backend is told once, and first', () => {
  const facts: Facts = {
    guest: { ram: '256 MiB' },
    host: { hypervisor: 'Xen 4.8' },
    backends: { b: { attach: 'file:/srv/vm.img' } },
  }
  const loop = aPage('c', { toolstack: [{ tool: 'xl', from: '4.6', target: 'file', sources: [] }] })
  const [first, ...others] = doubtsOf(reportOf(facts, [500, 1000, 1010], [loop]), 'b')
  assert.equal([first?.tests, first?.state, first?.reasons.length], [[], 'suspect', 1])
  assert.match(first?.reasons[0]?.message ?? '', 'selects c, not b')
  assert.ok(others.every(({ tests }) => tests.join() === 'put_block'))
})

test('tests of which the same is said but for their names and numbers share a sentence', () => {
  const runs = [1, 2, 3].map((run) => {
    const rates = { put_block: 20_000 + 100 * run, get_block: 30_000 + 100 * run, seeks: 9 }
    return aRun('b', rates, { path: `b/${run}.txt` })
  })
  const facts: Facts = { guest: { ram: '256 MiB' }, host: { disk: { kind: 'hdd' } } }
  const evidence = evidenceOf(runs, [aPage('b')], facts)
  const judgement = judge(evidence, facts)
  const report = {
    findings: judgement.findings,
    samples: samples(evidence, judgement),
  } as unknown as Report
  const slow = doubtsOf(report, 'b').filter(({ reasons }) => reasons.some((r) => r.rule === 'class-band'))
  assert.equal(
    slow.map(({ tests }) => tests),
    [['put_block', 'get_block'], ['seeks']],
  )
  assert.is(
    slow[0]?.reasons.find((r) => r.rule === 'class-band')?.message,
    'Each ran at 20.6 to 30.8 MB/s, less than the 41.0 MB/s that a hard disk plausibly delivers: something else may have held it back. (In all three runs; the clearest gave these numbers.)',
  )
})

test.run()
