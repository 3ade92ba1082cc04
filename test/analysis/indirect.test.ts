/** Two backends by way of a third: when, from what, and how surely. */
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { across } from '../../src/analysis/across.ts'
import { mulberry32, normal } from '../../src/analysis/draws.ts'
import { quotient } from '../../src/analysis/indirect.ts'
import { mean, welch } from '../../src/analysis/stats.ts'
import type { Indirect } from '../../src/model/across.ts'
import { inverse, type Ratio } from '../../src/model/measurement.ts'
import type { Report } from '../../src/model/report.ts'
import { suite } from '../suite.ts'
import { aStudy, type Row, writes } from './build-report.ts'

const test = suite('indirect comparisons')

const A = [150_000, 152_000, 148_500]
const B = [100_000, 101_500, 99_000]
const C = [120_000, 121_000, 118_500]

/** blktap beside loopback in one study, lvm beside loopback in another. */
function two(
  options: { readonly blktap?: Row[]; readonly lvm?: Row[]; readonly common?: [Row[], Row[]] } = {},
) {
  const [here, there] = options.common ?? [writes(...C), writes(...C.map((x) => x * 2))]
  return [
    aStudy('here', { blktap: options.blktap ?? writes(...A), loopback: here }),
    aStudy('there', { lvm: options.lvm ?? writes(...B.map((x) => x * 2)), loopback: there }),
  ]
}

function only(reports: readonly Report[]): Indirect {
  const { indirect } = across(reports)
  assert.is(indirect.length, 1)
  return indirect[0] as Indirect
}

function near(got: number | undefined, want: number): void {
  assert.ok(got !== undefined && Math.abs(got / want - 1) < 1e-9, `${got} is not ${want}`)
}

const logs = (rates: readonly number[]) => rates.map(Math.log)

test('the ratio of the ratios, with the half-widths of both intervals in quadrature', () => {
  const { pair, metric, ways, apart } = only(two())
  assert.equal([pair, metric, ways.length, apart], [['blktap', 'lvm'], 'put_block', 1, false])
  const [way] = ways
  assert.ok(way)
  assert.is(way.through, 'loopback')
  assert.equal(
    way.legs.map(({ study, disk }) => [study, disk.backend, disk.baseline]),
    [
      ['here', 'blktap', 'loopback'],
      ['there', 'lvm', 'loopback'],
    ],
  )
  const [first, second] = [welch(logs(A), logs(C)), welch(logs(B), logs(C))]
  const centre = Math.exp(mean(logs(A)) - mean(logs(B)))
  near(way.ratio.kind === 'exact' ? way.ratio.value : undefined, centre)
  const half = Math.sqrt((first.high - first.difference) ** 2 + (second.high - second.difference) ** 2)
  near(way.interval?.low, centre * Math.exp(-half))
  near(way.interval?.high, centre * Math.exp(half))
  assert.is(way.interval?.confidence, 0.95)
})

test('with one or two runs on any side there is a ratio and no interval', () => {
  for (const options of [{ blktap: writes(...A.slice(0, 2)) }, { lvm: writes(...B.slice(0, 1)) }]) {
    const [way] = only(two(options)).ways
    assert.is(way?.ratio.kind, 'exact')
    assert.not('interval' in (way ?? {}))
  }
})

const stats = (...rates: Row[]['length'][]) => rates.map((seq_stat): Row => ({ seq_stat }))
const least = (bound: number): Row[] => [1, 2, 3].map(() => ({ seq_stat: { atLeast: bound } }))

test('bounds stay bounds where they point the same way, and say nothing where they do not', () => {
  const made = (blktap: Row[], lvm: Row[], here = stats(500, 505, 495)) =>
    across(two({ blktap, lvm, common: [here, stats(500, 505, 495)] })).indirect[0]?.ways[0]?.ratio
  const low = made(least(2000), stats(1000, 1000, 1000))
  assert.is(low?.kind, 'at least')
  assert.ok(low?.kind === 'at least' && Math.abs(low.bound - 2) < 1e-3)
  assert.is(made(stats(1000, 1000, 1000), least(2000))?.kind, 'at most')
  assert.is(made(least(2000), least(2000)), undefined)
  assert.is(made(stats(1000, 1010, 990), least(2000), least(3000))?.kind, 'at most')
})

