import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import type { Cost, Finding, Latency, Sample } from '../model/report.ts'
import { type Run, rateOf } from '../model/run.ts'
import { type Evidence, testOf, unlike } from './evidence.ts'
import { medianInterval } from './exact.ts'
import { type Judgement, ofSample } from './judge.ts'
import { greatest, median as middle } from './stats.ts'

/** A sample with what its runs tested: samples of unlike tests are never compared. */
export interface TestedSample extends Sample {
  readonly test: string
  /** the runs behind `values`, in the same order */
  readonly runs: readonly Run[]
  /** faster than the disk: too fast to be timed, or doubted for more than the processor's part in it */
  readonly tooFast: boolean
}

/** Every backend's runs on every test that any backend of the study ran. */
export function samples(evidence: readonly Evidence[], judgement: Judgement): TestedSample[] {
  const ran = METRIC_IDS.filter((id) =>
    evidence.some((e) => e.runs.some((run) => run.cells[id].state !== 'not_run')),
  )
  return evidence.flatMap((own) => ran.map((id) => sample(own, id, judgement)))
}

function sample({ backend, runs }: Evidence, metric: MetricId, judgement: Judgement): TestedSample {
  const compared = alike(runs, metric)
  const number = numbersOf(runs)
  const values = compared.map((run) => ({
    run: number(run),
    validity: judgement.validity(run, metric),
    rate: rateOf(run.cells[metric]),
  }))
  const present = values.filter((v) => v.rate.kind !== 'absent')
  const measured = present.flatMap(({ rate }) => (rate.kind === 'measured' ? rate.value : []))
  const interval = measured.length === present.length ? medianInterval(measured) : null
  const validity = ofSample(values.map((v) => v.validity))
  // asked of bounds alone: it looks through all that was raised about each run
  const isDoubted = () =>
    compared.filter((run) => judgement.doubts(run, metric).some(({ doubt }) => doubt.effect)).length * 2 >=
    present.length
  const isElsewhere = (run: Run) =>
    judgement.doubts(run, metric).some(({ doubt }) => doubt.effect === 'not-disk' && doubt.cause !== 'cpu')
  return {
    backend: backend.id,
    metric,
    n: present.length,
    median: middle(values.map((v) => v.rate)),
    validity,
    ...(validity === 'censored' && isDoubted() && { doubted: true }),
    ...(interval && { interval }),
    values,
    test: compared[0] ? testOf(compared[0], metric) : '',
    runs: compared,
    tooFast: validity === 'censored' || (validity === 'not-disk' && compared.some(isElsewhere)),
  }
}

/** The numbers of a backend's runs, from 1. */
function numbersOf(runs: readonly Run[]): (run: Run) => number {
  const known = numbers.get(runs) ?? new Map(runs.map((run, i) => [run, i + 1]))
  numbers.set(runs, known)
  return (run) => known.get(run) ?? 0
}

/** Each sample of a backend asks for them, and each for its usual test. */
const numbers = new WeakMap<readonly Run[], ReadonlyMap<Run, number>>()
const usual = new WeakMap<readonly Run[], Map<MetricId, Usual>>()

interface Usual {
  readonly test: string | undefined
  readonly alike: readonly Run[]
}

/** Those runs of a backend that made the same test, the most frequent one: the others are left out of its samples. */
function alike(runs: readonly Run[], id: MetricId): readonly Run[] {
  return usualOf(runs, id).alike
}

/** The most frequent test among the runs that made it at all, and all runs that would have made it. */
function usualOf(runs: readonly Run[], id: MetricId): Usual {
  const known = usual.get(runs) ?? new Map<MetricId, Usual>()
  usual.set(runs, known)
  const found = known.get(id) ?? lookForUsual(runs, id)
  known.set(id, found)
  return found
}

function lookForUsual(runs: readonly Run[], id: MetricId): Usual {
  const made = runs.filter((run) => run.cells[id].state !== 'not_run')
  const test = commonest(made.length > 0 ? made : runs, id)
  const isAlike = (run: Run) => testOf(run, id) === test
  return { test, alike: runs.every(isAlike) ? runs : runs.filter(isAlike) }
}

