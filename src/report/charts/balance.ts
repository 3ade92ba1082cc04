import type { Drawing } from '../figure.ts'
import { markColour, shapeOf, textColour } from '../palette.ts'
import type { Party } from './evidence.ts'
import { position, type Scale, shareScale, shareTicks } from './scale.ts'
import { AXIS_HEIGHT, drawing, type Head, type Label, type Line, type Mark } from './sketch.ts'
import { shortenAll, widest, widthOf } from './text.ts'

/*
 * The balance of two: a row a workload, on it the stretch of weights where each of two leads, the break-even between
 * them, and the workload's own weights. The two ends carry the shapes of the backends, so that no colour is needed.
 */

export interface Balance {
  readonly label: string
  /** share of the weight from which on the backend at the right leads, and where the workload lies; 0 to 1 */
  readonly needed: number
  readonly here: number
  /** `from 27 %, here 53 %` */
  readonly text: string
  readonly hollow: boolean
}

const LABEL = 14
const VALUE = 13
const GAP = 22
/** from an end of the stretch to the shape behind it */
const END = 14
const HEADING = 26

interface Layout {
  readonly width: number
  readonly plot: readonly [number, number]
  readonly pitch: number
  readonly at: { readonly marks: number; readonly label: number; readonly text: number }
  readonly textX: number
}

/** The chart for a column of text, 760 px wide. */
export function wideBalance(rows: readonly Balance[], right: Party, left: Party): Drawing {
  const width = 760
  const widestOf = (pick: (row: Balance) => string) => Math.ceil(widest(rows.map(pick), LABEL))
  const plot = [
    widestOf((row) => row.label) + GAP + END,
    width - widestOf((row) => row.text) - GAP - END,
  ] as const
  return lay(rows, right, left, {
    width,
    plot,
    pitch: 36,
    at: { marks: 18, label: 18, text: 18 },
    textX: width,
  })
}

/** The same for a telephone, 328 px wide. */
export function narrowBalance(rows: readonly Balance[], right: Party, left: Party): Drawing {
  const width = 328
  const oneLine = rows.every((row) => widthOf(row.label, LABEL) + GAP + widthOf(row.text, VALUE) <= width)
  const second = oneLine ? 0 : 19
  return lay(rows, right, left, {
    width,
    plot: [END + 8, width - END - 8],
    pitch: 56 + second,
    at: { marks: 38 + second, label: 12, text: 12 + second },
    textX: oneLine ? width : 0,
  })
}

interface Parts {
  readonly lines: Line[]
  readonly marks: Mark[]
  readonly heads: Head[]
  readonly labels: Label[]
}

function lay(rows: readonly Balance[], right: Party, left: Party, layout: Layout): Drawing {
  const scale = shareScale([], layout.plot)
  const parts: Parts = { lines: [], marks: [], heads: [], labels: [] }
  headings(right, left, scale, parts)
  rows.forEach((row, i) => {
    drawRow(row, { right, left, scale, layout, top: HEADING + i * layout.pitch }, parts)
  })
  const bottom = HEADING + rows.length * layout.pitch
  const axis = { scale, ticks: shareTicks(scale), bands: [[HEADING, bottom]] as const, y: bottom }
  return drawing({
    width: layout.width,
    height: bottom + AXIS_HEIGHT,
    axis,
    spans: [],
    bars: [],
    ...parts,
  })
}

/** Who leads at which end. */
function headings(right: Party, left: Party, { range }: Scale, { labels }: Parts): void {
  const [from, to] = [range[0] - END, range[1] + END]
  const room = (to - from - GAP) / 2 - widthOf(' leads', VALUE)
  const [atLeft = '', atRight = ''] = shortenAll([left.name, right.name], VALUE, room)
  const label = (party: Party, name: string, x: number, align: 'left' | 'right') => ({
    x,
    y: 9,
    text: `${name} leads`,
    align,
    size: VALUE,
    weight: 600 as const,
    colour: textColour(party.slot),
  })
  labels.push(label(left, atLeft, from, 'left'), label(right, atRight, to, 'right'))
}

interface Place {
  readonly right: Party
  readonly left: Party
  readonly scale: Scale
  readonly layout: Layout
  readonly top: number
}

function drawRow(row: Balance, { right, left, scale, layout, top }: Place, parts: Parts): void {
  const { lines, marks, heads, labels } = parts
  const [y, even, [from, to]] = [top + layout.at.marks, position(scale, row.needed), scale.range]
  if (row.needed > 0) {
    lines.push({ x: from, x2: even, y, y2: y, colour: markColour(left.slot), thick: 5 })
    heads.push(endMark(left, from - END, y))
  }
  if (row.needed < 1) {
    lines.push({ x: even, x2: to, y, y2: y, colour: markColour(right.slot), thick: 5 })
    heads.push(endMark(right, to + END, y))
  }
  if (row.needed > 0 && row.needed < 1) {
    lines.push({ x: even, x2: even, y: y - 10, y2: y + 10, colour: 'var(--ink)', thick: 2 })
  }
  const fill = row.hollow ? 'var(--surface)' : 'var(--ink)'
  const here = { shape: 'circle', size: 110, fill, stroke: 'var(--ink)', thick: 2 }
  marks.push({ what: `${row.label}: ${row.text}`, value: row.here, y, ...here })
  const ink = { size: LABEL, weight: 400, colour: 'var(--ink)' } as const
  labels.push({ ...ink, x: 0, y: top + layout.at.label, text: row.label, align: 'left' })
  labels.push({
    x: layout.textX,
    y: top + layout.at.text,
    text: row.text,
    align: layout.textX === 0 ? 'left' : 'right',
    size: VALUE,
    weight: row.hollow ? 400 : 600,
    colour: row.hollow ? 'var(--ink-2)' : 'var(--ink)',
  })
}

/** The shape of the backend that leads at an end, behind the end. */
function endMark({ slot }: Party, x: number, y: number): Head {
  return { x, y, shape: shapeOf(slot), size: 90, colour: markColour(slot) }
}
