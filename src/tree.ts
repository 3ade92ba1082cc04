import { hashOf, type SourceRead, toSource, unreadable } from './decode.ts'
import { isImage, layOut, type StudyFiles } from './layout.ts'
import { byPlace, compareText, type Diagnostic } from './model/diagnostic.ts'
import type { FileHash, ReadLibrary, StudyFolder } from './model/library.ts'

/*
 * A tree of files, wherever it lies → the studies in it.
 */

/** results/ on a disk or in a revision. Paths are relative to it, with forward slashes. */
export interface Tree {
  /** every file that can be read, sorted by code point */
  readonly files: readonly string[]
  /** what cannot be read */
  readonly faults: readonly Diagnostic[]
  /** the bytes of a file, or a sentence that says why there are none */
  bytes(file: string): Uint8Array | string
}

/** All texts are held at once, so that a page can show them: no more than this, in UTF-16 units. */
const MOST_TOGETHER = 2 ** 30

/** The studies of a tree. `names` are the known backends in small letters: a folder called so is a study only with study.md. */
export function libraryOf(tree: Tree, names: ReadonlySet<string>, most = MOST_TOGETHER): ReadLibrary {
  const { files, faults } = tree
  const layout = layOut(files, names)
  const room: Room = { left: most }
  const faultsOf = new Map<string | null, Diagnostic[]>()
  for (const fault of faults) {
    const prefix = layout.prefixOf(fault.place.file)
    const own = faultsOf.get(prefix) ?? []
    own.push(fault)
    faultsOf.set(prefix, own)
  }
  const studies = layout.studies.map((study) =>
    readStudy(tree, study, faultsOf.get(study.prefix) ?? [], room),
  )
  const homeless = faultsOf.get(null) ?? []
  const site = files.includes('site.yaml') ? readText(tree, 'site.yaml') : NO_TEXT
  const inputs = [...site.inputs, ...studies.flatMap((study) => study.inputs)]
  return {
    siteText: site.text,
    folders: studies.map(({ folder }) => folder),
    diagnostics: [...layout.faults, ...homeless, ...site.faults].sort(byPlace),
    inputs: inputs.sort((a, b) => compareText(a.path, b.path)),
  }
}

interface StudyRead {
  readonly folder: StudyFolder
  readonly inputs: readonly FileHash[]
}

/** How many more characters are held. */
interface Room {
  left: number
}

/** What was read, unless there is no room for it. */
function within(room: Room, file: string, read: SourceRead): SourceRead {
  const length = read.source?.text.length ?? 0
  if (length > room.left) {
    const full = unreadable(
      file,
      'The files above this one hold 1 GiB of text together, and no more is read.',
    )
    return {
      source: null,
      saved: null,
      faults: [{ ...full, remedy: 'Keep these results in several folders.' }],
    }
  }
  room.left -= length
  return read
}

function readStudy(tree: Tree, study: StudyFiles, faults: readonly Diagnostic[], room: Room): StudyRead {
  const { slug, prefix } = study
  const relative = (file: string) => file.slice(prefix.length)
  const hasText = study.files.includes(`${prefix}study.md`)
  const text = hasText ? readText(tree, `${prefix}study.md`) : NO_TEXT
  const others = study.files.filter((file) => file !== `${prefix}study.md`)
  const read = others
    .filter((file) => !isImage(file))
    .map((file) => ({ file, ...within(room, file, sourceIn(tree, file, relative(file))) }))
  const images = others.filter(isImage).map((file) => ({ file, ...readImage(tree, file) }))
  const found = [...faults, ...text.faults, ...[...images, ...read].flatMap((each) => each.faults)]
  const folder = {
    slug,
    prefix,
    studyText: text.text,
    sources: read.flatMap(({ source }) => source ?? []),
    images: images.filter(({ saved }) => saved !== null).map(({ file }) => relative(file)),
    diagnostics: found
      .map((d) => ({ ...d, place: { ...d.place, file: relative(d.place.file) } }))
      .sort(byPlace),
  }
  const saved = [...read, ...images].flatMap(({ file, saved }) => (saved ? [{ path: file, ...saved }] : []))
  return { folder, inputs: [...text.inputs, ...saved] }
}

/** A picture is copied as it is: only its hash is of interest. */
function readImage({ bytes }: Pick<Tree, 'bytes'>, file: string): Pick<SourceRead, 'saved' | 'faults'> {
  const read = bytes(file)
  if (typeof read === 'string') return { saved: null, faults: [unreadable(file, read)] }
  return { saved: hashOf(read), faults: [] }
}

/** One saved output; `as` is the path it goes by, faults are placed in `file`. */
export function sourceIn({ bytes }: Pick<Tree, 'bytes'>, file: string, as = file): SourceRead {
  const read = bytes(file)
  if (typeof read === 'string') return { source: null, saved: null, faults: [unreadable(file, read)] }
  return toSource(read, file, as)
}

interface TextRead {
  readonly text: string | null
  readonly inputs: readonly FileHash[]
  readonly faults: readonly Diagnostic[]
}

const NO_TEXT: TextRead = { text: null, inputs: [], faults: [] }

/** Nobody writes more by hand, and what is made of words takes far more memory and time than what is made of outputs. */
const MOST_WRITTEN = 2 ** 20

/** A file that people write, and none that holds a NUL. */
export function readText(tree: Pick<Tree, 'bytes'>, file: string): TextRead {
  const { source, saved, faults } = sourceIn(tree, file)
  const inputs = saved ? [{ path: file, ...saved }] : []
  const refused = (message: string): TextRead => ({ text: null, inputs, faults: [unreadable(file, message)] })
  if (source && source.text.length > MOST_WRITTEN)
    return refused('The file is larger than 1 MiB, which is more than anybody writes by hand.')
  if (source?.text.includes('\0')) return refused('Expected text, got a NUL byte: the file is binary.')
  return { text: source?.text ?? null, inputs, faults }
}
