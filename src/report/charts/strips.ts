import { extremes } from '../../model/extremes.ts'
import type { Drawing } from '../figure.ts'
import { markColour } from '../palette.ts'
import { lookOf } from './dumbbell.ts'
import type { Party } from './evidence.ts'
import { position, type Scale, TICK_SIZE, type Tick } from './scale.ts'
import { AXIS_HEIGHT, drawing, type Head, type Label, type Line, type Mark } from './sketch.ts'
import { shorten, shortenAll, widest, widthOf } from './text.ts'

/*
 * Strips: a panel a test, in it a strip a backend with its rates from left to right in the order of the runs. All
 * strips of a panel share one scale from zero, so that their heights can be compared; the first and the last rate
 * stand beside their marks.
 */

export interface StripRun {
  /** 1-based */
  readonly run: number
  readonly value: number
  /** `95.8`, `at least 16,300` */
  readonly text: string
  readonly bound: boolean
  readonly hollow: boolean
  /** a check found that it lies apart */
  readonly apart: boolean
}

export interface Strip {
  readonly party: Party
  readonly runs: readonly StripRun[]
  /** what the checks say of the series, or nothing */
  readonly words: string
}

const WIDTH = 300
const NAME = 14
const VALUE = 13
const GAP = 10
/** of the part of a strip that holds marks */
const PLOT = 42
const LINE = 19
/** area of a mark, and of one that lies apart */
const SIZE = 42
const APART = 100

interface Parts {
  readonly lines: Line[]
  readonly marks: Mark[]
  readonly heads: Head[]
  readonly labels: Label[]
}

/** A panel, 300 px wide: beside others on a desk, alone on a telephone. */
export function stripPanel(strips: readonly Strip[]): Drawing {
  const ends = strips.flatMap(({ runs }) => [runs[0], runs.at(-1)].flatMap((run) => run?.text ?? []))
  const gutter = Math.ceil(widest(ends, VALUE)) + GAP
  const runs = strips.flatMap((strip) => strip.runs)
  const [, last] = extremes(runs.map(({ run }) => run))
  const scale = { type: 'linear', domain: [1, last], range: [gutter, WIDTH - gutter] } as const
  const [, highest] = extremes(runs.map(({ value }) => value))
  const parts: Parts = { lines: [], marks: [], heads: [], labels: [] }
  let top = 0
  const names = shortenAll(
    strips.map(({ party }) => party.name),
    NAME,
    WIDTH,
  )
  for (const [i, strip] of strips.entries()) {
    top += wordsOf(names[i] ?? '', strip.words, top, parts)
    // room above for the arrow of a bound, and for half a mark
    const room = strip.runs.some((run) => run.bound) ? 16 : 8
    const zero = top + room + PLOT
    drawStrip(strip, { scale, y: (value) => zero - (value / (highest || 1)) * PLOT }, zero, parts)
    top = zero + 10
  }
  const axis = { scale, ticks: runTicks(last, scale), bands: [], y: top }
  return drawing({ width: WIDTH, height: top + AXIS_HEIGHT, axis, spans: [], bars: [], ...parts })
}

/** The first run, the last one, and the one in the middle where there is room and a whole number for it. */
function runTicks(last: number, scale: Scale): readonly Tick[] {
  const tick = (value: number) => ({ value, label: value === 1 ? 'run 1' : String(value) })
  const middle = (last + 1) / 2
  const room = (scale.range[1] - scale.range[0]) / 2 > widthOf('run 1', TICK_SIZE) + 12
  return [1, ...(room && Number.isInteger(middle) ? [middle] : []), last].map(tick)
}

/** The name, and what was found; gives back the height both took. */
function wordsOf(name: string, words: string, top: number, { labels }: Parts): number {
  const y = top + LINE / 2
  const label = { align: 'left', size: NAME, weight: 600, colour: 'var(--ink)' } as const
  labels.push({ ...label, x: 0, y, text: name })
  if (words === '') return LINE
  const found = { size: VALUE, weight: 400, colour: 'var(--ink-2)' } as const
  const beside = widthOf(name, NAME) + GAP + widthOf(words, VALUE) <= WIDTH
  if (beside) {
    labels.push({ ...found, x: WIDTH, y, align: 'right', text: words })
    return LINE
  }
  labels.push({ ...found, x: 0, y: y + LINE, align: 'left', text: shorten(words, VALUE, WIDTH) })
  return 2 * LINE
}

interface Place {
  readonly scale: Scale
  readonly y: (value: number) => number
}

function drawStrip({ party, runs }: Strip, { scale, y }: Place, zero: number, parts: Parts): void {
  const colour = markColour(party.slot)
  parts.lines.push({ x: scale.range[0] - 4, x2: scale.range[1] + 4, y: zero, y2: zero, ...BASE })
  const points = runs.map((run) => ({ ...run, x: position(scale, run.run), y: y(run.value) }))
  points.forEach((point, i) => {
    const before = points[i - 1]
    // a run that is missing breaks the line
    if (before && before.run === point.run - 1) {
      parts.lines.push({ x: before.x, x2: point.x, y: before.y, y2: point.y, ...LINK })
    }
    const look = lookOf(party.slot, point.hollow)
    const size = (look.size * (point.apart ? APART : SIZE)) / 120
    const what = `${party.name}, run ${point.run}: ${point.text}`
    parts.marks.push({ what, value: point.run, y: point.y, ...look, size, thick: Math.min(look.thick, 1.8) })
    if (!point.bound) return
    parts.lines.push({ x: point.x, x2: point.x, y: point.y, y2: point.y - 10, colour, thick: 2 })
    parts.heads.push({ x: point.x, y: point.y - 11, shape: 'triangle-up', colour })
  })
  const [first, last] = [points[0], points.at(-1)]
  const label = { size: VALUE, weight: 400, colour: 'var(--ink)' } as const
  if (first) {
    parts.labels.push({ ...label, x: first.x - GAP, y: first.y, text: first.text, align: 'right' })
  }
  if (last) parts.labels.push({ ...label, x: last.x + GAP, y: last.y, text: last.text, align: 'left' })
}

const BASE = { colour: 'var(--rule)', thick: 1 } as const
const LINK = { colour: 'var(--link)', thick: 1.5 } as const
