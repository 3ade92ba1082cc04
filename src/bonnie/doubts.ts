/** What an output says twice must agree, and what everything else rests on must be said. */
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Cell } from '../model/run.ts'
import type { CsvRun } from './csv.ts'
import { isOneName, roomOf } from './names.ts'
import { readLatency } from './notation.ts'
import { LONGEST_LINE, lineAt, type Page, placeOf, remarkAt } from './page.ts'
import type { Cells, Heading, TableRow, TextRun } from './table.ts'
import { type Token, tokensOf } from './token.ts'

/** What the heading and the row of file tests say other than the table above them: both may tell version and name. */
export function doubtsAbout(
  page: Page,
  run: TextRun,
  heading: Heading,
  rows: readonly TableRow[],
  row: TableRow | null,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const { version, name } = run.facts
  if (heading.version !== null && version !== null && heading.version !== version)
    diagnostics.push(otherVersion(page, heading.token, heading.version, version))
  const names = [{ name: heading.name, room: heading.columns.head }]
  if (row && !heading.dialect.repeats) {
    names.push({ name: row.row.name, room: roomOf(row.row.label, heading.columns) })
  }
  const other = names.find((each) => each.name !== '' && !isOneName({ name, room: run.room }, each))
  const named = rows.some(({ row: { name: each } }) => each !== '')
  if (row?.row.name === '' && row.row.label && named)
    diagnostics.push(otherName(page, row.row.label, name, ''))
  if (other && run.room > 0 && !/\s{3}/.test(other.name))
    diagnostics.push(otherName(page, heading.token, name, other.name))
  return diagnostics
}

/** A remark on a name that no machine has: with a wide gap or a tag in it, or with the numbers of another row. */
export function oddName(page: Page, token: Token, name: string): Diagnostic[] {
  const numbers = name.split(/\s+/).filter((word) => /^[\d.]+$/.test(word)).length
  if (!/\s{3}|[<>]/.test(name) && numbers < 3) return []
  const diagnostic = remarkAt(page, token, {
    level: 'warning',
    rule: 'doubtful-name',
    message: `The name of the machine reads "${name}".`,
    remedy: 'Compare the line with the original output: it may hold something that does not belong there.',
  })
  return [diagnostic]
}

/** A remark on a row of latencies on a line below a table whose version prints none. */
export function latenciesBelow(page: Page, line: number): Diagnostic[] {
  const [word, ...times] = tokensOf(lineAt(page, line).slice(0, LONGEST_LINE), line)
  const found = word?.text === 'Latency' && times.some(({ text }) => readLatency(text) !== null)
  return found ? [tooOld(page, word)] : []
}

/** A remark on a table that does not say its version, though its program prints one. */
export function withoutVersion(page: Page, { dialect, heading }: TextRun): Diagnostic[] {
  if (!dialect.saysVersion) return []
  const diagnostic = remarkAt(page, heading, {
    level: 'warning',
    rule: 'missing-fact',
    message: 'The table does not say which version of the program printed it.',
    remedy: 'Restore the line that says it; until then every +++++ has the weakest bound of all versions.',
  })
  return [diagnostic]
}

/** A remark on a CSV row that is so like a table that both may be one run. */
export function likeTable(page: Page, csv: CsvRun, { line }: TextRun): Diagnostic {
  const first = csv.tokens.values().next().value ?? { text: '', line: csv.line, column: 1 }
  const { line: at } = placeOf(page, { line, column: 1 })
  return remarkAt(page, first, {
    level: 'warning',
    rule: 'unpaired-row',
    message: `This row is like the table on line ${at}, but not quite, so both are counted.`,
    remedy: 'If both are of one run, correct whichever differs from the original output.',
  })
}

/**
 * A remark on a table whose version prints n × 1,024 in place of the rates of file tests (BON-001), where it prints
 * something else: on a processor of another kind, or because the version is not what it says.
 */
export function oddDefect(
  page: Page,
  { heading }: TextRun,
  cells: Cells<Cell>,
  files: number | null,
): Diagnostic[] {
  const odd = Object.values(cells).some(
    ({ erratum, printed }) => erratum === 'BON-001' && files !== null && Number(printed) !== files * 1024,
  )
  if (!odd) return []
  const diagnostic = remarkAt(page, heading, {
    level: 'warning',
    rule: 'doubtful-version',
    message:
      'A table of this version usually shows n × 1,024 in place of the rates of file tests, but this one does not.',
    remedy: 'Compare the version with the original output: before 1.98 these rates are right.',
  })
  return [diagnostic]
}

function otherVersion(page: Page, token: Token, version: string, above: string): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'doubtful-version',
    message: `This heading names version ${version}, the table above it ${above}.`,
    remedy: 'If both are of one run, correct whichever differs from the original output.',
  })
}

function tooOld(page: Page, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'doubtful-version',
    message: 'The version in the heading prints no latencies, but here they are.',
    remedy: 'Compare the version in the heading with the original output.',
  })
}

function otherName(page: Page, token: Token, name: string, other: string): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'doubtful-name',
    message: `The table above names the machine "${name}", this one "${other}".`,
    remedy: 'If both are of one run, correct whichever differs from the original output.',
  })
}
