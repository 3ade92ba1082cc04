import type { Spec } from './figure.ts'

/*
 * What Vega has to be told to draw a chart. All charts are one: the same kinds of marks, with other rows, another size
 * and another axis. So what they have in common is told once a process, and for each chart no more than what it puts
 * in: compiling its specification by Vega-Lite and parsing what comes out of that took ten times as long as drawing.
 * test/charts/vega-lite.test.ts holds what is drawn against what Vega-Lite makes of the same specification.
 */

/** What a chart puts in: its rows by the kind of their marks, and its signals by name. */
export interface Filling {
  readonly type: AxisType
  readonly rows: Readonly<Record<Kind, readonly object[]>>
  readonly signals: Readonly<Record<Signal, unknown>>
}

export type AxisType = 'log' | 'linear'

type Kind = (typeof KINDS)[number]
const KINDS = ['ticks', 'lines', 'bars', 'spans', 'marks', 'heads', 'labels'] as const

type Signal = 'domain' | 'range' | 'offset'

interface Layer {
  readonly mark: { readonly type: string }
  readonly encoding: {
    readonly x: {
      readonly scale: { readonly type: AxisType; readonly domain: unknown; readonly range: unknown } | null
      readonly axis: {
        readonly offset: number
        readonly values: readonly number[]
        readonly labelExpr: string
      } | null
    }
  }
  readonly data: { readonly values: readonly object[] }
}

/** What the marks of a layer are: in pixels, or on the axis. */
const KIND_OF: Readonly<Record<string, { readonly still?: Kind; readonly onAxis?: Kind }>> = {
  rule: { still: 'lines', onAxis: 'spans' },
  rect: { onAxis: 'bars' },
  point: { still: 'heads', onAxis: 'marks' },
  text: { still: 'labels' },
}

/** What a specification puts in. Throws where it is none of charts/sketch.ts, which is our bug. */
export function fillingOf({ layer }: Spec): Filling {
  const layers = layer as readonly Layer[]
  const rows: Record<Kind, readonly object[]> = {
    ticks: [],
    lines: [],
    bars: [],
    spans: [],
    marks: [],
    heads: [],
    labels: [],
  }
  for (const { mark, encoding, data } of layers) {
    const kind = KIND_OF[mark.type]?.[encoding.x.scale ? 'onAxis' : 'still']
    if (!kind) throw new Error(`no layer of ours: ${JSON.stringify(mark)}`)
    rows[kind] = data.values
  }
  const { scale, axis } = layers.find(({ encoding }) => encoding.x.scale)?.encoding.x ?? NO_AXIS
  const words = axis ? JSON.parse(axis.labelExpr.replace(LOOKED_UP, '')) : {}
  rows.ticks = (axis?.values ?? []).map((value) => ({ value, text: words[value] }))
  const { type, domain, range } = scale ?? NO_SCALE
  return { type, rows, signals: { domain, range, offset: axis?.offset ?? 0 } }
}

const NO_AXIS = { scale: null, axis: null }
const NO_SCALE = { type: 'linear', domain: [0, 1], range: [0, 1] } as const
/** What follows the words of the ticks where they are an expression. */
const LOOKED_UP = /\[datum\.value\]$/

/** How the ticks of all charts look. */
interface TickLook {
  readonly labelColor: string
  readonly labelFontSize: number
  readonly labelPadding: number
}

/** The Vega specification of all charts that have an axis of a type. */
export function vegaChart(type: AxisType, look: TickLook): Spec {
  return {
    autosize: 'none',
    padding: 0,
    config: { aria: false },
    signals: [
      { name: 'domain', value: NO_SCALE.domain },
      { name: 'range', value: NO_SCALE.range },
      { name: 'offset', value: 0 },
    ],
    data: KINDS.map((name) => ({ name })),
    scales: [{ name: 'x', type, domain: { signal: 'domain' }, range: { signal: 'range' }, zero: false }],
    marks: [
      {
        type: 'group',
        // an axis of Vega lies between the pixels
        encode: { update: { x: { value: 0.5 }, y: { signal: 'height + offset + 0.5' } } },
        marks: [ticks(look)],
      },
      ...MARKS,
    ],
  }
}

/** As Vega's axis labels its ticks, and called so, but put in as they are. */
function ticks({ labelColor, labelFontSize, labelPadding }: TickLook): object {
  return {
    role: 'axis-label',
    ...mark('text', 'ticks', {
      x: field('value', 'x'),
      y: { value: labelPadding },
      text: field('text'),
      align: { value: 'center' },
      baseline: { value: 'top' },
      fontSize: { value: labelFontSize },
      fill: { value: labelColor },
    }),
  }
}

const MARKS = [
  mark('rule', 'lines', {
    ...{ x: field('x'), x2: field('x2'), y: field('y'), y2: field('y2') },
    ...{ stroke: field('colour'), strokeWidth: field('thick') },
    ...{ strokeCap: field('cap'), strokeDash: field('dash') },
  }),
  mark('rect', 'bars', {
    ...{ x: field('zero', 'x'), x2: field('value', 'x'), y: field('y'), y2: field('y2') },
    ...{ fill: field('fill'), stroke: field('colour') },
    ...{ strokeWidth: { value: 1.5 }, strokeDash: field('dash') },
  }),
  mark('rule', 'spans', {
    ...{ x: field('low', 'x'), x2: field('high', 'x'), y: field('y') },
    ...{ stroke: field('colour'), strokeWidth: field('thick'), strokeCap: { value: 'round' } },
  }),
  mark('symbol', 'marks', {
    ...{ x: field('value', 'x'), y: field('y'), shape: field('shape'), size: field('size') },
    ...{ fill: field('fill'), stroke: field('stroke'), strokeWidth: field('thick') },
  }),
  mark('symbol', 'heads', {
    ...{ x: field('x'), y: field('y'), shape: field('shape'), size: field('size') },
    ...{ fill: field('colour'), strokeWidth: { value: 0 } },
  }),
  mark('text', 'labels', {
    ...{ x: field('x'), y: field('y'), text: field('text'), fill: field('colour') },
    ...{ align: field('align'), baseline: { value: 'middle' } },
    ...{ fontSize: field('size'), fontWeight: field('weight') },
  }),
]

function mark(type: string, data: Kind, update: object): object {
  return { type, from: { data }, encode: { update } }
}

function field(name: string, scale?: 'x'): object {
  return { field: name, ...(scale && { scale }) }
}
