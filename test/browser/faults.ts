/** More than this nobody reads at once. */
const MOST = 40

/** Fails with the faults as its message, one a line, and nothing else. */
export function nothingWrong(faults: readonly string[]): void {
  if (faults.length === 0) return
  const rest = faults.length > MOST ? [`and ${faults.length - MOST} more`] : []
  const error = new Error([...faults.slice(0, MOST), ...rest].join('\n    '))
  // Without a stack, of which uvu would print everything below the first line: the faults once more.
  error.stack = 'Error'
  throw error
}
