/** A pair of tokens, rate and CPU, as a cell. */
import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { commas, unitWords, whole } from '../model/format.ts'
import { BLOCK_METRICS, type MetricId, metric } from '../model/metric.ts'
import type { Cell } from '../model/run.ts'
import { ceilingOf, floorOf } from './bounds.ts'
import { erratumOf } from './errata.ts'
import type { Facts } from './facts.ts'
import { isCellWord, type Notation, type Printed, readRate } from './notation.ts'
import { type Page, placeOf, remarkAt } from './page.ts'
import type { Token } from './token.ts'

/** What one needs to know to read a cell. `censors`: whether the program prints +++++ at all. */
export interface Reading {
  /** `converted`: text that bon_csv2txt made of CSV */
  readonly form: 'text' | 'csv' | 'converted'
  readonly facts: Facts
  readonly censors: boolean
  readonly bulk: 'whole' | 'mib' | 'scaled'
  readonly cpu: 'whole' | 'decimal'
  /** unit of the three block rates, where it differs from that of the other bulk rates */
  readonly blocks?: 'kib' | 'mib'
  /** whether a CPU stands beside +++++ */
  readonly realCpu?: boolean
}

const NOTHING = { rate: null, cpu: null, latency_us: null, line: null, column: null }
/** Percent of one processor: even a test of a few milliseconds on many of them has no more than four digits. */
const MOST_CPU = 9999

/** The cell of one test, and what was noticed about it. */
export function readCell(page: Page, id: MetricId, printed: Printed, reading: Reading): Noted<Cell> {
  if (printed.kind === 'blank') return noted({ state: 'not_run', ...NOTHING })
  if (printed.kind === 'lost') return noted({ state: 'unreadable', ...NOTHING })
  if (printed.kind === 'broken') return noted(unreadable(page, printed.token))
  const { rate, cpu } = printed
  // bon_csv2txt prints the +++++ of 1.98 and later as 0k
  const censored = rate.text === '+++++' || (rate.text === '0k' && cpu.text === '+++')
  if (censored) return readCensored(page, id, rate, cpu, reading)
  const value = readRate(rate.text, notationOf(id, reading))
  const { form, facts } = reading
  const erratum = erratumOf({ form, metric: id, printed: rate.text, rate: value?.rate ?? null, facts })
  const percent = readRate(cpu.text, reading.cpu)
  const { line, column } = placeOf(page, rate)
  const place = { line, column }
  if (erratum && percent && percent.rate <= MOST_CPU) {
    const defect = { printed: rate.text, erratum: erratum.id }
    return noted({ state: 'defective', ...NOTHING, cpu: percent.rate, ...defect, ...place })
  }
  if (!value) return noted(unreadable(page, rate), unreadableCell(page, rate))
  if (!percent || percent.rate > MOST_CPU) return noted(unreadable(page, cpu), unreadableCell(page, cpu))
  const ceiling = reading.censors ? ceilingOf(id, reading.facts) : null
  if (ceiling !== null && value.rate - (value.tolerance ?? 0) > ceiling) {
    return noted(unreadable(page, rate), aboveBound(page, id, rate, ceiling))
  }
  return noted({ state: 'measured', ...NOTHING, ...value, cpu: percent.rate, ...place })
}

function readCensored(page: Page, id: MetricId, rate: Token, cpu: Token, reading: Reading): Noted<Cell> {
  if (!reading.censors) return noted(unreadable(page, rate), unreadableCell(page, rate))
  // 1.00 to 1.00b print a real CPU beside it
  const real = reading.realCpu && readRate(cpu.text, reading.cpu) !== null
  if (cpu.text !== '+++' && !real) return noted(unreadable(page, cpu), unreadableCell(page, cpu))
  const bound = floorOf(id, reading.facts)
  if (bound === null) return noted(unreadable(page, rate), unknownWork(page, id, rate))
  const { line, column } = placeOf(page, rate)
  return noted({ state: 'at_least', ...NOTHING, rate: bound, line, column })
}

function notationOf(id: MetricId, reading: Reading): Notation {
  const { family } = metric(id)
  if (reading.blocks === 'mib' && BLOCK_METRICS.some((block) => block === id)) return 'whole mib'
  return family === 'bulk' ? reading.bulk : family === 'seeks' ? 'decimal' : 'whole'
}

function noted(value: Cell, ...diagnostics: Diagnostic[]): Noted<Cell> {
  return { value, diagnostics }
}

/** A cell that holds a token nobody can use. */
export function unreadable(page: Page, token: Token): Cell {
  const { line, column } = placeOf(page, token)
  return { state: 'unreadable', ...NOTHING, printed: token.text, line, column }
}

const LOOKALIKES: readonly (readonly [string, string, string])[] = [
  ['l', '1', 'an l in place of a 1'],
  ['I', '1', 'an I in place of a 1'],
  ['O', '0', 'an O in place of a 0'],
  ['o', '0', 'an o in place of a 0'],
]

function unreadableCell(page: Page, token: Token): Diagnostic {
  const cause = LOOKALIKES.find(([wrong, right]) => {
    return token.text.includes(wrong) && isCellWord(token.text.replaceAll(wrong, right))
  })
  const advice = 'orrect the cell from the original output.'
  return remarkAt(page, token, {
    level: 'error',
    rule: 'unreadable-cell',
    message: `Expected a number or +++++, got "${token.text}".`,
    remedy: cause ? `Probably ${cause[2]}: c${advice}` : `C${advice}`,
  })
}

function aboveBound(page: Page, id: MetricId, token: Token, ceiling: number): Diagnostic {
  const { unit, label } = metric(id)
  const most = `${whole(ceiling)} ${unit === 'KiB/s' ? unit : unitWords(id)}`
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'above-own-bound',
    message: `The ${label} of ${commas(token.text)} is above ${most}, the highest rate bonnie++ can print for it.`,
    remedy: 'Compare the row with the original output: columns may have shifted.',
  })
}

function unknownWork(page: Page, id: MetricId, token: Token): Diagnostic {
  return remarkAt(page, token, {
    level: 'warning',
    rule: 'no-bound',
    message: `The ${metric(id).label} is +++++, but the size of its work is not known, so it has no lower bound.`,
    remedy: 'Restore the size and the number of files from the original output.',
  })
}
