/**
 * What the way into the file did to single lines, undone: other ends of lines and characters that came along
 * (characters.ts), quoted-printable mail (RFC 2045, 6.7), tags and entities (markup.ts), the escapes of strings
 * (escapes.ts), and the marks that tables, strings and shells put at the end.
 */
import { splitAtEnds, withPlainCharacters } from './characters.ts'
import { unescaped } from './escapes.ts'
import { joinLines, type Line, replaceIn, savedLine, sliceLine } from './line.ts'
import { type Markup, untagged } from './markup.ts'

/** What lines tell about how those below them were carried. */
export interface Transport {
  /** whether a table of bon_csv2html is open */
  readonly inTable: boolean
  /** whether lines were softly broken, as in quoted-printable mail */
  readonly quoted: boolean
}

export const NO_TRANSPORT: Transport = { inTable: false, quoted: false }

/**
 * Lines of a file, without the marks of what carried them, and what those before a line of the file (1-based) tell. A
 * line may be parted, or joined with the next. `from`: the number of the first.
 */
export function unpack(
  saved: readonly string[],
  from: number,
  above: Transport,
): { lines: Line[]; transportBefore(line: number): Transport } {
  const { lines, quotedFrom } = withoutSoftBreaks(
    saved.map((text, i) => savedLine(text, from + i)),
    above.quoted,
  )
  const unpacked: Line[] = []
  const markup: Markup = { inTable: above.inTable }
  const tables = [{ line: 0, inTable: above.inTable }]
  for (const [i, line] of lines.entries()) {
    if (line.text.length > LONGEST || (!markup.inTable && ORDINARY.test(line.text))) unpacked.push(line)
    else {
      const ahead = (distance: number) => lines[i + distance]?.text ?? ''
      // one by one: a line may hold more of them than a call takes arguments
      for (const part of splitAtEnds(line))
        for (const each of withoutCarrier(part, markup, ahead)) unpacked.push(each)
    }
    if (markup.inTable !== tables.at(-1)?.inTable)
      tables.push({ line: line.pieces[0]?.line ?? 0, inTable: markup.inTable })
  }
  return {
    lines: unpacked,
    transportBefore: (at) => ({
      inTable: tables.findLast(({ line }) => line < at)?.inTable ?? false,
      quoted: quotedFrom < at,
    }),
  }
}

/** Longer lines are no output, nor a page or a document that holds one. */
const LONGEST = 2 ** 20

/** Lines of nothing but this were not changed on the way, or not so that it could be told here. */
const ORDINARY = /^[\w\t .,:;()+/@-]*$/

/**
 * Lines of quoted-printable mail without their breaks, and the number of the first line behind one. A reply in it to
 * a mail in it was encoded twice. `quoted`: whether lines above were broken so.
 */
function withoutSoftBreaks(
  lines: readonly Line[],
  quoted: boolean,
): { lines: readonly Line[]; quotedFrom: number } {
  let whole: readonly Line[] = lines
  let quotedFrom = quoted ? 0 : Number.POSITIVE_INFINITY
  for (let depth = 0; depth < 2 && whole.some(({ text }) => isSoftlyBroken(text)); depth += 1) {
    const joined = joinedSoftly(whole, quotedFrom)
    whole = joined.lines
    quotedFrom = joined.quotedFrom
  }
  const plain = whole === lines && lines.some(({ text }) => text.includes('='))
  return { lines: plain ? lines.map((line) => decodeQuoted(line, quoted)) : whole, quotedFrom }
}

function joinedSoftly(lines: readonly Line[], from: number): { lines: Line[]; quotedFrom: number } {
  const whole: Line[] = []
  let quotedFrom = from
  let held: Line[] = []
  for (const [i, line] of lines.entries()) {
    if (isSoftlyBroken(line.text) && i + 1 < lines.length && held.length < MOST_BROKEN) {
      held.push(sliceLine(line, 0, line.text.trimEnd().length - 1))
      continue
    }
    const [{ line: number } = { line: 0 }] = line.pieces
    if (held.length > 0) quotedFrom = Math.min(quotedFrom, number)
    whole.push(decodeQuoted(held.length > 0 ? joinSoftly([...held, line]) : line, number >= quotedFrom))
    held = []
  }
  return { lines: whole, quotedFrom }
}

