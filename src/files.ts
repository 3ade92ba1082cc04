import * as fs from 'node:fs'
import path from 'node:path'
import { MOST_BYTES, type SourceRead, TOO_LARGE, unreadable } from './decode.ts'
import { attempt, codeOf, isWithin, Refusal } from './disk.ts'
import { isImage } from './layout.ts'
import { compareText, type Diagnostic } from './model/diagnostic.ts'
import type { ReadLibrary, Templates } from './model/library.ts'
import type { Source } from './model/run.ts'
import { placeHint } from './nearby.ts'
import { TEMPLATES_FOLDER } from './package.ts'
import { libraryIn, readText, sourceIn, type Tree } from './tree.ts'

/*
 * The disk: results/ and templates/ are read here; site/ is written by site-files.ts, and nothing else touches it.
 */

const TEXT = /\.(md|njk|html|css|js|json|svg|txt|sh)$/i

// ─── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads results/. `names` are the known backends in small letters: a folder called so is a study only with study.md. */
export function readLibrary(resultsFolder: string, names: ReadonlySet<string>): ReadLibrary {
  const library = libraryIn({ ...filesBelow(resultsFolder), ...filesIn(resultsFolder) }, names)
  const { folders, diagnostics } = library
  const empty =
    diagnostics.length === 0 && folders.every((f) => f.sources.length + f.diagnostics.length === 0)
  return empty ? { ...library, folders: [], diagnostics: [emptyResults(resultsFolder)] } : library
}

/** The text of results/study.md, or null: the flat study may declare backends of its own. */
export function readMainStudyText(resultsFolder: string): string | null {
  return notAFile(resultsFolder, 'study.md') ? null : readText(filesIn(resultsFolder), 'study.md').text
}

/** Every regular file below a folder, sorted, and what cannot be read. Names that begin with a dot do not count. */
export function filesBelow(folder: string): { files: readonly string[]; faults: readonly Diagnostic[] } {
  if (statOf(folder) === null) return { files: [], faults: [] }
  const entries = entriesOf(folder)
  if (typeof entries === 'string') throw new Refusal(`${folder}: ${entries}`)
  const faults: Diagnostic[] = []
  const refuse = (file: string, reason: string) => {
    faults.push(unreadable(file, reason))
    return []
  }
  const walk = (found: readonly fs.Dirent[], prefix: string): string[] =>
    found.flatMap((entry) => {
      const file = prefix + entry.name
      if (entry.isDirectory()) {
        const inside = entriesOf(path.join(folder, file))
        return typeof inside === 'string' ? refuse(file, inside) : walk(inside, `${file}/`)
      }
      const reason = notAFile(folder, file)
      return reason === null ? file : refuse(file, reason)
    })
  const files = walk(entries, '')
  return { files: files.sort(compareText), faults }
}

/** What lies in a folder, or a sentence that says why that cannot be told. */
function entriesOf(folder: string): fs.Dirent[] | string {
  return attempt(() => {
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.X_OK)
    const entries = fs.readdirSync(folder, { withFileTypes: true })
    return entries.filter(({ name }) => !name.startsWith('.'))
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

/**
 * Every saved output at a place, be it a file or a folder with all that lies below it, as if they lay in a folder
 * called `name`: paths and places begin with it.
 */
export function readOutputs(
  place: string,
  name: string,
): { readonly sources: readonly Source[]; readonly diagnostics: readonly Diagnostic[] } {
  const alone = kindOf(place) === 'file'
  const listed = alone ? { files: [path.basename(place)], faults: [] } : filesBelow(place)
  const folder = alone ? path.dirname(place) : place
  const outputs = listed.files.filter(isOutput)
  const read = outputs.map((file) => readSource(folder, file, `${name}/${file}`))
  const faults = [...listed.faults, ...read.flatMap((source) => source.faults)]
  return {
    sources: read.flatMap(({ source }) => source ?? []),
    diagnostics: faults.map((d) => ({ ...d, place: { ...d.place, file: `${name}/${d.place.file}` } })),
  }
}

/** Whether a file may be saved output, rather than what belongs to the prose or to the blog. */
export function isOutput(file: string): boolean {
  return !isImage(file) && !/(^|\/)(study\.md|site\.yaml)$/.test(file)
}

/** Reads one saved output; `as` is the path it goes by, faults are placed in `file`. */
export function readSource(folder: string, file: string, as = file): SourceRead {
  return sourceIn(filesIn(folder), file, as)
}

/** The text of a study.md that is there. Throws a Refusal where it cannot be read: without its facts others would be judged. */
export function readFacts(folder: string, file: string): string {
  const { source, faults } = readSource(folder, file)
  if (source) return source.text
  throw new Refusal(`${path.join(folder, file)}: ${faults[0]?.message}`)
}

function filesIn(folder: string): Pick<Tree, 'bytes'> {
  return {
    bytes: (file) =>
      attempt(() => {
        const place = path.join(folder, file)
        return fs.statSync(place).size > MOST_BYTES ? TOO_LARGE : fs.readFileSync(place)
      }),
  }
}

/** The files that a pattern names, sorted. */
export async function filesLike(pattern: string): Promise<string[]> {
  // loading it takes longer than reading a small study, and few ask for it
  const { globbySync } = await import('globby')
  return globbySync(pattern, { expandDirectories: false }).sort(compareText)
}

/** The text files of templates/ by path, without those of others, which are only copied. */
export function readTemplates(folder = TEMPLATES_FOLDER): Templates {
  const texts = namesBelow(folder).filter((file) => TEXT.test(file) && !file.startsWith('vendor/'))
  return new Map(
    texts.sort(compareText).map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  )
}

/** The files below a folder of ours, where everything can be read. */
function namesBelow(folder: string, prefix = ''): string[] {
  return fs
    .readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) =>
      entry.isDirectory() ? namesBelow(folder, `${prefix}${entry.name}/`) : `${prefix}${entry.name}`,
    )
}

/** Answers by which a disk says that nothing is there; all others leave that open. */
const ABSENT = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']

/** What the disk says of a place, links followed; null where nothing is there. Throws where the disk does not tell. */
export function statOf(place: string): fs.Stats | null {
  try {
    return fs.statSync(place, { throwIfNoEntry: false }) ?? null
  } catch (error) {
    if (ABSENT.includes(codeOf(error))) return null
    throw error
  }
}

/** Whether a path is a file, a folder, or nothing that is there. Throws where the disk does not tell. */
export function kindOf(place: string): 'file' | 'folder' | null {
  const stat = statOf(place)
  if (stat === null) return null
  return stat.isDirectory() ? 'folder' : 'file'
}

function emptyResults(folder: string): Diagnostic {
  const there = statOf(folder) !== null
  const near = there ? '' : placeHint(folder)
  const begin = `On each backend run "bonnie++ -d /mnt -u nobody > loopback-1.txt 2>&1" and save the file as ${path.join(folder, 'loopback-1.txt')}, named after the backend.`
  return {
    level: 'error',
    rule: 'empty-results',
    message: there ? 'No saved output of bonnie++ was found here.' : 'This folder does not exist.',
    place: { file: '', line: 1, column: 1 },
    remedy: near === '' ? begin : near,
  }
}
