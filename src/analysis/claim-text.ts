import { factor, quantityText } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import { power } from '../model/power.ts'
import type { Claim } from '../model/report.ts'
import { asPair, evaluate } from './claims.ts'
import { type Assertion, type Comparator, type Expression, type Ref, refsOf } from './expression.ts'
import { atLeast, exceeds, type Range } from './range.ts'
import { type Ground, refRange, refValue } from './refs.ts'
import { direction, type Said, type Spoken, spokenNumbers } from './spoken.ts'

/*
 * Whether the words of a claim say what its expression says: "five times faster" beside a ratio of 5.2 and not beside
 * one of 3. A bare number has to be the measured one as far as it is written out; "at least" and "at most" have to be
 * borne out. Somebody else's claim is held against its own threshold, since the data may contradict it.
 */

/** What an expression says of one number: what was measured, and what it is compared with. */
interface Subject {
  readonly measured: Range | null
  readonly threshold: number | null
  /** the words for what was measured */
  readonly words: string
}

/** How a claim's text differs from its expression, as one sentence; null where it fits or says no number. */
export function textDiffers(
  text: string,
  kind: Claim['kind'],
  { left, comparator, right }: Assertion,
  ground: Ground,
): string | null {
  const way = direction(text)
  if (way !== 0 && way === -asserted(left, comparator, right))
    return `The words "${text}" point the other way than the expression beside them.`
  if (kind === 'claim' && way !== 0 && way === -measuredWay(left, right, ground))
    return `The words "${text}" point the other way than the data.`
  const ratios = ratioSubjects(left, right, ground)
  for (const spoken of spokenNumbers(text)) {
    const amounts = amountSubjects(spoken, left, right, ground)
    const subjects = [
      ...(spoken.ratios.length > 0 ? ratios : []),
      ...amounts.map(({ subject }) => subject),
    ].filter((s) => (kind === 'quote' && s.threshold !== null) || s.measured !== null)
    if (subjects.length === 0) continue
    const fitting =
      ratios.some((s) =>
        spoken.ratios.some((said) => fits(said, turnedBound(spoken.bound, said.falls), s, kind, comparator)),
      ) || amounts.some(({ subject, said }) => fits(said, spoken.bound, subject, kind, comparator))
    if (!fitting) return `The text says "${spoken.text}", and ${subjects[0]?.words}.`
  }
  return null
}

/** "At least a fifth more slowly" is at most four fifths of the rate. */
function turnedBound(bound: Spoken['bound'], falls: boolean): Spoken['bound'] {
  if (!falls || bound === null) return bound
  return bound === 'at least' ? 'at most' : 'at least'
}

function fits(
  { value, low, high }: Said,
  bound: Spoken['bound'],
  { measured, threshold }: Subject,
  kind: Claim['kind'],
  comparator: Comparator,
): boolean {
  const meant = threshold !== null && atLeast(threshold, low) && atLeast(high, threshold)
  if (kind === 'quote' && threshold !== null) return meant
  if (!measured) return false
  const isNear = comparator === 'about' || comparator === '='
  if (bound !== null) {
    const borne = bound === 'at least' ? atLeast(measured.low, value) : atLeast(value, measured.high)
    return borne && (meant || isNear || threshold === null)
  }
  const known = Number.isFinite(measured.high) && measured.low > 0
  if (!known || isNear) return meant || within(measured, low, high)
  return within(measured, low, high)
}

function within({ low, high }: Range, from: number, to: number): boolean {
  return atLeast(high, from) && atLeast(to, low)
}

/** The ratio that an assertion is about, and the number it is compared with. */
function ratioSubjects(left: Expression, right: Expression, ground: Ground): Subject[] {
  const [named, constant] = refsOf(left).length > 0 ? [left, right] : [right, left]
  if (refsOf(constant).length === 0) {
    const measured = evaluate(named, ground)
    return [subjectOf(measured, evaluate(constant, ground)?.low ?? null)]
  }
  const quotient = (below: Expression) =>
    evaluate({ kind: 'operation', operator: '/', left, right: below }, ground)
  const scaled = right.kind === 'operation' && right.operator === '*' ? [right.left, right.right] : []
  const [number, rest] = scaled[0]?.kind === 'number' ? scaled : scaled.toReversed()
  const multiple = number?.kind === 'number' && rest ? [subjectOf(quotient(rest), number.value)] : []
  return [...multiple, subjectOf(quotient(right), 1)]
}

