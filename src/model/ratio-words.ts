import { factor, type Rounding } from './format.ts'
import type { Ratio } from './measurement.ts'

/*
 * Ratios and their intervals in words, as advice, tables, charts and trails say them.
 */

export type KnownRatio = Exclude<Ratio, { kind: 'unknown' }>

/** The ends of an interval of ratios. */
export interface Ends {
  readonly low: number
  readonly high: number
}

/** From here on one number of decimals cannot suit both ends of an interval. */
const WIDE = 10

/** A ratio as a bare number or bound: `5.18`, `at least 5.1`; beside its interval with as many decimals as that. */
export function ratioText(ratio: KnownRatio, interval?: Ends): string {
  return `${ratio.kind === 'exact' ? '' : `${ratio.kind} `}${numberOf(ratio, interval)}`
}

/** The interval of a ratio: `5.02 to 5.34`. All three numbers have the same decimals, unless it is wider than tenfold. */
export function rangeText(ratio: KnownRatio, interval: Ends): string {
  const decimals = decimalsOf(ratio, interval)
  return `${factor(interval.low, 'nearest', decimals)} to ${factor(interval.high, 'nearest', decimals)}`
}

/**
 * A ratio of speeds as it follows a verb: `5.18 times as fast as B (5.02 to 5.34)`, `at no more than 0.63 times the
 * speed of B`.
 */
export function paceWords(ratio: KnownRatio, against: string, interval?: Ends): string {
  const number = numberOf(ratio, interval)
  const range = interval ? ` (${rangeText(ratio, interval)})` : ''
  if (sizeOf(ratio) >= 1)
    return `${ratio.kind === 'exact' ? '' : `${ratio.kind} `}${number} times as fast as ${against}${range}`
  const bound = { exact: '', 'at least': 'no less than ', 'at most': 'no more than ' }[ratio.kind]
  return `at ${bound}${number} times the speed of ${against}${range}`
}

function numberOf(ratio: KnownRatio, interval: Ends | undefined): string {
  const rounding: Rounding = ratio.kind === 'exact' ? 'nearest' : ratio.kind === 'at least' ? 'down' : 'up'
  return factor(sizeOf(ratio), rounding, interval && decimalsOf(ratio, interval))
}

function sizeOf(ratio: KnownRatio): number {
  return ratio.kind === 'exact' ? ratio.value : ratio.bound
}

/** As many decimals as the ratio has by itself, and as leave the lower end two digits that count. */
function decimalsOf(ratio: KnownRatio, { low, high }: Ends): number | undefined {
  if (low <= 0 || high >= WIDE * low || high >= 1000) return undefined
  const own = factor(sizeOf(ratio)).split('.')[1]?.length ?? 0
  return Math.max(own, 1 - Math.floor(Math.log10(low)))
}
