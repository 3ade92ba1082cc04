/** Words of headings, found however they are spaced, wrapped, or dressed up by a word processor. */
import { TEXT_DIALECTS } from './dialects.ts'

/**
 * A text without blanks, with every run of dashes as one, also across blanks, and every digit as 0; `at`: where each
 * character stood.
 */
export interface Essence {
  readonly text: string
  readonly at: readonly number[]
}

const DASH = /[-\u2010-\u2015\u2212]/

/** The essence of a text. */
export function essenceOf(text: string): Essence {
  let essence = ''
  let dashed = false
  const at: number[] = []
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i)
    if (char === ' ' || ((char < ' ' || char > '\x7f') && /\s/.test(char))) continue
    const dash = char === '-' || (char > '\x7f' && DASH.test(char))
    if (!dash || !dashed) {
      essence += dash ? '-' : char >= '0' && char <= '9' ? '0' : char
      at.push(i)
    }
    dashed = dash
  }
  return { text: essence, at }
}

/** The essences of the words of headings, each worked out once. */
const KNOWN = new Map<string, string>()

/** The essence of words of a heading. */
export function essenceOfWords(words: string): string {
  const known = KNOWN.get(words) ?? essenceOf(words).text
  KNOWN.set(words, known)
  return known
}

/** Where words stand in a text: offsets of their begin and end; null if they do not. */
export function findWords(text: string, words: string): { begin: number; end: number } | null {
  const { text: essence, at } = essenceOf(text)
  // whoever breaks lines may leave the last dashes on one of their own
  const wanted = essenceOfWords(words).replace(/-$/, '')
  const index = essence.lastIndexOf(wanted)
  if (index < 0) return null
  return { begin: at[index] ?? 0, end: (at[index + wanted.length - 1] ?? 0) + 1 }
}

/** What the lines of headings say, each once. */
export const PHRASES: readonly string[] = [
  ...new Set(
    TEXT_DIALECTS.flatMap(({ io, files }) => [io, files ?? io]).flatMap(({ tops, middles, columns }) => [
      ...tops,
      ...middles,
      columns,
    ]),
  ),
]

/** Words that only headings hold; two of them make a line part of a heading. */
const HEADING_WORDS: ReadonlySet<string> = new Set([
  ...PHRASES.flatMap((words) => words.split(' '))
    .filter((word) => word !== 'Create' && word !== 'Input' && word !== 'Output')
    .map((word) => essenceOf(word).text),
])

/** Whether a line holds words that only headings hold. */
export function resembles(text: string): boolean {
  if (!/[-\u2010-\u2015\u2212]{2}|[\u2013-\u2015]|\/sec/.test(text)) return false
  return (text.match(/\S+/g) ?? []).filter((word) => HEADING_WORDS.has(essenceOf(word).text)).length >= 2
}
