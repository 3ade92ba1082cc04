import * as assert from 'uvu/assert'
import { judge, ofSample } from '../../src/analysis/judge.ts'
import type { MetricId } from '../../src/model/metric.ts'
import type { Validity } from '../../src/model/report.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('checks')

type Cells = Partial<Record<MetricId, Printed>>
type Row = readonly [
  name: string,
  cells: Cells,
  metric: MetricId,
  want: Validity,
  facts?: Facts,
  version?: string,
]

/** One run of a backend that does not cache, with enough memory declared to keep the file-size check silent. */
const QUIET: Facts = { guest: { ram: '256 MiB' } }

// biome-ignore format: a table reads best as one
const ROWS: readonly Row[] = [
  ['a plain disk passes', { put_block: 45072, rewrite: 21896, get_block: 52781, seeks: 121.1 }, 'rewrite', 'disk'],
  ['a rewrite at 1.25 of the slower side is suspect', { put_block: 1000, rewrite: 1250, get_block: 2000 }, 'rewrite', 'suspect'],
  ['a rewrite above 1.25 of the slower side is not the disk', { put_block: 1000, rewrite: 1251, get_block: 2000 }, 'rewrite', 'not-disk'],
  ['the slower side may be the read', { put_block: 2000, rewrite: 1251, get_block: 1000 }, 'rewrite', 'not-disk'],
  ['a rewrite of 1.05 of the slower side passes', { put_block: 1000, rewrite: 1050, get_block: 9000 }, 'rewrite', 'disk'],
  ['the half-duplex sum condemns only rotating disks', { put_block: 1000, rewrite: 990, get_block: 1000 }, 'rewrite', 'disk'],
  ['the half-duplex sum condemns a rotating disk', { put_block: 1000, rewrite: 990, get_block: 1000 }, 'rewrite', 'not-disk', { ...QUIET, host: { disk: { kind: 'hdd' } } }],
  ['the half-duplex sum doubts a rotating disk from 1.1', { put_block: 1000, rewrite: 600, get_block: 1000 }, 'rewrite', 'suspect', { ...QUIET, host: { disk: { kind: 'hdd' } } }],
  ['a censored read leaves the write to decide', { put_block: 1000, rewrite: 2000, get_block: { atLeast: 4194304 } }, 'rewrite', 'not-disk'],
  ['two censored sides say nothing of a rewrite', { put_block: { atLeast: 4194304 }, rewrite: 2000, get_block: { atLeast: 4194304 } }, 'rewrite', 'disk'],
  ['a read of ten times the write is memory', { put_block: 1000, get_block: 10000, seeks: 200 }, 'get_block', 'not-disk'],
  ['its seeks came from memory too', { put_block: 1000, get_block: 10000, seeks: 200 }, 'seeks', 'not-disk'],
  ['a read of nine times the write passes', { put_block: 1000, get_block: 9999, seeks: 200 }, 'get_block', 'disk'],
  ['a busy read of 1 GB/s with thousands of seeks is memory', { put_block: 400000, get_block: [1140000, 99], seeks: { atLeast: 16384 } }, 'get_block', 'not-disk'],
  ['the same read at ease passes', { put_block: 400000, get_block: [1140000, 30], seeks: 9000 }, 'get_block', 'disk'],
  ['90 % CPU is the processor', { getc: [70000, 90] }, 'getc', 'not-disk'],
  ['75 % CPU is suspect', { getc: [70000, 75] }, 'getc', 'suspect'],
  ['74 % CPU passes', { getc: [70000, 74] }, 'getc', 'disk'],
  ['five seekers may use 449 % together', { seeks: [15000, 374] }, 'seeks', 'disk', QUIET, '2.00a'],
  ['five seekers at 450 % are the processor', { seeks: [15000, 450] }, 'seeks', 'not-disk', QUIET, '2.00a'],
  ['per-char faster than block leaks between phases', { putc: 1200, put_block: 1000 }, 'put_block', 'suspect'],
  ['not where the tool flushes', { putc: 1200, put_block: 1000 }, 'put_block', 'disk', QUIET, '2.00a'],
  ['faster than the link is not the disk', { get_block: 62000 }, 'get_block', 'not-disk', { ...QUIET, host: { disk: { link: '60 MB/s' } } }],
  ['as fast as the link passes', { get_block: 58593 }, 'get_block', 'disk', { ...QUIET, host: { disk: { link: '60 MB/s' } } }],
  ['censored seeks of an unknown disk stay censored', { seeks: { atLeast: 16384 } }, 'seeks', 'censored'],
  ['censored seeks of an NVMe disk stay censored', { seeks: { atLeast: 16384 } }, 'seeks', 'censored', { ...QUIET, host: { disk: { kind: 'nvme' } } }],
  ['censored seeks of a hard disk are memory', { seeks: { atLeast: 16384 } }, 'seeks', 'not-disk', { ...QUIET, host: { disk: { kind: 'hdd' } } }],
  ['901 seeks a second are beyond a hard disk', { seeks: 901 }, 'seeks', 'not-disk', { ...QUIET, host: { disk: { kind: 'hdd' } } }],
  ['an array of unknown size is of unknown class', { seeks: 1500 }, 'seeks', 'disk', { ...QUIET, host: { disk: { kind: 'raid' } } }],
  ['a rate of 0 is no speed of memory', { put_block: 0, rewrite: 0, get_block: 5000, seeks: 0 }, 'get_block', 'disk'],
  ['901 seeks a second are well within four', { seeks: 901 }, 'seeks', 'disk', { ...QUIET, host: { disk: { kind: 'raid', spindles: 4 } } }],
  ['a file of twice the guest leaves seeks in doubt', { seeks: 200, get_block: 100 }, 'seeks', 'suspect', { guest: { ram: '1 GiB' } }],
  ['and block reads alone', { seeks: 200, get_block: 100 }, 'get_block', 'disk', { guest: { ram: '1 GiB' } }],
  ['a file below twice the guest condemns reads', { get_block: 100 }, 'get_block', 'not-disk', { guest: { ram: '1.5 GiB' } }],
  ['and unflushed writes', { put_block: 100 }, 'put_block', 'not-disk', { guest: { ram: '1.5 GiB' } }],
  ['and leaves flushed writes in doubt', { put_block: 100 }, 'put_block', 'suspect', { guest: { ram: '1.5 GiB' } }, '2.00a'],
  ['an unreadable cell is missing', { put_block: 'unreadable' }, 'put_block', 'missing'],
  ['what caches below and is unknown leaves reads in doubt', { get_block: 100 }, 'get_block', 'suspect', { ...QUIET, host: { disk: { cache: 'unknown' } } }],
]

