import type { Backend } from '../model/backend.ts'
import { METRICS, type Metric } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import type { Cell, Run } from '../model/run.ts'
import { csv } from './escape.ts'
import { type Column, parquet } from './parquet.ts'

/*
 * Every cell of every run, one row a measurement. Rates are in bonnie++'s own units (K is KiB), named in each row.
 */

/** A cell with all that it belongs to. */
interface Row {
  readonly report: Report
  readonly backend: Backend
  readonly run: Run
  /** number of the run among those of its backend, from 1 */
  readonly nth: number
  readonly test: Metric
  readonly cell: Cell
}

interface Field {
  readonly name: string
  readonly type: Column['type']
  readonly of: (row: Row) => string | number | null
}

const FIELDS: readonly Field[] = [
  { name: 'study', type: 'STRING', of: ({ report }) => report.study.slug },
  { name: 'backend', type: 'STRING', of: ({ backend }) => backend.id },
  { name: 'run', type: 'INT32', of: ({ nth }) => nth },
  { name: 'file', type: 'STRING', of: ({ run }) => run.path },
  { name: 'line', type: 'INT32', of: ({ cell }) => cell.line },
  { name: 'column', type: 'INT32', of: ({ cell }) => cell.column },
  { name: 'test', type: 'STRING', of: ({ test }) => test.id },
  { name: 'state', type: 'STRING', of: ({ cell }) => cell.state },
  { name: 'rate', type: 'DOUBLE', of: ({ cell }) => cell.rate },
  { name: 'unit', type: 'STRING', of: ({ test }) => test.unit },
  { name: 'tolerance', type: 'DOUBLE', of: ({ cell }) => cell.tolerance ?? null },
  { name: 'cpu_percent', type: 'DOUBLE', of: ({ cell }) => cell.cpu },
  { name: 'latency_us', type: 'DOUBLE', of: ({ cell }) => cell.latency_us },
  { name: 'validity', type: 'STRING', of: validityOf },
]

function validityOf({ report, backend, nth, test }: Row): string | null {
  const sample = report.samples.find((s) => s.backend === backend.id && s.metric === test.id)
  return sample?.values.find((value) => value.run === nth)?.validity ?? null
}

/** The cells that were run. */
function measurements(report: Report): Row[] {
  return report.backends.flatMap((backend) => {
    const runs = report.runs.filter((run) => run.backend === backend.id)
    return runs.flatMap((run, i) =>
      METRICS.filter(({ id }) => run.cells[id].state !== 'not_run').map(
        (test): Row => ({ report, backend, run, nth: i + 1, test, cell: run.cells[test.id] }),
      ),
    )
  })
}

/** data.csv: the measurements below their names, for spreadsheets too: no text of it becomes a formula. */
export function dataCsv(report: Report): string {
  const rows = measurements(report).map((row) => FIELDS.map(({ of }) => of(row)))
  return csv([FIELDS.map(({ name }) => name), ...rows])
}

/** data.parquet: the same rows in typed columns, with every text as it is. */
export function dataParquet(report: Report): Promise<Uint8Array> {
  const rows = measurements(report)
  return parquet(FIELDS.map(({ name, type, of }) => ({ name, type, data: rows.map(of) })))
}
