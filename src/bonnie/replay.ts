/**
 * The cells of a row, found by printing it again: bonnie++ writes each rate with ' %5d' and each CPU with ' %3d', a
 * wider number pushes everything behind it to the right, and a test that was not run is as many blanks. So each
 * token must end where printf would have put its end, and a last token that ends too soon was cut off.
 */
import { BLANK, type Printed } from './notation.ts'
import { endOf, type Token, tokensOf } from './token.ts'

export interface Width {
  readonly rate: number
  readonly cpu: number
}

/** `whole`: all cells; `ended`: the row stops between two cells; `cut`: it stops inside the last one. */
export interface Replayed {
  readonly cells: readonly Printed[]
  readonly state: 'whole' | 'ended' | 'cut'
  /** what follows the last cell */
  readonly rest: readonly Token[]
}

/** The cells behind `start` (0-based) if the line is laid out as printf does; null if it is not. */
export function replay(
  text: string,
  line: number,
  start: number,
  width: Width,
  count: number,
): Replayed | null {
  const tokens = tokensOf(text, line, start)
  const cells: Printed[] = []
  let at = start
  let next = 0
  const room = width.rate + width.cpu + 2
  while (cells.length < count) {
    const [rate, cpu] = [tokens[next], tokens[next + 1]]
    if (isBlank(text, at, room, rate)) {
      cells.push(BLANK)
      at += room
      continue
    }
    if (!rate) return { cells, state: 'ended', rest: [] }
    const rateFit = fit(rate, at, width.rate)
    if (rateFit === 'amiss' || (rateFit === 'short' && cpu)) return null
    if (!cpu) return { cells: [...cells, { kind: 'broken', token: rate }], state: 'cut', rest: [] }
    const cpuFit = fit(cpu, endOf(rate), width.cpu)
    if (cpuFit === 'amiss' || (cpuFit === 'short' && tokens[next + 2])) return null
    if (cpuFit === 'short')
      return { cells: [...cells, { kind: 'broken', token: rate }], state: 'cut', rest: [] }
    cells.push({ kind: 'pair', rate, cpu })
    at = endOf(cpu)
    next += 2
  }
  return { cells, state: 'whole', rest: tokens.slice(next) }
}

/** Whether all the room of a cell is there, and empty. */
function isBlank(text: string, at: number, room: number, next: Token | undefined): boolean {
  return next ? next.column - 1 >= at + room : text.length >= at + room
}

/** How a token stands to the right edge of its field, which is `width` wide and begins behind one blank. */
function fit(token: Token, at: number, width: number): 'right' | 'short' | 'amiss' {
  const [begin, end, edge] = [token.column - 1, endOf(token), at + 1 + width]
  if (end === edge || (begin === at + 1 && end > edge)) return 'right'
  return end < edge && /^[\d.+]+[kmg]?$/.test(token.text) ? 'short' : 'amiss'
}
