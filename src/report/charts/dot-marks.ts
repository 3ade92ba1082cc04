import { markColour } from '../palette.ts'
import { lookOf } from './dumbbell.ts'
import type { Party } from './evidence.ts'
import {
  type Extent,
  logScale,
  logTicks,
  position,
  ratioTicks,
  type Scale,
  shareScale,
  shareTicks,
  type Tick,
  tickLabel,
  timeLabel,
} from './scale.ts'
import type { Head, Label, Line, Mark, Span } from './sketch.ts'

/*
 * What stands on the axis of a dot row: its mark, its interval or its arrow, its single runs, and the stem that ties
 * it to what it is compared with. And the axes on which it can stand.
 */

export interface DotRow {
  readonly party: Party
  /** null where there is nothing to draw */
  readonly value: number | null
  readonly interval?: readonly [number, number]
  /** small dots: what the mark is the middle of, or a second value of another kind */
  readonly runs?: readonly number[]
  /** where the true value lies, if only a bound is known */
  readonly arrow?: 'left' | 'right'
  readonly hollow: boolean
  /** `2.23×`, `at least 16,300`, `not run` */
  readonly text: string
  readonly settled: boolean
}

export interface DotAxis {
  readonly scale: (extents: readonly Extent[], plot: readonly [number, number]) => Scale
  readonly ticks: (scale: Scale) => readonly Tick[]
  /** a value that everything is compared with: a stronger line, from which stems lead to the marks */
  readonly reference?: number
  /** thickness of intervals, in pixels */
  readonly thick: number
}

/** Rates and costs: logarithmic, bare numbers. */
export const PLAIN_AXIS: DotAxis = {
  scale: (extents, plot) => logScale(extents, plot),
  ticks: (scale) => logTicks(scale, tickLabel),
  thick: 3.5,
}

const factorLabel = (value: number) => tickLabel(value, '×')

/** Ratios about 1×: logarithmic, with ticks that mirror each other. */
export const RATIO_AXIS: DotAxis = {
  scale: (extents, plot) => logScale(extents, plot, { mustHold: 1, label: factorLabel }),
  ticks: (scale) => ratioTicks(scale, factorLabel),
  reference: 1,
  thick: 3.5,
}

/** Microseconds: logarithmic, ticks in µs, ms and s. A range of runs is no interval, so its rule is thin. */
export const TIME_AXIS: DotAxis = {
  scale: (extents, plot) => logScale(extents, plot, { label: timeLabel }),
  ticks: (scale) => logTicks(scale, timeLabel),
  thick: 1.5,
}

/** Shares from none to all: linear. */
export const SHARE_AXIS: DotAxis = { scale: shareScale, ticks: shareTicks, thick: 3.5 }

export interface Parts {
  readonly lines: Line[]
  readonly spans: Span[]
  readonly marks: Mark[]
  readonly heads: Head[]
  readonly labels: Label[]
}

const ARROW = 24
/** area of the dot of a single run, in square pixels */
const RUN = 14

/** What a row needs of the axis, and the pixels to both sides. */
export function extentsOf(row: DotRow): readonly Extent[] {
  if (row.value === null) return []
  const beside = [...(row.interval ?? []), ...(row.runs ?? [])]
  return [
    { value: row.value, left: row.arrow === 'left' ? ARROW : 8, right: row.arrow === 'right' ? ARROW : 8 },
    ...beside.map((value) => ({ value, left: 4, right: 4 })),
  ]
}

/** Draws a row at a height. */
export function drawRow(
  row: DotRow & { readonly value: number },
  { scale, axis, y }: { readonly scale: Scale; readonly axis: DotAxis; readonly y: number },
  parts: Parts,
): void {
  const { slot, name } = row.party
  const colour = markColour(slot)
  const x = position(scale, row.value)
  if (axis.reference !== undefined) parts.lines.push(stem(row, position(scale, axis.reference), x, y))
  if (row.interval) {
    const [low, high] = row.interval
    parts.spans.push({ what: name, low, high, y, colour, thick: axis.thick })
  }
  if (row.arrow) {
    const towards = row.arrow === 'right' ? 1 : -1
    parts.lines.push({ x, x2: x + towards * (ARROW - 6), y, y2: y, colour, thick: 2.5 })
    parts.heads.push({ x: x + towards * (ARROW - 5), y, shape: `triangle-${row.arrow}`, colour })
  }
  parts.marks.push({ what: name, value: row.value, y, ...lookOf(slot, row.hollow) })
  // above the mark, which would hide them
  for (const value of row.runs ?? []) parts.marks.push({ what: name, value, y, ...RUN_LOOK })
}

/** A single run: small, with an outline in ink, whatever lies below it. */
export const RUN_LOOK = {
  shape: 'circle',
  size: RUN,
  fill: 'var(--surface)',
  stroke: 'var(--ink)',
  thick: 1,
} as const

/** From what a value is compared with to its mark; dotted where the value is in doubt. */
function stem(row: DotRow, from: number, x: number, y: number): Line {
  const dotted = row.hollow ? { dash: [0.1, 6], round: true } : {}
  return { x: from, x2: x, y, y2: y, colour: 'var(--link)', thick: row.hollow ? 2.5 : 1.5, ...dotted }
}
