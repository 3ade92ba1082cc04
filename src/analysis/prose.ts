import MarkdownIt from 'markdown-it'
import type { Diagnostic, Place } from '../model/diagnostic.ts'
import type { Claim, ProsePiece } from '../model/report.ts'
import type { StudyText } from '../model/study.ts'
import { type Ground, hold, refValue, unknownRef } from './claims.ts'
import { readAssertion, readExpression, refsOf } from './expression.ts'

/** A link of the prose that binds it to the data. */
interface Bound {
  readonly kind: 'value' | 'claim' | 'quote'
  readonly text: string
  readonly expression: string
  /** offsets into the prose, and the sentence around the link */
  readonly start: number
  readonly end: number
  readonly sentence: string
}

/** The author's prose, cut at its bound numbers and claims, each held against the data. */
export function bindProse(
  { prose, proseLine }: StudyText,
  ground: Ground,
): { pieces: ProsePiece[]; claims: Claim[]; diagnostics: Diagnostic[] } {
  const pieces: ProsePiece[] = []
  const claims: Claim[] = []
  const diagnostics: Diagnostic[] = []
  let done = 0
  for (const link of boundLinks(prose)) {
    pieces.push({ kind: 'markdown', text: prose.slice(done, link.start) })
    done = link.end
    const place = placeAt(prose, link.start, proseLine)
    const bound = bind(link, place, ground)
    if (bound.claim) pieces.push({ kind: 'claim', text: link.text, claim: claims.push(bound.claim) - 1 })
    else pieces.push(bound.value ?? { kind: 'markdown', text: link.text })
    diagnostics.push(...bound.diagnostics.map((d) => ({ ...d, excerpt: excerptAt(prose, link) })))
  }
  pieces.push({ kind: 'markdown', text: prose.slice(done) })
  diagnostics.push(...unboundNumbers(prose, proseLine))
  return { pieces: pieces.filter((p) => p.kind !== 'markdown' || p.text !== ''), claims, diagnostics }
}

interface BoundResult {
  readonly claim?: Claim
  readonly value?: ProsePiece
  readonly diagnostics: readonly Diagnostic[]
}

function bind(link: Bound, place: Place, ground: Ground): BoundResult {
  return link.kind === 'value' ? bindValue(link, place, ground) : bindClaim(link, link.kind, place, ground)
}

function bindValue(link: Bound, place: Place, ground: Ground): BoundResult {
  const ref = readExpression(link.expression)
  if ('malformed' in ref) return problem('claim-invalid', ref.malformed, GRAMMAR, place)
  if (ref.kind !== 'ref')
    return problem(
      'claim-invalid',
      `Expected one reference after "value:", got "${link.expression}".`,
      GRAMMAR,
      place,
    )
  const unknown = unknownRef([ref], ground)
  if (unknown)
    return problem(
      'unknown-ref',
      unknown,
      'Use the id of a backend of this study and the number of one of its runs.',
      place,
    )
  return {
    value: { kind: 'value', metric: ref.metric, quantity: ref.quantity, value: refValue(ref, ground) },
    diagnostics: [],
  }
}

const GRAMMAR =
  'Write it as in [five times faster](<claim:blktap.put_block / loopback.put_block ≥ 5>), operators between spaces.'

function bindClaim(link: Bound, kind: Claim['kind'], place: Place, ground: Ground): BoundResult {
  const assertion = readAssertion(link.expression)
  if ('malformed' in assertion) return problem('claim-invalid', assertion.malformed, GRAMMAR, place)
  const unknown = unknownRef([...refsOf(assertion.left), ...refsOf(assertion.right)], ground)
  if (unknown)
    return problem(
      'unknown-ref',
      unknown,
      'Use the id of a backend of this study and the number of one of its runs.',
      place,
    )
  const { verdict, because, shaky } = hold(assertion, ground)
  const claim: Claim = { kind, text: plain(link.text), expression: link.expression, verdict, because, place }
  return { claim, diagnostics: kind === 'claim' ? objections(claim, shaky, link.sentence) : [] }
}

/** What is wrong with a sentence of the author's own; somebody else's claim may be wrong, that is a finding. */
function objections(claim: Claim, shaky: boolean, sentence: string): Diagnostic[] {
  const { place, because } = claim
  if (claim.verdict === 'contradicted') {
    const message = `The data contradict "${claim.text}".`
    return [
      {
        level: 'error',
        rule: 'claim-contradicted',
        message,
        place,
        remedy: `${because} Correct the sentence or the claim.`,
      },
    ]
  }
  if (claim.verdict === 'not decidable') {
    const message = `The data cannot decide "${claim.text}".`
    return [
      {
        level: 'warning',
        rule: 'claim-undecidable',
        message,
        place,
        remedy: `${because} Say so, or leave it out.`,
      },
    ]
  }
  if (!shaky || HEDGES.test(sentence)) return []
  const message = `"${claim.text}" rests on suspect, censored or single-run evidence and its sentence does not say so.`
  return [
    {
      level: 'warning',
      rule: 'unhedged-claim',
      message,
      place,
      remedy: 'Hedge it: in one run, seems, about, suggests.',
    },
  ]
}

