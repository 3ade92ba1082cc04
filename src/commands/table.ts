import { visible, widthOf } from '../diagnose.ts'

/** One column of a table: lines above it and one cell for each row. */
export interface Column {
  readonly heads: readonly string[]
  readonly cells: readonly string[]
}

const GAP = 2
/** A name longer than this says nothing more in a table. */
const WIDEST_HEAD = 24

/** Rows of aligned text. Columns that do not fit the width go below the others, with the labels again. */
export function table(labels: readonly string[], columns: readonly Column[], width: number): string[] {
  const safe = columns.map(({ heads, cells }) => ({ heads: heads.map(shorten), cells }))
  const labelWidth = Math.max(0, ...labels.map(widthOf))
  const blocks: Column[][] = [[]]
  let used = labelWidth
  for (const column of safe) {
    const needs = GAP + widthOfColumn(column)
    if (used + needs > width && (blocks.at(-1)?.length ?? 0) > 0) {
      blocks.push([])
      used = labelWidth
    }
    blocks.at(-1)?.push(column)
    used += needs
  }
  return blocks.flatMap((block, i) => [...(i > 0 ? [''] : []), ...blockLines(labels, labelWidth, block)])
}

function blockLines(labels: readonly string[], labelWidth: number, columns: readonly Column[]): string[] {
  const heads = Math.max(0, ...columns.map((column) => column.heads.length))
  const line = (label: string, pick: (column: Column) => string) => {
    const cells = columns.map((column) => ' '.repeat(GAP) + padStart(pick(column), widthOfColumn(column)))
    return (padEnd(label, labelWidth) + cells.join('')).trimEnd()
  }
  return [
    ...Array.from({ length: heads }, (_, i) => line('', ({ heads }) => heads[i] ?? '')),
    ...labels.map((label, i) => line(label, ({ cells }) => cells[i] ?? '')),
  ]
}

/** Text in lines of at most this width; lines after the first are indented. A longer word stands alone. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of visible(text.replace(/\s+/g, ' ').trim()).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line)
      line = ' '.repeat(indent) + word
    } else line = longer
  }
  return [...lines, line]
}

function shorten(text: string): string {
  const safe = visible(text)
  return widthOf(safe) <= WIDEST_HEAD ? safe : `${[...safe].slice(0, WIDEST_HEAD - 1).join('')}…`
}

function widthOfColumn({ heads, cells }: Column): number {
  return Math.max(...[...heads, ...cells].map(widthOf))
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
