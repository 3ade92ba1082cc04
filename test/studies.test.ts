/** What the shipped studies must say, by rule, from their saved outputs alone. */
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf } from '../src/build.ts'
import { readLibrary, readTemplates } from '../src/files.ts'
import type { MetricId } from '../src/model/metric.ts'
import type { Comparison, Report } from '../src/model/report.ts'
import { suite } from './suite.ts'

const test = suite('the shipped studies')

const knowledge = knowledgeOf(readTemplates())
const library = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
const reports = new Map(library.folders.map((folder) => [folder.slug, analyse(folder, knowledge)]))

function study(slug: string): Report {
  const report = reports.get(slug)
  if (!report) throw new Error(`no study ${slug}`)
  return report
}

function pair(
  report: Report,
  metric: MetricId,
  backend: string,
  baseline: string,
  view: Comparison['view'] = 'disk',
): Comparison | undefined {
  return report.comparisons.find(
    (c) => c.metric === metric && c.backend === backend && c.baseline === baseline && c.view === view,
  )
}

const validity = (report: Report, backend: string, metric: MetricId) =>
  report.samples.find((s) => s.backend === backend && s.metric === metric)?.validity

const message = (report: Report, backend: string, rule: string, metric?: MetricId) =>
  report.findings.find(
    (f) => f.backend === backend && f.rule === rule && (metric === undefined || f.metric === metric),
  )?.message ?? ''

function near(got: number | undefined, want: number, tolerance: number): void {
  assert.ok(got !== undefined && Math.abs(got - want) <= tolerance, `${got} is not ${want}`)
}

const exact = (c: Comparison | undefined) => (c?.ratio.kind === 'exact' ? c.ratio.value : undefined)

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

test('the seed: blktap wrote blocks 5.18 times as fast, spread unknown', () => {
  const seed = study('xen-file-backed-vbd')
  near(exact(pair(seed, 'put_block', 'blktap', 'loopback')), 5.1756, 1e-3)
  assert.is(pair(seed, 'put_block', 'blktap', 'loopback')?.spread, 'far beyond')
  assert.match(seed.headline, 'In one run each, blktap wrote blocks 5.18 times as fast as loopback.')
})

test('the seed: what loopback read, rewrote and sought was not the disk, with the arithmetic', () => {
  const seed = study('xen-file-backed-vbd')
  for (const id of ['rewrite', 'get_block', 'seeks'] as const)
    assert.is(validity(seed, 'loopback', id), 'not-disk', id)
  assert.match(
    message(seed, 'loopback', 'rewrite-ceiling'),
    '11.04 times its own block write and 11.25 times the half-duplex ceiling',
  )
  assert.match(
    message(seed, 'loopback', 'memory-signature', 'get_block'),
    '52 times as fast as the block write',
  )
  assert.match(message(seed, 'loopback', 'impossible-seeks'), '8,192 seeks in under half a second')
})

test('the seed: cells end as an expert would end them', () => {
  const seed = study('xen-file-backed-vbd')
  assert.equal(
    (['putc', 'put_block', 'rewrite', 'getc', 'get_block', 'seeks', 'seq_create'] as const).map((id) => [
      validity(seed, 'loopback', id),
      validity(seed, 'blktap', id),
    ]),
    [
      ['suspect', 'not-disk'],
      ['suspect', 'disk'],
      ['not-disk', 'disk'],
      ['not-disk', 'suspect'],
      ['not-disk', 'disk'],
      ['not-disk', 'suspect'],
      ['censored', 'suspect'],
    ],
  )
})

test('the seed: what its findings work out', () => {
  const seed = study('xen-file-backed-vbd')
  assert.match(message(seed, 'blktap', 'cacheable-file', 'seeks'), 'lies between 125 and 249 seeks/s')
  assert.match(message(seed, 'loopback', 'per-char-faster', 'putc'), '1.41 times as fast as writing blocks')
  assert.match(message(seed, 'loopback', 'faster-than-reference'), 'At least 85.9 % of these bytes')
  assert.match(message(seed, 'loopback', 'impossible-seeks'), 'at least 98.4 % were answered from memory')
  assert.match(message(seed, 'blktap', 'unlike-published', 'put_block'), '5.18 times that of loopback')
  assert.ok(seed.findings.every(({ remedy, level }) => remedy !== undefined && level !== ('error' as string)))
})

test('the seed: nothing is decided, nobody is chosen, LVM is only documented', () => {
  const { recommendations } = study('xen-file-backed-vbd')
  assert.equal(
    recommendations.map((r) => [r.profile, r.verdict, r.choice, r.grade, r.coverage]),
    [
      ['stream', 'insufficient', null, 'D', 0.4],
      ['database', 'insufficient', null, 'D', 0.05],
      ['mail', 'no data', null, 'D', 0],
      ['density', 'insufficient', null, 'D', 0.1],
      ['general', 'insufficient', null, 'D', 0.15],
    ],
  )
  const general = recommendations.find((r) => r.profile === 'general')
  assert.is(general?.documented.choice, 'lvm')
  assert.is(general?.documented.measured, false)
  assert.ok(general?.documented.because.every((b) => b.sources.length > 0))
  assert.match(general?.wouldChange ?? '', /interleaved runs each of loopback, blktap and LVM/)
})

test('the seed: its author’s six claims', () => {
  const { claims } = study('xen-file-backed-vbd')
  assert.equal(
    claims.map((c) => c.verdict),
    [
      'not decidable',
      'supported',
      'supported',
      'not decidable',
      'supported',
      'not decidable',
      'not decidable',
    ],
  )
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

test.run()
