/** Tables of text: the rows below a heading, and the runs they make up. */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import { BLANK, LOST, type Printed } from './cell.ts'
import { convertedFrom, type SizePart, type TextDialect } from './dialects.ts'
import { type Facts, NO_FACTS, readCount, readFiles, readSize } from './facts.ts'
import type { Found } from './heading.ts'
import { readLatencyRow } from './latency.ts'
import { hasLine, type Page, remarkAt, type Token } from './page.ts'
import { type Row, readRow } from './row.ts'

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
  names: readonly string[],
): Noted<{ rows: readonly TableRow[]; next: number }> {
  const rows: TableRow[] = []
  const diagnostics: Diagnostic[] = []
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
          : filesFacts(page, row.name, row.label, namesOf(heading, names))
    const latencies = heading.dialect.latency ? readLatencyRow(page, line + 1, row.cells) : null
    const hasLatency = latencies !== null && !latencies.diagnostics.some((d) => d.rule === 'no-latency')
    diagnostics.push(...row.diagnostics, ...facts.diagnostics)
    if (hasLatency || !row.short) diagnostics.push(...(latencies?.diagnostics ?? []))
    const last = hasLatency ? line + 1 : line
    const named = row.label === null && above ? { ...row, name: above.row.name } : row
    rows.push({
      row: named,
      last,
      facts: facts.value,
      latencies: latencies?.value ?? row.cells.map(() => null),
    })
    line = last + 1
  }
  if (rows.length === 0) diagnostics.push(noRow(page, heading.token))
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
  if (!size || size.parts.length > dialect.sizeParts.length) {
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

/** The names that may begin a row of file tests: only bon_csv2txt repeats them there. */
function namesOf({ dialect }: Heading, names: readonly string[]): readonly string[] {
  return dialect.repeats ? [] : names
}

function filesFacts(page: Page, name: string, label: Token, names: readonly string[]): Noted<Partial<Facts>> {
  const facts = readFiles(label.text)
  const known = name === '' || names.some((each) => each.startsWith(name) || name.startsWith(each))
  if (facts && known) return { value: facts, diagnostics: [] }
  const token = known ? label : { ...label, text: `${name} ${label.text}` }
  return { value: {}, diagnostics: [unreadableFact(page, token, 'a number of files such as 16')] }
}

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
