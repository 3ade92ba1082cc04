import { linesOf, tokenAt, tokenParts } from '../model/lines.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Report, Validity } from '../model/report.ts'
import type { Run, Source } from '../model/run.ts'

/*
 * What the page of a saved file shows: its lines with the cells that were read. A file may be of any size and its
 * page may not, so of a large one only the lines around its first runs are shown, and of a long line what is
 * around its cells.
 */

/** A run of a report, and its 1-based number among those of its backend. */
export interface NumberedRun {
  readonly run: Run
  readonly backend: string
  readonly number: number
}

/** A cell where it was saved. */
export interface SavedCell extends NumberedRun {
  readonly metric: MetricId
  readonly line: number
  readonly column: number
  readonly token: string
  /** null where the cell is of another test than its sample */
  readonly validity: Validity | null
}

/** A stretch that was read as a cell; mail may have moved the end of one to the line below. */
export interface Mark {
  readonly cell: SavedCell
  readonly text: string
  readonly begins: boolean
}

/** Stretches of a line in their order: text, a cell, or so many UTF-16 units that are not shown. */
export type Piece = string | Mark | { readonly omitted: number }

export interface SavedLine {
  /** 1-based */
  readonly number: number
  readonly pieces: readonly Piece[]
}

/** A saved file as its page shows it. */
export interface SavedFile {
  readonly path: string
  readonly lines: readonly SavedLine[]
  /** whether the file goes on below the last of them */
  readonly goesOn: boolean
  /** the runs in `lines`, in their order */
  readonly runs: readonly NumberedRun[]
  /** the cell at a place; null where none is shown */
  cellAt(line: number, column: number): SavedCell | null
}

/** So many runs of a backend are followed one by one. */
export const MOST_RUNS = 100

/** A file of no more UTF-16 units and lines is shown whole; of a larger one no more than that is. */
const MOST_UNITS = 200_000
const MOST_LINES = 2_000
/** So many lines before and behind what was read or noticed are shown of a larger file. */
const LINES_AROUND = 10
/** A longer line is shown around its cells only, and at both ends. */
const LONG_LINE = 2_000
const UNITS_AROUND = 200

/** The runs of each saved file, by its path, numbered as everywhere. */
export function runsByPath(report: Report): ReadonlyMap<string, readonly NumberedRun[]> {
  const counts = new Map<string, number>()
  const byPath = new Map<string, NumberedRun[]>()
  for (const run of report.runs) {
    const number = (counts.get(run.backend) ?? 0) + 1
    counts.set(run.backend, number)
    const own = byPath.get(run.path)
    const numbered = { run, backend: run.backend, number }
    if (own) own.push(numbered)
    else byPath.set(run.path, [numbered])
  }
  return byPath
}

/** A saved file as its page shows it; `runs` are those that were read from it. */
export function savedFile({ path, text }: Source, runs: readonly NumberedRun[], report: Report): SavedFile {
  const { texts, goesOn } = selectLines(text, wantedLines(path, runs, report))
  const cells = cellsOn(texts, runs, report)
  const lines = [...texts].map(([number, line]) => ({
    number,
    pieces: piecesOf(line, [
      ...endsOn(texts, number, cells.get(number - 1) ?? []),
      ...beginsOn(texts, number, cells.get(number) ?? []),
    ]),
  }))
  const shown = new Set([...cells.values()].flat().map(({ run }) => run))
  return {
    path,
    lines,
    goesOn,
    runs: runs.filter(({ run }) => shown.has(run)),
    cellAt: (line, column) => cells.get(line)?.find((cell) => cell.column === column) ?? null,
  }
}

// ─── which lines ────────────────────────────────────────────────────────────────────────────────────────────────

/** Lines on which something was read or noticed, ascending. */
function wantedLines(path: string, runs: readonly NumberedRun[], { diagnostics }: Report): number[] {
  const followed = runs.filter(({ number }) => number <= MOST_RUNS)
  const read = followed.flatMap(({ run }) => [run.line, ...Object.values(run.cells).map(({ line }) => line)])
  const noticed = diagnostics.filter(({ place }) => place.file === path).slice(0, MOST_RUNS)
  const all = [...read.filter((line) => line !== null), ...noticed.map(({ place }) => place.line)]
  return [...new Set(all)].sort((a, b) => a - b)
}