/** Runs of a backend that tested something else than most of its runs did: named, because samples leave them out. */
export function strangers(evidence: readonly Evidence[]): Finding[] {
  return evidence.flatMap(({ backend, runs }) =>
    runs.flatMap((run, i) => {
      const odd = METRIC_IDS.filter(
        (id) => run.cells[id].state !== 'not_run' && testOf(run, id) !== usualOf(runs, id).test,
      )
      if (odd.length === 0) return []
      const others = odd.map((id) => {
        return { id, words: unlike(testOf(run, id), usualOf(runs, id).test ?? '', 'instead of') }
      })
      const message = `Run ${i + 1} of ${backend.title} ${strangeWords(run, others)}.`
      const place = { file: run.path, line: run.line, column: 1 }
      return [
        {
          level: 'warning',
          rule: 'tests-differ',
          message,
          place,
          remedy: 'Run all backends with the same version and the same options.',
          backend: backend.id,
          runs: [i + 1],
          value: null,
        } as const,
      ]
    }),
  )
}

/** What sets a run apart from the others: that its output does not say how much it did, or that it did something else. */
function strangeWords(
  run: Run,
  others: readonly { readonly id: MetricId; readonly words: string }[],
): string {
  const isSilent = ({ id }: { readonly id: MetricId }) =>
    metric(id).family === 'files' ? run.num_files === null : run.file_size_mib === null
  const silent = others.filter(isSilent)
  const files = silent.filter(({ id }) => metric(id).family === 'files').length
  const made = [...new Set(others.filter((other) => !isSilent(other)).map(({ words }) => words))]
  return [
    ...(files > 0 ? ['does not say how many files it made; its file tests are left out of its samples'] : []),
    ...(silent.length > files
      ? ['does not say how large its file was; its tests on that file are left out of its samples']
      : []),
    ...(made.length > 0
      ? [
          `made other tests than those it is sampled by: ${made.join('; ')}; what differs is left out of its samples`,
        ]
      : []),
  ].join(', and it ')
}

/** The most frequent of the tests that runs made; of several alike the first. */
function commonest(runs: readonly Run[], id: MetricId): string | undefined {
  const counts = new Map<string, number>()
  for (const run of runs) counts.set(testOf(run, id), (counts.get(testOf(run, id)) ?? 0) + 1)
  return [...counts.entries()].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

const MIB_PER_GIB = 1024

/**
 * CPU-seconds of one run for each GiB of a test in KiB/s, as the interval that a percentage cut to a whole number
 * allows: [CP, CP + 1) / 100 × 1,048,576 / rate. Null where the cell holds no number.
 */
export function costOf(run: Run, id: MetricId): { readonly low: number; readonly high: number } | null {
  const { state, rate: speed, cpu } = run.cells[id]
  if (state !== 'measured' || speed === null || speed === 0 || cpu === null) return null
  const seconds = (percent: number) => ((percent / 100) * MIB_PER_GIB * 1024) / speed
  return { low: seconds(cpu), high: seconds(Number.isInteger(cpu) ? cpu + 1 : cpu + 0.1) }
}

/** What each test in KiB/s costs the guest's processor: the middle of the runs' intervals. */
export function costs(evidence: readonly Evidence[]): Cost[] {
  return evidence.flatMap(({ backend, runs }) =>
    METRIC_IDS.slice(0, 5).flatMap((metric) => {
      const found = alike(runs, metric).flatMap((run) => costOf(run, metric) ?? [])
      if (found.length === 0) return []
      return [
        {
          backend: backend.id,
          metric,
          n: found.length,
          low: centre(found.map((c) => c.low)),
          high: centre(found.map((c) => c.high)),
        },
      ]
    }),
  )
}

function centre(xs: readonly number[]): number {
  const m = middle(xs.map((value) => ({ kind: 'measured', value })))
  return m.kind === 'measured' ? m.value : Number.NaN
}

/** The worst operation of each test over all runs: bonnie++ prints maxima, and maxima are never averaged. */
export function latencies(evidence: readonly Evidence[]): Latency[] {
  return evidence.flatMap(({ backend, runs }) => {
    const number = numbersOf(runs)
    return METRIC_IDS.flatMap((metric) => {
      const values = alike(runs, metric).flatMap((run) => {
        const worst = run.cells[metric].latency_us
        return worst === null ? [] : [{ run: number(run), worst_us: worst }]
      })
      if (values.length === 0) return []
      const worst = greatest(values.map((v) => v.worst_us))
      return [{ backend: backend.id, metric, n: values.length, worst_us: worst, values }]
    })
  })
}
