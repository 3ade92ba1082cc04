/** The slowest operations, the order of the runs, and the space of weights: what their figures say of a report. */
import * as assert from 'uvu/assert'
import type { Report } from '../../src/model/report.ts'
import type { Figure } from '../../src/report/figure.ts'
import { suite } from '../suite.ts'
import { EIGHT, FORTY, finding, ONCE, SUSPECT, weighed } from './crowded-reports.ts'
import { figuresOf, picturesOf, shownTexts } from './drawn.ts'
import { one, report, SEED, spread, THREE } from './sample-reports.ts'

function figure(id: string, of: Report): Figure {
  const found = figuresOf(of).find((each) => each.id === id)
  assert.ok(found, `no figure ${id}`)
  return found
}

function none(id: string, of: Report): void {
  assert.not.ok(figuresOf(of).some((each) => each.id === id))
}

/** Two backends whose slowest block writes are these, in microseconds. */
function slowest(a: readonly number[], b: readonly number[]): Report {
  const base = report([
    { id: 'a', cells: { put_block: spread(90_000, a.length) } },
    { id: 'b', cells: { put_block: spread(30_000, b.length) } },
  ])
  const latencies = [a, b].map((values, i) => ({
    backend: i === 0 ? 'a' : 'b',
    metric: 'put_block' as const,
    n: values.length,
    worst_us: Math.max(...values),
    values: values.map((worst_us, run) => ({ run: run + 1, worst_us })),
  }))
  return { ...base, latencies }
}

const test = suite('the figures of latencies, of runs and of weights')

test('where bonnie++ printed no latency, no run is the fifth and nothing was weighed, there is no such figure', () => {
  for (const id of ['latency', 'runs', 'weights']) none(id, SEED)
})

test('maxima are never averaged: of an even number the slower of the two in the middle is the mark', () => {
  const { table, charts } = figure('latency', slowest([1_000, 2_000, 50_000, 9_000_000], [700]))
  assert.equal(table.rows, [
    ['Block write', 'a', '4', '1.00 ms', '50.0 ms', '9.00 s'],
    ['Block write', 'b', '1', '700 µs', '700 µs', '700 µs'],
  ])
  assert.match(charts[0]?.description ?? '', 'a 50.0 ms (1.00 ms to 9.00 s); b 700 µs.')
  assert.equal(charts[0]?.data.head, ['test', 'backend', 'run', 'slowest_operation_us', 'validity'])
  assert.is(charts[0]?.data.rows.length, 5)
})

test('a slowest operation makes the title only where three runs of each lie apart', () => {
  const won = "In every run a's slowest operation was faster than that of the other backend at block write"
  assert.is(figure('latency', slowest([1, 2, 3], [4, 5, 6])).title, won)
  for (const [a, b] of [
    [
      [1, 2],
      [4, 5, 6],
    ],
    [
      [1, 2, 4],
      [4, 5, 6],
    ],
  ] as const)
    assert.is(figure('latency', slowest(a, b)).title, 'The slowest single operation of each test')
})

test('where one backend alone printed latencies, the key says whose marks they are', () => {
  const both = slowest([1_000, 2_000], [700])
  const { key } = figure('latency', { ...both, latencies: both.latencies.slice(0, 1) })
  assert.equal(
    key.map(({ label }) => label.replace(/:.*/, '')),
    ['a', 'thin rule', 'a single run'],
  )
})

test('an axis of latencies has ticks in µs, ms and s', async () => {
  const pictures = await picturesOf(slowest([1, 2_000, 3_000_000], [4, 5, 6]))
  const { svg } = pictures.find((each) => each.id === 'latency-disk') ?? { svg: '' }
  const ticks = [...svg.matchAll(/<g class="ticks">(.*?)<\/g>/g)].join(' ')
  for (const tick of ['1 µs', '1 ms', '1 s']) assert.match(ticks, `>${tick}<`)
})

