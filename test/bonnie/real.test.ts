/** The real bonnie++, where it is installed: what it prints today is read as what it says itself. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import { skip, suite } from '../suite.ts'

const test = suite('the real bonnie++')

/** Runs it small and quick; `extra` are further options. Skips where there is none. */
function bonnie(...extra: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bonnie-'))
  chmodSync(folder, 0o777)
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  const args = [
    '-d',
    folder,
    '-s',
    '16M',
    '-r',
    '8',
    '-n',
    '1',
    '-m',
    'a-machine-with-a-long-name',
    ...user,
    ...extra,
  ]
  const { stdout, error, status, stderr } = spawnSync('bonnie++', args, {
    encoding: 'utf8',
    env,
    timeout: 120_000,
  })
  rmSync(folder, { recursive: true, force: true })
  if (error && 'code' in error && error.code === 'ENOENT') skip('no bonnie++')
  assert.is(status, 0, stderr)
  return stdout
}

const read = (text: string) => parse({ path: 'real.txt', sha256: '0'.repeat(64), text })

test('text and CSV of one run are one record, the CSV wins, and nothing is noticed', () => {
  const text = bonnie()
  const { runs, diagnostics } = read(text)
  assert.equal(diagnostics, [])
  assert.is(runs.length, 1)
  const csv = (text.trim().split('\n').at(-1) ?? '').split(',')
  const [run] = runs
  assert.is(run?.version, csv[1])
  assert.is(run?.name, 'a-machine-with-a-long-name')
  const printed = [...csv.slice(9, 21), ...csv.slice(26, 38)]
  METRIC_IDS.forEach((id, i) => {
    const [rate = '', cpu = ''] = printed.slice(2 * i, 2 * i + 2)
    const cell = run?.cells[id]
    if (rate.startsWith('+')) assert.is(cell?.state, 'at_least', id)
    else assert.equal([cell?.rate, cell?.cpu], [Number(rate), Number(cpu)], id)
  })
})

test('its text alone gives rounded rates, and none for files', () => {
  const text = bonnie('-f')
  const whole = read(text).runs[0]
  const table = text.trim().split('\n').slice(0, -1).join('\n')
  const [run] = read(table).runs
  for (const id of METRIC_IDS) {
    const [rounded, exact] = [run?.cells[id], whole?.cells[id]]
    if (id === 'putc' || id === 'getc') assert.is(rounded?.state, 'not_run')
    else if (exact?.state === 'measured' && METRIC_IDS.indexOf(id) < 5) {
      assert.ok(Math.abs((rounded?.rate ?? 0) - (exact.rate ?? 0)) <= (rounded?.tolerance ?? 0) + 1, id)
    } else if (exact?.state === 'measured' && id !== 'seeks') assert.is(rounded?.erratum, 'BON-001', id)
  }
})

test.run()
