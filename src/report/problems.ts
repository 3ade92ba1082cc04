import type { Diagnostic } from '../model/diagnostic.ts'
import { listed } from '../model/format.ts'
import type { Doors } from './doors.ts'
import { escapeMarkdown, linked, Verbatim, withoutControls } from './escape.ts'
import { grouped } from './words.ts'

/** Places that are named where one problem was met often. */
const PLACES = 3

/** What was noticed while reading, each once with the places it was met at: `a.txt:1:2, b.txt:1:2 and 38 more places`. */
export function problemsOf(diagnostics: readonly Diagnostic[], doors: Pick<Doors, 'place'>) {
  const groups = grouped(diagnostics, ({ level, rule, message, accepted, remedy }) =>
    JSON.stringify([level, rule, level === 'error' ? message : withoutNumbers(message), accepted, remedy]),
  )
  return groups.flatMap((group) => {
    const [first] = group
    if (!first) return []
    return {
      where: new Verbatim(listed(placesOf(group, doors))),
      level: first.level,
      message: alike(group) ? first.message : `${first.message} (The numbers are of the first.)`,
      accepted: first.accepted ?? null,
      remedy: first.accepted === undefined && first.remedy ? new Verbatim(withCode(first.remedy)) : null,
      rule: first.rule,
      page: new Verbatim(`../method/${first.rule}/index.md`),
    }
  })
}

/** What is not an error and differs from others in its numbers alone is told with them. */
function withoutNumbers(message: string): string {
  return message.replace(/\d[\d,]*(?:\.\d+)?/g, '#')
}

function alike(group: readonly Diagnostic[]): boolean {
  return group.every(({ message }) => message === group[0]?.message)
}

/** As Markdown. */
function placesOf(group: readonly Diagnostic[], doors: Pick<Doors, 'place'>): string[] {
  const places = group.map(({ place: { file, line, column } }) => {
    return linked(`${file}:${line}:${column}`, doors.place(file, line, column)).markdown
  })
  // the last one takes no more room than to say that there is one
  if (places.length <= PLACES + 1) return places
  return [...places.slice(0, PLACES), `${places.length - PLACES} more places`]
}

/** Plain text in which backticks mark what is to be typed, as Markdown. */
function withCode(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 1 ? withoutControls(part) : escapeMarkdown(part)))
    .join('')
}