function withoutCarrier(line: Line, markup: Markup, ahead: (distance: number) => string): Line[] {
  return unescaped(withPlainCharacters(line))
    .flatMap((part) => untagged(part, markup, ahead))
    .map((part) => withoutBars(withoutEnd(withPlainCharacters(part))))
}

/** Into how many lines one may have been broken. */
const MOST_BROKEN = 30

/** Encoders break at 76 columns; a line of nothing but = underlines a title. */
function isSoftlyBroken(text: string): boolean {
  return text.includes('=') && text.length <= 120 && /.{20}[^=]=[ \t]*$/.test(text)
}

/** The parts of a softly broken line; where whoever quoted it put marks before each, they go from all but the first. */
function joinSoftly(parts: readonly Line[]): Line {
  const marks = parts.map(({ text }) => QUOTED.exec(text)?.[0].length ?? 0)
  const shared = marks.every((length) => length > 0)
  return joinLines(
    shared ? parts.map((part, i) => sliceLine(part, i === 0 ? 0 : (marks[i] ?? 0))) : parts,
    '',
  )
}

const QUOTED = /^(?:[A-Za-z]{0,3}>[ \t]?)+/

/** Bytes written as = and two digits, of UTF-8. Without a soft break before, only those that stand in every such mail. */
function decodeQuoted(line: Line, quoted: boolean): Line {
  if (!line.text.includes('=')) return line
  return replaceIn(line, quoted ? /(?:=[0-9A-F]{2})+/g : /=20$|=3D|=09/g, (codes) => {
    const bytes = codes
      .slice(1)
      .split('=')
      .map((code) => Number.parseInt(code, 16))
    return new TextDecoder('utf-8').decode(Uint8Array.from(bytes))
  })
}

/**
 * Marks behind a line: bars of a table, the end of a string, the backslash of a continued line, carets for a carriage
 * return, bold type.
 */
const ENDS = [/\|+$/, /\\+(?:[nr]|par|line)?$/, /\^M$/, /["'`]+[\s,;)\]}+]{0,4}$/, /\*\*$/, /\]\]?>$/]

/** Longer lines have no marks behind them. */
const LONGEST_MARKED = 4000

/** Without the marks behind it; one blank goes with them, since more may be the cells of tests not run. */
function withoutEnd(line: Line): Line {
  const { text } = line
  if (text.length > LONGEST_MARKED) return line
  let bare = text.slice(-TAIL)
  for (let found = true; found; ) {
    const trimmed = bare.trimEnd()
    const marks = ENDS.map((end) => end.exec(trimmed)?.[0].length ?? 0).find((length) => length > 0) ?? 0
    found = marks > 0
    if (found) bare = trimmed.slice(0, -marks)
  }
  const end = text.length - Math.min(text.length, TAIL) + bare.length
  // a number and a bar may be the margin of an empty line
  if (end === text.length || /^\s*\d*\s*$/.test(text.slice(0, end))) return line
  return sliceLine(line, 0, /\s$/.test(bare) ? end - 1 : end)
}

/** So many characters at most are marks. */
const TAIL = 40

/** Bars between the cells of a table; a line that bonnie++ prints has none. */
function withoutBars(line: Line): Line {
  if (!line.text.includes('|') || line.text.length > LONGEST_MARKED) return line
  const bars = line.text.split('|').length - 1
  if (bars < FEW_BARS || bars > MANY_BARS) return line
  return replaceIn(line, /[ \t]*\|[ \t]*/g, (_bar, at) => (at === 0 ? '' : ' '))
}

/** Fewer bars are somebody's name or prose, more part the cells of bon_csv2html's table, which may be empty. */
const FEW_BARS = 4
const MANY_BARS = 18
