import type { Comparison } from '../model/report.ts'
import { tQuantile } from './stats.ts'

/** A ratio with an interval, and what it must be known by to be held against others. */
export interface Estimate {
  /** whose it is: estimates of one owner are not held against each other */
  readonly of: string
  readonly interval: NonNullable<Comparison['interval']>
  /** runs of the side with the fewest */
  readonly runs: number
}

/** Share of cases in which equal ratios may be called different, over all that are held against each other at once. */
const ERROR = 0.05

/**
 * Whether any two ratios of different owners differ by more than the spread of runs explains: whether their distance
 * on a logarithmic scale exceeds their half-widths in quadrature. The more pairs there are, the more of them differ by
 * chance, so each half-width is first widened to the confidence that Bonferroni's correction asks for. It takes the
 * degrees of freedom of the side with the fewest runs, the least that Welch's interval can have had, and so errs on
 * the side of silence.
 */
export function areApart(estimates: readonly Estimate[]): boolean {
  const pairs = estimates.flatMap((a, i) =>
    estimates.slice(i + 1).flatMap((b) => (a.of === b.of ? [] : [[a, b] as const])),
  )
  const widths = new Map<number, number>()
  const factor = (runs: number) => {
    const known = widths.get(runs) ?? widening(runs - 1, pairs.length)
    widths.set(runs, known)
    return known
  }
  return pairs.some(([a, b]) => {
    const distance = Math.abs(centre(a.interval) - centre(b.interval))
    return (
      distance > Math.hypot(halfWidth(a.interval) * factor(a.runs), halfWidth(b.interval) * factor(b.runs))
    )
  })
}

/** By how much a 95 % half-width grows where several pairs share the error. */
function widening(df: number, pairs: number): number {
  return tQuantile(1 - ERROR / (2 * pairs), df) / tQuantile(1 - ERROR / 2, df)
}

function centre({ low, high }: Estimate['interval']): number {
  return Math.log(low * high) / 2
}

/** Half the width of an interval of ratios, on a logarithmic scale. */
export function halfWidth({ low, high }: Estimate['interval']): number {
  return Math.log(high / low) / 2
}
