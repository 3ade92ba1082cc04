import { METRICS } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import { csv } from './escape.ts'

// biome-ignore format: the columns in one glance
const HEAD = [
  'study',
  'backend',
  'run',
  'file',
  'line',
  'column',
  'test',
  'state',
  'rate',
  'unit',
  'tolerance',
  'cpu_percent',
  'latency_us',
  'validity',
]

/** Every cell of every run, one row a measurement; rates in bonnie++'s own units (K is KiB), named in each row. */
export function dataCsv(report: Report): string {
  const rows = report.backends.flatMap((backend) => {
    const runs = report.runs.filter((run) => run.backend === backend.id)
    return runs.flatMap((run, i) =>
      METRICS.filter((m) => run.cells[m.id].state !== 'not_run').map((m) => {
        const cell = run.cells[m.id]
        const sample = report.samples.find((s) => s.backend === backend.id && s.metric === m.id)
        return [
          report.study.slug,
          backend.id,
          i + 1,
          run.path,
          cell.line,
          cell.column,
          m.id,
          cell.state,
          cell.rate,
          m.unit,
          cell.tolerance ?? null,
          cell.cpu,
          cell.latency_us,
          sample?.values.find((v) => v.run === i + 1)?.validity ?? null,
        ]
      }),
    )
  })
  return csv([HEAD, ...rows])
}
