/**
 * What carried an output is taken off it, in three general steps: what the way into the file did to single lines
 * (transport.ts), what was put before lines (margin.ts), and lines that were broken (joint.ts).
 */
import { type Joints, joinBroken, NO_JOINTS } from './joint.ts'
import type { Line } from './line.ts'
import { type Margins, NO_MARGINS, withoutMargins } from './margin.ts'
import { NO_TRANSPORT, type Transport, unpack } from './transport.ts'

/** What the lines above tell about the lines to come. */
export interface Carried {
  readonly transport: Transport
  readonly margins: Margins
  readonly joints: Joints
}

export const NOTHING_CARRIED: Carried = {
  transport: NO_TRANSPORT,
  margins: NO_MARGINS,
  joints: NO_JOINTS,
}

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
  const { lines: unpacked, transportBefore } = unpack(saved, from, carried.transport)
  const { lines: bare, marginsBefore } = withoutMargins(printed(unpacked), carried.margins)
  const { lines, jointsBefore } = joinBroken(printed(bare), carried.joints)
  return {
    lines,
    carriedTo: (line) => ({
      transport: transportBefore(line),
      margins: marginsBefore(line),
      joints: jointsBefore(line),
    }),
  }
}

/** Whether what the lines above tell leaves every line as it is that could be printed so (a plain row). */
export function changesNothing({ transport, margins }: Carried): boolean {
  return !transport.inTable && margins.shape === null
}

function printed(lines: readonly Line[]): Line[] {
  return lines.filter(({ text }) => isPrinted(text))
}

/** Lines of marks alone part rows in wikis, Markdown, JSON and by hand; those that bonnie++ prints say nothing. */
function isPrinted(text: string): boolean {
  return /[\w+]/.test(text) || text.length > LONGEST || !(RULE.test(text) || MARKS.test(text))
}

/** Longer lines are not looked through. */
const LONGEST = 1000

const RULE = /^[\s|=*_~`^'"\u2010-\u2015-]*$/
const MARKS = /^[\s|'"`,;:(){}[\]<>\\]*$/
