import { sentenceCase } from '../model/format.ts'
import type { Metric, MetricId } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import { withoutControls } from './escape.ts'
import { uniqueSlug } from './html.ts'
import { addressOf, rawPaths } from './raw.ts'
import type { SavedFile } from './saved.ts'
import { testsOf, titleOf } from './words.ts'

/*
 * Where a number of an article leads: to the place where it was saved, or to the page that tells how it came about.
 * Addresses are written for the Markdown twin, from the folder of the study.
 */

/** What a number is of: a sample, one run of it (1-based) or, without a backend, the comparisons of a test. */
export interface Subject {
  readonly metric: MetricId
  readonly backend?: string
  readonly run?: number | null
  /** worked out from the cell, so that the cell alone does not show it */
  readonly derived?: true
}

/** A text and what it tells a number of; a text alone tells none. */
export type Told = string | { readonly text: string; readonly of: Subject }

/** A text and where it leads. */
export interface Link {
  readonly text: string
  readonly door: string | null
}

export function textOf(told: Told): string {
  return typeof told === 'string' ? told : told.text
}

export interface Doors {
  /** null where nothing is told of it */
  readonly of: (subject: Subject) => string | null
  readonly through: (told: Told) => Link
  /** the same, but never to a place in a saved file */
  readonly section: (subject: Subject) => string | null
  /** the sections of the page of numbers, in their order */
  readonly sections: readonly Section[]
  /** the place in a saved file, as near as it is shown; null where no such file is published */
  readonly place: (path: string, line: number | null, column: number | null) => string | null
  /** the saved file as its page shows it */
  readonly saved: (path: string) => SavedFile | null
}

/** A test on the page of numbers: headings of Markdown, and the ids that they get. */
export interface Section {
  readonly metric: Metric
  readonly title: string
  readonly id: string
  readonly backends: readonly { readonly backend: string; readonly heading: string; readonly id: string }[]
  /** null where nothing was compared */
  readonly compared: { readonly heading: string; readonly id: string } | null
}

/** `files`: those that have a page, by path. */
export function doorsOf(report: Report, files: ReadonlyMap<string, SavedFile>): Doors {
  const sections = sectionsOf(report)
  const raw = rawPaths(report.sources.map((source) => source.path))
  const place = (path: string, line: number | null, column: number | null) => {
    const file = raw.get(path)
    if (file === undefined) return null
    const address = addressOf(file)
    const saved = files.get(path)
    if (!saved || line === null || !saved.lines.some(({ number }) => number === line)) return address
    const isCell = column !== null && saved.cellAt(line, column) !== null
    return `${address}#L${line}${isCell ? `C${column}` : ''}`
  }
  const ids = new Map(
    sections.flatMap(({ metric: { id }, id: test, compared, backends }) => [
      ...backends.map((own) => [keyOf({ metric: id, backend: own.backend }), own.id] as const),
      [keyOf({ metric: id }), compared?.id ?? test] as const,
    ]),
  )
  const section = (subject: Subject) => {
    const id = ids.get(keyOf(subject))
    return id === undefined ? null : `numbers/index.md#${id}`
  }
  const of = (subject: Subject) => {
    const address = section(subject)
    return address && (cellAlone(report, subject, { files, place }) ?? address)
  }
  return {
    of,
    through: (told) => ({ text: textOf(told), door: typeof told === 'string' ? null : of(told.of) }),
    section,
    sections,
    place,
    saved: (path) => files.get(path) ?? null,
  }
}

function keyOf({ metric: id, backend }: Subject): string {
  return backend === undefined ? id : `${id} ${backend}`
}

/** The place of the cell of one run, or of the only one, if it is shown. */
function cellAlone(
  report: Report,
  { metric: id, backend, run, derived }: Subject,
  { files, place }: { readonly files: ReadonlyMap<string, SavedFile>; readonly place: Doors['place'] },
): string | null {
  if (backend === undefined || derived) return null
  const runs = report.runs.filter((own) => own.backend === backend)
  const only = typeof run === 'number' ? runs[run - 1] : runs.length === 1 ? runs[0] : undefined
  const { line, column } = only?.cells[id] ?? { line: null, column: null }
  if (!only || line === null || column === null) return null
  return files.get(only.path)?.cellAt(line, column) ? place(only.path, line, column) : null
}

/** Every test, and in it every backend with a cell of it. Ids are those which GitHub gives these headings. */
function sectionsOf(report: Report): Section[] {
  const taken = new Set<string>()
  return testsOf(report).map((test) => {
    const title = sentenceCase(test.label)
    const id = uniqueSlug(title, taken)
    const present = report.backends.filter((b) =>
      report.runs.some((run) => run.backend === b.id && run.cells[test.id].state !== 'not_run'),
    )
    const backends = present.map((b) => {
      const heading = withoutControls(`${title} of ${titleOf(report, b.id)}`)
      return { backend: b.id, heading, id: uniqueSlug(heading, taken) }
    })
    const heading = `${title}, compared`
    const isCompared = report.comparisons.some((c) => c.metric === test.id)
    const compared = isCompared ? { heading, id: uniqueSlug(heading, taken) } : null
    return { metric: test, title, id, backends, compared }
  })
}
