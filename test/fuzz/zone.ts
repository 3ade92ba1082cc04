/** Where two texts differ, and what stands there. */

/**
 * Offsets `from` to `to` in each text hold the difference, wherever in them it is: a blank lost among blanks may have
 * been any of them.
 */
export interface Zone {
  readonly from: number
  readonly before: number
  readonly after: number
  /** how much longer the text became */
  readonly grown: number
}

/** Where two texts differ. */
export function zoneOf(before: string, after: string): Zone {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  const grown = after.length - before.length
  return {
    from: Math.min(head, shorter - tail),
    before: Math.max(before.length - tail, head + Math.max(0, -grown)),
    after: Math.max(after.length - tail, head + Math.max(0, grown)),
    grown,
  }
}

/** What parts words in tables; and in CSV, pages and quoted mail as well. */
const BETWEEN = [/\s/, /[\s,<>|"']/]

/** The words in a part of a text, with those that it touches. A mark that parts some words may itself be part of others. */
export function wordsIn(text: string, from: number, to: number): string[] {
  const words = BETWEEN.flatMap((between) => {
    let [begin, end] = [from, to]
    while (begin > 0 && !between.test(text.charAt(begin - 1))) begin -= 1
    while (end < text.length && !between.test(text.charAt(end))) end += 1
    return text.slice(begin, end).split(between)
  })
  return [...new Set(words)].filter((word) => word !== '')
}

/** The offset of a line and column (1-based). */
export function offsetOf(text: string, line: number, column: number): number {
  let begin = 0
  for (let i = 1; i < line; i += 1) begin = text.indexOf('\n', begin) + 1
  return begin + column - 1
}

/** The line (1-based) that holds an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}
