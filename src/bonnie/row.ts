/** A row of a table: what it is about, and its six cells. */
import type { Diagnostic } from '../model/diagnostic.ts'
import {
  type Columns,
  type Head,
  headOf,
  isBelow,
  isLabel,
  isNamed,
  isParted,
  isPlain,
  REACH,
} from './head.ts'
import { isCellWord, LOST, type Printed } from './notation.ts'
import { endOfLine, LONGEST_LINE, lineAt, type Page, placeOf, remarkAt } from './page.ts'
import { replay } from './replay.ts'
import { endOf, type Token, tokensOf } from './token.ts'

export interface Row {
  readonly line: number
  readonly name: string
  /** the size cell, or the files cell; null where the row has neither and goes on with those of the row above */
  readonly label: Token | null
  readonly cells: readonly Printed[]
  /** whether cells are missing at its end */
  readonly short: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** Where a line stands: right below the heading, right below another row, or somewhere without a heading. */
export type Standing = 'first' | 'next' | 'stray'

/** How many numbers make a line a row whose size or number of files cannot be read. */
const ENOUGH: Readonly<Record<Standing, number>> = { first: 3, next: 4, stray: 6 }

/** The row on a line of a table; null if the line is none. */
export function readRow(page: Page, line: number, columns: Columns, standing: Standing): Row | null {
  const text = lineAt(page, line)
  if (text.length > LONGEST_LINE) return null
  const tokens = tokensOf(text, line)
  const head = headOf(text, tokens, columns)
  if (!head) return null
  const from = head.label?.column ?? 0
  const rest = tokens.filter((token) => token.column > from)
  // a row may be cut inside a +++++
  const numbers = rest.filter(({ text }) => isCellWord(text) || /^\+{1,4}$/.test(text)).length
  const known = head.label !== null && isLabel(head.label.text, columns)
  const mostly = numbers * 2 >= rest.length
  const enough =
    known && standing !== 'stray'
      ? standing === 'first' || (numbers > 0 && !isLoose(head, columns, numbers))
      : numbers >= ENOUGH[standing]
  if (!mostly || !enough) return null
  return { line, name: head.name, label: head.label, ...divide(page, line, columns, head, rest) }
}

/** Whether a bare number that could be a size does not stand where sizes do, in a line that is too short for a row. */
function isLoose({ name, label }: Head, { part, bareMib, head, ids }: Columns, numbers: number): boolean {
  const bare = part === 'io' && bareMib !== null && name === ''
  return bare && label !== null && endOf(label) !== head && numbers < 2 * ids.length
}

type Divided = Pick<Row, 'cells' | 'short' | 'diagnostics'>

/** The cells behind the head: as printf laid them out, else all in order, else under the nearest column. */
function divide(page: Page, line: number, columns: Columns, head: Head, rest: readonly Token[]): Divided {
  const text = lineAt(page, line)
  const count = columns.ids.length
  const begin = (rest[0]?.column ?? text.length + 1) - 1
  for (const start of head.starts.filter((each) => each <= begin)) {
    const replayed = replay(text, line, start, columns.width, count)
    if (!replayed || (replayed.state !== 'whole' && !isPlain(head, columns))) continue
    if (replayed.state !== 'whole') return endedEarly(page, line, columns, replayed.cells)
    const [extra] = replayed.rest
    return { cells: replayed.cells, short: false, diagnostics: extra ? [goesOn(page, extra)] : [] }
  }
  if (rest.length === 2 * count && !isParted(head.label, rest) && isInOrder(head, rest, columns))
    return { cells: inOrder(rest), short: false, diagnostics: [] }
  // where tabs stood, columns say nothing unless all of them are printf's
  const tabbed = page.savedAt(placeOf(page, { line, column: 1 }).line).includes('\t')
  const cells =
    isSpaced(rest) && !tabbed && isPlain(head, columns) && isBelow(head, columns)
      ? underColumns(rest, columns.words)
      : null
  if (!cells) {
    return { cells: Array(count).fill(LOST), short: false, diagnostics: [undivided(page, line, rest, count)] }
  }
  return judged(page, line, columns, cells)
}

/** Whether words can be the cells of a row in order: one may be damaged, and a decimal stands in the last cell alone. */
function isInOrder(head: Head, rest: readonly Token[], columns: Columns): boolean {
  const { part, decimalCpu } = columns
  const odd = [head.label, ...rest].filter((token, i) =>
    i === 0 ? token && !isLabel(token.text, columns) : token && !isCellWord(token.text),
  )
  // where any number may be a size, the label that is none may be a part of the name
  const doubtful = odd[0] !== undefined && odd[0] === head.label && columns.bareMib !== null
  const early = rest.slice(0, -2).some(({ text }) => /^\d+\.\d+$/.test(text))
  return odd.length <= 1 && !doubtful && isNamed(head, columns) && (decimalCpu || part === 'files' || !early)
}

/** Whether blanks part tokens more or less wide: if all but one are parted by one, their columns say nothing. */
function isSpaced(tokens: readonly Token[]): boolean {
  return tokens.filter((token, i) => i > 0 && token.column - 1 > endOf(tokens[i - 1] ?? token) + 1).length > 1
}

function inOrder(tokens: readonly Token[]): Printed[] {
  const cells: Printed[] = []
  for (let i = 0; i + 1 < tokens.length; i += 2) {
    const [rate, cpu] = tokens.slice(i, i + 2)
    if (rate && cpu) cells.push({ kind: 'pair', rate, cpu })
  }
  return cells
}

/** Each token under the nearest word of the heading; null unless that is plain for all of them. */
function underColumns(tokens: readonly Token[], words: readonly Token[]): (Token | undefined)[] | null {
  const found: (Token | undefined)[] = words.map(() => undefined)
  let last = -1
  for (const token of tokens) {
    const distances = words.map((word) =>
      Math.min(Math.abs(word.column - token.column), Math.abs(endOf(word) - endOf(token))),
    )
    const least = Math.min(...distances)
    const at = distances.indexOf(least)
    if (least > REACH || distances.lastIndexOf(least) !== at || at <= last) return null
    found[at] = token
    last = at
  }
  return found
}

/** Pairs of tokens as cells; with a remark on whatever is not plain about them. */
function judged(page: Page, line: number, columns: Columns, found: readonly (Token | undefined)[]): Divided {
  const last = found.findLastIndex((token) => token !== undefined)
  const cells: Printed[] = []
  const diagnostics: Diagnostic[] = []
  for (let i = 0; i <= last; i += 2) {
    const [rate, cpu] = [found[i], found[i + 1]]
    const single = rate ?? cpu
    if (rate && cpu) cells.push({ kind: 'pair', rate, cpu })
    else if (single === undefined) cells.push({ kind: 'blank' })
    else {
      cells.push({ kind: 'broken', token: single })
      if (i + 1 < last || !rate) diagnostics.push(unpaired(page, single))
    }
  }
  if (cells.some((cell) => cell.kind === 'blank')) diagnostics.push(byColumn(page, line))
  const broken = cells.at(-1)?.kind === 'broken'
  if (cells.length === columns.ids.length && !broken) return { cells, short: false, diagnostics }
  const ended = endedEarly(page, line, columns, cells)
  return { ...ended, diagnostics: [...diagnostics, ...ended.diagnostics] }
}

function endedEarly(page: Page, line: number, columns: Columns, cells: readonly Printed[]): Divided {
  const whole = cells.at(-1)?.kind === 'broken' ? cells.length - 1 : cells.length
  const missing = columns.ids.slice(whole).join(', ')
  const all = [...cells, ...columns.ids.slice(cells.length).map(() => LOST)]
  const diagnostic = remarkAt(page, endOfLine(page, line), {
    level: 'warning',
    rule: 'row-ends-early',
    message: `The row ends early: ${missing} cannot be read.`,
    remedy: 'Restore the rest of the row from the original output.',
  })
  return { cells: all, short: true, diagnostics: [diagnostic] }
}

function goesOn(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'row-goes-on',
    message: `Expected the end of the row, got "${token.text}".`,
  })
}

function unpaired(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unpaired-cell',
    message: `Expected a rate and its CPU, got "${token.text}" alone.`,
    remedy: 'Correct the cell from the original output.',
  })
}

function byColumn(page: Page, line: number): Diagnostic {
  return remarkAt(
    page,
    { text: '', line, column: 1 },
    {
      level: 'warning',
      rule: 'cells-by-column',
      message: 'The row is not laid out as bonnie++ prints it, so its cells were read by the nearest column.',
      remedy: 'Compare the row with the original output.',
    },
  )
}

function undivided(page: Page, line: number, rest: readonly Token[], count: number): Diagnostic {
  return remarkAt(page, rest[0] ?? endOfLine(page, line), {
    level: 'error',
    rule: 'unreadable-row',
    message: `Expected ${2 * count} numbers in columns, got ${rest.length} that do not stand in them.`,
    remedy: 'Correct the row from the original output.',
  })
}
