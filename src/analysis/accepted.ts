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
  const fits = (d: Diagnostic, a: Accepted) => d.place.file === a.file && d.rule === a.rule
  const softened = diagnostics.map((d): Diagnostic => {
    const because = accepted.find((a) => fits(d, a))?.because
    return because === undefined ? d : { ...d, level: 'note', accepted: because }
  })
  const idle = accepted.filter((a) => a.rule !== PRIVATE.rule && !diagnostics.some((d) => fits(d, a)))
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
