/** How wide labels are thought to be, against what the browser measured. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { ADVANCES, shorten, shortenAll, widthOf } from '../../src/report/charts/text.ts'
import type { FontMetrics } from '../../src/report/svg.ts'
import { suite } from '../suite.ts'

const metrics = JSON.parse(
  readFileSync(new URL('../../templates/fonts/metrics.json', import.meta.url), 'utf8'),
) as FontMetrics
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i))

const test = suite('text widths')

test('no printable character is narrower in the table than in the font, nor wider than a hair', () => {
  ascii.forEach((character, i) => {
    const [regular = 0, bold = 0] = [metrics.weights['400'][character], metrics.weights['600'][character]]
    assert.is(ADVANCES[i], Math.max(regular, bold), character)
  })
  assert.is(ADVANCES.length, ascii.length)
})

test('no other measured character is wider than it is thought to be', () => {
  for (const [character, units] of Object.entries(metrics.weights['600'])) {
    assert.ok(widthOf(character, 1000) >= units, character)
  }
})

test('a text that fits stays, another ends in an ellipsis within its room', () => {
  assert.is(shorten('blktap', 14, 100), 'blktap')
  const short = shorten('qemu-tcg-lvm-virtio', 14, 80)
  assert.match(short, /^qemu-.*…$/)
  assert.ok(widthOf(short, 14) <= 80)
})

test('a text is not cut within a character', () => {
  assert.is(shorten('😀😀😀😀', 14, 40).replace(/[😀…]/gu, ''), '')
})

test('names that begin alike keep their ends', () => {
  const names = ['qemu-tcg-lvm-on-raid-virtio', 'qemu-tcg-lvm-on-raid-ide', 'lvm']
  const short = shortenAll(names, 14, 90)
  assert.is(new Set(short).size, 3)
  assert.match(short[0] ?? '', /…-?virtio|…\w*virtio|….*io$/)
  for (const name of short) assert.ok(widthOf(name, 14) <= 90, name)
})

test.run()
