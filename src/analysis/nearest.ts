/** The candidate that a misspelt word most likely meant, at most two letters away; null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const away = distance(word.toLowerCase(), candidate.toLowerCase())
    // in a short word two letters are most of it
    const limit = Math.min(2, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (away <= limit && away < least) [best, least] = [candidate, away]
  }
  return best
}

/** No word that somebody misspells is longer. */
const MOST_LETTERS = 300

/** Letters to add, take away, change or swap. Words that cannot be near are not compared: a key may be long. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > MOST_LETTERS) return Number.POSITIVE_INFINITY
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j += 1) {
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1))
    }
  }
  return at(a.length, b.length)
}
