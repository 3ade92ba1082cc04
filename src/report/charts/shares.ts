import { shareText } from '../../model/format.ts'
import type { Recommendation } from '../../model/report.ts'
import type { Party } from './evidence.ts'

/*
 * In how many weightings a backend comes first, as numbers and in words.
 */

/** A recommendation that could be weighed, with its score. */
export type Weighed = Recommendation & Required<Pick<Recommendation, 'score' | 'weighting'>>

/** Whether a backend was among those weighed for a workload. */
export function wasWeighed({ weighting }: Weighed, party: Party): boolean {
  return weighting.shares.some((s) => s.backend === party.id)
}

/** The shares of weightings around the profile, and of any at all, in which a backend comes first; 0 to 1. */
export function sharesOf({ weighting }: Weighed, party: Party): readonly [number, number] {
  const found = weighting.shares.find((s) => s.backend === party.id)
  return [found?.profile ?? 0, found?.any ?? 0]
}

/** The same two in words: `32 %`, `less than 1 %`, `not weighed`. */
export function shareTexts(r: Weighed, party: Party): readonly string[] {
  if (!wasWeighed(r, party)) return ['not weighed', 'not weighed']
  const percents = [percentOf(r, party, 'profile'), percentOf(r, party, 'any')]
  return sharesOf(r, party).map((share, i) => shareText(share, percents[i]))
}

/** A share in whole per cents, which add up over the backends. */
function percentOf({ score, weighting: { shares } }: Weighed, party: Party, of: 'profile' | 'any'): number {
  // the leader's own share is told beside the advice too, rounded by itself: the others make up the rest
  const rounded = (share: number) => Math.round(share * 100)
  const leader = shares.find((s) => s.backend === score.backend)
  if (leader?.backend === party.id) return rounded(leader[of])
  const others = shares.filter((s) => s !== leader)
  const sum = shares.reduce((total, s) => total + s[of], 0)
  const percents = wholeParts(
    others.map((s) => s[of] * 100),
    rounded(sum) - rounded(leader?.[of] ?? 0),
  )
  return percents[others.findIndex((s) => s.backend === party.id)] ?? 0
}

/** Whole numbers that add up to a total: all are cut, and the largest remainders are raised (Hamilton's method). */
function wholeParts(numbers: readonly number[], total: number): number[] {
  // a product such as 0.29 × 100 falls short of 29 by its last binary digit
  const cut = numbers.map((n) => Math.floor(n + 1e-9))
  const short = total - cut.reduce((sum, n) => sum + n, 0)
  const raised = numbers
    .map((n, i) => ({ i, rest: n - (cut[i] ?? 0) }))
    .toSorted((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, Math.max(0, short))
  return cut.map((n, i) => n + (raised.some((one) => one.i === i) ? 1 : 0))
}
