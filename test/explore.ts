/** The functions of templates/explore.js, which finds no page to work on here. */
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import type { Weighing } from '../src/model/report.ts'

export const SCRIPT = readFileSync('templates/explore.js', 'utf8')

/** Logarithms: of what a backend scores, and of its error. */
export interface Score {
  readonly mean: number
  readonly sd: number
}

export const script = createContext({ document: { getElementById: () => null } }) as {
  readonly scores: (weighing: Pick<Weighing, 'backends' | 'terms'>, weights: readonly number[]) => Score[]
  readonly chances: (found: readonly Score[]) => number[]
  readonly normalBelow: (z: number) => number
  readonly readWeights: (fragment: string, terms: readonly { term: string }[]) => number[] | null
  readonly writeWeights: (weights: readonly number[], terms: readonly { term: string }[]) => string
}
runInContext(SCRIPT, script)
