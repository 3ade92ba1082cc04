/** Charts to look into: the same marks at the same places, drawn by Vega without complaint and without eval. */
import * as assert from 'uvu/assert'
import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import { FIGURES } from '../../src/report/charts.ts'
import type { Drawing } from '../../src/report/figure.ts'
import { hasLook, lookInto } from '../../src/report/look.ts'
import type { Look } from '../../src/report/look-spec.ts'
import { suite } from '../suite.ts'

const test = suite('looking into charts')

const knowledge = knowledgeOf(readTemplates())
const library = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
const figures = library.folders.flatMap((folder) => {
  const report = analyse(folder, knowledge)
  return FIGURES.flatMap(({ figure }) => figure(report) ?? [])
})
const drawings = figures.flatMap(({ charts }) =>
  charts.flatMap(({ id, wide, narrow }) => [
    { name: id, drawing: wide },
    ...(narrow ? [{ name: `${id}-narrow`, drawing: narrow }] : []),
  ]),
)
const looks = drawings.flatMap(({ name, drawing }) => {
  const look = lookInto(drawing)
  return look ? [{ name, drawing, look }] : []
})

type Row = Readonly<Record<string, unknown>>

/** The rows of a layer of the drawing, on its axis or in pixels. */
function drawn({ spec }: Drawing, type: string, onAxis: boolean): Row[] {
  const layers = spec.layer as { mark: Row; encoding: { x: Row }; data: { values: Row[] } }[]
  const own = layers.filter(
    ({ mark, encoding }) => mark.type === type && (encoding.x.scale !== null) === onAxis,
  )
  return own.flatMap(({ data }) => data.values)
}

function rowsOf({ spec }: Look, name: string): readonly Row[] {
  return (spec.data as { name: string; values: Row[] }[]).find((data) => data.name === name)?.values ?? []
}

function pixelOf({ type, domain: [low, high], range: [from, to] }: Look, value: number): number {
  const share = type === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return from + share * (to - from)
}

test('there are charts to look into in the shipped studies', () => {
  assert.ok(looks.length > 20)
  assert.ok(figures.some(hasLook))
})

test('every mark and every bar is there, with its value', () => {
  for (const { name, drawing, look } of looks) {
    for (const [data, type] of [
      ['marks', 'point'],
      ['bars', 'rect'],
      ['spans', 'rule'],
    ] as const) {
      const values = (rows: readonly Row[]) =>
        rows.map(({ what, value, low, high, y }) => [what, value, low, high, y])
      assert.equal(values(rowsOf(look, data)), values(drawn(drawing, type, true)), `${name} ${data}`)
    }
  }
})

test('on the whole axis everything lies where it was drawn', () => {
  const places = (rows: readonly Row[], name: string) =>
    rows.map((row) => Number(row[name])).sort((a, b) => a - b)
  for (const { name, drawing, look } of looks) {
    const heads = rowsOf(look, 'heads').map((head) => pixelOf(look, Number(head.value)) + Number(head.by))
    const wanted = places(drawn(drawing, 'point', false), 'x')
    for (const [i, x] of heads.sort((a, b) => a - b).entries())
      assert.ok(Math.abs(x - (wanted[i] ?? Number.NaN)) < 0.01, `${name}: ${x} is not ${wanted[i]}`)
    const coloured = (rows: readonly Row[]) => rows.filter(({ colour }) => colour !== 'var(--grid)').length
    const lines = drawn(drawing, 'rule', false)
    assert.is(coloured(rowsOf(look, 'lines')) + coloured(rowsOf(look, 'still')), coloured(lines), name)
    for (const moving of rowsOf(look, 'lines')) {
      const ends = [
        pixelOf(look, Number(moving.low)) + Number(moving.lowBy),
        pixelOf(look, Number(moving.high)) + Number(moving.highBy),
      ]
      const found = drawn(drawing, 'rule', false).some(
        ({ x, x2, y }) =>
          y === moving.y && [x, x2].every((end) => ends.some((own) => Math.abs(own - Number(end)) < 0.01)),
      )
      assert.ok(found, `${name}: a line from ${ends.join(' to ')}`)
    }
  }
})

