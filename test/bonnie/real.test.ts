/**
 * The real bonnie++, bon_csv2txt and bon_csv2html, where they are installed: one run in all its forms is read as its
 * CSV line says, which is taken apart here by other means than ours.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Parsed, Run } from '../../src/model/run.ts'
import { runProcess } from '../program.ts'
import { runs, skip, suite } from '../suite.ts'

const test = suite('the real bonnie++')

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

/** What a program printed. Skips where there is none. */
function output(program: string, args: readonly string[], input = ''): string {
  const { stdout, error, status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env,
    input,
    timeout: 120_000,
  })
  if (error && 'code' in error && error.code === 'ENOENT') skip(`no ${program}`)
  assert.is(status, 0, stderr)
  return stdout
}

/** Runs it small and quick; `extra` are further options. */
function bonnie(name: string, ...extra: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bonnie-'))
  chmodSync(folder, 0o777)
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  try {
    return output('bonnie++', ['-d', folder, '-r', '8', '-m', name, ...user, ...extra])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const read = (text: string) => parse({ path: 'real.txt', sha256: '0'.repeat(64), text })

/** What a CSV line of 2.00 says, taken apart from its end, so that a comma in the name does no harm. */
function split(line: string) {
  const fields = line.split(',')
  const at = (from: number, count: number) => fields.slice(fields.length - from, fields.length - from + count)
  const pairs = [...at(41, 12), ...at(24, 12)]
  const [latencies, facts, files] = [at(12, 12), at(47, 6), at(29, 5)]
  return {
    name: fields.slice(2, fields.length - 47).join(','),
    facts,
    files,
    cells: METRIC_IDS.map((id, i) => ({
      id,
      rate: pairs[2 * i] ?? '',
      cpu: pairs[2 * i + 1] ?? '',
      latency: latencies[i] ?? '',
    })),
  }
}

const MICROSECONDS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 }

function microseconds(word: string): number | null {
  const unit = word.replace(/^\d+/, '')
  return word === '' ? null : Number.parseInt(word, 10) * (MICROSECONDS[unit] ?? Number.NaN)
}

const number = (word: string | undefined) => (word ? Number(word) : null)

/** Holds a record against the CSV line of its run. */
function assertSays(run: Run | undefined, line: string): void {
  const { name, facts, files, cells } = split(line)
  assert.ok(run)
  assert.is(run.name, name)
  assert.is(run.version, line.split(',')[1])
  const [concurrency, seed, size, , seekCount, seekers] = facts
  assert.is(run.file_size_mib, size ? Number.parseInt(size, 10) * (size.endsWith('G') ? 1024 : 1) : null)
  assert.equal(
    [run.concurrency, run.seed, run.seek_count, run.seekers],
    [number(concurrency), number(seed), number(seekCount), number(seekers)],
  )
  const kind = /link/.test(files[1] ?? '') ? files[1] : null
  assert.equal(
    [run.num_files, run.file_kind, run.max_size, run.min_size, run.num_dirs],
    [number(files[0]), kind, kind ? null : number(files[1]), number(files[2]), number(files[4])],
  )
  for (const { id, rate, cpu, latency } of cells) {
    const cell = run.cells[id]
    assert.is(cell.latency_us, microseconds(latency), id)
    if (rate === '') assert.is(cell.state, 'not_run', id)
    else if (rate === '+++++') assert.is(cell.state, 'at_least', id)
    else assert.equal([cell.state, cell.rate, cell.cpu], ['measured', Number(rate), Number(cpu)], id)
  }
}

/** Holds a cell read from another form of a run against that of its CSV: the same but for what that form rounds. */
function assertAlike(id: MetricId, cell: Cell, exact: Cell): void {
  assert.equal([cell.state, cell.cpu, cell.latency_us], [exact.state, exact.cpu, exact.latency_us], id)
  if (exact.state !== 'measured') assert.is(cell.rate, exact.rate, id)
  else {
    // seeks above 999 lose their decimal in text
    const slack = id === 'seeks' ? 0.5 : (cell.tolerance ?? 0) + (cell.tolerance === undefined ? 0 : 1)
    assert.ok(Math.abs((cell.rate ?? 0) - (exact.rate ?? 0)) <= slack, `${id}: ${cell.rate} ≉ ${exact.rate}`)
  }
}

const OPTIONS: readonly (readonly [title: string, name: string, ...options: readonly string[]])[] = [
  ['no tests per character', 'a-machine-with-a-long-name', '-s', '16M', '-n', '1', '-f'],
  ['links', 'vm', '-s', '0', '-n', '1:-1'],
  ['chunks and directories', 'name with blanks', '-s', '16M:4k', '-n', '1:2000:100:3', '-f'],
  ['a concurrency and a comma', 'name with, comma', '-s', '16M', '-n', '0', '-f', '-c', '3'],
  ['no file tests', 'vm', '-s', '16M', '-n', '0'],
  ['no tests of one file', 'vm', '-s', '0', '-n', '1'],
  ['symbolic links', 'vm', '-s', '0', '-n', '1:-2'],
  ['all tests', 'vm', '-s', '16M', '-n', '1'],
]

/** A run takes a second or more of the disk's time, so not all of them are made each time (`--runs 8`). */
const TRIED = OPTIONS.slice(0, runs(4))

for (const [title, name, ...options] of TRIED) {
  test(`${title}: every form of a run is read as its CSV says`, () => {
    const text = bonnie(name, ...options)
    const lines = text.trimEnd().split('\n')
    const line = lines.at(-1) ?? ''
    const found = read(text)
    assert.equal([found.runs.length, faultsOf(found)], [1, []])
    assertSays(found.runs[0], line)
    const alone = read(line).runs[0]
    assertSays(alone, line)
    assertTable(read(lines.slice(0, -1).join('\n')).runs[0], alone)
    // upstream's converters take a name with a comma for several fields
    if (!name.includes(',')) assertConverted(line, alone)
  })
}

/** What was noticed, but for notes of upstream defects and the comma that a name was given. */
const faultsOf = ({ diagnostics }: Parsed) =>
  diagnostics.filter(({ level, rule }) => level !== 'note' && rule !== 'comma-in-name')

/** A table alone has no rates of files: what upstream prints there is another number. */
function assertTable(table: Run | undefined, exact: Run | undefined): void {
  assert.ok(table && exact)
  for (const id of METRIC_IDS) {
    const [cell, csv] = [table.cells[id], exact.cells[id]]
    const isFiles = METRIC_IDS.indexOf(id) >= 6
    if (!isFiles || csv.state !== 'measured') assertAlike(id, cell, csv)
    else {
      assert.equal([cell.state, cell.rate, cell.erratum], ['defective', null, 'BON-001'], id)
      assert.equal([cell.cpu, cell.latency_us], [csv.cpu, csv.latency_us], id)
    }
  }
}

function assertConverted(line: string, exact: Run | undefined): void {
  const html = read(output('bon_csv2html', [], `${line}\n`))
  const txt = read(output('bon_csv2txt', [], `${line}\n`))
  // without tests of one file bon_csv2txt prints no version, so its table could be anybody's
  const forms = split(line).facts[2] ? [html, txt] : [html]
  for (const form of forms) {
    const [run] = form.runs
    assert.equal(faultsOf(form), [])
    assert.ok(run && exact)
    for (const id of METRIC_IDS) assertAlike(id, run.cells[id], exact.cells[id])
  }
}

test('-x 3 prints a header and three rows, which are three runs', () => {
  const text = bonnie('vm', '-s', '0', '-n', '1', '-x', '3', '-q')
  const found = read(text)
  assert.equal([found.runs.length, faultsOf(found)], [3, []])
  const rows = text.trimEnd().split('\n').slice(1)
  for (const [i, row] of rows.entries()) assertSays(found.runs[i], row)
})

test('the program reads what is piped into it', async () => {
  const text = bonnie('vm', '-s', '0', '-n', '1', '-x', '1')
  const { stdout, code } = await runProcess(['parse', '-'], tmpdir(), {}, text)
  assert.is(code, 0)
  assertSays(JSON.parse(stdout), text.trimEnd())
})

test.run()
