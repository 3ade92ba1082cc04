/**
 * Lines that were broken by whoever wrapped the text are whole again: a line that begins something known is joined
 * with the next ones if together, and only together, they are exactly that: a line of a heading, a row of twelve
 * numbers, six latencies, a CSV row with all its fields.
 */

import { TEXT_DIALECTS, type TextDialect } from './dialects.ts'
import { readFiles, readSize } from './facts.ts'
import { type Joined, joinCsv } from './joint-csv.ts'
import { joinLines, type Line, rightTrimmed, trimmed } from './line.ts'
import { isCellWord, readLatency } from './notation.ts'
import { replay } from './replay.ts'
import { endOf, tokensOf } from './token.ts'
import { essenceOf, findWords, PHRASES } from './words.ts'

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

/** A line of a heading that was broken inside one of its phrases. */
function joinHeading(line: Line, next: readonly Line[]): Joined | null {
  const begun = essenceOf(line.text).text
  for (let more = 1; more <= Math.min(MOST_JOINTS_OF_HEADING, next.length); more += 1) {
    const parts = trimmed(next.slice(0, more))
    const tight = joinLines([line, ...parts], '')
    const { text: whole, at } = essenceOf(tight.text)
    const lastBegins = tight.text.length - (parts.at(-1)?.text.length ?? 0)
    for (const [i, wanted] of WANTED.entries()) {
      const from = whole.indexOf(wanted)
      if (from < 0 || begun.includes(wanted)) continue
      const [first = 0, last = 0] = [at[from], at[from + wanted.length - 1]]
      if (first >= line.text.length || last < lastBegins) continue
      const asBroken = joinLines([line, ...next.slice(0, more)], '')
      const loose = joinLines([line, ...parts], ' ')
      const words = PHRASES[i] ?? ''
      const fits = ({ text }: Line) => text.split(/\s+/).join(' ').includes(words)
      return { line: [asBroken, tight, loose].find(fits) ?? tight, more }
    }
  }
  return null
}

const MOST_JOINTS_OF_HEADING = 3

/** Without the dashes around: those at the end may stand on a line of their own, those before end the line above. */
const WANTED = PHRASES.map((words) => essenceOf(words).text.replace(/^-|-$/g, ''))

function joinRow(line: Line, next: readonly Line[], table: Table): Joined | null {
  if (isRow(line.text, table)) return joinLastDigit(line, next, table)
  if (!begins(line.text, table)) return null
  for (let more = 1; more <= Math.min(3, next.length); more += 1) {
    const parts = next.slice(0, more)
    if (!parts.every(({ text }) => /^[\s\d.+kmg]+$/.test(text))) return null
    const joined = laidOut(line, parts, table)
    // a number that was broken makes two: then a row seems whole before it is
    const goesOn = isFragment(next[more]?.text ?? '')
    const whole = joined ?? (goesOn ? null : inOrder(line, parts, table))
    if (whole) return { line: whole, more }
  }
  return null
}

/** Whether a line holds nothing but a few numbers, or parts of them. */
function isFragment(text: string): boolean {
  return /^\s*[\d.+]+[kmg]?(?:\s+[\d.+]+[kmg]?){0,8}\s*$/.test(text)
}

/** The parts of a row at the places where printf puts them: whoever wraps lines drops the blanks at the break. */
function laidOut(line: Line, parts: readonly Line[], table: Table): Line | null {
  const [part, ...rest] = parts
  if (!part) return isLaidOut(line.text, table) ? line : null
  const bare = rightTrimmed(line)
  for (const tried of [line, ...BLANKS.map((blanks) => padded(bare, blanks))]) {
    const joined = joinLines([tried, ...trimmed([part])], '')
    const whole = isBegun(joined.text, table) ? laidOut(joined, rest, table) : null
    if (whole) return whole
  }
  return null
}

