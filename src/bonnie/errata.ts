/** SHELF: known defects of bonnie++ itself that spoil what it printed. To add one, add a row. */
import type { MetricId } from '../model/metric.ts'
import { metric } from '../model/metric.ts'
import { isBetween } from './version.ts'

/** A printed number, and what is known about where it stood. */
export interface Suspect {
  readonly form: 'text' | 'csv' | 'converted'
  readonly version: string | null
  readonly metric: MetricId
  /** operations a second, as printed */
  readonly rate: number
  /** of the whole run; null where it is not told */
  readonly files: number | null
}

export interface Erratum {
  readonly id: string
  /** one sentence: what is wrong */
  readonly sentence: string
  /** one sentence: what we do about it */
  readonly treatment: string
  readonly spoils: (suspect: Suspect) => boolean
}

export const ERRATA: readonly Erratum[] = [
  {
    // bon_time.cpp prints a double through %5d. On x86-64 that shows an integer left over from another argument,
    // files x 1,024; other processors may show anything, so every such number is distrusted. Where the version was lost, that one is.
    id: 'BON-001',
    sentence:
      'The text table of bonnie++ 1.98 and later prints n × 1,024 in place of the rate of a file test.',
    treatment:
      'The printed number is kept but not used; the rate is taken from the CSV line where there is one.',
    spoils: ({ form, version, metric: id, rate, files }) =>
      form === 'text' &&
      metric(id).family === 'files' &&
      (version === null ? files !== null && rate === files * 1024 : isBetween(version, '1.98', '3.00')),
  },
]

/** The defect that spoils a printed number, if any. */
export function erratumOf(suspect: Suspect): Erratum | null {
  return ERRATA.find((erratum) => erratum.spoils(suspect)) ?? null
}
