import type { Drawing } from '../figure.ts'
import { hasArms, markColour, shapeOf, textColour } from '../palette.ts'
import type { Party } from './evidence.ts'
import { type Extent, logScale, logTicks, position, type Scale, tickLabel } from './scale.ts'
import { AXIS_HEIGHT, drawing, type Head, type Label, type Line, type Mark } from './sketch.ts'
import { shorten, widest, widthOf } from './text.ts'

/*
 * The dumbbell: a row a test, two marks and the link between them on a log axis, so that the distance is the ratio.
 * The verdict stands in words at the right; on a telephone it stands above the marks.
 */

export interface End {
  readonly party: Party
  /** null where nothing was measured */
  readonly value: number | null
  /** `18.5`, `at least 16,300` */
  readonly text: string
  readonly bound: boolean
  readonly hollow: boolean
}

export interface DumbbellRow {
  readonly label: string
  readonly ends: readonly [End, End]
  readonly verdict: { readonly leader: Party | null; readonly rest: string; readonly settled: boolean }
  /** stands in place of marks and verdict */
  readonly message?: string
}

const LABEL = 14
const VALUE = 13
const GAP = 22
/** from the middle of a mark to its label */
const REACH = 12
const ARROW = 24
/** marks nearer than this cover each other */
const APART = 14
const DODGE = 6

interface Layout {
  readonly width: number
  readonly plot: readonly [number, number]
  /** height of a row, and where in it the marks, the label and the verdict stand */
  readonly pitch: number
  /** height of a row without marks */
  readonly wordsPitch: number
  readonly at: { readonly marks: number; readonly label: number; readonly verdict: number }
  readonly verdictX: number
  readonly verdictAlign: 'left' | 'right'
  readonly verdictRoom: (row: DumbbellRow) => number
}

/** The chart for a column of text, 760 px wide. */
export function wideDumbbell(rows: readonly DumbbellRow[]): Drawing {
  const width = 760
  const labels =
    Math.ceil(
      widest(
        rows.map((row) => row.label),
        LABEL,
      ),
    ) + GAP
  const verdicts = Math.min(300, Math.ceil(widest(rows.map(verdictText), LABEL)))
  const right = width - verdicts - GAP
  return lay(rows, {
    width,
    plot: [labels, right],
    pitch: 40,
    wordsPitch: 30,
    at: { marks: 20, label: 20, verdict: 20 },
    verdictX: right + GAP,
    verdictAlign: 'left',
    verdictRoom: () => verdicts,
  })
}

/** The same for a telephone, 328 px wide. */
export function narrowDumbbell(rows: readonly DumbbellRow[]): Drawing {
  const width = 328
  const besides = (row: DumbbellRow) => width - widthOf(row.label, LABEL) - 14
  const oneLine = rows.every((row) => widthOf(verdictText(row), LABEL) <= besides(row))
  const second = oneLine ? 0 : 19
  return lay(rows, {
    width,
    plot: [1, width - 1],
    pitch: 58 + second,
    wordsPitch: 26 + second,
    at: { marks: 38 + second, label: 12, verdict: 12 + second },
    verdictX: oneLine ? width : 0,
    verdictAlign: oneLine ? 'right' : 'left',
    verdictRoom: (row) => (oneLine ? besides(row) : width),
  })
}

function verdictText({ message, verdict: { leader, rest } }: DumbbellRow): string {
  return message ?? (leader ? `${leader.name} ${rest}` : rest)
}

interface Parts {
  readonly lines: Line[]
  readonly marks: Mark[]
  readonly heads: Head[]
  readonly labels: Label[]
}

function lay(given: readonly DumbbellRow[], layout: Layout): Drawing {
  // rows of words alone stand below the axis, so that it hangs where the marks are
  const rows = [...given.filter(hasMarks), ...given.filter((row) => !hasMarks(row))]
  const extents = rows.flatMap(extentsOf)
  const scale = extents.length > 0 ? logScale(extents, layout.plot) : null
  const parts: Parts = { lines: [], marks: [], heads: [], labels: [] }
  const bands: [number, number][] = []
  const half = layout.at.marks === layout.at.label ? layout.pitch / 2 : 14
  const axisY = rows.filter(hasMarks).length * layout.pitch
  let top = 0
  for (const row of rows) {
    if (!hasMarks(row) && top === axisY && scale) top += AXIS_HEIGHT
    words(row, top, layout, parts)
    const y = top + layout.at.marks
    if (scale && hasMarks(row)) {
      bands.push([y - half, y + half])
      pair(row, placedEnds(row), scale, y, parts)
    }
    top += hasMarks(row) ? layout.pitch : layout.wordsPitch
  }
  const height = scale ? Math.max(top, axisY + AXIS_HEIGHT) : top
  const axis = scale && { scale, ticks: logTicks(scale, tickLabel), bands, y: axisY }
  return drawing({ width: layout.width, height, axis, spans: [], bars: [], ...parts })
}

