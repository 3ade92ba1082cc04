/** A site that was just built, with its stamp, for the tests of what a stamp is good for. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { hashOf } from '../src/decode.ts'
import { type Errand, type Made, type Told, watch } from '../src/stamp.ts'
import { tree } from './folders.ts'

export const TOLD: Told = {
  code: 1,
  lines: [
    ['err', 'a problem'],
    ['out', '1 study'],
  ],
}
export const WRITTEN: Made = {
  outputs: [
    { path: '.nojekyll', ...hashOf(Buffer.from('')) },
    { path: 'index.html', ...hashOf(Buffer.from('<p>the site')) },
    { path: 'xen/raw/lvm/1.txt', ...hashOf(Buffer.from('raw\n')) },
  ],
  kept: [],
}

export const SOON = 50
/** Long after every step of a disk's clock. */
export const LATER = 60_000

/** A world whose site was just built from its results; `wait`: ms from then until somebody asks. */
export function built(wait: number) {
  const folder = tree({
    'results/xen/lvm/1.txt': 'raw\n',
    'results/xen/study.md': '# Xen',
    'results/.hidden': '',
    'templates/page.njk': 'template',
    'dist/cli.js': 'program',
    'dist/model/metric.d.ts': 'types',
    'site/.nojekyll': '',
    'site/index.html': '<p>the site',
    'site/xen/raw/lvm/1.txt': 'raw\n',
  })
  const at = (name: string) => path.join(folder, name)
  const start = Date.now()
  const errand: Errand = {
    stamp: at('.site.stamp'),
    key: 'as always',
    manner: 'as always',
    results: at('results'),
    templates: at('templates'),
    program: at('dist'),
    site: at('site'),
    now: () => start + wait,
  }
  watch(errand).keep(WRITTEN, TOLD)
  return { at, errand }
}

export type Change = (at: (name: string) => string) => void

/** Other bytes of the same number, in the same inode, at the same time: `utimes` sets it back. */
export const sameSize =
  (name: string): Change =>
  (at) => {
    const { atime, mtime } = fs.statSync(at(name))
    const bytes = fs.readFileSync(at(name))
    bytes[0] = (bytes[0] ?? 0) ^ 1
    fs.writeFileSync(at(name), bytes)
    fs.utimesSync(at(name), atime, mtime)
  }

/** Runs `act` on a disk that counts time in steps of two seconds, as that of FAT; what `isOld` is of long ago. */
export function coarsely(act: () => void, isOld = (_place: string) => false): void {
  const exact = fs.lstatSync
  const floor = (ms: number) => Math.floor(ms / 2000) * 2000
  const coarse = (file: fs.PathLike) => {
    const stat = exact(file)
    const told = isOld(String(file)) ? () => 0 : floor
    return Object.assign(stat, { mtimeMs: told(stat.mtimeMs), ctimeMs: told(stat.ctimeMs) })
  }
  Object.assign(fs, { lstatSync: coarse })
  syncBuiltinESMExports()
  try {
    act()
  } finally {
    Object.assign(fs, { lstatSync: exact })
    syncBuiltinESMExports()
  }
}
