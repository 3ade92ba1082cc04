import { factor, listed, quantityText, sentenceCase } from '../model/format.ts'
import type { Measurement } from '../model/measurement.ts'
import { metric } from '../model/metric.ts'
import type { Claim, Comparison } from '../model/report.ts'
import { rateOf } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { equivalence } from './compare.ts'
import { type Evidence, testOf, titleOf, unlike } from './evidence.ts'
import { type Assertion, type Comparator, type Expression, type Ref, refsOf } from './expression.ts'
import { costOf, type TestedSample } from './sample.ts'
import { median } from './stats.ts'

/** What claims are held against. */
export interface Ground {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly TestedSample[]
  readonly comparisons: readonly Comparison[]
  readonly facts: Facts
}

/** What is known of a number: it lies between these, inclusive; null where nothing is known. */
type Range = { readonly low: number; readonly high: number } | null

export interface Verdict extends Pick<Claim, 'verdict' | 'because'> {
  /** the evidence is suspect, censored or a single run, so the sentence should hedge */
  readonly shaky: boolean
}

/** The first reference that names nothing in this study, as a sentence; null where all are known. */
export function unknownRef(refs: readonly Ref[], { evidence }: Ground): string | null {
  for (const ref of refs) {
    const own = evidence.find((e) => e.backend.id === ref.backend)
    const known = evidence.map((e) => e.backend.id)
    if (!own) return `There is no backend "${ref.backend}" in this study; it has ${listed(known)}.`
    if (ref.run !== null && ref.run > own.runs.length)
      return `There is no run ${ref.run} of ${ref.backend}; it has ${own.runs.length}.`
  }
  return null
}

/** The value of one reference: the sample's centre, or the run's own number. */
export function refValue(ref: Ref, { evidence, samples }: Ground): Measurement {
  const own = evidence.find((e) => e.backend.id === ref.backend)
  const sample = samples.find((s) => s.backend === ref.backend && s.metric === ref.metric)
  if (ref.quantity === 'rate' && ref.run === null) return sample?.median ?? { kind: 'absent', why: 'not run' }
  const runs = ref.run === null ? (sample?.runs ?? []) : (own?.runs ?? []).slice(ref.run - 1, ref.run)
  const cells = runs.map((run) => ({ run, cell: run.cells[ref.metric] }))
  if (ref.quantity === 'rate') return median(cells.map(({ cell }) => rateOf(cell)))
  const numbers = cells.flatMap(({ run, cell }) => {
    if (ref.quantity === 'cpu') return cell.cpu ?? []
    if (ref.quantity === 'latency') return cell.latency_us ?? []
    const cost = costOf(run, ref.metric)
    return cost ? (cost.low + cost.high) / 2 : []
  })
  if (numbers.length === 0) return { kind: 'absent', why: 'not in this dialect' }
  if (ref.quantity === 'latency') return { kind: 'measured', value: Math.max(...numbers) }
  return median(numbers.map((value) => ({ kind: 'measured', value })))
}

/** Holds an assertion against the data. Numbers that did not measure the disk never decide between backends. */
export function hold(assertion: Assertion, ground: Ground): Verdict {
  const refs = [...refsOf(assertion.left), ...refsOf(assertion.right)]
  const used = ground.samples.filter((s) =>
    refs.some((r) => r.quantity === 'rate' && r.backend === s.backend && r.metric === s.metric),
  )
  const shaky = used.some((s) => s.validity !== 'disk' || s.n < 2)
  const spoilt = used.filter((s) => s.validity === 'not-disk')
  const numbers = asPrinted(refs, ground)
  const [left, right] = [evaluate(assertion.left, ground), evaluate(assertion.right, ground)]
  const apart = unlikeTests(refs, ground)
  if (apart) return { verdict: 'not decidable', shaky: true, because: `${apart} ${numbers}` }
  const told = left === null || right === null ? null : settle(left, right, assertion, ground)
  if (spoilt.length > 0 && new Set(refs.map((r) => r.backend)).size > 1) {
    const what = spoilt.map((s) => `${titleOf(ground.evidence, s.backend)}'s ${metric(s.metric).label}`)
    const printed =
      told === null
        ? ''
        : told
          ? ' As printed the numbers agree.'
          : ' As printed the numbers speak against it.'
    return {
      verdict: 'not decidable',
      shaky: true,
      because: `${sentenceCase(listed([...new Set(what)]))} did not measure the disk.${printed} ${numbers}`,
    }
  }
  if (told === null)
    return { verdict: 'not decidable', shaky, because: `The numbers do not settle it. ${numbers}` }
  return { verdict: told ? 'supported' : 'contradicted', shaky, because: numbers }
}

/** How two backends that a claim sets against each other made unlike tests of one name; null if they did not. */
function unlikeTests(refs: readonly Ref[], { evidence, samples }: Ground): string | null {
  const tested = refs.map((ref) => {
    const sample = samples.find((s) => s.backend === ref.backend && s.metric === ref.metric)
    const run =
      ref.run === null ? null : evidence.find((e) => e.backend.id === ref.backend)?.runs[ref.run - 1]
    return { ref, test: run ? testOf(run, ref.metric) : (sample?.test ?? '') }
  })
  for (const [i, a] of tested.entries()) {
    const b = tested
      .slice(i + 1)
      .find(
        ({ ref, test }) =>
          ref.metric === a.ref.metric && ref.backend !== a.ref.backend && test !== '' && test !== a.test,
      )
    if (!b || a.test === '') continue
    const titles = listed([a, b].map(({ ref }) => titleOf(evidence, ref.backend)))
    return `The ${metric(a.ref.metric).label} of ${titles} are unlike tests, ${unlike(a.test, b.test, 'against')}.`
  }
  return null
}

