import { inert, spelledOut } from '../diagnose.ts'
import { readVersion } from '../package.ts'
import { restoreSite } from '../publish/place.ts'
import { type Command, type ExitCode, type Io, type Options, UsageError } from './command.ts'
import { complaintOf } from './complaint.ts'
import { commandHelp, generalHelp } from './help.ts'
import { COMMANDS } from './list.ts'
import { checkWords, hint, optionsOf, readWords, type Words } from './words.ts'

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
  const asked = words.command === 'help' ? (words.operands[0] ?? null) : words.command
  const name = asked === 'help' ? null : asked
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
  const options = optionsOf(words.given)
  restoreSite(options.out)
  return command.run({ operands: words.operands, options, io: harmless(io, command, options) })
}

/** The world, which is told nothing that a terminal or the runner of a workflow would take for an order. */
function harmless(io: Io, { results }: Command, { format }: Options): Io {
  const plain = (text: string) => text.split('\n').map(inert).join('\n')
  const isJson = results === 'JSON' || format === 'json'
  const isText = results === undefined && format === 'text'
  return {
    ...io,
    out: isJson ? (text) => io.out(spelledOut(text)) : isText ? (text) => io.out(plain(text)) : io.out,
    err:
      format === 'github'
        ? io.err
        : format === 'json'
          ? (text) => io.err(spelledOut(text))
          : (text) => io.err(plain(text)),
  }
}

/** Where to read on: the help of the command, or of all. */
function helpFor(args: readonly string[]): string {
  const command = COMMANDS.find(({ name }) => args.includes(name))
  return command
    ? `bonnie-report help ${command.name} tells what it takes.`
    : 'bonnie-report --help lists what there is.'
}

function say(io: Io, text: string): ExitCode {
  io.out(text)
  return 0
}

function complain(error: unknown, args: readonly string[], io: Io): ExitCode {
  const verbose = args.some((arg) => arg === '--verbose' || /^-[a-zA-Z]*v/.test(arg))
  const { text, code } = complaintOf(error, { verbose, help: helpFor(args) })
  io.err(text)
  return code
}
