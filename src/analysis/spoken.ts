import { COUNT_WORD, DIGITS, FRACTION, fractionOf, MULTIPLE, numberOf } from './numerals.ts'

/*
 * What a few words such as "about a third of the rate" or "five times faster" say in numbers.
 */

/** A number and how far it may lie from there before one would use another word. */
export interface Said {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface Spoken {
  /** as written, such as `five times` */
  readonly text: string
  readonly bound: 'at least' | 'at most' | null
  /** as a ratio: each way in which it can be meant; empty where it is none */
  readonly ratios: readonly (Said & { readonly falls: boolean })[]
  /** as an amount, in `unit`; null where it can only be a ratio */
  readonly amount: Said | null
  /** `MB/s`, `%`, `ms`; empty for a bare number */
  readonly unit: string
}

const ANY = new RegExp(
  `(?<fraction>${FRACTION})|(?<multiple>${MULTIPLE})|(?<count>${DIGITS}|${COUNT_WORD})`,
  'g',
)
const TIMES = /^(?:\s?times\b|\s?×(?!\s?\d)|x\b|[\s-]?fold\b)/
const UNIT =
  /^\s?(%|per\s?cent\b|CPU[ -]seconds\b|[kKMGT]?i?B(?:\/s(?:ec)?\b|ps\b|\s(?:per|a)\ssecond\b)|[KMG]\/s(?:ec)?\b|(?:seeks?|files?|op(?:eration)?s?)?\s?(?:\/s(?:ec)?\b|(?:per|a)\ssecond\b)|IOPS\b|seeks\b|µs\b|us\b|ms\b|(?:milli|micro)?seconds?\b|s\b)/
const RANGE = new RegExp(String.raw`^\s?(?:to|–|-|and)\s?(?:${DIGITS.replace(/^\(.*?\)/, '')}|${COUNT_WORD})`)
const LEAST = /\b(?:at least|not? less than|more than|over|above|beyond|better than|exceed(?:s|ed|ing)?)\s$/i
const MOST = /\b(?:at most|not? more than|less than|below|under|up to|within)\s$/i
const ABOUT = /(?:\b(?:about|around|roughly|nearly|almost|near|close to|approximately|some)\s|[~≈]\s?)$/i
const OR_MORE = /^[^,.;:]{0,30}?\bor (?:more|above|better|higher|faster)\b/i
const OR_LESS = /^[^,.;:]{0,30}?\bor (?:less|below|fewer|lower|slower)\b/i
const SLOW = /\b(?:slow(?:er|ly)?|less|lower|fewer|behind)\b/i
const FAST = /\b(?:faster|quicker|more|higher|ahead)\b/i
const BOUNDS =
  /\b(?:at (?:least|most)|(?:not? )?(?:more|less) than|or (?:more|less|above|below|better|higher|lower|faster|slower|fewer)|more(?= slowly))\b/gi

/** The numbers that a short text says, in order. Counts of things, ordinals and parts of names are none. */
export function spokenNumbers(text: string): Spoken[] {
  const whole = [...text.matchAll(ANY)]
  return whole.flatMap((match) => {
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)]
    const { fraction, multiple, count } = match.groups ?? {}
    const bound = boundOf(before, after)
    if (fraction !== undefined) return part(fraction, text, bound, before, after) ?? []
    if (multiple !== undefined) return factorOf(multiple, match[0], text, bound, before)
    return count === undefined ? [] : (plain(count, text, bound, before, after) ?? [])
  })
}

/** Which way the words point: 1 for faster, -1 for slower, 0 where they do not say or deny it. */
export function direction(text: string): -1 | 0 | 1 {
  if (/\b(?:no|not|never|neither|hardly|equally|nothing)\b/i.test(text)) return 0
  const slow = /\b(?:slower|more slowly|less often)\b/i.test(text)
  const fast = /\b(?:faster|quicker|more (?:quickly|often))\b/i.test(text)
  return slow === fast ? 0 : fast ? 1 : -1
}

function boundOf(before: string, after: string): Spoken['bound'] {
  if (LEAST.test(before) || OR_MORE.test(after)) return 'at least'
  if (MOST.test(before) || OR_LESS.test(after)) return 'at most'
  if (RANGE.test(after) && /\b(?:from|between)\s$|^$/i.test(before)) return 'at least'
  return new RegExp(String.raw`(?:${DIGITS}|${COUNT_WORD})\s?(?:to|–|-|and)\s?$`).test(before)
    ? 'at most'
    : null
}

