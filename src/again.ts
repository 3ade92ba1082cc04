import * as fs from 'node:fs'
import { optionsOf, readWords } from './commands/words.ts'
import { errandOf } from './errand.ts'
import { type Line, recall, type Told } from './stamp.ts'
import { colours } from './terminal.ts'

/*
 * A build that would change nothing is told again before the program is loaded, since loading what builds takes longer
 * than finding out.
 */

/** Whether the process was asked for a build that would change nothing, whose words are told now. */
export function toldAgain(): boolean {
  const args = process.argv.slice(2)
  if (!args.includes('build')) return false
  const told = recalled(args)
  if (!told) return false
  process.exitCode = told.code
  for (const line of told.lines) print(line)
  return true
}

/** What a build would tell that would change nothing; null where it would, or where other words were given. */
export function recalled(args: readonly string[]): Told | null {
  try {
    const { command, operands, given } = readWords(args)
    // options that build does not take are in no stamp
    if (command !== 'build' || given.has('help') || given.has('version')) return null
    const errand = errandOf(operands, optionsOf(given), colours(args))
    return errand && recall(errand)
  } catch {
    return null // what is wrong with the words, the program says
  }
}

/** At once, where that is possible: Node's streams take longer to set up than all the rest. */
function print([stream, line]: Line): void {
  const bytes = Buffer.from(`${line}\n`)
  let written = 0
  try {
    while (written < bytes.length) written += fs.writeSync(stream === 'out' ? 1 : 2, bytes, written)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EAGAIN') process[stream === 'out' ? 'stdout' : 'stderr'].write(bytes.subarray(written))
    // `| head` has seen enough, and that nobody hears of problems the exit code tells: both are nobody's fault
    else if (stream === 'out' && code !== 'EPIPE') lose(error)
  }
}

function lose(error: unknown): void {
  process.exitCode = 2
  const why = error instanceof Error ? error.message : String(error)
  print(['err', `bonnie-report: the output could not be written: ${why}`])
}
