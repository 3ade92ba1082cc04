import type { Diagnostic } from '../model/diagnostic.ts'
import { hasSource, ownWords, sentencesOf } from './mask.ts'
import { COUNT_WORD, DIGITS, FRACTION, MULTIPLE } from './numerals.ts'
import { placesIn, runningText } from './prose.ts'

/*
 * Numbers of the prose that look like measurements and are bound to nothing. Dates, versions, names and counts of
 * things do not; what does is a rate, a time, a percentage, a ratio of performance, or a decimal fraction by itself.
 */

const NUMBER = `(?:${DIGITS}|${COUNT_WORD})`
/** `75 to 87`, `75–87`. */
const AMOUNT = String.raw`${NUMBER}(?:\s*(?:to|and|or|–|-)\s*\d[\d,]*(?:\.\d+)?)?`
const PER_SECOND = String.raw`(?:\/\s?s(?:ec(?:ond)?)?\b|ps\b|\s(?:per|a|each)\ssecond\b)`
const RATE = String.raw`(?:(?:[kKMGT]?i?B(?:ytes?)?|[kKMGT]?bits?|[Bb]ytes|[KMG]|seeks?|files?|op(?:eration)?s?|I\/?Os?|requests?|transactions?)${PER_SECOND}|${PER_SECOND}|IOPS\b|seeks\b)`
const TIME = String.raw`(?:µs|us|ms|s|(?:milli|micro)?sec(?:ond)?s?|minutes?)\b`
const SHARE = String.raw`(?:%|per\s?cent\b|CPU[ -]seconds)`
/** What a ratio is said of, so that it is one of performance. */
const FASTER = String.raw`(?:as\s(?:fast|slow|quick|often|many|much|high|low|long)\w*|faster|slower|quicker|more|less|fewer|lower|higher|longer|shorter)\b`
const OF_RATE = String.raw`(?:of\s)?(?:the|its|their|that|this|what)\s(?:[\w-]+\s){0,3}?(?:rate|speed|throughput|bandwidth|performance|seeks|time|latency|delay|CPU|writes?|reads?)\b`
const BOUND = String.raw`\b(?:at\s(?:least|most)|about|roughly|nearly|almost|(?:more|less)\sthan|up\sto|under|over|by)\s`
/** What is twice as large is no measurement: sizes are settings. */
const NO_SIZE = String.raw`(?!\s+(?:as\s(?:large|big|small)|larger|bigger|the\s(?:size|memory|amount)|of\s|that|its\s|an?\s|\w+\s(?:size|memory)))`
/** Before a decimal fraction that is a version, a frequency or a chapter. */
const NAMED = String.raw`(?<!\b(?:[A-Z][\w+.-]*|bonnie\+\+|\w*[vV]ersion|kernel|release|figure|table|ext\d?)\s)`
/** `18.5`, but neither the end of a name nor the beginning of `2.6.27` or `1.03c`. */
const DECIMAL = String.raw`${NAMED}(?<![\w.,#/-])\d[\d,]*\.\d+(?![\w.]*\w)(?!\s?(?:[kMGT]?(?:Hz|i?B\b)|inch|rpm|V\b|W\b))`

const MEASURED = new RegExp(
  [
    String.raw`${AMOUNT}\s{0,8}(?:${RATE}|${SHARE}|×(?!\s?\d)|-?fold\b)`,
    String.raw`${AMOUNT}\s{1,8}${TIME}(?!\s(?:run|time|half|part|disk|one))`,
    String.raw`${DIGITS}(?:µs|us|ms|s|x)\b`,
    String.raw`(?:${NUMBER}\stimes|${MULTIPLE}|${FRACTION})\s(?:(?:${FASTER})|(?:${OF_RATE}))`,
    `${BOUND}(?:${MULTIPLE}|${FRACTION})${NO_SIZE}`,
    String.raw`\d\.\d+\stimes\b`,
    DECIMAL,
  ].join('|'),
  'g',
)

/** Sentences that state a measurement of their own: outside code, quotations and links, and without a source. */
export function unboundNumbers(prose: string, firstLine: number): Diagnostic[] {
  const placeAt = placesIn(prose, firstLine)
  return runningText(prose).flatMap(({ text, start }) => {
    const own = ownWords(text)
    return sentencesOf(text).flatMap((sentence) => {
      if (hasSource(sentence.text)) return []
      const words = own.slice(sentence.at, sentence.at + sentence.text.length)
      return [...words.matchAll(MEASURED)].map((found): Diagnostic => {
        const place = placeAt(start + sentence.at + found.index)
        const message = `"${found[0].trim().replace(/\s+/g, ' ')}" is a measurement that is bound to nothing.`
        const remedy = 'Bind it with [](value:…) or a claim, or link its source in the same sentence.'
        return { level: 'warning', rule: 'unbound-number', message, place, remedy }
      })
    })
  })
}
