import type { Drawing, Figure, Spec } from './figure.ts'

/*
 * A chart to look into: the same marks as a Vega specification whose value axis follows the signal `domain`. What lies
 * on the axis, or in pixels between its ends, moves with it; words beside the axis stay. Labels of single marks are
 * left out, since they would drift from what they name: templates/look.js says the numbers instead.
 */

/** A Vega specification and what the page's script has to know of it. */
export interface Look {
  readonly spec: Spec
  /** the axis as drawn: its ends in values and in pixels */
  readonly type: 'log' | 'linear'
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
}

interface Row {
  readonly [field: string]: unknown
}

interface Layer {
  readonly mark: { readonly type: string }
  readonly encoding: {
    readonly x?: {
      readonly scale?: Pick<Look, 'type' | 'domain' | 'range'> | null
      readonly axis?: { readonly offset?: number } | null
    }
  }
  readonly data: { readonly values: readonly Row[] }
}

/** `offset`: pixels from the foot of the drawing to the axis, negative. */
interface Axis extends Pick<Look, 'type' | 'domain' | 'range'> {
  readonly offset: number
}

/** Whether one of a figure's charts can be looked into. */
export function hasLook({ charts }: Figure): boolean {
  return charts.some(({ wide }) => lookInto(wide) !== null)
}

/** The look into a drawing; null where nothing lies on an axis. */
export function lookInto({ spec }: Drawing): Look | null {
  const layers = spec.layer as readonly Layer[]
  const axis = axisIn(layers)
  if (!axis) return null
  const rows = (type: string, onAxis: boolean) =>
    layers
      .filter(({ mark, encoding }) => mark.type === type && Boolean(encoding.x?.scale) === onAxis)
      .flatMap(({ data }) => data.values)
  const [from, to] = axis.range
  const inside = (x: unknown) => Number(x) >= from - 1 && Number(x) <= to + 1
  const lines = rows('rule', false)
  const [bars, points, texts] = [rows('rect', true), rows('point', true), rows('text', false)]
  const hold = anchoring(axis, [...bars, ...points])
  const heads = rows('point', false).map(({ x, ...head }) => ({ size: HEAD, ...head, ...hold(x, head.y) }))
  const things = [
    ...[...bars, ...points].map((one) => ({ y: levelOf(one), x: pixelOf(axis, Number(one.value)) })),
    ...rows('point', false).map(({ x, y }) => ({ x: Number(x), y: Number(y) })),
  ]
  const isLabel = ({ x, y }: Row) =>
    things.some((one) => Math.abs(one.y - Number(y)) <= SAME_ROW && Math.abs(one.x - Number(x)) <= BESIDE)
  const labels = texts.filter(isLabel)
  const data = {
    still: lines.filter(({ x, x2 }) => !inside(x) && !inside(x2)),
    lines: lines
      .filter(({ x, x2, colour }) => (inside(x) || inside(x2)) && colour !== 'var(--grid)')
      .map(({ x, x2, ...line }) => {
        const [low, high] = [hold(x, line.y), hold(x2, line.y)].toSorted((a, b) => a.value - b.value)
        return { ...line, low: low?.value, lowBy: low?.by, high: high?.value, highBy: high?.by }
      }),
    bars: bars.map((bar) => ({
      ...bar,
      bound: boundOf({ ...bar, y: levelOf(bar) }, heads),
      label: labelOf(bar, labels),
    })),
    spans: rows('rule', true).map((span) => ({ thick: SPAN, ...span })),
    heads,
    marks: points.map((mark) => ({ ...mark, bound: boundOf(mark, heads), label: labelOf(mark, labels) })),
    beyond: (bars.length > 0 ? bars : points).map((each) => ({ value: each.value, y: levelOf(each) })),
    words: texts.filter((text) => !isLabel(text)),
  }
  return { spec: vegaSpec(spec, axis, data), type: axis.type, domain: axis.domain, range: axis.range }
}

/** What a drawing says by default: the area of an arrow's head, the thickness of an interval. */
const [HEAD, SPAN] = [80, 3.5]
/** Pixels up and down within which a label is in the row of a mark, and sideways within which it is about it. */
const SAME_ROW = 8
const BESIDE = 24

/** The middle of a mark or a bar, in pixels from the top. */
function levelOf({ y, y2 }: Row): number {
  return y2 === undefined ? Number(y) : (Number(y) + Number(y2)) / 2
}

/** What was written beside a mark in its row, if all of it is about this mark. */
function labelOf(mark: Row, labels: readonly (Row & { readonly text?: unknown })[]): string | null {
  const own = labels.filter(({ y }) => Math.abs(Number(y) - levelOf(mark)) < 1)
  return own.length === 1 ? String(own[0]?.text) : null
}

function axisIn(layers: readonly Layer[]): Axis | null {
  const x = layers.map(({ encoding }) => encoding.x).find((channel) => channel?.scale)
  if (!x?.scale) return null
  const { type, domain, range } = x.scale
  return { type, domain, range, offset: x.axis?.offset ?? 0 }
}

/**
 * Holds a pixel by the mark or bar of its row that is nearest: its value, and the pixels beside it. So an arrow keeps
 * its length when the axis moves. Where a row has none, the pixel is a place on the axis.
 */
function anchoring(axis: Axis, marks: readonly Row[]) {
  return (x: unknown, y: unknown): { readonly value: number; readonly by: number } => {
    const own = marks
      .filter((mark) => Math.abs(levelOf(mark) - Number(y)) < 1)
      .map(({ value }) => ({ value: Number(value), by: Number(x) - pixelOf(axis, Number(value)) }))
      .toSorted((a, b) => Math.abs(a.by) - Math.abs(b.by))
    return own[0] ?? { value: valueAt(axis, Number(x)), by: 0 }
  }
}

