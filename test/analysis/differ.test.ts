/** Runs that are not alike: what is never pooled or compared, and what is named. */
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import type { BackendRun } from '../../src/analysis/evidence.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples, strangers } from '../../src/analysis/sample.ts'
import { metric } from '../../src/model/metric.ts'
import { suite, runs as tries } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('runs that differ')

const rate = fc.integer({ min: 100, max: 9000 })
const anyRun = fc.record({
  backend: fc.constantFrom('a', 'b', 'c'),
  put_block: rate,
  seeks: rate,
  seq_create: rate,
  version: fc.constantFrom('1.03c', '1.03e', '1.96', '2.00a'),
  file_size_mib: fc.constantFrom(2048, 4096, null),
  concurrency: fc.constantFrom(null, 1, 4),
  chunk_size: fc.constantFrom(null, '8k', '64k'),
  num_files: fc.constantFrom(16, 64),
})
type Drawn = typeof anyRun extends fc.Arbitrary<infer T> ? T : never

function made({ backend, put_block, seeks, seq_create, ...facts }: Drawn, i: number): BackendRun {
  return aRun(backend, { put_block, seeks, seq_create }, { ...facts, path: `${backend}/${i}.txt` })
}

/** The work and the concurrency of a run: what no two numbers that are put together may differ in. */
function work(run: Pick<BackendRun, 'file_size_mib' | 'num_files' | 'concurrency'>, files: boolean): string {
  return `${files ? run.num_files : run.file_size_mib} ${run.concurrency ?? 1}`
}

let compared = 0

test('two file sizes or two levels of concurrency are never pooled and never compared', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 1, maxLength: 12 }), (drawn) => {
      const evidence = evidenceOf(
        drawn.map(made),
        ['a', 'b', 'c'].map((id) => aPage(id)),
      )
      const tested = samples(evidence, judge(evidence, {}))
      const works = new Map(
        tested.map((s) => [
          `${s.backend} ${s.metric}`,
          new Set(s.runs.map((run) => work(run, metric(s.metric).family === 'files'))),
        ]),
      )
      for (const [key, pooled] of works) assert.is(pooled.size, 1, key)
      const ids = evidence.map(({ backend }) => backend.id)
      for (const c of compare(tested, ids, ids[0] ?? null, {})) {
        if (c.ratio.kind === 'unknown') continue
        compared += 1
        const [one] = works.get(`${c.backend} ${c.metric}`) ?? []
        const [other] = works.get(`${c.baseline} ${c.metric}`) ?? []
        assert.is(one, other, `${c.backend} and ${c.baseline} on ${c.metric}`)
      }
    }),
    { numRuns: tries(300) },
  )
  assert.ok(compared > 100, 'hardly anything was compared')
})

function told(runs: readonly BackendRun[]): string[] {
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b')])
  return judge(evidence, {})
    .findings.filter(({ rule }) => rule === 'runs-differ')
    .map(({ level, message }) => `${level}: ${message}`)
}

const run = (backend: string, n: number, facts: Partial<BackendRun>): BackendRun =>
  aRun(backend, { put_block: 1000, seq_create: 900 }, { path: `${backend}/${n}.txt`, ...facts })

test('runs of one backend are listed by what they differ in, in natural order', () => {
  assert.equal(
    told([run('a', 1, { name: 'vm10', version: '1.03e' }), run('a', 2, { name: 'vm9', version: '1.03c' })]),
    ['note: The runs of a differ in version (1.03c, 1.03e) and name (vm9, vm10).'],
  )
})

test('a backend is told for what it alone has', () => {
  const runs = [run('a', 1, { name: 'x' }), run('b', 1, { name: 'x' }), run('b', 2, { name: 'y' })]
  assert.equal(told(runs), [
    'note: The runs of b differ in name (x, y) and differ from those of the other backends in name (y against x).',
  ])
})

test('names that only label the backends are told once, beside what else differs', () => {
  const named = (backend: string, name: string, version = '1.03e') => run(backend, 1, { name, version })
  assert.equal(told([named('a', 'Loop'), named('b', 'Tap')]), [
    "note: Each backend's runs bear a name of their own: Loop, Tap.",
  ])
  assert.equal(told([named('a', 'Loop', '1.03c'), named('b', 'Tap')]), [
    "note: The run of a differs from those of the other backends in version (1.03c against 1.03e). Each backend's runs bear a name of their own: Loop, Tap.",
    'note: The run of b differs from those of the other backends in version (1.03e against 1.03c).',
  ])
  assert.equal(told([named('a', 'vm'), named('b', 'vm')]), [])
})

test('a run that does not say how much it did is not said to have done something else', () => {
  const runs = [1, 2, 3].map((n) => run('a', n, n === 3 ? { num_files: null } : {}))
  assert.equal(
    strangers(evidenceOf(runs, [aPage('a')])).map(({ message }) => message),
    ['Run 3 of a does not say how many files it made; its file tests are left out of its samples.'],
  )
  const large = [1, 2, 3].map((n) => run('a', n, n === 3 ? { file_size_mib: 64 } : {}))
  assert.match(
    strangers(evidenceOf(large, [aPage('a')]))[0]?.message ?? '',
    'Run 3 of a made other tests than those it is sampled by: a file of 64 MiB instead of a file of 2 GiB; what',
  )
})

test('what makes another test is a warning', () => {
  assert.equal(told([run('a', 1, { file_size_mib: 4096 }), run('b', 1, { concurrency: 4 })]), [
    'warning: The run of a differs from those of the other backends in file size (4 GiB against 2 GiB) and concurrency (1 against 4): tests that are not the same are not compared.',
    'warning: The run of b differs from those of the other backends in file size (2 GiB against 4 GiB) and concurrency (4 against 1): tests that are not the same are not compared.',
  ])
})

test('seeds, and facts that an output does not tell, are no difference', () => {
  assert.equal(
    told([
      run('a', 1, { seed: 1, name: 'x', chunk_size: '8192' }),
      run('a', 2, { seed: 2, name: '', chunk_size: '8k' }),
      run('b', 1, { seed: 3, name: 'x', version: null, chunk_size: null, concurrency: 1 }),
    ]),
    [],
  )
})

test('of many values a few are named', () => {
  const many = Array.from({ length: 9 }, (_, i) => run('a', i + 1, { name: `vm${i + 1}` }))
  assert.equal(told(many), ['note: The runs of a differ in name (vm1, vm2, vm3, vm4 and 5 others).'])
})

test.run()
