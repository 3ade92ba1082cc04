/** The heading of a table: three lines that say which program printed it, and what the columns are. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import { convertedFrom, type Heading, prints, TEXT_DIALECTS, type TextDialect, UNREAD } from './dialects.ts'
import type { Columns } from './head.ts'
import {
  endOfLine,
  hasLine,
  LONGEST_LINE,
  lineAt,
  type Page,
  placeOf,
  type Remark,
  remarkAt,
} from './page.ts'
import { type Token, tokensOf } from './token.ts'
import { isVersion } from './version.ts'
import { findWords, resembles } from './words.ts'

export type Found =
  | {
      readonly kind: 'heading'
      readonly dialect: TextDialect
      readonly columns: Columns
      readonly version: string | null
      /** the machine's name in the heading of a file table */
      readonly name: string
      readonly concurrency: number | null
      /** place of its first word */
      readonly token: Token
      /** what stands behind its words, on each of its lines */
      readonly extras: readonly Token[]
      readonly next: number
    }
  /** It resembles a heading and is none that we read: `files` if it is one of file tests, `cut` by the file's end. */
  | {
      readonly kind: 'refused'
      readonly files: boolean
      readonly cut: boolean
      readonly diagnostic: Diagnostic
      readonly next: number
    }

/** The table above, which still lacks its table of file tests. */
export interface Above {
  readonly dialect: TextDialect
  readonly version: string | null
}

const HEADING_LINES = 3

/**
 * The heading that begins on a line; null if the line is no part of one. A file table may lack its version: then it
 * belongs to `above`, the table above it.
 */
export function headingAt(page: Page, line: number, above: Above | null): Found | null {
  if (above && isBegun(page, line, above)) return cutShort(page)
  const text = lineAt(page, line)
  if (text.length > LONGEST_LINE || !resembles(text)) return null
  // whoever set the table by hand may have left out its first line
  for (const lines of [3, 2]) {
    for (const part of ['io', 'files'] as const) {
      for (const dialect of above ? [above.dialect, ...TEXT_DIALECTS] : TEXT_DIALECTS) {
        const found = match(page, line, lines, dialect, part, above)
        if (found) return found
      }
    }
  }
  let next = line + 1
  while (next < line + HEADING_LINES && resembles(lineAt(page, next).slice(0, LONGEST_LINE))) next += 1
  return refusal(page, line, next)
}

type Match = Extract<Found, { kind: 'heading' }>

function match(
  page: Page,
  line: number,
  lines: number,
  dialect: TextDialect,
  part: 'io' | 'files',
  above: Above | null,
): Match | null {
  const heading = dialect[part]
  if (!heading) return null
  const sides = sidesOf(page, line, lines, heading)
  if (!sides) return null
  const [top, middle, label] = sides.map(collapse)
  if (top === undefined || middle === undefined || label === undefined) return null
  if (label !== '' && !heading.labels.includes(label)) return null
  const version = /(?:^|\s)Version:?\s+(\S+)$/.exec(top)?.[1] ?? null
  if (version === null ? top !== '' : !isVersion(version)) return null
  const inherits = part === 'files' && version === null
  if (inherits ? dialect !== above?.dialect : !prints(dialect, version)) return null
  const concurrency = /(?:^|\s)Concurrency\s+(\d{1,9})$/.exec(middle)?.[1] ?? null
  if (part === 'io' && middle !== '' && concurrency === null) return null
  // without a version only the concurrency tells 1.9x from 1.0x
  if (part === 'io' && concurrency !== null && !dialect.latency) return null
  const last = line + lines - 1
  const [token] = tokensOf(lineAt(page, line), line)
  if (!token) return null
  // a line of a heading behind another one, as where a break was lost
  if (resembles(middle)) return null
  const made = part === 'io' && concurrency === null && isConverted(page, line, line + lines, dialect, top)
  const printed = made ? convertedFrom(dialect) : dialect
  return {
    kind: 'heading',
    dialect: printed,
    columns: columnsOf(printed, part, wordsOf(page, last, heading)),
    version: version ?? (part === 'io' ? olderVersion(page, line, dialect) : null),
    name: part === 'files' ? (sides[1] ?? '').trim() : '',
    concurrency: concurrency === null ? null : Number(concurrency),
    token,
    extras: extrasOf(page, line, lines, heading),
    next: last + 1,
  }
}

/** What stands behind the words of a heading, on each of its lines. */
function extrasOf(page: Page, line: number, lines: number, { tops, middles, columns }: Heading): Token[] {
  return [tops, middles, [columns]].slice(3 - lines).flatMap((words, i) => {
    const text = lineAt(page, line + i)
    const found = words.map((each) => findWords(text, each)).find((each) => each !== null)
    // of a run of dashes only the first is found
    const from = text.slice(found?.end).search(/[^\s\-\u2010-\u2015\u2212]/)
    if (!found || from < 0) return []
    const begin = found.end + from
    return [{ text: text.slice(begin).trimEnd(), line: line + i, column: begin + 1 }]
  })
}

/** What stands to the left of the words of a heading on its lines; null where the words are not there. */
function sidesOf(
  page: Page,
  line: number,
  lines: number,
  heading: Heading,
): readonly [string, string, string] | null {
  const [top, middle, columns] =
    lines === 3
      ? [lineAt(page, line), lineAt(page, line + 1), lineAt(page, line + 2)]
      : ['', lineAt(page, line), lineAt(page, line + 1)]
  if ([top, middle, columns].some((text) => text.length > LONGEST_LINE)) return null
  const left = lines === 3 ? leftOf(top, heading.tops) : ''
  const [second, third] = [leftOf(middle, heading.middles), leftOf(columns, [heading.columns])]
  return left === null || second === null || third === null ? null : [left, second, third]
}

