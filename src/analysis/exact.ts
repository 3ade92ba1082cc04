import { power } from '../model/power.ts'
import { mean } from './stats.ts'

/*
 * Tests that assume no distribution: every way in which the same values could have been dealt to the two sides is
 * counted. What they can tell is limited by how many ways there are, so each comes with the least p it could reach.
 */

export interface Exact {
  /** two-sided: share of all deals at least as far from even as the one seen */
  readonly p: number
  /** the least p that any deal of these values has: above 0.05 there are too few runs to test */
  readonly attainable: number
}

/** Most deals that are counted one by one: seven runs against seven. */
const MOST_DEALS = 3432
/** Sums that differ by less than this share of their size are the same sum, added up in another order. */
const ROUNDING = 1e-13

/**
 * Fisher and Pitman's permutation test of two means (Pitman, Supplement to the Journal of the Royal Statistical
 * Society 4, 1937), exact and two-sided by the distance of the means. Null where a side is empty or where there are
 * too many deals to count; spreads then speak for themselves.
 */
export function permutation(a: readonly number[], b: readonly number[]): Exact | null {
  const all = [...a, ...b]
  const deals = choose(all.length, a.length)
  if (a.length === 0 || b.length === 0 || deals > MOST_DEALS) return null
  const expected = mean(all) * a.length
  const slack = ROUNDING * Math.max(...all.map(Math.abs), Number.MIN_VALUE) * all.length
  const seen = Math.abs(sumOf(a) - expected)
  let [farthest, atFarthest, asFar] = [0, 0, 0]
  eachSum(all, a.length, (sum) => {
    const distance = Math.abs(sum - expected)
    if (distance >= seen - slack) asFar += 1
    if (distance > farthest + slack) [farthest, atFarthest] = [distance, 1]
    else if (distance >= farthest - slack) atFarthest += 1
  })
  return { p: asFar / deals, attainable: atFarthest / deals }
}

/** Calls back with the sum of each choice of `size` of the values. */
function eachSum(values: readonly number[], size: number, visit: (sum: number) => void): void {
  const from = (first: number, left: number, sum: number): void => {
    if (left === 0) visit(sum)
    else for (let i = first; i <= values.length - left; i += 1) from(i + 1, left - 1, sum + (values[i] ?? 0))
  }
  from(0, size, 0)
}

/**
 * Wilcoxon's rank sum test, which is Mann and Whitney's (Annals of Mathematical Statistics 18, 1947), exact and
 * two-sided, equal values sharing their mean rank. Lower bounds may be passed as Infinity: above one fixed limit they
 * are all alike and above every measured value. Null where a side is empty, and above 100 values: the work grows with
 * the fourth power of their number, and from 1,030 on there are more ways than a number holds.
 */
export function rankSum(a: readonly number[], b: readonly number[]): Exact | null {
  const all = [...a, ...b]
  if (a.length === 0 || b.length === 0 || all.length > MOST_RANKS) return null
  const ranks = doubledRanks(all)
  const expected = a.length * (all.length + 1)
  const seen = Math.abs(sumOf(ranks.slice(0, a.length)) - expected)
  let [asFar, farthest, atFarthest, deals] = [0, 0, 0, 0]
  for (const [sum, ways] of rankSums(ranks, a.length)) {
    const distance = Math.abs(sum - expected)
    deals += ways
    if (distance >= seen) asFar += ways
    if (distance === farthest) atFarthest += ways
    else if (distance > farthest) [farthest, atFarthest] = [distance, ways]
  }
  return { p: asFar / deals, attainable: atFarthest / deals }
}

const MOST_RANKS = 100

/** Twice the rank of each value, so that shared ranks are whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((v) => {
    const below = values.filter((other) => other < v).length
    const alike = values.filter((other) => other === v).length
    return 2 * below + alike + 1
  })
}

/** In how many ways `size` of the ranks add up to each sum. */
function rankSums(ranks: readonly number[], size: number): [sum: number, ways: number][] {
  const width = sumOf(ranks) + 1
  // a row for each number of ranks taken, a column for each sum
  const ways = new Float64Array((size + 1) * width)
  ways[0] = 1
  let highest = 0
  for (const rank of ranks) {
    highest += rank
    for (let taken = size; taken > 0; taken -= 1) {
      const [from, to] = [(taken - 1) * width, taken * width]
      for (let sum = rank; sum <= highest; sum += 1) {
        ways[to + sum] = (ways[to + sum] ?? 0) + (ways[from + sum - rank] ?? 0)
      }
    }
  }
  return [...ways.subarray(size * width)].flatMap((n, sum) => (n > 0 ? [[sum, n]] : []))
}

function sumOf(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0)
}

/** Number of ways to choose k of n. */
export function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i
  return Math.round(ways)
}

/**
 * Interval of the median that assumes no distribution (David and Nagaraja, Order Statistics, 2003, section 7.1): from
 * the k-th lowest to the k-th highest value, with the highest k that covers the median in at least 95 % of samples.
 * Null below six values, where not even the extremes do.
 */
export function medianInterval(
  xs: readonly number[],
): { readonly low: number; readonly high: number; readonly confidence: number } | null {
  const n = xs.length
  const sorted = Float64Array.from(xs).sort()
  const chances = binomial(n)
  let [tail, found] = [0, null as ReturnType<typeof medianInterval>]
  for (let k = 1; k <= n / 2; k += 1) {
    tail += chances.next().value ?? 0
    const [low, high] = [sorted[k - 1], sorted[n - k]]
    if (1 - 2 * tail < 0.95 || low === undefined || high === undefined) break
    found = { low, high, confidence: 1 - 2 * tail }
  }
  return found
}

/** The chances that 0, 1, 2 … of n values lie below the median: those of a fair coin. */
function* binomial(n: number): Generator<number, undefined> {
  let log = -n * Math.LN2
  for (let k = 0; k <= n; k += 1) {
    // 2 ** 1024 is more than a number holds
    yield n < 1024 ? choose(n, k) / power(2, n) : Math.exp(log)
    log += Math.log((n - k) / (k + 1))
  }
}
