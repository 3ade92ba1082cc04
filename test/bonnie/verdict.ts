/** What a mangling did to what is read: the measure of mangled.test.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from '../../src/bonnie/parse.ts'
import { NOTHING_CARRIED, unwrap } from '../../src/bonnie/unwrap.ts'
import { toSource } from '../../src/decode.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Cell, Parsed, Run } from '../../src/model/run.ts'
import type { Loss } from './mangle.ts'

/**
 * `perfect`: all runs with all their numbers and facts; `noted`: something is missing, and a remark says so; `wrong`:
 * a number or a fact differs, and some remark was made; `silent`: something is missing or differs without any.
 */
export type Verdict = 'perfect' | 'noted' | 'wrong' | 'silent'

/** The runs in what a file holds, as text or as bytes. */
export function read(saved: string | Uint8Array): Parsed {
  const bytes = typeof saved === 'string' ? new TextEncoder().encode(saved) : saved
  const { source, faults } = toSource(bytes, 'input.txt')
  const parsed = source ? parse(source) : { runs: [], diagnostics: [] }
  return { runs: parsed.runs, diagnostics: [...faults, ...parsed.diagnostics] }
}

/** What became of an output. `after` was read from its mangled form. */
export function verdictOf(before: Parsed, after: Parsed, loss: Loss): { verdict: Verdict; why: string } {
  const silent = remarksIn(after) <= remarksIn(before)
  const invented = after.runs.flatMap((run) => inventionsIn(run, before.runs))
  const faults = before.runs.flatMap((run, i) => {
    const other = after.runs[i]
    const found = other ? differences(run, other) : ['a run is missing']
    return loss === 'nothing' ? found : found.filter((fault) => !fault.startsWith('name'))
  })
  if (after.runs.length > before.runs.length) faults.push('a run too many')
  const why = invented[0] ?? faults[0] ?? ''
  if (why === '') return { verdict: 'perfect', why }
  // of what was lost altogether nobody can be told
  const wrong = invented.length > 0 || (silent && loss !== 'more')
  return { verdict: !wrong ? 'noted' : silent ? 'silent' : 'wrong', why }
}

function remarksIn({ diagnostics }: Parsed): number {
  return diagnostics.filter(({ level }) => level !== 'note').length
}

/** The numbers of a run that stand in none of some others, nor follow from any of them by rounding. */
function inventionsIn(run: Run, others: readonly Run[]): string[] {
  const cells = METRIC_IDS.flatMap((id) => {
    const cell = run.cells[id]
    const known = others.some((other) => follows(cell, other.cells[id]))
    return known
      ? []
      : [`${id}: ${told(cell)} ≠ ${others.map((other) => told(other.cells[id])).join(' or ')}`]
  })
  const facts = NUMBERS.flatMap((key) => {
    const known = run[key] === null || others.some((other) => other[key] === run[key])
    return known ? [] : [`${key}: ${run[key]} ≠ ${others.map((other) => other[key]).join(' or ')}`]
  })
  return [...cells, ...facts]
}

const NUMBERS = ['file_size_mib', 'num_files', 'seek_count', 'version', 'chunk_size', 'concurrency'] as const

/** Whether a cell tells no more than another: the same, a rounded rate, a weaker bound, or nothing. */
function follows(cell: Cell, other: Cell): boolean {
  if (cell.latency_us !== null && cell.latency_us !== other.latency_us) return false
  if (cell.cpu !== null && cell.cpu !== other.cpu) return false
  if (cell.rate === null) return true
  if (cell.state !== other.state || other.rate === null) return cell.rate === null
  if (cell.state === 'at_least') return cell.rate <= other.rate
  return Math.abs(cell.rate - other.rate) <= (cell.tolerance ?? 0) + 1
}

/** What differs: with ≠ where another value is given, else what is missing. */
function differences(run: Run, other: Run): string[] {
  const { cells: left, path: _p, line: _l, source_sha256: _s, dialect: _d, ...facts } = run
  const faults = METRIC_IDS.flatMap((id) => cellFaults(id, left[id], other.cells[id]))
  for (const [key, value] of Object.entries(facts)) {
    const got = other[key as keyof Run]
    if (got === value) continue
    faults.push(got === null || got === '' ? `${key} is missing` : `${key}: ${value} ≠ ${got}`)
  }
  return faults
}

function cellFaults(id: string, left: Cell, right: Cell): string[] {
  if (told(left) === told(right)) return []
  if (right.state === 'unreadable') return [`${id} is missing`]
  const bare = { ...left, latency_us: null }
  if (told(bare) === told(right)) return [`${id}: latency is missing`]
  if (right.state === 'not_run') return [`${id} is missing`]
  return [`${id}: ${told(left)} ≠ ${told(right)}`]
}

function told({ line: _line, column: _column, ...cell }: Cell): string {
  return JSON.stringify(cell)
}

/** An output that was saved as it was printed. */
export interface Clean {
  readonly name: string
  readonly text: string
  readonly parsed: Parsed
  /** whether it holds tests that were not run, which a table tells by the width of blanks */
  readonly blank: boolean
}

/** The clean outputs under `test/fixtures/`: those that nothing has to be taken off, and nobody has to be told of. */
export function cleanOutputs(): Clean[] {
  return outputs().flatMap(({ name, text }) => {
    const parsed = read(text)
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const unwrapped = unwrap(text.split('\n'), 1, NOTHING_CARRIED).lines.map((line) => line.text)
    const clean = unwrapped.length === lines.length && unwrapped.every((line, i) => line === lines[i])
    if (!clean || parsed.runs.length === 0 || parsed.diagnostics.some(({ rule }) => !rule.startsWith('bon-')))
      return []
    const blank = parsed.runs.some(({ cells }) => METRIC_IDS.some((id) => cells[id].state === 'not_run'))
    return [{ name, text, parsed, blank }]
  })
}

/** Every saved output under the folders of fixtures, whether it is a file or lies in a folder of its own. */
function outputs(): { name: string; text: string }[] {
  const folders = ['dialects', 'corpus'].map((name) =>
    fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url)),
  )
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:txt|csv|html|md)$/.test(name) && !name.endsWith('README.md'))
        .sort()
        .map((name) => ({
          name: name.replace(/[\\/]input\.txt$/, ''),
          text: readFileSync(`${folder}${name}`, 'utf8'),
        })),
    )
}
