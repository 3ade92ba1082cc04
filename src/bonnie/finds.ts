/** What has been found in a file so far, and what about it may still change. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { keepUnlike, noRows, type Rows } from './copies.ts'
import { type CsvRun, readCsv } from './csv.ts'
import { likeTable } from './doubts.ts'
import type { Columns } from './head.ts'
import { type Candidate, candidate, type Print, partnerOf, REACH, twinOf } from './merge.ts'
import { lineAt, type Page, placeOf } from './page.ts'
import { headerAbove } from './printout.ts'
import { noRepeats, type Repeats } from './repeats.ts'
import { shownAt } from './shown-again.ts'
import { loseFiles, type TextRun } from './table.ts'
import type { Token } from './token.ts'

/** Runs in order of appearance, without those that are settled and gone. */
export interface Finds {
  prints: Print[]
  diagnostics: Diagnostic[]
  /** how many runs and remarks were left when some were taken last */
  kept: number
  noted: number
  /** tables above the last CSV row that have no CSV row, and how many of `prints` have been looked at for it */
  waiting: Candidate[]
  seen: number
  /** CSV rows on their own, each with a table that may be the same run unless another row belongs to it */
  twins: { readonly csv: CsvRun; readonly twin: Candidate }[]
  /** the last line that holds a part of a CSV row */
  stray: number
  /** the heading of the last run that was taken */
  heading: Token | null
  /** how many runs at the end of `prints` stand in the table just above; 0 behind a CSV row */
  open: number
  /** whether nothing but CSV rows of bonnie++ was found, so that none of them can be the same run as anything else */
  rowsAlone: boolean
  /** whether the table above was refused, so that its second half is refused with it */
  refused: boolean
  readonly rows: Rows
  readonly repeats: Repeats
  /** the columns of the last table above that begins runs */
  columns: Columns | null
}

export function nothingFound(): Finds {
  return {
    prints: [],
    diagnostics: [],
    kept: 0,
    noted: 0,
    waiting: [],
    twins: [],
    stray: 0,
    heading: null,
    seen: 0,
    open: 0,
    rowsAlone: true,
    refused: false,
    rows: noRows(),
    repeats: noRepeats(),
    columns: null,
  }
}

/** The runs of the table just above. */
export function openRuns({ prints, open }: Finds): TextRun[] {
  return prints.slice(prints.length - open).flatMap(({ text }) => text ?? [])
}

/** Puts runs of a table behind all others; its file tests may follow. */
export function openTable(finds: Finds, runs: readonly TextRun[], columns: Columns): void {
  for (const text of runs) finds.prints.push({ text, csv: null })
  finds.rowsAlone = false
  finds.open = runs.length
  finds.refused = runs.length === 0
  finds.columns = columns
}

/** Puts runs in the place of those of the table just above. */
export function replaceOpen({ prints, open }: Finds, runs: readonly TextRun[]): void {
  const from = prints.length - open
  for (const [i, text] of runs.entries()) prints[from + i] = { text, csv: null }
}

/** The file tests of the table just above cannot be read. */
export function loseOpenFiles(finds: Finds): void {
  replaceOpen(
    finds,
    openRuns(finds).map((run) => (run.complete ? run : loseFiles(run))),
  )
}

/** Nothing that follows belongs to the table just above. */
export function closeTable(finds: Finds, refused: boolean): void {
  finds.open = 0
  finds.refused = refused
}

/** Puts a row of a page beside what bonnie++ itself printed of the run, which says more, or on its own. */
export function placeConverted(page: Page, csv: CsvRun, finds: Finds): void {
  const { prints } = finds
  finds.rowsAlone = false
  const at = shownAt(page, csv, prints)
  const shown = prints[at]
  if (!shown) prints.push({ text: null, csv })
  else if (!shown.csv) prints[at] = { text: shown.text, csv }
}

/** The table that a CSV row belongs to, among those above it that have none. */
export function partnerIn(page: Page, csv: CsvRun, finds: Finds): Candidate | null {
  const { prints, waiting } = finds
  for (; finds.seen < prints.length; finds.seen += 1) {
    const text = prints[finds.seen]?.text
    if (text) waiting.push(candidate(page, text, finds.seen))
  }
  return partnerOf(page, csv, waiting)
}

