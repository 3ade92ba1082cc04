/**
 * What carried an output is taken off it, in three general steps: what the way into the file did to single lines
 * (transport.ts), what was put before lines (margin.ts), and lines that were broken (joint.ts).
 */
import { joinBroken } from './joint.ts'
import type { Line } from './line.ts'
import { withoutMargins } from './margin.ts'
import { unpack } from './transport.ts'

/** The lines of an output as its program printed them, as far as they can be told, from the lines of a file. */
export function unwrap(saved: readonly string[]): Line[] {
  return joinBroken(withoutMargins(unpack(saved)).filter(({ text }) => isPrinted(text)))
}

/** Lines of blanks or bars alone part rows in wikis, Markdown and by hand; bonnie++ prints none that matters. */
function isPrinted(text: string): boolean {
  return text.length > LONGEST || /[^\s|=*_~`^'"\u2010-\u2015-]/.test(text)
}

/** Longer lines are not looked through. */
const LONGEST = 1000
