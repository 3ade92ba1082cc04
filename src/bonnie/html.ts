/**
 * Pages of bon_csv2html: two rows that say what the columns are, then for each run a row of cells and, from 1.9x on,
 * a row of latencies. The cells are the fields of a CSV row, so a row is read as one.
 */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import { readLatency } from './cell.ts'
import { type CsvRun, runOf } from './csv.ts'
import { type CsvDialect, type Field, USUAL } from './csv-dialects.ts'
import { oddName } from './doubts.ts'
import { endOfLine, hasLine, lineAt, type Page, remarkAt, type Token } from './page.ts'
import { compareVersions } from './version.ts'

/** The runs of a page's table, and the line behind it. */
export interface HtmlTable {
  readonly runs: readonly CsvRun[]
  readonly next: number
}

/** Any of them begins a table, so that one lost word of a heading does not lose the table. */
const SIGN = /Sequential (?:Output|Input|Create)|>Per Char<|class="?rowheader/i

/** The table that begins on a line; null if none does. */
export function readHtml(page: Page, line: number): Noted<HtmlTable> | null {
  const text = lineAt(page, line)
  if (!/<t[dhr][ >]/i.test(text) || !SIGN.test(text)) return null
  const { rows, next } = rowsFrom(page, line)
  const version = versionOf(page, rows)
  const fields = fieldsOf(rows)
  const scaled = rows.slice(0, 5).some((row) => row.some((cell) => cell.text === 'M/sec'))
  const runs: CsvRun[] = []
  const diagnostics: Diagnostic[] = []
  for (const [i, row] of rows.entries()) {
    if (!fields || !isResult(row)) continue
    const dialect = dialectOf(fields, version?.text ?? null, scaled)
    if (row.length !== fields.length) diagnostics.push(miscounted(page, row, fields.length))
    else {
      const latencies = latenciesOf(rows[i + 1] ?? [])
      const read = readRow(page, dialect, row, latencies, version)
      diagnostics.push(...read.diagnostics)
      if (latencies.length === 0 && !dialect.name.endsWith('1.0x'))
        diagnostics.push(withoutLatency(page, row))
      runs.push(read.value)
    }
  }
  if (!version && runs.length > 0) diagnostics.push(withoutVersion(page, line))
  if (runs.length === 0 && diagnostics.length === 0) diagnostics.push(empty(page, line))
  return { value: { runs, next }, diagnostics }
}

/** Rows of cells, from the table's begin on. A cell is a token at its first word, empty ones included. */
function rowsFrom(page: Page, line: number): { rows: Token[][]; next: number } {
  const rows: Token[][] = []
  let at = line
  for (; hasLine(page, at); at += 1) {
    for (const match of lineAt(page, at).matchAll(/<(\/?[a-z]{1,10})(?:[^<>]{0,400})>|[^<]+/gi)) {
      const tag = match[1]?.toLowerCase()
      if (tag === '/table') return { rows, next: at + 1 }
      if (tag === 'tr' || (tag !== undefined && rows.length === 0)) rows.push([])
      const row = rows.at(-1)
      if (tag === 'td' || tag === 'th') {
        row?.push({ text: '', line: at, column: match.index + match[0].length + 1 })
      }
      if (tag === undefined) addWords(row, match[0], at, match.index)
    }
  }
  return { rows, next: at }
}

function addWords(row: Token[] | undefined, words: string, line: number, offset: number): void {
  const cell = row?.at(-1)
  if (!row || !cell || words.trim() === '') return
  const column = offset + words.length - words.trimStart().length + 1
  const text = words.trim().replaceAll('&nbsp;', ' ').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  row[row.length - 1] = cell.text === '' ? { text, line, column } : { ...cell, text: `${cell.text} ${text}` }
}