function leftOf(text: string, words: readonly string[]): string | null {
  for (const each of words) {
    const found = findWords(text, each)
    if (found) return text.slice(0, found.begin)
  }
  return null
}

/** The twelve words of the last line of a heading, without what somebody wrote behind them. */
function wordsOf(page: Page, line: number, heading: Heading): Token[] {
  const found = findWords(lineAt(page, line), heading.columns)
  return tokensOf(lineAt(page, line).slice(0, found?.end), line, found?.begin)
}

/**
 * bon_csv2txt pads versions to nine columns, and puts neither a version nor a name above its table of file tests. Four
 * blanks are two more than bonnie++ puts there itself.
 */
function isConverted(page: Page, at: number, from: number, dialect: TextDialect, top: string): boolean {
  if (!dialect.repeats) return false
  // a tab may be as wide
  const tabbed = page.savedAt(placeOf(page, { line: at, column: 1 }).line).includes('\t')
  if (!tabbed && /Version {4,}\d/.test(lineAt(page, at))) return true
  for (let line = from; line < from + LOOKAHEAD && hasLine(page, line); line += 1) {
    const text = lineAt(page, line)
    if (!resembles(text.slice(0, LONGEST_LINE))) continue
    const left = leftOf(text.slice(0, LONGEST_LINE), dialect.files?.tops ?? [])
    const below = leftOf(lineAt(page, line + 1).slice(0, LONGEST_LINE), dialect.files?.middles ?? [])
    return left?.trim() === '' && below?.trim() === '' && top !== ''
  }
  return false
}

/** So many rows at most stand between the two headings of a page of bon_csv2txt. */
const LOOKAHEAD = 2000

/** SuSE's Bonnie tells its version a few lines above its table: `Bonnie 1.3: File './Bonnie.976', size: …`. */
function olderVersion(page: Page, line: number, dialect: TextDialect): string | null {
  if (dialect.versions !== null) return null
  for (let above = line - 1; above > 0 && above > line - ABOVE; above -= 1) {
    const text = lineAt(page, above)
    if (text.length > LONGEST_LINE || resembles(text)) return null
    const version = /(?:^|\W)Bonnie\s+(\d{1,3}\.\d{1,4}[a-z]?):\s+File/.exec(text)?.[1]
    if (version) return version
  }
  return null
}

/** So many lines, broken ones counted twice, stand between the two. */
const ABOVE = 30

function columnsOf(dialect: TextDialect, part: 'io' | 'files', words: readonly Token[]): Columns {
  const { head, rate, cpu } = dialect.width
  const ids = part === 'io' ? METRIC_IDS.slice(0, 6) : METRIC_IDS.slice(6)
  const { bareMib } = dialect
  return {
    part,
    ids,
    head,
    width: { rate, cpu },
    bareMib,
    decimalCpu: dialect.cpu === 'decimal',
    words,
  }
}

/** A line without the width of its blanks. */
export function collapse(text: string): string {
  return text.trim().split(/\s+/).join(' ')
}

/** Whether the file ends within the first line of the heading of file tests. */
function isBegun(page: Page, line: number, { dialect, version }: Above): boolean {
  const text = lineAt(page, line).length > LONGEST_LINE ? '' : collapse(lineAt(page, line))
  if (text === '' || !dialect.files || hasLine(page, line + 2)) return false
  const [top = '', middle = ''] = [dialect.files.tops[0], dialect.files.middles[0]]
  const begins = (rest: string, ...whole: readonly string[]) => whole.some((each) => each.startsWith(rest))
  if (!hasLine(page, line + 1)) return begins(text, top, `Version ${version} ${top}`)
  const next = collapse(lineAt(page, line + 1).slice(0, LONGEST_LINE))
  return findWords(text, top) !== null && begins(next, middle) && next.length < middle.length
}

/** The output ends here: what it does not say of the file tests was never printed. */
function cutShort(page: Page): Found {
  const diagnostic = remarkAt(page, endOfLine(page, page.length), {
    level: 'warning',
    rule: 'row-ends-early',
    message: 'The output ends within the heading of the file tests: nothing is known of them.',
    remedy: 'Restore the rest of the table from the original output.',
  })
  return { kind: 'refused', files: true, cut: true, diagnostic, next: page.length + 1 }
}

function refusal(page: Page, line: number, next: number): Found {
  const lines = Array.from({ length: next - line }, (_, i) =>
    collapse(lineAt(page, line + i).slice(0, LONGEST_LINE)),
  )
  const unread = UNREAD.find((dialect) => lines.some((text) => dialect.sign(text)))
  const files =
    lines.some((text) => /Create|-Delete--/.test(text)) ||
    !lines.some((text) => /Output|-Per|[KM]\/sec/.test(text))
  const [token = { text: '', line, column: 1 }] = tokensOf(lineAt(page, line), line)
  const diagnostic = unread ? remarkAt(page, token, otherProgram(unread.name)) : strange(page, token)
  return { kind: 'refused', files, cut: false, next, diagnostic }
}

/** The refusal of something known by name. */
export function otherProgram(name: string): Remark {
  return {
    level: 'error',
    rule: 'unknown-dialect',
    message: `This looks like ${name}, which is not a result of bonnie++.`,
    remedy: 'Save the table or the CSV line that bonnie++ prints, or leave this out.',
  }
}

function strange(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unknown-dialect',
    message: 'This looks like the heading of a bonnie or bonnie++ table, but it is none that they print.',
    remedy: 'Restore the three lines of the heading from the original output.',
  })
}