/** Puts a CSV row beside the table it belongs to, in place of a page's row of the same run, or on its own. */
export function placeCsv(page: Page, csv: CsvRun, partner: Candidate | null, finds: Finds): void {
  const { prints, waiting } = finds
  const shown = finds.rowsAlone ? -1 : shownAt(page, csv, prints)
  if (partner) {
    prints[partner.at] = { text: partner.text, csv }
    waiting.splice(waiting.indexOf(partner), 1)
    if (shown >= 0 && shown !== partner.at) removePrint(finds, shown)
  } else if (shown >= 0) {
    const text = prints[shown]?.text
    prints[shown] = text ? { text, csv } : { text: null, csv }
  } else {
    const twin = twinOf(page, csv, waiting)
    if (twin) finds.twins.push({ csv, twin })
    prints.push({ text: null, csv })
    finds.seen += 1
  }
}

/**
 * Puts a plain row on a line (1-based) of the page behind all others. False where it takes a full look: it may be of a
 * table or a page above it, or a copy, or stand below a header of which something is to be said.
 */
export function placePlain(page: Page, line: number, finds: Finds): boolean {
  if (!finds.rowsAlone || headerAbove(page, line)) return false
  if (!keepUnlike(lineAt(page, line), placeOf(page, { line, column: 1 }).line, finds.rows)) return false
  finds.prints.push(new PlainPrint(page, line))
  finds.seen += 1
  closeTable(finds, false)
  return true
}

/** A plain row, which is only read in full if a page of bon_csv2html further down may show it again. */
class PlainPrint {
  readonly text = null
  readonly plain: number
  readonly #page: Page
  #csv: CsvRun | null = null

  constructor(page: Page, line: number) {
    this.#page = page
    this.plain = line
  }

  get csv(): CsvRun {
    this.#csv ??= readCsv(this.#page, this.plain, false)?.run ?? null
    if (!this.#csv) throw new Error(`line ${this.plain} of ${this.#page.path} is no row`)
    return this.#csv
  }
}

/** Takes a print out again; all behind it move up. */
function removePrint(finds: Finds, at: number): void {
  finds.prints.splice(at, 1)
  finds.seen -= 1
  for (const table of finds.waiting) if (table.at > at) table.at -= 1
}

/** Whether so much has been found that a part of it should be taken. */
export function isMuch(finds: Finds): boolean {
  return finds.diagnostics.length >= BATCH + 2 * finds.noted || finds.prints.length >= 2 * BATCH + finds.kept
}

/** The first line (1-based) of the page that is still needed for a print. */
export function lineOf(print: Print): number {
  return print.plain ?? (print.text ?? print.csv).line
}

/** So many runs or remarks are taken at a time. */
const BATCH = 16

/** Behind so many problems nothing is of a table above them. */
const MANY = 1000

/** How many runs nothing below can change any more: they stand in no open table, and none waits for its CSV row. */
export function settledCount({ prints, waiting, open, seen, diagnostics }: Finds): number {
  if (diagnostics.length >= MANY) return prints.length
  const unseen = prints.findIndex((print, i) => i >= seen && print.text !== null && print.csv === null)
  const awaiting = Math.min(waiting[0]?.at ?? prints.length, unseen < 0 ? prints.length : unseen)
  // a row further down is not the same run
  return Math.min(prints.length - open, Math.max(awaiting, prints.length - REACH))
}

/** Takes the first runs. */
export function takePrints(finds: Finds, count: number): Print[] {
  const taken = finds.prints.splice(0, count)
  finds.kept = finds.prints.length
  finds.open = Math.min(finds.open, finds.kept)
  finds.seen = Math.max(0, finds.seen - count)
  finds.waiting = finds.waiting.filter(({ at }) => at >= count)
  for (const table of finds.waiting) table.at -= count
  return taken
}

/** Takes the remarks on rows that are like one of the first tables, to which no other row belongs. */
export function takeTwins(page: Page, finds: Finds, count: number): Diagnostic[] {
  const { twins, waiting } = finds
  finds.twins = twins.filter(({ twin }) => waiting.includes(twin) && twin.at >= count)
  const left = twins.filter(({ twin }) => waiting.includes(twin) && twin.at < count)
  return left.map(({ csv, twin }) => likeTable(page, csv, twin.text))
}

/** Takes the remarks on lines (1-based) of the file before this one. */
export function takeDiagnostics(finds: Finds, before: number): Diagnostic[] {
  const taken = finds.diagnostics.filter(({ place }) => place.line < before)
  finds.diagnostics = finds.diagnostics.filter(({ place }) => place.line >= before)
  finds.noted = finds.diagnostics.length
  return taken
}
