import { compareText } from '../model/diagnostic.ts'
import type { Report } from '../model/report.ts'

/*
 * What lists of articles say of each: the index, the feed, the picture for sharing.
 */

/** By the date on which they were measured; those without one come last. */
export function newestFirst(reports: readonly Report[]): readonly Report[] {
  return reports.toSorted(
    (a, b) => compareText(b.facts.date ?? '', a.facts.date ?? '') || compareText(a.study.slug, b.study.slug),
  )
}

/** The verdict for general use as one sentence; empty where nothing could be read. */
export function verdictOf(report: Report): string {
  return report.recommendations.find((r) => r.profile === 'general')?.sentence ?? ''
}

/** What became of a study: a word for lists and a sentence for its page; nulls where it still holds. */
export function standingOf({ study, facts }: Report): { label: string | null; banner: string | null } {
  if (study.status === 'current') return { label: null, banner: null }
  const [label, what] =
    study.status === 'superseded'
      ? ['Superseded', 'A later study supersedes this one']
      : ['Not valid', 'This study is not valid']
  return { label, banner: facts.reason ? `${what}: ${facts.reason}` : `${what}.` }
}
