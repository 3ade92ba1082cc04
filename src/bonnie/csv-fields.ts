/** The fields of a line of comma-separated values, wherever on the line the row begins and ends. */

import { readSize } from './facts.ts'
import { isCellWord, readLatency } from './notation.ts'
import type { Token } from './token.ts'
import { isVersion } from './version.ts'

/** More commas than this stand in no row. */
const MOST_FIELDS = 150

/** From 1.90 on a row begins with two versions, which stand nowhere else: whatever is before them is not the row's. */
const BEGIN = /(?:^|[^\w.,])((?:2|\d\.\d\d[a-z]?),\d\.\d\d[a-z]?,)/

/** Whether a row of bonnie++ 1.90 or later begins on a line. */
export function isNamed(text: string): boolean {
  return BEGIN.test(text.slice(0, FARTHEST))
}

/** The fields of a row, without the command or the quotes that it may stand in; none if the line is no row. */
export function fieldsOf(text: string, line: number): Token[] {
  const comma = text.indexOf(',')
  if (comma < 0) return []
  const named = BEGIN.exec(text.slice(0, FARTHEST))
  const quote = Math.max(text.lastIndexOf('"', comma), text.lastIndexOf("'", comma))
  let begin = named ? named.index + named[0].length - (named[1]?.length ?? 0) : quote + 1
  const fields: Token[] = []
  while (fields.length <= MOST_FIELDS) {
    const end = text.indexOf(',', begin)
    const field = end < 0 ? withoutTail(text.slice(begin), quote >= 0) : text.slice(begin, end)
    const blanks = field.length - field.trimStart().length
    fields.push({ text: field.trim(), line, column: begin + blanks + 1 })
    if (end < 0) return fields
    begin = end + 1
  }
  return []
}

/** No row begins farther to the right. */
const FARTHEST = 500

/** The last field ends at the quote that opened before the row, or at a word or mark that no number goes on behind. */
function withoutTail(text: string, quoted: boolean): string {
  const tail = quoted ? /^\s*[\w.+]*(?=["'])/ : /^\s{0,100}[\w.+]*(?=["'`\\)|;<][^\w.+]*$|\s+[^\d.+\s])/
  return tail.exec(text)?.[0] ?? text
}

/** `named`: the row names its format, as from 1.90 on; `plain`: the 27 fields of 1.0x; null: another kind of line. */
export function looksLike(fields: readonly Token[], awaited: boolean): 'named' | 'plain' | null {
  const [first, second] = [fields[0]?.text ?? '', fields[1]?.text ?? '']
  // from 1.90 on a row begins with two versions: that is enough to know one that was cut
  if (/^(2|\d\.\d\d[a-z]?)$/.test(first) && isVersion(second)) return 'named'
  const numbers = fields
    .slice(2)
    .filter((field) => isCellWord(field.text) || readLatency(field.text) !== null).length
  if (fields.length >= 40) return numbers >= 10 ? 'named' : null
  const filled = fields.slice(2).filter((field) => field.text !== '').length
  const sized = [second, fields.at(-26)?.text ?? ''].some((text) => readSize(text, null) !== null)
  if (sized && filled >= 2 && numbers >= filled - 2) return 'plain'
  const enough = awaited || fields.some((field) => field.text === '+++++') ? 8 : 20
  return numbers >= filled - 2 && numbers >= enough ? 'plain' : null
}
