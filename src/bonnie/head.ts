/** The head of a row, what stands before its cells: the name of the machine, and the size or the number of files. */
import type { MetricId } from '../model/metric.ts'
import { readFiles, readSize } from './facts.ts'
import { isCellWord } from './notation.ts'
import type { Width } from './replay.ts'
import { endOf, type Token } from './token.ts'

/** The columns of a table: its tests, printf's widths, and the twelve words of its heading as they stand. */
export interface Columns {
  readonly part: 'io' | 'files'
  readonly ids: readonly MetricId[]
  readonly head: number
  readonly width: Width
  readonly bareMib: number | null
  readonly decimalCpu: boolean
  readonly words: readonly Token[]
}

export interface Head {
  readonly name: string
  readonly label: Token | null
  /** 0-based offsets at which the first cell may begin */
  readonly starts: readonly number[]
}

/** The head of a row in a table with these columns; null if the line has none. */
export function headOf(text: string, tokens: readonly Token[], columns: Columns): Head | null {
  const split = columns.part === 'io' ? splitHead : filesHead
  return headless(text, tokens, columns) ?? split(text, tokens, columns)
}

/** Whether a word can be the label of a row. */
export function isLabel(word: string, { part, bareMib }: Columns): boolean {
  return (part === 'io' ? readSize(word, bareMib) : readFiles(word)) !== null
}

/** A row of cells alone: where somebody left out what the row above says already. */
function headless(text: string, tokens: readonly Token[], columns: Columns): Head | null {
  if (tokens.length !== 2 * columns.ids.length || !isPaired(tokens, columns)) return null
  // a size in the first columns is a head, of a row that is one cell short
  const within = tokens.some((token) => endOf(token) <= columns.head)
  if (within && text.length > columns.head + 40) return null
  return { name: '', label: null, starts: within ? [] : [columns.head] }
}

/** Whether words are rates and CPUs in turn, and not a bare size or number of files with a word missing at the end. */
function isPaired(tokens: readonly Token[], { part, bareMib, decimalCpu }: Columns): boolean {
  const inTurn = tokens.every(({ text }, i) => isCellWord(text) && text !== (i % 2 === 0 ? '+++' : '+++++'))
  if (!inTurn) return false
  if (decimalCpu) return tokens.every(({ text }, i) => i % 2 === 0 || text.includes('.'))
  return (part === 'io' && bareMib === null) || tokens.some(({ text }) => text === '+++++')
}

/** Name and size. The size ends the first columns of the line; else it is the word that can be nothing else. */
function splitHead(text: string, tokens: readonly Token[], columns: Columns): Head | null {
  const count = 2 * columns.ids.length
  const within = tokens.filter((token) => endOf(token) <= columns.head)
  const [other, last] = [within.at(-2), within.at(-1)]
  // a size with its unit before a bare number: the number is a cell
  const isCell = other && last && readSize(other.text, null) !== null && readSize(last.text, null) === null
  const fixed = (text[columns.head] ?? ' ').trim() === '' && !isCell ? last : undefined
  const isSize = (token: Token | undefined) => token && readSize(token.text, columns.bareMib) !== null
  if (fixed && isSize(fixed)) return headAt(text, fixed, [columns.head, endOf(fixed)])
  const sizes = tokens.filter(
    (token) => readSize(token.text, null) !== null || (/\*/.test(token.text) && isSize(token)),
  )
  const before = tokens.at(-1 - count)
  const plain = sizes.find((token) => token === before) ?? (sizes.length === 1 ? sizes[0] : undefined)
  const label = plain ?? before ?? fixed ?? tokens.findLast((token) => !isCellWord(token.text)) ?? tokens[0]
  return label ? headAt(text, label, [endOf(label)]) : null
}

/** The files cell: the only word of the first columns, or, in the tables of bon_csv2txt, the one behind the name. */
function filesHead(text: string, tokens: readonly Token[], columns: Columns): Head | null {
  const [first] = tokens
  if (!first) return null
  const isFiles = (token: Token | undefined) => token && readFiles(token.text) !== null
  const within = tokens.filter((token) => endOf(token) <= columns.head).at(-1)
  const fixed = within && endOf(within) === columns.head ? within : undefined
  const before = tokens.at(-1 - 2 * columns.ids.length)
  // more words than there are cells: one of the first is the label then
  const tooMany = tokens.slice(0, -1 - 2 * columns.ids.length).some(isFiles)
  const label = (tooMany ? [fixed, before, first] : [before, fixed, first]).find(isFiles) ?? first
  const end = endOf(label)
  return headAt(text, label, end <= columns.head ? [columns.head, end] : [end])
}

function headAt(text: string, label: Token, starts: readonly number[]): Head {
  return { name: text.slice(0, label.column - 1).trim(), label, starts }
}

/** Whether a label is one beyond doubt: in the rest of a row that was broken a number stands in its place. */
export function isPlain(head: Head, columns: Columns): boolean {
  const { name, label } = head
  if (!label || !isLabel(label.text, columns) || !isNamed(head, columns)) return false
  const sized = columns.part === 'io' && readSize(label.text, null) !== null
  return sized || endOf(label) === columns.head || name === '' || /[^\d\s.]/.test(name)
}

/** Whether a name is one: where a row is broken or too long, its first cells stand in the place of the name. */
export function isNamed({ name }: Head, { part }: Columns): boolean {
  const words = name.split(/\s+/)
  if (part === 'files') return !words.some((word) => readFiles(word) !== null || word === '+++++')
  return words.filter((word) => /^(\d+|\++)$/.test(word)).length < 2
}

/** So far may a cell stand from its column. */
export const REACH = 3

/**
 * Whether the cells behind a label can stand below the columns of the heading: its end must, unless it has a unit and so
 * is a size wherever it stands.
 */
export function isBelow({ label }: Head, { part, words }: Columns): boolean {
  const [first] = words
  if (!label || !first) return false
  const sized = part === 'io' && readSize(label.text, null) !== null
  return sized || Math.abs(first.column - 2 - endOf(label)) <= REACH + 1
}

/** Whether far more blanks part the label from the cells than these from each other: then it is not their label. */
export function isParted(label: Token | null, rest: readonly Token[]): boolean {
  if (!label) return false
  const gaps = rest.map((token, i) => token.column - 1 - endOf(rest[i - 1] ?? label))
  const [first = 0, ...others] = gaps
  return first > 8 && first > 2 * Math.max(...others)
}
