/** Copies of a CSV row in the same file: bonnie++ printed one run once, however often somebody pasted it. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Page, placeOf, remarkAt } from './page.ts'
import { Recent } from './recent.ts'
import type { Token } from './token.ts'

/** A row that was read. Whole, since its words would take ten times the room. */
interface Kept {
  readonly row: string
  /** where it stands in the file as saved */
  readonly line: number
}

/** The last rows by how they begin and how they end: a copy with fields missing or altered has one of them unharmed. */
export type Rows = Recent<readonly Kept[]>

export function noRows(): Rows {
  return new Recent(REMEMBERED)
}

/** So many fields with a digit make a row known by a part of it, so many by the whole of it. */
const ENOUGH = 15
const ENOUGH_WHOLE = 10

/** So many fields at either end tell a row from others: rates or latencies are among them. */
const END = 16

/** So many of the rows that begin or end alike are compared: those of a test with most cells blank. */
const MOST_ALIKE = 8

/** So many ends at least are remembered. */
const REMEMBERED = 2048

/** What is to be said of a row that is like another; `counts`: it is read nevertheless. */
export interface Copy {
  readonly remark: Diagnostic
  readonly counts: boolean
}

/** The remark on a row that is exactly like another and has too few numbers to tell a copy from a second run. */
export const ALIKE = {
  level: 'warning',
  rule: 'duplicate-run',
  remedy: 'It is counted as a run of its own: take it out if it is a copy.',
} as const

/**
 * Whether a row is a copy of an earlier one, whole, with fields missing or with one that differs; null if it is a row
 * of its own, which is kept in mind if it is `readable`.
 */
export function copyOf(page: Page, fields: readonly Token[], rows: Rows, readable: boolean): Copy | null {
  const [first] = fields
  if (!first) return null
  const words = fields.map(({ text }) => text)
  const numbers = words.filter((word) => /\d/.test(word)).length
  const keys = [words.slice(0, END).join(), `,${words.slice(-END).join()}`]
  const near = keys.flatMap((key) => rows.get(key) ?? [])
  const known = numbers < ENOUGH ? near.filter(({ row }) => row === words.join()) : near
  for (const { row, line } of known) {
    const original = row.split(',')
    if (!isPartOf(words, original)) continue
    if (numbers < ENOUGH_WHOLE) return { remark: alikeOf(page, first, line), counts: true }
    return { remark: remarkOf(page, first, line, original.length - words.length), counts: false }
  }
  for (const { row, line } of known) {
    const original = row.split(',')
    const differing = words.flatMap((word, i) => (word === original[i] ? [] : [i]))
    const [at] = differing
    if (at === undefined || differing.length > 1 || words.length !== original.length) continue
    return { remark: alteredOf(page, fields[at] ?? first, line, original[at] ?? ''), counts: false }
  }
  if (!readable) return null
  const kept = { row: words.join(), line: placeOf(page, first).line }
  for (const key of keys) rows.keep(key, [kept, ...(rows.get(key) ?? [])].slice(0, MOST_ALIKE))
  return null
}

/**
 * Keeps a row of at least twice END fields, on a line (1-based) of the file, in mind if no row like it is known; false
 * if one is, and both have to be compared.
 */
export function keepUnlike(row: string, line: number, rows: Rows): boolean {
  let head = -1
  let tail = row.length
  for (let i = 0; i < END; i += 1) {
    head = row.indexOf(',', head + 1)
    tail = row.lastIndexOf(',', tail - 1)
  }
  const begin = row.slice(0, head)
  const end = row.slice(tail)
  if (rows.get(begin) || rows.get(end)) return false
  const kept = [{ row, line }]
  rows.keep(begin, kept)
  rows.keep(end, kept)
  return true
}

function alikeOf(page: Page, first: Token, line: number): Diagnostic {
  return remarkAt(page, first, { ...ALIKE, message: `This row is exactly like the one on line ${line}.` })
}

function remarkOf(page: Page, first: Token, line: number, missing: number): Diagnostic {
  const how = missing === 0 ? 'the same row as' : `with ${missing} fields missing, the row`
  return remarkAt(page, first, {
    level: 'note',
    rule: 'duplicate-run',
    message: `This is ${how} on line ${line}, so it is not counted again.`,
  })
}

/** Two runs never agree in all fields but one: somebody changed it in one of the copies. */
function alteredOf(page: Page, odd: Token, line: number, other: string): Diagnostic {
  return remarkAt(page, odd, {
    level: 'warning',
    rule: 'duplicate-run',
    message: `This is the row on line ${line} with "${odd.text}" in place of "${other}", so it is not counted again.`,
    remedy: 'Compare both with the original output.',
  })
}

/** Whether some words are those of a row in order, some of which may be missing; the last may be cut. */
function isPartOf(words: readonly string[], row: readonly string[]): boolean {
  let next = 0
  for (const whole of row) {
    const word = words[next]
    const last = next === words.length - 1 && words.length < row.length
    if (word !== undefined && (word === whole || (last && word !== '' && whole.startsWith(word)))) next += 1
  }
  return next === words.length
}
