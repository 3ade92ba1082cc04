import type { Diagnostic, Noted } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import type { BackendRun } from './evidence.ts'

/** Fewest measured rates that must agree: a run of lower bounds is like any other. */
const TELLING = 3

/**
 * Counts a run once, however often it was saved. Two runs are the same only if all facts, cells, CPU shares and
 * latencies agree and at least three rates were measured; where they lie in their files does not matter. The same run
 * under two backends is filed wrongly under one of them: both are kept, with a warning.
 */
export function withoutDuplicates(runs: readonly BackendRun[]): Noted<readonly BackendRun[]> {
  const first = new Map<number, BackendRun[]>()
  const diagnostics: Diagnostic[] = []
  const value = runs.filter((run) => {
    const measured = METRIC_IDS.filter((id) => run.cells[id].state === 'measured').length
    const known = knownLike(run, first)
    if (!known || measured < TELLING) return true
    const place = { file: run.path, line: run.line, column: 1 }
    if (known.backend !== run.backend) {
      const message = `This run of ${run.backend} is the one in ${known.path}, line ${known.line}, which is filed under ${known.backend}.`
      const remedy = 'Remove it where it does not belong: one run says nothing of two backends.'
      diagnostics.push({ level: 'warning', rule: 'duplicate-run', message, place, remedy })
      return true
    }
    diagnostics.push({
      level: 'note',
      rule: 'duplicate-run',
      message: `This run was saved before, in ${known.path}, line ${known.line}; it is counted once.`,
      place,
    })
    return false
  })
  return { value, diagnostics }
}

/** The first run that is the same; null if this one is the first, which is kept in mind then, by its sum. */
function knownLike(run: BackendRun, first: Map<number, BackendRun[]>): BackendRun | null {
  const sum = sumOf(run)
  const near = first.get(sum) ?? []
  const print = near.length > 0 ? fingerprint(run) : null
  const known = near.find((other) => fingerprint(other) === print) ?? null
  if (!known) first.set(sum, [...near, run])
  return known
}

/** A number that runs with the same cells share, and hardly any others. */
function sumOf({ cells }: BackendRun): number {
  let sum = 0
  for (const id of METRIC_IDS) {
    const { rate, latency_us } = cells[id]
    for (const part of [rate, latency_us]) sum = (Math.imul(sum, 31) + (part ?? -1) * 1000) | 0
  }
  return sum
}

function fingerprint({ path, line, source_sha256, backend, cells, ...facts }: BackendRun): string {
  const printed = METRIC_IDS.map((id) => {
    const { state, rate, cpu, latency_us } = cells[id]
    return [state, rate, cpu, latency_us]
  })
  return JSON.stringify([facts, printed])
}
