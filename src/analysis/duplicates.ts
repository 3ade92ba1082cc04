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
  const first = new Map<string, BackendRun>()
  const diagnostics: Diagnostic[] = []
  const value = runs.filter((run) => {
    const measured = METRIC_IDS.filter((id) => run.cells[id].state === 'measured').length
    const key = fingerprint(run)
    const known = first.get(key)
    if (!known) first.set(key, run)
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

function fingerprint({ path, line, source_sha256, backend, cells, ...facts }: BackendRun): string {
  const printed = METRIC_IDS.map((id) => {
    const { state, rate, cpu, latency_us } = cells[id]
    return [state, rate, cpu, latency_us]
  })
  return JSON.stringify([facts, printed])
}
