import type { Diagnostic, Place } from '../model/diagnostic.ts'
import { listed } from '../model/format.ts'
import { whereaboutsIn } from '../model/lines.ts'
import type { Claim, ProsePiece } from '../model/report.ts'
import type { StudyText } from '../model/study.ts'
import { textDiffers } from './claim-text.ts'
import { hold, type Weakness } from './claims.ts'
import { type Assertion, readAssertion, readExpression, refsOf } from './expression.ts'
import { unhedged } from './hedge.ts'
import { type Bound, boundLinks, excerptAt, placesIn } from './prose.ts'
import { type Ground, refValue, unknownRef } from './refs.ts'
import { statedFacts } from './stated.ts'
import { unboundNumbers } from './unbound.ts'

/** The author's prose, cut at its bound numbers and claims, each held against the data. */
export function bindProse(
  study: StudyText,
  ground: Ground,
  placeOfText: (words: string, offset: number) => Place = () => FIRST,
): { pieces: ProsePiece[]; claims: Claim[]; diagnostics: Diagnostic[] } {
  const { prose, proseLine } = study
  const pieces: ProsePiece[] = []
  const claims: Claim[] = []
  const diagnostics: Diagnostic[] = []
  const placeAt = placesIn(prose, proseLine)
  const whereabouts = whereaboutsIn(prose)
  let done = 0
  for (const link of boundLinks(prose)) {
    pieces.push({ kind: 'markdown', text: prose.slice(done, link.start) })
    done = link.end
    const place = placeAt(link.start)
    const bound = bind(link, place, ground)
    if (link.kind === null) done = link.start
    else if (bound.claim) pieces.push({ kind: 'claim', text: link.text, claim: claims.push(bound.claim) - 1 })
    else pieces.push(bound.value ?? { kind: 'markdown', text: link.text })
    diagnostics.push(
      ...bound.diagnostics.map((d) => ({ ...d, excerpt: excerptAt(prose, link, whereabouts) })),
    )
  }
  pieces.push({ kind: 'markdown', text: prose.slice(done) })
  return {
    pieces: pieces.filter((p) => p.kind !== 'markdown' || p.text !== ''),
    claims,
    diagnostics: [
      ...diagnostics,
      ...unboundNumbers(prose, proseLine),
      ...statedFacts(study, ground, placeOfText),
    ],
  }
}

const FIRST: Place = { file: 'study.md', line: 1, column: 1 }

interface BoundResult {
  readonly claim?: Claim
  readonly value?: ProsePiece
  readonly diagnostics: readonly Diagnostic[]
}

function bind(link: Bound, place: Place, ground: Ground): BoundResult {
  if (link.kind === null)
    return problem('claim-invalid', `The link "${link.expression}" cannot be bound.`, FORM, place)
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

const FORM =
  'Write it in one piece as in [twice as fast](<claim:lvm.put_block / loopback.put_block ≥ 2>): angle brackets around it and none inside, ≥ or "at least", ≤ or "at most", "above" or "below".'
const GRAMMAR =
  'Write it as in [five times faster](<claim:blktap.put_block / loopback.put_block ≥ 5>), operators between spaces.'

function bindClaim(link: Bound, kind: Claim['kind'], place: Place, ground: Ground): BoundResult {
  const assertion = readAssertion(link.expression)
  if ('malformed' in assertion) return problem('claim-invalid', assertion.malformed, GRAMMAR, place)
  const refs = [...refsOf(assertion.left), ...refsOf(assertion.right)]
  if (refs.length === 0)
    return problem('claim-invalid', `No measurement is named in "${link.expression}".`, GRAMMAR, place)
  const unknown = unknownRef(refs, ground)
  if (unknown)
    return problem(
      'unknown-ref',
      unknown,
      'Use the id of a backend of this study and the number of one of its runs.',
      place,
    )
  const { verdict, because, weaknesses } = hold(assertion, ground)
  const claim: Claim = { kind, text: plain(link.text), expression: link.expression, verdict, because, place }
  const objected = kind === 'claim' ? objections(claim, weaknesses, link.sentence) : []
  return { claim, diagnostics: [...objected, ...misworded(claim, assertion, ground)] }
}

/** A text whose number is not that of its expression, where the data have not objected to the claim already. */
function misworded(
  { kind, text, verdict, place }: Claim,
  assertion: Assertion,
  ground: Ground,
): Diagnostic[] {
  const message =
    kind === 'quote' || verdict === 'supported' ? textDiffers(text, kind, assertion, ground) : null
  if (message === null) return []
  const remedy =
    kind === 'quote'
      ? 'Bind it to the number that its author said.'
      : 'Say the number that the data give, or a bound that they bear out: at least, at most.'
  return [{ level: 'warning', rule: 'claim-text-differs', message, place, remedy }]
}

/** What is wrong with a sentence of the author's own; somebody else's claim may be wrong, that is a finding. */
function objections(claim: Claim, weaknesses: readonly Weakness[], sentence: string): Diagnostic[] {
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
  const unsaid = unhedged(weaknesses, sentence)
  if (unsaid.length === 0) return []
  const message = `"${claim.text}" rests on ${listed(unsaid)}, and its sentence does not say so.`
  const remedy = unsaid.includes('a bound')
    ? 'Hedge it: at least, more than, seems, suggests.'
    : 'Hedge it: in one run, seems, about, suggests.'
  return [{ level: 'warning', rule: 'unhedged-claim', message, place, remedy }]
}

function problem(rule: string, message: string, remedy: string, place: Place): BoundResult {
  return { diagnostics: [{ level: 'error', rule, message, place, remedy }] }
}

/** The text of a link without its markup. */
function plain(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/[*_`]/g, '')
}
