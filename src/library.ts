import { knownNames } from './analysis/assign.ts'
import { readStudyText } from './analysis/front-matter.ts'
import { knowledgeOf } from './build.ts'
import { toSource } from './decode.ts'
import { readLibrary, readMainStudyText, readTemplates } from './files.ts'
import type { Knowledge } from './model/backend.ts'
import { compareText } from './model/diagnostic.ts'
import type { Library, ReadLibrary, StudyFolder } from './model/library.ts'
import type { Source } from './model/run.ts'
import { studyIn } from './tree.ts'

/*
 * What is analysed and published, for programs that use this package: from the disk, or made of texts.
 */

/** A saved output from its text. The hash is that of the text in UTF-8. */
export function sourceOf(path: string, text: string): Source {
  const { source } = toSource(Buffer.from(text), path)
  if (source === null) throw new Error(`${path}: expected text, got what is gzipped`)
  return source
}

/**
 * A study from its files by their paths in it: saved outputs as text or bytes, gzipped or not, and `study.md`. What
 * cannot be read stands in its diagnostics.
 */
export function folderOf(slug: string, files: Readonly<Record<string, string | Uint8Array>>): StudyFolder {
  const prefix = `${slug}/`
  const contents = new Map(
    Object.entries(files).map(([name, content]) => [prefix + name, Buffer.from(content)]),
  )
  const study = { slug, prefix, files: [...contents.keys()].sort(compareText) }
  const bytes = (file: string) => contents.get(file) ?? 'there is no such file'
  return studyIn({ bytes }, study, []).folder
}

/** The blog of these studies; `siteText` is the text of site.yaml. */
export function libraryOf(folders: readonly StudyFolder[], siteText: string | null = null): Library {
  const sorted = folders.toSorted((a, b) => compareText(a.slug, b.slug))
  return { siteText, folders: sorted, diagnostics: [] }
}

/** Reads a folder of results from the disk. Throws where it may not be read; what is wrong in it is in diagnostics. */
export function readResults(
  folder = 'results',
  knowledge: readonly Knowledge[] = knowledgeOf(readTemplates()),
): ReadLibrary {
  // the flat study may declare backends beside those that everybody knows
  const { facts } = readStudyText(readMainStudyText(folder) ?? '').value
  return readLibrary(folder, knownNames(facts, knowledge))
}