for (const [name, cells, metric, want, facts = QUIET, version = '1.03c'] of ROWS) {
  test(name, () => {
    const run = aRun('lvm', cells, { version })
    const { validity } = judge(evidenceOf([run], [aPage('lvm')]), facts)
    assert.is(validity(run, metric), want)
  })
}

test('the memory of a layer that caches counts, and its absence is a doubt', () => {
  const cases: readonly (readonly [Facts, 'yes' | 'no' | 'unknown', Validity])[] = [
    [{ ...QUIET, host: { dom0_ram: '2 GiB' } }, 'yes', 'not-disk'],
    [{ ...QUIET, host: { dom0_ram: '1 GiB' } }, 'yes', 'disk'],
    [QUIET, 'yes', 'suspect'],
    [{ ...QUIET, host: { ram: '1 GiB' } }, 'yes', 'disk'],
    [{ ...QUIET, host: { ram: '16 GiB' } }, 'unknown', 'suspect'],
    [{ ...QUIET, host: { dom0_ram: '64 GiB' } }, 'no', 'disk'],
  ]
  for (const [facts, caches, want] of cases) {
    const run = aRun('b', { get_block: 100 })
    const { validity } = judge(evidenceOf([run], [aPage('b', { caches })]), facts)
    assert.is(validity(run, 'get_block'), want, `${JSON.stringify(facts)} ${caches}`)
  }
})

test('another backend’s seeks can condemn, with the share that came from memory', () => {
  const fast = aRun('loopback', { seeks: { atLeast: 16384 } })
  const slow = aRun('blktap', { seeks: 249.1 })
  const { validity, findings } = judge(evidenceOf([fast, slow], [aPage('blktap'), aPage('loopback')]), QUIET)
  assert.is(validity(fast, 'seeks'), 'not-disk')
  const told = findings.find((f) => f.rule === 'impossible-seeks')?.message ?? ''
  assert.match(told, '8,192 seeks in under half a second')
  assert.match(told, 'at least 98.4 %')
})

test('twice the seeks of another backend is no crime where nothing can cache', () => {
  for (const [caches, want] of [
    ['no', 'disk'],
    ['unknown', 'suspect'],
    ['yes', 'not-disk'],
  ] as const) {
    const fast = aRun('a', { seeks: 250 })
    const facts = { ...QUIET, host: { dom0_ram: '256 MiB' } }
    const { validity } = judge(
      evidenceOf([fast, aRun('b', { seeks: 110 })], [aPage('a', { caches }), aPage('b')]),
      facts,
    )
    assert.is(validity(fast, 'seeks'), want, caches)
  }
})

test('what is said of a backend that may cache does not presume that both lie on one disk', () => {
  const runs = [aRun('a', { get_block: 9000, seeks: 250 }), aRun('b', { get_block: 5000, seeks: 100 })]
  const { findings } = judge(evidenceOf(runs, [aPage('a', { caches: 'unknown' }), aPage('b')]), QUIET)
  const told = findings.flatMap(({ rule, message }) =>
    ['faster-than-reference', 'impossible-seeks'].includes(rule) ? [message] : [],
  )
  assert.is(told.length, 2)
  for (const message of told) assert.match(message, 'if both lie on one disk, memory helped.')
})

