import { visible } from '../diagnose.ts'
import { diskSentence, isDiskError, Refusal } from '../disk.ts'
import { type ExitCode, UsageError } from './command.ts'

/**
 * What was thrown, in words for the user, and the exit code that it means. `help` is the sentence that says where to
 * read on after wrong usage; where `verbose`, a bug of ours comes with the place where it happened.
 */
export function complaintOf(
  error: unknown,
  { verbose, help }: { readonly verbose: boolean; readonly help: string },
): { readonly text: string; readonly code: ExitCode } {
  if (error instanceof UsageError) {
    return { text: `bonnie-report: ${visible(error.message)}\n  ${help}`, code: 2 }
  }
  if (error instanceof Refusal) {
    const remedy = error.remedy === undefined ? '' : `\n  ${visible(error.remedy)}`
    return { text: `bonnie-report: ${visible(error.message)}${remedy}`, code: 2 }
  }
  if (isDiskError(error)) return { text: `bonnie-report: ${visible(diskSentence(error))}`, code: 2 }
  const message = visible(error instanceof Error ? error.message : String(error))
  const more = verbose ? '' : '; -v shows where it happened'
  const text = `bonnie-report: a bug of ours: ${message}. Please report it with the command you gave${more}.`
  const stack = verbose && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  return { text: text + stack, code: 70 }
}
