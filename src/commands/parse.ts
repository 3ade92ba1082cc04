import { readLarge } from '../large.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { RecordLines } from '../record-lines.ts'
import { type Call, type ExitCode, UsageError } from './command.ts'
import { exitCodeFor, printProblems } from './problems.ts'

/** Prints the records of saved outputs. */
export async function parse(call: Call): Promise<ExitCode> {
  const { operands, io } = call
  if (operands.length === 0 && io.stdinIsTerminal) throw new UsageError('Nothing to parse: give it a file.')
  const { parseLarge } = await import('../bonnie/parse.ts')
  let code: ExitCode = 0
  const tell = (problems: readonly Diagnostic[]) => {
    if (printed(problems, call)) code = 1
  }
  for (const file of operands.length > 0 ? operands : ['-']) {
    const { source, faults, close } = await readLarge(file, file === '-' ? io.stdin() : undefined)
    try {
      tell(faults)
      const lines = new RecordLines()
      for (const part of source ? parseLarge(source) : []) {
        const certain = lines.add(part)
        // in one piece: a record of its own takes a call of the system
        if (certain.length > 0) io.out(certain.join('\n'))
        tell(part.diagnostics)
        await io.ready()
      }
      for (const line of lines.end()) io.out(line)
    } finally {
      close()
    }
  }
  return code
}

/** Prints problems; whether one of them counts. */
function printed(problems: readonly Diagnostic[], { options, io }: Call): boolean {
  const told = problems.filter(({ level }) =>
    options.quiet ? level === 'error' : level !== 'note' || options.verbose,
  )
  printProblems(told, options.format, io.err, { color: io.color.err })
  return exitCodeFor(problems, options) === 1
}
