import MarkdownIt from 'markdown-it'
import { escapeHtml, unitsJoined } from './escape.ts'
import { VIEW } from './raw.ts'

/** A rendered text and its second-level headings, for the list of contents. */
export interface Rendered {
  readonly html: string
  readonly headings: readonly { readonly id: string; readonly text: string }[]
}

/**
 * State of one rendering: which ids and names are taken, the last heading, which names the tables below it, and the
 * heads of the columns of a table that is told in sentences.
 */
interface Page {
  readonly taken: Set<string>
  heading: string
  columns: readonly string[]
  readonly headings: { id: string; text: string }[]
}

/** The name of a scrolling region: what it is and the heading it stands under, with a number from the second on. */
function uniqueLabel(kind: string, page: Page): string {
  const base = page.heading === '' ? kind : `${kind}: ${page.heading}`
  let label = base
  for (let n = 2; page.taken.has(label); n += 1) label = `${base} (${n})`
  page.taken.add(label)
  return label
}

function pageOf(env: unknown): Page {
  return (env as { page: Page }).page
}

/**
 * Markdown → HTML. Raw HTML in it is text. No inline styles, because the page's policy forbids them; tables get a
 * scrolling region with a name and row headers; pictures from other hosts become links, because no page asks another
 * host for anything. Ids are unique over all calls that share `taken`.
 */
export function renderMarkdown(markdown: string, taken: Set<string> = new Set()): Rendered {
  const page: Page = { taken, heading: '', columns: [], headings: [] }
  const html = renderer.render(markdown, { page })
  return { html, headings: page.headings }
}

const renderer = new MarkdownIt({ html: false, linkify: false, typographer: false })
// a link leads to a page of ours, to the web or to a mailbox, and nowhere else
renderer.validateLink = (address) =>
  !/^[a-z][a-z0-9+.-]*:/i.test(address) || /^(?:https?|mailto):/i.test(address)
const rules = renderer.renderer.rules

rules.heading_open = (tokens, i, _options, env) => {
  const page = pageOf(env)
  const level = tokens[i]?.tag ?? 'h2'
  const text = plainText(tokens[i + 1]?.children ?? [])
  const id = uniqueSlug(text, page.taken)
  page.heading = text
  if (level === 'h2') page.headings.push({ id, text })
  return `<${level} id="${id}">`
}

rules.text = (tokens, i) => escapeHtml(unitsJoined(tokens[i]?.content ?? ''))

rules.table_open = (tokens, i, _options, env) => {
  const page = pageOf(env)
  const label = uniqueLabel('Table', page)
  const cells = tokens.slice(i, tableEnd(tokens, i))
  page.columns = isTold(cells) ? columnsOf(cells) : []
  const kind = page.columns.length > 0 ? ' class="told"' : ''
  return `<section class="scroll" tabindex="0" aria-label="${escapeHtml(label)}"><table${kind}>\n`
}
rules.table_close = () => '</table></section>\n'
rules.th_open = (tokens, i) => `<th scope="col"${alignment(tokens[i])}>`
rules.td_open = (tokens, i, _options, env) => {
  if (firstInRow(tokens, i)) return `<th scope="row"${alignment(tokens[i])}>`
  const column = pageOf(env).columns[columnOf(tokens, i)]
  const label = column === undefined ? '' : ` data-column="${escapeHtml(column)}"`
  return `<td${alignment(tokens[i])}${label}>`
}
rules.td_close = (tokens, i) => (closesFirst(tokens, i) ? '</th>' : '</td>')

rules.fence = rules.code_block = (tokens, i, _options, env) => {
  const page = pageOf(env)
  const label = uniqueLabel('Text', page)
  return `<section class="scroll" tabindex="0" aria-label="${escapeHtml(label)}"><pre><code>${escapeHtml(tokens[i]?.content ?? '')}</code></pre></section>\n`
}

rules.link_open = (tokens, i, options, _page, self) => {
  const token = tokens[i]
  const href = String(token?.attrGet('href') ?? '')
  token?.attrSet('href', pageAddress(href))
  return self.renderToken(tokens, i, options)
}

rules.image = (tokens, i) => {
  const token = tokens[i]
  const source = String(token?.attrGet('src') ?? '')
  const alt = escapeHtml(plainText(token?.children ?? []))
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(source))
    return `<a href="${escapeHtml(source)}">${alt || 'picture'}</a>`
  return `<img src="${escapeHtml(source)}" alt="${alt}">`
}

type Tokens = Parameters<NonNullable<typeof rules.image>>[0]
type Token = Tokens[number]

function alignment(token: Token | undefined): string {
  return String(token?.attrGet('style') ?? '').includes('right') ? ' class="r"' : ''
}

/** A cell longer than this is a sentence. Tables of sentences become lists where there is no room for columns. */
const LONGEST_ENTRY = 48

function isTold(cells: Tokens): boolean {
  return cells.some(
    (token) => token.type === 'inline' && plainText(token.children ?? []).length > LONGEST_ENTRY,
  )
}

function tableEnd(tokens: Tokens, begin: number): number {
  return tokens.findIndex((token, i) => i > begin && token.type === 'table_close')
}

function columnsOf(cells: Tokens): string[] {
  return cells.flatMap((token, i) =>
    token.type === 'th_open' ? [plainText(cells[i + 1]?.children ?? [])] : [],
  )
}

/** Which cell of its row this is, from 0. */
function columnOf(tokens: Tokens, i: number): number {
  let column = 0
  for (let at = i - 1; at >= 0 && tokens[at]?.type !== 'tr_open'; at -= 1) {
    if (tokens[at]?.type === 'td_open') column += 1
  }
  return column
}

function firstInRow(tokens: Tokens, i: number): boolean {
  return tokens[i - 1]?.type === 'tr_open'
}

function closesFirst(tokens: Tokens, i: number): boolean {
  let at = i - 1
  while (at > 0 && tokens[at]?.type !== 'td_open') at -= 1
  return firstInRow(tokens, at)
}

/**
 * Links between pages are written for the Markdown twin; in HTML they lead to the pages themselves, and those to a
 * line of a saved file to the page that shows it.
 */
export function pageAddress(href: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href
  const line = /^((?:\.\.\/)*raw\/[^#]+)(#L\d+(?:C\d+)?)$/.exec(href)
  if (line) return `${line[1]}${VIEW}${line[2]}`
  return href.replace(/(^|\/)(?:index|report)\.md(?=#|$)/, '$1index.html')
}

function plainText(tokens: Tokens): string {
  return tokens
    .map((t) =>
      t.type === 'softbreak' ? ' ' : t.type === 'text' || t.type === 'code_inline' ? t.content : '',
    )
    .join('')
}

/** An id from a heading as GitHub makes it, made unique by a number. */
export function uniqueSlug(text: string, taken: Set<string>): string {
  const base =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replace(/\s+/g, '-') || 'section'
  let slug = base
  for (let n = 1; taken.has(slug); n += 1) slug = `${base}-${n}`
  taken.add(slug)
  return slug
}

const asElsewhere = new MarkdownIt({ html: true })

/** Whether any part of a Markdown text would be markup to a renderer that lets markup pass. */
export function holdsMarkup(markdown: string): boolean {
  return asElsewhere.parse(markdown, {}).some(({ type, children }) => {
    return type === 'html_block' || (children ?? []).some((child) => child.type === 'html_inline')
  })
}
