/** The studies side by side: what is matched, what is left out, and how they stand to each other. */
import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { across } from '../../src/analysis/across.ts'
import type { Agreement, PairAcross } from '../../src/model/across.ts'
import type { MetricId } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import { suite } from '../suite.ts'
import { aStudy, type Row, writes } from './build-report.ts'

const test = suite('across studies')

const FAST = [150_000, 151_000, 149_000]
const SLOW = [100_000, 101_000, 99_000]
/** Nobody knows whether it is faster: the runs scatter too much. */
const WILD = [70_000, 100_000, 150_000]

function only(reports: readonly Report[]): PairAcross {
  const { pairs } = across(reports)
  assert.is(pairs.length, 1)
  return pairs[0] as PairAcross
}

function agreement(reports: readonly Report[], metric: MetricId = 'put_block'): Agreement | null {
  const found = only(reports).tests.find((one) => one.metric === metric)
  assert.ok(found)
  return found.agreement
}

const exact = (pair: PairAcross) =>
  pair.tests.flatMap(({ found }) =>
    found.map(({ disk }) => (disk?.ratio.kind === 'exact' ? Number(disk.ratio.value.toFixed(2)) : null)),
  )

test('a pair is told the same way round in every study, whichever its baseline', () => {
  const rates = { lvm: writes(...FAST), blktap: writes(...SLOW) }
  const pair = only([aStudy('a', rates, { baseline: 'lvm' }), aStudy('b', rates, { baseline: 'blktap' })])
  assert.equal(pair.pair, ['blktap', 'lvm'])
  assert.equal(pair.studies, ['a', 'b'])
  assert.equal(exact(pair), [0.67, 0.67])
  for (const { disk, measured } of pair.tests[0]?.found ?? []) {
    assert.equal([disk?.backend, disk?.baseline, disk?.verdict], ['blktap', 'lvm', 'worse'])
    assert.equal([measured.backend, measured.baseline], ['blktap', 'lvm'])
    assert.ok(disk?.interval && disk.interval.low < 0.67 && disk.interval.high > 0.66)
  }
})

test('what is told is plain JSON, and the reports stay as they are', () => {
  const reports = [
    aStudy('a', { lvm: writes(...FAST), blktap: writes(...SLOW) }),
    aStudy('b', { lvm: writes(...FAST), native: writes(...SLOW) }),
  ]
  const before = JSON.stringify(reports)
  const told = across(reports)
  assert.equal(JSON.parse(JSON.stringify(told)), told)
  assert.is(JSON.stringify(reports), before)
  assert.ok(told.indirect.length > 0)
})

const agreements: readonly (readonly [
  what: string,
  a: readonly [readonly number[], readonly number[]],
  b: readonly [readonly number[], readonly number[]],
  want: Partial<Agreement>,
])[] = [
  ['agree', [FAST, SLOW], [FAST, SLOW], { directions: ['ahead'], sure: 2, apart: false }],
  ['agree on the slower', [SLOW, FAST], [SLOW, FAST], { directions: ['behind'], sure: 2 }],
  ['contradict each other', [FAST, SLOW], [SLOW, FAST], { directions: ['ahead', 'behind'], apart: true }],
  ['agree that it is the same', [SLOW, SLOW], [FAST, FAST], { directions: ['same'] }],
  ['show nothing', [WILD, SLOW], [WILD, SLOW], { directions: ['open'], sure: 2 }],
  ['show something in one of them', [FAST, SLOW], [WILD, SLOW], { directions: ['ahead', 'open'] }],
  [
    'have an interval in one of them',
    [FAST, SLOW],
    [FAST.slice(0, 2), SLOW.slice(0, 2)],
    { directions: ['ahead'], sure: 1, apart: false },
  ],
  [
    'have no interval',
    [FAST.slice(0, 1), SLOW.slice(0, 1)],
    [FAST.slice(0, 1), SLOW.slice(0, 1)],
    { directions: ['ahead'], sure: 0 },
  ],
  [
    'differ by no more than runs do',
    [[108_000], [100_000]],
    [[92_000], [100_000]],
    { directions: ['open'], sure: 0 },
  ],
]

for (const [what, a, b, want] of agreements) {
  test(`two studies ${what}`, () => {
    const studies = [a, b].map(([blktap, lvm], i) =>
      aStudy(`s${i}`, { blktap: writes(...blktap), lvm: writes(...lvm) }),
    )
    const got = agreement(studies)
    assert.is(got?.studies, 2)
    for (const [key, value] of Object.entries(want)) assert.equal(got?.[key as keyof Agreement], value, key)
  })
}

