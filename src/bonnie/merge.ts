/** Which CSV row and which table are the same run, and the record of both. */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import type { Cell } from '../model/run.ts'
import { type Reading, readCell, unreadable } from './cell.ts'
import type { CsvRun } from './csv.ts'
import type { Field } from './csv-dialects.ts'
import { defectsOf } from './defects.ts'
import type { Facts } from './facts.ts'
import { type Printed, readLatency } from './notation.ts'
import { lineAt, type Page, remarkAt } from './page.ts'
import { type Cells, fill, type TextRun } from './table.ts'
import type { Token } from './token.ts'

/**
 * What is printed of a run, in one form or in both. `plain`: the line (1-based) of the page that is all of it and a
 * plain row, so that its `csv` is only read when somebody asks for it.
 */
export type Print = (
  | { readonly text: TextRun; readonly csv: null }
  | { readonly text: null; readonly csv: CsvRun }
  | { readonly text: TextRun; readonly csv: CsvRun }
) & { readonly plain?: number }

/** A run without its provenance. */
export interface BareRun {
  readonly dialect: string
  readonly line: number
  readonly facts: Facts
  readonly cells: Cells<Cell>
}

type Comparison = 'same' | 'different' | 'unknown'

/** A table that has no CSV row yet. `at`: its number among the prints of its file. */
export interface Candidate {
  at: number
  readonly text: TextRun
  readonly cells: Cells<Cell>
}

/** A table as a candidate for a CSV row to come. */
export function candidate(page: Page, text: TextRun, at: number): Candidate {
  return { at, text, cells: textCells(page, text, text.facts).value }
}

/** How many runs above a CSV row may be the table of the same run. */
export const REACH = 500

/** The table among `tables`, in order of appearance, that a CSV row belongs to; null if there is none. */
export function partnerOf(page: Page, csv: CsvRun, tables: readonly Candidate[]): Candidate | null {
  const kin = kinOf(page, csv, tables)
  const found =
    kin.find(({ same, different }) => same && different === 0) ??
    kin.find(
      ({ same, adjacent, agree, different }) => same && (adjacent || agree > different || agree >= HALF),
    ) ??
    kin.find(
      ({ adjacent, agree, different }) => agree > different && (adjacent || (different === 0 && agree >= 3)),
    ) ??
    kin.find(({ adjacent, alike, different }) => adjacent && different === 0 && alike >= FEW) ??
    // of a table that could not be read the size must do
    kin.find(({ adjacent, sized, known }) => adjacent && sized && !known)
  return found?.table ?? null
}

/** The table that a CSV row without a partner is so like that both may be one run, one of them damaged. */
export function twinOf(page: Page, csv: CsvRun, tables: readonly Candidate[]): Candidate | null {
  const found = kinOf(page, csv, tables).find(
    ({ agree, alike, different }) => (agree > different && agree >= 3) || (different === 0 && alike >= FEW),
  )
  return found?.table ?? null
}

function kinOf(page: Page, csv: CsvRun, tables: readonly Candidate[]) {
  if (tables.length === 0) return []
  const cells = csvCells(page, csv).value
  const nearest = tables.slice(-REACH).reverse()
  return nearest.map((table) => ({ table, ...kinshipOf(page, table, csv, cells) }))
}

/** Half of the tests never agree by chance, however much damage parts the others. */
const HALF = METRIC_IDS.length / 2

/** So many tests, all those that were run, are enough where nothing contradicts them. */
const FEW = 4

interface Kinship {
  /** the same name and the same size */
  readonly same: boolean
  /** measured rates or latencies that agree, and cells that do not */
  readonly agree: number
  readonly different: number
  /** cells that agree, those among them that do not tell much, such as +++++ */
  readonly alike: number
  /** the same size, which both tell */
  readonly sized: boolean
  /** whether any cell of the table could be read */
  readonly known: boolean
  /** no line but blank ones between the two */
  readonly adjacent: boolean
}

