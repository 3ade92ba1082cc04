import { inverse, type Ratio } from './measurement.ts'
import type { Comparison, Verdict } from './report.ts'

const OPEN: readonly Verdict[] = ['undecided', 'insufficient', 'no data']

/** Whether a verdict on a workload leaves the question open. */
export function isOpen({ verdict }: { readonly verdict: Verdict }): boolean {
  return OPEN.includes(verdict)
}

/** What a sentence about a comparison says: who, against whom, and how much faster. */
export type Told = Pick<Comparison, 'metric' | 'backend' | 'baseline' | 'ratio' | 'interval'>

/** A comparison as the faster side would tell it: its ratio is 1 or more, unless it is not known. */
export function fromAhead({ metric, backend, baseline, ratio, interval }: Told): Told {
  const told = { metric, backend, baseline, ratio, ...(interval && { interval }) }
  if (!isBelowOne(ratio)) return told
  const turned = interval && { ...interval, low: 1 / interval.high, high: 1 / interval.low }
  return {
    metric,
    backend: baseline,
    baseline: backend,
    ratio: inverse(ratio),
    ...(turned && { interval: turned }),
  }
}

function isBelowOne(ratio: Ratio): boolean {
  return ratio.kind !== 'unknown' && (ratio.kind === 'exact' ? ratio.value : ratio.bound) < 1
}
