import * as assert from 'uvu/assert'
import { compareNatural, compareText } from '../../src/model/diagnostic.ts'
import {
  counted,
  differenceText,
  durationText,
  exceeding,
  factor,
  listed,
  rateText,
  runNames,
  sharesApart,
  shareText,
  sizeText,
  threeDigits,
  times,
} from '../../src/model/format.ts'
import { divide, type Measurement, multiply, type Ratio } from '../../src/model/measurement.ts'
import { paceWords, rangeText, ratioText } from '../../src/model/ratio-words.ts'
import { suite } from '../suite.ts'

const test = suite('number words')

test('three significant digits, thousands commas, never scientific', () => {
  // biome-ignore format: a table reads best as one
  for (const [x, want] of [[0, '0'], [0.01521, '0.0152'], [5.1756, '5.18'], [18.5088, '18.5'], [95.79, '95.8'], [960.39, '960'], [2347.6, '2,350'], [1234567, '1,230,000'], [0.9996, '1.00'], [9.999, '10.0'], [99.99, '100'], [1e-9, '0.00000000100']] as const) {
    assert.is(threeDigits(x), want, String(x))
  }
})

test('bounds are rounded to the safe side', () => {
  assert.is(threeDigits(16384, 'down'), '16,300')
  assert.is(threeDigits(0.015204, 'up'), '0.0153')
  assert.is(factor(65.77, 'down'), '65.7')
  assert.is(factor(0.8999, 'up'), '0.90')
  assert.is(threeDigits(4.1, 'down'), '4.10', 'a number that is exact stays')
})

test('rates say their unit: MB are a million bytes', () => {
  assert.is(rateText('put_block', { kind: 'measured', value: 93549 }), '95.8 MB/s')
  assert.is(rateText('seeks', { kind: 'at least', bound: 16384 }), 'at least 16,300 seeks/s')
  assert.is(rateText('seq_create', { kind: 'absent', why: 'not run' }), 'not run')
})

test('a share is none or all only where it is, and one that was rounded with others keeps its number', () => {
  assert.equal(
    [0, 0.0005, 0.0099, 0.01, 0.335, 0.99, 0.9905, 0.9995, 1].map((share) => shareText(share)),
    [
      '0 %',
      'less than 1 %',
      'less than 1 %',
      '1 %',
      '34 %',
      '99 %',
      'more than 99 %',
      'more than 99 %',
      '100 %',
    ],
  )
  assert.equal(
    [shareText(0.335, 33), shareText(0.004, 0), shareText(0.996, 100)],
    ['33 %', 'less than 1 %', 'more than 99 %'],
  )
})

test('two shares are told apart, and what exceeds one is never none or all', () => {
  assert.equal(sharesApart(0.711, 0.714), ['71.1 %', '71.4 %'])
  assert.equal(sharesApart(0.7111, 0.7114), ['71.11 %', '71.14 %'])
  assert.equal(sharesApart(0.002, 0.63), ['less than 1 %', '63 %'])
  assert.equal(['less than 1 %', '31 %', 'more than 99 %'].map(exceeding), [
    '1 % or more',
    'more than 31 %',
    'more than 99 %',
  ])
})

test('a difference is rounded up, but not by noise', () => {
  assert.equal([1, 1.0001, 1.05, 1.07, 1.1, 1.0701, 11.5].map(differenceText), [
    '0 %',
    '1 %',
    '5 %',
    '7 %',
    '10 %',
    '8 %',
    '1,050 %',
  ])
})

test('a ratio and both ends of its interval have the same decimals, each with two digits that count', () => {
  for (const [value, low, high, want] of [
    [0.0999, 0.0968, 0.1031, '0.100 (0.097 to 0.103)'],
    [0.1042, 0.0968, 0.1122, '0.104 (0.097 to 0.112)'],
    [9.83, 9.5, 10.4, '9.83 (9.50 to 10.40)'],
    [10.2, 9.83, 10.58, '10.2 (9.8 to 10.6)'],
    [102, 98.6, 106.2, '102 (99 to 106)'],
    [5.1756, 5.02, 5.34, '5.18 (5.02 to 5.34)'],
    [0.00512, 0.0049, 0.00534, '0.0051 (0.0049 to 0.0053)'],
    [5.1756, 0.502, 53.4, '5.18 (0.50 to 53.4)'],
    [1010, 950, 1080, '1,010 (950 to 1,080)'],
  ] as const) {
    const ratio = { kind: 'exact', value } as const
    assert.is(`${ratioText(ratio, { low, high })} (${rangeText(ratio, { low, high })})`, want)
  }
  const pace = paceWords({ kind: 'exact', value: 0.0999 }, 'B', { low: 0.0968, high: 0.1031 })
  assert.is(pace, 'at 0.100 times the speed of B (0.097 to 0.103)')
  assert.is(ratioText({ kind: 'at least', bound: 65.77 }), 'at least 65.7')
})