function inOrder(line: Line, parts: readonly Line[], table: Table): Line | null {
  const rest = trimmed(parts)
  const bare = rightTrimmed(line)
  const tries = [
    joinLines([line, ...rest], ''),
    ...['', ' '].map((between) => joinLines([bare, ...rest], between)),
  ]
  return tries.find(({ text }) => isRow(text, table)) ?? null
}

/** A row may have been broken inside its last number, and look whole without what stands on the next line. */
function joinLastDigit(line: Line, [more]: readonly Line[], table: Table): Joined | null {
  if (!more || !/^\s*[\d.+]{1,3}\s*$/.test(more.text) || isLaidOut(line.text, table)) return null
  const tight = joinLines([rightTrimmed(line), ...trimmed([more])], '')
  const goesOn = more.text.trim().startsWith('.') || line.text.endsWith('.')
  // where that is not plain, a number too many says so when the row is read
  return { line: goesOn || isLaidOut(tight.text, table) ? tight : joinLines([line, more], ' '), more: 1 }
}

/** Whether a line begins with a name and a size, or a number of files, and then numbers. */
function begins(text: string, table: Table): boolean {
  const tokens = tokensOf(text, 1)
  const label = labelOf(
    tokens.map((token) => token.text),
    table,
  )
  return label >= 0 && label < tokens.length - 1 && tokens.length - label - 1 <= CELLS
}

/** Where the label stands among words; -1 if they have none. */
function labelOf(words: readonly string[], { dialect, part }: Table): number {
  const strict = words.findIndex((word) => (part === 'io' ? readSize(word, null) : readFiles(word)) !== null)
  return strict >= 0 || part === 'files'
    ? strict
    : words.findIndex((word) => readSize(word, dialect.bareMib) !== null)
}

/** Whether the cells of a row, as many as there are, stand where printf puts them. */
function isBegun(text: string, { dialect }: Table): boolean {
  const { head, rate, cpu } = dialect.width
  const replayed = replay(text, 1, head, { rate, cpu }, CELLS / 2)
  return replayed !== null && replayed.rest.length === 0
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
  const inTurn = cells.every((cell, i) => isCellWord(cell) && cell !== (i % 2 === 0 ? '+++' : '+++++'))
  // a CPU without the decimal that the first one has was broken off
  const decimal = !cells[1]?.includes('.') || cells.every((cell, i) => i % 2 === 0 || cell.includes('.'))
  return cells.length === CELLS && inTurn && decimal
}

/** Latencies that were broken: together they are six, or stand where printf puts them. */
function joinLatencies(line: Line, next: readonly Line[]): Joined | null {
  if (latenciesIn(line.text) === CELLS / 2) return null
  for (let more = 1; more <= Math.min(2, next.length); more += 1) {
    const parts = next.slice(0, more)
    if (!parts.every(({ text }) => /^[\s\dums]+$/.test(text))) return null
    const tries = [
      joinLines([line, ...parts], ''),
      ...['', ' '].map((between) => joinLines([line, ...trimmed(parts)], between)),
    ]
    const joined =
      tries.find(({ text }) => latenciesIn(text) === CELLS / 2) ??
      tries.find(({ text }) => standInColumns(text))
    if (joined) return { line: joined, more }
  }
  return null
}

/** How many latencies stand behind the word; 0 if anything else does. */
function latenciesIn(text: string): number {
  const words = text.trim().split(/\s+/).slice(1)
  return words.every((word) => readLatency(word) !== null) ? words.length : 0
}

/** Whether all latencies of a row end where printf's do, and the last is that of the last test. */
function standInColumns(text: string): boolean {
  const ends = tokensOf(text, 1)
    .slice(1)
    .map((token) => endOf(token))
  return (
    ends.at(-1) === LATENCY_EDGE &&
    ends.every((end) => (LATENCY_EDGE - end) % 10 === 0) &&
    latenciesIn(text) > 0
  )
}

/** printf writes `"Latency          "` and then six times `" %9s"`. */
const LATENCY_EDGE = 17 + 6 * 10

function padded(line: Line, blanks: string): Line {
  return { ...line, text: line.text + blanks }
}
