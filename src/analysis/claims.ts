import { listed, quantityText, sentenceCase } from '../model/format.ts'
import type { Ratio } from '../model/measurement.ts'
import { metric } from '../model/metric.ts'
import { power } from '../model/power.ts'
import { ratioText } from '../model/ratio-words.ts'
import type { Claim, Comparison } from '../model/report.ts'
import { rateOf } from '../model/run.ts'
import { equivalence } from './compare.ts'
import { titleOf, unlike } from './evidence.ts'
import { type Assertion, type Expression, type Ref, refsOf } from './expression.ts'
import { above, below, exactly, operate, type Range, reciprocal, type Slack, settle } from './range.ts'
import { type Ground, lookUp, type Named, refRange, refValue } from './refs.ts'
import type { TestedSample } from './sample.ts'
import { mean } from './stats.ts'

/** Why a sentence should say how sure it is. */
export type Weakness =
  | 'a number that did not measure the disk'
  | 'a suspect number'
  | 'a bound'
  | 'a single run'
  | 'runs that scatter too far to settle it'

export interface Verdict extends Pick<Claim, 'verdict' | 'because'> {
  readonly weaknesses: readonly Weakness[]
}

/** Holds an assertion against the data. Numbers that did not measure the disk never decide between backends. */
export function hold(assertion: Assertion, ground: Ground): Verdict {
  const refs = [...refsOf(assertion.left), ...refsOf(assertion.right)]
  const named = refs.map((ref) => lookUp(ref, ground))
  const numbers = asPrinted(refs, ground)
  const weaknesses = weaknessesOf(named)
  const undecided = (why: string): Verdict => {
    return { verdict: 'not decidable', weaknesses, because: `${why} ${numbers}`.trim() }
  }
  const apart = unlikeTests(named, ground)
  if (apart) return undecided(apart)
  const [left, right] = [evaluate(assertion.left, ground), evaluate(assertion.right, ground)]
  const told =
    left && right && settle(left, assertion.comparator, right, slackOf(assertion, left, right, ground))
  const spoilt = new Set(refs.map((r) => r.backend)).size > 1 ? named.filter(isNoDisk) : []
  if (spoilt.length > 0) {
    const what = spoilt.map(
      ({ ref }) => `${titleOf(ground.evidence, ref.backend)}'s ${metric(ref.metric).label}`,
    )
    const printed = told ? ' As printed the numbers agree.' : ' As printed the numbers speak against it.'
    return undecided(
      `${sentenceCase(listed([...new Set(what)]))} did not measure the disk.${told === null ? '' : printed}`,
    )
  }
  if (told === null) return undecided('The numbers do not settle it.')
  const found = told && scatters(assertion, ground) ? [...weaknesses, SCATTER] : weaknesses
  return { verdict: told ? 'supported' : 'contradicted', weaknesses: found, because: numbers }
}

/** Whether a reference is a speed of something other than the disk; a share of CPU is that of the processor anyway. */
function isNoDisk({ ref, validity }: Named): boolean {
  return (validity === 'not-disk' || validity === null) && ['rate', 'latency'].includes(ref.quantity)
}

function weaknessesOf(named: readonly Named[]): Weakness[] {
  const found = new Set<Weakness>()
  for (const one of named) {
    if (isNoDisk(one)) found.add('a number that did not measure the disk')
    if (one.ref.quantity !== 'cpu' && one.validity === 'suspect') found.add('a suspect number')
    if (one.ref.quantity === 'rate' && hasBound(one)) found.add('a bound')
    if (one.runs.length < 2) found.add('a single run')
  }
  return [...found]
}

function hasBound({ ref, runs, validity }: Named): boolean {
  return validity === 'censored' || runs.some((run) => run.cells[ref.metric].state === 'at_least')
}

