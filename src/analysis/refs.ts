import { listed } from '../model/format.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Comparison, Validity } from '../model/report.ts'
import { type Cell, type Run, rateOf } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { type Evidence, testOf } from './evidence.ts'
import type { Ref } from './expression.ts'
import { above, cut, type Range, rangeOfRate } from './range.ts'
import { costOf, type TestedSample } from './sample.ts'
import { greatest, median, middle } from './stats.ts'

/* What a reference of the prose, such as loopback.put_block, leads to. */

/** What claims are held against. */
export interface Ground {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly TestedSample[]
  readonly comparisons: readonly Comparison[]
  readonly facts: Facts
}

/** The evidence behind a reference. */
export interface Named {
  readonly ref: Ref
  readonly runs: readonly Run[]
  /** of the run it names, else of the sample; null for a run that the sample leaves out */
  readonly validity: Validity | null
  /** what was tested, in words; empty where it was not */
  readonly test: string
}

/** The first reference that names nothing in this study, as a sentence; null where all are known. */
export function unknownRef(refs: readonly Ref[], { evidence }: Ground): string | null {
  for (const ref of refs) {
    const own = evidence.find((e) => e.backend.id === ref.backend)
    const known = evidence.map((e) => e.backend.id)
    if (!own) return `There is no backend "${ref.backend}" in this study; it has ${listed(known)}.`
    if (ref.run !== null && ref.run > own.runs.length)
      return `There is no run ${ref.run} of ${ref.backend}; it has ${own.runs.length}.`
  }
  return null
}

/** The runs a reference rests on: the one it names, else those of the sample. */
export function lookUp(ref: Ref, { evidence, samples }: Ground): Named {
  const sample = samples.find((s) => s.backend === ref.backend && s.metric === ref.metric)
  if (ref.run === null) {
    const runs = (sample?.runs ?? []).filter((run) => hasNumber(run.cells[ref.metric], ref))
    return { ref, runs, validity: sample?.validity ?? 'missing', test: sample?.test ?? '' }
  }
  const run = evidence.find((e) => e.backend.id === ref.backend)?.runs[ref.run - 1]
  const validity = sample?.values.find((v) => v.run === ref.run)?.validity ?? null
  return { ref, runs: run ? [run] : [], validity, test: run ? testOf(run, ref.metric) : '' }
}

function hasNumber(cell: Cell, { quantity }: Ref): boolean {
  if (quantity === 'latency') return cell.latency_us !== null
  return (quantity === 'rate' ? cell.rate : cell.cpu) !== null
}

/** The number of a reference as it is printed: the sample's centre, or the run's own. */
export function refValue(ref: Ref, ground: Ground): Measurement {
  const { runs } = lookUp(ref, ground)
  const cells = runs.map((run) => run.cells[ref.metric])
  if (ref.quantity === 'rate') return rateValue(ref, ground)
  if (ref.quantity === 'cpu_s_per_gib') return costValue(ref, ground)
  const numbers = cells.flatMap((cell) => (ref.quantity === 'cpu' ? cell.cpu : cell.latency_us) ?? [])
  if (numbers.length === 0) return { kind: 'absent', why: 'not in this dialect' }
  return { kind: 'measured', value: ref.quantity === 'latency' ? greatest(numbers) : middle(numbers) }
}

function rateValue(ref: Ref, ground: Ground): Measurement {
  const { runs } = lookUp(ref, ground)
  if (ref.run !== null) return median(runs.map((run) => rateOf(run.cells[ref.metric])))
  const sample = ground.samples.find((s) => s.backend === ref.backend && s.metric === ref.metric)
  return sample?.median ?? { kind: 'absent', why: 'not run' }
}

/** The middle of the interval, which reaches from it by its tolerance either way. */
function costValue(ref: Ref, ground: Ground): Measurement {
  const range = refRange(ref, ground)
  if (!range) return { kind: 'absent', why: 'not in this dialect' }
  return { kind: 'measured', value: (range.low + range.high) / 2, tolerance: (range.high - range.low) / 2 }
}

/**
 * What is known of a reference: rates as they were rounded or ended too soon; CPU shares and latencies, which bonnie++
 * cuts to whole units; CPU-seconds per GiB as far as the share tells. Null where there is no number.
 */
export function refRange(ref: Ref, ground: Ground): Range | null {
  const { runs } = lookUp(ref, ground)
  if (ref.quantity === 'rate') return rateRange(runs.map((run) => rateOf(run.cells[ref.metric])))
  const ranges = runs.flatMap((run) => rangeOf(run, ref) ?? [])
  if (ranges.length === 0) return null
  const [lows, highs] = [ranges.map((r) => r.low), ranges.map((r) => r.high)]
  if (ref.quantity === 'latency') return { low: greatest(lows), high: greatest(highs) }
  return { low: middle(lows), high: middle(highs) }
}

/** The median of rates, each of which was rounded when it was printed. */
function rateRange(rates: readonly Measurement[]): Range | null {
  if (rates.every((m) => m.kind === 'measured' && m.tolerance === undefined))
    return rangeOfRate(median(rates))
  const shifted = (side: -1 | 1) =>
    median(
      rates.map((m) => (m.kind === 'measured' ? { ...m, value: m.value + side * (m.tolerance ?? 0) } : m)),
    )
  const [low, high] = [shifted(-1), shifted(1)]
  if (low.kind === 'absent' || high.kind === 'absent') return null
  if (low.kind === 'at least') return above(low.bound)
  return { low: low.value, high: high.kind === 'at least' ? Number.POSITIVE_INFINITY : high.value }
}

function rangeOf(run: Run, { metric, quantity }: Ref): Range | null {
  const { cpu, latency_us } = run.cells[metric]
  if (quantity === 'cpu_s_per_gib') return costOf(run, metric)
  if (quantity === 'latency') return latency_us === null ? null : cut(latency_us, latencyUnit(latency_us))
  if (cpu === null) return null
  // Bonnie prints a digit after the point, and rounds
  return Number.isInteger(cpu) ? cut(cpu, 1) : { low: cpu - 0.05, high: cpu + 0.05 }
}

/** What bonnie++ cuts a latency to, in µs: whole µs below 0.1 s, whole ms below 100 s, then seconds (bon_time.cpp). */
function latencyUnit(microseconds: number): number {
  if (microseconds < 1e5) return 1
  return microseconds < 1e8 ? 1e3 : 1e6
}
