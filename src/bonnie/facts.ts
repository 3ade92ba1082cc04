/** What a run says about itself: sizes, counts, names. */
import type { Run } from '../model/run.ts'

/** The facts of a run, as the output gives them; null where it does not say. */
export type Facts = Pick<
  Run,
  | 'version'
  | 'name'
  | 'file_size_mib'
  | 'chunk_size'
  | 'concurrency'
  | 'seed'
  | 'seek_count'
  | 'seekers'
  | 'num_files'
  | 'max_size'
  | 'min_size'
  | 'num_dirs'
  | 'file_kind'
>

export const NO_FACTS: Facts = {
  version: null,
  name: '',
  file_size_mib: null,
  chunk_size: null,
  concurrency: null,
  seed: null,
  seek_count: null,
  seekers: null,
  num_files: null,
  max_size: null,
  min_size: null,
  num_dirs: null,
  file_kind: null,
}

/** A size, and what follows its first colon. */
export interface Size {
  readonly mib: number
  readonly parts: readonly string[]
}

/** A PiB: no file of a benchmark is larger, but two numbers run together are. */
const MOST_MIB = 2 ** 30

/**
 * A size such as `2064M` or `2G`, in MiB; where sizes may be bare, in units of `bareMib`, also `1024` or SuSE's `3*1024`
 * (volumes, MB of each).
 */
export function readSize(word: string, bareMib: number | null): Size | null {
  const match = /^(?:(\d{1,4})\*)?(\d{1,15})([MG]?)((?::\d{0,15}k?)*)$/.exec(word)
  if (!match || (bareMib === null && (match[3] === '' || match[1] !== undefined))) return null
  const unit = match[3] === 'G' ? 1024 : match[3] === 'M' ? 1 : (bareMib ?? 1)
  const mib = Number(match[1] ?? 1) * Number(match[2]) * unit
  return mib === 0 || mib > MOST_MIB ? null : { mib, parts: match[4] ? match[4].slice(1).split(':') : [] }
}

/** The size of a chunk, in KiB with a k and else in bytes, as it was printed; null if the word is none. */
export function readChunk(word: string): string | null {
  return /^\d{1,15}k?$/.test(word) ? word : null
}

/** A whole number; null if the word is none. */
export function readCount(word: string): number | null {
  return /^\d{1,15}$/.test(word) ? Number(word) : null
}

/** The files cell: `16`, `64:20000:16/512` (number, largest, smallest, directories) or `1:link`. */
export function readFiles(
  word: string,
): Pick<Facts, 'num_files' | 'max_size' | 'min_size' | 'num_dirs' | 'file_kind'> | null {
  const match = /^(\d{1,9})(?::(link|symlink)|:(\d{1,15})(?::(\d{1,15}))?)?(?:[/:](\d{1,9}))?$/.exec(word)
  if (!match) return null
  const number = (group: number) => (match[group] === undefined ? null : Number(match[group]))
  return {
    num_files: number(1),
    max_size: number(3),
    min_size: number(4),
    num_dirs: number(5),
    file_kind: match[2] ?? null,
  }
}
