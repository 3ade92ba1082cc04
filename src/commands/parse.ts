import type { SourceRead } from '../decode.ts'
import { toSource } from '../decode.ts'
import { readSource } from '../files.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { exitCodeFor, printProblems } from './problems.ts'

export const parse: Command = {
  name: 'parse',
  operands: '[FILE… | -]',
  mostOperands: Number.POSITIVE_INFINITY,
  summary: 'saved output becomes one JSON record a line',
  about: [
    'Reads saved outputs (- or nothing: what is piped in) and prints one JSON record',
    'for each run in them. A filter: no other file is read, nothing is written.',
  ],
  options: ['strict', 'format'],
  examples: ['bonnie-report parse loop-1.txt', 'ssh vm101 cat bonnie.log | bonnie-report parse -'],
  run: (call) => runParse(call),
}

async function runParse({ operands, options, io }: Call): Promise<ExitCode> {
  if (operands.length === 0 && io.stdinIsTerminal) throw new UsageError('Nothing to parse: give it a file.')
  const { parse: parseSource } = await import('../bonnie/parse.ts')
  let code: ExitCode = 0
  for (const file of operands.length > 0 ? operands : ['-']) {
    const { source, faults }: SourceRead =
      file === '-' ? toSource(await io.stdin(), file) : readSource('', file)
    const { runs, diagnostics } = source ? parseSource(source) : { runs: [], diagnostics: [] }
    for (const run of runs) io.out(JSON.stringify(run))
    const problems = [...faults, ...diagnostics]
    const told = problems.filter(({ level }) =>
      options.quiet ? level === 'error' : level !== 'note' || options.verbose,
    )
    printProblems(told, options.format, io.err, { color: io.color.err })
    code = exitCodeFor(problems, options) === 1 ? 1 : code
  }
  return code
}