test('a drift is told with its sign and what that means', () => {
  const told = (...rates: readonly number[]) => {
    const runs = rates.map((put_block, i) => aRun('a', { put_block }, { path: `a/${i}.txt` }))
    const { findings } = judge(evidenceOf(runs, [aPage('a')]), QUIET)
    return findings.find(({ rule }) => rule === 'drift')?.message ?? ''
  }
  assert.match(
    told(105, 104, 103, 102, 101),
    '(rank correlation −1.00 over 5 runs, where −1 is a fall at every step)',
  )
  assert.match(
    told(101, 102, 103, 105, 104),
    '(rank correlation 0.90 over 5 runs, where 1 is a rise at every step)',
  )
})

test('a kind that copies before it writes explains a slow write, if nothing there caches', () => {
  for (const [properties, want] of [
    [{ caches: 'no', firstWrite: 'copies' }, 'disk'],
    [{ caches: 'no', firstWrite: 'in place' }, 'not-disk'],
    [{ caches: 'unknown', firstWrite: 'copies' }, 'not-disk'],
  ] as const) {
    const run = aRun('a', { put_block: 1000, get_block: 10_000 })
    const { validity } = judge(evidenceOf([run], [aPage('a', properties)]), QUIET)
    assert.is(validity(run, 'get_block'), want, JSON.stringify(properties))
  }
})

test('a reference from another test condemns nothing', () => {
  const fast = aRun('a', { get_block: 9000, seeks: { atLeast: 16384 } })
  const other = aRun('b', { get_block: 100, seeks: 100 }, { file_size_mib: 32768 })
  const facts = { ...QUIET, host: { dom0_ram: '256 MiB' } }
  const { validity } = judge(evidenceOf([fast, other], [aPage('a', { caches: 'yes' }), aPage('b')]), facts)
  assert.is(validity(fast, 'get_block'), 'disk')
  assert.is(validity(fast, 'seeks'), 'censored')
})

test('seekers share the processors that there are', () => {
  const run = aRun('lvm', { seeks: [300, 97] })
  const one = judge(evidenceOf([run], [aPage('lvm')]), { guest: { ram: '256 MiB', vcpus: 1 } })
  assert.is(one.validity(run, 'seeks'), 'not-disk')
  assert.is(judge(evidenceOf([run], [aPage('lvm')]), QUIET).validity(run, 'seeks'), 'disk')
})

test('a guest of unknown memory leaves its seeks in doubt', () => {
  const run = aRun('lvm', { seeks: 300, get_block: 100 })
  const { validity } = judge(evidenceOf([run], [aPage('lvm')]), {})
  assert.is(validity(run, 'seeks'), 'suspect')
  assert.is(validity(run, 'get_block'), 'disk')
})

test('a reference nearly as fast condemns nothing', () => {
  const fast = aRun('loopback', { seeks: { atLeast: 16384 } })
  const slow = aRun('native', { seeks: 15000 })
  const { validity } = judge(evidenceOf([fast, slow], [aPage('native'), aPage('loopback')]), QUIET)
  assert.is(validity(fast, 'seeks'), 'censored')
})

test('a read above another backend’s is held against a cache only', () => {
  for (const [caches, want] of [
    ['yes', 'not-disk'],
    ['unknown', 'suspect'],
    ['no', 'disk'],
  ] as const) {
    const fast = aRun('a', { get_block: 1600 })
    const slow = aRun('b', { get_block: 1000 })
    const facts = { ...QUIET, host: { dom0_ram: '256 MiB' } }
    const { validity } = judge(evidenceOf([fast, slow], [aPage('a', { caches }), aPage('b')]), facts)
    assert.is(validity(fast, 'get_block'), want)
    assert.is(validity(slow, 'get_block'), 'disk')
  }
})

test('a finding is never above warning, and names the runs it fired on', () => {
  const runs = [10, 95, 96].map((cpu, i) =>
    aRun('lvm', { getc: [70000, cpu] }, { path: `lvm/run-${i + 1}.txt` }),
  )
  const { findings } = judge(evidenceOf(runs, [aPage('lvm')]), QUIET)
  assert.ok(findings.every((f) => f.level !== ('error' as string)))
  const bound = findings.find((f) => f.rule === 'cpu-bound')
  assert.equal(bound?.runs, [2, 3])
  assert.match(bound?.message ?? '', 'runs 2 and 3 of 3; the clearest gave these numbers')
})

test('a sample takes the worst state that half of its runs reach', () => {
  assert.is(ofSample(['disk', 'not-disk']), 'not-disk')
  assert.is(ofSample(['disk', 'disk', 'not-disk']), 'disk')
  assert.is(ofSample(['not-disk', 'not-disk', 'suspect', 'suspect', 'disk', 'disk']), 'suspect')
  assert.is(ofSample(['missing', 'missing', 'disk']), 'disk', 'a run without a number takes nothing away')
  assert.is(ofSample(['missing', 'missing']), 'missing')
  assert.is(ofSample([]), 'missing')
})

test.run()
