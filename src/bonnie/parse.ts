/** Text to runs: the door of this room. */
import { byPlace, type Diagnostic } from '../model/diagnostic.ts'
import { whole } from '../model/format.ts'
import type { Parsed, Run, Source } from '../model/run.ts'
import { copyOf } from './copies.ts'
import { readCsv } from './csv.ts'
import { UNREAD } from './dialects.ts'
import { doubtsAbout, oddDefect, withoutVersion } from './doubts.ts'
import {
  closeTable,
  type Finds,
  isMuch,
  lineOf,
  loseOpenFiles,
  nothingFound,
  openRuns,
  openTable,
  partnerIn,
  placeConverted,
  placeCsv,
  placePlain,
  replaceOpen,
  settledCount,
  takeDiagnostics,
  takePrints,
  takeTwins,
} from './finds.ts'
import { collapse, headingAt, otherProgram } from './heading.ts'
import { readHtml } from './html.ts'
import { recordOf } from './merge.ts'
import { hasLine, LONGEST_LINE, lineAt, Page, placeOf, remarkAt, remarkOn, STRETCH } from './page.ts'
import { type PlainRow, type PlainRows, plainRows } from './plain-row.ts'
import { repeatOf } from './repeats.ts'
import { isConverted } from './shown-again.ts'
import { lostBefore, strayAt, strayWithin } from './stray.ts'
import { addFiles, beginRun, type Heading, readTable } from './table.ts'

/** A saved output that may be too large to be held whole: its text comes in pieces. */
export interface LargeSource extends Omit<Source, 'text'> {
  readonly text: Iterable<string>
}

/**
 * The runs in a saved output of bonnie or bonnie++, in order of appearance, and every problem in it by place.
 * Rates are in KiB/s or 1/s, latencies in microseconds; lines and columns are 1-based, in UTF-16 units. Of a file with
 * more than `most` runs there are none, and an error: where runs are judged together, they have to fit into memory.
 */
export function parse(source: Source, most = Number.POSITIVE_INFINITY): Parsed {
  const parts: Parsed[] = []
  let count = 0
  for (const part of parseLarge({ ...source, text: [source.text] })) {
    parts.push(part)
    count += part.runs.length
    if (count > most) return withoutRoom(source, most)
  }
  return {
    runs: parts.flatMap(({ runs }) => runs),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics).toSorted(byPlace),
  }
}

/** What stands for a file with which a study has more than `most` runs. */
export function withoutRoom({ path }: Pick<Source, 'path'>, most: number): Parsed {
  const tooMany: Diagnostic = {
    level: 'error',
    rule: 'unreadable-file',
    message: `With this file the study has more than ${whole(most)} runs, so the file is left out.`,
    place: { file: path, line: 1, column: 1 },
    remedy: 'Part the runs into several studies; parse reads a file of any size.',
  }
  return { runs: [], diagnostics: [tooMany] }
}

/**
 * The same in parts, from the top of the file to its end; no more of it is held than a part needs. `stretch`: how
 * much of the text is looked at together, in UTF-16 units; `rows`: the short way for plain rows, which may be left
 * out.
 */
export function* parseLarge(
  source: LargeSource,
  stretch = STRETCH,
  rows: PlainRows = plainRows(),
): Generator<Parsed> {
  const page = new Page(source.path, source.text, stretch, rows)
  const finds = nothingFound()
  let line = 1
  let any = false
  let other: Diagnostic | null = null
  while (hasLine(page, line)) {
    if (!any) other ??= otherProgramAt(page, line)
    line = readAt(page, line, finds)
    if (!isMuch(finds)) continue
    const part = takePart(page, source, finds, settledCount(finds), line)
    any ||= isResult(part)
    yield part
  }
  const rest = takePart(page, source, finds, finds.prints.length, Number.POSITIVE_INFINITY)
  any ||= isResult(rest)
  yield any ? rest : { ...rest, diagnostics: [...rest.diagnostics, other ?? remarkOn(page, 1, NO_RESULT)] }
}

function isResult({ runs, diagnostics }: Parsed): boolean {
  return runs.length > 0 || diagnostics.some(({ level }) => level === 'error')
}

