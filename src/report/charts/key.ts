import type { KeyEntry } from '../figure.ts'
import type { DotRow } from './dot-marks.ts'
import { type DumbbellRow, placedEnds } from './dumbbell.ts'
import { ARROW, HOLLOW, type Party } from './evidence.ts'

/*
 * Keys name what is drawn, and nothing else: the backends that have a mark, and what else stands beside some mark.
 */

/** What is said in the key of the parts of a row, where some row has them. */
export interface DotWords {
  readonly interval?: KeyEntry
  readonly run?: KeyEntry
  readonly hollow?: KeyEntry
  readonly arrow?: KeyEntry
}

/** An arrow where a true value may lie to either side of a bound. */
export const BOUND = { symbol: 'arrow', label: 'only a bound is known' } as const

/** The key of dot rows. */
export function keyOfDots(rows: readonly DotRow[], words: DotWords = {}): readonly KeyEntry[] {
  const drawn = rows.filter((row) => row.value !== null)
  return keyOf(
    withMarks(
      rows.map((row) => row.party),
      drawn,
    ),
    drawn.some((row) => row.interval) && words.interval,
    drawn.some((row) => row.runs && row.runs.length > 0) && words.run,
    drawn.some((row) => row.hollow) && (words.hollow ?? HOLLOW),
    drawn.some((row) => row.arrow) && (words.arrow ?? ARROW),
  )
}

/** The key of dumbbells. */
export function keyOfDumbbells(rows: readonly DumbbellRow[]): readonly KeyEntry[] {
  const ends = rows.flatMap(placedEnds)
  return keyOf(
    withMarks(
      rows.flatMap((row) => row.ends.map((end) => end.party)),
      ends,
    ),
    ends.some((end) => end.hollow) && HOLLOW,
    ends.some((end) => end.bound) && ARROW,
  )
}

/** Each of the backends that has a mark, in the order of the rows and not of their marks. */
function withMarks(parties: readonly Party[], marks: readonly { readonly party: Party }[]): readonly Party[] {
  const marked = new Set(marks.map(({ party }) => party.id))
  return [...new Map(parties.map((party) => [party.id, party])).values()].filter(({ id }) => marked.has(id))
}

/** The key of the backends, followed by what else needs a word. */
export function keyOf(
  parties: readonly Party[],
  ...others: readonly (KeyEntry | false | undefined)[]
): readonly KeyEntry[] {
  const backends = parties.map(({ slot, name }) => ({ symbol: slot, label: name }))
  return [...backends, ...others.filter((entry) => entry !== false && entry !== undefined)]
}
