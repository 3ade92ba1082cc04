import type { Call, Io } from '../../src/commands/command.ts'

/** A call of a command that is given a folder of results and no options. */
export function callFor(results: string, io: Io): Call {
  const options = {
    out: 'site',
    siteUrl: undefined,
    records: undefined,
    study: undefined,
    backend: undefined,
    strict: false,
    format: 'text',
    quiet: false,
    verbose: false,
  } as const
  return { operands: [results], options, io }
}