/** The version stands in the first cell, or in the title of the pages of 1.0x. */
function versionOf(page: Page, rows: readonly (readonly Token[])[]): Token | null {
  for (const cell of rows.slice(0, 2).flat()) {
    const found = /^Version (\d{1,3}\.\d{1,4}[a-z]?)$/.exec(cell.text)?.[1]
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
function fieldsOf(rows: readonly (readonly Token[])[]): Field[] | null {
  const heads = rows.find((row) => row.some((cell) => /^Size\b/.test(cell.text)))
  if (!heads) return null
  const fields: Field[] = []
  const rest = METRIC_IDS.filter((id) => id !== 'seeks')
  for (const { text } of heads) {
    const id = /^(Per Char|Block|Rewrite|Create|Read|Delete)$/.test(text) ? rest.shift() : undefined
    if (id) fields.push(id, `${id}_cpu`)
    // the seeks span both rows of headings
    if (id === 'get_block') fields.push('seeks', 'seeks_cpu')
    const other = id ? undefined : OTHER[text]
    if (other) fields.push(...other)
    if (text === 'Chunk Size') fields.push(fields.includes('num_files') ? 'num_dirs' : 'chunk_size')
  }
  return rest.length === 0 ? fields : null
}

const OTHER: Readonly<Record<string, readonly Field[]>> = {
  '': ['name'],
  Concurrency: ['name', 'concurrency'],
  Size: ['size_cell'],
  'Size:Chunk Size': ['size_cell'],
  'Size:Chunk': ['size_cell'],
  'Num Files': ['num_files'],
  'Max Size': ['max_size'],
  'Min Size': ['min_size'],
  'Num Dirs': ['num_dirs'],
}

function dialectOf(fields: readonly Field[], version: string | null, scaled: boolean): CsvDialect {
  const old = version !== null && compareVersions(version, '1.90') < 0
  const generation = version === null ? '' : old ? ' 1.0x' : scaled ? ' 2.00' : ' 1.9x'
  return {
    ...USUAL,
    name: `bon_csv2html${generation}`,
    formats: null,
    fields: old ? fields.map((field) => (field === 'num_files' ? 'files_cell' : field)) : fields,
    blocks: scaled ? 'mib' : 'kib',
  }
}

/** Whether a row holds a result: numbers or +++++ in most of its cells. */
function isResult(row: readonly Token[]): boolean {
  return row.length > 20 && row.filter(({ text }) => /^(?:\d+(?:\.\d+)?|\++|)$/.test(text)).length > 20
}

function readRow(
  page: Page,
  dialect: CsvDialect,
  row: readonly Token[],
  latencies: readonly Token[],
  version: Token | null,
): Noted<CsvRun> {
  const placed = new Map<Field, Token>(
    dialect.fields.flatMap((field, i) => (row[i] ? [[field, row[i]]] : [])),
  )
  if (version) placed.set('version', version)
  if (dialect.blocks === 'mib') mendBlocks(placed)
  for (const [i, id] of METRIC_IDS.entries()) {
    const latency = latencies[i]
    if (latency) placed.set(`${id}_latency`, latency)
  }
  const { run, diagnostics } = runOf(page, row[0]?.line ?? 1, dialect, placed)
  const name = placed.get('name')
  const odd = name ? oddName(page, name, name.text) : []
  const stated = dialect.fields.includes('concurrency') || dialect.name.endsWith('1.0x')
  const facts = stated ? run.facts : { ...run.facts, concurrency: 1 }
  return { value: { ...run, facts }, diagnostics: [...diagnostics, ...odd] }
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

/** The twelve latencies of the row below a result; none if it is another row. */
function latenciesOf(row: readonly Token[]): readonly Token[] {
  const words = row.flatMap(({ text }, i) => (text === 'Latency' ? [i] : []))
  const [io, files] = words
  if (io === undefined || files === undefined) return []
  // one empty cell may stand before the second word
  const first = row.slice(io + 1, row[files - 1]?.text === '' && files - io === 8 ? files - 1 : files)
  const found = [...first, ...row.slice(files + 1)]
  if (first.length !== METRIC_IDS.length / 2) return []
  const plain = found.every(({ text }) => text === '' || readLatency(text) !== null)
  return found.length === METRIC_IDS.length && plain ? found : []
}

function miscounted(page: Page, row: readonly Token[], expected: number): Diagnostic {
  return remarkAt(page, row[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'error',
    rule: 'csv-fields',
    message: `Expected ${expected} fields, got ${row.length}, so it is not plain which field is which.`,
    remedy: 'Correct the row from the original page.',
  })
}

function withoutLatency(page: Page, row: readonly Token[]): Diagnostic {
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
