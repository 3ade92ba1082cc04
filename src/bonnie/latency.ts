/** The row of latencies below a row of results: six fields of ' %9s' behind the word Latency. */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { type Printed, readLatency } from './notation.ts'
import { endOfLine, LONGEST_LINE, lineAt, type Page, remarkAt } from './page.ts'
import { endOf, type Token, tokensOf } from './token.ts'

/** printf's columns: `"Latency          "`, then one blank and nine columns for each test. */
const HEAD = 17
const FIELD = 10

/** The latencies that belong to the cells of the row above, null where there is none. */
export function readLatencyRow(
  page: Page,
  line: number,
  cells: readonly Printed[],
): Noted<readonly (Token | null)[]> {
  const [word, ...tokens] = tokensOf(lineAt(page, line).slice(0, LONGEST_LINE), line)
  if (word?.text !== 'Latency') return { value: cells.map(() => null), diagnostics: [missing(page, line)] }
  const fields = wholeInTurn(tokens, cells) ?? inColumns(tokens, cells.length) ?? damagedInTurn(tokens, cells)
  const fits = fields?.every((token, i) => (token === null) === (cells[i]?.kind === 'blank')) ?? false
  const cut = cells.some((cell) => cell.kind === 'lost' || cell.kind === 'broken')
  const diagnostics: Diagnostic[] = []
  if (!fields) diagnostics.push(amiss(page, word))
  else if (!fits && !cut) diagnostics.push(endsSooner(tokens, cells) ? ends(page, line) : amiss(page, word))
  for (const token of fields ?? []) {
    if (token && readLatency(token.text) === null) diagnostics.push(unreadable(page, token))
  }
  return { value: fields ?? cells.map(() => null), diagnostics }
}

/** As printf laid them out; null if the line is laid out in another way. */
function inColumns(tokens: readonly Token[], count: number): (Token | null)[] | null {
  const fields: (Token | null)[] = []
  for (let i = 0; i < count; i += 1) {
    const edge = HEAD + FIELD * (i + 1)
    fields.push(tokens.find((token) => token.column > edge - FIELD + 1 && endOf(token) === edge) ?? null)
  }
  const last = tokens.at(-1)
  const cut = last && !fields.includes(last) && fields.at(-1) === null ? 1 : 0
  return fields.filter((token) => token !== null).length + cut === tokens.length ? fields : null
}

/** One whole latency for each test that was run, however they are laid out; null if any is missing. */
function wholeInTurn(tokens: readonly Token[], cells: readonly Printed[]): (Token | null)[] | null {
  const whole = cells.every((cell) => cell.kind === 'pair' || cell.kind === 'blank')
  return whole && tokens.every((token) => readLatency(token.text) !== null) ? inTurn(tokens, cells) : null
}

/**
 * The same where some are damaged: a token of one or two characters is no latency but something that came between them,
 * and where cells of the row are missing nobody knows which latencies are.
 */
function damagedInTurn(tokens: readonly Token[], cells: readonly Printed[]): (Token | null)[] | null {
  const cut = cells.some((cell) => cell.kind === 'lost' || cell.kind === 'broken')
  return !cut && tokens.every(({ text }) => text.length > 2 && /\d/.test(text)) ? inTurn(tokens, cells) : null
}

/** One for each test that was run, in order; null if their number differs. */
function inTurn(tokens: readonly Token[], cells: readonly Printed[]): (Token | null)[] | null {
  const run = cells.filter((cell) => cell.kind !== 'blank')
  if (run.length !== tokens.length) return null
  let next = 0
  return cells.map((cell) => (cell.kind === 'blank' ? null : (tokens[next++] ?? null)))
}

function endsSooner(tokens: readonly Token[], cells: readonly Printed[]): boolean {
  return tokens.length <= cells.filter((cell) => cell.kind !== 'blank').length
}

function missing(page: Page, line: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line - 1), {
    level: 'warning',
    rule: 'no-latency',
    message: 'The row of latencies is missing below this row.',
    remedy: 'Restore it from the original output; without it no latency is shown.',
  })
}

function ends(page: Page, line: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line), {
    level: 'warning',
    rule: 'row-ends-early',
    message: 'The row of latencies ends early.',
    remedy: 'Restore the rest of the row from the original output.',
  })
}

function amiss(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unreadable-latency',
    message: 'The latencies do not fit the row above: one is expected for each test that was run.',
    remedy: 'Correct the row from the original output.',
  })
}

function unreadable(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unreadable-latency',
    message: `Expected a time such as 6180us, got "${token.text}".`,
    remedy: 'Correct the latency from the original output.',
  })
}
