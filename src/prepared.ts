import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Keep } from './model/keep.ts'
import { PROGRAM_FOLDER } from './package.ts'

/*
 * What follows from the templates alone is made when the program is compiled, and lies beside it: what is documented of
 * backends, the pages of the method, the templates as JavaScript. It is taken only where it was made of the very texts
 * that it would be made of now, as their hash tells; so who edits a template sees the edit, and nobody sees anything
 * but a shorter build. A program that runs from its sources has nothing prepared.
 */

/** What prepare.ts makes, beside the program. */
export const PREPARED = 'prepared.json'

interface Made {
  /** the hash of its inputs */
  readonly of: string
  /** what JSON can say */
  readonly value: unknown
}

type Stock = Readonly<Record<string, Made>>

/** Gives what was made when the program was compiled, if it was made of these inputs; else does the work. */
export const prepared: Keep = (place, inputs, make) => {
  ours ??= giving(readStock())
  return ours(place, inputs, make)
}

let ours: Keep | undefined

/** Gives what is in a stock and was made of the same inputs. */
export function giving(stock: Stock): Keep {
  return <T>(place: string, inputs: readonly unknown[], make: () => T): T => {
    const made = Object.hasOwn(stock, place) ? stock[place] : undefined
    return made && made.of === hashOf(inputs) ? (made.value as T) : make()
  }
}

function readStock(): Stock {
  if (PROGRAM_FOLDER === null) return {}
  try {
    return JSON.parse(fs.readFileSync(path.join(PROGRAM_FOLDER, PREPARED), 'utf8'))
  } catch {
    return {} // whatever keeps it from being read, all of it can be made
  }
}

/** Does all work, and writes down what of it `prepared` can give: plain data that follow from texts. */
export function stocktaking(): { readonly keep: Keep; readonly text: () => string } {
  const taken: Record<string, Made> = {}
  const keep: Keep = (place, inputs, make) => {
    const value = make()
    const of = hashOf(inputs)
    if (of !== null && isPlain(value)) taken[place] = { of, value }
    return value
  }
  return { keep, text: () => JSON.stringify(taken) }
}

function isPlain(value: unknown): boolean {
  const text = JSON.stringify(value)
  return text !== undefined && isDeepStrictEqual(JSON.parse(text), value)
}

/** The hash of texts, and of templates as a whole; null where there is anything else among the inputs. */
function hashOf(inputs: readonly unknown[]): string | null {
  const hashes = inputs.map((input) => {
    if (typeof input === 'string') return hashOfTexts([input])
    return input instanceof Map ? hashOfTemplates(input) : null
  })
  return hashes.includes(null) ? null : hashes.join(' ')
}

/** The same templates are asked for at each place. */
const known = new WeakMap<ReadonlyMap<string, string>, string>()

function hashOfTemplates(templates: ReadonlyMap<string, string>): string {
  const hash = known.get(templates) ?? hashOfTexts([...templates].flat())
  known.set(templates, hash)
  return hash
}

/** Each is told from the next by its length. */
function hashOfTexts(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length}:`).update(text)
  return hash.digest('hex')
}
