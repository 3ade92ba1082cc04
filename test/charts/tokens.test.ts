/** The colours as the stylesheet has them: legible by day, by night and on paper, and apart from each other. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'

type Rgb = readonly [number, number, number]
type Tokens = ReadonlyMap<string, string>

const css = readFileSync(new URL('../../templates/tokens.css', import.meta.url), 'utf8')
const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map((match) => tokensOf(match[1] ?? ''))
const THEMES = ['light', 'dark', 'print'].map((name, i) => [name, blocks[i] ?? new Map()] as const)
const SLOTS = [1, 2, 3, 4, 5, 6]

function tokensOf(block: string): Tokens {
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

function linear(hex: string): Rgb {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const channel = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return [r, g, b]
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, two: string): number {
  const [a, b] = [one, two].map((hex) => {
    const [r, g, b] = linear(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }) as [number, number]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
const XYZ: readonly Rgb[] = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
]

function times(matrix: readonly Rgb[], [x, y, z]: Rgb): Rgb {
  const [a = 0, b = 0, c = 0] = matrix.map((row) => row[0] * x + row[1] * y + row[2] * z)
  return [a, b, c]
}

/** CIE 1976 difference of two colours, as seen by this vision. */
function difference(vision: readonly Rgb[], one: string, two: string): number {
  const [a, b] = [one, two].map((hex) => {
    const [r, g, b] = times(vision, linear(hex)).map((v) => Math.min(1, Math.max(0, v))) as [
      number,
      number,
      number,
    ]
    const [x, y, z] = times(XYZ, [r, g, b])
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
    return [116 * f(y) - 16, 500 * (f(x / 0.95047) - f(y)), 200 * (f(y) - f(z / 1.08883))]
  }) as [number[], number[]]
  return Math.hypot(...a.map((v, i) => v - (b[i] ?? 0)))
}

const test = suite('the colour tokens')

test('come in three themes with the same names', () => {
  assert.is(blocks.length, 3)
  assert.ok(css.includes('@media (prefers-color-scheme: dark)') && css.includes('@media print'))
  for (const [, tokens] of THEMES) {
    assert.equal([...tokens.keys()], [...(blocks[0]?.keys() ?? [])])
    assert.is(tokens.size, 24)
  }
})

for (const [theme, tokens] of THEMES) {
  const colour = (name: string) => tokens.get(name) ?? ''
  const atLeast = (least: number, name: string, ground: string) => {
    const found = contrast(colour(name), colour(ground))
    assert.ok(found >= least, `--${name} on --${ground} has ${found.toFixed(2)}:1, needs ${least}`)
  }

  test(`${theme}: marks and focus reach 3:1, text 4.5:1, on the surface and on raised boxes`, () => {
    for (const ground of ['surface', 'raised']) {
      for (const name of ['focus', ...SLOTS.map((slot) => `mark-${slot}`)]) atLeast(3, name, ground)
      for (const name of ['ink', 'ink-2', 'accent', ...SLOTS.map((slot) => `text-${slot}`)]) {
        atLeast(4.5, name, ground)
      }
    }
    for (const name of ['warn-ink', 'ink', 'ink-2']) atLeast(4.5, name, 'warn-bg')
  })

  for (const [name, vision] of Object.entries(VISIONS)) {
    test(`${theme}: any two marks stay apart with ${name} vision`, () => {
      for (const a of SLOTS) {
        for (const b of SLOTS.slice(a)) {
          const found = difference(vision, colour(`mark-${a}`), colour(`mark-${b}`))
          assert.ok(found >= 10, `slots ${a} and ${b} differ by ${found.toFixed(1)}`)
        }
      }
    })
  }
}

test('print on white, with the colours of the day', () => {
  const [day, , print] = blocks
  assert.is(print?.get('surface'), '#ffffff')
  for (const [name, value] of print ?? []) {
    if (name !== 'surface') assert.is(value, day?.get(name))
  }
})

test.run()
