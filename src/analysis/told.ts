import type { Direction, Found, Pair } from '../model/across.ts'
import { compareText } from '../model/diagnostic.ts'
import type { MetricId } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import { equivalence } from './compare.ts'
import { mannerOf, testOf } from './evidence.ts'
import { standings } from './pair.ts'

/*
 * What one study says of pairs of backends, in terms that another study's can be set beside: kinds in place of the
 * study's own names, and how a test was made.
 */

/** What a study says of a pair, with what is needed to set it beside another study's. */
export interface Told extends Found {
  readonly pair: Pair
  readonly metric: MetricId
  /** how it was tested, whatever the amount; null where the output does not tell */
  readonly manner: string | null
  readonly direction: Direction | null
}

/** Every two backends of different kinds of a study, on every test for which both have a rate. */
export function tellings(report: Report): Told[] {
  const known = report.backends.flatMap(({ id, kind }) => (kind === null ? [] : [{ id, kind }]))
  return known.flatMap((a) =>
    known
      .filter((b) => compareText(a.kind, b.kind) < 0)
      .flatMap((b) =>
        standings(report, a.id, b.id).flatMap(({ metric, disk, measured, validity, because }): Told[] => {
          if (!measured || validity.includes('missing')) return []
          const tested = testedBy(report, a.id, metric)
          const found = { study: report.study.slug, disk, measured, validity, because, ...tested }
          return [{ ...found, pair: [a.kind, b.kind], metric, direction: directionOf(report, found) }]
        }),
      ),
  )
}

/** What the runs of a sample tested. They are alike, so the first speaks for all. */
function testedBy(report: Report, backend: string, id: MetricId): Pick<Told, 'test' | 'manner'> {
  const sample = report.samples.find((s) => s.backend === backend && s.metric === id)
  const runs = report.runs.filter((run) => run.backend === backend)
  const run = runs[(sample?.values[0]?.run ?? 1) - 1]
  return run ? { test: testOf(run, id), manner: mannerOf(run, id) } : { test: '', manner: null }
}

/**
 * Where a study's disk evidence points: its verdict; without an interval only what is far beyond the usual spread of
 * runs, and bounds beyond the equivalence band. Null without disk evidence.
 */
function directionOf({ facts }: Report, { disk }: Pick<Found, 'disk'>): Direction | null {
  if (!disk) return null
  if (disk.interval) return TOLD_BY[disk.verdict]
  const { ratio, spread } = disk
  if (ratio.kind === 'unknown' || spread === 'within') return 'open'
  const [low, high] = [
    ratio.kind === 'exact' ? ratio.value : ratio.kind === 'at least' ? ratio.bound : 0,
    ratio.kind === 'exact' ? ratio.value : ratio.kind === 'at most' ? ratio.bound : Number.POSITIVE_INFINITY,
  ]
  const band = 1 + equivalence(disk.metric, facts)
  return low > band ? 'ahead' : high < 1 / band ? 'behind' : 'open'
}

const TOLD_BY = { better: 'ahead', worse: 'behind', same: 'same', unclear: 'open' } as const

/** All pairs of which something is said, in the order of their ids. */
export function pairsOf(told: readonly Told[]): Pair[] {
  const pairs = new Map(told.map(({ pair }) => [pair.join(' '), pair]))
  return [...pairs.values()].toSorted((a, b) => compareText(a[0], b[0]) || compareText(a[1], b[1]))
}

/** Whether something is said of these two kinds. */
export function isOf(pair: Pair): (told: { readonly pair: Pair }) => boolean {
  return ({ pair: [first, second] }) => first === pair[0] && second === pair[1]
}
