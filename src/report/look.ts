import type { Drawing, Figure } from './figure.ts'
import { type Axis, type Look, type Row, type Unit, vegaSpec } from './look-spec.ts'

/*
 * A chart to look into: the same marks as a Vega specification whose value axis follows the signal `domain`. What lies
 * on the axis, or in pixels between its ends, moves with it; words beside the axis stay. Labels of single marks are
 * left out, since they would drift from what they name: templates/look.js says the numbers instead.
 */

interface Layer {
  readonly mark: { readonly type: string }
  readonly encoding: {
    readonly x?: {
      readonly scale?: Pick<Look, 'type' | 'domain' | 'range'> | null
      readonly axis?: { readonly offset?: number; readonly labelExpr?: string } | null
    }
  }
  readonly data: { readonly values: readonly Row[] }
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
      label: wordsBeside(bar, labels),
    })),
    spans: rows('rule', true).map((span) => ({ thick: SPAN, ...span })),
    heads,
    marks: points.map((mark) => ({ ...mark, bound: boundOf(mark, heads), label: wordsBeside(mark, labels) })),
    beyond: (bars.length > 0 ? bars : points).map((each) => ({ value: each.value, y: levelOf(each) })),
    words: texts.filter((text) => !isLabel(text)),
  }
  const { type, domain, range, units } = axis
  return { spec: vegaSpec(spec, axis, data), type, domain, range, units }
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
function wordsBeside(mark: Row, labels: readonly (Row & { readonly text?: unknown })[]): string | null {
  const own = labels.filter(({ y }) => Math.abs(Number(y) - levelOf(mark)) < 1)
  return own.length === 1 ? String(own[0]?.text) : null
}

function axisIn(layers: readonly Layer[]): Axis | null {
  const x = layers.map(({ encoding }) => encoding.x).find((channel) => channel?.scale)
  if (!x?.scale) return null
  const { type, domain, range } = x.scale
  // an even axis of values begins at zero: another counts runs
  if (type === 'linear' && domain[0] !== 0) return null
  return { type, domain, range, offset: x.axis?.offset ?? 0, units: unitsOf(x.axis?.labelExpr ?? '') }
}

/** How the ticks of a drawing write their numbers: `10 ms` at 10,000 is a thousandth with its unit. */
function unitsOf(labelExpr: string): Unit[] {
  const ticks = /^(\{.*\})\[datum\.value\]$/.exec(labelExpr)?.[1] ?? '{}'
  const units = new Map<string, Unit>([['', { from: 0, factor: 1, suffix: '' }]])
  for (const [value, label] of Object.entries(JSON.parse(ticks) as Record<string, string>)) {
    const [, digits = '', suffix = ''] = /^([\d.,]+)(.*)$/.exec(label) ?? []
    const number = Number(digits.replaceAll(',', ''))
    if (!(number > 0 && Number(value) > 0)) continue
    const factor = Number((Number(value) / number).toPrecision(3))
    const key = `${factor}${suffix}`
    units.delete('')
    units.set(key, { factor, suffix, from: Math.min(Number(value), units.get(key)?.from ?? Number(value)) })
  }
  return [...units.values()].toSorted((a, b) => b.from - a.from)
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
  return type === 'log' ? low * Math.exp(share * Math.log(high / low)) : low + share * (high - low)
}

/** A mark with the head of an arrow in its own colour beside it is known from one side only. */
function boundOf({ y, value, stroke, colour }: Row, heads: readonly Row[]): 'at least' | 'at most' | null {
  const own = heads.filter(
    (head) => head.value === value && head.y === y && head.colour === (stroke ?? colour),
  )
  if (own.some(({ shape }) => shape === 'triangle-right')) return 'at least'
  return own.some(({ shape }) => shape === 'triangle-left') ? 'at most' : null
}
