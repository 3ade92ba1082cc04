import type { Diagnostic, Place } from '../model/diagnostic.ts'
import type { Accepted } from '../model/study.ts'

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
  const unused = accepted.filter((a) => !diagnostics.some((d) => fits(d, a)))
  return [
    ...softened,
    ...unused.map(
      ({ file, rule }): Diagnostic => ({
        level: 'warning',
        rule: 'unused-acceptance',
        message: `Nothing in ${file} has the problem "${rule}" that is accepted for it.`,
        place: placeOf('rule', rule),
        remedy: 'Remove the entry from accepted.',
      }),
    ),
  ]
}
