import * as fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { globbySync } from 'globby'
import { MOST_BYTES, type SourceRead, toSource, unreadable } from './decode.ts'
import { isImage, layOut, type StudyFiles } from './layout.ts'
import { byPlace, compareText, type Diagnostic } from './model/diagnostic.ts'
import type { Library, SiteFile, StudyFolder, Templates } from './model/library.ts'

/*
 * The disk: results/ and templates/ are read here, site/ is written here, and nothing else touches it.
 */

/** The disk or the user's request cannot be served: exit 2. The message is for the user. */
export class Refusal extends Error {
  readonly remedy: string | undefined

  constructor(message: string, remedy?: string) {
    super(message)
    this.remedy = remedy
  }
}

const TEXT = /\.(md|njk|html|css|js|json|svg|txt)$/i

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
/** Where our templates lie, from src/ as well as from dist/. */
export const TEMPLATES_FOLDER = path.join(PROJECT, 'templates')

// ─── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads results/. `names` are the known backends in small letters: a folder called so is a study only with study.md. */
export function readLibrary(resultsFolder: string, names: ReadonlySet<string>): Library {
  const { files, faults } = list(resultsFolder)
  const layout = layOut(files, names)
  const folders = layout.studies.map((study) => {
    const own = faults.filter((fault) => layout.prefixOf(fault.place.file) === study.prefix)
    return readStudy(resultsFolder, study, own)
  })
  const homeless = faults.filter((fault) => layout.prefixOf(fault.place.file) === null)
  const site = files.includes('site.yaml') ? readText(resultsFolder, 'site.yaml') : { text: null, faults: [] }
  const own = [...layout.faults, ...homeless, ...site.faults].sort(byPlace)
  const empty = own.length === 0 && folders.every((f) => f.sources.length + f.diagnostics.length === 0)
  const diagnostics = empty ? [emptyResults(resultsFolder)] : own
  return { siteText: site.text, folders: empty ? [] : folders, diagnostics }
}

/** The text of results/study.md, or null: the flat study may declare backends of its own. */
export function readMainStudyText(resultsFolder: string): string | null {
  return notAFile(resultsFolder, 'study.md') ? null : readText(resultsFolder, 'study.md').text
}

/** Every regular file below a folder, sorted, and what cannot be read. Names that begin with a dot do not count. */
function list(folder: string): { files: readonly string[]; faults: readonly Diagnostic[] } {
  if (!fs.existsSync(folder)) return { files: [], faults: [] }
  const locked = lockedFolder(folder, '')
  if (locked) throw new Refusal(`${folder}: ${locked}`)
  const entries = globbySync('**/*', {
    cwd: folder,
    onlyFiles: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    objectMode: true,
    // an unreadable folder would end the walk; it is reported below instead
    suppressErrors: true,
  })
  const faults: Diagnostic[] = []
  const files = entries.flatMap(({ path: file, dirent }) => {
    const reason = dirent.isDirectory() ? lockedFolder(folder, file) : notAFile(folder, file)
    if (reason) faults.push(unreadable(file, reason))
    return reason || dirent.isDirectory() ? [] : [file]
  })
  return { files: files.sort(compareText), faults }
}

function lockedFolder(folder: string, name: string): string | null {
  return attempt(() => {
    fs.accessSync(path.join(folder, name), fs.constants.R_OK | fs.constants.X_OK)
    return null
  })
}

function notAFile(folder: string, file: string): string | null {
  return attempt(() => {
    const place = path.join(folder, file)
    const real = fs.realpathSync(place)
    const link = fs.lstatSync(place).isSymbolicLink()
    if (!isWithin(fs.realpathSync(folder), real)) return 'The link leads out of the results.'
    const stat = fs.statSync(real)
    if (link && stat.isDirectory()) return 'The link leads to a folder, which is not followed.'
    return stat.isFile() ? null : 'This is neither a file nor a folder.'
  })
}

/** What the disk answered, as a sentence, where it did not obey. */
function attempt<T>(act: () => T): T | string {
  try {
    return act()
  } catch (error) {
    return `This cannot be read: ${diskWords(error)}.`
  }
}

