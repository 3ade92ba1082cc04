import type { Drawing } from '../figure.ts'
import { textColour } from '../palette.ts'
import { type DotAxis, type DotRow, drawRow, extentsOf, type Parts, PLAIN_AXIS } from './dot-marks.ts'
import type { Party } from './evidence.ts'
import { position } from './scale.ts'
import { AXIS_HEIGHT, drawing } from './sketch.ts'
import { shorten, shortenAll, widest, widthOf } from './text.ts'

/*
 * Dot rows: a group a test, in it a row a backend with its mark, its interval or its arrow, and its number in words.
 * For any number of backends; on a telephone names and numbers stand above the marks unless they are short.
 */

export interface DotGroup {
  readonly heading: string
  /** stands beside the heading, in place of rows or before them */
  readonly message?: string
  readonly rows: readonly DotRow[]
}

const HEADING = 14
const NAME = 14
const VALUE = 13
const INDENT = 14
const GAP = 18
/** what a number in words leaves to the name beside it */
const LEAST_NAME = 90
/** height of a heading with its group's gap, and of a row */
const HEAD_HEIGHT = 34
const ROW_HEIGHT = 23

interface Layout {
  readonly width: number
  readonly plot: readonly [number, number]
  readonly names: readonly string[]
  readonly rowHeight: number
  /** from the top of a row down to its marks and to its words */
  readonly marksAt: number
  readonly wordsAt: number
  readonly indent: number
}

/** The chart for a column of text, 760 px wide. */
export function wideDots(given: readonly DotGroup[], axis: DotAxis = PLAIN_AXIS): Drawing {
  const groups = flattened(given)
  const width = 760
  const headings = widest(
    groups.map((group) => group.heading),
    HEADING,
  )
  const room = Math.max(170, headings - INDENT)
  const names = shortenAll(partyNames(groups), NAME, room)
  const indent = groups.every((group) => group.heading === '') ? 0 : INDENT
  const left = Math.max(headings, widest(names, NAME) + indent)
  return lay(groups, axis, {
    width,
    plot: [Math.ceil(left) + GAP, width - Math.ceil(widest(texts(groups), VALUE)) - GAP],
    names,
    rowHeight: ROW_HEIGHT,
    marksAt: ROW_HEIGHT / 2,
    wordsAt: ROW_HEIGHT / 2,
    indent,
  })
}

/** The same for a telephone, 328 px wide. */
export function narrowDots(given: readonly DotGroup[], axis: DotAxis = PLAIN_AXIS): Drawing {
  const groups = flattened(given)
  const width = 328
  const numbers = Math.ceil(widest(texts(groups), VALUE))
  const besides = Math.ceil(widest(partyNames(groups), NAME)) + GAP
  const inline = width - besides - numbers - GAP >= 140
  const names = inline ? partyNames(groups) : shortenAll(partyNames(groups), NAME, width - numbers - GAP)
  const above = { plot: [1, width - 1], rowHeight: 42, marksAt: 28, wordsAt: 9 } as const
  const beside = {
    plot: [besides, width - numbers - GAP],
    rowHeight: ROW_HEIGHT,
    marksAt: ROW_HEIGHT / 2,
    wordsAt: ROW_HEIGHT / 2,
  } as const
  return lay(groups, axis, { width, names, indent: 0, ...(inline ? beside : above) })
}

/** Of one backend alone nobody needs the name in every row: the tests themselves become the rows. */
function flattened(groups: readonly DotGroup[]): readonly DotGroup[] {
  if (parties(groups).length !== 1) return groups
  const rows = groups.flatMap(({ heading, rows }) =>
    rows.map((row) => ({ ...row, party: { ...row.party, id: heading, name: heading } })),
  )
  return [{ heading: '', rows }, ...groups.filter((group) => group.rows.length === 0)]
}

function partyNames(groups: readonly DotGroup[]): readonly string[] {
  return parties(groups).map((party) => party.name)
}

function parties(groups: readonly DotGroup[]): readonly Party[] {
  const all = groups.flatMap((group) => group.rows.map((row) => row.party))
  return [...new Map(all.map((party) => [party.id, party])).values()]
}

