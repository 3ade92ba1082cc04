import * as assert from 'uvu/assert'
import { judge } from '../../src/analysis/judge.ts'
import { PROFILES } from '../../src/analysis/profiles.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { samples } from '../../src/analysis/sample.ts'
import { terms } from '../../src/analysis/score.ts'
import type { Knowledge } from '../../src/model/backend.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { ProfileId } from '../../src/model/report.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf, type Printed } from './build-run.ts'

const test = suite('recommendations')

const COMPLETE: Facts = {
  guest: { ram: '256 MiB' },
  host: { dom0_ram: '256 MiB', disk: { kind: 'ssd' } },
  order: 'interleaved',
}
const BASE: Readonly<Record<string, number>> = {
  put_block: 100000,
  rewrite: 40000,
  get_block: 120000,
  seeks: 5000,
  seq_create: 900,
  seq_stat: 900,
  seq_del: 900,
  ran_create: 900,
  ran_stat: 900,
  ran_del: 900,
}
/** Run-to-run factors of about one per cent around 1, the same on every machine. */
const WOBBLE = [1.004, 0.991, 1.009, 0.997, 1.012, 0.988]

interface Side {
  readonly speed?: number
  readonly n?: number
  readonly cells?: Partial<Record<MetricId, Printed>>
}

function adviceOn(
  sides: Readonly<Record<string, Side>>,
  facts: Facts = COMPLETE,
  pages: readonly Knowledge[] = [aPage('a'), aPage('b'), aPage('c')],
) {
  const runs = Object.entries(sides).flatMap(([backend, { speed = 1, n = 6, cells = {} }], side) =>
    WOBBLE.slice(0, n).map((_, i) => {
      const wobble = WOBBLE[(i + 2 * side) % WOBBLE.length] ?? 1
      const rates = Object.fromEntries(
        METRIC_IDS.flatMap((id) => (BASE[id] ? [[id, BASE[id] * speed * wobble]] : [])),
      )
      return aRun(backend, { ...rates, ...cells }, { path: `${backend}/${i}.txt`, version: '2.00a' })
    }),
  )
  const evidence = evidenceOf(runs, pages)
  return recommend(evidence, samples(evidence, judge(evidence, facts)), facts, pages)
}

function advice(...study: Parameters<typeof adviceOn>) {
  const { recommendations } = adviceOn(...study)
  return (id: ProfileId) => {
    const one = recommendations.find((r) => r.profile === id)
    if (!one) throw new Error(`no advice for ${id}`)
    return one
  }
}

test('weights of every profile add up to 100', () => {
  for (const { id, weights, latency, cpu } of PROFILES) {
    assert.is(
      Object.values(weights).reduce((sum, w) => sum + w, latency + cpu),
      100,
      id,
    )
  }
})

test('a backend that is 30 % faster on everything is recommended', () => {
  const { verdict, choice, grade, score, sentence } = advice({ a: { speed: 1.3 }, b: {} })('stream')
  assert.is(verdict, 'recommended')
  assert.is(choice, 'a')
  assert.is(grade, 'A')
  assert.ok(score && score.low !== undefined && score.low > 1.2 && score.ratio < 1.4)
  assert.match(sentence, 'Choose a for streaming and backups')
})

test('two alike backends are the same, and nobody is chosen', () => {
  const { verdict, choice } = advice({ a: {}, b: { speed: 1.001 } })('stream')
  assert.is(verdict, 'same')
  assert.is(choice, null)
})

test('missing facts hold the grade at C and the verdict at leaning', () => {
  const { verdict, grade } = advice({ a: { speed: 1.3 }, b: {} }, { guest: { ram: '256 MiB' } })('stream')
  assert.is(grade, 'C')
  assert.is(verdict, 'leaning')
})

test('one run each is grade D and never recommended', () => {
  const { verdict, grade, score } = advice({ a: { speed: 1.5, n: 1 }, b: { n: 1 } })('stream')
  assert.is(grade, 'D')
  assert.is(verdict, 'leaning')
  assert.is(score?.low, undefined, 'no interval is stored for single runs')
})