function hasMarks(row: DumbbellRow): boolean {
  return placedEnds(row).length > 0
}

/** The ends that have a mark, lower value first. */
export function placedEnds(row: DumbbellRow): readonly Placed[] {
  if (row.message !== undefined) return []
  const ends = row.ends.flatMap((end) =>
    end.value !== null && end.value > 0 ? [{ ...end, value: end.value }] : [],
  )
  return ends.sort((a, b) => a.value - b.value)
}

type Placed = End & { readonly value: number }

function isLeft(ends: readonly Placed[], i: number): boolean {
  return ends.length > 1 && i === 0
}

function extentsOf(row: DumbbellRow): readonly Extent[] {
  const ends = placedEnds(row)
  return ends.map((end, i) => {
    const label = REACH + widthOf(end.text, VALUE)
    const arrow = end.bound ? ARROW : 8
    return isLeft(ends, i)
      ? { value: end.value, left: label, right: arrow }
      : { value: end.value, left: 8, right: label + (end.bound ? ARROW : 0) }
  })
}

function words(row: DumbbellRow, top: number, layout: Layout, { labels }: Parts): void {
  const { leader, settled } = row.verdict
  const rest = row.message ?? row.verdict.rest
  labels.push({ ...PLAIN, x: 0, y: top + layout.at.label, text: row.label, size: LABEL, weight: 400 })
  const room = layout.verdictRoom(row)
  const name = leader ? `${shorten(leader.name, LABEL, room - widthOf(` ${rest}`, LABEL))} ` : ''
  if (name + rest !== '') {
    labels.push({
      x: layout.verdictX,
      y: top + layout.at.verdict,
      text: name + rest,
      align: layout.verdictAlign,
      size: LABEL,
      weight: leader ? 600 : 400,
      colour: leader && settled ? textColour(leader.slot) : 'var(--ink-2)',
    })
  }
}

const PLAIN = { align: 'left', weight: 400, colour: 'var(--ink)' } as const

function pair(row: DumbbellRow, ends: readonly Placed[], scale: Scale, y: number, parts: Parts): void {
  const xs = ends.map((end) => position(scale, end.value))
  const [x0 = 0, x1 = x0] = xs
  const needed = ends[0]?.bound ? ARROW + 8 : APART
  const dodged = ends.length > 1 && x1 - x0 < needed
  if (ends.length > 1 && !dodged) {
    const sure = row.verdict.settled
    const dash = sure ? {} : { dash: [0.1, 7] }
    const colour = sure ? 'var(--link)' : 'var(--link-2)'
    parts.lines.push({ x: x0, x2: x1, y, y2: y, colour, thick: sure ? 4 : 3, round: true, ...dash })
  }
  ends.forEach((end, i) => {
    const dy = dodged ? (i === 0 ? -DODGE : DODGE) : 0
    drawEnd(end, isLeft(ends, i), xs[i] ?? 0, y + dy, parts)
  })
}

function drawEnd(
  end: Placed,
  left: boolean,
  x: number,
  y: number,
  { lines, marks, heads, labels }: Parts,
): void {
  const { slot, name } = end.party
  const colour = markColour(slot)
  if (end.bound) {
    lines.push({ x, x2: x + ARROW - 6, y, y2: y, colour, thick: 2.5 })
    heads.push({ x: x + ARROW - 5, y, shape: 'triangle-right', colour })
  }
  marks.push({ what: name, value: end.value, y, ...lookOf(slot, end.hollow) })
  labels.push({
    x: left ? x - REACH : x + REACH + (end.bound ? ARROW - 5 : 0),
    y,
    text: end.text,
    align: left ? 'right' : 'left',
    size: VALUE,
    weight: 600,
    colour: textColour(slot),
  })
}

/** The mark of a slot, filled, or hollow where the value is in doubt. */
export function lookOf(
  slot: Party['slot'],
  hollow: boolean,
): Pick<Mark, 'shape' | 'size' | 'fill' | 'stroke' | 'thick'> {
  const colour = markColour(slot)
  const shape = shapeOf(slot)
  if (!hollow) return { shape, size: 120, fill: colour, stroke: colour, thick: 0.5 }
  const [size, thick] = hasArms(slot) ? [150, 1.8] : [88, 2.5]
  return { shape, size, fill: 'var(--surface)', stroke: colour, thick }
}
