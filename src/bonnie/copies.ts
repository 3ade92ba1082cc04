/** Copies of a CSV row in the same file: bonnie++ printed one run once, however often somebody pasted it. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Page, placeOf, remarkAt, type Token } from './page.ts'

/** Rows that begin alike, the last ones first to be compared. */
export type Rows = Map<string, (readonly Token[])[]>

/** So many fields make a row known; so many of the rows that begin alike are compared. */
const ENOUGH = 15
const REACH = 50

/**
 * The remark on a row that is a copy of an earlier one, whole or with fields missing; null if it is a row of its own,
 * which is kept in mind then.
 */
export function copyOf(page: Page, fields: readonly Token[], rows: Rows): Diagnostic | null {
  const [first] = fields
  if (!first || fields.filter(({ text }) => /\d/.test(text)).length < ENOUGH) return null
  const key = fields
    .slice(0, 3)
    .map(({ text }) => text)
    .join()
  const alike = rows.get(key) ?? []
  const original = alike.slice(-REACH).find((row) => isPartOf(fields, row))
  if (!original?.[0]) {
    rows.set(key, [...alike.slice(1 - REACH), fields])
    return null
  }
  const missing = original.length - fields.length
  const how = missing === 0 ? 'the same row as' : `with ${missing} fields missing, the row`
  return remarkAt(page, first, {
    level: 'note',
    rule: 'duplicate-run',
    message: `This is ${how} on line ${placeOf(page, original[0]).line}, so it is not counted again.`,
  })
}

/** Whether some fields are those of another row in order, some of which may be missing; the last may be cut. */
function isPartOf(fields: readonly Token[], row: readonly Token[]): boolean {
  let next = 0
  for (const { text } of row) {
    const field = fields[next]
    const last = next === fields.length - 1 && fields.length < row.length
    if (field && (field.text === text || (last && field.text !== '' && text.startsWith(field.text))))
      next += 1
  }
  return next === fields.length
}