test('the order of the runs: findings go first and are named, the other tests stand in the table', () => {
  const { title, charts, table, note } = figure('runs', EIGHT)
  assert.is(
    title,
    'The rate of the block write of 論理ボリュームマネージャー上のブロックデバイス、直接入出力、書き込みキャッシュなし falls from run to run',
  )
  assert.equal(
    charts.map((chart) => chart.id),
    ['runs-putc', 'runs-put-block', 'runs-rewrite', 'runs-get-block', 'runs-seeks'],
  )
  assert.match(note ?? '', /^The table holds one more test\. /)
  assert.ok(table.rows.some((row) => row[3] === 'falls from run to run; runs 2 and 5 lie apart'))
})

test('who is not shown in the order of the runs is named, and why', () => {
  const of = report([
    { id: 'a', cells: { put_block: spread(9_000, 6), get_block: spread(9_000, 6) } },
    { id: 'b', cells: { put_block: spread(9_000, 6, 0.04, 'not-disk'), get_block: spread(9_000, 4) } },
    { id: 'c', cells: { put_block: spread(9_000, 4), get_block: spread(9_000, 4) } },
  ])
  const told =
    'Not shown: b at block write (did not measure the disk); b at block read (fewer than five runs); c (fewer than five runs). '
  assert.ok(figure('runs', of).note?.startsWith(told), figure('runs', of).note)
})

test('how the runs were ordered is told', () => {
  const told = (facts: Report['facts']) => figure('runs', { ...THREE, facts }).note ?? ''
  assert.match(told({ order: 'blocked' }), 'One backend was measured after the other')
  assert.match(told({ order: 'interleaved' }), 'took turns')
  assert.match(told({}), 'is not recorded')
})

test('four runs have no order, and what measured memory has none either', () => {
  none('runs', report([{ id: 'a', cells: { put_block: spread(9_000, 4) } }]))
  none('runs', report([{ id: 'a', cells: { put_block: spread(9_000, 6, 0.04, 'not-disk') } }]))
})

test('several findings are counted, a drift before what lies apart', () => {
  const found = [finding('outlier', 'lvm', 'rewrite', [3]), finding('outlier', 'blktap', 'rewrite', [1])]
  assert.match(
    figure('runs', { ...THREE, findings: found }).title,
    /^Two of \w+ series have runs that lie apart$/,
  )
  assert.is(
    figure('runs', { ...THREE, findings: [...found, finding('drift', 'lvm', 'seeks', [1])] }).title,
    'The rate of the random seeks of LVM falls from run to run',
  )
})

test('two backends: the break-even, seen from the one that leads most workloads', () => {
  const { table, charts } = figure('weights', FORTY)
  const [stream, database, mail, general] = table.rows
  assert.is(stream?.[1], 'from 71.1 %, here 71.4 %')
  assert.is(database?.[1], 'from 98 %, here 10 %')
  assert.is(mail?.[1], 'whatever the weights')
  assert.is(general?.[1], 'never')
  assert.equal(charts[0]?.data.rows[1], ['database', 'b', 'a', 'seeks', 2, 90])
})

test('a break-even next to none or to all is not said to be none or all', () => {
  const balance = (leader: string, needed: number, carried: number) => {
    const shares = ['a', 'b'].map((backend) => ({ backend, profile: backend === leader ? 1 : 0, any: 0.5 }))
    const breakEven = { ahead: ['seeks' as const], needed, carried }
    return weighed('stream', 'Streaming', 'recommended', shares, breakEven)
  }
  const { charts, table } = figure('weights', {
    ...FORTY,
    recommendations: [balance('a', 0.004, 0.63), balance('a', 0.31, 0.5), balance('b', 0.004, 0.63)],
  })
  assert.equal(
    table.rows.map((row) => row[1]),
    ['from less than 1 %, here 63 %', 'from 31 %, here 50 %', 'from more than 99 %, here 37 %'],
  )
  for (const words of ['carry 1 % or more of', 'carry more than 31 % of', 'carry more than 99 % of'])
    assert.ok(charts[0]?.description.includes(words), words)
})

test('three and more: the share of weightings, and who hardly wins one is told in a note', async () => {
  const shares = ['loopback', 'blktap', 'lvm'].map((backend, i) => {
    return { backend, profile: [0.004, 0.026, 0.97][i] ?? 0, any: [0, 0.5, 0.5][i] ?? 0 }
  })
  const of = { ...THREE, recommendations: [weighed('stream', 'Streaming', 'recommended', shares)] }
  const { note, table } = figure('weights', of)
  assert.match(note ?? '', /^Loopback comes first in less than 1 % of them\./)
  assert.equal(table.rows[0], ['Streaming', 'loopback', 'less than 1 %', '0 %'])
  const wide = (await picturesOf(of)).find((each) => each.id === 'weights')
  assert.not.ok(shownTexts(wide?.svg ?? '').includes('loopback'))
})

