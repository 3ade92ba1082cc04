import path from 'node:path'

/*
 * What the disk may answer, in words, for whoever reads or writes it.
 */

/** The disk or the user's request cannot be served: exit 2. The message is for the user. */
export class Refusal extends Error {
  readonly remedy: string | undefined

  constructor(message: string, remedy?: string) {
    super(message)
    this.remedy = remedy
  }
}

/** What the disk answered, as a sentence, where it did not obey. */
export function attempt<T>(act: () => T): T | string {
  try {
    return act()
  } catch (error) {
    return `This cannot be read: ${diskWords(error)}.`
  }
}

export function diskWords(error: unknown): string {
  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'no such file',
    EEXIST: 'something else has that name',
    ELOOP: 'its links lead in a circle',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'no more of the disk may be used',
    EMFILE: 'too many files are open',
    EROFS: 'the disk is read-only',
    EBUSY: 'it is in use',
    EIO: 'the disk failed',
  }
  return words[codeOf(error)] ?? (error instanceof Error ? error.message : String(error))
}

/** The name of what went wrong, such as `ENOENT`; nothing where an error has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

/** What the disk answered where nobody expected it to refuse. */
export function diskSentence(error: NodeJS.ErrnoException): string {
  const words = diskWords(error)
  return error.path === undefined ? `The disk did not obey: ${words}.` : `${error.path}: ${words}.`
}

export function isWithin(folder: string, place: string): boolean {
  const relative = path.relative(folder, place)
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  )
}
