/** What must be true of a workplace (results/ and site/) whatever happened to a build. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readManifest } from '../../src/publish/manifest.ts'
import { filesBelow } from '../tree.ts'

/** Every file below a folder with the hash of its bytes, as one text. */
export function portrait(folder: string): string {
  return filesBelow(folder)
    .map((name) => `${hashAt(folder, name)} ${name}`)
    .join('\n')
}

function hashAt(folder: string, name: string): string {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(folder, name)))
    .digest('hex')
}

/** What a site lacks to be whole by its own manifest: one sentence each. `own`: files that no build wrote. */
export function brokenIn(site: string, own: readonly string[] = []): string[] {
  const place = path.join(site, 'manifest.json')
  if (!fs.existsSync(place)) return [`${site} has no manifest`]
  const manifest = readManifest(fs.readFileSync(place, 'utf8'))
  if (typeof manifest === 'string') return [manifest]
  const wanted = manifest.outputs.map(({ path: name, sha256 }) => `${sha256} ${name}`)
  const found = new Set(portrait(site).split('\n'))
  const names = new Set(['manifest.json', ...own, ...manifest.outputs.map((file) => file.path)])
  return [
    ...wanted.filter((line) => !found.has(line)).map((line) => `${line} is missing or another`),
    ...filesBelow(site)
      .filter((name) => !names.has(name))
      .map((name) => `${name} is foreign`),
    ...own.filter((name) => !fs.existsSync(path.join(site, name))).map((name) => `${name} is lost`),
  ]
}

/** What a build that was killed or refused may have left: the site, or the old one beside it, is whole. */
export function brokenBefore(folder: string, own: readonly string[] = []): string[] {
  const [site, old] = [path.join(folder, 'site'), path.join(folder, '.site.old')]
  return brokenIn(fs.existsSync(site) ? site : old, own)
}

/** What lies beside the site and should not: the stamp stays, which tells the next build what it need not do. */
export function leftovers(folder: string): string[] {
  return fs.readdirSync(folder).filter((name) => name.startsWith('.site') && name !== '.site.stamp')
}

/** What is wrong with an answer of exit code 2: it ends with one clear sentence, and maybe one of remedy. */
export function unclear(stderr: string): string[] {
  const lines = stderr.trimEnd().split('\n')
  const at = lines.findIndex((line) => line.startsWith('bonnie-report: '))
  const isOne = lines.slice(at + 1).every((line) => line.startsWith('  '))
  const isClear = /^bonnie-report: .+\.$/.test(lines[at] ?? '') && !/a bug of ours|made up/.test(stderr)
  return isOne && isClear ? [] : [`unclear: ${stderr}`]
}