test('who never comes first is told apart from who hardly does', () => {
  const shares = [0.006, 0, 0.994].map((share, i) => {
    return { backend: ['loopback', 'blktap', 'lvm'][i] ?? '', profile: share, any: share }
  })
  const recommendations = [weighed('stream', 'Streaming', 'recommended', shares)]
  const { note } = figure('weights', { ...THREE, recommendations })
  assert.match(
    note ?? '',
    /^Loopback comes first in less than 1 % of them\. Blktap comes first in none of them\./,
  )
})

test('shares of weightings in whole per cents add up, and the leader keeps the number of the advice', () => {
  const shares = ['loopback', 'blktap', 'lvm'].map((backend, i) => {
    return { backend, profile: [0.315, 0, 0.685][i] ?? 0, any: [0.335, 0.336, 0.329][i] ?? 0 }
  })
  const recommendations = [weighed('stream', 'Streaming', 'undecided', shares)]
  const { table, charts } = figure('weights', { ...THREE, recommendations })
  const [around, any] = [2, 3].map((column) => table.rows.map((row) => row[column]))
  assert.equal(around, ['31 %', '0 %', '69 %'])
  assert.equal(any, ['33 %', '34 %', '33 %'])
  assert.match(charts[0]?.description ?? '', 'loopback 31 %, with any weights 33 %')
})

test('who was not weighed for a workload has no share of it, not even none', () => {
  const shares = (ids: readonly string[]) => ids.map((backend) => ({ backend, profile: 0.5, any: 0.5 }))
  const recommendations = [
    weighed('stream', 'Streaming', 'undecided', shares(['loopback', 'blktap'])),
    weighed('general', 'General', 'undecided', shares(['loopback', 'lvm'])),
  ]
  const { table, charts } = figure('weights', { ...THREE, recommendations })
  assert.equal(table.rows[2], ['Streaming', 'LVM', 'not weighed', 'not weighed'])
  assert.is(charts[0]?.data.rows.length, 4)
  assert.match(charts[0]?.description ?? '', 'LVM not weighed.')
})

test('weights make the title only where a backend is named for all that could be weighed', () => {
  const title = (...verdicts: readonly ('recommended' | 'leaning' | 'same')[]) => {
    const shares = [
      { backend: 'loopback', profile: 0.99, any: 0.967 },
      { backend: 'blktap', profile: 0.01, any: 0.033 },
    ]
    const recommendations = verdicts.map((verdict) => weighed('stream', 'Streaming', verdict, shares))
    return figure('weights', { ...THREE, recommendations }).title
  }
  assert.is(
    title('recommended', 'leaning'),
    'Loopback comes first in at least 96 % of all weightings, for the two workloads that could be weighed',
  )
  assert.is(title('recommended', 'same'), 'How far the advice hangs on the weights')
  assert.is(figure('weights', FORTY).title, 'Which backend to choose depends on the workload')
})

test('what is in doubt is hollow and named so in every new figure', async () => {
  const pictures = await picturesOf(SUSPECT)
  const latency = pictures.find((each) => each.id === 'latency-disk')
  assert.not.match(latency?.svg ?? '', /fill="var\(--mark/)
  assert.ok(shownTexts(latency?.svg ?? '').some((text) => text.endsWith(', suspect')))
  const runs = pictures.filter((each) => each.id.startsWith('runs-'))
  assert.ok(runs.length > 0)
  for (const { svg } of runs) {
    assert.not.match(svg, /fill="var\(--mark/)
    assert.ok(shownTexts(svg).includes('suspect'))
  }
})

test('one run each: latencies without ranges, weights without a drift', () => {
  const { key, note } = figure('latency', ONCE)
  assert.not.ok(key.some(({ symbol }) => symbol === 'range'))
  assert.is(note, undefined)
  none('runs', ONCE)
  none('weights', report([{ id: 'a', cells: { put_block: one(9) } }]))
})

test.run()
