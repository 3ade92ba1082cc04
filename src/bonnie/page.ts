/** A saved file as lines and tokens that know their place. */
import type { Diagnostic, Level } from '../model/diagnostic.ts'
import type { Source } from '../model/run.ts'
import { type Line, type Piece, placeIn } from './line.ts'
import { unwrap } from './unwrap.ts'

/**
 * One saved file as lines of output. What mail, the web, logs and comments put around the output is gone, and what they
 * broke is whole again (unwrap.ts); `origins` leads from each line back to where its text stands in the file.
 */
export interface Page {
  readonly path: string
  readonly lines: readonly string[]
  readonly origins: readonly Line[]
  /** the lines of the file as they were saved */
  readonly saved: readonly string[]
}

/** A piece of one line of a page. `line` and `column` are 1-based, columns in UTF-16 units. */
export interface Token {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Longer lines, in UTF-16 units, are no part of a table: so that a large file of something else costs no time. */
export const LONGEST_LINE = 1000

/** The lines of a source. The byte order mark and carriage returns hold no column. */
export function pageOf(source: Source): Page {
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const saved = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  const origins = unwrap(saved)
  return { path: source.path, lines: origins.map((line) => line.text), origins, saved }
}

/** Where a line and column of a page stand in the file as saved. */
export function placeOf(page: Page, { line, column }: Omit<Token, 'text'>): Piece {
  const origin = page.origins[line - 1]
  return origin ? placeIn(origin, column - 1) : { at: 0, line: Math.max(1, page.saved.length), column }
}

/** The text of a line by its 1-based number; empty beyond the end. */
export function lineAt(page: Page, line: number): string {
  return page.lines[line - 1] ?? ''
}

/** The words of a line, parted by blanks, from a 0-based offset on. */
export function tokensOf(text: string, line: number, from = 0): Token[] {
  return Array.from(text.slice(from).matchAll(/\S+/g), (match) => ({
    text: match[0],
    line,
    column: from + match.index + 1,
  }))
}

/** The 0-based offset just behind a token. */
export function endOf(token: Token): number {
  return token.column - 1 + token.text.length
}

/** The place just behind the last word of a line, as an empty token. */
export function endOfLine(page: Page, line: number): Token {
  return { text: '', line, column: lineAt(page, line).trimEnd().length + 1 }
}

export interface Remark {
  readonly level: Level
  readonly rule: string
  readonly message: string
  readonly remedy?: string
}

/** A diagnostic at a token: its excerpt is the token's whole line as saved, its caret as long as the token. */
export function remarkAt(page: Page, token: Token, remark: Remark): Diagnostic {
  const { line, column } = placeOf(page, token)
  return placed(page, line, column, token.text.length, remark)
}

/** A diagnostic on a line of the file as saved. */
export function remarkOn(page: Page, line: number, remark: Remark): Diagnostic {
  return placed(page, line, 1, 1, remark)
}

function placed(page: Page, line: number, column: number, length: number, remark: Remark): Diagnostic {
  const text = page.saved[line - 1] ?? ''
  const room = Math.max(1, text.length - column + 1)
  return {
    level: remark.level,
    rule: remark.rule,
    message: remark.message,
    place: { file: page.path, line, column },
    excerpt: { text, length: Math.min(room, Math.max(1, length)) },
    ...(remark.remedy === undefined ? {} : { remedy: remark.remedy }),
  }
}
