import { isatty } from 'node:tty'

/** Which streams are to be coloured: those that somebody watches who did not ask for none. */
export function colours(args: readonly string[]): { readonly out: boolean; readonly err: boolean } {
  const wanted = !process.env.NO_COLOR && process.env.TERM !== 'dumb' && !args.includes('--no-color')
  return { out: wanted && isatty(1), err: wanted && isatty(2) }
}