test('one run each within the usual spread is insufficient', () => {
  assert.is(advice({ a: { speed: 1.05, n: 1 }, b: { n: 1 } })('stream').verdict, 'insufficient')
})

test('coverage below 60 % is insufficient, whatever the score', () => {
  const fast: Side = { speed: 9, cells: { get_block: { atLeast: 4194304 }, rewrite: 'unreadable' } }
  const { verdict, coverage, choice } = advice({ a: fast, b: {} })('stream')
  assert.is(verdict, 'insufficient')
  assert.is(coverage, 0.4)
  assert.is(choice, null)
})

test('no usable test at all is no data', () => {
  const spoilt = Object.fromEntries(METRIC_IDS.map((id) => [id, [1000, id === 'seeks' ? 495 : 99] as const]))
  for (const { id } of PROFILES) assert.is(advice({ a: { cells: spoilt }, b: {} })(id).verdict, 'no data', id)
})

test('suspect numbers never decide alone', () => {
  const suspect = Object.fromEntries(METRIC_IDS.map((id) => [id, [200000, 80] as const]))
  const { verdict, because } = advice({ a: { cells: suspect }, b: {} })('stream')
  assert.is(verdict, 'insufficient')
  assert.ok(because.some((s) => s.includes('suspect')))
})

test('a backend without evidence is set aside where the others can decide', () => {
  const spoilt: Partial<Record<MetricId, Printed>> = { get_block: [9e6, 99], rewrite: [9e6, 99] }
  const { verdict, choice, excluded } = advice({ a: { speed: 1.3 }, b: {}, c: { cells: spoilt } })('stream')
  assert.is(verdict, 'recommended')
  assert.is(choice, 'a')
  assert.ok(excluded.some((e) => e.backend === 'c' && e.metric === undefined))
})

test('it is not set aside where single runs are left to decide', () => {
  const spoilt: Partial<Record<MetricId, Printed>> = { get_block: [9e6, 99], rewrite: [9e6, 99] }
  const { verdict, coverage } = advice({ a: { speed: 2, n: 1 }, b: { n: 1 }, c: { n: 1, cells: spoilt } })(
    'stream',
  )
  assert.is(verdict, 'insufficient')
  assert.is(coverage, 0.4)
})

test('a gate removes a backend before its speed counts', () => {
  const pages = [aPage('a', { flush: 'no' }), aPage('b')]
  const { verdict, choice, excluded } = advice({ a: { speed: 3 }, b: {} }, COMPLETE, pages)('database')
  assert.is(verdict, 'gated')
  assert.is(choice, 'b')
  assert.ok(excluded.some((e) => e.backend === 'a'))
  assert.is(
    advice({ a: { speed: 3 }, b: {} }, COMPLETE, pages)('stream').choice,
    'a',
    'streaming has no such gate',
  )
})

test('an unknown property never fails a gate, a declared one does', () => {
  const pages = [aPage('a', { flush: 'unknown' }), aPage('b')]
  assert.is.not(advice({ a: { speed: 3 }, b: {} }, COMPLETE, pages)('database').verdict, 'gated')
  const declared = { ...COMPLETE, backends: { a: { durable: false } } }
  assert.is(advice({ a: { speed: 3 }, b: {} }, declared, pages)('database').verdict, 'gated')
})

test('many guests on one host cannot be decided by the guest’s CPU', () => {
  assert.ok(advice({ a: { speed: 1.3 }, b: {} })('density').coverage <= 0.6)
})

test('the documents speak beside the measurements and never choose', () => {
  const lvm = aPage('lvm', {
    features: [{ name: 'snapshots', sources: ['S1'] }],
    documented: [{ about: 'cache', says: 'it keeps nothing', sources: ['S1'] }],
    sources: { S1: { title: 'a manual' } },
  })
  const { documented, choice } = advice({ a: {}, b: {} }, COMPLETE, [aPage('a'), aPage('b'), lvm])('stream')
  assert.is(documented.choice, 'lvm')
  assert.is(documented.measured, false)
  assert.equal(documented.because, [{ says: 'it keeps nothing', sources: [{ title: 'a manual' }] }])
  assert.is(choice, null)
})

