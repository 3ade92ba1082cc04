import { readVersion } from '../package.ts'
import { type ExitCode, type Io, type Options, UsageError } from './command.ts'
import { complaintOf } from './complaint.ts'
import { commandHelp, generalHelp } from './help.ts'
import { COMMANDS } from './list.ts'
import { checkWords, formatOf, hint, readWords, siteUrlOf, type Words } from './words.ts'

/** The program: a function of its words and the world. Nothing it can foresee is thrown. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(readWords(args), io)
  } catch (error) {
    return complain(error, args, io)
  }
}

async function dispatch(words: Words, io: Io): Promise<ExitCode> {
  if (words.given.has('version')) return say(io, readVersion())
  const asksHelp = words.command === 'help' || words.given.has('help')
  const name = words.command === 'help' ? (words.operands[0] ?? null) : words.command
  if (name === null) {
    if (asksHelp) return say(io, generalHelp(COMMANDS))
    io.err(generalHelp(COMMANDS))
    return 2
  }
  const command = COMMANDS.find((c) => c.name === name)
  if (!command)
    throw new UsageError(
      `There is no command "${name}".${hint(name, [...COMMANDS.map((c) => c.name), 'help'])}`,
    )
  if (asksHelp) return say(io, commandHelp(command))
  checkWords(command, words)
  return command.run({ operands: words.operands, options: optionsOf(words), io })
}

function optionsOf({ given }: Words): Options {
  return {
    out: given.get('out') ?? 'site',
    siteUrl: siteUrlOf(given),
    records: given.get('records'),
    study: given.get('study'),
    backend: given.get('backend'),
    strict: given.has('strict'),
    format: formatOf(given),
    quiet: given.has('quiet'),
    verbose: given.has('verbose'),
  }
}

function say(io: Io, text: string): ExitCode {
  io.out(text)
  return 0
}

function complain(error: unknown, args: readonly string[], io: Io): ExitCode {
  const verbose = args.some((arg) => arg === '--verbose' || /^-[a-zA-Z]*v/.test(arg))
  const { text, code } = complaintOf(error, verbose)
  io.err(text)
  return code
}
