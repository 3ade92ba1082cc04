import * as fs from 'node:fs'

/** Which streams are to be coloured: those that somebody watches who did not ask for none. */
export function colours(args: readonly string[]): { readonly out: boolean; readonly err: boolean } {
  const wanted = !process.env.NO_COLOR && process.env.TERM !== 'dumb' && !args.includes('--no-color')
  return { out: wanted && isWatched(1), err: wanted && isWatched(2) }
}

function isWatched(descriptor: number): boolean {
  try {
    // most are pipes and files, for which Node need not load what knows of terminals
    if (!fs.fstatSync(descriptor).isCharacterDevice()) return false
    return process.getBuiltinModule('node:tty').isatty(descriptor)
  } catch {
    return false // it is closed
  }
}
