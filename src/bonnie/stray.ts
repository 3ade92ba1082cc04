/** Lines that look like results and stand where none can be read. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { isNamed } from './csv-fields.ts'
import type { Columns } from './head.ts'
import { isCellWord, readLatency } from './notation.ts'
import { LONGEST_LINE, lineAt, type Page, type Remark, remarkAt } from './page.ts'
import { readRow } from './row.ts'
import { type Token, tokensOf } from './token.ts'

/** Fewest fields, and fewest numbers among them, of what may be a part of a CSV row. */
const FIELDS = 8
const NUMBERS = 6

/**
 * What is to be said of a line that nothing was read on, if it holds a row or a part of one. `columns`: of the last
 * table; `goesOn`: the line above holds a part of a CSV row as well, so that enough was said.
 */
export function strayAt(
  page: Page,
  line: number,
  columns: Columns | null,
  goesOn: boolean,
): { remarks: Diagnostic[]; isCsv: boolean } {
  const text = lineAt(page, line)
  const nothing = text.length > LONGEST_LINE || (!columns && !text.includes(','))
  const [token] = nothing ? [] : tokensOf(text, line)
  if (token && columns && readRow(page, line, columns, 'stray'))
    return { remarks: [remarkAt(page, token, ROW)], isCsv: false }
  const isCsv = token !== undefined && isPartOfCsv(text)
  return { remarks: isCsv && !goesOn ? [csvPart(page, token)] : [], isCsv }
}

/** Remarks on parts of CSV rows that stand on the lines of a table, `from` to `to`. */
export function strayWithin(page: Page, from: number, to: number): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (let line = from; line <= to; line += 1) {
    const text = lineAt(page, line)
    if (!text.includes(',') || text.length > LONGEST_LINE) continue
    const part = tokensOf(text, line).find((token) => isPartOfCsv(token.text))
    if (part) diagnostics.push(csvPart(page, part))
  }
  return diagnostics
}

/** A remark on what stands before a CSV row on its line, if it may be a part of another. */
export function lostBefore(page: Page, first: Token | undefined): Diagnostic[] {
  if (!first || !isPartOfCsv(lineAt(page, first.line).slice(0, first.column - 1))) return []
  return [csvPart(page, { text: '', line: first.line, column: 1 })]
}

function isPartOfCsv(text: string): boolean {
  if (!text.includes(',')) return false
  const fields = text.split(',').map((field) => field.trim())
  if (fields.length < FIELDS) return false
  const numbers = fields.filter((field) => isCellWord(field) || readLatency(field) !== null).length
  const blanks = fields.filter((field) => field === '').length
  return (numbers >= NUMBERS || isNamed(text)) && numbers + blanks >= fields.length * 0.7
}

const ROW: Remark = {
  level: 'error',
  rule: 'row-without-heading',
  message: 'This looks like a row of results, but it does not stand below a heading.',
  remedy: 'Put it below the row above it, or below a heading of its own.',
}

function csvPart(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'csv-fields',
    message: 'This looks like a part of a CSV line of bonnie++, but not like a whole one, so it is not read.',
    remedy: 'Put it together with the rest of its line, or leave it out.',
  })
}
