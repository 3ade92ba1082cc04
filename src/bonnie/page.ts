/** A saved file as lines and tokens that know their place. */
import type { Diagnostic, Level } from '../model/diagnostic.ts'
import { linesOf, MOST_UNITS } from '../model/lines.ts'
import { type Line, type Piece, placeIn, savedLine } from './line.ts'
import { type PlainRow, plainRows } from './plain-row.ts'
import type { Token } from './token.ts'
import { type Carried, changesNothing, NOTHING_CARRIED, unwrap } from './unwrap.ts'

/** Longer lines, in UTF-16 units, are no part of a table: so that a large file of something else costs no time. */
export const LONGEST_LINE = 1000

/** So much of a file, in UTF-16 units, is unwrapped at a time. */
export const STRETCH = 2 ** 17

/** So many lines behind a seam show that nothing was broken across it. */
const BEHIND = 100

/** So many lines at the begin of a file are never forgotten: titles stand there. */
const TOP = 50

/** So many lines at least are remembered. */
const REMEMBERED = 500

/**
 * One saved file as lines of output, numbered from 1. What mail, the web, logs and comments put around the output is
 * gone, and what they broke is whole again (unwrap.ts); each line leads back to where its text stands in the file.
 *
 * A page is a window on its file: it reads on when a line further down is asked for, and lines that nobody needs any
 * more may be forgotten. Of a file below STRETCH it holds everything.
 */
export class Page {
  readonly path: string
  readonly #lines: Iterator<string>
  readonly #stretch: number
  /** lines of the file as saved, the first of them having the number #savedFrom */
  #saved: string[] = []
  #savedFrom = 1
  /** which of them are plain rows: what they hold would be too much to keep, and is soon read again */
  #plain: boolean[] = []
  readonly #plainRows
  /** lines of output, the first of them having the number #from; of plain rows the number of the line as saved */
  #origins: (Line | number)[] = []
  #from = 1
  #top: readonly Line[] = []
  /** the first line of the file that is not unwrapped yet, and what those before it tell */
  #next = 1
  #carried: Carried = NOTHING_CARRIED
  #ended = false
  #faults: Diagnostic[] = []
  #binary = false

  constructor(path: string, text: Iterable<string>, stretch = STRETCH, rows = plainRows()) {
    this.path = path
    this.#stretch = stretch
    this.#plainRows = rows
    this.#lines = linesOf(text)[Symbol.iterator]()
  }

  /** The line of that number; null beyond the end. */
  originOf(line: number): Line | null {
    const found = this.#at(line)
    return typeof found === 'number' ? savedLine(this.savedAt(found), found) : found
  }

  /** The text of the line of that number; null beyond the end. */
  textOf(line: number): string | null {
    const found = this.#at(line)
    return typeof found === 'number' ? this.savedAt(found) : (found?.text ?? null)
  }

  /** Whether the line of that number is a plain row, which nothing around it can have changed. */
  isPlain(line: number): boolean {
    return typeof this.#at(line) === 'number'
  }

  /** What a line says that is a plain row; null of any other. */
  rowAt(line: number): PlainRow | null {
    const found = this.#at(line)
    return typeof found === 'number' ? this.#plainRows.read(this.savedAt(found), found) : null
  }

  #at(line: number): Line | number | null {
    while (!this.#ended && line >= this.#from + this.#origins.length) this.#readOn()
    return this.#origins[line - this.#from] ?? this.#top[line - 1] ?? null
  }

  /** How many lines have been read; all, once a line beyond the end was asked for. */
  get length(): number {
    return this.#from + this.#origins.length - 1
  }

  /** How many lines of the file as saved have been read. */
  get savedLength(): number {
    return this.#savedFrom + this.#saved.length - 1
  }

  /** A line of the file as saved; empty where it is not remembered. */
  savedAt(line: number): string {
    return this.#saved[line - this.#savedFrom] ?? ''
  }

  /** What was noticed about lines of the file as such, once. */
  takeFaults(): readonly Diagnostic[] {
    const faults = this.#faults
    this.#faults = []
    return faults
  }