function pixelOf({ type, domain: [low, high], range: [from, to] }: Axis, value: number): number {
  const share = type === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return from + share * (to - from)
}

/** What lies at a pixel of the axis. */
function valueAt({ type, domain: [low, high], range: [from, to] }: Axis, x: number): number {
  const share = (x - from) / (to - from)
  return type === 'log' ? low * (high / low) ** share : low + share * (high - low)
}

/** A mark with the head of an arrow beside it is known from one side only. */
function boundOf({ y, value }: Row, heads: readonly Row[]): 'at least' | 'at most' | null {
  const own = heads.filter((head) => head.value === value && head.y === y)
  if (own.some(({ shape }) => shape === 'triangle-right')) return 'at least'
  return own.some(({ shape }) => shape === 'triangle-left') ? 'at most' : null
}

const field = (name: string, scale?: 'x') => ({ field: name, ...(scale && { scale }) })

function vegaSpec(
  { width, height }: Spec,
  { type, domain, range: [from, to], offset }: Axis,
  data: Readonly<Record<string, readonly Row[]>>,
): Spec {
  const room = to - from
  const plot = Number(height) + offset
  // the axis asks for the height of its group, its grid for the signal of that name
  const group = {
    type: 'group',
    encode: { update: { x: { value: from }, height: { value: plot } } },
    signals: [{ name: 'height', value: plot }],
  }
  return {
    width,
    height: Math.max(Number(height), plot + AXIS_ROOM),
    autosize: 'none',
    padding: 0,
    config: { aria: false },
    signals: [{ name: 'domain', value: domain }],
    data: Object.entries(data).map(([name, values]) => ({ name, values })),
    scales: [{ name: 'x', type, domain: { signal: 'domain' }, range: [0, room], nice: false, clamp: true }],
    marks: [
      mark('rule', 'still', { x: field('x'), x2: field('x2'), y: field('y'), y2: field('y2'), ...line }),
      { ...group, axes: [axisOf(room)], marks: movingMarks(room) },
      mark('text', 'words', {
        x: field('x'),
        y: field('y'),
        text: field('text'),
        align: field('align'),
        fontSize: field('size'),
        fontWeight: field('weight'),
        fill: field('colour'),
        baseline: { value: 'middle' },
      }),
    ],
  }
}

const line = {
  stroke: field('colour'),
  strokeWidth: field('thick'),
  strokeCap: field('cap'),
  strokeDash: field('dash'),
}

/** Room below the marks for the labels of the axis. */
const AXIS_ROOM = 26

function axisOf(room: number): object {
  return {
    scale: 'x',
    orient: 'bottom',
    grid: true,
    gridColor: 'var(--grid)',
    tickCount: Math.max(2, Math.floor(room / 90)),
    domain: false,
    ticks: false,
    labelColor: 'var(--ink-2)',
    labelFontSize: 13,
    labelPadding: 7,
    labelOverlap: true,
  }
}

/**
 * What lies beyond the ends of the axis ends with it, or is not seen, and a sign in its row says where it is. Vega's clips would do the same, but their ids
 * are the same in every view of a page.
 */
function movingMarks(room: number): object[] {
  const at = { x: field('value', 'x'), opacity: { signal: 'inrange(datum.value, domain) ? 1 : 0' } }
  const seen = { signal: 'datum.high >= domain[0] && datum.low <= domain[1] ? 1 : 0' }
  const between = { x: field('low', 'x'), x2: field('high', 'x'), y: field('y'), opacity: seen }
  return [
    mark('rule', 'lines', {
      ...between,
      x: { ...between.x, offset: field('lowBy') },
      x2: { ...between.x2, offset: field('highBy') },
      y2: field('y2'),
      ...line,
    }),
    mark('rect', 'bars', {
      x: field('zero', 'x'),
      x2: field('value', 'x'),
      y: field('y'),
      y2: field('y2'),
      fill: field('fill'),
      stroke: field('colour'),
      strokeDash: field('dash'),
      strokeWidth: { value: 1.5 },
    }),
    mark('rule', 'spans', {
      ...between,
      stroke: field('colour'),
      strokeWidth: field('thick'),
      strokeCap: { value: 'round' },
    }),
    mark('symbol', 'heads', {
      ...at,
      x: { ...at.x, offset: field('by') },
      y: field('y'),
      shape: field('shape'),
      fill: field('colour'),
      size: field('size'),
    }),
    mark('symbol', 'marks', {
      ...at,
      y: field('y'),
      shape: field('shape'),
      size: field('size'),
      fill: field('fill'),
      stroke: field('stroke'),
      strokeWidth: field('thick'),
    }),
    mark('text', 'beyond', {
      x: { signal: `datum.value > domain[1] ? ${room} : 0` },
      y: field('y'),
      text: { signal: "datum.value > domain[1] ? '»' : datum.value < domain[0] ? '«' : ''" },
      align: { signal: "datum.value > domain[1] ? 'right' : 'left'" },
      baseline: { value: 'middle' },
      fontSize: { value: 16 },
      fontWeight: { value: 600 },
      fill: { value: 'var(--ink-2)' },
    }),
  ]
}

function mark(kind: string, from: string, update: object): object {
  return { type: kind, from: { data: from }, encode: { update } }
}
