import type { Across, Agreement, Direction, Pair, PairAcross, TestAcross } from '../model/across.ts'
import type { Tristate } from '../model/backend.ts'
import { compareText } from '../model/diagnostic.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import { areApart } from './apart.ts'
import { indirect } from './indirect.ts'
import { isOf, pairsOf, type Told, tellings } from './told.ts'

/**
 * Sets the studies side by side, pair by pair. Backends are matched by the knowledge page they are of; one without a
 * page is left out, since a title is no proof that two are the same. Only current studies take part.
 */
export function across(reports: readonly Report[]): Across {
  const ordered = newestFirst(reports)
  const current = ordered.filter(({ study }) => study.status === 'current')
  const told = current.flatMap(tellings)
  const pairs = pairsOf(told).map((pair) => onePair(pair, told, current))
  return {
    schema: 1,
    studies: current.map(({ study }) => study.slug),
    pairs,
    ...indirect(told),
    setAside: ordered.filter(({ study }) => study.status !== 'current').map(({ study }) => study.slug),
    unnamed: current.flatMap(({ study, backends }) =>
      backends.filter(({ kind }) => kind === null).map(({ id }) => ({ study: study.slug, backend: id })),
    ),
  }
}

function newestFirst(reports: readonly Report[]): Report[] {
  return reports.toSorted(
    (a, b) => compareText(b.facts.date ?? '', a.facts.date ?? '') || compareText(a.study.slug, b.study.slug),
  )
}

function onePair(pair: Pair, all: readonly Told[], reports: readonly Report[]): PairAcross {
  const told = all.filter(isOf(pair))
  const studies = [...new Set(told.map(({ study }) => study))]
  const repeats = repeated(
    pair,
    reports.filter(({ study }) => studies.includes(study.slug)),
  )
  const ran = METRIC_IDS.filter((id) => told.some(({ metric }) => metric === id))
  const evident = ran.filter((id) => told.some(({ metric, disk }) => metric === id && disk))
  return {
    pair,
    studies,
    repeats,
    tests: evident.map((id) =>
      oneTest(
        id,
        told.filter(({ metric }) => metric === id),
        repeats.map(({ study }) => study),
      ),
    ),
    without: ran.filter((id) => !evident.includes(id)),
  }
}

/** Studies that hold a saved output of the pair which an earlier one of the list holds too, byte for byte. */
function repeated(pair: Pair, reports: readonly Report[]): PairAcross['repeats'] {
  const first = new Map<string, string>()
  return reports.flatMap((report) => {
    const { slug } = report.study
    const ids = report.backends.filter(({ kind }) => pair.includes(kind ?? '')).map(({ id }) => id)
    const hashes = report.runs.filter((run) => ids.includes(run.backend)).map((run) => run.source_sha256)
    const of = hashes.flatMap((hash) => first.get(hash) ?? [])[0]
    for (const hash of hashes) first.set(hash, first.get(hash) ?? slug)
    return of === undefined ? [] : [{ study: slug, of }]
  })
}

function oneTest(metric: MetricId, told: readonly Told[], repeats: readonly string[]): TestAcross {
  return {
    metric,
    found: told.map(({ study, test, disk, measured, validity, because }) => ({
      study,
      test,
      disk,
      measured,
      validity,
      because,
    })),
    agreement: agreementOf(told.filter(({ study, disk }) => disk && !repeats.includes(study))),
  }
}

const DIRECTIONS: readonly Direction[] = ['ahead', 'behind', 'same', 'open']

function agreementOf(told: readonly Told[]): Agreement | null {
  const studies = new Set(told.map(({ study }) => study))
  if (studies.size < 2) return null
  const without = (is: (one: Told) => boolean) =>
    studies.size - new Set(told.filter(is).map(({ study }) => study)).size
  return {
    studies: studies.size,
    directions: DIRECTIONS.filter((one) => told.some(({ direction }) => direction === one)),
    sure: without(({ disk }) => !disk?.interval),
    solid: without(({ validity }) => validity.includes('suspect')),
    alike: alike(told.map(({ manner }) => manner)),
    apart: areApart(
      told.flatMap(({ study, disk }) =>
        disk?.interval ? [{ of: study, interval: disk.interval, runs: Math.min(...disk.n) }] : [],
      ),
    ),
  }
}

function alike(manners: readonly (string | null)[]): Tristate {
  const known = new Set(manners.filter((manner) => manner !== null))
  if (known.size > 1) return 'no'
  return manners.includes(null) ? 'unknown' : 'yes'
}
