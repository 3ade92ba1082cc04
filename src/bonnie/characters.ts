/**
 * Characters that came with the way into the file: what terminals were told, marks nobody sees, and those that stand
 * for a plain one. Nothing of bonnie++'s own is lost: all it prints is ASCII, but for the name of a machine.
 */
import { joinLines, type Line, replaceIn, sliceLine } from './line.ts'

/** The usual case, for which there is nothing to do. */
const PLAIN = /^[\t\x20-\x7e]*$/

/** ECMA-48: control sequences, strings for the terminal (titles), sets of characters. */
const TERMINAL =
  /\x1b\[[0-?]{0,40}[ -/]{0,4}[@-~]|\x1b[\]PX^_][^\x07\x1b]{0,300}(?:\x07|\x1b\\)|\x1b(?:[()*+][0-9AB]|[=>])/g

/** Where the escape itself was lost, as in a page's copy of a terminal, or is written out. */
const BARE_COLOUR = /(?:\\(?:u001b|x1b|e|033))?\[(?:\d{1,3}(?:;\d{1,3}){0,4})?m(?!\])/gi

/** Soft hyphens, zero-width blanks and joiners, marks of direction, byte-order marks, and controls other than tabs. */
const UNSEEN =
  /[\x00-\x08\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

/** Blanks of other widths. */
const BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

/** Dashes of the width of a hyphen. Wider ones may stand for two, so they stay what they are (words.ts). */
const HYPHEN = /[\u2010\u2011\u2012\u2212\ufe63]/g

/** ASCII in the width of ideographs. */
const WIDE = /[\uff01-\uff5e]/g

/** Blanks, dashes and dots in UTF-8 that somebody took for Windows-1252. */
const MISTAKEN: Readonly<Record<string, string>> = {
  '\u00c2\u00a0': ' ',
  '\u00e2\u20ac\u201c': '\u2013',
  '\u00e2\u20ac\u201d': '\u2014',
  '\u00e2\u20ac\u2018': '-',
  '\u00e2\u20ac\u00a6': '\u2026',
}

/** Whatever ends a line in some system, where the file's own ends are others. */
const END = /\r+|[\f\v\u0085\u2028\u2029]/g

/** A line at every end that stands in it: what a carriage return writes anew counts as a line of its own. */
export function splitAtEnds(line: Line): Line[] {
  if (!/[\r\f\v\u0085\u2028\u2029]/.test(line.text)) return [line]
  const parts: Line[] = []
  let from = 0
  for (const { index, 0: end } of line.text.matchAll(END)) {
    parts.push(sliceLine(line, from, index))
    from = index + end.length
  }
  return [...parts, sliceLine(line, from)]
}

/** A line in the characters that bonnie++ prints. */
export function withPlainCharacters(line: Line): Line {
  if (PLAIN.test(line.text)) return withoutBareColours(line)
  const shown = overstruck(withoutBareColours(replaceIn(line, TERMINAL, () => '')))
  const seen = replaceIn(shown, UNSEEN, () => '')
  const mended = replaceIn(seen, /\u00c2\u00a0|\u00e2\u20ac./g, (found) => MISTAKEN[found] ?? found)
  // the rest is one for one, so nothing moves
  const text = mended.text
    .replace(BLANK, ' ')
    .replace(HYPHEN, '-')
    .replace(WIDE, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  return text === mended.text ? mended : { ...mended, text }
}

function withoutBareColours(line: Line): Line {
  return line.text.includes('m') && line.text.includes('[') ? replaceIn(line, BARE_COLOUR, () => '') : line
}

/** Backspaces take back what stands before them: corrections, and bold as typewriters did it. */
function overstruck(line: Line): Line {
  if (!line.text.includes('\b')) return line
  // offsets of what is kept, as spans of what stood together
  const spans: [from: number, to: number][] = []
  for (let i = 0; i < line.text.length; i += 1) {
    const last = spans.at(-1)
    if (line.text.charAt(i) !== '\b') {
      if (last && last[1] === i) last[1] = i + 1
      else spans.push([i, i + 1])
    } else if (last) {
      last[1] -= 1
      if (last[0] === last[1]) spans.pop()
    }
  }
  return joinLines(
    spans.map(([from, to]) => sliceLine(line, from, to)),
    '',
  )
}
