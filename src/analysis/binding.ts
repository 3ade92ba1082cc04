import type { Diagnostic, Place } from '../model/diagnostic.ts'
import type { Claim, ProsePiece } from '../model/report.ts'
import type { StudyText } from '../model/study.ts'
import { type Ground, hold, refValue, unknownRef } from './claims.ts'
import { readAssertion, readExpression, refsOf } from './expression.ts'
import { type Bound, boundLinks, excerptAt, placeAt, unboundNumbers } from './prose.ts'

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
    if (link.kind === null) done = link.start
    else if (bound.claim) pieces.push({ kind: 'claim', text: link.text, claim: claims.push(bound.claim) - 1 })
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
  if (link.kind === null)
    return problem(
      'claim-invalid',
      `The link "${link.expression}" is written in a form that cannot be bound.`,
      GRAMMAR,
      place,
    )
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
    value: { ...ref, kind: 'value', value: refValue(ref, ground) },
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

/** The text of a link without its markup. */
function plain(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/[*_`]/g, '')
}