function kinshipOf(page: Page, { text, cells }: Candidate, csv: CsvRun, others: Cells<Cell>): Kinship {
  const compared = METRIC_IDS.map((id) => ({ id, how: compareCells(id, text, cells[id], others[id]) }))
  return {
    same: csv.facts.name.startsWith(text.facts.name) && text.facts.file_size_mib === csv.facts.file_size_mib,
    agree: compared.filter(({ id, how }) => how === 'same' && tells(cells[id], others[id])).length,
    different: compared.filter(({ how }) => how === 'different').length,
    alike: compared.filter(({ id, how }) => how === 'same' && cells[id].state !== 'not_run').length,
    sized: csv.facts.file_size_mib !== null && text.facts.file_size_mib === csv.facts.file_size_mib,
    known: METRIC_IDS.some((id) => cells[id].state === 'measured' || cells[id].state === 'at_least'),
    adjacent: onlyBlanks(page, text.last + 1, csv.line - 1),
  }
}

/** Whether it takes one run for two cells to agree: any two tests may be printed as +++++. */
function tells(left: Cell, right: Cell): boolean {
  return left.state === 'measured' || (left.latency_us !== null && right.latency_us !== null)
}

function onlyBlanks(page: Page, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if (lineAt(page, line).trim() !== '') return false
  return true
}

/** The record of a run, and what was noticed about its cells and the upstream defects in them. */
export function recordOf(page: Page, print: Print): Noted<BareRun> {
  const { value, diagnostics } = readPrint(page, print)
  return { value, diagnostics: [...diagnostics, ...defectsOf(page, { ...print, ...value })] }
}

function readPrint(page: Page, print: Print): Noted<BareRun> {
  const { text, csv } = print
  if (csv === null) {
    const { value, diagnostics } = textCells(page, text, text.facts)
    return {
      value: { dialect: text.dialect.name, line: text.line, facts: text.facts, cells: value },
      diagnostics,
    }
  }
  if (text === null) {
    const { value, diagnostics } = csvCells(page, csv)
    return {
      value: { dialect: csv.dialect.name, line: csv.line, facts: csv.facts, cells: value },
      diagnostics,
    }
  }
  return merged(page, text, csv)
}

function merged(page: Page, text: TextRun, csv: CsvRun): Noted<BareRun> {
  const facts = mergedFacts(page, text, csv)
  const fromText = textCells(page, text, facts.value)
  const fromCsv = csvCells(page, { ...csv, facts: facts.value })
  const diagnostics = [...facts.diagnostics, ...fromCsv.diagnostics]
  diagnostics.push(...fromText.diagnostics.filter(({ rule }) => rule === 'unreadable-cell'))
  const cells = fill((id): Cell => {
    const [left, right] = [fromText.value[id], fromCsv.value[id]]
    if (!isThere(csv.printed[id])) return left
    if (compareCells(id, text, left, right) !== 'different') return { ...right, ...latency(left, right) }
    const token = tokenOf(csv.printed[id]) ?? { text: '', line: csv.line, column: 1 }
    diagnostics.push(disagreement(page, token, metric(id).label, told(text, id), told(csv, id)))
    const same = left.latency_us === null || right.latency_us === null || left.latency_us === right.latency_us
    return { ...unreadable(page, token), ...(same ? latency(left, right) : { latency_us: null }) }
  })
  return {
    value: { dialect: `${text.dialect.name} and CSV`, line: csv.line, facts: facts.value, cells },
    diagnostics,
  }
}

/** The cells of a table's run. */
export function textCells(page: Page, text: TextRun, facts: Facts): Noted<Cells<Cell>> {
  const { bulk, cpu, versions } = text.dialect
  const realCpu = versions?.from === '1.00'
  const form = text.dialect.namesFiles ? 'converted' : 'text'
  return cellsOf(page, text, { form, facts, censors: versions !== null, bulk, cpu, realCpu })
}

/** The cells of a CSV row's run. */
export function csvCells(page: Page, csv: CsvRun): Noted<Cells<Cell>> {
  const { facts, dialect } = csv
  const usual = { form: 'csv', censors: true, bulk: 'whole', cpu: 'whole' } as const
  return cellsOf(page, csv, { ...usual, facts, blocks: dialect.blocks, realCpu: dialect.bareMib !== null })
}

function cellsOf(
  page: Page,
  run: Pick<TextRun, 'printed' | 'latencies'>,
  reading: Reading,
): Noted<Cells<Cell>> {
  const diagnostics: Diagnostic[] = []
  const value = fill((id): Cell => {
    const cell = readCell(page, id, run.printed[id], reading)
    diagnostics.push(...cell.diagnostics)
    const token = run.latencies[id]
    return token ? { ...cell.value, latency_us: readLatency(token.text) } : cell.value
  })
  return { value, diagnostics }
}

