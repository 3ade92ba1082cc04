/** Axes hold what stands on them, with room for the labels beside the marks. */
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { linearScale, logScale, logTicks, position, ratioTicks } from '../../src/report/charts/scale.ts'
import { stripPanel } from '../../src/report/charts/strips.ts'
import { runs, suite } from '../suite.ts'

const extent = fc.record({
  value: fc.double({ min: -1, max: 7, noNaN: true }).map((exponent) => 10 ** exponent),
  left: fc.integer({ min: 0, max: 90 }),
  right: fc.integer({ min: 0, max: 90 }),
})

const test = suite('axes')

test('a log axis keeps every mark and its labels inside', () => {
  fc.assert(
    fc.property(fc.array(extent, { minLength: 1, maxLength: 12 }), (extents) => {
      const scale = logScale(extents, [0, 328])
      for (const { value, left, right } of extents) {
        const x = position(scale, value)
        assert.ok(x - left >= -0.1 && x + right <= 328.1, `${value} at ${x} of ${scale.range}`)
      }
    }),
    { numRuns: runs(300) },
  )
})

test('a bar leaves room for its label, however long the others are', () => {
  fc.assert(
    fc.property(fc.array(extent, { minLength: 1, maxLength: 12 }), (extents) => {
      const scale = linearScale(extents, [10, 300])
      for (const { value, right } of extents) assert.ok(position(scale, value) + right <= 300.1)
    }),
    { numRuns: runs(300) },
  )
})

function labelsOf(low: number, high: number, width: number, ticks = logTicks): string[] {
  const scale = { type: 'log', domain: [low, high], range: [0, width] } as const
  return ticks(scale, String).map((tick) => tick.label)
}

test('ticks thin out as room gets scarce', () => {
  assert.equal(labelsOf(10, 1000, 400), ['10', '20', '50', '100', '200', '500', '1000'])
  assert.equal(labelsOf(10, 1000, 180), ['10', '30', '100', '300', '1000'])
  assert.equal(labelsOf(10, 1000, 100), ['10', '100', '1000'])
  assert.equal(labelsOf(1, 1e7, 180), ['1', '100', '10000', '1000000'])
})

test('a short axis has finer ticks', () => {
  assert.equal(labelsOf(20, 50, 400), ['20', '30', '50'])
})

test('ticks of ratios mirror each other about 1', () => {
  assert.equal(labelsOf(0.2, 5, 400, ratioTicks), ['0.25', '0.5', '1', '2', '4'])
  assert.equal(labelsOf(0.6, 1.6, 400, ratioTicks), ['0.67', '0.8', '0.91', '1', '1.1', '1.25', '1.5'])
  assert.equal(labelsOf(0.9, 2000, 400, ratioTicks), ['1', '10', '100', '1000'])
})

test('ticks of ratios reach as far as the marks do, to a step on either side', () => {
  assert.equal(labelsOf(1, 280, 400, ratioTicks), ['1', '2', '4', '8', '16', '32', '64', '128', '256'])
  const reach = fc.double({ min: 0, max: 8, noNaN: true })
  fc.assert(
    fc.property(reach, reach, (below, above) => {
      const extents = [10 ** -below, 10 ** above].map((value) => ({ value, left: 8, right: 8 }))
      const scale = logScale(extents, [0, 600], { mustHold: 1 })
      const values = ratioTicks(scale, (value) => `${value}×`).map(({ value }) => value)
      const steps = values.slice(1).map((value, i) => value / (values[i] ?? value))
      const step = Math.max(1.5, ...steps) * 1.02
      const [low, high] = scale.domain
      assert.ok(
        (values[0] ?? 0) <= low * step && (values.at(-1) ?? 0) >= high / step,
        `${low} to ${high}: ${values}`,
      )
    }),
    { numRuns: runs(300) },
  )
})

test('one value alone still gets an axis with two ticks', () => {
  const scale = logScale([{ value: 249, left: 8, right: 60 }], [0, 328])
  assert.ok(logTicks(scale, String).length >= 2)
})

/** More than a function takes as arguments. */
const MANY = Array.from({ length: 200_000 }, (_, i) => ({ value: 1 + (i % 500), left: 3, right: 3 }))

test('hold as many marks as a program of load can have made', () => {
  assert.equal(linearScale(MANY, [0, 300]).domain, [0, 500])
  assert.equal(logScale(MANY, [0, 300]).domain, [1, 500])
  const run = { text: '1', bound: false, hollow: false, apart: false }
  const runs = MANY.map(({ value }, i) => ({ ...run, run: i + 1, value }))
  const strip = { party: { id: 'lvm', name: 'LVM', slot: 1 }, runs, words: '' } as const
  assert.is(stripPanel([strip]).width, 300)
})

test.run()