test('an arrow says from which side a number is known', () => {
  const bounds = looks.flatMap(({ look }) => [...rowsOf(look, 'marks'), ...rowsOf(look, 'bars')])
  assert.ok(bounds.some(({ bound }) => bound === 'at least'))
  assert.ok(bounds.some(({ bound }) => bound === null))
  for (const { name, look } of looks) {
    const known = [...rowsOf(look, 'marks'), ...rowsOf(look, 'bars')].filter(({ bound }) => bound !== null)
    assert.is(known.length, rowsOf(look, 'heads').length, name)
  }
})

test('no word beside the axis is lost, but for the labels of marks', () => {
  for (const { name, drawing, look } of looks) {
    const words = rowsOf(look, 'words').map(({ text }) => text)
    const lost = drawn(drawing, 'text', false).filter(({ text }) => !words.includes(text))
    const numbers = [...rowsOf(look, 'marks'), ...rowsOf(look, 'bars')].length
    assert.ok(lost.length <= numbers, `${name}: ${lost.map((each) => each.text)}, ${numbers} marks`)
    for (const { text } of lost) assert.match(String(text), /\d/, `${name}: ${text}`)
  }
})

/** The labels of the axis, as they were drawn. */
const axisOf = (svg: string) => /<g class="mark-text role-axis-label".*?<\/g>/s.exec(svg)?.[0] ?? ''

test('Vega draws them without complaint and without eval, also when zoomed in', async () => {
  for (const { name, look } of looks) {
    const complaints: string[] = []
    const note = (...words: readonly unknown[]) => {
      complaints.push(words.map(String).join(' '))
      return logger
    }
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger }
    // biome-ignore lint/suspicious/noExplicitAny: the types of Vega do not know that a logger may have no level
    const options: any = { expr: expressionInterpreter, renderer: 'none', logger }
    const view = new View(parse(look.spec as never, undefined, { ast: true } as never), options)
    const whole = await view.toSVG()
    const [low, high] = look.domain
    view.signal('domain', [low + 0.4 * (high - low), low + 0.6 * (high - low)])
    const part = await view.toSVG()
    view.finalize()
    assert.equal(complaints, [], name)
    assert.not.match(whole + part, /NaN|Infinity|clip-path|undefined/)
    assert.not.match(axisOf(part), />0[^.\d]/, `${name} keeps to zero`)
    assert.ok(axisOf(whole) !== '' && axisOf(whole) !== axisOf(part), `${name} does not follow its axis`)
  }
})

/** A drawing of one mark on an axis with these ticks. */
function drawingOf(
  type: 'log' | 'linear',
  domain: readonly [number, number],
  ticks: Readonly<Record<string, string>>,
): Drawing {
  const x = {
    scale: { type, domain, range: [100, 300] },
    axis: { labelExpr: `${JSON.stringify(ticks)}[datum.value]` },
  }
  const values = [
    { what: 'lvm', value: domain[1], y: 10, shape: 'circle', fill: 'none', stroke: 'var(--mark-1)' },
  ]
  return {
    width: 400,
    spec: { width: 400, height: 20, layer: [{ mark: { type: 'point' }, encoding: { x }, data: { values } }] },
  }
}

test('numbers are written as the drawing writes them', () => {
  const units = (...ticks: Parameters<typeof drawingOf>) => lookInto(drawingOf(...ticks))?.units
  assert.equal(units('log', [0.5, 4], { 0.5: '0.5×', 1: '1×' }), [{ from: 0.5, factor: 1, suffix: '×' }])
  assert.equal(units('log', [1e3, 2e6], { 3000: '3 ms', 100000: '100 ms', 1000000: '1 s' }), [
    { from: 1e6, factor: 1e6, suffix: ' s' },
    { from: 3000, factor: 1000, suffix: ' ms' },
  ])
  assert.equal(units('linear', [0, 1], { 0: '0 %', 0.25: '25 %' }), [
    { from: 0.25, factor: 0.01, suffix: ' %' },
  ])
  assert.equal(units('log', [1, 9000], {}), [{ from: 0, factor: 1, suffix: '' }])
})

test('an axis that counts runs has no values to look into', () => {
  assert.is(lookInto(drawingOf('linear', [1, 6], { 1: 'run 1', 6: '6' })), null)
  assert.ok(lookInto(drawingOf('linear', [0, 6], {})) !== null)
})

test('a chart of words alone has nothing to look into', () => {
  assert.is(
    lookInto({
      width: 1,
      spec: { layer: [{ mark: { type: 'text' }, encoding: { x: { scale: null } }, data: { values: [] } }] },
    }),
    null,
  )
})

test.run()