/** How two numbers that a claim sets against each other come from unlike tests of one name; null if they do not. */
function unlikeTests(named: readonly Named[], { evidence }: Ground): string | null {
  for (const [i, a] of named.entries()) {
    const b = named.slice(i + 1).find((other) => other.test !== '' && a.test !== '' && differ(a, other))
    if (!b) continue
    const backends = new Set([a, b].map(({ ref }) => ref.backend))
    const titles = listed([...backends].map((id) => titleOf(evidence, id)))
    const labels = listed([...new Set([a, b].map(({ ref }) => metric(ref.metric).label))])
    return `The ${labels} of ${titles} are unlike tests, ${unlike(a.test, b.test, 'against')}.`
  }
  return null
}

/** Two numbers of one name must be of one test, those of two names at least of the same amount of work. */
function differ(a: Named, b: Named): boolean {
  if (a.ref.metric === b.ref.metric) return a.test !== b.test
  const isOfFiles = ({ ref }: Named) => metric(ref.metric).family === 'files'
  const work = ({ test }: Named) => test.split(', ')[0]
  return isOfFiles(a) === isOfFiles(b) && work(a) !== work(b)
}

/** The numbers behind a claim: each reference once, and the ratio where two of one test stand against each other. */
function asPrinted(refs: readonly Ref[], ground: Ground): string {
  const once = [...new Map(refs.map((r) => [`${r.backend}.${r.metric}.${r.quantity}#${r.run}`, r])).values()]
  const said = once.map((r) => {
    const what = r.quantity === 'rate' ? '' : `, ${QUANTITY_WORDS[r.quantity]}`
    const which = r.run === null ? '' : ` in run ${r.run}`
    return `${titleOf(ground.evidence, r.backend)}'s ${metric(r.metric).label}${what}${which}: ${quantityText(r.metric, r.quantity, refValue(r, ground))}`
  })
  const ratios = ratiosOf(once, ground)
  return said.length === 0 ? '' : `${sentenceCase([...said, ...ratios].join('; '))}.`
}

/** The comparison's own ratio, which is not the quotient of two medians, for every pair of rates of one test. */
function ratiosOf(refs: readonly Ref[], { evidence, comparisons }: Ground): string[] {
  const has = (backend: string, c: Comparison) =>
    refs.some(
      (r) => r.backend === backend && r.metric === c.metric && r.quantity === 'rate' && r.run === null,
    )
  return comparisons.flatMap((c) => {
    if (c !== comparisonOf(c.metric, [c.backend, c.baseline], comparisons)) return []
    if (!has(c.backend, c) || !has(c.baseline, c) || c.ratio.kind === 'unknown') return []
    return `${metric(c.metric).label}, ${titleOf(evidence, c.backend)} ÷ ${titleOf(evidence, c.baseline)}: ${ratioText(c.ratio)}`
  })
}

const QUANTITY_WORDS = {
  rate: 'rate',
  cpu: 'CPU share',
  latency: 'worst operation',
  cpu_s_per_gib: 'CPU cost',
} as const

const SCATTER: Weakness = 'runs that scatter too far to settle it'

/** Whether a claim holds for the ratios that were measured, but not all over the intervals around them. */
function scatters(assertion: Assertion, ground: Ground): boolean {
  const [left, right] = [assertion.left, assertion.right].map((side) => evaluate(side, ground, 'interval'))
  const told =
    left && right && settle(left, assertion.comparator, right, slackOf(assertion, left, right, ground))
  return told !== true
}

/**
 * All values that an expression may have; null where nothing is known of it. A quotient of backends is the ratio that
 * was measured, or all of its interval.
 */
export function evaluate(
  expression: Expression,
  ground: Ground,
  pairs: 'ratio' | 'interval' = 'ratio',
): Range | null {
  if (expression.kind === 'number') return exactly(expression.value)
  if (expression.kind === 'ref') return refRange(expression, ground)
  const pair = asPair(expression)
  if (pair) return pairRatio(pair, ground, pairs)
  const [a, b] = [expression.left, expression.right].map((side) => evaluate(side, ground, pairs))
  return a && b ? operate(expression.operator, a, b) : null
}

