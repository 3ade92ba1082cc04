/**
 * What the way into the file did to single lines, undone: soft breaks of quoted-printable mail (RFC 2045, 6.7),
 * tags and entities of web pages, the escapes of strings in JSON or code, and the marks that tables put at the end.
 */
import { joinLines, type Line, replaceIn, savedLine, sliceLine } from './line.ts'

/**
 * Lines of a file, without the marks of what carried them. A line may be parted, or joined with the next. `from`: the
 * number of the first in the file.
 */
export function unpack(saved: readonly string[], from = 1): Line[] {
  const lines: Line[] = []
  let held: Line[] = []
  for (const [i, text] of saved.entries()) {
    const line = savedLine(text, from + i)
    if (isSoftlyBroken(text) && i + 1 < saved.length && held.length < MOST_BROKEN) {
      held.push(sliceLine(line, 0, text.length - 1))
      continue
    }
    const whole = held.length > 0 ? decodeQuoted(joinLines([...held, line], '')) : line
    held = []
    for (const part of unescaped(whole)) {
      for (const bare of untag(part)) lines.push(withoutEnd(bare))
    }
  }
  return lines
}

/** Into how many lines one may have been broken. */
const MOST_BROKEN = 30

/** Encoders break at 76 columns; a line of nothing but = underlines a title. */
function isSoftlyBroken(text: string): boolean {
  return text.endsWith('=') && text.length <= 80 && text.length > 20 && !text.endsWith('==')
}

function decodeQuoted(line: Line): Line {
  return replaceIn(line, /=(?:20|3D|09)/g, (code) => (code === '=20' ? ' ' : code === '=3D' ? '=' : '\t'))
}

/** A string with \n in it, as JSON and code write it, as its lines. */
function unescaped(line: Line): Line[] {
  if (!line.text.includes('\\n') || !/Sequential|,\d+,/.test(line.text)) return [line]
  const parts: Line[] = []
  let from = 0
  for (const { index } of line.text.matchAll(/\\r?\\n|\\n/g)) {
    parts.push(sliceLine(line, from, index))
    from = index + (line.text.startsWith('\\n', index) ? 2 : 4)
  }
  return [...parts, sliceLine(line, from)].map((part) =>
    replaceIn(part, /\\[t"]/g, (mark) => (mark === '\\t' ? '\t' : '"')),
  )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&#160;': ' ',
  '&#32;': ' ',
  '&#39;': "'",
  '&#43;': '+',
  '&plus;': '+',
  '&#45;': '-',
  '&#8211;': '\u2013',
  '&#8212;': '\u2014',
  '&ndash;': '\u2013',
  '&mdash;': '\u2014',
}

/** A page of bon_csv2html is read with its tags (html.ts); elsewhere they only stand in the way. */
function untag(line: Line): Line[] {
  const { text } = line
  if (!text.includes('<') && !text.includes('&') && !text.includes('[')) return [line]
  if (/<\/?t(?:[dhr]|able)[ >]/i.test(text)) return [line]
  const parts: Line[] = []
  let from = 0
  for (const match of text.matchAll(/<(?:br ?\/?|\/?(?:p|div|li|pre|code)(?: [^<>]{0,200})?)>/gi)) {
    parts.push(sliceLine(line, from, match.index))
    from = match.index + match[0].length
  }
  parts.push(sliceLine(line, from))
  const filled = parts.length > 1 ? parts.filter((part) => part.text.trim() !== '') : parts
  return filled.map((part) => {
    const bare = replaceIn(
      part,
      /<\/?[a-z][a-z0-9]{0,15}(?: [^<>]{0,300})?\/?>|\[\/?[A-Z]{1,10}\]/gi,
      () => '',
    )
    return replaceIn(bare, /&[a-z#0-9]{2,7};/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? entity)
  })
}

/** Without the bars of a table and the backslash of a continued line; blanks alone may be cells of tests not run. */
function withoutEnd(line: Line): Line {
  const { text } = line
  let end = text.length
  let marks = 0
  while (end > 0 && /[\s|\\]/.test(text.charAt(end - 1))) {
    end -= 1
    if (/[|\\]/.test(text.charAt(end))) marks += 1
  }
  return marks > 0 ? sliceLine(line, 0, end) : line
}
