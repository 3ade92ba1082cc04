/** Versions of bonnie++, which sort by number and then by letter: 1.00e, 1.00f, 1.03, 1.03c, 1.90, 2.00a. */
import { compareText } from '../model/diagnostic.ts'

/** One digit and two: so a digit too many or too few is noticed. */
const VERSION = /^([1-9])\.(\d\d)([a-z]?)$/

/** Whether a word is a version as bonnie++ prints it. */
export function isVersion(word: string): boolean {
  return VERSION.test(word)
}

/** Negative, zero or positive: how two versions are ordered. Something that is no version comes before all. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)]
  if (!left || !right) return Number(left !== null) - Number(right !== null)
  return (
    Number(left[1]) - Number(right[1]) ||
    Number(left[2]) - Number(right[2]) ||
    compareText(left[3] ?? '', right[3] ?? '')
  )
}

/** Whether a version lies in `from` (inclusive) to `below` (exclusive). */
export function isBetween(version: string, from: string, below: string): boolean {
  return compareVersions(version, from) >= 0 && compareVersions(version, below) < 0
}
