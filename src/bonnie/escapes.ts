/**
 * The escapes of strings, undone: those of JSON, of code in other languages, of Markdown and roff, and of addresses.
 * bonnie++ prints no backslash, so each one is somebody else's.
 */
import { type Line, replaceIn, sliceLine } from './line.ts'

/** A string may stand in a string: no deeper than this. */
const DEEPEST = 4

/** The lines in a line that holds strings with escapes; the line itself if it holds none. */
export function unescaped(line: Line): Line[] {
  if (line.text.includes('%%')) return unescaped(replaceIn(line, /%%/g, () => '%'))
  if (line.text.includes('%2') || line.text.includes('%0')) return withoutPercents(line)
  if (!line.text.includes('\\')) return [line]
  let lines = [line]
  for (let depth = 0; depth < DEEPEST && lines.some(isEscaped); depth += 1)
    lines = lines.flatMap(unescapedOnce)
  return lines
}

function isEscaped({ text }: Line): boolean {
  return /\\(?:[bnrtux"'/\\]|[^\w\s])/.test(text)
}

/** In text the escape of a line's end parts lines, as do two of them behind a string in a string. */
function unescapedOnce(line: Line): Line[] {
  const parts: Line[] = []
  const ends = [...line.text.matchAll(/(?<!\\)(?:\\r)?\\n|(?<!\\)\\r(?![a-z])/g)]
  let from = 0
  for (const { index, 0: end } of ends) {
    parts.push(sliceLine(line, from, index))
    from = index + end.length
  }
  const last = sliceLine(line, from)
  // what follows the last line of a string closes it and goes on with something else
  if (parts.length === 0 || !/^\s*["']/.test(last.text)) parts.push(last)
  return parts.map((part) => replaceIn(part, ESCAPE, charOf))
}

const ESCAPE = /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[btnr"'/\\]|[^\w\s])/gi

/** What an escape stands for. A backslash of its own, before anything else, stays for the next depth. */
function charOf(code: string): string {
  const kind = code.charAt(1)
  if (/[ux]/i.test(kind)) return String.fromCharCode(Number.parseInt(code.slice(2), 16))
  return kind === 't' ? '\t' : kind === 'b' ? '\b' : kind === 'n' || kind === 'r' ? code : kind
}

/** Addresses and forms write each byte that is no letter or digit as `%` and two digits, or a blank as a plus sign. */
function withoutPercents(line: Line): Line[] {
  if (!/%(?:20|2B|2C|0A)/i.test(line.text) || /%CP|% CPU/.test(line.text)) return [line]
  const plus = /%2B/i.test(line.text) && !line.text.includes(' ')
  const parts: Line[] = []
  let from = 0
  for (const { index, 0: end } of line.text.matchAll(/(?:%0D)?%0A/gi)) {
    parts.push(sliceLine(line, from, index))
    from = index + end.length
  }
  return [...parts, sliceLine(line, from)].map((part) =>
    replaceIn(part, plus ? /%[0-7][0-9A-F]|\+/gi : /%[0-7][0-9A-F]/gi, (code) =>
      code === '+' ? ' ' : String.fromCharCode(Number.parseInt(code.slice(1), 16)),
    ),
  )
}
