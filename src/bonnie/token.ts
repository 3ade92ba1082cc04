/** The words of a line, each with its place. */

/** A piece of one line of a page. `line` and `column` are 1-based, columns in UTF-16 units. */
export interface Token {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** The words of a line, parted by blanks, from a 0-based offset on. */
export function tokensOf(text: string, line: number, from = 0): Token[] {
  return Array.from(text.slice(from).matchAll(/\S+/g), (match) => ({
    text: match[0],
    line,
    column: from + match.index + 1,
  }))
}

/** The 0-based offset just behind a token. */
export function endOf(token: Token): number {
  return token.column - 1 + token.text.length
}
