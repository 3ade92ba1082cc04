import * as fs from 'node:fs'
import path from 'node:path'
import { attempt, isDiskError, isWithin, Refusal } from '../disk.ts'
import { asideOf, withLock } from './lock.ts'
import type { Roots } from './seal.ts'

/*
 * Where a site lies, and what lies beside it while it is written:
 *
 *     .site.new     the new one, until it is whole
 *     .site.old     the old one, between the two renames that put the new one in its place
 *     .site.gone    what is being removed
 *     .site.lock    who writes
 *
 * Whatever kills a build, either `site` is whole or `.site.old` is, and the next command of any kind puts that back.
 */

export interface Siblings {
  readonly fresh: string
  readonly old: string
  readonly gone: string
  readonly lock: string
}

/** Where a site goes, links resolved, whether it is there or not. */
export function destination(out: string): string {
  if (leadsSomewhere(out)) return fs.realpathSync(out)
  const stat = fs.lstatSync(out, { throwIfNoEntry: false })
  // a link whose end is missing, maybe because the site stands beside it for the moment
  if (stat?.isSymbolicLink()) return path.resolve(path.dirname(out), fs.readlinkSync(out))
  const parent = path.dirname(path.resolve(out))
  const place = path.resolve(out)
  return leadsSomewhere(parent) ? path.join(fs.realpathSync(parent), path.basename(place)) : place
}

/** What may lie beside a site. */
export function siblingsOf(place: string): Siblings {
  const beside = (name: string) => path.join(path.dirname(place), `.${path.basename(place)}.${name}`)
  return { fresh: beside('new'), old: beside('old'), gone: beside('gone'), lock: beside('lock') }
}

/**
 * Whether a build left something beside its site, which the next one that writes will remove. A disk that does not tell
 * may hold it.
 */
export function hasLeftovers(out: string): boolean {
  try {
    const { fresh, old, gone, lock } = siblingsOf(destination(out))
    return [fresh, old, gone, lock, asideOf(lock)].some(isThere)
  } catch (error) {
    if (!isDiskError(error)) throw error
    return true
  }
}

/**
 * Puts the old site back where a build was killed between its two renames. Every command begins with it: it costs
 * one look at the disk where nothing is amiss.
 */
export function restoreSite(out: string): void {
  try {
    const place = destination(out)
    const { old, lock } = siblingsOf(place)
    if (isThere(old) && !isThere(place)) withLock(lock, () => restore(place))
  } catch (error) {
    // a command that needs the site will say that it is not there
    if (!isDiskError(error) && !(error instanceof Refusal)) throw error
  }
}

/** The same for who holds the lock. */
export function restore(place: string): void {
  const { old } = siblingsOf(place)
  if (isThere(old) && !isThere(place)) fs.renameSync(old, place)
}

/** Removes what lies beside a site. For who holds the lock, and once the site is in its place. */
export function clear(place: string): void {
  const { fresh, old, gone, lock } = siblingsOf(place)
  for (const leftover of [fresh, gone, asideOf(lock)]) remove(leftover)
  if (!isThere(old)) return
  // under a name that nothing is restored from it can be removed bit by bit
  fs.renameSync(old, gone)
  remove(gone)
}

function remove(place: string): void {
  fs.rmSync(place, { recursive: true, force: true })
}

/** Whether there is something where a path leads. A disk that does not tell throws, unlike with existsSync. */
function leadsSomewhere(place: string): boolean {
  return fs.statSync(place, { throwIfNoEntry: false }) !== undefined
}

/** Whether there is anything at a path, be it a link that leads nowhere. A disk that does not tell throws. */
export function isThere(place: string): boolean {
  return fs.lstatSync(place, { throwIfNoEntry: false }) !== undefined
}

/** Refuses a place where the site would replace, or lie in, what it is made from. */
export function refuseInputs(out: string, place: string, roots: Roots): void {
  const results = leadsSomewhere(roots.results) ? fs.realpathSync(roots.results) : path.resolve(roots.results)
  const holdsInput = [results, roots.templates, process.cwd()].some((input) => isWithin(place, input))
  if (!holdsInput && !isWithin(results, place)) return
  throw new Refusal(
    `The site cannot be written to ${out}: it would replace what it is made from.`,
    'Give it a folder of its own, such as --out site.',
  )
}

/** Refuses to replace what is neither empty nor a site of ours. */
export function refuseStrangers(out: string, place: string): void {
  if (!isThere(place)) return
  if (!fs.statSync(place).isDirectory()) {
    throw new Refusal(`${out} is a file, not a folder.`, 'Choose another place with --out.')
  }
  const names = fs.readdirSync(place)
  if (names.includes('.git')) {
    throw new Refusal(
      `${out} holds a git repository, which the new site would replace.`,
      'Build beside it and copy.',
    )
  }
  if (names.length > 0 && !isOurs(place)) {
    throw new Refusal(
      `${out} is not empty and holds no site of ours, so it is left as it is.`,
      'Choose another folder with --out, or empty this one.',
    )
  }
}

/** The mark that every page of ours bears near its top. */
const MARK = '<meta name="generator" content="bonnie-report">'

function isOurs(site: string): boolean {
  const index = attempt(() => fs.readFileSync(path.join(site, 'index.html'), 'utf8'))
  return index.slice(0, 2000).includes(MARK)
}
