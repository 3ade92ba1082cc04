import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { MOST_BYTES, TOO_LARGE, unreadable } from './decode.ts'
import { Refusal } from './disk.ts'
import { compareText, type Diagnostic } from './model/diagnostic.ts'
import type { Tree } from './tree.ts'

/*
 * A folder as git keeps it in a revision: nothing is checked out, and nothing written. Git is given lists of words,
 * never a line for a shell, and may fetch nothing.
 */

/** A folder at a revision. */
export interface Revision {
  /** the commit's id, abbreviated by git */
  readonly commit: string
  readonly tree: Tree
}

/** All files that are held at once: as much as fits into memory twice. */
const MOST_TOGETHER = 2 ** 30

/** A file, a link or a repository within, as git lists it. */
interface Entry {
  readonly mode: string
  readonly object: string
  readonly size: number
  readonly file: string
}

/** Reads a folder as it was at a revision. Throws a Refusal where git does not know the folder or the revision. */
export function treeAt(folder: string, revision: string): Revision {
  if (revision === '' || revision.startsWith('-'))
    throw new Refusal(
      `"${revision}" cannot be a revision of git.`,
      'Name a branch, a tag or a commit, such as main or HEAD~1.',
    )
  const ask = (args: readonly string[], input?: string) => git(folder, args, input)
  const within = ask(['rev-parse', '--show-prefix'])
  if (within.failed !== null)
    throw new Refusal(
      `${folder} lies in no git repository that can be read: ${within.failed}.`,
      'diff compares with a revision; "git init" makes a repository, and "git commit" a first revision.',
    )
  const found = ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  if (found.failed !== null)
    throw new Refusal(
      `There is no revision "${revision}" in the git repository of ${folder}.`,
      ask(['rev-parse', '--verify', '--quiet', 'HEAD']).failed === null
        ? '"git log --oneline" lists revisions; in a shallow clone "git fetch --unshallow" brings them.'
        : 'It has none yet: "git add results && git commit" makes a first one.',
    )
  const commit = text(found.out)
  const prefix = text(within.out).replace(/\/$/, '')
  const tree = ask(['rev-parse', '--verify', '--quiet', `${commit}:${prefix}`])
  const short = text(must(ask(['rev-parse', '--short', commit])))
  // the folder was not there yet
  if (tree.failed !== null) return { commit: short, tree: treeOf([], new Map()) }
  const listing = must(ask(['ls-tree', '-r', '-z', '-l', '--full-tree', text(tree.out)]))
  const entries = entriesOf(listing.toString('utf8'))
  return { commit: short, tree: treeOf(entries, contents(entries, ask)) }
}

interface Answer {
  readonly out: Buffer
  /** what git said when it failed */
  readonly failed: string | null
}

/** Git without its pager, hooks of its index, and transports: what a clone left out is not fetched. */
const QUIETLY = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'protocol.allow=never',
  '-c',
  'core.fsmonitor=false',
]

function git(folder: string, args: readonly string[], input = ''): Answer {
  const options = { cwd: folder, input, maxBuffer: MOST_TOGETHER + MOST_BYTES }
  const { status, error, stdout, stderr } = spawnSync('git', [...QUIETLY, ...args], options)
  if (error && 'code' in error && error.code === 'ENOENT')
    throw new Refusal('diff needs git, which is not installed or not on the PATH.', 'Install git.')
  if (error) throw new Refusal(`git could not be run: ${error.message}.`)
  if (status === 0) return { out: stdout, failed: null }
  const said = stderr.toString('utf8').split('\n')[0] ?? ''
  return { out: stdout, failed: said.replace(/^fatal: |\.$/g, '') || `git ended with ${status}` }
}

function must({ out, failed }: Answer): Buffer {
  if (failed === null) return out
  throw new Refusal(
    `git could not read the revision: ${failed}.`,
    '"git fsck" tells what its repository lacks.',
  )
}

function text(out: Buffer): string {
  return out.toString('utf8').replace(/\r?\n$/, '')
}

/** `mode type object size<TAB>path<NUL>`. Names that begin with a dot do not count, as on the disk. */
function entriesOf(listing: string): Entry[] {
  return listing.split('\0').flatMap((line) => {
    const [, mode, object, size, file] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
    if (mode === undefined || object === undefined || file === undefined || /(^|\/)\./.test(file)) return []
    return [{ mode, object, size: Number(size) || 0, file }]
  })
}

/** The bytes of every object that is small enough, by its id. */
function contents(
  entries: readonly Entry[],
  ask: (args: readonly string[], input: string) => Answer,
): ReadonlyMap<string, Uint8Array> {
  const wanted = new Map(
    entries
      .filter(({ mode, size }) => mode !== REPOSITORY && size <= MOST_BYTES)
      .map((e) => [e.object, e.size]),
  )
  const total = [...wanted.values()].reduce((sum, size) => sum + size, 0)
  if (total > MOST_TOGETHER) throw new Refusal('The files of the revision hold more than 1 GiB together.')
  const found = new Map<string, Uint8Array>()
  if (wanted.size === 0) return found
  const out = must(ask(['cat-file', '--batch'], `${[...wanted.keys()].join('\n')}\n`))
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(LINE_FEED, at)
    const [object = '', type, size] = out.toString('latin1', at, end).split(' ')
    const length = type === 'blob' ? Number(size) : 0
    if (type === 'blob') found.set(object, out.subarray(end + 1, end + 1 + length))
    at = type === 'blob' ? end + length + 2 : end + 1
  }
  return found
}

const LINE_FEED = 10
const LINK = '120000'
const REPOSITORY = '160000'
/** As many links as Linux follows. */
const MOST_LINKS = 40

/** `.`, and each folder on the way to a file. */
function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return ['.', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))]
}

function treeOf(entries: readonly Entry[], bytes: ReadonlyMap<string, Uint8Array>): Tree {
  const byPath = new Map(entries.map((entry) => [entry.file, entry]))
  const folders = new Set(entries.flatMap(({ file }) => foldersAbove(file)))
  const content = ({ object, size }: Entry) =>
    size > MOST_BYTES ? TOO_LARGE : (bytes.get(object) ?? 'This cannot be read: git does not have it.')
  const follow = (entry: Entry, links = 0): Uint8Array | string => {
    if (entry.mode === REPOSITORY) return 'This is a repository of its own, which is not followed.'
    const read = content(entry)
    if (entry.mode !== LINK || typeof read === 'string') return read
    const target = path.posix.join(path.posix.dirname(entry.file), Buffer.from(read).toString('utf8'))
    if (target.startsWith('../') || Buffer.from(read).toString('latin1', 0, 1) === '/')
      return 'The link leads out of the results.'
    if (links === MOST_LINKS) return 'This cannot be read: its links lead in a circle.'
    const next = byPath.get(target)
    if (next) return follow(next, links + 1)
    if (folders.has(target.replace(/\/$/, ''))) return 'The link leads to a folder, which is not followed.'
    return 'This cannot be read: no such file.'
  }
  const faults: Diagnostic[] = []
  const files = entries.flatMap((entry) => {
    const read = entry.mode === LINK || entry.mode === REPOSITORY ? follow(entry) : null
    if (typeof read === 'string') faults.push(unreadable(entry.file, read))
    return typeof read === 'string' ? [] : [entry.file]
  })
  return {
    files: files.sort(compareText),
    faults,
    bytes: (file) => {
      const entry = byPath.get(file)
      return entry ? follow(entry) : 'This cannot be read: no such file.'
    },
  }
}
