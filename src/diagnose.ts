import type { Diagnostic, Level } from './model/diagnostic.ts'

/*
 * Problems as text for people, for programs and for GitHub's annotations. Whatever comes from a file or its name may
 * try to play with the terminal, so nothing is printed raw.
 */

/** Any problem: a Diagnostic or a Finding. */
export type Problem = Diagnostic

export interface FormatOptions {
  /** leads from the working folder to the folder that places are relative to, such as `results/xen/` */
  readonly prefix?: string
  readonly color?: boolean
}

/** How much of a line is shown. */
const WINDOW = 100

/**
 * One problem in the grammar of all our messages, clickable in editors and CI:
 * `results/x/loop.txt:4:12: error: Expected a number or +++++, got "2551l". [unreadable-cell]`, then the line with a
 * caret and what to do, where that helps.
 */
export function formatDiagnostic(
  problem: Problem,
  { prefix = '', color = false }: FormatOptions = {},
): string {
  const { level, message, rule, place, excerpt, remedy, accepted } = problem
  const paint = color ? painted : (_: Style, text: string) => text
  const where = `${prefix}${place.file}:${place.line}:${place.column}`
  const head = `${paint('bold', visible(where))}: ${paint(level, level)}: ${visible(message)} [${rule}]`
  const lines = [head]
  if (excerpt && excerpt.text.trim() !== '') {
    const [text = '', caret = ''] = excerptLines(excerpt.text, place.column, excerpt.length)
    lines.push(`  ${text}`, `  ${paint(level, caret)}`)
  }
  if (accepted !== undefined) lines.push(`  Accepted: ${visible(accepted)}`)
  else if (remedy !== undefined) lines.push(`  ${visible(remedy)}`)
  return lines.map(inert).join('\n')
}

/** One problem for programs. */
export function diagnosticJson(problem: Problem, { prefix = '' }: FormatOptions = {}): object {
  const { level, rule, message, place, remedy, accepted } = problem
  return {
    level,
    rule,
    message,
    file: `${prefix}${place.file}`,
    line: place.line,
    column: place.column,
    ...(remedy !== undefined && { remedy }),
    ...(accepted !== undefined && { accepted }),
  }
}

/** One problem as an annotation of GitHub's workflows, titled by its rule. */
export function diagnosticGithub(problem: Problem, { prefix = '' }: FormatOptions = {}): string {
  const { level, message, rule, place, remedy } = problem
  // a log is read in terminals too, and GitHub shows no file whose name holds what they obey
  const where = { file: visible(`${prefix}${place.file}`), line: place.line, col: place.column }
  const text = [message, ...(remedy === undefined ? [] : [remedy])].map(visible).join('\n')
  return annotation(level, { ...where, title: rule }, text)
}

/**
 * A command of GitHub's workflows that marks something:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotation(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const command = level === 'note' ? 'notice' : level
  const said = Object.entries(properties).map(
    ([key, value]) => `${key}=${String(value).replace(/[%\r\n:,]/g, percent)}`,
  )
  return `::${command} ${said.join(',')}::${text.replace(/[%\r\n]/g, percent)}`
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/**
 * A line that GitHub's runner does not take for a command to itself: it obeys `::…` at the begin of a line, blanks before it
 * or not, and `##[` anywhere (ActionCommand.cs of actions/runner).
 */
export function inert(line: string): string {
  return line.replace(/^(\s*:)(?=:)/, '$1 ').replaceAll('##[', '## [')
}

/**
 * JSON in which nothing stands raw that a terminal obeys or that nobody sees: such characters stand in strings alone,
 * where JSON may give their numbers.
 */
export function spelledOut(json: string): string {
  return json.replace(UNSEEN_IN_JSON, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** What `visible` shows and JSON leaves as it is, in UTF-16 units, and the `##[` that `inert` parts. */
const UNSEEN_IN_JSON =
  /[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb]|\udb40(?=[\udc00-\udc7f])|(?<=\udb40)[\udc00-\udc7f]|(?<=#)#(?=\[)/g

/** Text with everything a terminal might obey made visible: controls as pictures, bidi and invisible marks as codes. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `<${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}

/** Columns a text takes on a terminal, after `visible`. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/**
 * The stretch of a line around a column (1-based), about `window` wide, and below it the carets under what stands
 * there.
 */
export function excerptLines(
  line: string,
  column: number,
  length: number,
  window = WINDOW,
): [string, string] {
  const start = Math.max(0, column - 1)
  const from =
    line.length <= window ? 0 : Math.max(0, Math.min(start - Math.floor(window / 2), line.length - window))
  const to = Math.min(line.length, from + window)
  const before = (from > 0 ? '… ' : '') + shown(line.slice(from, start))
  const marked = shown(line.slice(start, Math.min(start + length, to)))
  const after = shown(line.slice(Math.min(start + length, to), to)) + (to < line.length ? ' …' : '')
  const carets = '^'.repeat(Math.max(1, widthOf(marked)))
  return [(before + marked + after).trimEnd(), ' '.repeat(widthOf(before)) + carets]
}

/** A tab is a cell's distance in saved tables; one blank keeps the caret below what it means. */
function shown(text: string): string {
  return visible(text.replaceAll('\t', ' ').replace(/\r$/, ''))
}

type Style = 'bold' | Diagnostic['level']

const CODES: Readonly<Record<Style, number>> = { bold: 1, error: 31, warning: 33, note: 36 }

function painted(style: Style, text: string): string {
  return `\x1b[${CODES[style]}m${text}\x1b[0m`
}
