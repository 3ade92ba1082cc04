/** A line of text that remembers where each part of it stands in the file as saved, however it was put together. */

/** From offset `at` (0-based) on, the text stands at this line and column (1-based, UTF-16 units) of the file. */
export interface Piece {
  readonly at: number
  readonly line: number
  readonly column: number
}

/** `pieces` is never empty, and in the order of the text. */
export interface Line {
  readonly text: string
  readonly pieces: readonly Piece[]
}

/** A line as it was saved. */
export function savedLine(text: string, number: number): Line {
  return { text, pieces: [{ at: 0, line: number, column: 1 }] }
}

/** Where an offset (0-based) of a line stands in the file. */
export function placeIn({ pieces }: Line, offset: number): Piece {
  const piece = pieces[firstBehind(pieces, offset) - 1] ?? pieces[0] ?? { at: 0, line: 1, column: 1 }
  return { at: offset, line: piece.line, column: piece.column + offset - piece.at }
}

/** The number of the first piece that begins behind an offset: by halving, since a page may be one line of tags. */
function firstBehind(pieces: readonly Piece[], offset: number): number {
  let [low, high] = [0, pieces.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The part of a line between two offsets. */
export function sliceLine(line: Line, from: number, to = line.text.length): Line {
  if (from <= 0 && to >= line.text.length) return line
  const begin = Math.max(0, from)
  const rest = line.pieces.slice(firstBehind(line.pieces, begin), firstBehind(line.pieces, to - 1))
  return {
    text: line.text.slice(begin, to),
    pieces: [
      { ...placeIn(line, begin), at: 0 },
      ...rest.map((piece) => ({ ...piece, at: piece.at - begin })),
    ],
  }
}

/** Lines one behind the other, with `between` at each joint. */
export function joinLines(parts: readonly Line[], between: string): Line {
  let text = ''
  const pieces: Piece[] = []
  for (const [i, part] of parts.entries()) {
    if (i > 0) text += between
    for (const piece of part.pieces) pieces.push({ ...piece, at: piece.at + text.length })
    text += part.text
  }
  return { text, pieces: pieces.length > 0 ? pieces : [{ at: 0, line: 1, column: 1 }] }
}

/** A line in which whatever `pattern` (global) finds is replaced. */
export function replaceIn(line: Line, pattern: RegExp, by: (match: string, offset: number) => string): Line {
  const parts: Line[] = []
  let from = 0
  for (const match of line.text.matchAll(pattern)) {
    parts.push(sliceLine(line, from, match.index))
    from = match.index + match[0].length
    parts.push({ text: by(match[0], match.index), pieces: [{ ...placeIn(line, match.index), at: 0 }] })
  }
  return parts.length === 0 ? line : joinLines([...parts, sliceLine(line, from)], '')
}

/** Lines without the blanks around them. */
export function trimmed(parts: readonly Line[]): Line[] {
  return parts.map((part) => {
    const from = part.text.length - part.text.trimStart().length
    return from === 0 && part.text.trimEnd() === part.text
      ? part
      : sliceLine(part, from, part.text.trimEnd().length)
  })
}

/** A line without the blanks behind it. */
export function rightTrimmed(line: Line): Line {
  return sliceLine(line, 0, line.text.trimEnd().length)
}
