import MarkdownIt from 'markdown-it'
import type { Place } from '../model/diagnostic.ts'
import { lineStarts, type Whereabouts, whereaboutsIn } from '../model/lines.ts'
import { readAloud, sentencesOf } from './mask.ts'

/*
 * The author's Markdown as it is read, never rendered: its stretches of running text, and which links bind it to the
 * data. markdown-it says what is a link, code or a quotation; places come from walking the source beside it.
 */

/** A link of the prose that binds it to the data; `kind` is null where it is written in no form that can be bound. */
export interface Bound {
  readonly kind: 'value' | 'claim' | 'quote' | null
  readonly text: string
  readonly expression: string
  /** offsets into the prose, and the sentence around the link as it is read aloud */
  readonly start: number
  readonly end: number
  readonly sentence: string
}

/** A stretch of running text outside block quotes, by its offsets in the prose. The cells of a row share theirs. */
export interface Running {
  readonly text: string
  readonly start: number
}

const markdown = new MarkdownIt({ html: false })
// our three schemes are no addresses, so nothing but their shape is checked
markdown.validateLink = () => true

type Token = ReturnType<typeof markdown.parse>[number]

/** A stretch of running text: its tokens and its offsets in the prose. */
interface Stretch {
  readonly children: readonly Token[]
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

/** Paragraphs, headings and cells of tables, with what is known of their places: a cell has only its row's. */
function stretches(prose: string): Stretch[] {
  const starts = lineStarts(prose)
  let quoted = 0
  let row: [number, number] | null = null
  return markdown.parse(prose, {}).flatMap((token): Stretch[] => {
    if (token.type === 'blockquote_open') quoted += 1
    if (token.type === 'blockquote_close') quoted -= 1
    if (token.type === 'tr_open') row = token.map
    const map = token.map ?? row
    if (token.type !== 'inline' || !token.children || !map) return []
    const [start, end] = [starts[map[0]] ?? 0, starts[map[1]] ?? prose.length]
    return [{ children: token.children, start, end, quoted: quoted > 0 }]
  })
}

/** The text that the author says himself, stretch by stretch. */
export function runningText(prose: string): Running[] {
  const told = new Set<number>()
  return stretches(prose).flatMap(({ start, end, quoted }) => {
    if (quoted || told.has(start)) return []
    told.add(start)
    return [{ text: prose.slice(start, end), start }]
  })
}

/** The bound links of a text in order, and what was meant to be one. */
export function boundLinks(prose: string): Bound[] {
  let cursor = 0
  return stretches(prose).flatMap(({ children, start, end }) => {
    cursor = Math.max(cursor, start)
    const found: Bound[] = []
    const sentenceAt = sentencesAloud(prose.slice(start, end))
    for (const child of children) {
      const address = String(child.attrGet(child.type === 'image' ? 'src' : 'href') ?? '')
      if (!SCHEME.test(address)) continue
      const placed = child.type === 'link_open' ? linkAt(prose, cursor, end, address) : null
      const link = placed && { ...placed, sentence: sentenceAt(placed.start - start) }
      found.push(link ?? unplaced(prose, cursor, end, address))
      cursor = link?.end ?? cursor
    }
    const broken = brokenLinks(prose, children, [start, end], found)
    return [...found, ...broken].toSorted((a, b) => a.start - b.start)
  })
}

/**
 * Links of ours that Markdown takes for text, because of a blank outside angle brackets or an angle bracket inside: the
 * reader would see the expression, and nobody would check it.
 */
function brokenLinks(
  prose: string,
  children: readonly Token[],
  [start, end]: readonly [number, number],
  found: readonly Bound[],
): Bound[] {
  const read = children.map((child) => (child.type === 'text' ? child.content : '')).join('')
  if (!BROKEN.test(read)) return []
  return [...prose.slice(start, end).matchAll(new RegExp(BROKEN, 'gi'))].flatMap((match) => {
    const at = start + match.index
    if (isCode(prose, start, at) || found.some((link) => link.start <= at && at < link.end)) return []
    const opening = Math.max(prose.lastIndexOf('[', at), start)
    const closing = prose.indexOf(')', at)
    const stop = closing === -1 || closing >= end ? end : closing + 1
    const written = prose.slice(at, stop).replace(/^\]\(\s*/, '')
    return [{ kind: null, text: '', expression: written, start: opening, end: opening, sentence: '' }]
  })
}

const BROKEN = /\]\(\s*(?:<\s*)?(?:value|claim|quote):/i
const SCHEME = /^(?:value|claim|quote):/i
const LINK =
  /\[((?:[^[\]\\]|\\.)*)\]\((?:<(value|claim|quote):([^<>\n]*)>|(value|claim|quote):([^\s()<>]*))\)/g

/** The next link in the source that leads to this address; links in code and behind escapes lead elsewhere or nowhere. */
function linkAt(prose: string, from: number, end: number, address: string): Omit<Bound, 'sentence'> | null {
  LINK.lastIndex = from
  for (let match = LINK.exec(prose); match && match.index < end; match = LINK.exec(prose)) {
    const kind = match[2] ?? match[4]
    const written = match[3] ?? match[5] ?? ''
    if (kind !== 'value' && kind !== 'claim' && kind !== 'quote') continue
    if (isCode(prose, from, match.index) || markdown.normalizeLink(`${kind}:${written}`) !== address) continue
    const stop = match.index + match[0].length
    return { kind, text: match[1] ?? '', expression: written.trim(), start: match.index, end: stop }
  }
  return null
}

/** Whether an odd number of backquotes, or a backslash, stands before an offset. */
function isCode(prose: string, from: number, at: number): boolean {
  return prose[at - 1] === '\\' || (prose.slice(from, at).match(/`+/g) ?? []).length % 2 === 1
}

/** A link of ours in a form that cannot be bound: it stays in the prose as it is, and is an error. */
function unplaced(prose: string, from: number, end: number, address: string): Bound {
  const scheme = address.slice(0, address.indexOf(':'))
  const at = prose.toLowerCase().indexOf(`${scheme.toLowerCase()}:`, from)
  const start = at === -1 || at >= end ? from : at
  return { kind: null, text: '', expression: address, start, end: start, sentence: '' }
}

/** The sentence of a stretch that an offset lies in, as it is read aloud; each is looked at once, however many ask. */
function sentencesAloud(stretch: string): (at: number) => string {
  let sentences: ReturnType<typeof sentencesOf> | undefined
  const aloud = new Map<string, string>()
  return (at) => {
    sentences ??= sentencesOf(stretch)
    const text = sentences.findLast((sentence) => sentence.at <= at)?.text ?? stretch
    const said = aloud.get(text) ?? readAloud(text).slice(0, MOST_SAID)
    aloud.set(text, said)
    return said
  }
}

/** No sentence that somebody reads to its end is longer; as often as links stand in one, it is searched. */
const MOST_SAID = 5000

/** Addresses of pictures in the prose, each with its place. */
export function pictures(
  prose: string,
  firstLine: number,
): { readonly address: string; readonly place: Place }[] {
  const placeAt = placesIn(prose, firstLine)
  return stretches(prose).flatMap(({ children, start, end }) =>
    children.flatMap((child) => {
      if (child.type !== 'image') return []
      const address = String(child.attrGet('src') ?? '')
      const at = prose.indexOf(address, start)
      return [{ address, place: placeAt(at === -1 || at >= end ? start : at) }]
    }),
  )
}

/** Tells of offsets of the prose, which begins on the line `firstLine`, where in study.md they are. */
export function placesIn(prose: string, firstLine: number): (offset: number) => Place {
  const whereabouts = whereaboutsIn(prose)
  return (offset) => {
    const { line, column } = whereabouts(offset)
    return { file: 'study.md', line: firstLine + line, column: column + 1 }
  }
}

/** The line around a link, for a caret below it. */
export function excerptAt(
  prose: string,
  { start, end }: Pick<Bound, 'start' | 'end'>,
  whereabouts: Whereabouts,
): { text: string; length: number } {
  const { column, end: lineEnd } = whereabouts(start)
  const text = prose.slice(start - column, lineEnd)
  return { text, length: Math.max(1, Math.min(end - start, text.length - column)) }
}
