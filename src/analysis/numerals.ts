import { power } from '../model/power.ts'

/*
 * Numbers as prose writes them, in digits and in words. Patterns are sources of regular expressions, to be put together
 * where they are looked for.
 */

const COUNTS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
}
const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halve: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twelfth: 12,
  fifteenth: 15,
  twentieth: 20,
  hundredth: 100,
  thousandth: 1000,
}
const MULTIPLES: Readonly<Record<string, number>> = {
  twice: 2,
  thrice: 3,
  double: 2,
  doubled: 2,
  doubles: 2,
  triple: 3,
  tripled: 3,
  triples: 3,
}

/** The words, small or at the start of a sentence. */
function alternatives(words: Readonly<Record<string, number>>): string {
  const either = (word: string) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`
  return Object.keys(words).map(either).join('|')
}

/** Not inside a word, a name or another number. */
const APART = String.raw`(?<![\w.,#/-])`
/** `18,075`, `5.18`, and whatever else looks like digits. */
export const DIGITS = String.raw`${APART}\d[\d,]*(?:\.\d+)?`
/** `five`, `a hundred`. */
export const COUNT_WORD = String.raw`\b(?:[Aa] )?(?:${alternatives(COUNTS)})\b`
/** `twice`, `double`. */
export const MULTIPLE = String.raw`\b(?:${alternatives(MULTIPLES)})\b`
/** `a third`, `two thirds`, `half`. */
export const FRACTION = String.raw`(?:\b(?:[Aa]n?|${alternatives(COUNTS)})[ -](?:${alternatives(PARTS)})s?\b|\b[Hh]al(?:f|ves)\b)`

/** A number and how finely it is written: the worth of one of its last digit. */
export interface Written {
  readonly value: number
  readonly unit: number
}

/** `5.18`, `18,075`, `five`, `a hundred`, `twice` as a number; null for anything else. */
export function numberOf(text: string): Written | null {
  const word = text.trim().toLowerCase().replace(/^a /, '')
  const known = COUNTS[word] ?? MULTIPLES[word]
  if (known !== undefined) return { value: known, unit: 1 }
  const digits = /^\d[\d,]*(?:\.(\d+))?$/.exec(word)
  if (!digits) return null
  return { value: Number(word.replaceAll(',', '')), unit: power(10, -(digits[1]?.length ?? 0)) }
}

/** `a third`, `two thirds`, `half` as parts of a whole; null for anything else. */
export function fractionOf(text: string): { readonly parts: number; readonly of: number } | null {
  const words = text.trim().toLowerCase().split(/[ -]/)
  const part = (words.at(-1) ?? '').replace(/^halves$/, 'half').replace(/(?<=.)s$/, '')
  const of = PARTS[part]
  const first = words.length === 1 ? 'one' : (words[0] ?? '')
  const parts = /^an?$/.test(first) ? 1 : COUNTS[first]
  return of === undefined || parts === undefined ? null : { parts, of }
}
