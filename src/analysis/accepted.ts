import type { Diagnostic, Place } from '../model/diagnostic.ts'
import type { Accepted } from '../model/study.ts'

/** What is published beside the results is asked by `check` alone, so here its acceptances fit nothing. */
export const PRIVATE = { level: 'warning', rule: 'private-name' } as const

/**
 * Known problems that the author takes responsibility for become notes with his reason. An acceptance that fits
 * nothing is a warning, so that it cannot outlive its problem.
 */
export function accept(
  diagnostics: readonly Diagnostic[],
  accepted: readonly Accepted[],
  placeOf: (key: string, value: string) => Place,
): Diagnostic[] {
  const kind = (file: string, rule: string) => JSON.stringify([file, rule])
  // of two reasons for one problem the first is given
  const reasons = new Map(accepted.toReversed().map((a) => [kind(a.file, a.rule), a.because]))
  const softened = diagnostics.map((d): Diagnostic => {
    const because = reasons.get(kind(d.place.file, d.rule))
    return because === undefined ? d : { ...d, level: 'note', accepted: because }
  })
  const met = new Set(diagnostics.map((d) => kind(d.place.file, d.rule)))
  const idle = accepted.filter((a) => a.rule !== PRIVATE.rule && !met.has(kind(a.file, a.rule)))
  return [...softened, ...unused(idle, placeOf)]
}

/** The warnings about acceptances that fit nothing. */
export function unused(
  accepted: readonly Accepted[],
  placeOf: (key: string, value: string) => Place,
): Diagnostic[] {
  return accepted.map(({ file, rule }) => ({
    level: 'warning',
    rule: 'unused-acceptance',
    message: `Nothing in ${file} has the problem "${rule}" that is accepted for it.`,
    place: placeOf('rule', rule),
    remedy: 'Remove the entry from accepted.',
  }))
}
