/**
 * Pages of bon_csv2html: two rows that say what the columns are, then for each run a row of cells and, from 1.9x on,
 * a row of latencies. The cells are the fields of a CSV row, so a row is read as one.
 */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import { type CsvRun, runOf } from './csv.ts'
import { type CsvDialect, type Field, USUAL } from './csv-dialects.ts'
import { isShifted } from './csv-suit.ts'
import { oddName } from './doubts.ts'
import { type Cells, rowsAt } from './html-rows.ts'
import { readLatency } from './notation.ts'
import { endOfLine, hasLine, lineAt, type Page, remarkAt } from './page.ts'
import type { Token } from './token.ts'
import { compareVersions } from './version.ts'

/** The runs of tables, and the line behind them. */
export interface HtmlTables {
  readonly runs: readonly CsvRun[]
  readonly next: number
}

/** The tables that begin on a line; null if none does. */
export function readHtml(page: Page, line: number): Noted<HtmlTables> | null {
  const found = rowsAt(page, line)
  if (!found) return null
  const read = found.tables.map((rows) => readTable(page, rows))
  const diagnostics = read.flatMap((table) => table.diagnostics)
  const runs = read.flatMap((table) => table.value)
  if (runs.length === 0 && diagnostics.length === 0) diagnostics.push(empty(page, line))
  return { value: { runs, next: found.next }, diagnostics }
}

function readTable(page: Page, rows: readonly Cells[]): Noted<readonly CsvRun[]> {
  const first = rows.findIndex(isResult)
  const headings = first < 0 ? rows : rows.slice(0, first)
  const lastHeading = rows.findLastIndex((row) => row.some(({ text }) => HEADED.test(text)))
  const version = versionOf(page, headings)
  const fields = fieldsOf(headings)
  const scaled = rows.some((row) => row.some((cell) => /\bM\/sec/.test(cell.text)))
  const generation = generationOf(rows, version?.text ?? null, scaled)
  const runs: CsvRun[] = []
  const diagnostics: Diagnostic[] = []
  for (const [i, row] of rows.entries()) {
    if (!isResult(row)) {
      if (isStray(rows, i, lastHeading)) diagnostics.push(strayRow(page, row))
      continue
    }
    if (!fields) return { value: [], diagnostics: [unheaded(page, row)] }
    const dialect = dialectOf(fields, generation)
    const read =
      row.length === fields.length
        ? readRow(page, dialect, row, rows[i + 1] ?? [], version)
        : { value: null, diagnostics: [miscounted(page, row, fields.length)] }
    diagnostics.push(...read.diagnostics)
    if (read.value) runs.push(read.value)
  }
  if (runs.length > 0) diagnostics.push(...oddVersion(page, version, generation))
  const [begin] = rows.flat()
  if (!version && begin && runs.length > 0) diagnostics.push(withoutVersion(page, begin.line))
  return { value: runs, diagnostics }
}

/** The version stands in the first cell, or in the title of the pages of 1.0x. */
function versionOf(page: Page, headings: readonly Cells[]): Token | null {
  for (const cell of headings.flat()) {
    const found = /^Version (\d{1,3}\.\d{1,4}[a-z]?)(?!\S)/.exec(cell.text)?.[1]
    if (found) return { ...cell, text: found, column: cell.column + 'Version '.length }
  }
  for (let line = 1; line <= TITLE_WITHIN && hasLine(page, line); line += 1) {
    const match = /Bonnie\+\+ V(\d{1,3}\.\d{1,4}[a-z]?) /.exec(lineAt(page, line).slice(0, 1000))
    if (match?.[1]) return { text: match[1], line, column: match.index + 'Bonnie++ V'.length + 1 }
  }
  return null
}

/** The title stands within so many lines. */
const TITLE_WITHIN = 50

/** What each cell of a result is, told by the row of headings that names the size; null if there is none. */
function fieldsOf(headings: readonly Cells[]): Field[] | null {
  const row = headings
    .map((cells) => cells.map(({ text }) => text).join(' '))
    .find((text) => SIZED.test(text))
  const fields: Field[] = ['name']
  const rest = METRIC_IDS.filter((id) => id !== 'seeks')
  const words = row?.match(WORD) ?? []
  // with one word lost, each behind it would name another test
  if (words.filter((word) => TESTS.test(word)).join() !== IN_ORDER) return null
  for (const word of words) {
    const id = TESTS.test(word) ? rest.shift() : undefined
    if (id) fields.push(id, `${id}_cpu`)
    // the seeks span both rows of headings
    if (id === 'get_block') fields.push('seeks', 'seeks_cpu')
    const other = id ? undefined : OTHER[word]
    if (other) fields.push(other)
    // the files' own is upstream's name for the number of directories
    if (word === 'Chunk Size') fields.push(fields.includes('num_files') ? 'num_dirs' : 'chunk_size')
  }
  return fields
}

