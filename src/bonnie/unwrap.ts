/**
 * What carried an output is taken off it, in three general steps: what the way into the file did to single lines
 * (transport.ts), what was put before lines (margin.ts), and lines that were broken (joint.ts).
 */
import { type Joints, joinBroken, NO_JOINTS } from './joint.ts'
import type { Line } from './line.ts'
import { type Margins, NO_MARGINS, withoutMargins } from './margin.ts'
import { unpack } from './transport.ts'

/** What the lines above tell about the lines to come. */
export interface Carried {
  readonly margins: Margins
  readonly joints: Joints
}

export const NOTHING_CARRIED: Carried = { margins: NO_MARGINS, joints: NO_JOINTS }

/** Lines as they were printed, and what they tell about the lines behind any of them. */
export interface Unwrapped {
  readonly lines: readonly Line[]
  /** what the lines of the file before this one (1-based) tell */
  carriedTo(line: number): Carried
}

/**
 * The lines of an output as its program printed them, as far as they can be told, from a stretch of the lines of a
 * file. `from`: the number (1-based) of the first.
 */
export function unwrap(saved: readonly string[], from: number, carried: Carried): Unwrapped {
  const { lines: bare, marginsBefore } = withoutMargins(unpack(saved, from), carried.margins)
  const { lines, jointsBefore } = joinBroken(
    bare.filter(({ text }) => isPrinted(text)),
    carried.joints,
  )
  return {
    lines,
    carriedTo: (line) => ({ margins: marginsBefore(line), joints: jointsBefore(line) }),
  }
}

/** Lines of blanks or bars alone part rows in wikis, Markdown and by hand; bonnie++ prints none that matters. */
function isPrinted(text: string): boolean {
  return text.length > LONGEST || /[^\s|=*_~`^'"\u2010-\u2015-]/.test(text)
}

/** Longer lines are not looked through. */
const LONGEST = 1000
