/**
 * How fast a test must have been to be printed as +++++, and how fast it can be printed at all: bonnie++ prints a
 * rate only if the test took at least a minimum time, so every printed rate is at most work ÷ minimum time and
 * every +++++ is above it (bonnie.h and bon_time.cpp, 1.00 to 2.00a).
 */
import { type MetricId, metric } from '../model/metric.ts'
import type { Facts } from './facts.ts'
import { compareVersions } from './version.ts'

interface Limits {
  readonly from: string
  /** seconds below which +++++ is printed */
  readonly minTime: number
  /** seeks of one run, where the output does not say */
  readonly seeks: number
  /** MiB that the per-character tests write and read at most */
  readonly byteMib: number
}

const LIMITS: readonly Limits[] = [
  { from: '1.92', minTime: 0.5, seeks: 8192, byteMib: 3 },
  { from: '1.90g', minTime: 0.5, seeks: 8192, byteMib: 20 },
  { from: '1.00f', minTime: 0.5, seeks: 8192, byteMib: Number.POSITIVE_INFINITY },
  { from: '1.00', minTime: 1, seeks: 8000, byteMib: Number.POSITIVE_INFINITY },
]

/** What holds for every version: the weakest bound, and the highest ceiling. */
const UNKNOWN_FLOOR = { minTime: 1, seeks: 8000, byteMib: 3 }
const UNKNOWN_CEILING = { minTime: 0.5, seeks: 8192, byteMib: Number.POSITIVE_INFINITY }

type Work = Pick<Facts, 'version' | 'file_size_mib' | 'seek_count' | 'num_files'>

/**
 * The rate that a test printed as +++++ exceeded, in KiB/s or 1/s; null if its work is not known. Without a version
 * it is the bound that holds for every version.
 */
export function floorOf(id: MetricId, work: Work): number | null {
  return rateOver(id, work, limitsOf(work.version) ?? UNKNOWN_FLOOR)
}

/**
 * The highest rate a test can have been printed with, in KiB/s or 1/s; null if its work is not known. From 1.92 on
 * `-f N` sets the size of the per-character tests and is not recorded, so their ceiling is that of the whole file.
 */
export function ceilingOf(id: MetricId, work: Work): number | null {
  return rateOver(id, work, {
    ...(limitsOf(work.version) ?? UNKNOWN_CEILING),
    byteMib: Number.POSITIVE_INFINITY,
  })
}

/** What a test wrote, read, sought or made, in KiB or in pieces; null if it is not known. */
export function workOf(id: MetricId, work: Work): number | null {
  return amountOf(id, work, limitsOf(work.version) ?? UNKNOWN_FLOOR)
}

function rateOver(id: MetricId, work: Work, limits: Omit<Limits, 'from'>): number | null {
  const amount = amountOf(id, work, limits)
  return amount === null || amount <= 0 ? null : amount / limits.minTime
}

function amountOf(id: MetricId, work: Work, limits: Omit<Limits, 'from'>): number | null {
  if (metric(id).family === 'files') return work.num_files === null ? null : work.num_files * 1024
  if (metric(id).family === 'seeks') return work.seek_count ?? limits.seeks
  if (work.file_size_mib === null) return null
  const bytewise = id === 'putc' || id === 'getc'
  return (bytewise ? Math.min(work.file_size_mib, limits.byteMib) : work.file_size_mib) * 1024
}

function limitsOf(version: string | null): Limits | null {
  if (version === null) return null
  return LIMITS.find((limits) => compareVersions(version, limits.from) >= 0) ?? null
}