const HEDGES =
  /\b(?:about|apparent(?:ly)?|appears?|at least|at most|can ?not|could|in (?:one|a single|each|their) runs?|may|might|once|one run|perhaps|probabl[ey]|roughly|seem(?:s|ed)?|single run|suggest(?:s|ed)?|suspect|unclear)\b/i

function problem(rule: string, message: string, remedy: string, place: Place): BoundResult {
  return { diagnostics: [{ level: 'error', rule, message, place, remedy }] }
}

const markdown = new MarkdownIt({ html: false })
// our three schemes are no addresses, so nothing but their shape is checked
markdown.validateLink = () => true

/**
 * The bound links of a text in order. markdown-it says which links there are (code and escapes are none of ours);
 * their offsets are found by walking the source of each paragraph in step with its tokens.
 */
function boundLinks(prose: string): Bound[] {
  const starts = lineStarts(prose)
  return markdown.parse(prose, {}).flatMap((token) => {
    if (token.type !== 'inline' || !token.map || !token.children) return []
    let cursor = starts[token.map[0]] ?? 0
    const end = starts[token.map[1]] ?? prose.length
    const found: Bound[] = []
    for (const child of token.children) {
      if (child.type === 'code_inline') cursor = after(prose, child.content, cursor, end)
      if (child.type !== 'link_open' || !SCHEME.test(String(child.attrGet('href') ?? ''))) continue
      const link = linkAt(prose, cursor, end)
      if (!link) continue
      cursor = link.end
      found.push(link)
    }
    return found
  })
}

const SCHEME = /^(?:value|claim|quote):/
const LINK =
  /\[((?:[^[\]\\]|\\.)*)\]\((?:<(value|claim|quote):([^<>\n]*)>|(value|claim|quote):([^\s()<>]*))\)/g

/** A number with a unit that only a measurement has. */
const MEASURED =
  /\d[\d.,]*\s?(?:[KMG]i?B\/s(?:ec)?\b|[KM]\/s(?:ec)?\b|(?:seeks?|files?)\/s\b|×|times (?:as fast|faster|slower)\b)/

/** Sentences that state a measurement of their own: outside code, quotations and links, and without a source. */
function unboundNumbers(prose: string, firstLine: number): Diagnostic[] {
  const starts = lineStarts(prose)
  let quoted = 0
  return markdown.parse(prose, {}).flatMap((token): Diagnostic[] => {
    if (token.type === 'blockquote_open') quoted += 1
    if (token.type === 'blockquote_close') quoted -= 1
    if (token.type !== 'inline' || !token.map || quoted > 0) return []
    const start = starts[token.map[0]] ?? 0
    const end = starts[token.map[1]] ?? prose.length
    return sentences(prose.slice(start, end)).flatMap(({ text, at }): Diagnostic[] => {
      const bare = text.replace(/`[^`]*`|"[^"]*"|“[^”]*”|\[[^\]]*\]\([^)]*\)/g, (cut) =>
        ' '.repeat(cut.length),
      )
      const found = MEASURED.exec(bare)
      if (!found || /\]\(<?https?:/.test(text)) return []
      const place = placeAt(prose, start + at + found.index, firstLine)
      const message = `"${found[0].trim()}" is a measurement that is bound to nothing.`
      const remedy = 'Bind it with [](value:…) or a claim, or link its source in the same sentence.'
      return [{ level: 'warning', rule: 'unbound-number', message, place, remedy }]
    })
  })
}

function sentences(text: string): { text: string; at: number }[] {
  return [...text.matchAll(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?/g)].map((match) => ({
    text: match[0],
    at: match.index,
  }))
}

function linkAt(prose: string, from: number, end: number): Bound | null {
  LINK.lastIndex = from
  const match = LINK.exec(prose)
  if (!match || match.index >= end) return null
  const kind = match[2] ?? match[4]
  if (kind !== 'value' && kind !== 'claim' && kind !== 'quote') return null
  const stop = match.index + match[0].length
  return {
    kind,
    text: match[1] ?? '',
    expression: (match[3] ?? match[5] ?? '').trim(),
    start: match.index,
    end: stop,
    sentence: sentenceAround(prose, match.index, stop),
  }
}

function after(prose: string, content: string, from: number, end: number): number {
  const at = prose.indexOf(`\`${content.slice(0, 40)}`, from)
  return at === -1 || at >= end ? from : at + content.length
}

/** From the last full stop before the link to the first after it, within its paragraph. */
function sentenceAround(prose: string, start: number, end: number): string {
  const before = prose.slice(0, start)
  const opening = Math.max(before.lastIndexOf('. '), before.lastIndexOf('.\n'), before.lastIndexOf('\n\n'), 0)
  const rest = prose.slice(end)
  const closing = rest.search(/[.!?](?:\s|$)|\n\n/)
  return prose.slice(opening, closing === -1 ? prose.length : end + closing)
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function placeAt(prose: string, offset: number, firstLine: number): Place {
  const before = prose.slice(0, offset)
  const line = before.split('\n').length - 1
  return { file: 'study.md', line: firstLine + line, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}

function excerptAt(prose: string, { start, end }: Bound): { text: string; length: number } {
  const from = prose.lastIndexOf('\n', start - 1) + 1
  const to = prose.indexOf('\n', start)
  const text = prose.slice(from, to === -1 ? prose.length : to)
  return { text, length: Math.min(end - start, text.length - (start - from)) }
}

function plain(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/[*_`]/g, '')
}
