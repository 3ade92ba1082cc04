/** The measurements of a study for machines: the same rows as CSV and as Parquet, and nothing lost on the way. */
import { type ParquetType, parquetMetadata, parquetReadObjects } from 'hyparquet'
import * as assert from 'uvu/assert'
import { METRICS } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import { csvField } from '../../src/report/escape.ts'
import { dataCsv, dataParquet } from '../../src/report/exports.ts'
import { aStudy } from '../plan/planned.ts'
import { reports } from '../shipped.ts'
import { suite } from '../suite.ts'

const test = suite('the measurements of a study for machines')

const parquetOf = async (report: Report) => Uint8Array.from(await dataParquet(report)).buffer

/** A study in which texts try to be formulas and fields. */
function hostile(): Report {
  const report = aStudy()
  const path = '=cmd|" /C calc"!A0,\n\u202e日本 😀.txt'
  return { ...report, runs: report.runs.map((run) => ({ ...run, path })) }
}

const all = (): Report[] => [...reports.values(), aStudy(), hostile(), { ...aStudy(), runs: [] }]

test('are the same rows in CSV and Parquet', async () => {
  for (const report of all()) {
    const file = await parquetOf(report)
    const rows = await parquetReadObjects({ file })
    const names = parquetMetadata(file)
      .schema.slice(1)
      .map(({ name }) => name)
    const lines = rows.map((row) => names.map((name) => csvField(row[name] ?? null)).join(','))
    assert.is(`${[names.join(','), ...lines].join('\n')}\n`, dataCsv(report))
    const cells = report.runs.flatMap(({ cells: own }) =>
      METRICS.filter(({ id }) => own[id].state !== 'not_run'),
    )
    assert.is(rows.length, cells.length)
  }
})

test('carry every cell as its record does', async () => {
  for (const report of [...reports.values(), hostile()]) {
    const rows = await parquetReadObjects({ file: await parquetOf(report) })
    const found = new Set(
      rows.map((row) =>
        JSON.stringify([
          row.backend,
          row.file,
          row.line,
          row.column,
          row.test,
          row.state,
          row.rate,
          row.cpu_percent,
          row.latency_us,
        ]),
      ),
    )
    for (const run of report.runs)
      for (const { id } of METRICS) {
        const { line, column, state, rate, cpu, latency_us } = run.cells[id]
        if (state === 'not_run') continue
        const row = JSON.stringify([run.backend, run.path, line, column, id, state, rate, cpu, latency_us])
        assert.ok(found.has(row), `${report.study.slug}: ${row}`)
      }
  }
})

test('have columns of the types that they hold, in Parquet', async () => {
  const { schema, created_by } = parquetMetadata(await parquetOf(aStudy()))
  assert.is(created_by, 'bonnie-report')
  const named = (wanted: ParquetType) => schema.filter(({ type }) => type === wanted).map(({ name }) => name)
  assert.equal(named('INT32'), ['run', 'line', 'column'])
  assert.equal(named('DOUBLE'), ['rate', 'tolerance', 'cpu_percent', 'latency_us'])
  assert.equal(named('BYTE_ARRAY'), ['study', 'backend', 'file', 'test', 'state', 'unit', 'validity'])
})

test('name the unit of every rate', () => {
  const [head, ...lines] = dataCsv(aStudy()).trimEnd().split('\n')
  const fields = head?.split(',') ?? []
  assert.ok(['cpu_percent', 'latency_us'].every((name) => fields.includes(name)))
  for (const line of lines) {
    const unit = line.split(',')[fields.indexOf('unit')]
    const family = METRICS.find(({ id }) => line.split(',')[fields.indexOf('test')] === id)
    assert.is(unit, family?.unit)
  }
})

test('hold no formula in CSV, and every text as it is in Parquet', async () => {
  const report = hostile()
  const [row] = await parquetReadObjects({ file: await parquetOf(report) })
  assert.is(row?.file, report.runs[0]?.path)
  assert.match(dataCsv(report), `,"'=cmd|"" /C calc""!A0,\n`)
  assert.not.match(dataCsv(report), /(^|,)"?[=+@]/m)
})

test('are the same bytes for the same study', async () => {
  for (const report of all())
    assert.ok(Buffer.from(await dataParquet(report)).equals(Buffer.from(await dataParquet(report))))
})

test.run()
