/*
 * A small site in two states, written by the compiled program: `node small.mjs FOLDER` writes the new one.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { seal } from '../../dist/publish/seal.js'
import { writeSite } from '../../dist/site-files.js'

const MARK = '<meta name="generator" content="bonnie-report">'
const RAW = { copy: 'lvm.txt', from: 'results' }

const STATES = {
  old: { 'index.html': `${MARK}old`, 'style.css': 'same', 'stale/page.html': 'stale', 'raw/lvm.txt': RAW },
  new: { 'index.html': `${MARK}new`, 'style.css': 'same', 'page/index.html': 'page', 'raw/lvm.txt': RAW },
}

/** Writes one of the states to the site of a workplace with results/lvm.txt. */
export function writeSmall(folder, state) {
  const roots = { results: path.join(folder, 'results'), templates: path.join(folder, 'templates') }
  const program = { name: 'bonnie-report', version: '1' }
  const files = seal(new Map(Object.entries(STATES[state])), roots, { program, inputs: [] })
  writeSite(path.join(folder, 'site'), files, roots)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeSmall(process.argv[2], 'new')