function texts(groups: readonly DotGroup[]): readonly string[] {
  return groups.flatMap((group) => group.rows.map((row) => row.text))
}

function lay(given: readonly DotGroup[], axis: DotAxis, layout: Layout): Drawing {
  // groups of words alone stand below the axis, so that it hangs where the marks are
  const groups = [...given.filter(hasMarks), ...given.filter((group) => !hasMarks(group))]
  const extents = groups.flatMap((group) => group.rows.flatMap(extentsOf))
  const scale = extents.length > 0 ? axis.scale(extents, layout.plot) : null
  const parts: Parts = { lines: [], spans: [], marks: [], heads: [], labels: [] }
  const bands: [number, number][] = []
  const names = new Map(parties(groups).map((party, i) => [party.id, layout.names[i] ?? party.name]))
  let top = 0
  let axisY = 0
  groups.forEach((group, i) => {
    if (scale && !hasMarks(group) && axisY === top) top += AXIS_HEIGHT
    top += headingOf(group, top, i === 0, layout, parts)
    for (const row of group.rows) {
      wordsOf(row, names.get(row.party.id) ?? '', top, layout, parts)
      const y = top + layout.marksAt
      const inline = layout.marksAt === layout.wordsAt
      if (hasMarks(group) && (inline || row.value !== null))
        bands.push([y - ROW_HEIGHT / 2, y + ROW_HEIGHT / 2])
      if (scale && row.value !== null) drawRow({ ...row, value: row.value }, { scale, axis, y }, parts)
      top += layout.rowHeight
    }
    if (hasMarks(group)) axisY = top
  })
  if (scale && axis.reference !== undefined) referenceLine(position(scale, axis.reference), bands, parts)
  const ticks = scale ? axis.ticks(scale) : []
  const height = scale ? Math.max(top, axisY + AXIS_HEIGHT) : top
  return drawing({
    width: layout.width,
    height,
    axis: scale && { scale, ticks, bands, y: axisY },
    bars: [],
    ...parts,
  })
}

function hasMarks(group: DotGroup): boolean {
  return group.rows.some((row) => row.value !== null)
}

/** A heading and its message; gives back the height both took. */
function headingOf(
  group: DotGroup,
  top: number,
  first: boolean,
  layout: Layout,
  { labels, lines }: Parts,
): number {
  if (group.heading === '') return 0
  const gap = first ? 0 : HEAD_HEIGHT - ROW_HEIGHT
  const y = top + gap + ROW_HEIGHT / 2
  if (!first) {
    const line = { x: 0, x2: layout.width, y: top + gap / 2, y2: top + gap / 2 }
    lines.push({ ...line, colour: 'var(--grid)', thick: 1 })
  }
  labels.push({
    x: 0,
    y,
    text: group.heading,
    align: 'left',
    size: HEADING,
    weight: 600,
    colour: 'var(--ink)',
  })
  if (group.message === undefined) return gap + ROW_HEIGHT
  const beside = Math.max(layout.plot[0], widthOf(group.heading, HEADING) + GAP)
  const fits = beside + widthOf(group.message, VALUE) <= layout.width
  const [x, below] = fits ? [beside, 0] : [0, 19]
  labels.push({ ...WORDS, x, y: y + below, text: group.message })
  return gap + ROW_HEIGHT + below
}

const WORDS = { align: 'left', size: VALUE, weight: 400, colour: 'var(--ink-2)' } as const

function wordsOf(row: DotRow, name: string, top: number, layout: Layout, { labels }: Parts): void {
  const y = top + layout.wordsAt
  labels.push({ ...WORDS, x: layout.indent, y, text: name, size: NAME, colour: 'var(--ink)' })
  labels.push({
    x: layout.width,
    y,
    text: shorten(row.text, VALUE, layout.width - LEAST_NAME),
    align: 'right',
    size: VALUE,
    weight: row.value === null ? 400 : 600,
    colour: row.settled ? textColour(row.party.slot) : 'var(--ink-2)',
  })
}

function referenceLine(x: number, bands: readonly (readonly [number, number])[], { lines }: Parts): void {
  for (const [y, y2] of bands) lines.unshift({ x, x2: x, y, y2, colour: 'var(--link-2)', thick: 1.5 })
}
