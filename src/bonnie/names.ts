/** Names of machines, which printf cuts to the columns that are left for them. */
import type { Token } from './token.ts'

/** A name as a table prints it. `room`: the columns it had; a shorter name is whole. */
export interface CutName {
  readonly name: string
  readonly room: number
}

/** The columns that printf leaves for a name: those of name and size together, less the size and a blank. */
export function roomOf(label: Token | null, { head }: { readonly head: number }): number {
  return Math.max(0, head - 1 - (label?.text.length ?? 0))
}

/** Whether two tables print one name, which either may have cut to its room; a blank at the cut is lost as well. */
export function isOneName(one: CutName, other: CutName): boolean {
  const [shorter, longer] = one.name.length < other.name.length ? [one, other] : [other, one]
  if (shorter.name === longer.name) return true
  const fits = longer.name.length <= longer.room && shorter.name.length >= shorter.room - 1
  return fits && longer.name.startsWith(shorter.name)
}
