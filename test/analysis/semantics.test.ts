import * as assert from 'uvu/assert'
import { testOf } from '../../src/analysis/evidence.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples, strangers } from '../../src/analysis/sample.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Run } from '../../src/model/run.ts'
import { flushesAtClose, MEANINGS, processes, seeksOf, semantics } from '../../src/model/semantics.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('what a test means, by program and version')

const program = (version: string | null, dialect = 'bonnie++ 1.0x text and CSV') => ({ version, dialect })

const LIKE: readonly (readonly [MetricId, string, string, boolean])[] = [
  ['putc', '1.03e', '1.97', false],
  ['getc', '1.03e', '1.97', false],
  ['seeks', '1.03e', '1.97', false],
  ['put_block', '1.03e', '1.97', false],
  ['rewrite', '1.03e', '2.00a', false],
  ['get_block', '1.03e', '1.97', true],
  ['seq_create', '1.03e', '1.97', true],
  ['ran_del', '1.00', '2.00a', true],
  ['putc', '1.92', '2.00a', true],
  ['putc', '1.91c', '1.92', false],
  ['getc', '1.90f', '1.90g', false],
  ['getc', '1.00', '1.90f', true],
  ['put_block', '1.90a', '1.90b', false],
  ['put_block', '1.00', '1.90a', true],
  ['put_block', '1.90b', '2.00a', true],
  ['seeks', '1.00e', '1.00f', false],
  ['seeks', '1.00f', '1.03e', true],
  ['seeks', '1.03e', '1.90', false],
  ['seeks', '1.90g', '1.91', false],
  ['seeks', '1.93a', '1.93b', false],
  ['seeks', '1.93b', '2.00a', true],
]
for (const [id, a, b, like] of LIKE) {
  test(`${id} of ${a} and of ${b} ${like ? 'are one test' : 'are two tests'}`, () => {
    assert.is(semantics(id, program(a)) === semantics(id, program(b)), like)
  })
}

test('seeks are those that the output tells, else those of the version', () => {
  const late = program('2.00a', 'bonnie++ 2.00 CSV')
  assert.is(semantics('seeks', late), '8,192 seeks, 5 seekers')
  assert.is(semantics('seeks', { ...late, seek_count: 65536, seekers: 7 }), '65,536 seeks, 7 seekers')
  assert.is(seeksOf(program('1.00e')), 8000)
  assert.is(processes('seeks', { ...late, seekers: 7 }), 7)
  assert.is(processes('seeks', program('1.03c')), 3)
  assert.is(processes('seeks', program('1.91')), 5)
  assert.is(processes('putc', program('1.91')), 1)
})

test('a test of Bonnie is like none of bonnie++, and like none of another Bonnie', () => {
  for (const id of METRIC_IDS.slice(0, 6)) {
    const names = ['bonnie text', 'SuSE Bonnie text', 'SuSE Bonnie text, sync', 'Bonnie-64 text']
    const keys = names.map((dialect) => semantics(id, program(null, dialect)))
    const plus = ['1.00', '1.03', '1.90', '1.97', '2.00a'].map((version) => semantics(id, program(version)))
    assert.is(new Set(keys).size, names.length, id)
    assert.ok(
      keys.every((key) => !plus.includes(key)),
      id,
    )
  }
  assert.is(semantics('seeks', program(null, 'bonnie text')), '4,000 seeks, 3 seekers, by Bonnie')
  assert.is(semantics('putc', program('1.45', 'SuSE Bonnie text')), 'by putc(), by SuSE Bonnie')
})

test('a lost version is what the dialect allows, and like none where that is more than one', () => {
  assert.is(semantics('seeks', program(null)), '8,192 seeks, 3 seekers')
  assert.is(semantics('seeks', program(null, 'bonnie++ 1.00 CSV')), '8,000 seeks, 3 seekers, mistimed')
  assert.is(semantics('putc', program(null, 'bonnie++ 1.9x text')), semantics('putc', program('1.97')))
  assert.is(semantics('seeks', program(null, 'bonnie++ 1.9x text')), 'by an unknown version')
  assert.is(semantics('putc', program(null, 'bonnie++ 1.0x text')), 'by an unknown version')
  assert.is(semantics('put_block', program(null, 'bon_csv2html')), 'by an unknown version')
  assert.is(semantics('put_block', program(null, 'bonnie++ 2.00 text')), 'flushed at close')
  assert.is(semantics('seq_stat', program(null, 'bon_csv2html')), '')
})

