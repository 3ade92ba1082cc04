import * as assert from 'uvu/assert'
import { nearest } from '../src/analysis/nearest.ts'
import { bytesPerSecond, memoryMib, share } from '../src/analysis/units.ts'
import { suite } from './suite.ts'

const units = suite('units')

units('of memory', () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ['1 GiB', 1024],
    ['2064M', 2064],
    ['512 MiB', 512],
    ['23 GB', 23_552],
    ['1.5g', 1536],
    ['4096 kB', 4],
    ['2 TiB', 2_097_152],
    ['2', null],
    ['0 GiB', null],
    ['-1 GiB', null],
    ['1,5 GiB', null],
    ['1 GiB RAM', null],
    ['', null],
  ]
  for (const [text, mib] of cases) assert.is(memoryMib(text), mib, text)
})

units('of links', () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ['60 MB/s', 60e6],
    ['60 MiB/s', 60 * 2 ** 20],
    ['60,000,000 bytes/s', 60e6],
    ['SATA 3 Gb/s', 375e6],
    ['SAS 6Gbps', 750e6],
    ['SATA II, 3.0 Gbit/s', 375e6],
    ['10GbE', 1.25e9],
    ['52 mb/s', null],
    ['SATA', null],
    ['3 Gb/s or 6 Gb/s', null],
    ['1.5.3 MB/s', null],
  ]
  for (const [text, rate] of cases) assert.is(bytesPerSecond(text), rate, text)
})

units('of shares', () => {
  assert.equal(['5 %', '2.5%', '5'].map(share), [0.05, 0.025, null])
})

units('near words are near, and short words are near to little', () => {
  const known = ['build', 'check', 'parse', 'show']
  assert.equal(
    ['biuld', 'chekc', 'pars', 'SHOW', 'x', 'sh', 'compare'].map((word) => nearest(word, known)),
    ['build', 'check', 'parse', 'show', null, null, null],
  )
})

units.run()
