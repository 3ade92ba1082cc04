/** What the shipped studies must say, by rule, from their saved outputs alone. */
import * as assert from 'uvu/assert'
import { across } from '../src/analysis/across.ts'
import { exact, near, pair, reports, study, validity } from './shipped.ts'
import { suite } from './suite.ts'

const test = suite('the shipped studies')

for (const slug of reports.keys()) {
  test(`${slug}: the report is plain JSON and has no errors`, () => {
    const report = study(slug)
    assert.equal(JSON.parse(JSON.stringify(report)), report)
    assert.equal(
      report.diagnostics.filter((d) => d.level === 'error'),
      [],
    )
  })

  test(`${slug}: no interval without three runs a side, and only exact ratios have one`, () => {
    for (const c of study(slug).comparisons) {
      if (Math.min(...c.n) < 3) assert.is(c.interval, undefined)
      if (Math.min(...c.n) < 3) assert.is(c.verdict, 'unclear')
      if (c.interval) assert.is(c.ratio.kind, 'exact')
    }
  })
}

test('files are filed as before, whatever names the pages of backends take', () => {
  const kinds = [...reports].flatMap(([slug, { backends }]) =>
    backends.map((b) => `${slug} ${b.id} ${b.kind}`),
  )
  assert.equal(kinds.toSorted(), [
    'kvm-lvm-2008 host-raid5 native',
    'kvm-lvm-2008 kvm-lvm-virtio null',
    'kvm-lvm-2008 qemu-tcg-lvm-virtio null',
    'kvm-lvm-2008 qemu-tcg-qcow2-ide null',
    'loop-direct-io-2026 loopback loopback',
    'loop-direct-io-2026 loopback-direct loopback-direct',
    'loop-direct-io-2026 native native',
    'lvm-lab-2026 loopback loopback',
    'lvm-lab-2026 loopback-direct loopback-direct',
    'lvm-lab-2026 lvm lvm',
    'lvm-lab-2026 partition partition',
    'xen-blktap-2006 blktap blktap',
    'xen-blktap-2006 loopback loopback',
    'xen-blktap-2006 partition partition',
    'xen-file-backed-vbd blktap blktap',
    'xen-file-backed-vbd loopback loopback',
  ])
})

test('no attach line of a shipped study contradicts its kind', () => {
  const doubted = [...reports.values()].flatMap(({ findings }) =>
    findings.filter((f) => f.rule === 'attach-line'),
  )
  assert.equal(doubted, [])
})

test('direct I/O: buffered loopback writes at a third, direct I/O shows no difference', () => {
  const report = study('loop-direct-io-2026')
  const buffered = pair(report, 'put_block', 'loopback', 'native')
  near(exact(buffered), 0.32, 0.005)
  near(buffered?.interval?.low, 0.25, 0.005)
  near(buffered?.interval?.high, 0.4, 0.005)
  assert.is(buffered?.verdict, 'worse')
  const direct = pair(report, 'put_block', 'loopback-direct', 'native')
  near(exact(direct), 1.04, 0.005)
  near(direct?.interval?.low, 0.97, 0.005)
  near(direct?.interval?.high, 1.12, 0.005)
  assert.is(direct?.verdict, 'unclear')
  const read = pair(report, 'get_block', 'loopback-direct', 'native')
  near(exact(read), 0.93, 0.005)
  near(read?.interval?.low, 0.83, 0.005)
  near(read?.interval?.high, 1.04, 0.005)
})

test('direct I/O: what buffered loopback read and rewrote came from memory, and seeks tell nothing', () => {
  const report = study('loop-direct-io-2026')
  for (const id of ['rewrite', 'get_block', 'seeks'] as const)
    assert.is(validity(report, 'loopback', id), 'not-disk', id)
  const seeks = report.comparisons.filter((c) => c.metric === 'seeks')
  assert.ok(seeks.every((c) => c.verdict === 'unclear'))
})

