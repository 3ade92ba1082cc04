import { inverse } from './measurement.ts'
import type { Comparison } from './report.ts'

const OPPOSITE = { better: 'worse', worse: 'better', same: 'same', unclear: 'unclear' } as const

/** The same comparison seen from the other side: what was its baseline stands above the line. */
export function turned(c: Comparison): Comparison {
  const interval = c.interval && { ...c.interval, low: 1 / c.interval.high, high: 1 / c.interval.low }
  return {
    ...c,
    backend: c.baseline,
    baseline: c.backend,
    n: [c.n[1], c.n[0]],
    ratio: inverse(c.ratio),
    ...(interval && { interval }),
    verdict: OPPOSITE[c.verdict],
  }
}
