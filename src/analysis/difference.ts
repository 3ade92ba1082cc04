import type { Diagnostic } from '../model/diagnostic.ts'
import type { Advice, Change, StudyDifference, Turnover } from '../model/difference.ts'
import { rateText } from '../model/format.ts'
import type { Finding, Report } from '../model/report.ts'
import { standings } from './pair.ts'

/*
 * Two reports of one study → what differs in what they conclude. Whatever a reader would not be told otherwise
 * (places of lines, wording, digits that are not shown) is no difference.
 */

/** What differs; `before` is null for a new study, `after` for one that is gone. One of them is there. */
export function difference(before: Report | null, after: Report | null): StudyDifference {
  const shown = after ?? before
  if (!shown) throw new Error('a difference of nothing')
  const { slug, title } = shown.study
  const both = before && after ? bothSides(before, after) : NOTHING
  const changes = {
    ...both,
    verdicts: verdicts(before, after),
    problems: turnover(problems(before), problems(after), ({ rule, place, message }) => [
      rule,
      place.file,
      message,
    ]),
  }
  const differs = Object.values(changes).some(isChange)
  const kind = before ? (after ? (differs ? 'changed' : 'meant the same') : 'removed') : 'added'
  const was = before && after && before.study.slug !== slug ? before.study.slug : null
  return { slug, title, kind, was, ...changes }
}

/** A study of which no byte that counts differs. */
export function unchanged({ study: { slug, title } }: Report, was: string): StudyDifference {
  const nothing = { ...NOTHING, verdicts: [], problems: EMPTY }
  return { slug, title, kind: 'same', was: was === slug ? null : was, ...nothing }
}

function isChange(part: unknown): boolean {
  if (part === null) return false
  return Array.isArray(part) ? part.length > 0 : Object.values(part as object).some((each) => each.length > 0)
}

const EMPTY = { appeared: [], gone: [] } as const
const NOTHING = {
  status: null,
  headline: null,
  comparisons: [],
  claims: [],
  doubts: EMPTY,
  numbers: [],
  backends: EMPTY,
  runs: [],
} as const

function bothSides(before: Report, after: Report) {
  const ids = (report: Report) => report.backends.map(({ id }) => id)
  const common = ids(after).filter((id) => ids(before).includes(id))
  const doubts = (report: Report) => report.findings.filter(({ level }) => level === 'warning')
  return {
    status: change(before.study.status, after.study.status),
    headline: change(before.headline, after.headline),
    comparisons: comparisons(before, after, common),
    claims: claims(before, after),
    doubts: turnover(doubts(before), doubts(after), ({ rule, backend, metric }: Finding) => [
      rule,
      backend,
      metric,
    ]),
    numbers: numbers(before, after),
    backends: turnover(ids(before), ids(after), (id) => [id]),
    runs: common.flatMap((backend) => {
      const counts = [before, after].map((side) => side.runs.filter((run) => run.backend === backend).length)
      const found = change(counts[0] ?? 0, counts[1] ?? 0)
      return found ? [{ backend, ...found }] : []
    }),
  }
}

function change<T>(before: T, after: T): Change<T> | null {
  return before === after ? null : { before, after }
}

/** What one side has more often than the other. */
function turnover<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => readonly unknown[],
): Turnover<T> {
  return { appeared: without(after, before, key), gone: without(before, after, key) }
}

function without<T>(items: readonly T[], others: readonly T[], key: (item: T) => readonly unknown[]): T[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(name(other), (left.get(name(other)) ?? 0) + 1)
  return items.filter((item) => {
    const count = left.get(name(item)) ?? 0
    left.set(name(item), count - 1)
    return count <= 0
  })
  function name(item: T): string {
    return JSON.stringify(key(item))
  }
}

function verdicts(before: Report | null, after: Report | null): StudyDifference['verdicts'] {
  const advised = (report: Report | null, profile: string): Advice | null => {
    const found = report?.recommendations.find((r) => r.profile === profile)
    if (!report || !found) return null
    const { verdict, choice, grade } = found
    return { verdict, choice, grade }
  }
  return ((after ?? before)?.recommendations ?? []).flatMap(({ profile, title }) => {
    const [old, now] = [advised(before, profile), advised(after, profile)]
    const flips = old !== null && now !== null && (old.verdict !== now.verdict || old.choice !== now.choice)
    if (!flips && old?.grade === now?.grade) return []
    return [{ profile, title, flips, before: old, after: now }]
  })
}

function comparisons(
  before: Report,
  after: Report,
  common: readonly string[],
): StudyDifference['comparisons'] {
  // a baseline stands below the line, also where it is not the first
  const order = common.toSorted(
    (a, b) => Number(b === after.study.baseline) - Number(a === after.study.baseline),
  )
  const pairs = order.flatMap((baseline, i) => order.slice(i + 1).map((backend) => ({ backend, baseline })))
  return pairs.flatMap(({ backend, baseline }) => {
    const old = standings(before, backend, baseline)
    return standings(after, backend, baseline).flatMap(({ metric, verdict }) => {
      const found = change(old.find((s) => s.metric === metric)?.verdict ?? 'cannot tell', verdict)
      return found ? [{ metric, backend, baseline, ...found }] : []
    })
  })
}

/** Claims that both sides make. */
function claims(before: Report, after: Report): StudyDifference['claims'] {
  return after.claims.flatMap(({ kind, text, expression, verdict }) => {
    const old = before.claims.find((claim) => claim.kind === kind && claim.expression === expression)
    const found = old && change(old.verdict, verdict)
    return found ? [{ text, expression, ...found }] : []
  })
}

function numbers(before: Report, after: Report): StudyDifference['numbers'] {
  return after.samples.flatMap(({ backend, metric, median }) => {
    const old = before.samples.find((s) => s.backend === backend && s.metric === metric)?.median
    if (!old || rateText(metric, old) === rateText(metric, median)) return []
    return [{ backend, metric, before: old, after: median }]
  })
}

function problems(report: Report | null): readonly Diagnostic[] {
  return (report?.diagnostics ?? []).filter(({ level }) => level !== 'note')
}
