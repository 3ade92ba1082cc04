import { countWord, listed, sizeText } from '../model/format.ts'
import { BLOCK_METRICS } from '../model/metric.ts'
import type { Plan } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { memories } from './evidence.ts'
import type { Server } from './hypervisor.ts'
import type { Grounds } from './score.ts'

/*
 * How large the file has to be with which a plan asks to measure.
 */

/** How many times a memory a test file has to be that it cannot answer for: the guest's own, and one below it. */
const TIMES_GUEST = 4
const TIMES_OUTER = 2

/** A file is no test of the disk where one of this size was answered from memory, or was done with before it could be timed. */
const TIMES_TOO_SMALL = 2

/**
 * A test file that no cache can hold: four times the guest's memory, twice that of every layer that caches, and twice
 * the largest file of the study that was shown to be too small.
 */
export function fileToUse({ evidence, samples }: Grounds, facts: Facts): Plan['file'] {
  const { guest, dom0, host, below } = memories(facts)
  const caching = evidence.some((e) => e.caches !== 'no')
  const certain = evidence.some((e) => e.caches === 'yes')
  const outer = !caching ? 0 : (dom0 ?? (certain ? null : host))
  const known = Math.max(
    TIMES_GUEST * (guest ?? 0),
    TIMES_OUTER * (outer ?? 0),
    typeof below === 'number' ? TIMES_OUTER * below : 0,
    TIMES_TOO_SMALL * tooSmall(samples),
  )
  return {
    atLeastMib: known > 0 ? Math.ceil(known / 1024) * 1024 : null,
    timesGuest: guest === null ? TIMES_GUEST : null,
    timesOuter: outer === null ? TIMES_OUTER : null,
  }
}

/** The largest file in MiB on which a block test was faster than the disk; 0 of none. */
function tooSmall(samples: Grounds['samples']): number {
  const failed = samples.filter(({ metric, tooFast }) => tooFast && BLOCK_METRICS.some((id) => id === metric))
  return Math.max(0, ...failed.map(({ runs }) => runs[0]?.file_size_mib ?? 0))
}

/** `a test file of at least 8 GiB and at least twice dom0's memory (record it)`; `server`: who serves the disks. */
export function fileWords({ atLeastMib, timesGuest, timesOuter }: Plan['file'], server: Server): string {
  const unknown = [
    ...(timesGuest === null ? [] : [`${countWord(timesGuest)} times the guest's memory`]),
    ...(timesOuter === null ? [] : [`twice ${server}'s memory`]),
  ]
  const sizes = [
    ...(atLeastMib === null ? [] : [`at least ${sizeText(atLeastMib)}`]),
    ...(unknown.length > 0
      ? [`at least ${listed(unknown)} (record ${unknown.length === 1 ? 'it' : 'them'})`]
      : []),
  ]
  return `a test file of ${listed(sizes)}`
}
