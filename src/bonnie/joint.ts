/**
 * Lines that were broken by whoever wrapped the text are whole again: a line that begins something known is joined
 * with the next ones if together, and only together, they are exactly that: a line of a heading, a row of twelve
 * numbers, six latencies, a CSV row with all its fields.
 */
import { isCellWord, readLatency } from './cell.ts'
import { CSV_DIALECTS, formatOf } from './csv-dialects.ts'
import { fieldsOf, isNamed } from './csv-fields.ts'
import { TEXT_DIALECTS, type TextDialect } from './dialects.ts'
import { readFiles, readSize } from './facts.ts'
import { joinLines, type Line, sliceLine } from './line.ts'
import { tokensOf } from './page.ts'
import { replay } from './replay.ts'
import { isBetween } from './version.ts'
import { essenceOf, essenceOfWords, findWords, PHRASES } from './words.ts'

/** Longer lines were not wrapped. */
const LONGEST = 300

/** Into how many more lines one may have been broken. */
const MOST_JOINTS = 5

const CELLS = 12

/** What may have stood at a break. */
const BLANKS = ['', ' ', '  ', '   ', '    ', '     ']

/** The columns of the last heading. */
interface Table {
  readonly dialect: TextDialect
  readonly part: 'io' | 'files'
}

/** What lines tell about those below them: the table whose heading came last. */
export interface Joints {
  readonly table: Table | null
}

export const NO_JOINTS: Joints = { table: null }

/** The lines, with those that were broken put together, and what those before a line of the file (1-based) tell. */
export function joinBroken(
  lines: readonly Line[],
  above: Joints,
): { lines: Line[]; jointsBefore(line: number): Joints } {
  const whole: Line[] = []
  const tables: { line: number; table: Table }[] = []
  let table: Table | null = above.table
  let i = 0
  while (i < lines.length) {
    const line = lines[i]
    if (!line) break
    const next = lines.slice(i + 1, i + 1 + MOST_JOINTS).filter(({ text }) => text.length <= LONGEST)
    const joined: Joined | null = line.text.length > LONGEST ? null : joinedAt(line, next, table)
    const text: string = (joined?.line ?? line).text
    const begun = tableAt(text)
    if (begun) tables.push({ line: line.pieces[0]?.line ?? 0, table: begun })
    table = begun ?? table
    whole.push(joined?.line ?? line)
    i += 1 + (joined?.more ?? 0)
  }
  const before = (at: number) => tables.findLast(({ line }) => line < at)?.table ?? above.table
  return { lines: whole, jointsBefore: (line) => ({ table: before(line) }) }
}

interface Joined {
  readonly line: Line
  /** how many lines behind the first belong to it */
  readonly more: number
}

function joinedAt(line: Line, next: readonly Line[], table: Table | null): Joined | null {
  const { text } = line
  if (text.includes(',')) return joinCsv(line, next)
  if (/--|\u2013|\u2014|\/s|%C/.test(text)) return joinHeading(line, next)
  if (/^\s*Latency\b/.test(text)) return joinLatencies(line, next)
  return table && /\d|\+/.test(text) ? joinRow(line, next, table) : null
}

/** The table whose heading ends on a line; null if none does. */
function tableAt(text: string): Table | null {
  if (text.length > LONGEST || !text.includes('/sec')) return null
  for (const dialect of TEXT_DIALECTS) {
    for (const part of ['files', 'io'] as const) {
      const heading = dialect[part]
      const found = heading ? findWords(text, heading.columns) : null
      const label = text
        .slice(0, found?.begin ?? 0)
        .trim()
        .split(/\s+/)
        .join(' ')
      if (found && heading?.labels.includes(label)) return { dialect, part }
    }
  }
  return null
}

function joinHeading(line: Line, next: readonly Line[]): Joined | null {
  const begun = essenceOf(line.text).text
  for (let more = 1; more <= Math.min(2, next.length); more += 1) {
    const parts = next.slice(0, more)
    const before =
      begun +
      parts
        .slice(0, -1)
        .map(({ text }) => essenceOf(text).text)
        .join('')
    const whole = before + essenceOf(parts.at(-1)?.text ?? '').text
    for (const words of PHRASES) {
      const wanted = essenceOfWords(words)
      const at = whole.indexOf(wanted)
      const across = at >= 0 && at < begun.length && at + wanted.length > before.length
      if (!across || begun.includes(wanted)) continue
      const [tight, loose] = ['', ' '].map((between) => joinLines([line, ...trimmed(parts)], between))
      const fits = (each: Line | undefined) => each?.text.split(/\s+/).join(' ').includes(words) ?? false
      const joined = fits(loose) || !fits(tight) ? loose : tight
      return joined ? { line: joined, more } : null
    }
  }
  return null
}