/** The numbers behind a claim: each reference once, and the ratio where two of one test stand against each other. */
function asPrinted(refs: readonly Ref[], ground: Ground): string {
  const once = [...new Map(refs.map((r) => [`${r.backend}.${r.metric}.${r.quantity}#${r.run}`, r])).values()]
  const said = once.map((r) => {
    const what = r.quantity === 'rate' ? '' : `, ${QUANTITY_WORDS[r.quantity]}`
    return `${titleOf(ground.evidence, r.backend)}'s ${metric(r.metric).label}${what}: ${quantityText(r.metric, r.quantity, refValue(r, ground))}`
  })
  const ratios = ratiosOf(once, ground)
  return said.length === 0 ? '' : `${sentenceCase([...said, ...ratios].join('; '))}.`
}

/** The comparison's own ratio, which is not the quotient of two medians, for every pair of rates of one test. */
function ratiosOf(refs: readonly Ref[], ground: Ground): string[] {
  const has = (backend: string, c: Comparison) =>
    refs.some(
      (r) => r.backend === backend && r.metric === c.metric && r.quantity === 'rate' && r.run === null,
    )
  return ground.comparisons.flatMap((c) => {
    if (c.view !== 'measured' || !has(c.backend, c) || !has(c.baseline, c) || c.ratio.kind === 'unknown')
      return []
    const bound =
      c.ratio.kind === 'exact'
        ? factor(c.ratio.value)
        : `${c.ratio.kind} ${factor(c.ratio.bound, c.ratio.kind === 'at least' ? 'down' : 'up')}`
    return `${metric(c.metric).label}, ${titleOf(ground.evidence, c.backend)} ÷ ${titleOf(ground.evidence, c.baseline)}: ${bound}`
  })
}

const QUANTITY_WORDS = {
  rate: 'rate',
  cpu: 'CPU share',
  latency: 'worst operation',
  cpu_s_per_gib: 'CPU cost',
} as const

function evaluate(expression: Expression, ground: Ground): Range {
  if (expression.kind === 'number') return { low: expression.value, high: expression.value }
  if (expression.kind === 'ref') return asRange(refValue(expression, ground))
  const quotient = pairRatio(expression, ground)
  if (quotient !== undefined) return quotient
  const [a, b] = [evaluate(expression.left, ground), evaluate(expression.right, ground)]
  if (!a || !b) return null
  switch (expression.operator) {
    case '+':
      return { low: a.low + b.low, high: a.high + b.high }
    case '-':
      return { low: a.low - b.high, high: a.high - b.low }
    case '*':
      return span([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high])
    case '/':
      return b.low <= 0 && b.high >= 0
        ? null
        : span([a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high])
  }
}

function span(ends: readonly number[]): Range {
  return ends.some(Number.isNaN) ? null : { low: Math.min(...ends), high: Math.max(...ends) }
}

function asRange(m: Measurement): Range {
  if (m.kind === 'absent') return null
  if (m.kind === 'at least') return { low: m.bound, high: Number.POSITIVE_INFINITY }
  const tolerance = m.tolerance ?? 0
  return { low: m.value - tolerance, high: m.value + tolerance }
}

/** A quotient of two rates of one test is the comparison's own ratio, the number of charts and tables. */
function pairRatio(
  { operator, left, right }: Extract<Expression, { kind: 'operation' }>,
  { comparisons }: Ground,
): Range | undefined {
  if (operator !== '/' || left.kind !== 'ref' || right.kind !== 'ref') return undefined
  if (left.metric !== right.metric || left.quantity !== 'rate' || right.quantity !== 'rate') return undefined
  if (left.run !== null || right.run !== null || left.backend === right.backend) return undefined
  const pair = comparisons.find(
    (c) =>
      c.view === 'measured' &&
      c.metric === left.metric &&
      [c.backend, c.baseline].includes(left.backend) &&
      [c.backend, c.baseline].includes(right.backend),
  )
  if (!pair || pair.ratio.kind === 'unknown') return null
  const { ratio } = pair
  const range =
    ratio.kind === 'exact'
      ? { low: ratio.value, high: ratio.value }
      : ratio.kind === 'at least'
        ? { low: ratio.bound, high: Number.POSITIVE_INFINITY }
        : { low: 0, high: ratio.bound }
  return pair.backend === left.backend
    ? range
    : { low: 1 / range.high, high: range.low === 0 ? Number.POSITIVE_INFINITY : 1 / range.low }
}

/** true, false, or null where bounds leave it open. */
function settle(
  a: Exclude<Range, null>,
  b: Exclude<Range, null>,
  { comparator, left, right }: Assertion,
  { facts }: Ground,
): boolean | null {
  const first = refsOf(left)[0] ?? refsOf(right)[0]
  const band = 1 + (first ? equivalence(first.metric, facts) : 0.05)
  const near = right.kind === 'number' ? 0.5 * 10 ** -right.decimals : 0.005 * Math.abs(b.low)
  const ORDERS: Readonly<Record<Comparator, () => boolean | null>> = {
    '≥': () => order(a.low >= b.high, a.high < b.low),
    '≤': () => order(a.high <= b.low, a.low > b.high),
    above: () => order(a.low > b.high, a.high <= b.low),
    below: () => order(a.high < b.low, a.low >= b.high),
    '=': () =>
      order(a.low >= b.high - near && a.high <= b.low + near, a.high < b.low - near || a.low > b.high + near),
    about: () =>
      order(a.low >= b.high / band && a.high <= b.low * band, a.high < b.low / band || a.low > b.high * band),
  }
  return ORDERS[comparator]()
}

function order(holds: boolean, fails: boolean): boolean | null {
  return holds ? true : fails ? false : null
}
