import type { Verdict } from './report.ts'

const OPEN: readonly Verdict[] = ['undecided', 'insufficient', 'no data']

/** Whether a verdict on a workload leaves the question open. */
export function isOpen({ verdict }: { readonly verdict: Verdict }): boolean {
  return OPEN.includes(verdict)
}