test('what a study measured itself is not worked out, test by test', () => {
  const rates = { blktap: writes(...A), lvm: writes(...B) }
  assert.equal(across([...two(), aStudy('direct', rates)]).indirect, [])
  const reads = { blktap: stats(100, 101, 99), lvm: stats(100, 101, 99) }
  assert.is(only([...two(), aStudy('direct', reads)]).metric, 'put_block')
})

test('the halves of one study are no way', () => {
  const rates = { blktap: writes(...A), lvm: writes(...B), loopback: writes(...C), other: writes(...C) }
  const large = { file_size_mib: 4096 }
  const study = aStudy('one', rates, { kinds: { other: 'loopback' }, runOf: { lvm: large, other: large } })
  assert.equal(across([study]).indirect, [])
})

test('unlike tests are not joined, and the pair is named with what it would go through', () => {
  const [here, there] = two()
  const later = aStudy('there', { lvm: writes(...B), loopback: writes(...C) }, { run: { version: '2.00a' } })
  assert.ok(here && there)
  assert.equal(across([here, later]).indirect, [])
  assert.equal(across([here, later]).unlike, [{ pair: ['blktap', 'lvm'], through: ['loopback'] }])
  assert.equal(across([here, later, there]).unlike, [])
  const rates = { blktap: writes(...A), lvm: writes(...B) }
  assert.equal(across([here, later, aStudy('direct', rates)]).unlike, [])
  const reads = { blktap: stats(100, 101, 99), lvm: stats(100, 101, 99) }
  assert.equal(across([here, later, aStudy('direct', reads)]).unlike, [])
})

test('a lost version is like no other, even one that was lost too', () => {
  const lost = { run: { version: null, dialect: 'bonnie++' } }
  const told = across([
    aStudy('here', { blktap: writes(...A), loopback: writes(...C) }, lost),
    aStudy('there', { lvm: writes(...B), loopback: writes(...C) }, lost),
  ])
  assert.equal([told.indirect.length, told.unlike.length], [0, 1])
})

test('a study without disk evidence, or that is superseded, is no way', () => {
  const cached = (rate: number): Row => ({ get_block: rate * 30, put_block: rate })
  const plain = (rate: number): Row => ({ get_block: rate, put_block: rate })
  const reads = [
    aStudy('here', { blktap: A.map(plain), loopback: C.map(plain) }),
    aStudy('there', { lvm: B.map(plain), loopback: C.map(cached) }),
  ]
  assert.equal(
    across(reads).indirect.map(({ metric }) => metric),
    ['put_block'],
  )
  const [here] = two()
  const old = aStudy(
    'there',
    { lvm: writes(...B), loopback: writes(...C) },
    { facts: { status: 'superseded' } },
  )
  assert.ok(here)
  assert.equal(across([here, old]).indirect, [])
})

test('every way is told for itself, and whether two of them contradict each other', () => {
  const [here, there] = [
    aStudy('here', { blktap: writes(...A), loopback: writes(...C), native: writes(...C) }),
    aStudy('there', { lvm: writes(...B), loopback: writes(...C), native: writes(...C.map((x) => x * 3)) }),
  ]
  const told = across([here, there]).indirect.find(({ pair }) => pair.join(' ') === 'blktap lvm')
  assert.equal(
    told?.ways.map(({ through }) => through),
    ['loopback', 'native'],
  )
  assert.is(told?.apart, true)
})

test('of many ways only their number and their span are kept', () => {
  const others = [...'bcdefgh'].map((slug, i) =>
    aStudy(slug, { lvm: writes(...B.map((x) => x * (1 + i / 10))), loopback: writes(...C) }),
  )
  const [first] = two()
  assert.ok(first)
  assert.is(only([first, ...others.slice(1)]).ways.length, 6)
  const { count, ways, span, through } = only([first, ...others])
  assert.equal([count, ways, through], [7, [], ['loopback']])
  near(span.high, span.low * 1.6)
})