test('two of one kind in a study are not held against each other', () => {
  const both = { lvm: writes(...SLOW), thin: writes(...SLOW.map((x) => x * 3)), blktap: writes(...FAST) }
  const once = { lvm: writes(1e5), blktap: writes(2e5) }
  const got = agreement([aStudy('a', both, { kinds: { thin: 'lvm' } }), aStudy('b', once)])
  assert.equal([got?.directions, got?.sure, got?.apart], [['ahead', 'behind'], 1, false])
})

test('a lower bound points where it leads, and nowhere if it lies within the band', () => {
  const bounded = (bound: number) =>
    aStudy(`s${bound}`, {
      blktap: [1, 2, 3].map((): Row => ({ seq_stat: { atLeast: bound } })),
      lvm: [1000, 1010, 990].map((seq_stat): Row => ({ seq_stat })),
    })
  assert.equal(agreement([bounded(2000), bounded(3000)], 'seq_stat')?.directions, ['ahead'])
  assert.equal(agreement([bounded(1001), bounded(3000)], 'seq_stat')?.directions, ['ahead', 'open'])
  assert.is(agreement([bounded(2000), bounded(3000)], 'seq_stat')?.sure, 0)
})

test('a suspect side on either hand leaves a study unsound', () => {
  const wide = [120_000, 150_000, 190_000]
  const made = (slug: string, blktap: readonly number[], lvm: readonly number[]) =>
    aStudy(slug, { blktap: writes(...blktap), lvm: writes(...lvm) })
  const sound = made('a', FAST, FAST)
  assert.is(agreement([sound, made('b', FAST, FAST)])?.solid, 2)
  assert.is(agreement([sound, made('b', wide, FAST)])?.solid, 1)
  assert.is(agreement([made('a', FAST, wide), made('b', wide, FAST)])?.solid, 0)
})

test('one study agrees with nobody, and neither do two of which one has no disk evidence', () => {
  const rates = { blktap: writes(...FAST), lvm: writes(...SLOW) }
  assert.is(agreement([aStudy('a', rates)]), null)
  const cached = (rate: number): Row => ({ put_block: rate, get_block: rate * 30 })
  const memory = aStudy('b', { blktap: FAST.map(cached), lvm: FAST.map(cached) })
  const disk = aStudy('a', {
    blktap: FAST.map((rate): Row => ({ put_block: rate, get_block: rate })),
    lvm: FAST.map((rate): Row => ({ put_block: rate, get_block: rate })),
  })
  assert.is(agreement([memory, disk], 'get_block'), null)
  const read = only([memory, disk]).tests.find(({ metric }) => metric === 'get_block')
  assert.equal(
    read?.found.map(({ study, disk: own, because }) => [study, own !== null, because]),
    [
      ['a', true, null],
      ['b', false, 'blktap and lvm did not measure the disk'],
    ],
  )
  const alone = only([memory])
  assert.equal(
    alone.tests.map(({ metric }) => metric),
    ['put_block'],
  )
  assert.equal(alone.without, ['get_block'])
})

test('tests that only one side ran are not told', () => {
  const { tests, without } = only([
    aStudy('a', { blktap: [{ put_block: 1e5, seeks: 200 }], lvm: writes(1e5) }),
  ])
  assert.equal([tests.map(({ metric }) => metric), without], [['put_block'], []])
})

const likenesses: readonly (readonly [what: string, own: object, other: object, alike: string])[] = [
  ['of another file size are alike', { file_size_mib: 2048 }, { file_size_mib: 4096 }, 'yes'],
  ['of versions that do the same are alike', { version: '1.03c' }, { version: '1.03e' }, 'yes'],
  ['of a version that flushes are not', { version: '1.03c' }, { version: '2.00a' }, 'no'],
  ['with other chunks are not', { chunk_size: '4k' }, {}, 'no'],
  [
    'without a version are alike to none',
    { version: null, dialect: 'bonnie++' },
    { version: null, dialect: 'bonnie++' },
    'unknown',
  ],
]

for (const [what, own, other, alike] of likenesses) {
  test(`block writes ${what}`, () => {
    const rates = { blktap: writes(...FAST), lvm: writes(...SLOW) }
    const studies = [aStudy('a', rates, { run: own }), aStudy('b', rates, { run: other })]
    assert.is(agreement(studies)?.alike, alike)
  })
}

