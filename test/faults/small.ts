/** A small site in two states. As a program of its own (`node small.mjs FOLDER`, once bundled) it writes the new one. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DrawnFile } from '../../src/model/library.ts'
import { seal } from '../../src/publish/seal.ts'
import { writeSite } from '../../src/site-files.ts'

const MARK = '<meta name="generator" content="bonnie-report">'
const RAW = { copy: 'lvm.txt', from: 'results' } as const

const STATES: Readonly<Record<'old' | 'new', Readonly<Record<string, DrawnFile>>>> = {
  old: { 'index.html': `${MARK}old`, 'style.css': 'same', 'stale/page.html': 'stale', 'raw/lvm.txt': RAW },
  new: { 'index.html': `${MARK}new`, 'style.css': 'same', 'page/index.html': 'page', 'raw/lvm.txt': RAW },
}

/** Writes one of the states to the site of a workplace with results/lvm.txt. */
export function writeSmall(folder: string, state: 'old' | 'new'): void {
  const roots = { results: path.join(folder, 'results'), templates: path.join(folder, 'templates') }
  const program = { name: 'bonnie-report', version: '1' }
  const files = seal(new Map(Object.entries(STATES[state])), roots, { program, inputs: [] })
  writeSite(path.join(folder, 'site'), files, roots)
}

const [, program, folder] = process.argv
if (program === fileURLToPath(import.meta.url) && folder !== undefined) writeSmall(folder, 'new')
