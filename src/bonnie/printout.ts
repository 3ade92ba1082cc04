/** Where things stand in the table and the CSV row of one run: what the errata look at. */
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Cell } from '../model/run.ts'
import type { CsvRun } from './csv.ts'
import type { Field } from './csv-dialects.ts'
import { fieldsOf } from './csv-fields.ts'
import type { Facts } from './facts.ts'
import { lineAt, type Page } from './page.ts'
import type { Cells, TextRun } from './table.ts'
import type { Token } from './token.ts'

/** A run as it was printed, and what was made of it. */
export interface Printout {
  readonly text: TextRun | null
  readonly csv: CsvRun | null
  readonly facts: Facts
  readonly cells: Cells<Cell>
}

type Part = Pick<TextRun, 'printed'>

/** A field of a CSV row that is there and not empty. */
export function csvToken(csv: CsvRun | null, field: Field): Token | null {
  const token = csv?.tokens.get(field)
  return token && token.text !== '' ? token : null
}

/** The rate of one test as a table or a row prints it. */
export function beside(part: Part | null, id: MetricId): Token | null {
  const cell = part?.printed[id]
  return cell?.kind === 'pair' ? cell.rate : null
}

/** The first rate that, with its CPU, is of a kind. */
export function rateToken(
  part: Part | null,
  isOne: (rate: string, cpu: string, id: MetricId) => boolean,
): Token | null {
  for (const id of METRIC_IDS) {
    const cell = part?.printed[id]
    if (cell?.kind === 'pair' && isOne(cell.rate.text, cell.cpu.text, id)) return cell.rate
  }
  return null
}

/** The begin of a run: of its CSV row where there is one. */
export function startOf({ text, csv }: Pick<Printout, 'text' | 'csv'>): Token {
  const [first] = csv?.tokens.values() ?? []
  return first ?? { text: '', line: csv?.line ?? text?.line ?? 1, column: 1 }
}

/** The names of the header right above a CSV row; null if there is none. */
export function headerAbove(page: Page, line: number): readonly Token[] | null {
  const text = line > 1 ? lineAt(page, line - 1) : ''
  const names = text.includes('format_version,') ? fieldsOf(text, line - 1) : []
  return names[0]?.text === 'format_version' ? names : null
}

/** The character at an offset from the begin of a token. */
export function charAt(page: Page, token: Token, offset: number): string {
  return lineAt(page, token.line).charAt(token.column - 1 + offset)
}
