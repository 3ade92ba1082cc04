/**
 * Saved outputs as bonnie++ prints them, made from rates: the text of 1.03c with its CSV line, that of 2.00a with
 * latencies, and either CSV line alone. A rate is in KiB/s or 1/s; `+` stands for a test too fast to time, and what is
 * left out was not run.
 */
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'

export type Rates = Partial<Record<MetricId, number | '+'>>

export interface Printed {
  readonly name: string
  /** as printed: `2064M`, `8G` */
  readonly size: string
  /** in units of 1,024 files */
  readonly files: number
  readonly rates: Rates
  /** percent; a test that is not named used `cpu.other` of it */
  readonly cpu: Partial<Record<MetricId | 'other', number>>
  /** microseconds; 2.00a prints one for every test that ran */
  readonly latency: Partial<Record<MetricId | 'other', number>>
  readonly concurrency: number
  readonly seed: number
}

export type Dialect = (printed: Printed) => string

const BULK = METRIC_IDS.slice(0, 5)
const FILES = METRIC_IDS.slice(6)

function share({ rates, cpu }: Printed, id: MetricId): string {
  if (rates[id] === undefined) return ''
  return rates[id] === '+' ? '+++' : String(cpu[id] ?? cpu.other ?? 9)
}

/** A row of the table of either version: numbers right-aligned where they fit, pushed aside where they do not. */
function row(label: string, cells: readonly (readonly [rate: string, cpu: string])[]): string {
  const columns = cells.map(([rate, cpu]) => `${rate.padStart(5)} ${cpu.padStart(3)}`)
  return `${label} ${columns.join(' ')}`.trimEnd()
}

function label(name: string, size: string): string {
  return `${name} ${size.padStart(Math.max(0, 18 - name.length))}`
}

const HEAD_IO = `------Sequential Output------ --Sequential Input- --Random-
                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--`
const HEAD_FILES = `------Sequential Create------ --------Random Create--------`
const HEAD_PHASES = '-Create-- --Read--- -Delete-- -Create-- --Read--- -Delete--'
const HEAD_COLUMNS = '              files  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP'

function plain(printed: Printed, id: MetricId): string {
  const rate = printed.rates[id]
  if (rate === undefined) return ''
  if (rate === '+') return '+++++'
  return id === 'seeks' ? rate.toFixed(1) : String(Math.round(rate))
}

function ranFiles({ rates }: Printed): boolean {
  return FILES.some((id) => rates[id] !== undefined)
}

/** bonnie++ 1.03c: the table and the CSV line below it. */
export const text103: Dialect = (printed) => {
  const cells = (ids: readonly MetricId[]) =>
    ids.map((id) => [plain(printed, id), share(printed, id)] as const)
  const io = `Version 1.03c       ${HEAD_IO}
Machine        Size K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP  /sec %CP
${row(label(printed.name.slice(0, 15), printed.size), cells([...BULK, 'seeks']))}
`
  const files = `                    ${HEAD_FILES}
                    ${HEAD_PHASES}
${HEAD_COLUMNS}
${row(' '.repeat(17) + String(printed.files).padStart(2), cells(FILES))}
`
  return `${io}${ranFiles(printed) ? files : ''}${csv103(printed)}`
}

/** The CSV line of 1.03c alone. */
export const csv103: Dialect = (printed) => {
  const pairs = (ids: readonly MetricId[]) => ids.flatMap((id) => [plain(printed, id), share(printed, id)])
  const files = ranFiles(printed) ? [String(printed.files), ...pairs(FILES)] : Array(13).fill('')
  return `${[printed.name, printed.size, ...pairs([...BULK, 'seeks']), ...files].join(',')}\n`
}

function wait({ rates, latency }: Printed, id: MetricId): string {
  if (rates[id] === undefined) return ''
  const us = latency[id] ?? latency.other ?? 900
  return us < 100_000 ? `${Math.round(us)}us` : `${Math.round(us / 1000)}ms`
}

/** As 2.00a prints a rate of bytes: `997k`, `55.9m`, `1.2g`. */
function scaled(printed: Printed, id: MetricId): string {
  const rate = printed.rates[id]
  if (rate === undefined || rate === '+' || !BULK.includes(id)) return plain(printed, id)
  if (rate < 1024) return `${Math.round(rate)}k`
  const [value, unit] = rate < 1024 * 1024 ? [rate / 1024, 'm'] : [rate / 1024 / 1024, 'g']
  return `${value < 100 ? value.toFixed(1) : Math.round(value)}${unit}`
}

/** bonnie++ 2.00a: the tables with latencies, and the CSV line below them. */
export const text200: Dialect = (printed) => {
  const { name, size, concurrency } = printed
  const cells = (ids: readonly MetricId[]) =>
    ids.map((id) => [scaled(printed, id), share(printed, id)] as const)
  const waits = (ids: readonly MetricId[]) =>
    `Latency             ${ids.map((id) => wait(printed, id).padStart(9)).join(' ')}`.trimEnd()
  const head = concurrency > 1 ? `Concurrency ${String(concurrency).padStart(3)}     ` : ' '.repeat(20)
  const io = `Version 2.00a       ------Sequential Output------ --Sequential Input- --Random-
${head}-Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--
Name:Size etc        /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP
${row(label(name.slice(0, 13), size), cells([...BULK, 'seeks']))}
${waits([...BULK, 'seeks'])}
`
  const files = `Version 2.00a       ${HEAD_FILES}
${name.slice(0, 13).padEnd(19)} ${HEAD_PHASES}
${HEAD_COLUMNS}
${row(' '.repeat(17) + String(printed.files).padStart(2), cells(FILES))}
${waits(FILES)}
`
  return `${io}${ranFiles(printed) ? files : ''}${csv200(printed)}`
}

/** The CSV line of 2.00a alone. */
export const csv200: Dialect = (printed) => {
  const { name, size, concurrency, seed } = printed
  const pairs = (ids: readonly MetricId[]) => ids.flatMap((id) => [plain(printed, id), share(printed, id)])
  const head = ['1.98', '2.00a', name, concurrency, seed, size, '', '8192', '5']
  const files = ranFiles(printed) ? [printed.files, '', '', '', '', ...pairs(FILES)] : Array(17).fill('')
  const waits = METRIC_IDS.map((id) => wait(printed, id))
  return `${[...head, ...pairs([...BULK, 'seeks']), ...files, ...waits].join(',')}\n`
}