function joinRow(line: Line, next: readonly Line[], table: Table): Joined | null {
  if (!begins(line.text, table) || isRow(line.text, table)) return null
  for (let more = 1; more <= Math.min(3, next.length); more += 1) {
    const parts = next.slice(0, more)
    if (!parts.every(({ text }) => /^[\s\d.+kmg]+$/.test(text))) return null
    // whoever wraps lines drops the blanks at the break, so some may be missing
    const tries = BLANKS.map((between) => joinLines([line, ...trimmed(parts)], between))
    const joined =
      tries.find(({ text }) => isLaidOut(text, table)) ?? tries.find(({ text }) => isRow(text, table))
    if (joined) return { line: joined, more }
  }
  return null
}

/** Whether a line begins with a name and a size, or a number of files, and then numbers. */
function begins(text: string, table: Table): boolean {
  const tokens = tokensOf(text, 1)
  const label = labelOf(
    tokens.map((token) => token.text),
    table,
  )
  return label >= 0 && label < tokens.length - 1 && tokens.length - label - 1 < CELLS
}

/** Where the label stands among words; -1 if they have none. */
function labelOf(words: readonly string[], { dialect, part }: Table): number {
  const strict = words.findIndex((word) => (part === 'io' ? readSize(word, null) : readFiles(word)) !== null)
  return strict >= 0 || part === 'files'
    ? strict
    : words.findIndex((word) => readSize(word, dialect.bareMib) !== null)
}

/** Whether all cells of a row stand where printf puts them. */
function isLaidOut(text: string, { dialect }: Table): boolean {
  const { head, rate, cpu } = dialect.width
  const replayed = replay(text, 1, head, { rate, cpu }, CELLS / 2)
  return replayed?.state === 'whole' && replayed.rest.length === 0 && text.length > head
}

/** Whether all cells of a row are there. */
function isRow(text: string, table: Table): boolean {
  if (isLaidOut(text, table)) return true
  const words = tokensOf(text, 1).map((token) => token.text)
  const cells = words.slice(labelOf(words, table) + 1)
  return cells.length === CELLS && cells.every(isCellWord)
}

function joinLatencies(line: Line, next: readonly Line[]): Joined | null {
  const count = (text: string) => {
    const words = text.trim().split(/\s+/)
    return words.slice(words[0] === 'Latency' ? 1 : 0).every((word) => readLatency(word) !== null)
      ? words.length - (words[0] === 'Latency' ? 1 : 0)
      : 0
  }
  const [more] = next
  if (!more || count(line.text) >= CELLS / 2 || !/^[\s\dums]+$/.test(more.text)) return null
  for (const between of ['', ' ']) {
    const joined = joinLines([line, ...trimmed([more])], between)
    if (count(joined.text) === CELLS / 2) return { line: joined, more: 1 }
  }
  return null
}

/** A CSV row holds no blanks, so nothing is lost at its breaks. */
function joinCsv(line: Line, next: readonly Line[]): Joined | null {
  const wanted = fieldsWanted(line.text)
  if (wanted.length === 0) return null
  const count = fieldsOf(line.text, 1).length
  if (count < 3 || wanted.includes(count)) return null
  for (let more = 1; more <= next.length; more += 1) {
    const parts = next.slice(0, more)
    const last = parts.at(-1)?.text.trim() ?? ''
    if (!/^[\w.+:,/]+$/.test(last) || isNamed(last)) return null
    const joined = joinLines(trimmed([line, ...parts]), '')
    const fields = fieldsOf(joined.text, 1).length
    if (wanted.includes(fields)) return { line: joined, more }
    if (fields > Math.max(...wanted)) return null
  }
  return null
}

/** How many fields the row on a line should have; none if it does not look like a row. */
function fieldsWanted(text: string): number[] {
  const [first, second] = fieldsOf(text, 1)
  const format = isNamed(text) ? formatOf(first?.text ?? '') : null
  if (format === null && readSize(second?.text ?? '', 1) === null && !/,,,,/.test(text)) return []
  const fitting = CSV_DIALECTS.filter(({ formats, withoutIo }) => {
    if (withoutIo) return false
    return format === null || formats === null
      ? format === formats
      : isBetween(format, formats.from, formats.below)
  })
  return fitting.map(({ fields }) => fields.length)
}

function trimmed(parts: readonly Line[]): Line[] {
  return parts.map((part) => {
    const from = part.text.length - part.text.trimStart().length
    return from === 0 && part.text.trimEnd() === part.text
      ? part
      : sliceLine(part, from, part.text.trimEnd().length)
  })
}