function readStudy(results: string, study: StudyFiles, faults: readonly Diagnostic[]): StudyFolder {
  const { slug, prefix } = study
  const relative = (file: string) => file.slice(prefix.length)
  const hasText = study.files.includes(`${prefix}study.md`)
  const text = hasText ? readText(results, `${prefix}study.md`) : { text: null, faults: [] }
  const others = study.files.filter((file) => file !== `${prefix}study.md`)
  const read = others
    .filter((file) => !isImage(file))
    .map((file) => readSource(results, file, relative(file)))
  const found = [...faults, ...text.faults, ...read.flatMap((source) => source.faults)]
  return {
    slug,
    prefix,
    studyText: text.text,
    sources: read.flatMap(({ source }) => source ?? []),
    images: others.filter(isImage).map(relative),
    diagnostics: found
      .map((d) => ({ ...d, place: { ...d.place, file: relative(d.place.file) } }))
      .sort(byPlace),
  }
}

/** Reads one saved output; `as` is the path it goes by, faults are placed in `file`. */
export function readSource(folder: string, file: string, as = file): SourceRead {
  const bytes = attempt(() => {
    const place = path.join(folder, file)
    return fs.statSync(place).size > MOST_BYTES ? 'The file is larger than 256 MiB.' : fs.readFileSync(place)
  })
  if (typeof bytes === 'string') return { source: null, faults: [unreadable(file, bytes)] }
  return toSource(bytes, file, as)
}

function readText(folder: string, file: string): { text: string | null; faults: readonly Diagnostic[] } {
  const { source, faults } = readSource(folder, file, file)
  return { text: source?.text ?? null, faults }
}

/** The text files of templates/ by path. */
export function readTemplates(): Templates {
  const files = globbySync('**/*', { cwd: TEMPLATES_FOLDER, expandDirectories: false })
  const texts = files.filter((file) => TEXT.test(file)).sort(compareText)
  return new Map(texts.map((file) => [file, fs.readFileSync(path.join(TEMPLATES_FOLDER, file), 'utf8')]))
}

/** The version of this program. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(PROJECT, 'package.json'), 'utf8'))
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : null
  return String(version)
}

/** Whether a path is a file, a folder, or nothing that is there. */
export function kindOf(place: string): 'file' | 'folder' | null {
  const stat = fs.statSync(place, { throwIfNoEntry: false })
  return stat ? (stat.isDirectory() ? 'folder' : 'file') : null
}

// ─── writing ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The folders that files of the site are copied from. */
export type Roots = Readonly<Record<'results' | 'templates', string>>

/**
 * Writes the site beside its place and swaps it in: whoever looks sees the old site or the new one, and a failure
 * leaves the old one as it was. Throws a Refusal where the place is not ours to replace or the disk does not obey.
 */
export function writeSite(outFolder: string, files: ReadonlyMap<string, SiteFile>, roots: Roots): void {
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
  if (names.length > 0 && !(names.includes('.nojekyll') && names.includes('index.html'))) {
    throw new Refusal(
      `${outFolder} is not empty and holds no site of ours, so it is left as it is.`,
      'Choose another folder with --out, or empty this one.',
    )
  }
  return place
}

function writeFile(site: string, name: string, file: SiteFile, roots: Roots): void {
  if (path.posix.normalize(name) !== name || /^(\/|\.{1,2}(\/|$))/.test(name)) {
    throw new Error(`the site cannot hold a file called "${name}"`)
  }
  const target = path.join(site, name)
  makeFolders(site, path.dirname(name))
  if (typeof file === 'string') fs.writeFileSync(target, file, { flag: 'wx' })
  else fs.copyFileSync(path.join(roots[file.from], file.copy), target, fs.constants.COPYFILE_EXCL)
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

function emptyResults(folder: string): Diagnostic {
  const there = fs.existsSync(folder)
  return {
    level: 'error',
    rule: 'empty-results',
    message: there ? 'No saved output of bonnie++ was found here.' : 'This folder does not exist.',
    place: { file: '', line: 1, column: 1 },
    remedy: `On each backend run "bonnie++ -d /mnt -u nobody > loopback-1.txt 2>&1" and save the file as ${path.join(folder, 'loopback-1.txt')}, named after the backend.`,
  }
}

function diskWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'no such file',
    ELOOP: 'its links lead in a circle',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    EBUSY: 'it is in use',
    EIO: 'the disk failed',
  }
  return words[code] ?? (error instanceof Error ? error.message : String(error))
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function isWithin(folder: string, place: string): boolean {
  const relative = path.relative(folder, place)
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  )
}
