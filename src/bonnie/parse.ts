/** Text to runs: the door of this room. */
import { byPlace, type Diagnostic } from '../model/diagnostic.ts'
import type { Parsed, Run, Source } from '../model/run.ts'
import { copyOf, type Rows } from './copies.ts'
import { type CsvRun, readCsv } from './csv.ts'
import { UNREAD } from './dialects.ts'
import { collapse, headingAt, otherProgram } from './heading.ts'
import { readHtml } from './html.ts'
import { type Candidate, candidate, type Print, partnerOf, recordOf } from './merge.ts'
import { LONGEST_LINE, lineAt, type Page, pageOf, placeOf, remarkAt, remarkOn, tokensOf } from './page.ts'
import { type Columns, readRow } from './row.ts'
import { addFiles, beginRun, type Heading, loseFiles, readTable, type TextRun } from './table.ts'

/** What has been found so far, in order of appearance. */
interface Finds {
  readonly prints: Print[]
  readonly diagnostics: Diagnostic[]
  /** tables above the last CSV row that have no CSV row, and how many prints have been looked at for it */
  readonly waiting: Candidate[]
  seen: number
  /** how many runs at the end of `prints` stand in the table just above; 0 behind a CSV row */
  open: number
  /** whether the table above was refused, so that its second half is refused with it */
  refused: boolean
  readonly rows: Rows
  /** the columns of the last table above that begins runs */
  columns: Columns | null
}

/**
 * The runs in a saved output of bonnie or bonnie++, in order of appearance, and every problem in it by place.
 * Rates are in KiB/s or 1/s, latencies in microseconds; lines and columns are 1-based, in UTF-16 units.
 */
export function parse(source: Source): Parsed {
  const page = pageOf(source)
  const finds: Finds = {
    prints: [],
    diagnostics: [],
    waiting: [],
    seen: 0,
    open: 0,
    refused: false,
    columns: null,
    rows: new Map(),
  }
  let line = 1
  while (line <= page.lines.length) line = readAt(page, line, finds)
  const runs = finds.prints.map((print): Run => {
    const { value, diagnostics } = recordOf(page, print)
    finds.diagnostics.push(...diagnostics)
    const { dialect, facts, cells } = value
    const { line: at } = placeOf(page, { line: value.line, column: 1 })
    const about = { schema: 1 as const, path: source.path, line: at, source_sha256: source.sha256 }
    return { ...about, dialect, ...facts, cells }
  })
  const failed = finds.diagnostics.some((diagnostic) => diagnostic.level === 'error')
  if (runs.length === 0 && !failed) finds.diagnostics.push(noResult(page))
  return { runs, diagnostics: finds.diagnostics.toSorted(byPlace) }
}

/** Reads what begins on a line; returns the line to go on with. */
function readAt(page: Page, line: number, finds: Finds): number {
  if (lineAt(page, line) === '') return line + 1
  const html = readHtml(page, line)
  if (html) {
    finds.diagnostics.push(...html.diagnostics)
    for (const csv of html.value.runs) finds.prints.push({ text: null, csv })
    close(finds, false)
    return html.value.next
  }
  const above = finds.open > 0 ? finds.prints.at(-1)?.text : null
  const incomplete =
    above && !above.complete ? { dialect: above.dialect, version: above.facts.version } : null
  const found = headingAt(page, line, incomplete)
  if (found?.kind === 'heading') return readHeading(page, found, finds)
  if (found) {
    if (!(found.files && finds.refused)) finds.diagnostics.push(found.diagnostic)
    if (found.files && !found.cut) loseOpenFiles(finds)
    else if (found.cut) close(finds, false)
    else close(finds, true)
    if (finds.refused) finds.columns = null
    return found.next
  }
  const csv = readCsv(page, line, finds.open > 0 || finds.waiting.length > 0)
  if (!csv) {
    if (finds.columns && readRow(page, line, finds.columns, 'stray'))
      finds.diagnostics.push(strayRow(page, line))
    return line + 1
  }
  const copied = copyOf(page, csv.fields, finds.rows)
  if (copied) {
    finds.diagnostics.push(copied)
    return line + 1
  }
  finds.diagnostics.push(...csv.diagnostics)
  if (csv.run) place(page, csv.run, finds)
  close(finds, false)
  return line + 1
}

