import type { Drawing } from '../figure.ts'
import { round2, type Scale, TICK_SIZE, type Tick } from './scale.ts'

/*
 * A sketch is a chart as marks: values lie on the axis of the specification, labels and lines at the pixels the
 * layout found for them. It becomes a Vega-Lite specification of a few plain layers, all with the same x axis.
 */

export interface Sketch {
  readonly width: number
  readonly height: number
  /** null where no row has a value, only words */
  readonly axis: Axis | null
  readonly lines: readonly Line[]
  readonly spans: readonly Span[]
  readonly bars: readonly Bar[]
  readonly marks: readonly Mark[]
  readonly heads: readonly Head[]
  readonly labels: readonly Label[]
}

export interface Axis {
  readonly scale: Scale
  readonly ticks: readonly Tick[]
  /** where the tick labels hang, in pixels from the top */
  readonly y: number
  /** stretches of y, in pixels, that the grid crosses */
  readonly bands: readonly (readonly [number, number])[]
}

/** A line between two points, in pixels. */
export interface Line {
  readonly x: number
  readonly x2: number
  readonly y: number
  readonly y2: number
  readonly colour: string
  readonly thick: number
  readonly dash?: readonly number[]
  readonly round?: boolean
}

/** An interval on the axis. */
export interface Span {
  readonly what: string
  readonly low: number
  readonly high: number
  readonly y: number
  readonly colour: string
  /** of the line, in pixels */
  readonly thick: number
}

/** A bar from zero. */
export interface Bar {
  readonly what: string
  readonly value: number
  readonly y: number
  readonly y2: number
  readonly colour: string
  readonly outlined: boolean
}

/** A value on the axis; hollow where it is in doubt. */
export interface Mark {
  readonly what: string
  readonly value: number
  readonly y: number
  readonly shape: string
  readonly size: number
  readonly fill: string
  readonly stroke: string
  readonly thick: number
}

/** The head of an arrow, or another filled shape that stands for no value: in pixels. */
export interface Head {
  readonly x: number
  readonly y: number
  readonly shape: string
  /** area in square pixels; that of an arrow's head where it is missing */
  readonly size?: number
  readonly colour: string
}

/** A text, in pixels. */
export interface Label {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly align: 'left' | 'right' | 'center'
  readonly size: number
  readonly weight: 400 | 600
  readonly colour: string
}

/** What tick labels need below the marks. */
export const AXIS_HEIGHT = 26

/** The specification of a sketch, and the width it was laid out for. */
export function drawing(sketch: Sketch): Drawing {
  const { width, axis } = sketch
  const height = Math.ceil(sketch.height)
  const lines = [...(axis ? grid(axis) : []), ...sketch.lines]
  const layer = [
    linesLayer(lines),
    ...(axis ? valueLayers({ ...sketch, height }, axis) : []),
    headsLayer(sketch.heads),
    labelsLayer(sketch.labels),
  ].filter((each) => each.data.values.length > 0)
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height,
    autosize: { type: 'none' },
    padding: 0,
    layer,
  }
  return { spec, width }
}

function grid({ scale, ticks, bands }: Axis): Line[] {
  const [low, high] = scale.domain
  return ticks.flatMap(({ value }) => {
    const share =
      scale.type === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
    const x = scale.range[0] + share * (scale.range[1] - scale.range[0])
    return joined(bands).map(([y, y2]) => ({ x, x2: x, y, y2, colour: 'var(--grid)', thick: 1 }))
  })
}

/** Bands that touch become one: fewer lines, the same picture. */
function joined(bands: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = []
  for (const [from, to] of bands) {
    const last = result.at(-1)
    if (last && from <= last[1] + 0.01) last[1] = to
    else result.push([from, to])
  }
  return result
}

interface Layer {
  readonly data: { readonly values: readonly object[] }
  readonly mark: object
  readonly encoding: object
}

/** A channel that takes what the row holds as it is: a pixel, a colour, the name of a shape. */
function raw(field: string): object {
  return { field, type: 'nominal', scale: null }
}

function pixel(field: string): object {
  return { field, type: 'quantitative', scale: null, axis: null }
}

