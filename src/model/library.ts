import type { Knowledge } from './backend.ts'
import type { Diagnostic, Level } from './diagnostic.ts'
import type { Picture } from './picture.ts'
import type { Source } from './run.ts'

/** One study's folder as found on disk; the flat study `main` is a folder without a name. */
export interface StudyFolder {
  readonly slug: string
  /** path from results/ to the folder, with its slash: `xen/` or, for the flat study, nothing */
  readonly prefix: string
  /** study.md as text, or null where the folder has none */
  readonly studyText: string | null
  readonly sources: readonly Source[]
  /** files the prose may show: paths relative to the folder */
  readonly images: readonly string[]
  /** files that could not be read at all */
  readonly diagnostics: readonly Diagnostic[]
}

/** results/ as found on disk. */
export interface Library {
  readonly siteText: string | null
  readonly folders: readonly StudyFolder[]
  /** problems of the directory itself, such as two slugs alike; places are relative to results/ */
  readonly diagnostics: readonly Diagnostic[]
}

/** A file and what it held when it was read: a path below results/ or site/, with `/` on every system. */
export interface FileHash {
  readonly path: string
  readonly bytes: number
  /** of the bytes as they lie on the disk, in hexadecimal digits */
  readonly sha256: string
}

/** results/ as found on disk, and every file that was read there, sorted by path. */
export interface ReadLibrary extends Library {
  readonly inputs: readonly FileHash[]
}

/** templates/ as text by path relative to it, such as `backends/lvm.md`. */
export type Templates = ReadonlyMap<string, string>

/** A file to copy byte for byte: a path below results/ or templates/. */
export interface Copy {
  readonly copy: string
  readonly from: 'results' | 'templates'
}

/** What the site holds by path: text, bytes, a file to copy, or a picture that is still to be drawn. */
export type SiteFile = string | Uint8Array | Copy | { readonly picture: Picture }

/** The same with its pictures drawn. */
export type DrawnFile = string | Copy | Uint8Array

/** The same with its bytes settled: those of a copy by their hash, so that no other bytes are published. */
export type SealedFile = string | Uint8Array | (Copy & Pick<FileHash, 'sha256'>) | Stored

/** Bytes that are put away until they are read. */
export interface Stored {
  readonly stored: () => Uint8Array
}

/** A page of templates/backends/: what is documented, and the text below it. */
export interface KnowledgePage {
  readonly knowledge: Knowledge
  readonly body: string
}

/** A page of templates/rules/: what a rule in brackets means. */
export interface RulePage {
  readonly rule: string
  readonly title: string
  readonly level: Level
  readonly body: string
}

/** A page of templates/dialects/: the words about one way in which results are printed. */
export interface DialectPage {
  readonly slug: string
  readonly title: string
  /** one sentence: what it is */
  readonly summary: string
  readonly body: string
}