/** The lines to show, by their numbers: all of a small text, else those around what is wanted, or its begin. */
function selectLines(
  text: string,
  wanted: readonly number[],
): { readonly texts: ReadonlyMap<number, string>; readonly goesOn: boolean } {
  const isSmall = text.length <= MOST_UNITS && countLines(text) <= MOST_LINES
  const centres = wanted.length > 0 ? wanted : [1]
  const texts = new Map<number, string>()
  let units = 0
  let number = 0
  let next = 0
  for (const line of linesOf(slices(text))) {
    number += 1
    while ((centres[next] ?? Number.POSITIVE_INFINITY) + LINES_AROUND < number) next += 1
    const centre = centres[next]
    if (!isSmall && (centre === undefined || texts.size === MOST_LINES || units > MOST_UNITS))
      return { texts, goesOn: true }
    if (!isSmall && (centre ?? 0) - LINES_AROUND > number) continue
    texts.set(number, line)
    units += Math.min(line.length, LONG_LINE)
  }
  // what follows the last line end is no line
  if (number > 1 && texts.get(number) === '') texts.delete(number)
  return { texts, goesOn: false }
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** A text in pieces, so that its lines can be read one after the other and no further than needed. */
function* slices(text: string): Generator<string> {
  const size = 2 ** 16
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size)
}

// ─── which cells ────────────────────────────────────────────────────────────────────────────────────────────────

/** The cells that stand on some lines, by line, from left to right. */
function cellsOn(
  texts: ReadonlyMap<number, string>,
  runs: readonly NumberedRun[],
  report: Report,
): ReadonlyMap<number, readonly SavedCell[]> {
  const found = new Map<number, Omit<SavedCell, 'token' | 'validity'>[]>()
  for (const numbered of runs) {
    for (const metric of METRIC_IDS) {
      const { line, column } = numbered.run.cells[metric]
      if (line === null || column === null || !texts.has(line)) continue
      const own = found.get(line)
      const cell = { ...numbered, metric, line, column }
      if (own) own.push(cell)
      else found.set(line, [cell])
    }
  }
  return new Map(
    [...found].map(([line, cells]) => [
      line,
      apart(cells).map((cell) => ({
        ...cell,
        token: tokenAt(texts.get(line) ?? '', cell.column, texts.get(line + 1)).slice(0, cell.room),
        validity: validityOf(report, cell, cell.metric),
      })),
    ]),
  )
}

function validityOf(
  { samples }: Report,
  { backend, number }: NumberedRun,
  metric: MetricId,
): Validity | null {
  const sample = samples.find((s) => s.backend === backend && s.metric === metric)
  return sample?.values.find((value) => value.run === number)?.validity ?? null
}

/** From left to right, with the room to the next: where cells touch, one ends where the other begins. */
function apart<T extends { readonly column: number }>(
  cells: readonly T[],
): (T & { readonly room: number })[] {
  const columns = new Map(cells.map((cell) => [cell.column, cell]))
  const inOrder = [...columns.values()].sort((a, b) => a.column - b.column)
  return inOrder.map((cell, i) => {
    const next = inOrder[i + 1]?.column ?? Number.POSITIVE_INFINITY
    return { ...cell, room: next - cell.column }
  })
}

// ─── what stands on a line ──────────────────────────────────────────────────────────────────────────────────────

type Placed = Mark & { readonly from: number }

/** What begins on a line. */
function beginsOn(texts: ReadonlyMap<number, string>, number: number, cells: readonly SavedCell[]): Placed[] {
  return cells.map((cell) => {
    const [first, rest] = tokenParts(texts.get(number) ?? '', cell.column, texts.get(number + 1))
    return { cell, text: rest === '' ? cell.token : first, begins: true, from: cell.column - 1 }
  })
}

/** The end of what began on the line above. */
function endsOn(texts: ReadonlyMap<number, string>, number: number, above: readonly SavedCell[]): Placed[] {
  const cell = above.at(-1)
  if (!cell) return []
  const [, text] = tokenParts(texts.get(number - 1) ?? '', cell.column, texts.get(number))
  return text === '' ? [] : [{ cell, text, begins: false, from: 0 }]
}

/** A line cut at its cells, and where it is long, shown around them. */
function piecesOf(line: string, marks: readonly Placed[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const textTo = (end: number) => {
    const isLong = line.length > LONG_LINE && end - at > 2 * UNITS_AROUND
    const [head, tail] = isLong ? [at + UNITS_AROUND, end - UNITS_AROUND] : [end, end]
    if (head > at) pieces.push(line.slice(at, head))
    if (tail > head) pieces.push({ omitted: tail - head })
    if (end > tail) pieces.push(line.slice(tail, end))
    at = end
  }
  for (const { from, ...mark } of marks) {
    textTo(from)
    pieces.push(mark)
    at += mark.text.length
  }
  textTo(line.length)
  return pieces
}