test('a version flushes only where every version it may be does', () => {
  assert.ok(flushesAtClose(program('1.90b')))
  assert.ok(flushesAtClose(program(null, 'bonnie++ 2.00 CSV')))
  assert.not(flushesAtClose(program('1.90a')))
  assert.not(flushesAtClose(program(null, 'bon_csv2html')))
  assert.not(flushesAtClose(program(null, 'bonnie text')))
})

test('the rows of a test follow one another without a gap, from the first version to the last', () => {
  for (const id of METRIC_IDS) {
    const rows = MEANINGS.filter(({ tests, program: of }) => of === 'bonnie++' && tests.includes(id))
    assert.is(rows[0]?.from, '1.00', id)
    assert.is(rows.at(-1)?.below, null, id)
    for (const [i, row] of rows.slice(1).entries()) assert.is(row.from, rows[i]?.below, id)
    for (const { does } of rows) assert.match(does, /^[A-Z].*\.$/)
  }
})

const RUN = aRun('a', {})
const UNLIKE: readonly (readonly [string, MetricId, Partial<Run>, string])[] = [
  ['a chunk', 'get_block', { chunk_size: '64k' }, 'a file of 2 GiB, chunks of 64k'],
  ['the usual chunk', 'get_block', { chunk_size: '8k' }, 'a file of 2 GiB'],
  ['a chunk of another test', 'putc', { chunk_size: '64k' }, 'a file of 2 GiB, by putc()'],
  ['file sizes', 'seq_stat', { max_size: 20000, min_size: 16 }, '16 × 1,024 files of 16 to 20000 bytes'],
  ['directories', 'seq_stat', { num_dirs: 512 }, '16 × 1,024 files in 512 directories'],
  ['links', 'seq_stat', { file_kind: 'symlink', num_files: 1 }, '1 × 1,024 symlinks'],
  ['an unknown number of files', 'seq_stat', { num_files: null }, 'an unknown amount'],
]
for (const [what, id, facts, words] of UNLIKE) {
  test(`a test tells ${what}`, () => assert.is(testOf({ ...RUN, ...facts }, id), words))
}

const RATES = { putc: 900, put_block: 1000, get_block: 2000, seeks: 200, seq_create: 3000 }

test('runs of 1.03 and 1.97 are in one sample only where the test is the same', () => {
  const runs = [
    aRun('a', RATES, { version: '1.97' }),
    aRun('a', RATES, { version: '1.97' }),
    aRun('a', RATES, { version: '1.03e' }),
  ]
  const evidence = evidenceOf(runs, [aPage('a')])
  const n = (id: MetricId) => samples(evidence, judge(evidence, {})).find((s) => s.metric === id)?.n
  assert.equal((['putc', 'put_block', 'seeks', 'get_block', 'seq_create'] as const).map(n), [2, 2, 2, 3, 3])
  const [finding, more] = strangers(evidence)
  assert.is(more, undefined)
  assert.equal(finding?.runs, [3])
  assert.match(finding?.message ?? '', 'by putc() instead of 3 MiB of it in one-byte system calls')
  assert.match(finding?.message ?? '', '3 seekers instead of 5 seekers')
})

test('runs without a test do not outvote the run that made it', () => {
  const without = { put_block: 1000, get_block: 2000 }
  const runs = [
    aRun('a', without, { version: '1.97' }),
    aRun('a', without, { version: '1.97' }),
    aRun('a', RATES, { version: '1.03e' }),
  ]
  const evidence = evidenceOf(runs, [aPage('a')])
  assert.is(samples(evidence, judge(evidence, {})).find((s) => s.metric === 'putc')?.n, 1)
})

test.run()