test('a control is measured, and never chosen', () => {
  const pages = [aPage('a'), aPage('b'), aPage('c', { control: true })]
  const found = advice({ a: { speed: 1.3 }, b: {}, c: { speed: 9 } }, COMPLETE, pages)('stream')
  assert.is(found.choice, 'a')
  assert.ok(found.excluded.some((e) => e.backend === 'c'))
})

test('a sure difference inside the band is the same', () => {
  assert.is(advice({ a: { speed: 1.015 }, b: {} })('stream').verdict, 'same')
})

test('where every backend fails a gate, none is chosen', () => {
  const pages = [aPage('a', { flush: 'no' }), aPage('b', { flush: 'no' })]
  const found = advice({ a: {}, b: {} }, COMPLETE, pages)('database')
  assert.equal([found.verdict, found.choice, found.grade, found.coverage], ['gated', null, 'X', 0])
})

test('a lone backend has nothing to be compared with', () => {
  const { verdict, choice } = advice({ a: {} })('stream')
  assert.is(verdict, 'insufficient')
  assert.is(choice, null)
})

test('the same numbers give the same advice, twice', () => {
  const sides = { a: { speed: 1.05 }, b: {}, c: { speed: 0.98 } }
  assert.equal(advice(sides)('general'), advice(sides)('general'))
})

test('backends that made unlike tests share no part of a score, not the cost of the processor either', () => {
  const runs = [
    aRun('a', BASE, { version: '2.00a' }),
    aRun('b', BASE, { version: '2.00a', file_size_mib: 4096, seek_count: 65536, num_files: 64 }),
  ]
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b')])
  const grounds = { evidence, samples: samples(evidence, judge(evidence, COMPLETE)) }
  for (const profile of PROFILES) assert.equal(terms(profile, ['a', 'b'], grounds), [])
  assert.ok(PROFILES.some((profile) => terms(profile, ['a'], grounds).some(({ metric }) => metric === 'cpu')))
})

test('what backends share can be weighed anew, and gives the same score', () => {
  const { weighing, recommendations } = adviceOn({ a: { speed: 1.3 }, b: {} })
  const stream = recommendations.find((r) => r.profile === 'stream')
  const weights = weighing?.profiles.find((p) => p.profile === 'stream')?.weights ?? []
  assert.equal(weighing?.backends, ['a', 'b'])
  const total = weights.reduce((sum, w) => sum + w, 0)
  const log = (weighing?.terms ?? []).reduce((sum, { centres: [a = 0, b = 0] }, i) => {
    return sum + ((weights[i] ?? 0) / total) * (a - b)
  }, 0)
  assert.ok(Math.abs(Math.exp(log) - (stream?.score?.ratio ?? 0)) < 1e-12)
})

test('what is weighed anew says what is suspect, what hardly matters, and whose CPU is not known', () => {
  // a guest whose memory nobody wrote down leaves its seeks in doubt
  const facts: Facts = { host: { dom0_ram: '256 MiB' }, equivalence: { bulk: '3 %' } }
  const { weighing } = adviceOn({ a: {}, b: {} }, facts)
  assert.is(weighing?.band, 1.03)
  assert.equal(
    weighing?.terms.filter(({ solid }) => !solid).map(({ term }) => term),
    ['seeks'],
  )
  const cpu = weighing?.terms.findIndex(({ term }) => term === 'cpu') ?? -1
  const weightOf = (id: ProfileId) => weighing?.profiles.find(({ profile }) => profile === id)?.weights[cpu]
  assert.equal([weightOf('general'), weightOf('density')], [5, 0])
})

test('nothing is weighed anew where nothing was, or where runs are too few to tell their spread', () => {
  assert.is(adviceOn({ a: {} }).weighing, null)
  assert.is(adviceOn({ a: { n: 2, speed: 2 }, b: { n: 2 } }).weighing, null)
})

test('regret is what a choice costs at worst, the least first', () => {
  const { regrets } = adviceOn({ a: { speed: 1.3 }, b: {} })
  assert.equal(
    regrets.map((r) => r.backend),
    ['a', 'b'],
  )
  assert.is(regrets[0]?.worst, 0)
  assert.ok(Math.abs((regrets[1]?.worst ?? 0) - 0.3) < 0.02)
})

test.run()
