/** Tables of text: the rows below a heading, and the runs they make up. */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import { ALIKE } from './copies.ts'
import { convertedFrom, type SizePart, type TextDialect } from './dialects.ts'
import { latenciesBelow, oddName } from './doubts.ts'
import { type Facts, NO_FACTS, readChunk, readCount, readFiles, readSize } from './facts.ts'
import { collapse, type Found } from './heading.ts'
import { readLatencyRow } from './latency.ts'
import { type CutName, isOneName, roomOf } from './names.ts'
import { BLANK, isCellWord, LOST, type Printed } from './notation.ts'
import { endOfLine, hasLine, LONGEST_LINE, lineAt, type Page, remarkAt } from './page.ts'
import { type Row, readRow } from './row.ts'
import type { Token } from './token.ts'
import { resembles } from './words.ts'

export type Heading = Extract<Found, { kind: 'heading' }>
export type Cells<T> = Readonly<Record<MetricId, T>>

/** A run as a table of text tells it. `line` to `last`: where it stands. */
export interface TextRun {
  readonly dialect: TextDialect
  readonly facts: Facts
  readonly line: number
  readonly last: number
  readonly printed: Cells<Printed>
  readonly latencies: Cells<Token | null>
  /** whether a table of file tests belongs to it already, readable or not */
  readonly complete: boolean
  /** the first word of its heading */
  readonly heading: Token
  /** columns that its name had; a shorter name is whole */
  readonly room: number
}

/** A row of a table with all that stands below it and belongs to it. */
export interface TableRow {
  readonly row: Row
  readonly last: number
  readonly facts: Partial<Facts>
  readonly latencies: readonly (Token | null)[]
}

/** The rows below a heading, and the line behind them. `names`: of the runs that lack a table of file tests. */
export function readTable(
  page: Page,
  heading: Heading,
  names: readonly CutName[],
): Noted<{ rows: readonly TableRow[]; next: number }> {
  const rows: TableRow[] = []
  const diagnostics = [
    ...heading.extras.map((extra) => goesOn(page, extra)),
    ...oddName(page, heading.token, heading.name),
  ]
  let line = heading.next
  for (;;) {
    const standing = rows.length === 0 ? 'first' : 'next'
    const row = hasLine(page, line) ? readRow(page, line, heading.columns, standing) : null
    if (!row) break
    const above = rows.at(-1)
    const facts =
      row.label === null
        ? { value: above?.facts ?? {}, diagnostics: [] }
        : heading.columns.part === 'io'
          ? sizeFacts(page, row.label, heading)
          : filesFacts(page, row, row.label, heading, names)
    const latencies = heading.dialect.latency ? readLatencyRow(page, line + 1, row.cells) : null
    const hasLatency = latencies !== null && !latencies.diagnostics.some((d) => d.rule === 'no-latency')
    diagnostics.push(...row.diagnostics, ...facts.diagnostics)
    if (row.label) diagnostics.push(...oddName(page, row.label, row.name))
    if (hasLatency || !row.short) diagnostics.push(...(latencies?.diagnostics ?? []))
    const last = hasLatency ? line + 1 : line
    const named = row.label === null && above ? { ...row, name: above.row.name } : row
    if (row.label === null && !above) diagnostics.push(withoutLabel(page, line))
    const read = {
      row: named,
      last,
      facts: facts.value,
      latencies: latencies?.value ?? row.cells.map(() => null),
    }
    const again = above ? sameAs(page, above, read) : 'another'
    if (again !== 'another') diagnostics.push(printedTwice(page, line, again))
    line = last + 1
    const tooOld = heading.dialect.latency ? [] : latenciesBelow(page, line)
    diagnostics.push(...tooOld)
    if (again !== 'same')
      rows.push(tooOld.length > 0 ? { ...read, facts: { ...read.facts, version: null } } : read)
  }
  const [last] = rows.slice(-1)
  if (!last) diagnostics.push(noRow(page, heading.token))
  else if (beginsAlike(lineAt(page, line), last.row.name)) diagnostics.push(cutRow(page, line))
  else {
    // what is left of the beginning may stand in between
    const rest = lineAt(page, line).trim().length > FEW ? line : line + 1
    diagnostics.push(
      ...[line, rest]
        .filter((at) => isRest(lineAt(page, at)))
        .map((at) => lostRow(page, at))
        .slice(0, 1),
    )
  }
  return { value: { rows, next: line }, diagnostics }
}

