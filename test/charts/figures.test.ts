/** What the figures say, and that chart, table and description say the same. */
import * as assert from 'uvu/assert'
import { times } from '../../src/model/format.ts'
import { FIGURES } from '../../src/report/charts.ts'
import { doorsOf, textOf } from '../../src/report/doors.ts'
import type { Figure, KeySymbol, Table } from '../../src/report/figure.ts'
import { markColour } from '../../src/report/palette.ts'
import { comparisonsTable } from '../../src/report/tables.ts'
import { suite } from '../suite.ts'
import { CROWDED, EIGHT } from './crowded-reports.ts'
import { figuresOf, picturesOf, shownTexts } from './drawn.ts'
import {
  ALL,
  ALONE,
  CENSORED,
  type Cells,
  EMPTY,
  FOUR,
  fast,
  one,
  report,
  SEED,
  SIX,
  spread,
  THREE,
} from './sample-reports.ts'

function figure(id: string, of: Parameters<typeof figuresOf>[0]): Figure {
  const found = figuresOf(of).find((each) => each.id === id)
  assert.ok(found, `no figure ${id}`)
  return found
}

/** A dot as small as that of a single run, and the head of an arrow, as they are drawn. */
const RUN = / r="1\.87"/
const ARROW_HEAD = /d="M-?3\.87,/

const NO_DOORS = doorsOf(SEED, new Map())

const test = suite('figures')

const texts = ({ rows }: Table) => rows.map((row) => row.map(textOf))

test('the shelf is in reading order, and every figure has the name of its place', () => {
  assert.equal(
    FIGURES.map((each) => each.id),
    ['ratios', 'weights', 'sizes', 'bounds', 'cost', 'latency', 'runs'],
  )
  for (const each of FIGURES) assert.is(each.figure(EIGHT)?.id, each.id)
})

test('a report without measurements has no figure, one backend alone no ratios', () => {
  assert.equal(figuresOf(EMPTY), [])
  assert.equal(
    figuresOf(ALONE).map((each) => each.id),
    ['sizes', 'bounds', 'cost'],
  )
})

for (const [name, sample] of Object.entries({ ...ALL, ...CROWDED })) {
  test(`${name}: every number of a chart stands in the table of its figure`, async () => {
    for (const { id, svg, figure } of await picturesOf(sample)) {
      const table = texts(figure.table).flat().join(' | ')
      const numbers = new Set(table.match(/\d[\d,.]*\d|\d/g))
      const names = sample.backends.map((backend) => backend.title).join(' ')
      for (const number of shownTexts(svg).flatMap((text) => text.match(/\d[\d,.]*\d|\d/g) ?? [])) {
        assert.ok(numbers.has(number) || names.includes(number), `${id}: ${number} is not in the table`)
      }
    }
  })

  test(`${name}: ids are plain and unique, subtitles say unit, scale and direction, tables are whole`, () => {
    const figures = figuresOf(sample)
    const ids = figures.flatMap((each) =>
      each.charts.flatMap((c) => [c.id, ...(c.narrow ? [`${c.id}-narrow`] : [])]),
    )
    assert.is(new Set(ids).size, ids.length)
    for (const id of ids) assert.match(id, /^[a-z][a-z0-9-]*$/)
    for (const { subtitle, title, table } of figures) {
      assert.match(subtitle, /MB\/s|[Rr]ate|[Pp]er second|CPU-seconds|[Ss]hare of|longest time/)
      assert.match(subtitle, /log scales?|linear scale|from zero/)
      assert.match(subtitle, /faster|cheaper|higher/)
      assert.not.match(title, /\.$|undefined|NaN|null/)
      assert.ok(table.rows.length > 0)
      for (const row of table.rows) assert.is(row.length, table.head.length)
    }
  })

  test(`${name}: a description has a sentence for every row, with every backend by name`, () => {
    for (const { charts } of figuresOf(sample)) {
      for (const { description } of charts) {
        assert.match(description, /\.$/)
        assert.not.match(description, /undefined|NaN|null|\.\.| {2}/)
      }
    }
  })

  test(`${name}: a key names what is drawn, and nothing else`, async () => {
    const pictures = await picturesOf(sample)
    for (const { id, key } of figuresOf(sample)) {
      const svg = pictures
        .filter(({ figure }) => figure.id === id)
        .map((picture) => picture.svg)
        .join('')
      const keyed = key.flatMap(({ symbol }) => (typeof symbol === 'number' ? [markColour(symbol)] : []))
      const drawn = svg.match(/var\(--mark-\d\)/g) ?? []
      // where every bar or strip has its name beside it, the key has none
      const named = id === 'sizes' || id === 'runs' ? [] : drawn
      assert.equal([...new Set(keyed)].sort(), [...new Set(named)].sort(), id)
      const says = (...symbols: KeySymbol[]) => key.some(({ symbol }) => symbols.includes(symbol))
      assert.is(says('run'), RUN.test(svg), `${id}: single runs`)
      if (id !== 'runs') assert.is(says('arrow'), ARROW_HEAD.test(svg), `${id}: arrows`)
    }
  })

  test(`${name}: a figure is plain JSON, the same each time`, () => {
    const figures = figuresOf(sample)
    assert.equal(JSON.parse(JSON.stringify(figures)), figures)
    assert.is(JSON.stringify(figuresOf(sample)), JSON.stringify(figures))
  })
}