/** Puts a CSV row beside the table it belongs to, or on its own. */
function place(page: Page, csv: CsvRun, finds: Finds): void {
  for (; finds.seen < finds.prints.length; finds.seen += 1) {
    const text = finds.prints[finds.seen]?.text
    if (text) finds.waiting.push(candidate(page, text, finds.seen))
  }
  const partner = partnerOf(page, csv, finds.waiting)
  if (partner) {
    finds.prints[partner.at] = { text: partner.text, csv }
    finds.waiting.splice(finds.waiting.indexOf(partner), 1)
  } else {
    finds.prints.push({ text: null, csv })
    finds.seen += 1
  }
}

function readHeading(page: Page, heading: Heading, finds: Finds): number {
  const open = finds.prints.slice(finds.prints.length - finds.open).flatMap(({ text }) => text ?? [])
  const names = open.map(({ facts }) => facts.name)
  const { value, diagnostics } = readTable(page, heading, names)
  const isFiles = heading.columns.part === 'files'
  if (isFiles && finds.refused) return value.next
  for (const diagnostic of diagnostics) finds.diagnostics.push(diagnostic)
  const continues =
    isFiles && open.some((run) => !run.complete) && (heading.dialect.repeats || !heading.version)
  if (continues && open.length === value.rows.length) {
    const runs = open.map((run, i) => {
      const row = value.rows[i]
      return row ? addFiles(run, heading, row) : run
    })
    replaceOpen(finds, runs)
  } else if (continues) {
    if (value.rows.length > 0) finds.diagnostics.push(unequal(page, heading, open.length, value.rows.length))
    loseOpenFiles(finds)
  } else {
    const runs = value.rows.map((row) => beginRun(heading, row))
    for (const text of runs) finds.prints.push({ text, csv: null })
    finds.open = runs.length
    finds.refused = runs.length === 0
    finds.columns = heading.columns
  }
  return value.next
}

function replaceOpen(finds: Finds, runs: readonly TextRun[]): void {
  const from = finds.prints.length - finds.open
  for (const [i, text] of runs.entries()) finds.prints[from + i] = { text, csv: null }
}

function loseOpenFiles(finds: Finds): void {
  const open = finds.prints.slice(finds.prints.length - finds.open).flatMap(({ text }) => text ?? [])
  replaceOpen(
    finds,
    open.map((run) => (run.complete ? run : loseFiles(run))),
  )
}

function close(finds: Finds, refused: boolean): void {
  finds.open = 0
  finds.refused = refused
}

function unequal(page: Page, heading: Heading, tables: number, rows: number): Diagnostic {
  return remarkAt(page, heading.token, {
    level: 'error',
    rule: 'unequal-tables',
    message: `The table above has ${tables} rows and this one ${rows}, so it is not plain which belong together.`,
    remedy: 'Give each run its two tables, one below the other.',
  })
}

function strayRow(page: Page, line: number): Diagnostic {
  const [token = { text: '', line, column: 1 }] = tokensOf(lineAt(page, line), line)
  return remarkAt(page, token, {
    level: 'error',
    rule: 'row-without-heading',
    message: 'This looks like a row of results, but it does not stand below a heading.',
    remedy: 'Put it below the row above it, or below a heading of its own.',
  })
}

function noResult(page: Page): Diagnostic {
  for (const [i, text] of page.saved.entries()) {
    const line = collapse(text.slice(0, LONGEST_LINE))
    const unread = line === '' ? undefined : UNREAD.find((dialect) => dialect.sign(line))
    if (unread) return remarkOn(page, i + 1, otherProgram(unread.name))
  }
  return remarkOn(page, 1, NO_RESULT)
}

const NO_RESULT = {
  level: 'error',
  rule: 'no-result',
  message: 'There is no result of bonnie++ in this file.',
  remedy: 'It should hold the table or the CSV line that `bonnie++ -d DIR -u USER` prints when it is done.',
} as const
