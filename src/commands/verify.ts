import path from 'node:path'
import { Refusal } from '../disk.ts'
import { kindOf } from '../files.ts'
import { compareText } from '../model/diagnostic.ts'
import type { FileHash } from '../model/library.ts'
import { programName } from '../nearby.ts'
import { readVersion } from '../package.ts'
import { MANIFEST, type Manifest, readManifest } from '../publish/manifest.ts'
import { restoreSite } from '../publish/place.ts'
import { bytesAt, hashesBelow, manifestOf } from '../publish/saved-site.ts'
import { bytesOfSealed } from '../publish/seal.ts'
import { isEmpty } from './check.ts'
import type { Call, ExitCode } from './command.ts'
import { exitCodeFor, plural, printProblems, problemJson } from './problems.ts'
import { type Located, openResults } from './results.ts'
import { drawSite, type Site } from './site.ts'
import { quoted } from './words.ts'

/** Holds a site against its manifest, its manifest against the results, and both against a build in memory. */
export async function verify(call: Call): Promise<ExitCode> {
  const { operands, options, io } = call
  const [site = 'site', ...rest] = operands
  restoreSite(site)
  if (kindOf(site) !== 'folder') throw new Refusal(`There is no site at ${site}.`, buildHint(operands))
  const manifest = manifestOf(site)
  if (typeof manifest === 'string') {
    const fault = problem('site-file', site, MANIFEST, manifest)
    return tell([{ ...fault, remedy: buildHint(operands) }], call, 0)
  }
  const found = hashesBelow(site)
  io.status('Reading results')
  const { value: results, diagnostics } = await openResults({ ...call, operands: rest })
  if (isEmpty(results)) {
    printProblems(diagnostics, options.format, io.err, { prefix: results.prefix, color: io.color.err })
    return 2
  }
  io.status('Building in memory')
  const rebuilt = await drawSite(results, manifest.siteUrl, null)
  const faults = [
    ...versionProblems(site, manifest),
    ...inputProblems(results.prefix, manifest.inputs, results.library.inputs),
    ...damage(site, manifest.outputs, found),
    ...drift(site, manifest, rebuilt),
  ]
  const all = faults.length > 0 ? faults : forgery(site, rebuilt)
  rebuilt.close()
  const remedy = buildHint(operands, manifest.siteUrl)
  const told = [...all.map((fault) => ({ ...fault, remedy })), ...foreign(site, manifest.outputs, found)]
  return tell(told, call, manifest.outputs.length + 1)
}

/** The command that builds the site anew, as whoever typed this one would type it. */
function buildHint([site = 'site', results = 'results']: Call['operands'], siteUrl?: string): string {
  const words = [
    ...(results === 'results' ? [] : [results]),
    ...(site === 'site' ? [] : ['-o', site]),
    ...(siteUrl === undefined ? [] : ['--site-url', siteUrl]),
  ]
  return `Build it: ${[programName(), 'build', ...words.map(quoted)].join(' ')}`
}

function tell(problems: readonly Located[], { operands, options, io }: Call, count: number): ExitCode {
  const [site = 'site'] = operands
  const code = exitCodeFor(problems, options)
  const told = options.quiet ? problems.filter(({ level }) => level === 'error') : problems
  if (options.format === 'json') {
    const listed = told.map((each) => problemJson(each, {}))
    io.out(JSON.stringify({ schema: 1, ok: code === 0, problems: listed }, null, 2))
    return code
  }
  printProblems(told, options.format, io.out, { color: io.color.out })
  if (options.quiet) return code
  if (code === 0) io.out(`${site}: ${plural(count, 'file')}, each as the results give it.`)
  else io.err(`${site} is not what the results give: ${plural(problems.length, 'problem')}.`)
  return code
}

function problem(rule: string, folder: string, file: string, message: string): Located {
  const place = { file: path.join(folder, file), line: 1, column: 1 }
  return { level: 'error', rule, message, place }
}

function versionProblems(site: string, { program: { name, version } }: Manifest): Located[] {
  const [built, ours] = [`${name} ${version}`, `bonnie-report ${readVersion()}`]
  if (built === ours) return []
  const message = `The site was built by ${built}; this is ${ours}, which may draw other pages.`
  return [problem('stale-site', site, MANIFEST, message)]
}

