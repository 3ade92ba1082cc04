/** Copies of a CSV row in the same file: bonnie++ printed one run once, however often somebody pasted it. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Page, placeOf, remarkAt, type Token } from './page.ts'

/** Rows that begin alike, the last ones first to be compared. */
export type Rows = Map<string, (readonly Token[])[]>

/** So many fields make a row known; so many of the rows that begin alike are compared. */
const ENOUGH = 15
const REACH = 50

/**
 * The remark on a row that is a copy of an earlier one, whole, with fields missing or with one that differs; null if
 * it is a row of its own, which is kept in mind then.
 */
export function copyOf(page: Page, fields: readonly Token[], rows: Rows): Diagnostic | null {
  const [first] = fields
  if (!first || fields.filter(({ text }) => /\d/.test(text)).length < ENOUGH) return null
  const keys = [keyOf(fields.slice(0, 3)), keyOf(fields.slice(-3))]
  const alike = keys.flatMap((key) => rows.get(key)?.slice(-REACH) ?? [])
  const original = alike.find((row) => isPartOf(fields, row))
  if (original) return remarkOf(page, first, original, original.length - fields.length)
  for (const row of alike) {
    const differing =
      row.length === fields.length ? fields.filter(({ text }, i) => text !== row[i]?.text) : []
    const [odd] = differing
    if (odd && differing.length === 1) return alteredOf(page, odd, row, fields.indexOf(odd))
  }
  for (const key of keys) rows.set(key, [...(rows.get(key) ?? []).slice(1 - REACH), fields])
  return null
}

function keyOf(fields: readonly Token[]): string {
  return fields.map(({ text }) => text).join()
}

function remarkOf(page: Page, first: Token, row: readonly Token[], missing: number): Diagnostic {
  const how = missing === 0 ? 'the same row as' : `with ${missing} fields missing, the row`
  return remarkAt(page, first, {
    level: 'note',
    rule: 'duplicate-run',
    message: `This is ${how} on line ${lineOf(page, row)}, so it is not counted again.`,
  })
}

/** Two runs never agree in all fields but one: somebody changed it in one of the copies. */
function alteredOf(page: Page, odd: Token, row: readonly Token[], at: number): Diagnostic {
  const other = row[at]?.text ?? ''
  return remarkAt(page, odd, {
    level: 'warning',
    rule: 'duplicate-run',
    message: `This is the row on line ${lineOf(page, row)} with "${odd.text}" in place of "${other}", so it is not counted again.`,
    remedy: 'Compare both with the original output.',
  })
}

function lineOf(page: Page, [first]: readonly Token[]): number {
  return first ? placeOf(page, first).line : 1
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
