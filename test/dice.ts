/** Dice that fall the same for the same word: mulberry32, seeded by FNV-1a. */
export interface Dice {
  /** from 0 to below 1 */
  next(): number
  /** from 0 to below `n` */
  below(n: number): number
  one<T>(of: readonly T[]): T
}

export function diceOf(word: string): Dice {
  let state = 0x811c9dc5
  for (const character of word) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    one<T>(of: readonly T[]): T {
      const chosen = of[below(of.length)]
      if (chosen === undefined) throw new Error('There is nothing to choose from.')
      return chosen
    },
  }
}
