/**
 * What was put before the lines of an output: quoting of any depth, comments, bars, list marks, line numbers, times,
 * the names that grep and syslog write. The label of a heading shows where the first column is, so what stands before
 * it is a margin if the lines around have the same, whatever it is; the usual marks are known without a heading.
 */
import { type Line, replaceIn, sliceLine } from './line.ts'

/** Longer lines have no margin. */
const LONGEST = 1000

/** In so many lines tabs are the way the file was saved. */
const TABBED = 3

/** The words that stand in the first column: of headings, and of the row of latencies. */
const LABEL =
  /Version\s+\d[\w.]*\s+[-\u2010-\u2015]|Concurrency\s+\d+\s+[-\u2010-\u2015]|(?:Machine\s+(?:Size|MB|GB)|Name:Size)\b.*\/sec/

/**
 * Marks that stand before quoted, commented, listed or numbered lines. No line of an output begins with any of them:
 * a row of numbers has no full stop or parenthesis behind its first, and no blank behind a leading dash.
 */
const MARK =
  /[ \t]*(?:[A-Za-z]{0,3}>+|\|+|#+|\/\/+|;+|%+(?=\s)|[*•·-](?=\s)|\d{1,6}[.):](?=\s)|\[[\d :.T/-]{4,40}\](?=\s)|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]+(?=\s)|["'](?=\S))/y

/** What lines tell about the margins of those below them. */
export interface Margins {
  /** the margin of the last heading */
  readonly shape: RegExp | null
  /** how many lines hold tabs behind their margins */
  readonly tabbed: number
  /** the last lines */
  readonly near: readonly Line[]
}

export const NO_MARGINS: Margins = { shape: null, tabbed: 0, near: [] }

/** So many lines above and below a label show whether they have its margin too. */
const NEAR = 3

/** The lines without their margins, and what those before a line of the file (1-based) tell. */
export function withoutMargins(
  lines: readonly Line[],
  above: Margins,
): { lines: Line[]; marginsBefore(line: number): Margins } {
  const shapes = shapesOf(lines, above)
  const bare = lines.map((line, i) => stripped(line, shapes[i] ?? null))
  const tabs = (among: readonly Line[]) => among.filter(({ text }) => text.includes('\t')).length
  return {
    // a single tab among blanks is a slip, and says nothing about columns
    lines: above.tabbed + tabs(bare) < TABBED ? bare : bare.map(withoutTabs),
    marginsBefore: (line) => {
      const end = lines.findIndex(({ pieces }) => (pieces[0]?.line ?? 0) >= line)
      const count = end < 0 ? lines.length : end
      return {
        shape: count > 0 ? (shapes[count - 1] ?? null) : above.shape,
        tabbed: above.tabbed + tabs(bare.slice(0, count)),
        near: [...above.near, ...lines.slice(0, count)].slice(-NEAR),
      }
    },
  }
}

/** For each line the margin of the heading it belongs to: of the one that begins within two lines, or the last. */
function shapesOf(lines: readonly Line[], { shape, near }: Margins): (RegExp | null)[] {
  const shapes: (RegExp | null)[] = []
  let last = shape
  for (const [i, { text }] of lines.entries()) {
    const label =
      text.length > LONGEST || (!text.includes('-') && !text.includes('/sec')) ? null : LABEL.exec(text)
    if (label) {
      last = shapeOf(text.slice(0, label.index))
      const around = [...near.slice(Math.min(i, NEAR)), ...lines.slice(Math.max(0, i - NEAR), i + NEAR + 1)]
      if (last && !isShared(around, last)) last = null
      // the words above the labels of an old heading have no label of their own
      for (const back of [i - 1, i - 2]) if (back >= 0 && last) shapes[back] ??= last
    }
    shapes.push(last)
  }
  return shapes
}

/** Whether enough lines around a label have its margin: one that stands alone is a slip, or prose. */
function isShared(around: readonly Line[], shape: RegExp): boolean {
  return around.filter(({ text }) => matchAt(shape, text, 0) > 0).length >= 3
}

/** A pattern of margins like this one: other numbers, other words of a date, but the same marks. */
function shapeOf(margin: string): RegExp | null {
  // letters that touch the label are a slip
  if (margin === '' || margin.length > 200 || /[A-Za-z]$/.test(margin)) return null
  const marked = /[^A-Za-z\s]/.test(margin)
  const parts = margin.match(/\s*\d+|[A-Za-z]+|\s+$|\s+|[^\sA-Za-z\d]/g) ?? []
  const pattern = parts.map((part, i) => {
    if (/\d$/.test(part)) return '[ \\t]*\\d+'
    if (/^\s/.test(part)) return i === parts.length - 1 ? `[ \\t]{0,${part.length}}` : '[ \\t]+'
    if (/^[A-Za-z]/.test(part)) return marked ? '[A-Za-z]+' : part
    return `\\${part}`
  })
  return new RegExp(pattern.join(''), 'y')
}

function stripped(line: Line, shape: RegExp | null): Line {
  const { text } = line
  if (text.length > LONGEST && !text.includes(',')) return line
  let at = shape ? matchAt(shape, text, 0) : 0
  for (let mark = matchAt(MARK, text, at); mark > 0; mark = matchAt(MARK, text, at)) {
    at += mark
    // one blank goes with a mark; more are the line's own, as where a name is blank
    if (/[ \t]/.test(text.charAt(at))) at += 1
  }
  return at > 0 ? sliceLine(line, at) : line
}

/** How many columns of a text a pattern takes from an offset on. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

/** Tabs in place of blanks, as `unexpand` puts them, lead to the next column that is a multiple of eight. */
function withoutTabs(line: Line): Line {
  if (!line.text.includes('\t') || line.text.length > LONGEST) return line
  let more = 0
  return replaceIn(line, /\t/g, (_tab, at) => {
    const width = 8 - ((at + more) % 8)
    more += width - 1
    return ' '.repeat(width)
  })
}
