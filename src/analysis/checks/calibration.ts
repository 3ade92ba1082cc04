import { METRIC_IDS, type MetricId } from '../../model/metric.ts'
import type { CheckFacts, PublishedRow } from '../../model/shelf.ts'
import { CHECKS } from '../checks.ts'
import { exampleFacts } from './examples.ts'
import { PUBLISHED, type Published, subjectOf } from './published.ts'
import { tryOut } from './trial.ts'

/** What every check finds on the published rows: each study is judged by itself. */
export function calibration(): PublishedRow[] {
  return PUBLISHED.map((published) => {
    const { id, title, year, url } = published
    const beside = PUBLISHED.filter(({ study }) => study === published.study)
    const found = tryOut(beside.map(subjectOf), published.facts).filter(({ backend }) => backend === id)
    const rules = (kept: (rule: string) => boolean) =>
      CHECKS.map(({ rule }) => rule).filter((rule) => kept(rule))
    const doubts = (rule: string) => found.some((f) => f.rule === rule && f.effect !== undefined)
    return {
      id,
      title,
      year,
      url,
      cells: cellsOf(published),
      doubts: rules(doubts),
      notes: rules((rule) => !doubts(rule) && found.some((f) => f.rule === rule)),
    }
  })
}

/** The checks as plain data: what their pages print beside their words. */
export function checkFacts(): CheckFacts[] {
  const rows = calibration()
  return CHECKS.map(({ rule, remedy }) => ({
    rule,
    remedy,
    examples: exampleFacts(rule),
    doubts: rows.filter(({ doubts }) => doubts.includes(rule)).map(({ id }) => id),
    notes: rows.filter(({ notes }) => notes.includes(rule)).map(({ id }) => id),
  }))
}

function cellsOf({ row }: Published): PublishedRow['cells'] {
  const printed = row.split(' ')
  const cells = METRIC_IDS.map((id, i): [MetricId, string] => [id, printed[i]?.replace(/\/\d+$/, '') ?? '-'])
  return Object.fromEntries(cells) as Record<MetricId, string>
}
