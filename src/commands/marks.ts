import type { Validity } from '../model/report.ts'
import type { Column } from './table.ts'

/** What the marks at a number mean; only those that were used are explained. */
const MARKS: readonly (readonly [mark: string, meaning: string])[] = [
  ['≥', 'too fast to time: at least this'],
  ['≤', 'the other is too fast: at most this'],
  ['?', 'suspect: perhaps not the disk alone'],
  ['!', 'not the disk: memory or processor'],
]

/** The mark behind a number that rests on samples of these validities. */
export function markOf(validities: readonly Validity[]): string {
  return validities.includes('not-disk') ? '!' : validities.includes('suspect') ? '?' : ''
}

/** The lines below a table that explain its marks. */
export function legendOf(columns: readonly Column[]): string[] {
  const text = columns.flatMap(({ cells }) => cells).join(' ')
  return MARKS.filter(([mark]) => text.includes(mark)).map((pair) => `  ${pair.join(' ')}`)
}
