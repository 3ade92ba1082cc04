import type { FileHash } from '../model/library.ts'

/*
 * What a command is: a declaration that help is printed from, and a function of its words and of the world it may
 * speak to. Nothing in this folder touches the process itself, so that tests can call it.
 */

/** The world of a command. Lines are given without their end. */
export interface Io {
  /** results */
  out(line: string): void
  /** waits until results can be taken again, where a slow reader has enough of them for now */
  ready(): Promise<void>
  /** everything else */
  err(line: string): void
  /** one line of progress, shown only where somebody watches long enough to wonder */
  status(line: string): void
  /** does something short to its end, whoever presses Ctrl-C */
  uninterrupted(act: () => void): Promise<void>
  stdin(): AsyncIterable<Uint8Array>
  readonly stdinIsTerminal: boolean
  /** width of the terminal that results go to */
  readonly columns: number
  readonly color: { readonly out: boolean; readonly err: boolean }
}

export type Format = 'text' | 'json' | 'github'

export interface Options {
  readonly out: string
  readonly siteUrl: string | undefined
  readonly records: string | undefined
  readonly study: string | undefined
  readonly backend: string | undefined
  readonly strict: boolean
  readonly format: Format
  readonly quiet: boolean
  readonly verbose: boolean
}

export interface Call {
  readonly operands: readonly string[]
  readonly options: Options
  readonly io: Io
}

export interface Command {
  readonly name: string
  /** as help shows them */
  readonly operands: string
  readonly mostOperands: number
  readonly summary: string
  /** more about it, for its own help: lines of at most 76 characters */
  readonly about: readonly string[]
  /** the options it takes beside those that all take */
  readonly options: readonly OptionName[]
  readonly examples: readonly string[]
  /** what its results are, where programs read them: nothing in them is changed for whoever looks at them */
  readonly results?: 'JSON' | 'script'
  run(call: Call): Promise<ExitCode>
}

/** Is told of a site, once it is written: its files, and what lies in it that no build wrote. */
export type Written = (made: {
  readonly outputs: readonly FileHash[]
  readonly kept: readonly string[]
}) => void

/** 0 fine, 1 a problem was found, 2 wrong usage or nothing to read or write, 70 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 70

/** Every option there is, in the order of help. */
export const OPTIONS = [
  { name: 'out', short: 'o', value: 'DIR', says: 'site folder (site)' },
  { name: 'site-url', value: 'URL', says: 'absolute address' },
  { name: 'records', value: 'GLOB', says: 'instead of parsing' },
  { name: 'study', value: 'NAME', says: 'one of several' },
  { name: 'backend', value: 'NAME', says: 'whose outputs' },
  { name: 'strict', says: 'warnings count too' },
  { name: 'format', value: 'KIND', says: 'text, json, github' },
  { name: 'quiet', short: 'q', says: 'errors only' },
  { name: 'verbose', short: 'v', says: 'notes, doubts too' },
  { name: 'no-color', says: 'no colour' },
  { name: 'help', short: 'h', says: 'this text' },
  { name: 'version', short: 'V', says: 'the version' },
] as const satisfies readonly OptionShape[]

interface OptionShape {
  readonly name: string
  readonly short?: string
  /** what stands for its value in help; a switch has none */
  readonly value?: string
  readonly says: string
}

export type OptionName = (typeof OPTIONS)[number]['name']

/** The options that every command takes. */
export const COMMON: readonly OptionName[] = ['quiet', 'verbose', 'no-color', 'help', 'version']

/** An option in general, where its name does not matter. */
export function optionShape(name: OptionName): OptionShape {
  const found: OptionShape | undefined = OPTIONS.find((option) => option.name === name)
  if (!found) throw new Error(`unknown option ${name}`)
  return found
}

/** Wrong usage: exit 2. The message is for the user. */
export class UsageError extends Error {}
