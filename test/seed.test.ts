/** What the study that the project began with must say, by rule, from its two saved outputs. */
import * as assert from 'uvu/assert'
import { exact, message, near, pair, study, validity } from './shipped.ts'
import { suite } from './suite.ts'

const test = suite('the first study')

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
    'at 11.0 times its own block write and 11.2 times what one disk that reads and writes in turn could do: its reads',
  )
  assert.match(
    message(seed, 'loopback', 'memory-signature', 'get_block'),
    '52 times as fast as the block write',
  )
  assert.match(
    message(seed, 'loopback', 'impossible-seeks'),
    '8,192 seeks in under half a second, more than 16,384 a second',
  )
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
  assert.match(
    message(seed, 'loopback', 'faster-than-reference'),
    'If the disk gives no more than the 135 MB/s that another backend got, at least 85.9 % of these bytes',
  )
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

test('the seed: seen from inside the guest, the three block tests cost the same on both sides', () => {
  const { costs } = study('xen-file-backed-vbd')
  const sum = (backend: string, side: 'low' | 'high') =>
    costs
      .filter((c) => c.backend === backend && ['put_block', 'rewrite', 'get_block'].includes(c.metric))
      .reduce((total, c) => total + c[side], 0)
  // every share of CPU was cut to a whole number: 3 % of a GiB at 18,075 K/s is 1.74 to 2.32 seconds
  near(sum('loopback', 'low') / sum('blktap', 'high'), 0.848, 1e-3)
  near(sum('loopback', 'high') / sum('blktap', 'low'), 1.033, 1e-3)
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

test.run()
