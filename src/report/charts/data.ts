import { megabytes } from '../../model/format.ts'
import { type Measurement, magnitude } from '../../model/measurement.ts'
import { type MetricId, metric } from '../../model/metric.ts'
import type { Report } from '../../model/report.ts'
import type { Data } from '../figure.ts'
import { sampleOf } from '../words.ts'

/*
 * The numbers of a chart for machines: one row a mark, units in the head. Six significant digits, which is more than
 * bonnie++ prints.
 */

/** A number of a data file: six significant digits; null where there is none. */
export function precise(x: number | null | undefined): number | null {
  return x === null || x === undefined || !Number.isFinite(x) ? null : Number(x.toPrecision(6))
}

/** A rate in the unit of charts: MB/s of 10^6 bytes for bulk tests, operations a second for the others. */
export function chartRate(id: MetricId, m: Exclude<Measurement, { kind: 'absent' }>): number {
  return metric(id).unit === 'KiB/s' ? megabytes(magnitude(m)) : magnitude(m)
}

/** The unit of such a rate, as it stands in the name of a column. */
export function rateUnit(id: MetricId): string {
  return metric(id).unit === 'KiB/s' ? 'MB_per_s' : 'per_s'
}

/** How well a number is known: `measured`, `at least`, or why it is absent. */
export function known(m: Measurement | undefined): string {
  if (!m) return 'not run'
  return m.kind === 'absent' ? m.why : m.kind
}

/** The rates of tests that share a unit, with the interval of the median where there is one. */
export function rateData(
  report: Report,
  tests: readonly MetricId[],
  backends: readonly { readonly id: string }[],
): Data {
  const unit = rateUnit(tests[0] ?? 'put_block')
  return {
    head: [
      'test',
      'backend',
      `rate_${unit}`,
      'known',
      `low_${unit}`,
      `high_${unit}`,
      'confidence',
      'runs',
      'validity',
    ],
    rows: tests.flatMap((id) =>
      backends.map((backend) => {
        const sample = sampleOf(report, backend.id, id)
        const value = sample?.median
        const rate = (x: number) => precise(chartRate(id, { kind: 'measured', value: x }))
        const interval = sample?.interval
        return [
          id,
          backend.id,
          !value || value.kind === 'absent' ? null : precise(chartRate(id, value)),
          known(value),
          interval ? rate(interval.low) : null,
          interval ? rate(interval.high) : null,
          precise(interval?.confidence),
          sample?.n ?? 0,
          sample?.validity ?? 'missing',
        ]
      }),
    ),
  }
}
