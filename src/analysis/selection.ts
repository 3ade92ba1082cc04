import type { Knowledge, Reference, Selection, Tool } from '../model/backend.ts'
import type { LadderColumn, LadderTable } from '../model/shelf.ts'
import { type AttachLine, isBelow, readAttach, type Toolstack } from './attach.ts'
import { referencesOf } from './grounds.ts'

/*
 * Which backend an attach line selects. xm went by its prefix; xl strips it and goes by what the line leads to, its
 * format and its backendtype. The rows are those of the pages of backends; this is only how they are read.
 */

/** A backend that a line may select, and the row of its page that says so. */
export interface Selected {
  readonly page: Knowledge
  readonly row: Selection
}

/** What a line selects with one tool in one stretch of versions; more than one where the line does not tell. */
export interface Outcome {
  readonly column: LadderColumn
  readonly selected: readonly Selected[]
}

/**
 * What a line may have selected: an outcome for each tool, and of an unknown version for each stretch. None where a
 * recorded version is one for which nothing is established.
 */
export function outcomes(
  line: AttachLine,
  { version, tools }: Toolstack,
  knowledge: readonly Knowledge[],
): readonly Outcome[] {
  const possible = columnsOf(knowledge).filter(
    ({ tool, from, below }) => tools.includes(tool) && (version === null || within(version, { from, below })),
  )
  const found = possible.map((column) => ({ column, selected: selectedIn(line, column, knowledge) }))
  const known = found.filter(({ selected }) => selected.length > 0)
  const covered = tools.every((tool) => known.some(({ column }) => column.tool === tool))
  return version === null || covered ? known : []
}

function selectedIn(
  line: AttachLine,
  column: LadderColumn,
  knowledge: readonly Knowledge[],
): readonly Selected[] {
  return knowledge.flatMap((page) =>
    page.toolstack
      .filter((row) => row.tool === column.tool && leads(line, row) && spans(row, column))
      .map((row) => ({ page, row })),
  )
}

function leads(line: AttachLine, row: Selection): boolean {
  const reached = row.target === undefined || line.target === null || row.target === line.target
  if (row.prefix !== undefined) return reached && line.prefix.startsWith(row.prefix)
  return reached && line.format === (row.format ?? 'raw') && line.backendtype === (row.backendtype ?? null)
}

/** Columns are cut at every bound of every row, so a row spans a column or has nothing of it. */
function spans(row: Selection, column: LadderColumn): boolean {
  if (column.from === null) return row.from === undefined
  return within(column.from, columnOf(row))
}

function within(version: string, { from, below }: { from: string | null; below: string | null }): boolean {
  return !(from !== null && isBelow(version, from)) && (below === null || isBelow(version, below))
}

/** The first source of each row, which is the one that says it; each once. */
export function sourcesOf(selected: readonly Selected[]): readonly Reference[] {
  const all = selected.flatMap(({ page, row }) => referencesOf(page, row).slice(0, 1))
  return [...new Map(all.map((source) => [source.title, source])).values()]
}

/** The tool and versions of a row. */
export function columnOf({ tool, from, below }: Selection): LadderColumn {
  return { tool, from: from ?? null, below: below ?? null }
}

/** What the attach lines of all pages select, a column for each stretch of versions in which nothing changes. */
export function ladder(knowledge: readonly Knowledge[]): LadderTable {
  const columns = columnsOf(knowledge)
  const lines = [...new Set(knowledge.flatMap(({ attach }) => attach))]
  const rows = lines.flatMap((text) => {
    const line = readAttach(text)
    if (!line) return []
    const cells = columns.map((column) =>
      selectedIn(line, column, knowledge).map(({ page, row }) => ({ id: page.id, where: row.where ?? null })),
    )
    return [{ line: text, cells }]
  })
  return { columns, rows }
}

function columnsOf(knowledge: readonly Knowledge[]): readonly LadderColumn[] {
  return (['xm', 'xl'] as const).flatMap((tool) => {
    const rows = knowledge.flatMap((page) => page.toolstack.filter((row) => row.tool === tool))
    const steps = [...new Set(rows.flatMap(({ from, below }) => [from ?? null, below ?? null]))]
      .filter((step) => step !== null)
      .toSorted((a, b) => (isBelow(a, b) ? -1 : 1))
    return columnsBetween(tool, rows, steps)
  })
}

/** From an open beginning, where a row has one, over every step to an open end, where a row has that. */
function columnsBetween(
  tool: Tool,
  rows: readonly Selection[],
  steps: readonly string[],
): readonly LadderColumn[] {
  const open = rows.some(({ from }) => from === undefined) ? [null] : []
  const starts = [...open, ...steps]
  const endless = rows.some(({ below }) => below === undefined)
  return starts
    .map((from, i) => ({ tool, from, below: starts[i + 1] ?? null }))
    .filter(({ below }) => below !== null || endless)
}