/** A quotient of two rates of one test of two backends, over all their runs; null if it is anything else. */
export function asPair(expression: Expression): { readonly left: Ref; readonly right: Ref } | null {
  if (expression.kind !== 'operation' || expression.operator !== '/') return null
  const { left, right } = expression
  if (left.kind !== 'ref' || right.kind !== 'ref') return null
  if (left.metric !== right.metric || left.quantity !== 'rate' || right.quantity !== 'rate') return null
  return left.run === null && right.run === null && left.backend !== right.backend ? { left, right } : null
}

/** Such a quotient is the comparison's own ratio, the number of charts and tables. */
function pairRatio(
  { left, right }: { readonly left: Ref; readonly right: Ref },
  ground: Ground,
  pairs: 'ratio' | 'interval',
): Range | null {
  const pair = comparisonOf(left.metric, [left.backend, right.backend], ground.comparisons)
  if (!pair || pair.ratio.kind === 'unknown') return null
  const range = pairs === 'interval' && pair.interval ? pair.interval : ratioRange(pair, pair.ratio, ground)
  return pair.backend === left.backend ? range : reciprocal(range)
}

function ratioRange(pair: Comparison, ratio: Exclude<Ratio, { kind: 'unknown' }>, ground: Ground): Range {
  if (ratio.kind === 'at least') return above(ratio.bound)
  return ratio.kind === 'at most' ? below(ratio.bound) : rounded(ratio.value, pair, ground)
}

/** The comparison of two backends on disk evidence, else as measured. */
function comparisonOf(
  id: Comparison['metric'],
  backends: readonly string[],
  comparisons: readonly Comparison[],
): Comparison | undefined {
  const both = comparisons.filter(
    (c) => c.metric === id && backends.includes(c.backend) && backends.includes(c.baseline),
  )
  return both.find((c) => c.view === 'disk') ?? both.find((c) => c.view === 'measured')
}

/** A ratio of rates that were rounded when they were printed. */
function rounded(value: number, { backend, baseline, metric: id }: Comparison, { samples }: Ground): Range {
  const [a, b] = [backend, baseline].map((one) => samples.find((s) => s.backend === one && s.metric === id))
  const by = { low: stretch(a, -1) / stretch(b, 1), high: stretch(a, 1) / stretch(b, -1) }
  return { low: value * by.low, high: value * by.high }
}

/** By how much rounding may have moved the geometric mean of a sample's rates to one side, as a factor. */
function stretch(sample: TestedSample | undefined, side: -1 | 1): number {
  const shifts = (sample?.runs ?? []).flatMap((run) => {
    const m = rateOf(run.cells[sample?.metric ?? 'put_block'])
    if (m.kind !== 'measured' || m.value <= 0) return []
    return Math.log((m.value + side * (m.tolerance ?? 0)) / m.value)
  })
  return shifts.length === 0 ? 1 : Math.exp(mean(shifts))
}

/** The slack of an assertion: `=` as far as its number is written out, `about` within the metric's equivalence band. */
function slackOf({ left, right }: Assertion, a: Range, b: Range, { facts }: Ground): Slack {
  const bands = [...refsOf(left), ...refsOf(right)].map((ref) => equivalence(ref.metric, facts))
  const band = 1 + Math.min(...bands)
  const written = right.kind === 'number' ? right : left.kind === 'number' ? left : null
  // two measurements are equal where their first three digits may be
  if (!written) {
    const share = 0.005 * Math.max(Math.abs(b.low), Math.abs(b.low === b.high ? b.high : b.low))
    return { less: share, more: share, band }
  }
  const [other, known] = right.kind === 'number' ? [left, a] : [right, b]
  const unit = power(10, -written.decimals)
  // a share or a latency is cut, not rounded: 10 is what is printed of all from 10 to 11
  const isCut = other.kind === 'ref' && (other.quantity === 'cpu' || other.quantity === 'latency')
  if (!isCut) return { less: unit / 2, more: unit / 2, band }
  const more = Math.max(unit, known.high - known.low)
  return right.kind === 'number' ? { less: 0, more, band } : { less: more, more: 0, band }
}
