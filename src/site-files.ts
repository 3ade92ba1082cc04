import * as fs from 'node:fs'
import path from 'node:path'
import { attempt, diskWords, isDiskError, isWithin, Refusal } from './disk.ts'
import type { SealedFile } from './model/library.ts'
import { isNameWithin } from './publish/manifest.ts'
import { bytesOfSealed, type Roots } from './publish/seal.ts'

/*
 * site/ is written here and nowhere else.
 */

/**
 * Writes the site beside its place and swaps it in: whoever looks sees the old site or the new one, and a failure
 * leaves the old one as it was. Throws a Refusal where the place is not ours to replace or the disk does not obey.
 */
export function writeSite(outFolder: string, files: ReadonlyMap<string, SealedFile>, roots: Roots): void {
  const place = placeOfSite(outFolder, roots)
  const parent = path.dirname(place)
  const beside = path.join(parent, `.${path.basename(place)}.`)
  let fresh: string | null = null
  try {
    fs.mkdirSync(parent, { recursive: true })
    fresh = fs.mkdtempSync(`${beside}new-`)
    fs.chmodSync(fresh, 0o755)
    for (const [name, file] of files) writeFile(fresh, name, file, roots)
    swap(fresh, place, beside)
  } catch (error) {
    if (fresh) fs.rmSync(fresh, { recursive: true, force: true })
    if (!isDiskError(error)) throw error
    throw new Refusal(`The site could not be written to ${outFolder}: ${diskWords(error)}.`)
  }
}

/** Where the site goes, links resolved, if it may go there. */
function placeOfSite(outFolder: string, roots: Roots): string {
  const place = fs.existsSync(outFolder) ? fs.realpathSync(outFolder) : path.resolve(outFolder)
  const results = fs.existsSync(roots.results) ? fs.realpathSync(roots.results) : path.resolve(roots.results)
  const holdsInput = [results, roots.templates, process.cwd()].some((input) => isWithin(place, input))
  if (holdsInput || isWithin(results, place)) {
    throw new Refusal(
      `The site cannot be written to ${outFolder}: it would replace what it is made from.`,
      'Give it a folder of its own, such as --out site.',
    )
  }
  if (!fs.existsSync(place)) return place
  if (!fs.statSync(place).isDirectory()) throw new Refusal(`${outFolder} is a file, not a folder.`)
  const names = fs.readdirSync(place)
  if (names.includes('.git')) {
    throw new Refusal(
      `${outFolder} holds a git repository, which the new site would replace.`,
      'Build beside it and copy.',
    )
  }
  if (names.length > 0 && !isOurs(place)) {
    throw new Refusal(
      `${outFolder} is not empty and holds no site of ours, so it is left as it is.`,
      'Choose another folder with --out, or empty this one.',
    )
  }
  return place
}

/** The mark that every page of ours bears near its top. */
const MARK = '<meta name="generator" content="bonnie-report">'

function isOurs(site: string): boolean {
  const index = attempt(() => fs.readFileSync(path.join(site, 'index.html'), 'utf8'))
  return index.slice(0, 2000).includes(MARK)
}

function writeFile(site: string, name: string, file: SealedFile, roots: Roots): void {
  if (!isNameWithin(name)) throw new Error(`the site cannot hold a file called "${name}"`)
  const target = path.join(site, name)
  makeFolders(site, path.dirname(name))
  fs.writeFileSync(target, bytesOfSealed(file, roots), { flag: 'wx' })
  // whatever the umask and the original say: the site is for everybody to read
  fs.chmodSync(target, 0o644)
}

function makeFolders(site: string, name: string): void {
  if (name === '.' || fs.existsSync(path.join(site, name))) return
  makeFolders(site, path.dirname(name))
  fs.mkdirSync(path.join(site, name))
  fs.chmodSync(path.join(site, name), 0o755)
}

function swap(fresh: string, place: string, beside: string): void {
  if (!fs.existsSync(place)) {
    fs.renameSync(fresh, place)
    return
  }
  const attic = fs.mkdtempSync(`${beside}old-`)
  const old = path.join(attic, 'site')
  try {
    fs.renameSync(place, old)
    fs.renameSync(fresh, place)
  } catch (error) {
    if (fs.existsSync(old)) fs.renameSync(old, place)
    fs.rmdirSync(attic)
    throw error
  }
  fs.rmSync(attic, { recursive: true, force: true })
}

// ─── what is wrong ──────────────────────────────────────────────────────────────────────────────────────────────
