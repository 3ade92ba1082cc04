/** The line of comma-separated values that bonnie++ prints below its table, or instead of it. */
import type { Diagnostic } from '../model/diagnostic.ts'
import type { MetricId } from '../model/metric.ts'
import { CSV_DIALECTS, type CsvDialect, type Field, formatOf } from './csv-dialects.ts'
import { fieldsOf, looksLike } from './csv-fields.ts'
import { isOneShort, isShifted, suit } from './csv-suit.ts'
import { type Facts, NO_FACTS, readChunk, readCount, readFiles, readSize } from './facts.ts'
import { BLANK, LOST, type Printed, readLatency } from './notation.ts'
import { endOfLine, lineAt, type Page, remarkAt } from './page.ts'
import { type Cells, fill, unreadableFact } from './table.ts'
import type { Token } from './token.ts'
import { isBetween, isVersion } from './version.ts'

/** A run as a CSV row tells it. */
export interface CsvRun {
  readonly dialect: CsvDialect
  readonly facts: Facts
  readonly line: number
  readonly printed: Cells<Printed>
  readonly latencies: Cells<Token | null>
  /** the tokens of its facts */
  readonly tokens: ReadonlyMap<Field, Token>
}

/** What a line of comma-separated values holds; `run` is null for a header and for a row that is refused. */
export interface CsvLine {
  readonly run: CsvRun | null
  /** all its fields, to tell a damaged copy of another row */
  readonly fields: readonly Token[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The result on a line, if the line is a CSV row or header of bonnie++; else null. Where one is `awaited`, because a
 * table above has none yet, less is enough to take a line for one.
 */
export function readCsv(page: Page, line: number, awaited: boolean): CsvLine | null {
  const fields = fieldsOf(lineAt(page, line), line)
  const [first, second] = [fields[0]?.text ?? '', fields[1]?.text ?? '']
  if (first === 'format_version' || (first === 'name' && second === 'file_size')) {
    const odd = fields.find(({ text }) => !/^[a-z_]+$/.test(text))
    return { run: null, fields: [], diagnostics: odd ? [headerGoesOn(page, odd)] : [] }
  }
  const look = looksLike(fields, awaited)
  if (look === null) return null
  const dialect = dialectOf(fields, look)
  const read =
    !dialect || (look === 'named' && !isOf(dialect, second))
      ? refused(page, fields)
      : readFields(page, line, dialect, fields)
  return { ...read, fields }
}

/** Whether a version writes a format: each names the other's. */
function isOf({ formats }: CsvDialect, version: string): boolean {
  return formats !== null && isVersion(version) && isBetween(version, formats.from, formats.below)
}

/** The layout with that many fields, or else the usual one of the format, of which some are missing or too many. */
function dialectOf(fields: readonly Token[], look: 'named' | 'plain'): CsvDialect | undefined {
  const format = formatOf(fields[0]?.text ?? '')
  const usual = CSV_DIALECTS.filter(({ formats }) =>
    formats === null ? look === 'plain' : look === 'named' && isBetween(format, formats.from, formats.below),
  )
  const fitting = usual.filter((dialect) => {
    if (dialect.fields.length !== fields.length) return false
    if (dialect.withoutIo) return fields.slice(5, 18).every((field) => field.text === '')
    return dialect.bareMib === null || /^\d+$/.test(fields[1]?.text ?? '')
  })
  return fitting.at(-1) ?? usual[0]
}

/** No name has more of them; two rows on one line do. */
const MOST_COMMAS = 5

function readFields(
  page: Page,
  line: number,
  dialect: CsvDialect,
  fields: readonly Token[],
): Omit<CsvLine, 'fields'> {
  const expected = dialect.fields.length
  const at = dialect.fields.indexOf('name')
  const extra = Math.max(0, fields.length - expected)
  const short = fields.length < expected
  const placed = new Map<Field, Token>()
  dialect.fields.forEach((field, i) => {
    const token = i === at ? joined(page, fields.slice(at, at + extra + 1)) : fields[i > at ? i + extra : i]
    if (token) placed.set(field, token)
  })
  const complete = short ? new Map([...placed].slice(0, -1)) : placed
  const odd = isOneShort(dialect, fields) || extra > MOST_COMMAS
  if (fields.length !== expected && (odd || !suit(dialect, complete))) {
    return { run: null, diagnostics: [miscounted(page, fields, expected)] }
  }
  if (isShifted(dialect, complete)) return { run: null, diagnostics: [miscounted(page, fields, expected)] }
  if (fields.length === expected) return runOf(page, line, dialect, placed)
  const row = rowOf(page, line, dialect, placed, short ? fields.length - 1 : expected)
  const name = placed.get('name')
  return extra > 0 && name ? { ...row, diagnostics: [...row.diagnostics, commaInName(page, name)] } : row
}

/** The name, with the commas that upstream does not quote. */
function joined(page: Page, tokens: readonly Token[]): Token | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last) return undefined
  const text = lineAt(page, first.line).slice(first.column - 1, last.column - 1 + last.text.length)
  return { ...first, text }
}

/** The run that whole fields tell. */
export function runOf(
  page: Page,
  line: number,
  dialect: CsvDialect,
  placed: ReadonlyMap<Field, Token>,
): { run: CsvRun; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const facts = factsOf(page, dialect, placed, diagnostics)
  const latencies = fill((id) => latencyOf(page, placed.get(`${id}_latency`), diagnostics))
  const printed = fill((id) => cellOf(id, placed, placed))
  return { run: { dialect, facts, line, printed, latencies, tokens: placed }, diagnostics }
}

