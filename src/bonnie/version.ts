/** Versions of bonnie++, which sort by number and then by letter: 1.00e, 1.00f, 1.03, 1.03c, 1.90, 2.00a. */

/** One digit and two: so a digit too many or too few is noticed. */
const VERSION = /^[1-9]\.\d\d[a-z]?$/

/** Whether a word is a version as bonnie++ prints it. */
export function isVersion(word: string): boolean {
  return VERSION.test(word)
}

/** Negative, zero or positive: how two versions are ordered. Something that is no version comes before all. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [isVersion(a), isVersion(b)]
  if (!left || !right) return Number(left) - Number(right)
  // all of one width, and a letter comes behind none
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether a version lies in `from` (inclusive) to `below` (exclusive). */
export function isBetween(version: string, from: string, below: string): boolean {
  return compareVersions(version, from) >= 0 && compareVersions(version, below) < 0
}
