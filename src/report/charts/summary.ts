import type { Report } from '../../model/report.ts'
import type { Drawing, Figure } from '../figure.ts'
import { TOLD } from '../words.ts'
import { dataOf, description, groupOf } from './against-baseline.ts'
import { type DotRow, extentsOf, type Parts, RATIO_AXIS } from './dot-marks.ts'
import type { DotGroup } from './dots.ts'
import { lookOf } from './dumbbell.ts'
import { baselineOf, partiesOf, testsWithRates } from './evidence.ts'
import { BOUND, keyOfDots } from './key.ts'
import { position, type Scale } from './scale.ts'
import { AXIS_HEIGHT, drawing } from './sketch.ts'
import { widest } from './text.ts'

/*
 * An article at a glance, for the list of articles: the ratios of the tests that are read aloud, one mark a backend,
 * without numbers. They stand in the article; here is the direction, the size, and the doubt.
 */

/** The ratios of each backend to the baseline; null where nothing can be drawn. */
export function summary(report: Report): Figure | null {
  const parties = partiesOf(report)
  const baseline = baselineOf(report, parties)
  if (!baseline || parties.length < 2) return null
  const others = parties.filter((party) => party !== baseline)
  const groups = testsWithRates(report, TOLD).map((id) => groupOf(report, id, others, baseline))
  const rows = groups.flatMap((group) => group.rows)
  if (rows.every((row) => row.value === null)) return null
  const title = `Rates against ${baseline.name}`
  return {
    id: 'summary',
    title,
    subtitle: `Each rate ÷ that of ${baseline.name}, on a log scale. Right of 1× is faster.`,
    key: keyOfDots(rows, { interval: { symbol: 'interval', label: '95 % interval' }, arrow: BOUND }),
    charts: [
      {
        id: 'summary',
        title,
        description: description(groups, baseline),
        wide: lay(groups),
        data: dataOf(report, testsWithRates(report, TOLD), others, baseline),
      },
    ],
    table: {
      caption: title,
      head: ['Test', 'Backend', `Ratio to ${baseline.name}`],
      rows: groups.flatMap(({ heading, message, rows }) =>
        rows.length === 0
          ? [[heading, 'all', message ?? '']]
          : rows.map(({ party, text }) => [heading, party.name, text]),
      ),
    },
  }
}

const WIDTH = 328
const LABEL = 13
const GAP = 14
/** between the marks of one test, and between tests */
const PITCH = 13
const BETWEEN = 10
const REACH = 20
/** thickness of intervals */
const THICK = 3

function lay(given: readonly DotGroup[]): Drawing {
  // tests of words alone stand below the axis, so that it hangs where the marks are
  const groups = [...given.filter(hasMarks), ...given.filter((group) => !hasMarks(group))]
  const left = Math.ceil(widest(headings(groups), LABEL)) + GAP
  const plot = [left, WIDTH - 1] as const
  const extents = groups.flatMap((group) => group.rows.flatMap(extentsOf))
  const scale = RATIO_AXIS.scale(extents, plot)
  const parts: Parts = { lines: [], spans: [], marks: [], heads: [], labels: [] }
  let top = 0
  let axisY = 0
  for (const group of groups) {
    if (!hasMarks(group) && top === axisY) top += AXIS_HEIGHT
    const rows = group.rows.filter(isDrawn)
    const height = PITCH * Math.max(1, rows.length) + BETWEEN
    words(group, top + height / 2, left, parts)
    rows.forEach((row, i) => {
      one(row, scale, top + BETWEEN / 2 + PITCH * (i + 0.5), parts)
    })
    top += height
    if (hasMarks(group)) axisY = top
  }
  const x = position(scale, 1)
  parts.lines.unshift({ x, x2: x, y: 0, y2: axisY, colour: 'var(--link-2)', thick: 1.5 })
  const ticks = RATIO_AXIS.ticks(scale)
  const axis = { scale, ticks, bands: [[0, axisY]] as const, y: axisY }
  return drawing({ width: WIDTH, height: Math.max(top, axisY + AXIS_HEIGHT), axis, bars: [], ...parts })
}

function headings(groups: readonly DotGroup[]): readonly string[] {
  return groups.map((group) => group.heading)
}

function hasMarks(group: DotGroup): boolean {
  return group.rows.some(isDrawn)
}

function isDrawn(row: DotRow): row is DotRow & { readonly value: number } {
  return row.value !== null
}

function words(group: DotGroup, y: number, left: number, { labels }: Parts): void {
  const style = { y, align: 'left', size: LABEL, weight: 400, colour: 'var(--ink-2)' } as const
  labels.push({ ...style, x: 0, text: group.heading, colour: 'var(--ink)' })
  if (!hasMarks(group)) labels.push({ ...style, x: left, text: 'not comparable' })
}

function one(row: DotRow & { readonly value: number }, scale: Scale, y: number, parts: Parts): void {
  const { slot, name } = row.party
  const look = lookOf(slot, row.hollow)
  const x = position(scale, row.value)
  if (row.interval)
    parts.spans.push({
      what: name,
      low: row.interval[0],
      high: row.interval[1],
      y,
      colour: look.stroke,
      thick: THICK,
    })
  if (row.arrow) {
    const towards = row.arrow === 'right' ? 1 : -1
    parts.lines.push({ x, x2: x + towards * (REACH - 7), y, y2: y, colour: look.stroke, thick: 2.5 })
    parts.heads.push({ x: x + towards * (REACH - 6), y, shape: `triangle-${row.arrow}`, colour: look.stroke })
  }
  parts.marks.push({ what: name, value: row.value, y, ...look, size: look.size * 0.62 })
}
