/**
 * What was put before the lines of an output: quoting of any depth, comments, bars, list marks, line numbers, times,
 * the names that grep and syslog write. The label of a heading shows where the first column is, so what stands before
 * it is a margin if the lines around have the same, whatever it is; the usual marks are known without a heading.
 */
import { isNamed } from './csv-fields.ts'
import { type Line, replaceIn, sliceLine } from './line.ts'

/** Longer lines have no margin. */
const LONGEST = 1000

/** Tabs in so many lines around a line are the way the file was saved. */
const TABBED = 3
const AROUND = 12

/** The words that stand in the first column: of headings, and of the row of latencies. */
const LABEL =
  /Version:?\s+\d[\w.]*\s+[-\u2010-\u2015]|Concurrency\s+\d+\s+[-\u2010-\u2015]|(?:Machine\s+(?:Size|MB|GB)|Name:Size)\b.*\/sec/

/**
 * Marks that stand before quoted, commented, listed or numbered lines. No line of an output begins with any of them:
 * a row of numbers has no full stop or parenthesis behind its first, and no blank behind a leading dash.
 */
const MARK =
  /[ \t]*(?:[A-Za-z]{0,3}>+|\|+|#+|\/\/+|;+|%+(?=\s)|[*•·-](?=\s)|\d{1,6}[.):](?=\s)|\[[\d :.T/-]{4,40}\](?=\s)|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]+(?=\s)|["'](?=\S))/y

/** What lines tell about the margins of those below them. */
export interface Margins {
  /** the margin of the last heading */
  readonly shape: Shape | null
  /** the last lines, with their margins and without */
  readonly near: readonly Line[]
  readonly bare: readonly Line[]
}

export const NO_MARGINS: Margins = { shape: null, near: [], bare: [] }

/** So many lines above and below a label show whether they have its margin too. */
const NEAR = 3

/** The lines without their margins, and what those before a line of the file (1-based) tell. */
export function withoutMargins(
  lines: readonly Line[],
  above: Margins,
): { lines: Line[]; marginsBefore(line: number): Margins } {
  const shapes = shapesOf(lines, above)
  const bare: Line[] = []
  for (const [i, line] of lines.entries()) {
    const inner = stripped(line, shapes[i] ?? null)
    if (/[-,\u2013-\u2015]|\/sec/.test(inner.text)) bare.push(...fromBegin(inner))
    else bare.push(inner)
  }
  return {
    lines: withoutTabs([...above.bare, ...bare]).slice(above.bare.length),
    marginsBefore: (line) => {
      const count = countBefore(lines, line)
      return {
        shape: count > 0 ? (shapes[count - 1] ?? null) : above.shape,
        near: [...above.near, ...lines.slice(0, count)].slice(-NEAR),
        bare: [...above.bare, ...bare.slice(0, countBefore(bare, line))].slice(-AROUND),
      }
    },
  }
}

/** How many of some lines stand before a line of the file. */
function countBefore(lines: readonly Line[], line: number): number {
  const end = lines.findIndex(({ pieces }) => (pieces[0]?.line ?? 0) >= line)
  return end < 0 ? lines.length : end
}

/** For each line the margin of the heading it belongs to: of the one that begins within two lines, or the last. */
function shapesOf(lines: readonly Line[], { shape, near }: Margins): (Shape | null)[] {
  const shapes: (Shape | null)[] = []
  let last = shape
  for (const [i, { text }] of lines.entries()) {
    const label = labelIn(text)
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

function labelIn(text: string): RegExpExecArray | null {
  const may = text.length <= LONGEST && (text.includes('-') || text.includes('/sec'))
  return may ? LABEL.exec(text) : null
}

/** Whether enough lines around a label have its margin: one that stands alone is a slip, or prose. */
function isShared(around: readonly Line[], { pattern }: Shape): boolean {
  return around.filter(({ text }) => matchAt(pattern, text, 0) > 0).length >= 3
}

/** What margins look like. `number`: the number of its line, where it is nothing but that. */
interface Shape {
  readonly pattern: RegExp
  readonly number: number | null
}

/** A pattern of margins like this one: other numbers, other words of a date, but the same marks. */
function shapeOf(whole: string): Shape | null {
  // quoting may be of any depth, and is known without a pattern
  const margin = whole.replace(/(?:[ \t]*>)+[ \t]?$/, '')
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
  const number = /^\W*(\d{1,9})\W*$/.exec(margin)?.[1]
  return { pattern: new RegExp(pattern.join(''), 'y'), number: number === undefined ? null : Number(number) }
}

function stripped(line: Line, shape: Shape | null): Line {
  const { text } = line
  if (text.length > LONGEST && !text.includes(',')) return line
  let at = shape ? marginOf(text, shape) : 0
  for (let mark = matchAt(MARK, text, at); mark > 0; mark = matchAt(MARK, text, at)) {
    at += mark
    // one blank goes with a mark; more are the line's own, as where a name is blank
    if (/[ \t]/.test(text.charAt(at))) at += 1
  }
  return sliceLine(line, at)
}

/** How many columns of a text are a margin. A number is one only near that of the heading: others are the row's. */
function marginOf(text: string, { pattern, number }: Shape): number {
  const length = matchAt(pattern, text, 0)
  if (number === null || length === 0) return length
  const own = Number(/\d+/.exec(text)?.[0])
  return own >= number - BEFORE_LABEL && own <= number + BELOW_LABEL ? length : 0
}

/** Lines of one output above the label of its first heading, and below it. */
const BEFORE_LABEL = 3
const BELOW_LABEL = 40

/**
 * An output's line from where it begins, behind whatever somebody or bonnie++ itself wrote before it on the same line;
 * what may be a line of an output too is kept as one.
 */
function fromBegin(line: Line): Line[] {
  const { text } = line
  const label = labelIn(text)?.index ?? topIn(text)
  if (label > 0) {
    const first = /^\s*(?:Version|[-\u2013-\u2015])/.test(text.slice(label))
    return first ? [sliceLine(line, 0, label), sliceLine(line, label)] : [sliceLine(line, label)]
  }
  if (!text.includes(',')) return [line]
  const [chatter] = CHATTER.exec(text.slice(0, LONGEST)) ?? ['']
  return [sliceLine(line, chatter.length || (isNamed(text) ? 0 : beforeName(text.slice(0, LONGEST))))]
}

/** Progress that was printed on the same line as a CSV row. */
const CHATTER = /^[^,]{0,400}\.\.\.(?:done\.?)?\s*(?=[\w.]{1,80},)/

/** Where the words above an old heading's label begin, behind the opening of a string or the chatter of progress. */
function topIn(text: string): number {
  if (text.length > LONGEST || !text.includes('Sequential ')) return 0
  const top = text.search(/\s*[-\u2013-\u2015]+Sequential (?:Output|Create)/)
  return top > 0 && ENDED.test(text.slice(0, top)) ? top : 0
}

const ENDED = /["'`>([=]$|\.\.\.$|done\.?$/

/** How many characters before the name of a CSV row of 1.0x, its first field, are none of it; 0 if this is no row. */
function beforeName(text: string): number {
  const size = SIZE.exec(text)
  if (!size) return 0
  const first = text.slice(0, size.index)
  let at = 0
  for (const mark of [MARKED, TIMED, FILED, NUMBERED, /^[^\w,]+/])
    at += mark.exec(first.slice(at))?.[0].length ?? 0
  return at
}

/** The size of a CSV row of 1.0x, and what may follow it; without the tests of one file it is empty, as they are. */
const SIZE =
  /(?<=^[^,]{0,300}(?:,[^,]{0,60}){0,3}),(?:\d{1,9}[MG](?::\d{1,9}k?)?,(?:[\d.+]{0,12},){2}|,{12}\d)/

/** What opens a string or ends in a mark and a blank; times; names of files and loggers; numbers of lines. */
const MARKED = /^.*(?:["'`\t=]|[\]:>|!;#*%]\s+|\s-\s+)/
const TIMED = /^.*\d\d:\d\d:\d\d\S{0,12}\s+/
const FILED = /^\S*\.[a-z]{2,4}:(?:\d+:)?|^[A-Z]{4,8}:\w+:/
const NUMBERED = /^\s*\d+(?::|[.)]\s|\s{2,})/

/** How many columns of a text a pattern takes from an offset on. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

/** A single tab among blanks is a slip, and says nothing about columns. */
function withoutTabs(lines: readonly Line[]): Line[] {
  const tabbed = lines.map(({ text }) => text.includes('\t'))
  let near = tabbed.slice(0, AROUND).filter(Boolean).length
  return lines.map((line, i) => {
    near += Number(tabbed[i + AROUND] ?? false) - Number(tabbed[i - AROUND - 1] ?? false)
    return tabbed[i] && near >= TABBED ? expanded(line) : line
  })
}

/** More tabs part the cells of a page of bon_csv2html. */
const MANY_TABS = 20

/** Tabs in place of blanks, as `unexpand` puts them, lead to the next column that is a multiple of eight. */
function expanded(line: Line): Line {
  if (line.text.length > LONGEST || line.text.split('\t').length > MANY_TABS) return line
  let more = 0
  return replaceIn(line, /\t/g, (_tab, at) => {
    const width = 8 - ((at + more) % 8)
    more += width - 1
    return ' '.repeat(width)
  })
}
