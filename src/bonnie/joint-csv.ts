/** CSV rows that were broken by whoever wrapped the text: together, and only together, they have all their fields. */

import { CSV_DIALECTS, type CsvDialect, formatOf } from './csv-dialects.ts'
import { fieldsOf, isNamed } from './csv-fields.ts'
import { readSize } from './facts.ts'
import { joinLines, type Line, trimmed } from './line.ts'
import { readLatency } from './notation.ts'
import type { Token } from './token.ts'
import { isBetween } from './version.ts'

/** A line made of several. */
export interface Joined {
  readonly line: Line
  /** how many lines behind the first belong to it */
  readonly more: number
}

/** A CSV row holds no blanks but in its name, so nothing is lost at its breaks. */
export function joinCsv(line: Line, next: readonly Line[]): Joined | null {
  const begun = fieldsOf(line.text, 1)
  const layouts = layoutsOf(line.text, begun)
  const most = Math.max(...layouts.map(({ fields }) => fields.length))
  if (layouts.length === 0 || begun.length < 3) return null
  let found: Joined | null = null
  let whole = line
  for (let more = 0; more <= next.length; more += 1) {
    const part = next[more - 1]
    const text = part?.text.trim() ?? ''
    if (part && (!/^[\w.+:,/]+$/.test(text) || isNamed(text))) break
    if (part) whole = joinLines(trimmed([whole, part]), '')
    const fields = more === 0 ? begun : fieldsOf(whole.text, 1)
    if (fields.length > most) break
    const layout = layouts.find((each) => each.fields.length === fields.length)
    const isLast = layout?.fields.at(-1)?.endsWith('_latency') ? isLatency : isCpu
    const complete = layout !== undefined && (fields.at(-1)?.text === '' || isLast(fields.at(-1)?.text ?? ''))
    // behind a row that may be whole, only the rest of its last field can still be its own
    if (found && !complete) break
    if (complete) found = { line: whole, more }
    // a row on one line is whole, unless it ends in a comma: nobody wraps lines at just its end
    if (complete && more === 0 && fields.at(-1)?.text !== '') return null
    if (complete && !isRest(fields.at(-1)?.text ?? '', next[more]?.text.trim() ?? '', isLast)) break
  }
  return found && found.more > 0 ? found : null
}

/** Whether a word at the end of a row goes on in the word on the next line. */
function isRest(word: string, rest: string, isLast: (word: string) => boolean): boolean {
  return /^(?:\d{1,12}(?:us|ms|s)|[\d+]{1,3})$/.test(rest) && isLast(word + rest)
}

function isCpu(word: string): boolean {
  return /^(?:\d{1,3}|\+{3})$/.test(word)
}

function isLatency(word: string): boolean {
  return readLatency(word) !== null
}

/** The layouts that the row on a line may have; none if it does not look like a row. */
function layoutsOf(text: string, [first, second]: readonly Token[]): readonly CsvDialect[] {
  const format = isNamed(text) ? formatOf(first?.text ?? '') : null
  if (format === null && readSize(second?.text ?? '', 1) === null && !/,,,,/.test(text)) return []
  return CSV_DIALECTS.filter(({ formats, withoutIo }) => {
    if (withoutIo) return false
    return format === null || formats === null
      ? format === formats
      : isBetween(format, formats.from, formats.below)
  })
}