  /** Forgets the lines of output above this one, unless they are few. */
  forget(line: number): void {
    const many = line - this.#from - REMEMBERED
    if (many < REMEMBERED) return
    this.#origins = this.#origins.slice(many)
    this.#from += many
    const [first] = this.#origins
    const saved =
      (typeof first === 'number' ? first : (first?.pieces[0]?.line ?? this.#next)) - this.#savedFrom
    this.#saved = this.#saved.slice(saved)
    this.#plain = this.#plain.slice(saved)
    this.#savedFrom += saved
  }

  #readOn(): void {
    for (let units = 0; units < this.#stretch && !this.#ended; ) {
      const { value, done } = this.#lines.next()
      if (done) this.#ended = true
      else units += this.#keep(value)
    }
    if (changesNothing(this.#carried) && this.#isPlain()) this.#takePlain()
    else this.#unwrap()
    if (this.#top.length === 0)
      this.#top = this.#origins.slice(0, TOP).flatMap((_, i) => this.originOf(this.#from + i) ?? [])
  }

  #unwrap(): void {
    const { lines, carriedTo } = unwrap(
      this.#saved.slice(this.#next - this.#savedFrom),
      this.#next,
      this.#carried,
    )
    const count = this.#ended ? lines.length : seamOf(lines, this.savedLength - BEHIND)
    for (let i = 0; i < count; i += 1) this.#origins.push(lines[i] as Line)
    this.#next = lines[count]?.pieces[0]?.line ?? this.savedLength + 1
    this.#carried = carriedTo(this.#next)
  }

  /** Whether all lines that are to be unwrapped are plain rows, up to the end of the last. */
  #isPlain(): boolean {
    const from = this.#next - this.#savedFrom
    const end = this.#ended && this.#saved.at(-1) === '' ? this.#saved.length - 1 : this.#saved.length
    for (let i = from; i < end; i += 1) if (!this.#plain[i]) return false
    return true
  }

  /**
   * Takes plain rows as they are: there is nothing to unwrap. What they would carry on reaches a few lines at most, and
   * those are plain rows too.
   */
  #takePlain(): void {
    const rest = this.#ended ? 0 : BEHIND
    for (; this.#next <= this.savedLength - rest; this.#next += 1)
      if (this.#plain[this.#next - this.#savedFrom]) this.#origins.push(this.#next)
  }

  /** Keeps a line as saved, if it is text; how many units it takes. */
  #keep(text: string): number {
    const first = this.savedLength === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text
    const kept = first.length > MOST_UNITS || first.includes('\0') ? '' : first
    this.#saved.push(kept)
    this.#plain.push(this.#plainRows.isOne(kept))
    if (kept !== first) this.#refuse(first)
    return kept.length + 1
  }

  #refuse(text: string): void {
    const nul = text.indexOf('\0')
    if (nul < 0) this.#faults.push(remarkOn(this, this.savedLength, TOO_LONG))
    else if (!this.#binary) {
      this.#binary = true
      const place = { file: this.path, line: this.savedLength, column: nul + 1 }
      this.#faults.push({ ...BINARY, place })
    }
  }
}

/** How many of some lines can be taken: those before the last that begins a line of the file, up to `most`. */
function seamOf(lines: readonly Line[], most: number): number {
  for (let i = lines.length - 1; i > 0; i -= 1) {
    const begin = lines[i]?.pieces[0]?.line ?? 0
    const above = lines[i - 1]?.pieces.at(-1)?.line ?? 0
    if (begin <= most && begin > above) return i
  }
  return 0
}

const TOO_LONG = {
  level: 'error',
  rule: 'line-too-long',
  message: 'The line is longer than 1,048,576 characters, so it is not read.',
  remedy: 'Save the output alone, with its line ends.',
} as const

const BINARY = {
  level: 'error',
  rule: 'unreadable-file',
  message: 'Expected text, got a NUL byte: lines that hold one are not read.',
  remedy: 'Save the output as text; of an archive, save the files in it.',
} as const

/** Whether there is a line of that number. */
export function hasLine(page: Page, line: number): boolean {
  return page.textOf(line) !== null
}

/** Where a line and column of a page stand in the file as saved. */
export function placeOf(page: Page, { line, column }: Omit<Token, 'text'>): Piece {
  const origin = page.originOf(line)
  return origin ? placeIn(origin, column - 1) : { at: 0, line: Math.max(1, page.savedLength), column }
}

/** The text of a line by its 1-based number; empty beyond the end. */
export function lineAt(page: Page, line: number): string {
  return page.textOf(line) ?? ''
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
  const text = page.savedAt(line)
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