/** Whether two cells tell the same, as far as the table's rounding shows. */
function compareCells(id: MetricId, text: TextRun, left: Cell, right: Cell): Comparison {
  if (left.state === 'unreadable' || right.state === 'unreadable') return 'unknown'
  const rateless = left.state === 'defective' && right.state === 'measured'
  if (!rateless && left.state !== right.state) return 'different'
  if (left.cpu !== right.cpu) return 'different'
  if (left.latency_us !== null && right.latency_us !== null && left.latency_us !== right.latency_us)
    return 'different'
  if (rateless || left.rate === null || right.rate === null || left.state !== 'measured') return 'same'
  const most = slack(id, text, left) + (right.tolerance ?? 0) + 1e-6
  return Math.abs(left.rate - right.rate) <= most ? 'same' : 'different'
}

/**
 * How far the number of a table may be from that of the CSV. KiB/s are truncated in both, seeks above 999 are rounded
 * in the table; m and g are rounded there, and truncated to KiB/s in the CSV.
 */
function slack(id: MetricId, text: TextRun, cell: Cell): number {
  if (id === 'seeks') return (cell.rate ?? 0) >= 1000 ? 0.5 : 0
  if (text.dialect.bulk !== 'scaled' || cell.tolerance === undefined) return 0
  return cell.tolerance > 1 ? cell.tolerance + 1 : 1
}

const FACT_FIELDS = [
  ['version', 'version'],
  ['file_size_mib', 'size_cell'],
  ['num_files', 'num_files'],
  ['max_size', 'max_size'],
  ['min_size', 'min_size'],
  ['num_dirs', 'num_dirs'],
  ['concurrency', 'concurrency'],
] as const satisfies readonly (readonly [keyof Facts, Field])[]

/** The facts of both: a fact on which they disagree is dropped, the CSV's name is whole where the table's is cut. */
function mergedFacts(page: Page, text: TextRun, csv: CsvRun): Noted<Facts> {
  const diagnostics: Diagnostic[] = []
  const given: Partial<Facts> = Object.fromEntries(
    Object.entries(csv.facts).filter(([, value]) => value !== null),
  )
  let facts: Facts = { ...text.facts, ...given }
  const first = csv.tokens.values().next().value ?? { text: '', line: csv.line, column: 1 }
  for (const [key, field] of FACT_FIELDS) {
    const [left, right] = [text.facts[key], csv.facts[key]]
    if (left === null || right === null || left === right) continue
    // a page of 1.0x says which version converted the run
    if (key === 'version' && csv.dialect.name === 'bon_csv2html 1.0x') {
      facts = { ...facts, version: text.facts.version }
      continue
    }
    facts = { ...facts, [key]: null }
    const token = csv.tokens.get(field) ?? csv.tokens.get('files_cell') ?? first
    diagnostics.push(disagreement(page, token, key, String(left), String(right)))
  }
  if (!csv.facts.name.startsWith(text.facts.name)) {
    const token = csv.tokens.get('name') ?? first
    diagnostics.push(disagreement(page, token, 'name', text.facts.name, csv.facts.name))
  }
  return { value: facts, diagnostics }
}

/** The text's latency where a cut CSV row lost it. */
function latency(left: Cell, right: Cell): Pick<Cell, 'latency_us'> {
  return { latency_us: right.latency_us ?? left.latency_us }
}

function isThere(printed: Printed): boolean {
  return printed.kind === 'pair' || printed.kind === 'blank'
}

function tokenOf(printed: Printed): Token | null {
  if (printed.kind === 'pair') return printed.rate
  return printed.kind === 'broken' ? printed.token : null
}

/** A cell as it stands in the file, for a message. */
function told({ printed, latencies }: Pick<TextRun, 'printed' | 'latencies'>, id: MetricId): string {
  const cell = printed[id]
  const pair = cell.kind === 'pair' ? `${cell.rate.text} ${cell.cpu.text}` : 'nothing'
  return latencies[id] ? `${pair} (${latencies[id].text})` : pair
}

function disagreement(page: Page, token: Token, what: string, text: string, csv: string): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'text-csv-disagree',
    message: `The table gives ${text} for the ${what} of this run, its CSV line gives ${csv}.`,
    remedy: 'Correct whichever differs from the original output.',
  })
}
