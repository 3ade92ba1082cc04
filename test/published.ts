/** A site that was built, and a disk that answers in its own way, for the tests of publishing. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import type { DrawnFile } from '../src/model/library.ts'
import { destination, siblingsOf } from '../src/publish/place.ts'
import { seal } from '../src/publish/seal.ts'
import { writeSite } from '../src/site-files.ts'
import { tree } from './folders.ts'

export const MARK = '<meta name="generator" content="bonnie-report">'

/** A workplace with a site that was built from these files. */
export function workplace(files: Readonly<Record<string, DrawnFile>> = FILES) {
  const folder = tree({ 'results/lvm.txt': 'raw', 'templates/x': 'x' })
  const at = (name: string) => path.join(folder, name)
  const roots = { results: at('results'), templates: at('templates') }
  const site = at('site')
  const build = (some: Readonly<Record<string, DrawnFile>>) => {
    const program = { name: 'bonnie-report', version: '1' }
    return writeSite(site, seal(new Map(Object.entries(some)), roots, { program, inputs: [] }), roots)
  }
  build(files)
  const { fresh, old, gone, lock } = siblingsOf(destination(site))
  return { folder, at, site, build, fresh, old, gone, lock }
}

export const FILES = {
  'index.html': `${MARK}one`,
  'a/page.html': 'page',
  'raw/lvm.txt': { copy: 'lvm.txt', from: 'results' },
} as const
/** Lets a function of node:fs answer in its own way while something is done. */
export function withDisk(
  answers: Partial<Record<'linkSync' | 'readFileSync' | 'renameSync' | 'symlinkSync', unknown>>,
  act: () => void,
): void {
  const { linkSync, readFileSync, renameSync, symlinkSync } = fs
  const usual = { linkSync, readFileSync, renameSync, symlinkSync }
  Object.assign(fs, answers)
  syncBuiltinESMExports()
  try {
    act()
  } finally {
    Object.assign(fs, usual)
    syncBuiltinESMExports()
  }
}

export const refusing = (code: string) => () => {
  throw Object.assign(new Error(code), { code, syscall: 'x' })
}
