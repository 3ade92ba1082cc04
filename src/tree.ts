import { type SourceRead, toSource, unreadable } from './decode.ts'
import { isImage, layOut, type StudyFiles } from './layout.ts'
import { byPlace, type Diagnostic } from './model/diagnostic.ts'
import type { Library, StudyFolder } from './model/library.ts'

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
  /** a sentence that says why a file cannot be copied, or null */
  locked(file: string): string | null
}

/** The studies of a tree. `names` are the known backends in small letters: a folder called so is a study only with study.md. */
export function libraryOf(tree: Tree, names: ReadonlySet<string>): Library {
  const { files, faults } = tree
  const layout = layOut(files, names)
  const folders = layout.studies.map((study) => {
    const own = faults.filter((fault) => layout.prefixOf(fault.place.file) === study.prefix)
    return readStudy(tree, study, own)
  })
  const homeless = faults.filter((fault) => layout.prefixOf(fault.place.file) === null)
  const site = files.includes('site.yaml') ? readText(tree, 'site.yaml') : { text: null, faults: [] }
  const diagnostics = [...layout.faults, ...homeless, ...site.faults].sort(byPlace)
  return { siteText: site.text, folders, diagnostics }
}

function readStudy(tree: Tree, study: StudyFiles, faults: readonly Diagnostic[]): StudyFolder {
  const { slug, prefix } = study
  const relative = (file: string) => file.slice(prefix.length)
  const hasText = study.files.includes(`${prefix}study.md`)
  const text = hasText ? readText(tree, `${prefix}study.md`) : { text: null, faults: [] }
  const others = study.files.filter((file) => file !== `${prefix}study.md`)
  const read = others.filter((file) => !isImage(file)).map((file) => sourceIn(tree, file, relative(file)))
  const images = others.filter(isImage)
  const locked = images.flatMap((file) => {
    const reason = tree.locked(file)
    return reason === null ? [] : [unreadable(file, reason)]
  })
  const found = [...faults, ...text.faults, ...locked, ...read.flatMap((source) => source.faults)]
  return {
    slug,
    prefix,
    studyText: text.text,
    sources: read.flatMap(({ source }) => source ?? []),
    images: images.filter((file) => !locked.some((d) => d.place.file === file)).map(relative),
    diagnostics: found
      .map((d) => ({ ...d, place: { ...d.place, file: relative(d.place.file) } }))
      .sort(byPlace),
  }
}

/** One saved output; `as` is the path it goes by, faults are placed in `file`. */
export function sourceIn({ bytes }: Pick<Tree, 'bytes'>, file: string, as = file): SourceRead {
  const read = bytes(file)
  if (typeof read === 'string') return { source: null, faults: [unreadable(file, read)] }
  return toSource(read, file, as)
}

/** A file that people write, and none that holds a NUL. */
export function readText(
  tree: Pick<Tree, 'bytes'>,
  file: string,
): { readonly text: string | null; readonly faults: readonly Diagnostic[] } {
  const { source, faults } = sourceIn(tree, file)
  if (!source?.text.includes('\0')) return { text: source?.text ?? null, faults }
  return { text: null, faults: [unreadable(file, 'Expected text, got a NUL byte: the file is binary.')] }
}
