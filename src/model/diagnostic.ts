/** Where something was noticed: 1-based, columns in UTF-16 units of the decoded file. `file` is relative to its study. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

export type Level = 'error' | 'warning' | 'note'

/** Something noticed on the way: a value, collected and returned, never thrown or printed by a room. */
export interface Diagnostic {
  readonly level: Level
  /** kebab-case; each rule has a page under method/ */
  readonly rule: string
  /** one sentence, fact first */
  readonly message: string
  readonly place: Place
  /** the line in question and how many columns the caret underlines */
  readonly excerpt?: { readonly text: string; readonly length: number }
  /** what to do about it: one sentence */
  readonly remedy?: string
  /** set where the author's front matter accepts the problem: his reason */
  readonly accepted?: string
}

/** A value and what was noticed on the way to it. */
export interface Noted<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/** Order by file, line, column, rule: the order of every list of problems. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compareText(a.rule, b.rule)
  )
}

/** By code point, never by locale, so that every machine sorts alike. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code point, but runs of digits by their number: run-2 before run-10. The order of runs. */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)]
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x, y] = [left[i] ?? '', right[i] ?? '']
    const order =
      /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) || compareText(x, y) : compareText(x, y)
    if (order !== 0) return order
  }
  return left.length - right.length || compareText(a, b)
}

function pieces(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? []
}