/** A count, an amount with its unit, or a factor in front of "times". */
function plain(
  count: string,
  text: string,
  bound: Spoken['bound'],
  before: string,
  after: string,
): Spoken | null {
  const written = numberOf(count)
  if (!written) return null
  // "10 to 20 MB/s": the unit of the second number is that of the first
  const rest = RANGE.test(after) ? after.replace(RANGE, '') : after
  if (TIMES.test(rest)) return factorOf(count, `${count}${TIMES.exec(rest)?.[0] ?? ''}`, text, bound, before)
  const unit = UNIT.exec(rest)?.[1] ?? ''
  const pointed = bound !== null || ABOUT.test(before) || text.trim() === count
  if (unit === '' && !pointed && isName(count, before, after)) return null
  const amount = spread(written.value, written.unit, before)
  const share = /^(?:%|per)/.test(unit)
  const ratios = share
    ? changes(scaled(amount, 0.01), text, before)
    : unit === ''
      ? [{ ...amount, falls: false }]
      : []
  return { text: `${count}${unit === '' ? '' : ` ${unit}`}`, bound, ratios, amount, unit: share ? '%' : unit }
}

/** Whether a bare number counts or names something: "the two", "2 GiB", "run 3", "RAID 5". */
function isName(count: string, before: string, after: string): boolean {
  return !/^\d/.test(count) || /^[\w-]|^\s\w/.test(after) || /\b(?:runs?|rounds?|[A-Z]\w*)\s$/.test(before)
}

function factorOf(
  number: string,
  said: string,
  text: string,
  bound: Spoken['bound'],
  before: string,
): Spoken {
  const { value, unit } = numberOf(number) ?? { value: Number.NaN, unit: 1 }
  const times = spread(value, unit, before)
  const ratio = isSlow(text) ? { ...inverted(times), falls: true } : { ...times, falls: false }
  return { text: said.trim(), bound, ratios: [ratio], amount: null, unit: '' }
}

function part(
  fraction: string,
  text: string,
  bound: Spoken['bound'],
  before: string,
  after: string,
): Spoken | null {
  const read = fractionOf(fraction)
  if (!read || /^\s(?:run|backend|disk|test|time|party|study)\b/.test(after)) return null
  const { parts, of } = read
  // as far as the middle between it and the next fraction of its kind
  const near = (a: number, b: number) => (a + b) / 2
  const said =
    parts === 1
      ? {
          value: 1 / of,
          low: near(1 / of, 1 / (of + 1)),
          high: near(1 / of, of === 2 ? 2 / 3 : 1 / (of - 1)),
        }
      : { value: parts / of, low: (parts - 0.5) / of, high: (parts + 0.5) / of }
  return { text: fraction, bound, ratios: changes(said, text, before), amount: null, unit: '' }
}

/** A share as a ratio: of the other rate, or by how much of it a rate is higher or lower. */
function changes(share: Said, text: string, before: string): Spoken['ratios'] {
  const { value, low, high } = share
  const less = { value: 1 - value, low: 1 - high, high: 1 - low, falls: true }
  const more = { value: 1 + value, low: 1 + low, high: 1 + high, falls: false }
  if (/\bwithin\s$/i.test(before)) return [{ value: 1, low: 1 / (1 + value), high: 1 + value, falls: false }]
  if (/\bas\s(?:fast|often|quick|much|many|slow)/i.test(text)) return [{ ...share, falls: false }]
  if (isSlow(text)) return [less]
  if (FAST.test(text.replace(BOUNDS, ''))) return [more]
  return /\bby\s$/i.test(before) ? [less, more] : [{ ...share, falls: false }]
}

function isSlow(text: string): boolean {
  return SLOW.test(text.replace(BOUNDS, (words) => (words.toLowerCase() === 'more' ? words : '')))
}

/** As far as the last digit goes, or a tenth of it where the words say "about". */
function spread(value: number, unit: number, before: string): Said {
  const reach = Math.max(unit / 2, ABOUT.test(before) ? value / 10 : 0)
  return { value, low: value - reach, high: value + reach }
}

function scaled({ value, low, high }: Said, by: number): Said {
  return { value: value * by, low: low * by, high: high * by }
}

function inverted({ value, low, high }: Said): Said {
  return { value: 1 / value, low: 1 / high, high: low > 0 ? 1 / low : Number.POSITIVE_INFINITY }
}
