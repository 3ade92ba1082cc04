/**
 * Tags and entities of web pages, and the marks of forums. A table of bon_csv2html is read with its tags (html.ts);
 * elsewhere they only stand in the way: those that begin or end a line part lines, others vanish.
 */
import { type Line, replaceIn, sliceLine } from './line.ts'

/** What is carried from line to line: whether a table of bon_csv2html is open. */
export interface Markup {
  inTable: boolean
}

/** Words of a table of bon_csv2html, with nothing but a tag or blanks around them; printed tables put dashes there. */
const CONVERTED =
  /(?:^|[>;\t])\s{0,200}(?:Sequential (?:Output|Input|Create)|Per Char|Num Files)\s*(?:$|[<&\t])|class="?rowheader/i

/** So many lines below a tag its table may say what it is. */
const AHEAD = 60

const CELL = /<\/?t(?:[dhr]|able|body|head)(?:[\s>]|$)/i

/** The lines of a line without its tags. `ahead` gives lines below it, by their distance. */
export function untagged(line: Line, markup: Markup, ahead: (distance: number) => string): Line[] {
  const { text } = line
  if (!markup.inTable && !/[<&[{]/.test(text)) return [line]
  if (!isShown(text, markup)) {
    return isConverted(text, markup, ahead) ? [withoutEntities(line)] : withoutMarks(line)
  }
  const bare = withoutMarks(line)
  return bare.flatMap((part, i) => {
    const below = (distance: number) => bare[i + distance]?.text ?? ahead(distance + i + 1 - bare.length)
    return isConverted(part.text, markup, below) ? [part] : withoutMarks(part)
  })
}

/** Whether a line shows tags as text, as a page of a source does: then its own are the viewer's. */
function isShown(text: string, { inTable }: Markup): boolean {
  if (!text.includes('&lt;')) return false
  return /&lt;(?:<[^<>]{0,80}>)?\/?(?:table|t[rdh]|font|b|br)\b/i.test(text) || !(inTable || CELL.test(text))
}

function withoutMarks(line: Line): Line[] {
  const rest = replaceIn(line, /<!\[CDATA\[|\]\]>/g, () => '')
  const parts: Line[] = []
  let from = 0
  for (const { index, 0: tag } of rest.text.matchAll(ENDS_LINE)) {
    parts.push(sliceLine(rest, from, index))
    from = index + tag.length
  }
  parts.push(sliceLine(rest, from))
  const filled = parts.length > 1 ? parts.filter((part) => part.text.trim() !== '') : parts
  return filled.map((part) => withoutEntities(withoutTags(part)))
}

/** Whether a line belongs to a table of bon_csv2html, which may say so a few lines later. */
function isConverted(text: string, markup: Markup, ahead: (distance: number) => string): boolean {
  const was = markup.inTable
  if (!was && CELL.test(text)) {
    markup.inTable = CONVERTED.test(text)
    for (let i = 1; i <= AHEAD && !markup.inTable; i += 1) {
      const below = ahead(i)
      if (PRINTED.test(below)) break
      markup.inTable = CONVERTED.test(below)
    }
  }
  const is = markup.inTable
  if (/<\/table\s*>/i.test(text)) markup.inTable = false
  return is
}

/** A line of a table as bonnie++ prints it. */
const PRINTED = /-Sequential|-Per Ch|\/sec +%CP|,\d+,\d+,/

/** Tags that begin or end a line wherever they stand; within 400 characters, so that a < in prose costs nothing. */
const ENDS_LINE =
  /<(?:br ?\/?|\/?(?:p|div|li|pre|tr|table|tbody|thead|blockquote|h[1-6])(?:\s[^<>]{0,400})?)>/gi

/** Other tags, and those of forums: [code], [/HTML], [QUOTE=carol;12], {code}, {{{. */
const TAG =
  /<\/?[a-z][a-z0-9-]{0,20}(?:\s(?:[^<>"']|"[^"]{0,300}"|'[^']{0,300}'){0,400})?\/?>|<!--[^<>]{0,300}-->|\[\/?[A-Z]{1,10}(?:=[^\]]{0,80})?\]|\{(?:code|noformat|quote)(?::[^{}]{0,80})?\}|\{\{\{|\}\}\}/gi

function withoutTags(line: Line): Line {
  // cells are parted by their borders, so something parts them here
  const apart = replaceIn(line, /(?:(?<!\s)\s*<\/?t[dh](?:\s[^<>]{0,400})?>)+/gi, (_, at) =>
    // the number of a line, which two blanks part from it
    at <= MOST_BEFORE &&
    /^\s*\d+$/.test(
      line.text
        .slice(0, at)
        .replace(/<[^<>]*>/g, '')
        .slice(0, LONGEST_NUMBER),
    )
      ? '  '
      : ' ',
  )
  return replaceIn(apart, TAG, () => '')
}

/** Digits of the number of a line, and blanks before it. */
const LONGEST_NUMBER = 12

/** With the tags around it, the number of a line ends within so many characters. */
const MOST_BEFORE = 2000

/** The entities that stand for what bonnie++ prints, or for what editors make of it. */
const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  plus: '+',
  hyphen: '-',
  minus: '-',
  shy: '',
  percnt: '%',
  sol: '/',
  colon: ':',
  comma: ',',
  period: '.',
  lowbar: '_',
  ndash: '\u2013',
  mdash: '\u2014',
  hellip: '\u2026',
}

/** A line whose entities are the characters they stand for. */
export function withoutEntities(line: Line): Line {
  if (!line.text.includes('&')) return line
  // what was escaped twice holds an entity's own mark as one
  const once = replaceIn(line, /&amp;(?=#?[a-z0-9]{2,8};)/gi, () => '&')
  return replaceIn(once, /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (entity) => {
    const name = entity.slice(1, -1).toLowerCase()
    if (!name.startsWith('#')) return NAMED[name] ?? entity
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    if (code === 0xa0) return ' '
    return code > 0x1f && code < 0x11_0000 ? String.fromCodePoint(code) : entity
  })
}