/** The first runs found, and the remarks above whatever follows them. `line`: how far the page has been read. */
function takePart(page: Page, source: LargeSource, finds: Finds, count: number, line: number): Parsed {
  const remarks = [...page.takeFaults(), ...takeTwins(page, finds, count)]
  const runs = takePrints(finds, count).flatMap((print): Run[] => {
    const row = print.plain ? page.rowAt(print.plain) : null
    if (row) {
      finds.heading = null
      return [plainRun(source, row)]
    }
    const { value, diagnostics } = recordOf(page, print)
    remarks.push(...diagnostics)
    const { dialect, facts, cells } = value
    const { text, csv } = print
    if (csv === null) remarks.push(...oddDefect(page, text, cells, facts.num_files))
    if (text && text.heading !== finds.heading && facts.version === null)
      remarks.push(...withoutVersion(page, text))
    finds.heading = text?.heading ?? null
    // copies of CSV rows were told where they stand
    const repeat = text || isConverted(csv) ? repeatOf(page, value, finds.repeats) : null
    if (repeat) remarks.push(repeat)
    if (repeat) return []
    const { line: at } = placeOf(page, { line: value.line, column: 1 })
    const about = { schema: 1 as const, path: source.path, line: at, source_sha256: source.sha256 }
    return [{ ...about, dialect, ...facts, cells }]
  })
  finds.diagnostics.push(...remarks)
  const next = Math.min(line, ...finds.prints.map(lineOf))
  if (next === Number.POSITIVE_INFINITY)
    return { runs, diagnostics: takeDiagnostics(finds, next).toSorted(byPlace) }
  page.forget(next)
  const before = placeOf(page, { line: next, column: 1 }).line
  return { runs, diagnostics: takeDiagnostics(finds, before).toSorted(byPlace) }
}

function plainRun({ path, sha256 }: LargeSource, { line, dialect, facts, cells }: PlainRow): Run {
  return { schema: 1, path, line, source_sha256: sha256, dialect, ...facts, cells }
}

/** Reads what begins on a line; returns the line to go on with. */
function readAt(page: Page, line: number, finds: Finds): number {
  if (lineAt(page, line) === '') return line + 1
  if (page.isPlain(line) && placePlain(page, line, finds)) return line + 1
  const html = readHtml(page, line)
  if (html) {
    finds.diagnostics.push(...html.diagnostics)
    for (const csv of html.value.runs) placeConverted(page, csv, finds)
    closeTable(finds, false)
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
    else if (found.cut) closeTable(finds, false)
    else closeTable(finds, true)
    if (finds.refused) finds.columns = null
    return found.next
  }
  const csv = readCsv(page, line, finds.open > 0 || finds.waiting.length > 0)
  if (!csv) {
    const stray = strayAt(page, line, finds.columns, finds.stray === line - 1)
    finds.diagnostics.push(...stray.remarks)
    if (stray.isCsv) finds.stray = line
    return line + 1
  }
  finds.diagnostics.push(...lostBefore(page, csv.fields[0]))
  const copied = copyOf(page, csv.fields, finds.rows, csv.run !== null)
  const partner = csv.run ? partnerIn(page, csv.run, finds) : null
  // below a table of its own it is not a copy, but the row of a run that was saved again
  // a table that waits for a row may have waited for this one
  const waits = finds.open > 0 || finds.waiting.length > 0
  if (copied && !partner)
    finds.diagnostics.push(waits ? { ...copied.remark, level: 'warning' } : copied.remark)
  if (copied && !partner && !copied.counts) return line + 1
  finds.diagnostics.push(...csv.diagnostics)
  if (csv.run) placeCsv(page, csv.run, partner, finds)
  closeTable(finds, false)
  return line + 1
}

function readHeading(page: Page, heading: Heading, finds: Finds): number {
  const open = openRuns(finds)
  const names = open.map(({ facts, room }) => ({ name: facts.name, room }))
  const { value, diagnostics } = readTable(page, heading, names)
  finds.diagnostics.push(...strayWithin(page, heading.token.line, value.next - 1))
  const isFiles = heading.columns.part === 'files'
  if (isFiles && finds.refused) return value.next
  for (const diagnostic of diagnostics) finds.diagnostics.push(diagnostic)
  const continues =
    isFiles && open.some((run) => !run.complete) && (heading.dialect.repeats || !heading.version)
  if (isFiles && open.length === value.rows.length)
    for (const [i, run] of open.entries()) {
      if (!run.complete)
        finds.diagnostics.push(...doubtsAbout(page, run, heading, value.rows, value.rows[i] ?? null))
    }
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
    openTable(finds, runs, heading.columns)
  }
  return value.next
}

function unequal(page: Page, heading: Heading, tables: number, rows: number): Diagnostic {
  return remarkAt(page, heading.token, {
    level: 'error',
    rule: 'unequal-tables',
    message: `The table above has ${tables} rows and this one ${rows}, so it is not plain which belong together.`,
    remedy: 'Give each run its two tables, one below the other.',
  })
}

/** What another program printed on a line, said of the line as saved: its marks are no margin. */
function otherProgramAt(page: Page, line: number): Diagnostic | null {
  const { line: at } = placeOf(page, { line, column: 1 })
  const text = collapse(page.savedAt(at).slice(0, LONGEST_LINE))
  const unread = UNREAD.find((dialect) => dialect.sign(text))
  return unread ? remarkOn(page, at, otherProgram(unread.name)) : null
}

const NO_RESULT = {
  level: 'error',
  rule: 'no-result',
  message: 'There is no result of bonnie++ in this file.',
  remedy: 'It should hold the table or the CSV line that `bonnie++ -d DIR -u USER` prints when it is done.',
} as const