/** The run that a row of an IO table begins, or, with `-s 0`, a row of a file table. */
export function beginRun(heading: Heading, { row, last, facts, latencies }: TableRow): TextRun {
  const { part, ids } = heading.columns
  const lostFiles = part === 'io' && row.short && heading.dialect.files !== null
  return {
    dialect: heading.dialect,
    facts: {
      ...NO_FACTS,
      version: heading.version,
      concurrency: heading.concurrency ?? heading.dialect.concurrency,
      ...facts,
      name: part === 'io' || heading.name === '' ? row.name : heading.name,
    },
    line: row.line,
    last,
    printed: fill((id) => row.cells[ids.indexOf(id)] ?? (lostFiles ? LOST : BLANK)),
    latencies: fill((id) => latencies[ids.indexOf(id)] ?? null),
    complete: part === 'files' || heading.dialect.files === null,
    heading: heading.token,
    room: part === 'io' || heading.name === '' ? roomOf(row.label, heading.columns) : heading.columns.head,
  }
}

/** A run with the file tests that a later table gives it. The longest form of its name wins. */
export function addFiles(run: TextRun, heading: Heading, { row, last, facts, latencies }: TableRow): TextRun {
  const { ids } = heading.columns
  const names = [run.facts.name, heading.name, ...(run.dialect.repeats ? [] : [row.name])]
  const name = names.reduce((best, each) => (each.length > best.length ? each : best))
  return {
    ...run,
    dialect: row.name === '' || run.dialect.repeats ? run.dialect : convertedFrom(run.dialect),
    facts: { ...run.facts, ...facts, name },
    last,
    printed: fill((id) => row.cells[ids.indexOf(id)] ?? run.printed[id]),
    latencies: fill((id) => (ids.includes(id) ? (latencies[ids.indexOf(id)] ?? null) : run.latencies[id])),
    complete: true,
  }
}

/** A run whose table of file tests is there but could not be read. */
export function loseFiles(run: TextRun): TextRun {
  return { ...run, printed: { ...run.printed, ...fileCells(LOST) }, complete: true }
}

/** One value for each of the twelve tests. */
export function fill<T>(value: (id: MetricId) => T): Cells<T> {
  return Object.fromEntries(METRIC_IDS.map((id) => [id, value(id)])) as Record<MetricId, T>
}

function fileCells(printed: Printed): Partial<Cells<Printed>> {
  return Object.fromEntries(METRIC_IDS.slice(6).map((id) => [id, printed]))
}

function sizeFacts(page: Page, label: Token, { dialect, concurrency }: Heading): Noted<Partial<Facts>> {
  const size = readSize(label.text, dialect.bareMib)
  const suits = (part: string, i: number) =>
    part === '' || (dialect.sizeParts[i] === 'chunk_size' ? readChunk(part) : readCount(part)) !== null
  const [found, most] = [size?.parts.length ?? 0, dialect.sizeParts.length]
  if (!size?.parts.every(suits) || found > most || (dialect.allParts && found < most)) {
    return { value: {}, diagnostics: [unreadableFact(page, label, 'a size such as 2064M')] }
  }
  const given = new Map(dialect.sizeParts.map((key, i) => [key, size.parts[i] ?? '']))
  const count = (key: SizePart) => readCount(given.get(key) ?? '')
  const facts: Partial<Facts> = {
    file_size_mib: size.mib,
    chunk_size: given.get('chunk_size') || null,
    seek_count: count('seek_count'),
    seekers: count('seekers'),
    concurrency: count('concurrency') ?? concurrency ?? dialect.concurrency,
  }
  return { value: facts, diagnostics: [] }
}

