/** The saved outputs that are damaged: every fixture of a dialect, and the corpus. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from '../../src/bonnie/parse.ts'
import { toSource } from '../../src/decode.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Parsed } from '../../src/model/run.ts'

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
  /** the numbers of its cells, as `numberOf` writes them, in whichever of its forms they stand */
  readonly numbers: ReadonlySet<string>
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
  const lines = whole.text.split('\n')
  const isCsv = (line: string) => line.split(',').length > 8
  const parts = [lines.filter((line) => !isCsv(line)), lines.filter(isCsv)].map((part) => part.join('\n'))
  const readings = [whole.parsed, ...parts.map((text) => parse({ path: 'input.txt', sha256: '', text }))]
  const runs = readings.flatMap((parsed) => parsed.runs)
  return {
    ...whole,
    numbers: new Set(runs.flatMap((run) => METRIC_IDS.map((id) => numberOf(id, run.cells[id])))),
  }
}

/** The number of a cell, with what it is a number of. */
export function numberOf(id: MetricId, { rate, cpu }: Cell): string {
  return `${id} ${rate} ${cpu}`
}

/** Bytes as the program decodes and reads them. */
export function readBytes(bytes: Uint8Array): Reading {
  const { source, faults } = toSource(bytes, 'input.txt', 'input.txt')
  if (!source) return { text: '', parsed: { runs: [], diagnostics: faults } }
  return { text: source.text, parsed: parse({ ...source, sha256: '' }) }
}
