/*
 * One function a sink. Everything that comes from a saved output, front matter or a file name passes through exactly
 * one of them on its way into a file of the site.
 */

/** Text in which no control or bidirectional override is left. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, '�')
}

/** Text for HTML and SVG, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => HTML_ENTITIES[c] ?? c).replace(CONTROLS, '�')
}

/** Text for XML: also without the noncharacters and half surrogates that no XML document may hold, not even escaped. */
export function escapeXml(text: string): string {
  return asXml(escapeHtml(text))
}

/** Markup without the characters that no XML document may hold. */
export function asXml(markup: string): string {
  return markup
    .replace(CONTROLS, '\ufffd')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Control characters no text file needs, and the bidirectional overrides that make text lie about its order. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Plain text for a line of Markdown: every character that could begin markup is escaped, and what GitHub would turn
 * into a link by itself (addresses, mentions) is broken up. The text is folded to one line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(CONTROLS, '�')
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~$&!@]/g, '\\$&')
    .replace(/:\/\//g, ':\\//')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/^(\s*)([#+=-]+|\d{1,9}[.)])(?=\s|$)/, (_, space: string, mark: string) =>
      /^\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`,
    )
}

/** Numbers and the units behind them with a no-break space between, so that no line ends in a bare number. */
export function unitsJoined(text: string): string {
  return text.replace(
    /(?<=\d) (?=(?:%|[KMGT]i?B(?:\/s)?|(?:ms|µs|s)\b|(?:seeks|files)\/s)(?![\w/]))/g,
    '\u00a0',
  )
}

/** Every string inside a value as HTML shows it: without controls, units joined to their numbers; objects of our own are left alone. */
export function visibleView<T>(value: T): T {
  if (typeof value === 'string') return unitsJoined(withoutControls(value)) as T
  if (Array.isArray(value)) return value.map(visibleView) as T
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return withValues(value, visibleView) as T
}

/**
 * An object with each of its values made anew. It is copied and then written over, which leaves V8 the shape that it
 * has: a view holds some ten thousand objects of a few shapes.
 */
function withValues(value: object, made: (inner: unknown) => unknown): object {
  const copy: Record<string, unknown> = { ...value }
  for (const key of Object.keys(copy)) copy[key] = made(copy[key])
  return copy
}

/**
 * Every string inside a value made safe for Markdown; numbers, booleans and the shape stay. Each object is walked
 * once, since the parts of an article all take the same view.
 */
export function markdownView<T>(value: T): T {
  if (typeof value === 'string') return escapeMarkdown(value) as T
  if (value instanceof Verbatim) return value.markdown as T
  if (value === null || typeof value !== 'object') return value
  const made =
    safeViews.get(value) ?? (Array.isArray(value) ? value.map(markdownView) : withValues(value, markdownView))
  safeViews.set(value, made)
  return made as T
}

const safeViews = new WeakMap<object, object>()

/** Markdown that is meant as such: our own, or the author's after it was made harmless. */
export class Verbatim {
  readonly markdown: string
  constructor(markdown: string) {
    this.markdown = markdown
  }
}

/** An address as the destination of a Markdown link. */
export function markdownAddress(url: string): string {
  return `<${url.replace(/[<>\\\s]/g, (c) => encodeURIComponent(c))}>`
}

/** A text that leads somewhere; the text alone where that is nowhere. */
export function linked(text: string, address: string | null): Verbatim {
  const plain = escapeMarkdown(text)
  if (address === null) return new Verbatim(plain)
  // nothing in it ends a destination, so it needs no brackets
  const isPlain = /^[\w./#%~+-]+$/.test(address)
  return new Verbatim(`[${plain}](${isPlain ? address : markdownAddress(address)})`)
}

/**
 * A value as JSON inside a script element of HTML: no `<` can end the element or begin a comment, and the line
 * separators that JavaScript once refused in strings are escaped too.
 */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * One field of a CSV file after RFC 4180. A text that a spreadsheet would run as a formula is made text by an
 * apostrophe; numbers are left alone. Its marks are those of https://owasp.org/www-community/attacks/CSV_Injection.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows of fields as a CSV file. */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\n`).join('')
}
