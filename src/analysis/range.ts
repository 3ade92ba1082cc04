import type { Measurement } from '../model/measurement.ts'
import type { Comparator } from './expression.ts'

/*
 * Arithmetic with numbers that are known only to lie between two ends: what was rounded, cut or ended too soon to time.
 * A comparison holds if it does for every number between them, and fails if it does for none.
 */

/** A number lies between these, inclusive; the high end of what is known from below is infinite. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** Two numbers this close, relative to the larger, differ by the noise of binary fractions alone. */
const NOISE = 1e-9
/** What lies above a bound lies above it by however little: by more than noise. */
const LITTLE = 1e-8

/** A number that is known exactly. */
export function exactly(value: number): Range {
  return { low: value, high: value }
}

/** A printed rate: a point, the interval it was rounded in, or all above a bound. Null where there is none. */
export function rangeOfRate(m: Measurement): Range | null {
  if (m.kind === 'absent') return null
  if (m.kind === 'at least') return above(m.bound)
  const tolerance = m.tolerance ?? 0
  return { low: m.value - tolerance, high: m.value + tolerance }
}

/** All that is larger than a bound. */
export function above(bound: number): Range {
  return { low: bound * (1 + LITTLE), high: Number.POSITIVE_INFINITY }
}

/** Positive numbers below a bound. */
export function below(bound: number): Range {
  return { low: 0, high: bound * (1 - LITTLE) }
}

/** What a number was before it was cut to whole units: `from` itself, up to the next unit and without it. */
export function cut(from: number, unit: number): Range {
  return { low: from, high: (from + unit) * (1 - LITTLE) }
}

/** 1 ÷ a positive number. */
export function reciprocal({ low, high }: Range): Range {
  return { low: 1 / high, high: low === 0 ? Number.POSITIVE_INFINITY : 1 / low }
}

/** All results of an operation; null where it may divide by zero, or where nothing can be said. */
export function operate(operator: '+' | '-' | '*' | '/', a: Range, b: Range): Range | null {
  if (operator === '+') return sound({ low: a.low + b.low, high: a.high + b.high })
  if (operator === '-') return sound({ low: a.low - b.high, high: a.high - b.low })
  if (operator === '/' && b.low <= 0 && b.high >= 0) return null
  const ends = [a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => (operator === '*' ? x * y : x / y)))
  // the numbers are finite, only their ends are not: 0 × them is 0, and a quotient of two ends lies between the others
  const known = ends.flatMap((x) => (Number.isNaN(x) ? (operator === '*' ? [0] : []) : [x]))
  return sound({ low: Math.min(...known), high: Math.max(...known) })
}

/** A range with a number in it; null where an end overflowed. */
function sound(range: Range): Range | null {
  return range.low < Number.POSITIVE_INFINITY && range.high > Number.NEGATIVE_INFINITY ? range : null
}

/** How far numbers may lie apart. */
export interface Slack {
  /** `=`: by how much the left may be smaller, and larger */
  readonly less: number
  readonly more: number
  /** `about`: by which factor; 1.05 is 5 % */
  readonly band: number
}

/** Whether a comparison holds: true for all numbers of both ranges, false for all, or null where that is open. */
export function settle(a: Range, comparator: Comparator, b: Range, slack: Slack): boolean | null {
  switch (comparator) {
    case '≥':
      return order(atLeast(a.low, b.high), exceeds(b.low, a.high))
    case '≤':
      return order(atLeast(b.low, a.high), exceeds(a.low, b.high))
    case 'above':
      return order(exceeds(a.low, b.high), atLeast(b.low, a.high))
    case 'below':
      return order(exceeds(b.low, a.high), atLeast(a.low, b.high))
    case '=':
      return order(
        atLeast(a.low, b.high - slack.less) && atLeast(b.low + slack.more, a.high),
        exceeds(b.low - slack.less, a.high) || exceeds(a.low, b.high + slack.more),
      )
    case 'about':
      return near(a, b, slack.band)
  }
}

/** Whether two numbers differ by no more than a factor. Around zero nothing is near but zero itself. */
function near(a: Range, b: Range, band: number): boolean | null {
  if (b.high < 0) return near({ low: -a.high, high: -a.low }, { low: -b.high, high: -b.low }, band)
  if (b.low <= 0) return a.low === 0 && a.high === 0 && b.low === 0 && b.high === 0 ? true : null
  return order(
    atLeast(a.low, b.high / band) && atLeast(b.low * band, a.high),
    exceeds(b.low / band, a.high) || exceeds(a.low, b.high * band),
  )
}

function order(holds: boolean, fails: boolean): boolean | null {
  return holds ? true : fails ? false : null
}

/** x > y by more than noise. */
export function exceeds(x: number, y: number): boolean {
  const size = Math.max(Math.abs(x), Math.abs(y))
  return x > y && (size === Number.POSITIVE_INFINITY || x - y > NOISE * size)
}

/** x ≥ y, or smaller by noise alone. */
export function atLeast(x: number, y: number): boolean {
  return !exceeds(y, x)
}
