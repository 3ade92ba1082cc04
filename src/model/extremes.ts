/**
 * The least and the greatest of numbers; Infinity and -Infinity where there are none. Numbers of runs can be more than
 * a function takes as arguments, which is about a hundred thousand.
 */
export function extremes(numbers: readonly number[]): readonly [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity]
  for (const number of numbers) {
    if (number < least) least = number
    if (number > greatest) greatest = number
  }
  return [least, greatest]
}
