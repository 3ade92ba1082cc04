import { sentenceCase } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import { summary } from './charts/summary.ts'
import { Verbatim } from './escape.ts'
import type { Figure, KeyEntry } from './figure.ts'
import { newestFirst, standingOf, verdictOf } from './listing.ts'
import { byline, runCounts, runsEach } from './words.ts'

/*
 * The blog: the articles that hold, newest first, each with its verdict in a line and its ratios at a glance; below
 * them those that were superseded or found not to be valid, without their verdicts.
 */

export const INDEX_DESCRIPTION =
  'What saved bonnie++ outputs say about storage backends, and how sure that is.'

/** One article in the list. All strings are plain text. */
export interface IndexEntry {
  readonly slug: string
  /** without its ending: `xen/report` in Markdown, `xen/index` in HTML */
  readonly page: Verbatim
  readonly title: string
  readonly headline: string
  readonly doubt: string | null
  readonly verdict: string
  readonly byline: readonly string[]
  /** of what no longer holds; its verdict is not repeated */
  readonly banner: string | null
  /** null where nothing can be compared, or no longer */
  readonly figure: Figure | null
  /** the backends in it */
  readonly backends: readonly KeyEntry[]
}

export interface IndexView {
  readonly siteTitle: string
  readonly intro: string
  readonly pastTitle: string
  /** what the marks of the charts mean, said once for all of them */
  readonly key: readonly KeyEntry[]
  readonly many: boolean
  readonly current: readonly IndexEntry[]
  readonly past: readonly IndexEntry[]
}

export function indexView(reports: readonly Report[], siteTitle: string): IndexView {
  const entries = newestFirst(reports).map(entryOf)
  const meanings = entries.flatMap(({ figure }) => figure?.key ?? []).filter((entry) => !isBackend(entry))
  return {
    siteTitle,
    intro:
      'Each article reads a folder of saved bonnie++ outputs, tells which numbers measured the disk, and says what they decide.',
    pastTitle: 'No longer current',
    key: [...new Map(meanings.map((entry) => [entry.symbol, entry])).values()],
    many: entries.length > 1,
    current: entries.filter(({ banner }) => banner === null),
    past: entries.filter(({ banner }) => banner !== null),
  }
}

function isBackend({ symbol }: KeyEntry): boolean {
  return typeof symbol === 'number'
}

function entryOf(report: Report): IndexEntry {
  const { banner } = standingOf(report)
  const figure = banner === null ? summary(report) : null
  return {
    slug: report.study.slug,
    page: new Verbatim(`${report.study.slug}/report.md`),
    title: report.study.title,
    headline: report.headline,
    doubt: report.doubt,
    verdict: verdictOf(report),
    byline: [
      ...(report.runs.length > 0 ? [sentenceCase(runsEach(runCounts(report)))] : []),
      ...byline(report),
    ],
    banner,
    figure,
    backends: figure?.key.filter(isBackend) ?? [],
  }
}
