/** Reports at random, with everything that a figure may draw or say. */
import * as fc from 'fast-check'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Finding, Latency, Recommendation, Report, Validity } from '../../src/model/report.ts'
import { finding, weighed } from './crowded-reports.ts'
import { fast, report, spread } from './sample-reports.ts'

/** Rates over seven decades, and many that are close; bounds, doubts and gaps. */
const anyRate = fc.oneof(
  fc.integer({ min: -1, max: 70 }),
  fc.integer({ min: 480, max: 488 }).map((x) => x / 10),
)
const anyCell = fc.oneof(
  { weight: 6, arbitrary: fc.record({ rate: anyRate, n: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 1, arbitrary: fc.constant('fast' as const) },
  { weight: 1, arbitrary: fc.constant('not run' as const) },
)
const anyDoubt = fc.constantFrom<Validity>('disk', 'disk', 'disk', 'suspect', 'not-disk')
const anyName = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcdefgilmnoqrtvwxMW -._'), minLength: 1, maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'論理本書込みמטמוןلنظام 12'), minLength: 1, maxLength: 40 }),
)

const every = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.array(arbitrary, { minLength: METRIC_IDS.length, maxLength: METRIC_IDS.length })

const anySubject = fc.record({
  name: anyName,
  cells: every(fc.tuple(anyCell, anyDoubt)),
  /** the slowest operations of each test, in microseconds: none where there are none */
  waits: every(
    fc.array(
      fc.integer({ min: 1, max: 60 }).map((x) => Math.round(10 ** (x / 10))),
      { maxLength: 6 },
    ),
  ),
  found: every(
    fc.constantFrom<readonly Finding['rule'][]>([], [], [], ['drift'], ['outlier'], ['drift', 'outlier']),
  ),
  shares: fc.array(fc.oneof(fc.constantFrom(0, 1, 100), fc.integer({ min: 0, max: 100 })), {
    minLength: 4,
    maxLength: 4,
  }),
})
type Subject = typeof anySubject extends fc.Arbitrary<infer T> ? T : never

const anyAdvice = fc.array(
  fc.record({
    verdict: fc.constantFrom<Recommendation['verdict']>(
      'recommended',
      'leaning',
      'same',
      'undecided',
      'recommended',
    ),
    needed: fc.option(fc.integer({ min: 1, max: 99 }).map((x) => x / 100)),
    carried: fc.integer({ min: 1, max: 99 }).map((x) => x / 100),
  }),
  { maxLength: 2 },
)
type Advice = typeof anyAdvice extends fc.Arbitrary<infer T> ? T : never

/** One to eight backends; `plain` calls them n0, n1, … so that a sentence about them can be taken apart. */
export function anyReport({ plain = false } = {}): fc.Arbitrary<Report> {
  const subjects = fc.oneof(
    fc.array(anySubject, { minLength: 2, maxLength: 2 }),
    fc.array(anySubject, { minLength: 1, maxLength: 8 }),
  )
  return fc.tuple(subjects, anyAdvice).map(([found, advice]) => {
    const base = report(
      found.map(({ name, cells }, i) => ({
        id: `b${i}`,
        title: plain ? `n${i}` : name,
        cells: cellsOf(cells),
      })),
    )
    return {
      ...base,
      latencies: found.flatMap(latenciesOf),
      findings: found.flatMap((subject, i) => findingsOf(subject, i, base)),
      recommendations: found.length < 2 ? [] : advice.map((one, i) => adviceOf(one, i, found)),
    }
  })
}

function cellsOf(cells: Subject['cells']) {
  return Object.fromEntries(
    METRIC_IDS.flatMap((id, at) => {
      const [cell, doubt] = cells[at] ?? ['not run', 'disk']
      if (cell === 'not run') return []
      if (cell === 'fast') return [[id, fast(32_768, doubt === 'disk' ? 'censored' : doubt)]]
      return [[id, spread(10 ** (cell.rate / 10), cell.n, 0.05, doubt)]]
    }),
  )
}

function latenciesOf({ waits }: Subject, at: number): Latency[] {
  return METRIC_IDS.flatMap((metric, i) => {
    const values = (waits[i] ?? []).map((worst_us, run) => ({ run: run + 1, worst_us }))
    if (values.length === 0) return []
    const worst_us = Math.max(...values.map((v) => v.worst_us))
    return [{ backend: `b${at}`, metric, n: values.length, worst_us, values }]
  })
}

function findingsOf({ found }: Subject, at: number, { samples }: Report): Finding[] {
  const runsOf = (id: MetricId) => samples.find((s) => s.backend === `b${at}` && s.metric === id)?.n ?? 0
  return METRIC_IDS.flatMap((id, i) => {
    const all = Array.from({ length: runsOf(id) }, (_, run) => run + 1)
    if (all.length < 5) return []
    return (found[i] ?? []).map((rule) =>
      rule === 'drift' ? finding('drift', `b${at}`, id, all) : finding('outlier', `b${at}`, id, [2]),
    )
  })
}

function adviceOf(
  { verdict, needed, carried }: Advice[number],
  i: number,
  found: readonly Subject[],
): Recommendation {
  const total = (at: number) => found.reduce((sum, { shares }) => sum + (shares[at] ?? 0), 0) || 1
  const shares = found.map((subject, at) => {
    const [profile, any] = [2 * i, 2 * i + 1].map((k) => (subject.shares[k] ?? 0) / total(k))
    return { backend: `b${at}`, profile: profile ?? 0, any: any ?? 0 }
  })
  const breakEven = needed === null ? null : { ahead: ['seeks' as const], carried, needed }
  return weighed(
    i === 0 ? 'stream' : 'general',
    i === 0 ? 'Streaming' : 'General',
    verdict,
    shares,
    breakEven,
  )
}
