import { sentenceCase, whole } from '../model/format.ts'
import { METRICS, metric } from '../model/metric.ts'
import type { Report, SourceUse, Validity } from '../model/report.ts'
import type { Doors } from './doors.ts'
import { escapeHtml } from './escape.ts'
import { pageAddress } from './html.ts'
import { addressOf } from './raw.ts'
import { type Mark, MOST_RUNS, type Piece, type SavedCell, type SavedFile } from './saved.ts'
import { VALIDITY_MEANS } from './trail-words.ts'
import { titleOf } from './words.ts'

/*
 * The page of a saved file: its text as it was saved, each cell marked and leading to what became of it. It has no
 * Markdown twin: that is the saved file itself.
 */

/** Finished values of the template; `lines` is HTML, all else is text. */
export type SavedPage = ReturnType<typeof savedPage>

/** `place`: where the file lies in the folder of the study, to which `toStudy` leads from the page: `../../../`. */
export function savedPage(
  report: Report,
  { saved, source, place }: { readonly saved: SavedFile; readonly source: SourceUse; readonly place: string },
  { doors, toStudy }: { readonly doors: Doors; readonly toStudy: string },
) {
  const address = ({ backend, metric: id }: SavedCell) =>
    `${toStudy}${pageAddress(doors.section({ backend, metric: id }) ?? 'report.md')}`
  const marks = saved.lines.flatMap(({ pieces }) => pieces.filter(isMark))
  const cells = marks.filter(({ begins }) => begins).map(({ cell }) => cell)
  return {
    path: saved.path,
    file: `${toStudy}${addressOf(place)}`,
    numbers: `${toStudy}numbers/index.html`,
    article: { title: report.study.title, address: `${toStudy}index.html` },
    backend: source.backend === null ? null : titleOf(report, source.backend),
    runs: source.runs,
    sha256: source.sha256,
    isCut: saved.goesOn || saved.lines.some(({ number }, i) => number !== i + 1),
    legend: legendOf(cells),
    table: tableOf(report, saved, cells),
    lines: linesHtml(report, saved, address),
  }
}

function isMark(piece: Piece): piece is Mark {
  return typeof piece !== 'string' && 'cell' in piece
}

// ─── how a cell looks ───────────────────────────────────────────────────────────────────────────────────────────

/** How a cell is marked: by its validity, or because it is of another test than its sample. */
type Look = Validity | 'other'

const MEANING: Readonly<Record<Look, string>> = {
  ...VALIDITY_MEANS,
  other: 'another test: left out of the sample',
}

function lookOf({ validity }: SavedCell): Look {
  return validity ?? 'other'
}

/** The looks that occur, with the word of each. */
function legendOf(cells: readonly SavedCell[]) {
  const present = new Set(cells.map(lookOf))
  return (Object.keys(MEANING) as Look[])
    .filter((look) => present.has(look))
    .map((look) => ({ look, meaning: MEANING[look] }))
}

// ─── the text ───────────────────────────────────────────────────────────────────────────────────────────────────

function linesHtml(
  report: Report,
  { lines, goesOn }: SavedFile,
  address: (cell: SavedCell) => string,
): string {
  let next = 1
  const shown = lines.map(({ number, pieces }) => {
    const before = number > next ? omitted(number - next, 'line') : ''
    next = number + 1
    const inner = pieces.map((piece) => pieceHtml(report, piece, address)).join('')
    return `${before}<span id="L${number}">${inner}</span>\n`
  })
  return shown.join('') + (goesOn ? '<i>… the file goes on …</i>\n' : '')
}

function omitted(count: number, noun: string): string {
  return `<i>… ${whole(count)} ${noun}${count === 1 ? '' : 's'} not shown …</i>${noun === 'line' ? '\n' : ''}`
}

function pieceHtml(report: Report, piece: Piece, address: (cell: SavedCell) => string): string {
  if (typeof piece === 'string') return textHtml(piece)
  if (!isMark(piece)) return omitted(piece.omitted, 'character')
  const { cell, text, begins } = piece
  const id = begins ? ` id="L${cell.line}C${cell.column}"` : ''
  const title = escapeHtml(`${cellName(report, cell)}: ${MEANING[lookOf(cell)]}`)
  return `<a${id} class="${lookOf(cell)}" href="${escapeHtml(address(cell))}" title="${title}">${textHtml(text)}</a>`
}

/** `Block write of loopback, run 2`. */
function cellName(report: Report, { backend, metric: id, number }: SavedCell): string {
  return `${sentenceCase(metric(id).label)} of ${titleOf(report, backend)}, run ${number}`
}

/** Saved text for HTML. A lone return would be a line end there. */
function textHtml(text: string): string {
  return escapeHtml(text.replaceAll('\r', '\u240d'))
}

// ─── what was read ──────────────────────────────────────────────────────────────────────────────────────────────

/** A row a test, a column a run; null where nothing was read. */
function tableOf(report: Report, { runs }: SavedFile, cells: readonly SavedCell[]) {
  const columns = runs.slice(0, MOST_RUNS)
  if (columns.length === 0) return null
  const byKey = new Map(cells.map((cell) => [`${cell.backend} ${cell.number} ${cell.metric}`, cell]))
  const tests = METRICS.filter(({ id }) => columns.some(({ run }) => run.cells[id].state !== 'not_run'))
  return {
    head: columns.map(({ backend, number }) => `${titleOf(report, backend)} #${number}`),
    read: columns.map(({ run }) => run.dialect),
    versions: columns.map(({ run }) => run.version ?? 'not told'),
    more: runs.length - columns.length,
    rows: tests.map(({ id, label }) => ({
      test: sentenceCase(label),
      cells: columns.map(({ backend, number }) => {
        const cell = byKey.get(`${backend} ${number} ${id}`)
        if (!cell) return { token: '–', address: null, look: '' }
        return { token: cell.token, address: `#L${cell.line}C${cell.column}`, look: lookOf(cell) }
      }),
    })),
  }
}