test('ratios, counts, lists, sizes and durations read well', () => {
  assert.is(times(5.1756), '5.18×')
  assert.equal(
    [0, 0.000098, 0.00512, 0.0152].map((x) => factor(x)),
    ['0.000', '0.000098', '0.0051', '0.015'],
  )
  assert.is(factor(0.000091, 'up'), '0.000091')
  assert.equal([factor(10_098), factor(10_098, 'down'), factor(999.6)], ['10,100', '10,000', '1,000'])
  assert.equal([counted(1, 'run'), counted(2, 'run'), counted(13, 'run')], ['one run', 'two runs', '13 runs'])
  assert.equal(
    [listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])],
    ['', 'a', 'a and b', 'a, b and c'],
  )
  assert.equal([512, 1024, 2064, 1474.56, 23552, 1536].map(sizeText), [
    '512 MiB',
    '1 GiB',
    '2,064 MiB',
    '1.44 GiB',
    '23 GiB',
    '1.5 GiB',
  ])
  assert.equal([260, 11297, 2613000].map(durationText), ['260 µs', '11.3 ms', '2.61 s'])
})

const measured: Measurement = { kind: 'measured', value: 10 }
const least: Measurement = { kind: 'at least', bound: 20 }
const absent: Measurement = { kind: 'absent', why: 'not run' }

test('division keeps track of bounds', () => {
  assert.equal(divide(measured, measured), { kind: 'exact', value: 1 })
  assert.equal(divide(least, measured), { kind: 'at least', bound: 2 })
  assert.equal(divide(measured, least), { kind: 'at most', bound: 0.5 })
  assert.is(divide(least, least).kind, 'unknown')
  for (const [a, b] of [
    [absent, measured],
    [measured, absent],
    [absent, least],
    [least, absent],
    [absent, absent],
  ] as const)
    assert.is(divide(a, b).kind, 'unknown')
  assert.is(divide(measured, { kind: 'measured', value: 0 }).kind, 'unknown')
})

test('multiplication keeps bounds of one side, and knows nothing of bounds from both', () => {
  const ratios: readonly Ratio[] = [
    { kind: 'exact', value: 2 },
    { kind: 'at least', bound: 3 },
    { kind: 'at most', bound: 5 },
    { kind: 'unknown', why: 'not run' },
  ]
  const both = { kind: 'unknown', why: 'bounds from both sides' }
  const wanted = [
    [{ kind: 'exact', value: 4 }, { kind: 'at least', bound: 6 }, { kind: 'at most', bound: 10 }, ratios[3]],
    [{ kind: 'at least', bound: 6 }, { kind: 'at least', bound: 9 }, both, ratios[3]],
    [{ kind: 'at most', bound: 10 }, both, { kind: 'at most', bound: 25 }, ratios[3]],
    [ratios[3], ratios[3], ratios[3], ratios[3]],
  ]
  assert.equal(
    ratios.map((a) => ratios.map((b) => multiply(a, b))),
    wanted,
  )
})

test('an item with a comma of its own is parted from the next by a semicolon', () => {
  assert.is(listed(['a', 'b', 'c']), 'a, b and c')
  assert.is(listed(['gp3, 3,000 IOPS', 'local NVMe']), 'gp3, 3,000 IOPS; and local NVMe')
  assert.is(listed(['a', 'gp3, 3,000 IOPS', 'b'], 'or'), 'a; gp3, 3,000 IOPS; or b')
  assert.is(listed(['version (1, 2)', '3,000 IOPS', 'b']), 'version (1, 2), 3,000 IOPS and b')
})

test('paths sort by code point, runs by their numbers', () => {
  assert.equal(['b', 'a', 'B', 'ä'].toSorted(compareText), ['B', 'a', 'b', 'ä'])
  assert.equal(['run-10', 'run-2', 'run-1'].toSorted(compareNatural), ['run-1', 'run-2', 'run-10'])
})

test('runs are named while they are few, and counted where nobody would read their numbers', () => {
  const some = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
  assert.is(runNames([4]), 'run 4')
  assert.is(runNames([1, 5, 2]), 'runs 1, 5 and 2')
  assert.is(runNames(some(12)), 'runs 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 12')
  assert.is(runNames(some(9954)), '9,954 runs')
})

test.run()
