import type { Spec } from './figure.ts'

/*
 * The Vega specification of a chart to look into. Nothing in it asks for eval: Vega's interpreter runs its expressions.
 */

/** A Vega specification and what the page's script has to know of it. */
export interface Look {
  readonly spec: Spec
  /** the axis as drawn: its ends in values and in pixels */
  readonly type: 'log' | 'linear'
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
  /** how its numbers are written, from the largest on: from this value up, divided by the factor, with the suffix */
  readonly units: readonly Unit[]
}

export interface Unit {
  readonly from: number
  readonly factor: number
  readonly suffix: string
}

export interface Row {
  readonly [field: string]: unknown
}

/** `offset`: pixels from the foot of the drawing to the axis, negative. */
export interface Axis extends Omit<Look, 'spec'> {
  readonly offset: number
}

const field = (name: string, scale?: 'x') => ({ field: name, ...(scale && { scale }) })

/** Rows of data by the name of their marks, on an axis that follows the signal `domain`. */
export function vegaSpec(
  { width, height }: Spec,
  { type, domain, range: [from, to], offset, units }: Axis,
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
    scales: [
      {
        name: 'x',
        type,
        domain: { signal: 'domain' },
        range: [0, room],
        nice: false,
        clamp: true,
        ...(type === 'linear' && { zero: false }),
      },
    ],
    marks: [
      mark('rule', 'still', { x: field('x'), x2: field('x2'), y: field('y'), y2: field('y2'), ...line }),
      { ...group, axes: [axisOf(room, units)], marks: movingMarks(room) },
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

function axisOf(room: number, units: readonly Unit[]): object {
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
    encode: { labels: { update: { text: { signal: labelOf(units) } } } },
  }
}

/** Vega's own labels leave some ticks of a log axis blank; the others get their unit. */
function labelOf(units: readonly Unit[]): string {
  const written = units.map(({ from, factor, suffix }, i) => {
    const text = `format(datum.value / ${factor}, ',.4~r') + ${JSON.stringify(suffix)}`
    return i < units.length - 1 ? `datum.value >= ${from} ? ${text} : ` : text
  })
  return `datum.label === '' ? '' : ${written.join('')}`
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
