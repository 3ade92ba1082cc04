/** One run shown twice in a file: by bonnie++ itself, and by a page of bon_csv2html. It is counted once. */
import { METRIC_IDS } from '../model/metric.ts'
import type { Cell } from '../model/run.ts'
import type { CsvRun } from './csv.ts'
import { csvCells, type Print, textCells } from './merge.ts'
import type { Page } from './page.ts'
import type { Cells } from './table.ts'

/** So many prints above a run are looked at. */
const REACH = 500

/** So many measured rates must agree, and nothing may differ: small runs may well be alike in all their +++++. */
const ENOUGH = 3

/** Whether a run was read from a page of bon_csv2html. */
export function isConverted(csv: CsvRun | null): boolean {
  return csv?.dialect.name.startsWith('bon_csv2html') ?? false
}

/**
 * Where the print of the same run stands among some: for a page's row one of bonnie++ itself, and the other way round;
 * -1 if there is none.
 */
export function shownAt(page: Page, csv: CsvRun, prints: readonly Print[]): number {
  let own: Cells<Cell> | null = null
  const from = Math.max(0, prints.length - REACH)
  const found = prints.slice(from).findIndex((print) => {
    if (isConverted(csv) ? isConverted(print.csv) : !isConverted(print.csv)) return false
    own ??= csvCells(page, csv).value
    const { facts } = print.csv ?? print.text
    const other = print.csv
      ? csvCells(page, print.csv).value
      : textCells(page, print.text, print.text.facts).value
    const named =
      facts.name !== '' && (csv.facts.name.startsWith(facts.name) || facts.name.startsWith(csv.facts.name))
    return named && facts.file_size_mib === csv.facts.file_size_mib && areSame(own, other)
  })
  return found < 0 ? -1 : from + found
}

function areSame(left: Cells<Cell>, right: Cells<Cell>): boolean {
  const measured = METRIC_IDS.filter((id) => left[id].state === 'measured' && right[id].state === 'measured')
  return measured.length >= ENOUGH && METRIC_IDS.every((id) => isSame(left[id], right[id]))
}

function isSame(left: Cell, right: Cell): boolean {
  const [a, b] = [left.latency_us, right.latency_us]
  if (left.cpu !== right.cpu || (a !== null && b !== null && a !== b)) return false
  if (left.state === 'defective' || right.state === 'defective') return true
  if (left.state !== right.state) return false
  // a rate is truncated to KiB/s in one, and rounded from the whole number in the other
  const slack = (left.tolerance ?? 0) + (right.tolerance ?? 0) + 1
  return left.state !== 'measured' || Math.abs((left.rate ?? 0) - (right.rate ?? 0)) <= slack
}
