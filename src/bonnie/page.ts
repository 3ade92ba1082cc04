/** A saved file as lines and tokens that know their place. */
import type { Diagnostic, Level } from '../model/diagnostic.ts'
import type { Source } from '../model/run.ts'

/** One saved file, cut into lines. The byte order mark and carriage returns are gone: they hold no column. */
export interface Page {
  readonly path: string
  readonly lines: readonly string[]
}

/** A piece of one line. `line` and `column` are 1-based, columns in UTF-16 units. */
export interface Token {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Longer lines, in UTF-16 units, are no part of a table: so that a large file of something else costs no time. */
export const LONGEST_LINE = 1000

/** The lines of a source. */
export function pageOf(source: Source): Page {
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  return { path: source.path, lines }
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

interface Remark {
  readonly level: Level
  readonly rule: string
  readonly message: string
  readonly remedy?: string
}

/** A diagnostic at a token: its excerpt is the token's whole line, its caret as long as the token. */
export function remarkAt(page: Page, token: Token, remark: Remark): Diagnostic {
  return {
    level: remark.level,
    rule: remark.rule,
    message: remark.message,
    place: { file: page.path, line: token.line, column: token.column },
    excerpt: { text: lineAt(page, token.line), length: Math.max(1, token.text.length) },
    ...(remark.remedy === undefined ? {} : { remedy: remark.remedy }),
  }
}
