/**
 * The rows of a table of bon_csv2html as cells: from its tags, however they are written and broken into lines, or from
 * the text that a browser copies, in which tabs part the cells, or bars once somebody made it a table in Markdown.
 */
import { hasLine, lineAt, type Page } from './page.ts'
import type { Token } from './token.ts'

/** A row of cells. Empty cells are there too. */
export type Cells = readonly Token[]

/** Rows of one or more tables, and the line behind them. */
export interface Rows {
  readonly tables: readonly (readonly Cells[])[]
  readonly next: number
}

/** What only such a table says, in a cell of its own: so that one lost word does not lose the table. */
const SIGN = />\s*(?:Sequential (?:Output|Input|Create)|Per Char|Num Files)\s*(?:<|$)|class="?rowheader/i
const SIGN_ALONE = /^\s*(?:Sequential (?:Output|Input|Create)|Per Char|Num Files)\s*(?:<|$)/i

/** The same without tags: printed tables have dashes around these words. */
const SIGN_OF_TEXT = /(?:^|[^-\s])\s*Sequential Output\s+(?:\|\s*)*Sequential Input\b(?!-)/

/** A table that was saved with a tag on each line says within so many lines what it is. */
const AHEAD = 40

/** No table has more lines. */
const MOST_LINES = 100_000

/** The tables that begin on a line; null if none does. */
export function rowsAt(page: Page, line: number): Rows | null {
  const text = lineAt(page, line)
  if (/<t(?:able|body|head|[dhr])[\s>]/i.test(text))
    return isSigned(page, line) ? taggedRows(page, line) : null
  return SIGN_OF_TEXT.test(text) ? copiedRows(page, line) : null
}

function isSigned(page: Page, line: number): boolean {
  for (let at = line; at < line + AHEAD && hasLine(page, at); at += 1) {
    const text = lineAt(page, at)
    if (SIGN.test(text) || (at > line && SIGN_ALONE.test(text))) return true
    if (/<\/table\s*>/i.test(text)) return false
  }
  return false
}

/** Tags and what stands between them; a tag may be broken into lines wherever it has a blank. */
const PART = /<(\/?[a-z]{1,10})(?:\s[^<>]{0,400})?\/?>|[^<]+|</gi

function taggedRows(page: Page, line: number): Rows {
  const { text, starts } = untilEnd(page, line)
  const tables: Token[][][] = [[]]
  let inCell = false
  for (const { 0: part, 1: name, index } of text.matchAll(PART)) {
    const tag = name?.toLowerCase()
    const rows = tables.at(-1)
    if (tag === 'table' && (rows?.length ?? 0) > 0) tables.push([])
    else if (tag === 'tr') rows?.push([])
    else if (tag === 'td' || tag === 'th') {
      // whoever copied a part of a table may have left out where its row begins
      if (rows?.length === 0) rows.push([])
      const end = index + part.length
      rows?.at(-1)?.push(placed('', end, line, starts))
      inCell = true
    }
    if (tag === 'tr' || tag?.startsWith('/t')) inCell = false
    const row = rows?.at(-1)
    const cell = row?.at(-1)
    if (tag === undefined && inCell && row && cell && part.trim() !== '') {
      const word = part.trim().split(/\s+/).join(' ')
      const begin = index + part.length - part.trimStart().length
      row[row.length - 1] =
        cell.text === '' ? placed(word, begin, line, starts) : { ...cell, text: `${cell.text} ${word}` }
    }
  }
  // a cell that the file's end cut off may have lost some of its digits
  if (inCell) tables.at(-1)?.at(-1)?.pop()
  return {
    tables: tables.map((rows) => rows.filter((row) => row.length > 2 || row.some(({ text }) => text !== ''))),
    next: line + starts.length,
  }
}

/** The lines from one on to the end of the table that is open at the end of a line, and where each begins. */
function untilEnd(page: Page, line: number): { text: string; starts: number[] } {
  const lines: string[] = []
  const starts: number[] = []
  let length = 0
  let open = true
  for (let at = line; open && hasLine(page, at) && at < line + MOST_LINES; at += 1) {
    const text = lineAt(page, at)
    starts.push(length)
    lines.push(text)
    length += text.length + 1
    const lower = text.toLowerCase()
    if (lower.includes('</table')) open = lower.lastIndexOf('<table') > lower.lastIndexOf('</table')
  }
  return { text: lines.join('\n'), starts }
}

function placed(text: string, offset: number, line: number, starts: readonly number[]): Token {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return { text, line: line + low - 1, column: offset - (starts[low - 1] ?? 0) + 1 }
}

/** Lines without a result among results: one that is none of the table ends it, once there was one. */
function copiedRows(page: Page, line: number): Rows {
  const rows: Cells[] = []
  let at = line
  let results = 0
  for (; hasLine(page, at); at += 1) {
    const cells = cellsOf(lineAt(page, at), at)
    const isResult = cells.length > FEWEST
    const isLatency = /^\s*Latency\b/.test(lineAt(page, at))
    if (results > 0 ? !isResult && !isLatency : at > line + HEADING && !isResult) break
    if (isResult) results += 1
    rows.push(isLatency ? wordsOf(lineAt(page, at), at) : cells)
  }
  return { tables: [rows], next: at }
}

/** A result has more cells than this, and its heading at most so many lines. */
const FEWEST = 20
const HEADING = 6

/** The cells that tabs or bars part. */
function cellsOf(text: string, line: number): Token[] {
  const cells: Token[] = []
  for (const { 0: cell, index } of text.matchAll(/[^\t|]*(?:[\t|]|$)/g)) {
    if (cell === '' && index === text.length && cells.length > 0 && !/[\t|]$/.test(text)) break
    const bare = cell.replace(/[\t|]$/, '')
    cells.push({ text: bare.trim(), line, column: index + bare.length - bare.trimStart().length + 1 })
  }
  return cells
}

function wordsOf(text: string, line: number): Token[] {
  return Array.from(text.matchAll(/[^\s|]+/g), ({ 0: word, index }) => ({
    text: word,
    line,
    column: index + 1,
  }))
}