function linesLayer(lines: readonly Line[]): Layer {
  const values = lines.map(({ x, x2, y, y2, colour, thick, dash, round }) => ({
    x: round2(x),
    x2: round2(x2),
    y: round2(y),
    y2: round2(y2),
    colour,
    thick,
    dash: dash ?? null,
    cap: round ? 'round' : 'butt',
  }))
  return {
    data: { values },
    mark: {
      type: 'rule',
      strokeWidth: { expr: 'datum.thick' },
      strokeCap: { expr: 'datum.cap' },
      strokeDash: { expr: 'datum.dash' },
    },
    encoding: {
      x: pixel('x'),
      x2: { field: 'x2' },
      y: pixel('y'),
      y2: { field: 'y2' },
      stroke: raw('colour'),
    },
  }
}

function valueLayers({ height, spans, bars, marks }: Sketch, { scale, ticks, y }: Axis): Layer[] {
  const { type, domain, range } = scale
  const axis =
    ticks.length === 0
      ? null
      : {
          orient: 'bottom',
          offset: Math.round(y - height),
          title: null,
          grid: false,
          values: ticks.map((tick) => tick.value),
          labelFontSize: TICK_SIZE,
          labelExpr: `${JSON.stringify(Object.fromEntries(ticks.map((tick) => [tick.value, tick.label])))}[datum.value]`,
        }
  const on = (field: string) => ({
    field,
    type: 'quantitative',
    scale: { type, domain, range, nice: false, ...(type === 'linear' ? { zero: domain[0] === 0 } : {}) },
    axis,
  })
  return [barsLayer(bars, on), spansLayer(spans, on), marksLayer(marks, on)]
}

function barsLayer(bars: readonly Bar[], on: (field: string) => object): Layer {
  const values = bars.map(({ what, value, y, y2, colour, outlined }) => ({
    what,
    zero: 0,
    value,
    y: round2(y),
    y2: round2(y2),
    colour,
    fill: outlined ? 'none' : colour,
    dash: outlined ? [4, 3] : null,
  }))
  return {
    data: { values },
    mark: { type: 'rect', strokeWidth: 1.5, strokeDash: { expr: 'datum.dash' } },
    encoding: {
      x: on('zero'),
      x2: { field: 'value' },
      y: pixel('y'),
      y2: { field: 'y2' },
      fill: raw('fill'),
      stroke: raw('colour'),
    },
  }
}

function spansLayer(spans: readonly Span[], on: (field: string) => object): Layer {
  return {
    data: { values: spans.map((span) => ({ ...span, y: round2(span.y) })) },
    mark: { type: 'rule', strokeWidth: { expr: 'datum.thick' }, strokeCap: 'round' },
    encoding: { x: on('low'), x2: { field: 'high' }, y: pixel('y'), stroke: raw('colour') },
  }
}

function marksLayer(marks: readonly Mark[], on: (field: string) => object): Layer {
  return {
    data: { values: marks.map((mark) => ({ ...mark, y: round2(mark.y) })) },
    mark: { type: 'point', opacity: 1, strokeWidth: { expr: 'datum.thick' } },
    encoding: {
      x: on('value'),
      y: pixel('y'),
      shape: raw('shape'),
      size: { field: 'size', type: 'quantitative', scale: null },
      fill: raw('fill'),
      stroke: raw('stroke'),
    },
  }
}

const ARROW_HEAD = 80

function headsLayer(heads: readonly Head[]): Layer {
  const values = heads.map(({ x, y, shape, size = ARROW_HEAD, colour }) => ({
    x: round2(x),
    y: round2(y),
    shape,
    size,
    colour,
  }))
  return {
    data: { values },
    mark: { type: 'point', opacity: 1, strokeWidth: 0 },
    encoding: {
      x: pixel('x'),
      y: pixel('y'),
      shape: raw('shape'),
      size: { field: 'size', type: 'quantitative', scale: null },
      fill: raw('colour'),
      stroke: { value: null },
    },
  }
}

function labelsLayer(labels: readonly Label[]): Layer {
  const values = labels.map((label) => ({ ...label, x: round2(label.x), y: round2(label.y) }))
  return {
    data: { values },
    mark: {
      type: 'text',
      baseline: 'middle',
      align: { expr: 'datum.align' },
      fontSize: { expr: 'datum.size' },
      fontWeight: { expr: 'datum.weight' },
    },
    encoding: { x: pixel('x'), y: pixel('y'), text: { field: 'text', type: 'nominal' }, fill: raw('colour') },
  }
}