test('file tests are alike whatever their number, and unlike where the files are', () => {
  const rates = {
    blktap: [500, 510, 490].map((ran_del): Row => ({ ran_del })),
    lvm: [400, 410, 390].map((ran_del): Row => ({ ran_del })),
  }
  const made = (slug: string, run: object) => aStudy(slug, rates, { run })
  const few = made('a', { num_files: 16 })
  assert.is(agreement([few, made('b', { num_files: 128 })], 'ran_del')?.alike, 'yes')
  assert.is(agreement([few, made('b', { num_files: 16, max_size: 512 })], 'ran_del')?.alike, 'no')
  assert.is(agreement([few, made('b', { num_files: null })], 'ran_del')?.alike, 'unknown')
})

test('a study that is superseded or not valid takes no part, and is named', () => {
  const rates = { blktap: writes(...FAST), lvm: writes(...SLOW) }
  const reports = [
    aStudy('a', rates),
    aStudy('b', rates, { facts: { status: 'superseded' } }),
    aStudy('c', rates, { facts: { status: 'invalid', reason: 'x' } }),
  ]
  const told = across(reports)
  assert.equal(told.studies, ['a'])
  assert.equal(told.pairs[0]?.studies, ['a'])
  assert.equal(told.setAside, ['b', 'c'])
})

test('a backend without a page is left out and named, two of one kind are no pair', () => {
  const rates = { blktap: writes(...FAST), mine: writes(...SLOW) }
  const told = across([aStudy('a', rates, { unnamed: { mine: 'My own' } })])
  assert.equal([told.pairs, told.unnamed], [[], [{ study: 'a', backend: 'mine' }]])
  assert.equal(across([aStudy('a', rates, { kinds: { mine: 'blktap' } })]).pairs, [])
})

test('two of one kind in a study stand beside each other, and are one study', () => {
  const thin = { lvm: writes(...SLOW), thin: writes(...WILD), blktap: writes(...FAST) }
  const pair = only([aStudy('a', thin, { kinds: { thin: 'lvm' } })])
  assert.equal(
    pair.tests[0]?.found.map(({ measured }) => [measured.backend, measured.baseline]),
    [
      ['blktap', 'lvm'],
      ['blktap', 'thin'],
    ],
  )
  assert.is(pair.tests[0]?.agreement, null)
})

test('the same saved output in two studies is one measurement', () => {
  const rates = { blktap: writes(...FAST), lvm: writes(...SLOW) }
  const copied = { run: { source_sha256: 'f'.repeat(64) } }
  const [a, b, c] = [aStudy('a', rates, copied), aStudy('b', rates, copied), aStudy('c', rates)]
  const pair = only([a, b])
  assert.equal(pair.repeats, [{ study: 'b', of: 'a' }])
  assert.is(pair.tests[0]?.agreement, null)
  assert.is(agreement([a, b, c])?.studies, 2)
})

test('newest first, then by address; pairs by their ids', () => {
  const rates = { native: writes(...FAST), lvm: writes(...SLOW), blktap: writes(...WILD) }
  const reports = [
    aStudy('a', rates, { facts: { date: '2006' } }),
    aStudy('c', rates, { facts: { date: '2010-02' } }),
    aStudy('b', rates, { facts: { date: '2010-02' } }),
    aStudy('d', rates),
  ]
  const told = across(reports)
  assert.equal(told.studies, ['b', 'c', 'a', 'd'])
  assert.equal(
    told.pairs.map(({ pair }) => pair.join(' ')),
    ['blktap lvm', 'blktap native', 'lvm native'],
  )
  assert.equal(across(reports.toReversed()), told)
})

test('nothing that decides reads it back', () => {
  const rooms = readdirSync('src/analysis')
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(`src/analysis/${name}`, 'utf8')])
  const readers = rooms.flatMap(([name = '', text = '']) =>
    /from '(?:\.\/(?:across|indirect)|.*model\/across)\.ts'/.test(text) ? [name] : [],
  )
  assert.equal(readers.toSorted(), ['across.ts', 'indirect.ts', 'told.ts'])
})

test('no studies, no pairs', () => {
  assert.equal(across([]), {
    schema: 1,
    studies: [],
    pairs: [],
    indirect: [],
    unlike: [],
    setAside: [],
    unnamed: [],
  })
})

test.run()