function subjectOf(measured: Range | null, threshold: number | null): Subject {
  const data =
    measured === null
      ? `the claim beside it says ${threshold === null ? 'nothing of it' : factor(threshold)}`
      : `the data say ${rangeWords(measured)}`
  return { measured, threshold, words: data }
}

function rangeWords({ low, high }: Range): string {
  if (!Number.isFinite(high)) return `at least ${factor(low, 'down')}`
  if (low <= 0) return `at most ${factor(high, 'up')}`
  const [from, to] = [factor(low), factor(high)]
  return from === to ? from : `${from} to ${to}`
}

/** The references that an amount can speak of, by its unit, with the amount in their own. */
function amountSubjects(
  { amount, unit }: Spoken,
  left: Expression,
  right: Expression,
  ground: Ground,
): { readonly subject: Subject; readonly said: Said }[] {
  if (!amount) return []
  const constant = [left, right].find((side) => refsOf(side).length === 0)
  const bare = [left, right].find((side) => side.kind === 'ref')
  const threshold = constant && bare ? (evaluate(constant, ground)?.low ?? null) : null
  return [...refsOf(left), ...refsOf(right)].flatMap((ref) => {
    return scalesOf(unit, ref).map((scale) => {
      const said = { value: amount.value * scale, low: amount.low * scale, high: amount.high * scale }
      const words = `the data say ${quantityText(ref.metric, ref.quantity, refValue(ref, ground))}`
      return { said, subject: { measured: refRange(ref, ground), threshold, words } }
    })
  })
}

/** What one of a unit is in the base of a reference; more than one where people mean either; none where it does not fit. */
function scalesOf(unit: string, { metric: id, quantity }: Ref): readonly number[] {
  const u = unit.replace(/\s+/g, ' ').trim()
  if (u === '') return [1]
  if (quantity === 'cpu') return u === '%' ? [1] : []
  if (quantity === 'cpu_s_per_gib') return /^CPU/.test(u) ? [1] : []
  if (quantity === 'latency') {
    if (/^(?:µs|us|micro)/.test(u)) return [1]
    return /^(?:ms|milli)/.test(u) ? [1e3] : /^s(?:econds?)?$/.test(u) ? [1e6] : []
  }
  if (metric(id).unit === '1/s') return /^(?:IOPS|seeks|files|op|seek|file|\/s|per|a )/.test(u) ? [1] : []
  const [, prefix = '', binary] = /^([kKMGT]?)(i?)(?:B|\/s)/.exec(u) ?? []
  if (!/B|^[KMG]\/s/.test(u)) return []
  const exponent = ['', 'K', 'M', 'G', 'T'].indexOf(prefix.toUpperCase())
  const [decimal, kib] = [power(1000, exponent) / 1024, power(1024, exponent - 1)]
  // bonnie++ itself prints KiB/s as K/sec
  return binary ? [kib] : prefix.toUpperCase() === 'K' ? [kib, decimal] : [decimal]
}

/** Two rates of one test of two backends, set against each other by a quotient or by the comparison itself; else null. */
function pairOf(left: Expression, right: Expression): Expression | null {
  const quotient: Expression = { kind: 'operation', operator: '/', left, right }
  return [left, right, quotient].find((one) => asPair(one) !== null) ?? null
}

/** Whether an assertion about such a pair says that what stands above or left is faster (1) or slower (-1), or neither. */
function asserted(left: Expression, comparator: Comparator, right: Expression): -1 | 0 | 1 {
  const up = comparator === '≥' || comparator === 'above'
  const down = comparator === '≤' || comparator === 'below'
  const pair = pairOf(left, right)
  if (!pair || pair === right || (pair === left && right.kind !== 'number')) return 0
  const threshold = right.kind === 'number' ? right.value : 1
  if (up) return threshold >= 1 ? 1 : 0
  return down && threshold <= 1 ? -1 : 0
}

/** Which of the two was measured to be faster, in the same terms. */
function measuredWay(left: Expression, right: Expression, ground: Ground): -1 | 0 | 1 {
  const pair = pairOf(left, right)
  const ratio = pair && evaluate(pair, ground)
  if (!ratio) return 0
  return exceeds(ratio.low, 1) ? 1 : exceeds(1, ratio.high) ? -1 : 0
}