/** Only bon_csv2txt begins a row of file tests with a name, that of the run. */
function filesFacts(
  page: Page,
  row: Row,
  label: Token,
  heading: Heading,
  names: readonly CutName[],
): Noted<Partial<Facts>> {
  const facts = readFiles(label.text)
  const own = { name: row.name, room: roomOf(row.label, heading.columns) }
  const known = row.name === '' || (!heading.dialect.repeats && names.some((name) => isOneName(name, own)))
  if (facts && known) return { value: facts, diagnostics: [] }
  const token = known ? label : { ...label, text: `${row.name} ${label.text}` }
  return { value: {}, diagnostics: [unreadableFact(page, token, 'a number of files such as 16')] }
}

/**
 * Whether a row is the row above it once more. Three measured rates prove it; where fewer were measured nothing tells
 * a copy from a second run.
 */
function sameAs(page: Page, above: TableRow, { row, latencies }: TableRow): 'same' | 'alike' | 'another' {
  const times = (tokens: TableRow['latencies']) => tokens.map((token) => token?.text).join()
  const words = (line: number) => collapse(lineAt(page, line))
  if (words(above.row.line) !== words(row.line) || times(above.latencies) !== times(latencies))
    return 'another'
  const measured = row.cells.filter((cell) => cell.kind === 'pair' && /\d/.test(cell.rate.text)).length
  return measured >= TELLING ? 'same' : 'alike'
}

const TELLING = 3

/** A fact that is not what it should be. */
export function unreadableFact(page: Page, token: Token, expected: string): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unreadable-fact',
    message: `Expected ${expected}, got "${token.text}".`,
    remedy: 'Correct it from the original output.',
  })
}

function noRow(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'no-result',
    message: 'The table has a heading but no row of results.',
    remedy: 'Restore the row from the original output, or leave the file out if the run failed.',
  })
}

/** Whether a line begins with the name of the row above it, as a row of the same machine does. */
function beginsAlike(text: string, name: string): boolean {
  return name !== '' && text.trimStart().startsWith(`${name} `) && !resembles(text.slice(0, LONGEST_LINE))
}

/** Fewer letters are no line of anything. */
const FEW = 3

/** Whether a line holds numbers alone, like the end of a row that was wrapped. */
function isRest(text: string): boolean {
  const words = text.length > LONGEST_LINE ? [] : collapse(text).split(' ')
  return words.length > 1 && words.every(isCellWord)
}

function lostRow(page: Page, line: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line), {
    level: 'warning',
    rule: 'row-ends-early',
    message: 'The line holds numbers alone, like the end of a row whose beginning was lost.',
    remedy: 'Restore the row from the original output.',
  })
}

function cutRow(page: Page, line: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line), {
    level: 'warning',
    rule: 'row-ends-early',
    message: 'The line begins like the row above it and holds no results.',
    remedy: 'If it was a row, restore the rest of it from the original output.',
  })
}

function goesOn(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'row-goes-on',
    message: `Expected the end of the heading, got "${token.text}".`,
    remedy: 'If it belongs to a row of results, put that on a line of its own.',
  })
}

function withoutLabel(page: Page, line: number): Diagnostic {
  return remarkAt(
    page,
    { text: '', line, column: 1 },
    {
      level: 'warning',
      rule: 'missing-fact',
      message: 'The row says neither the size of its file nor the number of its files.',
      remedy: 'Restore its first column from the original output.',
    },
  )
}

function printedTwice(page: Page, line: number, how: 'same' | 'alike'): Diagnostic {
  const token = { text: '', line, column: 1 }
  return how === 'same'
    ? remarkAt(page, token, {
        level: 'note',
        rule: 'duplicate-run',
        message: 'This is the row above once more, so it is not counted again.',
      })
    : remarkAt(page, token, { ...ALIKE, message: 'This row is exactly like the row above it.' })
}