test('the seed: blktap wrote blocks 5.18 times as fast, and what measured memory is named so', () => {
  const { title, table, charts } = figure('ratios', SEED)
  assert.is(title, 'Blktap wrote blocks 5.18× as fast as loopback, whose number is suspect')
  assert.equal(texts(table)[1], [
    'Block write',
    '18.5 MB/s, suspect',
    '95.8 MB/s',
    'blktap 5.18×, other side suspect',
  ])
  assert.equal(texts(table)[4], [
    'Block read',
    '960 MB/s, not the disk',
    '135 MB/s',
    'loopback 7.12×, not the disk',
  ])
  const description = charts[0]?.description ?? ''
  assert.match(
    description,
    'Block write: loopback 18.5 MB/s, suspect; blktap 95.8 MB/s. Ahead: blktap 5.18×, other side suspect.',
  )
})

test('a bound of three runs a side is as unclear in the figure as in the table, and nobody leads for sure by it', () => {
  const of = report([
    { id: 'a', cells: { seq_create: spread(2_000, 3), seq_del: spread(2_000, 3) } },
    { id: 'b', cells: { seq_create: fast(16_384, 'censored', 3), seq_del: spread(6_000, 3) } },
  ])
  const { table, charts } = figure('bounds', of)
  assert.equal(
    texts(table).map((row) => row[3]),
    ['b at least 8.09×, unclear', 'b 3.00×'],
  )
  assert.match(charts[0]?.description ?? '', 'Ahead: b at least 8.09×, unclear.')
  const verdicts = comparisonsTable(of, NO_DOORS).rows.map((row) => row.at(-1))
  assert.equal(verdicts, ['unclear, only a bound is known', 'better'])
})

test('the seed: five tests were too fast for both backends, and a bound is at least', () => {
  const { title, table } = figure('bounds', SEED)
  assert.is(title, 'Five of seven seek and file tests were too fast to time on every backend')
  assert.equal(texts(table)[0]?.slice(1), [
    'at least 16,300 seeks/s, not the disk',
    '249 seeks/s',
    `loopback at least ${times(16_384 / 249.1, 'down')}, not the disk`,
  ])
  assert.is(texts(table)[2]?.[3], 'both too fast to time')
})

test('at a glance: every told ratio to the baseline, doubt in the mark, tests without one in words', async () => {
  assert.equal(texts(figure('summary', SEED).table), [
    ['Block write', 'blktap', '5.18×, suspect'],
    ['Rewrite', 'blktap', '0.19×, not the disk'],
    ['Block read', 'blktap', '0.14×, not the disk'],
    ['Random seeks', 'blktap', 'at most 0.016×, not the disk'],
  ])
  const svgOf = async (sample: typeof SEED) =>
    (await picturesOf(sample)).find(({ id }) => id === 'summary')?.svg ?? ''
  assert.equal((await svgOf(SEED)).match(/fill="var\(--surface\)"/g)?.length, 4)
  assert.not.match(await svgOf(THREE), /fill="var\(--surface\)"/)
  const gaps = report([
    { id: 'loopback', cells: { put_block: one(10_000, 5), rewrite: one(9_000, 5) } },
    { id: 'lvm', cells: { put_block: one(20_000, 5), seeks: one(90, 1) } },
  ])
  assert.equal(shownTexts(await svgOf(gaps)), [
    'Block write',
    'Rewrite',
    'not comparable',
    'Random seeks',
    'not comparable',
  ])
})

test('a bound below the other side settles nothing', () => {
  const sample = report([
    { id: 'a', cells: { seeks: fast(16_384) } },
    { id: 'b', cells: { seeks: one(40_000) } },
  ])
  assert.is(texts(figure('bounds', sample).table)[0]?.[3], 'cannot tell')
})