const SIZED = /\bSize\b.*\bPer Char\b/
const WORD =
  /Concurrency|Size:Chunk(?: Size)?|Max Size|Min Size|Chunk Size|Size|Num Files|Num Dirs|Per Char|Block|Rewrite|Create|Read|Delete/g
const TESTS = /^(?:Per Char|Block|Rewrite|Create|Read|Delete)$/
const IN_ORDER = 'Per Char,Block,Rewrite,Per Char,Block,Create,Read,Delete,Create,Read,Delete'

const OTHER: Readonly<Record<string, Field>> = {
  Concurrency: 'concurrency',
  Size: 'size_cell',
  'Size:Chunk Size': 'size_cell',
  'Size:Chunk': 'size_cell',
  'Num Files': 'num_files',
  'Max Size': 'max_size',
  'Min Size': 'min_size',
  'Num Dirs': 'num_dirs',
}

type Generation = '1.0x' | '1.9x' | '2.00'

/** Where the version was lost, that of 1.0x has no latencies. */
function generationOf(rows: readonly Cells[], version: string | null, scaled: boolean): Generation {
  const latencies = rows.some((row) => row.some(({ text }) => text === 'Latency'))
  // what the page shows tells more than a version, of which one letter may be damaged
  if (scaled) return '2.00'
  const old = version === null || compareVersions(version, '1.90') < 0
  return old && !latencies ? '1.0x' : '1.9x'
}

/** A remark on a version whose pages look otherwise. */
function oddVersion(page: Page, version: Token | null, generation: Generation): Diagnostic[] {
  if (!version) return []
  const said = ['1.98', '1.90'].findIndex((from) => compareVersions(version.text, from) >= 0)
  if (['2.00', '1.9x'][said] === generation || (said < 0 && generation === '1.0x')) return []
  const remark = remarkAt(page, version, {
    level: 'warning',
    rule: 'doubtful-version',
    message: `The page names version ${version.text}, but is laid out as those of ${generation} are.`,
    remedy: 'Compare the version with the original page.',
  })
  return [remark]
}

function dialectOf(fields: readonly Field[], generation: Generation): CsvDialect {
  const old = generation === '1.0x'
  return {
    ...USUAL,
    name: `bon_csv2html ${generation}`,
    formats: null,
    fields: old ? fields.map((field) => (field === 'num_files' ? 'files_cell' : field)) : fields,
    blocks: generation === '2.00' ? 'mib' : 'kib',
  }
}

/** Whether a row that is no result is a part of one: latencies of nothing, or anything else below the headings. */
function isStray(rows: readonly Cells[], at: number, lastHeading: number): boolean {
  const words = rows[at]?.filter(({ text }) => text !== '') ?? []
  const above = rows[at - 1]
  if (words.filter(({ text }) => text === 'Latency').length > 1) return !above || !isResult(above)
  const latencies = words[0]?.text === 'Latency' && above !== undefined && isResult(above)
  return at > lastHeading && words.length > 0 && !latencies
}

/** What only headings say. */
const HEADED = /^Per Char$|% ?CPU|[KM]?\/ ?sec\b/

/** Whether a row holds a result: numbers or +++++ in most of its cells. */
function isResult(row: Cells): boolean {
  return row.length > 20 && row.filter(({ text }) => /^(?:\d+(?:\.\d+)?|\++|)$/.test(text)).length > 20
}

