/** The heading of a table: three lines that say which program printed it, and what the columns are. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import { HEADING_WORDS, type Heading, prints, TEXT_DIALECTS, type TextDialect, UNREAD } from './dialects.ts'
import { LONGEST_LINE, lineAt, type Page, remarkAt, type Token, tokensOf } from './page.ts'
import type { Columns } from './row.ts'
import { isVersion } from './version.ts'

export type Found =
  | {
      readonly kind: 'heading'
      readonly dialect: TextDialect
      readonly columns: Columns
      readonly version: string | null
      /** the machine's name in the heading of a file table */
      readonly name: string
      /** place of its first word */
      readonly token: Token
      readonly next: number
    }
  /** It resembles a heading and is none that we read: `files` if it is one of file tests. */
  | {
      readonly kind: 'refused'
      readonly files: boolean
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
  if (above && isBegun(page, line, above)) return refusal(page, line, line + 1)
  if (!resembles(lineAt(page, line))) return null
  for (const dialect of TEXT_DIALECTS) {
    for (const part of ['io', 'files'] as const) {
      const found = match(page, line, dialect, part, above?.dialect ?? null)
      if (found) return found
    }
  }
  let next = line + 1
  while (next < line + HEADING_LINES && resembles(lineAt(page, next))) next += 1
  return refusal(page, line, next)
}

function match(
  page: Page,
  line: number,
  dialect: TextDialect,
  part: 'io' | 'files',
  above: TextDialect | null,
) {
  const heading = dialect[part]
  const [top, middle, columns] = heading ? prefixes(page, line, heading) : []
  if (heading === null || top === undefined || middle === undefined || columns === undefined) return null
  const version = /^Version (\S+)$/.exec(top)?.[1] ?? null
  if ((top !== '' && version === null) || !heading.labels.includes(columns)) return null
  const inherits = part === 'files' && version === null
  if (inherits ? dialect !== above || dialect.repeats : !prints(dialect, version)) return null
  if (part === 'io' && middle !== '') return null
  const words = tokensOf(lineAt(page, line + 2), line + 2)
  const [token] = tokensOf(lineAt(page, line), line)
  if (!token) return null
  return {
    kind: 'heading' as const,
    dialect,
    columns: columnsOf(dialect, part, words.slice(-12)),
    version,
    name: middle,
    token,
    next: line + HEADING_LINES,
  }
}

function columnsOf(dialect: TextDialect, part: 'io' | 'files', words: readonly Token[]): Columns {
  const { head, rate, cpu } = dialect.width
  const ids = part === 'io' ? METRIC_IDS.slice(0, 6) : METRIC_IDS.slice(6)
  return { part, ids, head, width: { rate, cpu }, bareSize: dialect.bareSize, words }
}

/** What stands to the left of the words of a heading on its three lines; undefined where the words are not there. */
function prefixes(page: Page, line: number, heading: Heading): (string | undefined)[] {
  return [heading.top, heading.middle, heading.columns].map((words, i) => {
    const text = collapse(lineAt(page, line + i))
    if (text === words) return ''
    return text.endsWith(` ${words}`) ? text.slice(0, -words.length - 1) : undefined
  })
}

/** A line without the width of its blanks. */
export function collapse(text: string): string {
  return text.trim().split(/\s+/).join(' ')
}

/** Whether the file ends within the first line of the heading of file tests. */
function isBegun(page: Page, line: number, { dialect, version }: Above): boolean {
  const text = lineAt(page, line).length > LONGEST_LINE ? '' : collapse(lineAt(page, line))
  const top = dialect.files?.top ?? ''
  const last = page.lines.at(-1) === '' ? page.lines.length - 1 : page.lines.length
  return line === last && text !== '' && [top, `Version ${version} ${top}`].some((t) => t.startsWith(text))
}

/** Whether a line holds words that only headings hold. */
function resembles(text: string): boolean {
  if (text.length > LONGEST_LINE) return false
  if (!text.includes('--') && !text.includes('/sec')) return false
  return tokensOf(text, 0).filter((token) => HEADING_WORDS.has(token.text)).length >= 2
}

function refusal(page: Page, line: number, next: number): Found {
  const lines = page.lines.slice(line - 1, next - 1).map(collapse)
  const version = lines.flatMap((text) => /^Version (\S+)/.exec(text)?.[1] ?? []).find(isVersion)
  const unread = UNREAD.find((dialect) => lines.some((text) => dialect.sign(text)))
  const ofPlusPlus = version !== undefined && !TEXT_DIALECTS.some((dialect) => prints(dialect, version))
  const named = ofPlusPlus ? `bonnie++ ${version} text` : unread?.name
  const files =
    lines.some((text) => /Create|-Delete--/.test(text)) ||
    !lines.some((text) => /Output|-Per|K\/sec/.test(text))
  const [token = { text: '', line, column: 1 }] = tokensOf(lineAt(page, line), line)
  return {
    kind: 'refused',
    files,
    next,
    diagnostic: named ? unreadAt(page, token, named, unread?.why) : strange(page, token),
  }
}

/** The refusal of something known by name. */
export function unreadAt(page: Page, token: Token, name: string, why = 'not read yet'): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unknown-dialect',
    message: `This looks like ${name}, which is ${why}.`,
    remedy: 'Save the table or the CSV line of a version that is read, or leave this out.',
  })
}

function strange(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unknown-dialect',
    message: 'This looks like the heading of a bonnie or bonnie++ table, but it is none that they print.',
    remedy: 'Restore the three lines of the heading from the original output.',
  })
}
