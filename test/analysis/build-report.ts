import { createHash } from 'node:crypto'
import { compare } from '../../src/analysis/compare.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { MetricId } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import type { Run } from '../../src/model/run.ts'
import type { Facts } from '../../src/model/study.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

export type Row = Partial<Record<MetricId, Printed>>

/** Runs of block writes. */
export function writes(...rates: readonly Printed[]): Row[] {
  return rates.map((put_block) => ({ put_block }))
}

export interface Made {
  readonly facts?: Facts
  /** of every run, such as its version */
  readonly run?: Partial<Run>
  /** of the runs of one backend */
  readonly runOf?: Readonly<Record<string, Partial<Run>>>
  readonly baseline?: string
  /** titles of backends that no page describes; the others are of the kind of their id */
  readonly unnamed?: Readonly<Record<string, string>>
  /** kinds of those whose id is another */
  readonly kinds?: Readonly<Record<string, string>>
}

/**
 * A study as far as other studies can be set beside it: judged, sampled and compared, without advice, prose or files.
 * Its guests have too little memory to hold a file, so what is printed is the disk unless the rates betray memory.
 */
export function aStudy(
  slug: string,
  backends: Readonly<Record<string, readonly Row[]>>,
  made: Made = {},
): Report {
  const facts: Facts = {
    title: `The study ${slug}`,
    guest: { ram: '256 MiB' },
    host: { dom0_ram: '256 MiB', disk: { kind: 'ssd' } },
    ...made.facts,
  }
  const runs = Object.entries(backends).flatMap(([id, rows]) =>
    rows.map((row, i) => {
      const path = `${id}/${i}.txt`
      const source_sha256 = createHash('sha256').update(`${slug}/${path}`).digest('hex')
      return aRun(id, row, { path, source_sha256, ...made.run, ...made.runOf?.[id] })
    }),
  )
  const ids = Object.keys(backends)
  const evidence = evidenceOf(
    runs,
    ids.map((id) => aPage(id)),
  )
  const tested = samples(evidence, judge(evidence, facts))
  return {
    schema: 1,
    study: {
      slug,
      title: facts.title ?? slug,
      baseline: made.baseline ?? ids[0] ?? null,
      status: facts.status ?? 'current',
    },
    headline: 'A headline.',
    doubt: null,
    facts,
    sources: [],
    backends: ids.map((id) => {
      const unnamed = made.unnamed?.[id]
      return { id, title: unnamed ?? id, kind: unnamed === undefined ? (made.kinds?.[id] ?? id) : null }
    }),
    runs,
    samples: tested.map(({ test: _test, runs: _runs, ...sample }) => sample),
    comparisons: compare(tested, ids, made.baseline ?? ids[0] ?? null, facts),
    costs: [],
    latencies: [],
    findings: [],
    recommendations: [],
    regrets: [],
    weighing: null,
    plan: null,
    claims: [],
    missing: [],
    prose: [],
    diagnostics: [],
  }
}
