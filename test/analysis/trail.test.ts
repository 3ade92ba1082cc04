import * as assert from 'uvu/assert'
import { trailOf } from '../../src/analysis/trail.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const test = suite('the way of a number')

const knowledge = knowledgeOf(readTemplates())
const studies = readLibrary('results', new Set()).folders.map((folder) => ({
  folder,
  report: analyse(folder, knowledge),
}))

const reportOf = (slug: string) => {
  const found = studies.find(({ folder }) => folder.slug === slug)
  assert.ok(found, slug)
  return found.report
}

test('ends where the report says, for every cell of every study', () => {
  let cells = 0
  for (const { report } of studies) {
    for (const { id } of report.backends) {
      for (const metric of METRIC_IDS) {
        const trail = trailOf(report, knowledge, { backend: id, metric, run: null })
        for (const { run, validity } of trail.sample?.values ?? []) {
          assert.is(
            trail.cells.find((own) => own.number === run)?.validity,
            validity,
            `${id}.${metric}#${run}`,
          )
          cells += 1
        }
      }
    }
  }
  assert.ok(cells > 100)
})

test('has every finding about the cell, and each check either speaks or is silent', () => {
  for (const { report } of studies) {
    for (const finding of report.findings) {
      if (finding.metric === undefined) continue
      for (const run of finding.runs) {
        const { cells } = trailOf(report, knowledge, {
          backend: finding.backend,
          metric: finding.metric,
          run,
        })
        const [only] = cells
        assert.is(cells.length, 1)
        assert.ok(only?.checks.some(({ rule, level }) => rule === finding.rule && level === finding.level))
        assert.not.ok(only?.silent.includes(finding.rule))
      }
    }
  }
})

test('knows the attach line, and tells a doubt about every rate at each of them and nowhere else', () => {
  const { folder } = studies.find((one) => one.folder.slug === 'xen-file-backed-vbd') ?? {}
  assert.ok(folder)
  const studyText = (folder.studyText ?? '').replace('hypervisor: Xen', 'hypervisor: Xen 4.5')
  const report = analyse({ ...folder, studyText }, knowledge)
  for (const metric of ['put_block', 'seq_create'] as const) {
    const trail = trailOf(report, knowledge, { backend: 'loopback', metric, run: 1 })
    assert.ok(
      trail.cells[0]?.checks.some(({ rule, effect }) => rule === 'attach-line' && effect === 'suspect'),
    )
    assert.not.ok(trail.findings.some(({ rule }) => rule === 'attach-line'))
  }
})

test('puts the backend above the line of each comparison', () => {
  const trail = trailOf(reportOf('lvm-lab-2026'), knowledge, {
    backend: 'loopback',
    metric: 'seeks',
    run: null,
  })
  assert.ok(trail.comparisons.length >= 3)
  assert.ok(trail.comparisons.every(({ backend, verdict }) => backend === 'loopback' && verdict === 'better'))
})

test('says which workloads count a test, and who keeps it out', () => {
  const report = reportOf('xen-file-backed-vbd')
  const uses = (metric: 'get_block' | 'putc') =>
    trailOf(report, knowledge, { backend: 'blktap', metric, run: 1 }).uses
  const [stream] = uses('get_block')
  assert.equal([stream?.recommendation.profile, stream?.weight], ['stream', 35])
  assert.is(stream?.leftOut[0]?.backend, 'loopback')
  assert.equal(uses('putc'), [], 'no workload weighs it')
})

test('finds the claims that rest on the cell', () => {
  const { claims } = trailOf(reportOf('xen-file-backed-vbd'), knowledge, {
    backend: 'loopback',
    metric: 'get_block',
    run: 1,
  })
  assert.ok(claims.length >= 4)
  assert.ok(claims.every(({ expression }) => expression.includes('loopback.get_block')))
})

test.run()