/** What changed in the results since the site was built. */
function inputProblems(prefix: string, then: readonly FileHash[], now: readonly FileHash[]): Located[] {
  return changes(then, now).map(({ name, change }) => {
    const says = { changed: 'changed', missing: 'is gone', foreign: 'is new' }[change]
    return problem('stale-site', prefix, name, `This file ${says} since the site was built.`)
  })
}

/** Where the files of a site are not those of its manifest. */
function damage(site: string, written: readonly FileHash[], found: readonly Partial<FileHash>[]): Located[] {
  return changes(written, found).flatMap(({ name, change }) => {
    if (change === 'foreign') return []
    const says = { changed: 'is not the one that was built', missing: 'was built and is gone' }[change]
    return problem('site-file', site, name, `This file ${says}.`)
  })
}

/** Files that somebody put beside those of the manifest, such as a CNAME: they may be wanted. */
function foreign(site: string, written: readonly FileHash[], found: readonly Partial<FileHash>[]): Located[] {
  return changes(written, found)
    .filter(({ name, change }) => change === 'foreign' && name !== MANIFEST)
    .map(({ name }) => ({
      ...problem('foreign-file', site, name, 'No build wrote this file.'),
      level: 'warning',
      remedy: 'A build keeps it; take it away if nobody needs it.',
    }))
}

/** Where a build from the results of today gives another site than the manifest tells of. */
function drift(site: string, manifest: Manifest, rebuilt: Site): Located[] {
  const { files, roots } = rebuilt
  const today = readManifest(manifestBytes(rebuilt).toString())
  if (typeof today === 'string') throw new Error(`our own manifest cannot be read: ${today}`)
  return changes(manifest.outputs, today.outputs).map(({ name, change }) => {
    const file = files.get(name)
    if (change !== 'changed' || file === undefined) {
      const says = change === 'foreign' ? 'write this file, which is not there' : 'not write this file'
      return problem('stale-site', site, name, `A build of today would ${says}.`)
    }
    const at = firstDifference(bytesAt(site, name), bytesOfSealed(file, roots))
    const place = { file: path.join(site, name), ...at }
    return { ...problem('stale-site', site, name, 'A build of today would write other bytes here.'), place }
  })
}

/** What the manifest says beside what a build would make it say. */
function forgery(site: string, rebuilt: Site): Located[] {
  const written = bytesAt(site, MANIFEST) ?? new Uint8Array()
  if (manifestBytes(rebuilt).equals(written)) return []
  return [problem('site-file', site, MANIFEST, 'This is not the manifest that a build writes.')]
}

function manifestBytes({ files, roots }: Site): Buffer {
  return bytesOfSealed(files.get(MANIFEST) ?? '', roots)
}

/** Line and column at which bytes begin to differ; 1:1 where one of them is no text. */
function firstDifference(one: Uint8Array | null, other: Uint8Array): { line: number; column: number } {
  if (one === null || other.includes(0)) return { line: 1, column: 1 }
  const found = other.findIndex((byte, i) => byte !== one[i])
  const before = Buffer.from(other.subarray(0, found === -1 ? other.length : found)).toString('utf8')
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

interface Change {
  readonly name: string
  /** `foreign`: only in the second list */
  readonly change: 'changed' | 'missing' | 'foreign'
}

/** How a list of files came to differ from another, by path. */
function changes(from: readonly FileHash[], to: readonly Partial<FileHash>[]): Change[] {
  const there = new Map(to.map((file) => [file.path ?? '', file.sha256]))
  const here = new Set(from.map((file) => file.path))
  const lost = from.flatMap(({ path: name, sha256 }): Change[] => {
    if (!there.has(name)) return [{ name, change: 'missing' }]
    return there.get(name) === sha256 ? [] : [{ name, change: 'changed' }]
  })
  const foreign = [...there.keys()].filter((name) => !here.has(name))
  const found = [...lost, ...foreign.map((name): Change => ({ name, change: 'foreign' }))]
  return found.sort((a, b) => compareText(a.name, b.name))
}