const ratio: fc.Arbitrary<number> = fc.integer({ min: -12, max: 12 }).map((n) => 1.7 ** n)
const leg = fc.tuple(ratio, fc.integer({ min: 0, max: 40 })).map(([value, width]) => ({
  ratio: { kind: 'exact', value } as const,
  interval: { low: value * Math.exp(-width / 20), high: value * Math.exp(width / 20), confidence: 0.95 },
}))
const bound = fc
  .tuple(ratio, fc.constantFrom('at least', 'at most', 'exact', 'unknown'))
  .map(([x, kind]): { ratio: Ratio } => ({
    ratio:
      kind === 'exact'
        ? { kind, value: x }
        : kind === 'unknown'
          ? { kind, why: 'not run' }
          : { kind: kind as 'at least' | 'at most', bound: x },
  }))

const width = ({ low, high }: { readonly low: number; readonly high: number }) => Math.log(high / low)

test('seen from the other side it is turned over', () => {
  fc.assert(
    fc.property(fc.oneof(leg, bound), fc.oneof(leg, bound), (a, b) => {
      const [ab, ba] = [quotient(a, b), quotient(b, a)]
      const turned = inverse(ba.ratio)
      assert.is(ab.ratio.kind, turned.kind)
      if (ab.ratio.kind === 'exact' && turned.kind === 'exact') near(ab.ratio.value, turned.value)
      if ('bound' in ab.ratio && 'bound' in turned) near(ab.ratio.bound, turned.bound)
      assert.is(ab.interval === undefined, ba.interval === undefined)
      if (!ab.interval || !ba.interval) return
      near(ab.interval.low, 1 / ba.interval.high)
      near(ab.interval.high, 1 / ba.interval.low)
    }),
  )
})

test('its interval is wider than either study’s, and there only if both have one', () => {
  fc.assert(
    fc.property(leg, leg, bound, (a, b, c) => {
      const { interval } = quotient(a, b)
      assert.ok(interval)
      const widest = Math.max(width(a.interval), width(b.interval))
      assert.ok(width(interval) >= widest * (1 - 1e-12))
      if (width(a.interval) > 0.01 && width(b.interval) > 0.01) assert.ok(width(interval) > widest)
      assert.is(quotient(a, c).interval, undefined)
      assert.is(quotient(c, a).interval, undefined)
    }),
  )
})

/** Runs a side, and the standard deviation of the logarithms on the four sides. */
const designs: readonly (readonly [runs: number, ...sigmas: number[]])[] = [
  [3, 0.05, 0.05, 0.05, 0.05],
  [3, 0.2, 0.02, 0.02, 0.02],
  [3, 0.2, 0.02, 0.2, 0.02],
  [6, 0.05, 0.1, 0.05, 0.1],
]

for (const [i, [runs, ...sigmas]] of designs.entries()) {
  test(`the 95 % interval holds the truth: ${runs} runs, spreads ${sigmas.join(', ')}`, () => {
    const random = mulberry32(1997 + i)
    const draw = (sigma = 0) => Array.from({ length: runs }, () => sigma * normal(random))
    const told = (a: readonly number[], b: readonly number[]) => {
      const { difference, low, high } = welch(a, b)
      return {
        ratio: { kind: 'exact', value: Math.exp(difference) } as const,
        interval: { low: Math.exp(low), high: Math.exp(high), confidence: 0.95 },
      }
    }
    const STUDIES = 1500
    const held = Array.from({ length: STUDIES }, () => {
      const { interval } = quotient(
        told(draw(sigmas[0]), draw(sigmas[1])),
        told(draw(sigmas[2]), draw(sigmas[3])),
      )
      return interval !== undefined && interval.low <= 1 && interval.high >= 1
    }).filter(Boolean).length
    // chance takes a true 95 % below 93.5 % in one of a hundred and more
    assert.ok(held / STUDIES > 0.935, String(held / STUDIES))
  })
}

test.run()
