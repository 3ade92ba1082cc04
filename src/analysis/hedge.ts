import type { Weakness } from './claims.ts'

/*
 * Whether a sentence says how sure it is. Its words are looked for where they can only mean that: "may" and not the
 * month, "about" before an amount and not before a subject, "at least" only of a number that is known from one side.
 */

/** What the evidence is and the sentence does not say; nothing where it is hedged. */
export function unhedged(weaknesses: readonly Weakness[], sentence: string): Weakness[] {
  if (DOUBT.test(sentence) || MODAL.test(sentence)) return []
  return weaknesses.filter((weakness) => weakness !== 'a bound' || !BOUNDED.test(sentence))
}

/** Behind these a word of doubt says the opposite. */
const NEGATED = String.raw`(?<!\b(?:not|never|no|without)\s)`
const RUNS = '(?:one|a single|each|either|its|his|her|their|the (?:one|only|first|second|third|two))'

const DOUBT = new RegExp(
  String.raw`${NEGATED}\b(?:${[
    'about(?! (?:the (?!same)|this|that|these|it|its|them|what|how|why|whether|which)\\b)',
    'apparent(?:ly)?',
    'appear(?:s|ed)?',
    'approximately',
    'likely',
    'perhaps',
    'possibly',
    'presumably',
    'probabl[ey]',
    'roughly',
    'seem(?:s|ed|ingly)?',
    'suggest(?:s|ed)?',
    'suspect(?:ed)?',
    'tentative(?:ly)?',
    'uncertain',
    'unclear',
    `in ${RUNS} (?:[a-z]+ )?runs?`,
    '(?:one|single) run',
    'once (?:each|on each|on either|per backend)',
  ].join('|')})\b`,
  'i',
)

const MODAL = /\b(?:may|might|could)\b(?! not\b)/

/** Of a number that is only known to be above or below another. */
const BOUNDED =
  /\b(?:at least|at most|(?:more|less) than|over|under|above|below|beyond|or (?:more|less|above|below))\b/i