/** The run in a row whose field number `cutAt` (0-based) and all behind it are cut off. */
function rowOf(
  page: Page,
  line: number,
  dialect: CsvDialect,
  placed: Map<Field, Token>,
  cutAt: number,
): Omit<CsvLine, 'fields'> {
  const kept = new Map([...placed].filter(([field]) => dialect.fields.indexOf(field) < cutAt))
  const { run, diagnostics } = runOf(page, line, dialect, kept)
  const whole = cutAt >= dialect.fields.length
  const printed = fill((id) => cellOf(id, kept, placed))
  return {
    run: { ...run, printed },
    diagnostics: [...(whole ? [] : [endsEarly(page, line, dialect, cutAt)]), ...diagnostics],
  }
}

function cellOf(id: MetricId, kept: ReadonlyMap<Field, Token>, placed: ReadonlyMap<Field, Token>): Printed {
  const [rate, cpu] = [kept.get(id), kept.get(`${id}_cpu`)]
  if (rate && cpu) return rate.text === '' && cpu.text === '' ? BLANK : { kind: 'pair', rate, cpu }
  const broken = placed.get(id)
  return broken && broken.text !== '' ? { kind: 'broken', token: broken } : LOST
}

function latencyOf(page: Page, token: Token | undefined, diagnostics: Diagnostic[]): Token | null {
  if (!token || token.text === '') return null
  if (readLatency(token.text) !== null) return token
  diagnostics.push(
    remarkAt(page, token, {
      level: 'error',
      rule: 'unreadable-latency',
      message: `Expected a time such as 6180us, got "${token.text}".`,
      remedy: 'Correct the latency from the original output.',
    }),
  )
  return null
}

function factsOf(
  page: Page,
  dialect: CsvDialect,
  kept: ReadonlyMap<Field, Token>,
  diagnostics: Diagnostic[],
): Facts {
  const read = <T>(field: Field, expected: string, reader: (word: string) => T | null): T | null => {
    const token = kept.get(field)
    if (!token || token.text === '') return null
    const value = reader(token.text)
    if (value === null) diagnostics.push(unreadableFact(page, token, expected))
    return value
  }
  const count = (field: Field) => read(field, 'a whole number', readCount)
  const size = read('size_cell', 'a size such as 2064M', (word) => readSizeCell(word, dialect))
  const chunk = size?.parts.find((part) => part !== '') ?? null
  const files = read('files_cell', 'a number of files such as 16', readFiles)
  const largest = kept.get('max_size')?.text ?? ''
  const kind = largest === 'link' || largest === 'symlink' ? largest : null
  return {
    ...NO_FACTS,
    ...files,
    version: kept.get('version')?.text ?? null,
    name: kept.get('name')?.text ?? '',
    file_size_mib: size?.mib ?? null,
    chunk_size: chunk ?? read('chunk_size', 'the size of a chunk such as 64k', readChunk),
    concurrency: count('concurrency'),
    seed: count('seed'),
    seek_count: count('seek_count'),
    seekers: count('seekers'),
    ...(files
      ? {}
      : {
          num_files: count('num_files'),
          max_size: kind ? null : count('max_size'),
          min_size: count('min_size'),
          num_dirs: count('num_dirs'),
          file_kind: kind,
        }),
  }
}

/** A size and at most a chunk: a CSV row says the rest in fields of its own. */
function readSizeCell(word: string, { bareMib }: CsvDialect) {
  const size = readSize(word, bareMib)
  return size && size.parts.length <= 1 && size.parts.every((part) => readChunk(part) !== null) ? size : null
}

function refused(page: Page, fields: readonly Token[]): Omit<CsvLine, 'fields'> {
  const [format, version] = fields
  if (!format || !version) return { run: null, diagnostics: [] }
  const odd = [format, version].find((token) => !isVersion(formatOf(token.text)))
  const diagnostic = remarkAt(page, odd ?? format, {
    level: 'error',
    rule: 'unknown-dialect',
    message: odd
      ? `Expected a version such as 1.98, got "${odd.text}".`
      : `Version ${version.text} does not write the format ${format.text}.`,
    remedy: 'Correct the first two fields of the line from the original output.',
  })
  return { run: null, diagnostics: [diagnostic] }
}

function commaInName(page: Page, name: Token): Diagnostic {
  return remarkAt(page, name, {
    level: 'warning',
    rule: 'comma-in-name',
    message: `The row has more fields than bonnie++ prints, so its name is taken to be "${name.text}".`,
  })
}

function headerGoesOn(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'error',
    rule: 'csv-fields',
    message: `Expected a header of CSV to hold names alone, got "${token.text}".`,
    remedy: 'If a row stands on the same line, put it on a line of its own.',
  })
}

function miscounted(page: Page, fields: readonly Token[], expected: number): Diagnostic {
  return remarkAt(page, fields[0] ?? { text: '', line: 1, column: 1 }, {
    level: 'error',
    rule: 'csv-fields',
    message: `Expected ${expected} fields, got ${fields.length}, so it is not plain which field is which.`,
    remedy: 'Correct the line from the original output.',
  })
}

function endsEarly(page: Page, line: number, dialect: CsvDialect, cutAt: number): Diagnostic {
  return remarkAt(page, endOfLine(page, line), {
    level: 'warning',
    rule: 'row-ends-early',
    message: `The row ends early: everything from ${dialect.fields[cutAt] ?? 'its end'} on cannot be read.`,
    remedy: 'Restore the rest of the row from the original output.',
  })
}
