import * as fs from 'node:fs'
import { isDiskError, Refusal } from '../disk.ts'

/*
 * One build at a time writes a site. The lock is a link that leads nowhere: it comes to be in one step together with
 * what it says, which is who holds it. A process that died holds nothing: its number may belong to another one by
 * now, so the lock also says when its holder started and since when the machine runs.
 */

/** How long a build waits for another one, which writes for a second at most, in milliseconds. */
const PATIENCE = 5000
const PAUSE = 50

/**
 * Does something while no other process holds the lock. `isHeld` tells whether it is still ours: somebody may have
 * removed it by hand. Throws a Refusal where another process holds on to it for longer than the patience.
 */
export function withLock<T>(lock: string, act: (isHeld: () => boolean) => T): T {
  const us = tokenOf(process.pid)
  for (let waited = 0; !claim(lock, us); waited += PAUSE) {
    if (waited >= PATIENCE) {
      const [pid] = (holderOf(lock) ?? '').split(' ')
      throw new Refusal(
        `Another build (process ${pid}) is writing the same site.`,
        'Build when it has ended.',
      )
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
  }
  const isHeld = () => holderOf(lock) === us
  try {
    return act(isHeld)
  } finally {
    release(lock, us)
  }
}

/** A lock that cannot be removed is no lock any more once its process has ended. */
function release(lock: string, us: string): void {
  try {
    if (holderOf(lock) === us) fs.rmSync(lock, { force: true })
  } catch (error) {
    if (!isDiskError(error)) throw error
  }
}

/** Takes the lock, unless a living process holds it. */
function claim(lock: string, us: string): boolean {
  const holder = holderOf(lock)
  if (holder === us) return true // it could not be removed the last time
  if (holder !== null && isAlive(holder)) return false
  if (holder !== null && !discard(lock, holder)) return false
  return create(lock, us)
}

function create(lock: string, us: string): boolean {
  try {
    fs.symlinkSync(us, lock)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error))) throw error
  }
  try {
    // a disk without links: between its making and its filling the lock says nothing, and nobody minds it
    fs.writeFileSync(lock, us, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a dead process, and of nobody else: one who came at the same time may hold it by now. */
function discard(lock: string, holder: string): boolean {
  const aside = asideOf(lock)
  try {
    fs.renameSync(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
  const isTheirs = holderOf(aside) === holder
  if (isTheirs) fs.rmSync(aside, { force: true })
  else fs.renameSync(aside, lock)
  return isTheirs
}

/** Where a lock lies for a moment while it is removed. */
export function asideOf(lock: string): string {
  return `${lock}.stale`
}

/** What the lock says; null where there is none. */
function holderOf(lock: string): string | null {
  try {
    return fs.readlinkSync(lock)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    if (codeOf(error) !== 'EINVAL') throw error
    return fs.readFileSync(lock, 'utf8')
  }
}

/** Number of a process, its start, and the start of the machine it runs on. */
function tokenOf(pid: number): string {
  return `${pid} ${startOf(pid)} ${bootOf()}`
}

function isAlive(token: string): boolean {
  const pid = Number(token.split(' ')[0])
  if (!Number.isSafeInteger(pid) || pid <= 0 || token !== tokenOf(pid)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM' // it lives, and is somebody else's
  }
}

/** When a process started, in ticks since the machine did; `-` where it is dead or the system does not say. */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`)
  // its name stands in brackets and may hold anything; state is the third field, start the 22nd: proc(5)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? '-' : (fields[19] ?? '-')
}

function bootOf(): string {
  return textOf('/proc/sys/kernel/random/boot_id').trim() || '-'
}

/** Throws where the system tells, but not now: whoever takes a living process for a dead one takes its lock. */
function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (['EMFILE', 'ENFILE', 'EIO'].includes(codeOf(error))) throw error
    return '' // not every system tells
  }
}

function codeOf(error: unknown): string {
  return isDiskError(error) ? (error.code ?? '') : ''
}
