/** The script that measures without a plan, in guests of tests. */
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownNames } from '../../src/analysis/assign.ts'
import { analyse } from '../../src/build.ts'
import { readLibrary } from '../../src/files.ts'
import type { Report } from '../../src/model/report.ts'
import { type Guest, makeGuest } from '../plan/guest.ts'
import { knowledge } from '../plan/planned.ts'

export const FILE = fileURLToPath(new URL('../../templates/capture.sh', import.meta.url))

/** A guest whose kernel tells of no disk unless a test makes one up. */
export function aGuest(ids: readonly string[], shell?: readonly string[]): Guest {
  const guest = makeGuest(readFileSync(FILE, 'utf8'), ids, shell)
  mkdirSync(path.join(guest.folder, 'sys'))
  return guest
}

/** A study called `new`, of three rounds, below which a dom0 of 1 GiB caches. */
export const SETTINGS = { STUDY: 'new', RUNS: '3', DOM0_MIB: '1024', SYS: 'sys' }

/** What stands in the results of a guest, as our own commands read it. */
export function reports(guest: Guest): Report[] {
  const library = readLibrary(path.join(guest.folder, 'results'), knownNames({}, knowledge))
  return library.folders.map((folder) => analyse(folder, knowledge))
}

/** Makes the disk below the folders of a guest one of this name, with these files below /sys/block/NAME. */
export function makeDisk({ folder }: Guest, name: string, files: Readonly<Record<string, string>>): void {
  const disk = path.join(folder, 'sys/devices/block', name)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(disk, file)), { recursive: true })
    writeFileSync(path.join(disk, file), `${text}\n`)
  }
  const { dev } = statSync(folder)
  const number = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`
  mkdirSync(path.join(folder, 'sys/dev/block'), { recursive: true })
  // the target lies on the first partition
  mkdirSync(path.join(disk, `${name}p1`))
  symlinkSync(path.join(disk, `${name}p1`), path.join(folder, 'sys/dev/block', number))
}
