import { visible } from '../diagnose.ts'
import { Refusal } from '../disk.ts'
import { filesLike, kindOf, readTemplates } from '../files.ts'
import { byPlace, type Diagnostic, type Noted } from '../model/diagnostic.ts'
import type { Keep } from '../model/keep.ts'
import type { ReadLibrary, StudyFolder, Templates } from '../model/library.ts'
import type { Finding, Report } from '../model/report.ts'
import type { Source } from '../model/run.ts'
import { programName } from '../nearby.ts'
import { prepared } from '../prepared.ts'
import type { Records } from '../records.ts'
import type { Call } from './command.ts'
import { fileForFolder } from './lookup.ts'

/** results/ read and judged. */
export interface Results {
  /** the folder as the user called it, with its slash */
  readonly prefix: string
  readonly folder: string
  readonly library: ReadLibrary
  readonly templates: Templates
  readonly studies: readonly { readonly folder: StudyFolder; readonly report: Report }[]
}

/** A problem whose place is relative to results/. */
export type Located = Diagnostic & Partial<Pick<Finding, 'backend' | 'metric' | 'runs'>>

/**
 * Reads and judges the results that the operand names; of several studies, those that are wanted. `keep` may remember
 * what earlier calls have made: what was not edited since is then the same object as before.
 */
export async function openResults(
  { operands: [folder = 'results'], options, io }: Call,
  isWanted: (slug: string) => boolean = () => true,
  keep: Keep = prepared,
): Promise<Noted<Results>> {
  if (kindOf(folder) === 'file') throw fileForFolder(folder)
  // what help and parse can do without is loaded only here
  const { analyse, knowledgeOf, parseInRoom, siteFacts } = await import('../build.ts')
  const { readResults } = await import('../library.ts')
  const templates = keepTemplates(readTemplates(), keep)
  const knowledge = keep('knowledge', [templates], () => knowledgeOf(templates, keep))
  const found = readResults(folder, knowledge)
  const library = { ...found, folders: found.folders.map((study) => keepFolder(study, keep)) }
  const records = await readRecords(options.records)
  const wanted = library.folders.filter(({ slug }) => isWanted(slug))
  const studies = wanted.map((study, i) => {
    io.status(`Reading study ${i + 1} of ${wanted.length}: ${study.slug}`)
    const known = (source: Source) =>
      records?.parsed(source, study.prefix) ??
      keep(`parsed ${study.prefix}${source.path}`, [source.sha256], () => parseInRoom(source))
    const inputs = [study, knowledge, records]
    return {
      folder: study,
      report: keep(`report ${study.slug}`, inputs, () => analyse(study, knowledge, known)),
    }
  })
  for (const path of options.quiet ? [] : (records?.unused() ?? []))
    io.err(
      `The records of ${visible(path)} are not used: no file has its path and bytes, or some are missing.`,
    )
  const prefix = folder.replace(/^(\.\/)+(?=.)/, '').replace(/(?<!\/)\/*$/, '/')
  const diagnostics = [
    ...library.diagnostics,
    ...siteFacts(library).diagnostics,
    ...studies.flatMap(({ folder, report }) => report.diagnostics.map((d) => locate(d, folder))),
  ]
  const value = { prefix, folder, library, templates, studies }
  return { value, diagnostics: diagnostics.sort(byPlace) }
}

/** The templates as they were last time, if nothing in them has changed. */
function keepTemplates(templates: Templates, keep: Keep): Templates {
  return keep('templates', [...templates].flat(), () => templates)
}

/** A study's folder as it was last time, if nothing in it has changed that a report is made of. */
function keepFolder(study: StudyFolder, keep: Keep): StudyFolder {
  const { sources, ...rest } = study
  const inputs = [JSON.stringify(rest), ...sources.flatMap(({ path, sha256 }) => [path, sha256])]
  return keep(`folder ${study.slug}`, inputs, () => study)
}

/** The records that a pattern names; null where none is given. */
async function readRecords(pattern: string | undefined): Promise<Records | null> {
  if (pattern === undefined) return null
  const files = await filesLike(pattern)
  if (files.length === 0)
    throw new Refusal(
      `There is no file of records like ${pattern}.`,
      `"${programName()} parse FILE... > records.ndjson" writes one.`,
    )
  const { Records } = await import('../records.ts')
  return Records.read(files)
}

/** Doubts about evidence in the order of their places. */
export function findingsOf({ studies }: Results): readonly Located[] {
  return studies.flatMap(({ folder, report }) => report.findings.map((f) => locate(f, folder))).sort(byPlace)
}

/** A problem of a study with its place relative to results/. */
export function locate<T extends Diagnostic>(problem: T, { prefix }: StudyFolder): T {
  return { ...problem, place: { ...problem.place, file: prefix + problem.place.file } }
}