test('a leader in doubt never makes the title', () => {
  const sample = report([
    { id: 'a', cells: { put_block: one(90_000, 5, 'suspect') } },
    { id: 'b', cells: { put_block: one(30_000, 5) } },
  ])
  assert.is(figure('ratios', sample).title, 'Throughput by test')
})

test('what is not the disk never makes the title, and what is beyond doubt goes first', () => {
  const memory = report([
    { id: 'a', cells: { put_block: one(30_000, 5, 'not-disk'), rewrite: one(9_000, 5, 'suspect') } },
    { id: 'b', cells: { put_block: one(90_000, 5), rewrite: one(27_000, 5) } },
  ])
  assert.is(figure('ratios', memory).title, 'B rewrote blocks 3.00× as fast as a, whose number is suspect')
  const mixed = report([
    {
      id: 'a',
      cells: { put_block: one(30_000, 5, 'suspect'), rewrite: one(9_000, 5), get_block: one(80_000, 5) },
    },
    { id: 'b', cells: { put_block: one(90_000, 5), rewrite: one(27_000, 5), get_block: one(40_000, 5) } },
  ])
  assert.is(figure('ratios', mixed).title, 'A read blocks 2.00× as fast, b rewrote blocks 3.00× as fast')
})

test('three backends: ratios to the baseline with their intervals', () => {
  const { title, table, key } = figure('ratios', THREE)
  assert.is(title, 'Blktap and LVM were faster than loopback at block write, rewrite and block read')
  assert.equal(texts(table)[2], ['Block write', 'blktap', '2.20×', '2.08× to 2.33×'])
  assert.ok(key.some((entry) => entry.symbol === 'interval'))
})

test('fewer than three runs: no interval, and the figure says why', () => {
  const { note, key, table } = figure('ratios', FOUR)
  assert.match(note ?? '', 'no interval')
  assert.not.ok(key.some((entry) => entry.symbol === 'interval'))
  for (const row of texts(table)) assert.is(row[3], 'none')
})

test('a test without a number of the baseline says why, with one colon', () => {
  for (const [why, words] of [
    ['unreadable', "the baseline's number is unreadable"],
    ['not run', 'not run on the baseline'],
  ] as const) {
    const samples = THREE.samples.map((s) =>
      s.backend === 'loopback' && s.metric === 'get_block'
        ? { ...s, n: 0, validity: 'missing' as const, median: { kind: 'absent' as const, why } }
        : s,
    )
    const { table, charts } = figure('ratios', { ...THREE, samples })
    assert.ok(texts(table).some(([test, , told]) => test === 'Block read' && told === words))
    assert.match(charts[0]?.description ?? '', `Block read: ${words}.`)
  }
})

test('an arrow is explained where one is drawn', () => {
  const seeks = (first: Cells) =>
    figure('bounds', report([first, { seeks: one(90) }].map((cells, i) => ({ id: `b${i}`, cells }))))
  assert.not.match(seeks({ seeks: one(100) }).subtitle, 'arrow')
  assert.match(seeks({ seeks: fast(16_384) }).subtitle, 'an arrow means at least that much')
  assert.is(seeks({ seeks: one(100) }).table.caption, 'Seeks per second')
})

test('a range of costs is explained beside the table too', () => {
  assert.match(figure('cost', SEED).subtitle, 'Each is a range, because')
})

test('tests that were left out are left out', () => {
  assert.equal(
    figure('sizes', FOUR).charts.map((chart) => chart.id),
    ['sizes-put-block', 'sizes-rewrite', 'sizes-get-block'],
  )
})

test('where every backend was too fast nothing is drawn, least of all equal bars', async () => {
  for (const { id, svg } of await picturesOf(CENSORED)) {
    assert.not.match(svg, /fill="var\(--mark/, id)
    assert.match(svg, /too fast to time|at least/, id)
  }
})

test('doubt shows in the word and in the mark', async () => {
  const pictures = await picturesOf(SEED)
  const ratios = pictures.find((each) => each.id === 'ratios')
  assert.match(ratios?.svg ?? '', /fill="var\(--surface\)" stroke="var\(--mark-1\)"/)
  assert.is(shownTexts(ratios?.svg ?? '').filter((text) => text.endsWith(', not the disk')).length, 4)
})

test('long names are shortened in charts and whole in tables', async () => {
  const title = 'a backend whose title has forty letters!'
  assert.ok(texts(figure('ratios', SIX).table).some((row) => row.includes(title)))
  const wide = (await picturesOf(SIX)).find((each) => each.id === 'ratios')
  assert.not.match(wide?.svg.replace(/<desc.*?<\/desc>/, '') ?? '', title)
})

test.run()
