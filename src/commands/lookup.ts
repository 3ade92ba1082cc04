import { Refusal } from '../disk.ts'
import type { Report } from '../model/report.ts'
import { folderAbove, placeHint, programName } from '../nearby.ts'
import { type Format, type Options, UsageError } from './command.ts'
import type { Results } from './results.ts'
import { hint, quoted } from './words.ts'

/*
 * Words of the command line that name something in the results: what is not there is a Refusal that says what is.
 */

/** The study of that name. */
export function studyNamed({ library, studies }: Results, slug: string): Results['studies'][number] {
  const found = studies.find(({ folder }) => folder.slug === slug)
  if (found) return found
  const slugs = library.folders.map((folder) => folder.slug)
  throw new Refusal(`There is no study "${slug}".${hintOrAll(slug, slugs)}`)
}

/** Refuses a word that is no backend with runs in the study. */
export function checkBackend({ study, backends }: Report, id: string): void {
  const ids = backends.map((b) => b.id)
  if (!ids.includes(id))
    throw new Refusal(`There is no backend "${id}" in the study ${study.slug}.${hintOrAll(id, ids)}`)
}

/** That results were asked for, and a file was named. */
export function fileForFolder(place: string): Refusal {
  const remedy = `Name the folder that holds the studies; "${programName()} show ${quoted(place)}" shows a file alone.`
  return new Refusal(`${place} is a file; expected a folder of results.`, remedy)
}

/** That there is no such file or folder, and what lies beside it. */
export function lostPlace(place: string): Refusal {
  return new Refusal(
    `There is no file or folder ${place}.`,
    placeHint(place) || `"ls ${quoted(folderAbove(place))}" lists what is there.`,
  )
}

/** That a word is no place, and that there are no results in which it could name a backend. */
export function noBackend(word: string): Refusal {
  const message = `There is neither a file or folder ${word} nor a folder results/ with such a backend.`
  return new Refusal(
    message,
    placeHint(word) || 'Name two files or folders, or go to the folder that holds results/.',
  )
}

/** The end of a sentence about a word that nobody knows: what it is near to, else all there is. */
export function hintOrAll(word: string, known: readonly string[]): string {
  const near = hint(word, known)
  if (near !== '' || known.length === 0) return near
  return known.length === 1 ? ` There is ${known[0]}.` : ` There are ${known.join(', ')}.`
}

/** What its author says of a study that does not stand any more; nothing of one that does. */
export function statusSentences({ study, facts }: Report): string[] {
  if (study.status === 'current') return []
  const why = facts.reason === undefined ? '.' : `: ${facts.reason}`
  return [`The study is marked as ${study.status}${why}`]
}

/** Refuses the format of annotations where there is nothing to annotate. */
export function textOrJson({ format }: Options, command: string): Exclude<Format, 'github'> {
  if (format !== 'github') return format
  throw new UsageError(`${command} prints text or json, not github.`)
}