test('direct I/O: file rates are the CSV’s, never the text’s 65536', () => {
  const { runs } = study('loop-direct-io-2026')
  assert.is(runs.length, 18)
  for (const run of runs) {
    for (const id of ['seq_create', 'seq_del', 'ran_create', 'ran_del'] as const)
      assert.is.not(run.cells[id].rate, 65536)
  }
  assert.is(runs.find((r) => r.path === 'native/run-1.txt')?.cells.seq_create.rate, 64575)
})

test('the lab: LVM, a partition and direct I/O are level, buffered loopback is memory', () => {
  const lab = study('lvm-lab-2026')
  for (const backend of ['lvm', 'loopback-direct']) {
    for (const id of ['rewrite', 'get_block', 'seeks'] as const) {
      const c = pair(lab, id, backend, 'partition')
      near(exact(c), 1, 0.02)
      assert.is(c?.verdict, 'same', `${backend} ${id}`)
    }
  }
  for (const id of ['rewrite', 'get_block', 'seeks'] as const)
    assert.is(validity(lab, 'loopback', id), 'not-disk', id)
  const stream = lab.recommendations.find((r) => r.profile === 'stream')
  assert.is(stream?.verdict, 'same')
  assert.ok(stream?.excluded.some((e) => e.backend === 'loopback'))
})

test('2006: the row that breaks off is a note with its reason, and streaming stays open', () => {
  const report = study('xen-blktap-2006')
  const cut = report.diagnostics.find((d) => d.rule === 'row-ends-early')
  assert.is(cut?.level, 'note')
  assert.ok((cut?.accepted ?? '') !== '')
  const stream = report.recommendations.find((r) => r.profile === 'stream')
  assert.is(stream?.verdict, 'insufficient')
  assert.is(stream?.coverage, 0.5)
})

test('2006: nobody knows what the guests held in memory, so no read of theirs is beyond doubt', () => {
  const report = study('xen-blktap-2006')
  for (const backend of ['blktap', 'partition']) {
    for (const id of ['rewrite', 'get_block', 'seeks'] as const)
      assert.is(validity(report, backend, id), 'suspect', `${backend} ${id}`)
    assert.is(validity(report, backend, 'put_block'), 'disk', backend)
  }
  assert.match(report.headline, 'wrote blocks')
})

test('KVM in 2008: nothing ranks LVM against files', () => {
  const report = study('kvm-lvm-2008')
  assert.ok(report.recommendations.every((r) => r.choice === null))
  assert.is(validity(report, 'kvm-lvm-virtio', 'seeks'), 'not-disk')
  for (const c of report.comparisons.filter(
    (one) => one.backend === 'host-raid5' || one.baseline === 'host-raid5',
  )) {
    if (['put_block', 'rewrite', 'get_block', 'seeks'].includes(c.metric))
      assert.is(c.ratio.kind, 'unknown', 'another file size is another test')
  }
})

test('side by side: blktap was ahead twice, by unlike tests and without an interval', () => {
  const { pairs } = across([...reports.values()])
  const both = pairs.find(({ pair }) => pair.join(' ') === 'blktap loopback')
  assert.equal(both?.studies, ['xen-file-backed-vbd', 'xen-blktap-2006'])
  assert.equal(both?.tests.find(({ metric }) => metric === 'put_block')?.agreement, {
    studies: 2,
    directions: ['ahead'],
    sure: 0,
    solid: 0,
    alike: 'no',
    apart: false,
  })
})

test('side by side: LVM against native by way of loopback contradicts the way through direct I/O', () => {
  const { indirect, unlike, unnamed } = across([...reports.values()])
  const write = indirect.find(({ pair, metric }) => pair.join(' ') === 'lvm native' && metric === 'put_block')
  assert.equal(
    write?.ways.map(({ through, ratio }) => [
      through,
      ratio.kind === 'exact' && Number(ratio.value.toFixed(2)),
    ]),
    [
      ['loopback', 0.33],
      ['loopback-direct', 1.04],
    ],
  )
  assert.is(write?.apart, true)
  assert.ok(unlike.some(({ pair }) => pair.join(' ') === 'blktap lvm'))
  assert.is(unnamed.length, 3)
})

test.run()