function readRow(
  page: Page,
  dialect: CsvDialect,
  row: Cells,
  below: Cells,
  version: Token | null,
): Noted<CsvRun | null> {
  const placed = new Map<Field, Token>(
    dialect.fields.flatMap((field, i) => (row[i] ? [[field, row[i]]] : [])),
  )
  if (version) placed.set('version', version)
  if (dialect.blocks === 'mib') mendBlocks(placed)
  // a cell lost or gained among the headings parts every field from its words
  if (isShifted(dialect, placed)) return { value: null, diagnostics: [shifted(page, row)] }
  const latencies = latenciesOf(below, placed)
  for (const [id, latency] of latencies ?? []) placed.set(`${id}_latency`, latency)
  const { run, diagnostics } = runOf(page, row[0]?.line ?? 1, dialect, placed)
  const name = placed.get('name')
  const odd = name ? oddName(page, name, name.text) : []
  const old = dialect.name.endsWith('1.0x')
  const lost = latencies === null && !old ? [withoutLatency(page, row)] : []
  const facts = dialect.fields.includes('concurrency') || old ? run.facts : { ...run.facts, concurrency: 1 }
  return { value: { ...run, facts }, diagnostics: [...diagnostics, ...odd, ...lost] }
}

/** From 1.98 on block rates go through atoi: +++++ and nothing come out as 0, and only the CPU beside tells them. */
function mendBlocks(placed: Map<Field, Token>): void {
  for (const id of ['put_block', 'rewrite', 'get_block'] as const) {
    const [rate, cpu] = [placed.get(id), placed.get(`${id}_cpu`)]
    if (rate?.text !== '0') continue
    if (cpu?.text === '+++') placed.set(id, { ...rate, text: '+++++' })
    if (cpu?.text === '') placed.set(id, { ...rate, text: '' })
  }
}

/** The latencies of the row below a result by their tests; null if it is another row. */
function latenciesOf(below: Cells, placed: ReadonlyMap<Field, Token>): Map<MetricId, Token> | null {
  const cells = below.slice(below.findIndex(({ text }) => text === 'Latency'))
  const second = cells.findIndex(({ text }, i) => i > 0 && text === 'Latency')
  if (cells[0]?.text !== 'Latency' || second < 0) return null
  const halves = [
    [METRIC_IDS.slice(0, 6), cells.slice(1, second)],
    [METRIC_IDS.slice(6), cells.slice(second + 1)],
  ] as const
  const found = new Map<MetricId, Token>()
  for (const [ids, half] of halves) {
    const given = half.filter(({ text }) => text !== '')
    // a test has a latency if it has a rate, so their order tells whose each is
    const run = ids.filter((id) => placed.get(id)?.text !== '')
    if (given.length !== run.length || given.some(({ text }) => readLatency(text) === null)) return null
    for (const [i, id] of run.entries()) if (given[i]) found.set(id, given[i])
  }
  return found
}

function miscounted(page: Page, row: Cells, expected: number): Diagnostic {
  return remarkAt(page, row[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'error',
    rule: 'csv-fields',
    message: `Expected ${expected} fields, got ${row.length}, so it is not plain which field is which.`,
    remedy: 'Correct the row from the original page.',
  })
}

function shifted(page: Page, row: Cells): Diagnostic {
  return remarkAt(page, row[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'error',
    rule: 'csv-fields',
    message: 'The cells of this row do not suit the headings of the page, so it is not plain which is which.',
    remedy: 'Correct the headings and the row from the original page.',
  })
}

function strayRow(page: Page, row: Cells): Diagnostic {
  const token = row.find(({ text }) => text !== '') ?? { text: '', line: 1, column: 1 }
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unreadable-row',
    message: 'This row of the page is a part of a result whose other cells are missing.',
    remedy: 'Correct the row from the original page.',
  })
}

function unheaded(page: Page, row: Cells): Diagnostic {
  return remarkAt(page, row[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'error',
    rule: 'row-without-heading',
    message: 'The heading above this row does not name its columns, so it is not plain which cell is which.',
    remedy: 'Restore the rows of headings from the original page.',
  })
}

function withoutLatency(page: Page, row: Cells): Diagnostic {
  return remarkAt(page, row[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'warning',
    rule: 'no-latency',
    message: 'The row of latencies is missing below this row, or cannot be read.',
    remedy: 'Restore it from the original page; without it no latency is shown.',
  })
}

function withoutVersion(page: Page, line: number): Diagnostic {
  return remarkAt(
    page,
    { text: '', line, column: 1 },
    {
      level: 'warning',
      rule: 'missing-fact',
      message: 'The page does not say which version of bonnie++ its results are of.',
      remedy: 'Save the whole page; until then every +++++ has the weakest bound of all versions.',
    },
  )
}

function empty(page: Page, line: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line), {
    level: 'error',
    rule: 'no-result',
    message: 'The page of bon_csv2html has headings but no row of results.',
    remedy: 'Save the whole page, or the CSV lines it was made from.',
  })
}
