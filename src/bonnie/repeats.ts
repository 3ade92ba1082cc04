/** Tables that stand in a file more than once, as in a mail that quotes another: each is one run. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import type { BareRun } from './merge.ts'
import { type Page, placeOf, remarkAt } from './page.ts'
import { Recent } from './recent.ts'

/** The last runs by all that they say, and the line of the file where each stands. */
export type Repeats = Recent<number>

export function noRepeats(): Repeats {
  return new Recent(REMEMBERED)
}

/** So many measured rates make a run known: any two may have all else in common. */
const TELLING = 3

/** So many runs at least are remembered. */
const REMEMBERED = 1024

/**
 * The remark on a run that agrees with an earlier one in all facts, rates, CPUs and latencies; null if it is a run of
 * its own, which is kept in mind then.
 */
export function repeatOf(page: Page, { line, facts, cells }: BareRun, repeats: Repeats): Diagnostic | null {
  const measured = METRIC_IDS.filter((id) => cells[id].state === 'measured').length
  if (measured < TELLING) return null
  const printed = METRIC_IDS.map((id) => [
    cells[id].state,
    cells[id].rate,
    cells[id].cpu,
    cells[id].latency_us,
  ])
  const key = JSON.stringify([facts, printed])
  const first = repeats.get(key)
  if (first !== undefined) {
    return remarkAt(
      page,
      { text: '', line, column: 1 },
      {
        level: 'note',
        rule: 'duplicate-run',
        message: `This is the run on line ${first} once more, so it is not counted again.`,
      },
    )
  }
  repeats.keep(key, placeOf(page, { line, column: 1 }).line)
  return null
}
