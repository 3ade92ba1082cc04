/** The saved outputs that are damaged: every fixture of a dialect, and the corpus. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from '../../src/bonnie/parse.ts'
import { toSource } from '../../src/decode.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Parsed, Run } from '../../src/model/run.ts'

export interface Output {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a file says, and what we read in it. */
export interface Reading {
  readonly text: string
  readonly parsed: Parsed
}

/** An output as it was saved. */
export interface Original extends Reading {
  /** the numbers of each run, as `numbersIn` writes them, in whichever form they stand */
  readonly numbers: readonly ReadonlySet<string>[]
}

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** All of them, sorted; their names are their paths below test/fixtures. */
export function outputs(): Output[] {
  const dialects = readdirSync(`${FIXTURES}dialects`).map((name) => `dialects/${name}/input.txt`)
  const corpus = readdirSync(`${FIXTURES}corpus`)
    .filter((name) => !/\.json$|^README/.test(name))
    .map((name) => `corpus/${name}`)
  return [...dialects, ...corpus]
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(FIXTURES + name)) }))
}

/** Undamaged bytes. The table may say other digits than the CSV, so each is read without the other as well. */
export function readOriginal(bytes: Uint8Array): Original {
  const whole = readBytes(bytes)
  // a string of JSON holds its lines with escapes between them
  const lines = whole.text.split(/\n|\\n/)
  const isCsv = (line: string) => line.split(',').length > 8
  const parts = [lines.filter((line) => !isCsv(line)), lines.filter(isCsv)].map((part) => part.join('\n'))
  const others = parts.flatMap((text) => parse({ path: 'input.txt', sha256: '', text }).runs).map(numbersOf)
  const numbers = whole.parsed.runs.map(numbersOf).map((own) => {
    const kin = others.filter((other) => other.filter((number) => own.includes(number)).length >= KIN)
    return new Set([...own, ...kin.flat()])
  })
  return { ...whole, numbers }
}

/** So many numbers in common make two readings those of one run. */
const KIN = 3

function numbersOf({ cells }: Run): string[] {
  return METRIC_IDS.flatMap((id) => numbersIn(id, cells[id]))
}

/** The numbers of a cell, each with what it is a number of. */
export function numbersIn(id: MetricId, { state, rate, cpu, latency_us: latency }: Cell): string[] {
  const rates = state === 'measured' ? [`${id} ${rate} ${cpu}`] : []
  return latency === null ? rates : [...rates, `${id} ${latency}us`]
}

/** Bytes as the program decodes and reads them. */
export function readBytes(bytes: Uint8Array): Reading {
  const { source, faults } = toSource(bytes, 'input.txt', 'input.txt')
  if (!source) return { text: '', parsed: { runs: [], diagnostics: faults } }
  return { text: source.text, parsed: parse({ ...source, sha256: '' }) }
}
