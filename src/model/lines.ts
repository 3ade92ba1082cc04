/** The lines of a text that comes in pieces, as a large file does, and the token of a cell on one of them. */

/** No line of an output is longer, in UTF-16 units; a page of bon_csv2html may be one line. */
export const MOST_UNITS = 2 ** 20

/**
 * The lines of a text, without their ends (LF or CR LF). Of a line longer than MOST_UNITS one unit more than that is
 * given, and the rest is not kept.
 */
export function* linesOf(pieces: Iterable<string>): Generator<string> {
  let begun = ''
  for (const piece of pieces) {
    const parts = piece.split('\n')
    const last = parts.length - 1
    for (let i = 0; i < last; i += 1) {
      const part = parts[i] ?? ''
      yield bounded(withoutReturn(i === 0 ? begun + part : part))
    }
    const rest = parts[last] ?? ''
    begun = bounded(last > 0 ? rest : begun + rest)
  }
  yield bounded(withoutReturn(begun))
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

function bounded(line: string): string {
  return line.length > MOST_UNITS ? line.slice(0, MOST_UNITS + 1) : line
}

/**
 * What stands at a column (1-based) of a line, up to whatever ends a cell in text, in CSV, in a page, in tables of
 * wikis and in quoted strings; one character where such a one stands there itself. A second stretch is what mail
 * moved to the line below, behind an equals sign.
 */
export function tokenParts(line: string, column: number, below = ''): readonly [string, string] {
  const from = column - 1
  const first = TOKEN.exec(line.slice(from))?.[0] ?? line.slice(from, column)
  const isBroken = first.length > 1 && first.endsWith('=') && from + first.length === line.length
  return [first, isBroken ? (TOKEN.exec(below)?.[0] ?? '') : '']
}

/** The same in one. */
export function tokenAt(line: string, column: number, below = ''): string {
  const [first, rest] = tokenParts(line, column, below)
  return rest === '' ? first : first.slice(0, -1) + rest
}

const TOKEN = /^[^\s,;|<>&"'\\]+/

/** Where an offset of a text stands: its line and its column, both from 0, and the offset at which the line ends. */
export type Whereabouts = (offset: number) => {
  readonly line: number
  readonly column: number
  readonly end: number
}

/** Tells of offsets where they stand. The lines are counted once, however many ask: a hostile text has a fault in each. */
export function whereaboutsIn(text: string): Whereabouts {
  let starts: readonly number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, column: offset - (starts[low] ?? 0), end: (starts[low + 1] ?? text.length + 1) - 1 }
  }
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
