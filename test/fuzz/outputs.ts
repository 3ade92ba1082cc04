/** The saved outputs that are damaged: every fixture of a dialect, and the corpus. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from '../../src/bonnie/parse.ts'
import { toSource } from '../../src/decode.ts'
import type { Parsed } from '../../src/model/run.ts'

export interface Output {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a file says, and what we read in it. */
export interface Reading {
  readonly text: string
  readonly parsed: Parsed
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

/** Bytes as the program decodes and reads them. */
export function readBytes(bytes: Uint8Array): Reading {
  const { source, faults } = toSource(bytes, 'input.txt', 'input.txt')
  if (!source) return { text: '', parsed: { runs: [], diagnostics: faults } }
  return { text: source.text, parsed: parse({ ...source, sha256: '' }) }
}
