import { widthOf } from './charts/text.ts'
import { escapeHtml } from './escape.ts'
import type { KeyEntry } from './figure.ts'
import { symbolShape } from './palette.ts'

/*
 * What a page prints around a chart, for a chart that stands alone: above it what it shows and the key, below it
 * where it comes from. Lines break where the chart ends.
 */

export interface Surroundings {
  readonly title: string
  /** of this chart, where the figure has several */
  readonly part: string | null
  readonly subtitle: string
  readonly key: readonly KeyEntry[]
}

/** A stretch of SVG and the height it takes, in CSS pixels. */
export interface Stretch {
  readonly svg: string
  readonly height: number
}

const TITLE = { size: 16, line: 21, weight: 600, colour: 'var(--ink)' } as const
const PART = { size: 14, line: 20, weight: 600, colour: 'var(--ink)' } as const
const WORDS = { size: 13, line: 17, weight: 400, colour: 'var(--ink-2)' } as const
const FOOTER = { size: 12, line: 16, weight: 400, colour: 'var(--ink-2)' } as const
const KEY = { size: 13, line: 20, weight: 400, colour: 'var(--ink)' } as const

interface Style {
  readonly size: number
  readonly line: number
  readonly weight: 400 | 600
  readonly colour: string
}

/** Title, subtitle and key, from the top. */
export function header({ title, part, subtitle, key }: Surroundings, width: number): Stretch {
  const head = lines(title, TITLE, width, 0)
  const below = lines(subtitle, WORDS, width, head.height + 2)
  const symbols = keyRows(key, width, below.height + 6)
  const last =
    part === null ? { svg: '', height: symbols.height } : lines(part, PART, width, symbols.height + 6)
  return { svg: head.svg + below.svg + symbols.svg + last.svg, height: last.height + 8 }
}

/** Where the chart comes from, below it. */
export function footer(text: string, width: number, top: number): Stretch {
  return lines(text, FOOTER, width, top + 8)
}

/** A paragraph from `top`; `height` is where it ends. */
function lines(text: string, style: Style, width: number, top: number): Stretch {
  const broken = wrapped(text, style.size, width)
  const svg = broken.map((line, i) => textAt(0, top + (i + 0.76) * style.line, line, style)).join('')
  return { svg, height: top + broken.length * style.line }
}

function textAt(x: number, y: number, text: string, { size, weight, colour }: Style): string {
  const place = `x="${Math.round(x * 100) / 100}" y="${Math.round(y * 100) / 100}"`
  const bold = weight === 600 ? ' font-weight="600"' : ''
  return `<text ${place} font-size="${size}px"${bold} fill="${colour}">${escapeHtml(text)}</text>`
}

/** Entries side by side as far as they fit. */
function keyRows(key: readonly KeyEntry[], width: number, top: number): Stretch {
  let [x, y, svg] = [0, top, '']
  for (const { symbol, label } of key) {
    const [first = '', ...rest] = wrapped(label, KEY.size, width - 22)
    const taken = 22 + widthOf(first, KEY.size)
    if (x > 0 && (x + taken > width || rest.length > 0)) [x, y] = [0, y + KEY.line]
    svg += `<g transform="translate(${Math.round((x + 8) * 100) / 100},${y + 10})">${symbolShape(symbol)}</g>`
    ;[first, ...rest].forEach((line, i) => {
      svg += textAt(x + 22, y + i * KEY.line + 14.5, line, KEY)
    })
    if (rest.length > 0) [x, y] = [0, y + (rest.length + 1) * KEY.line]
    else x += taken + 20
  }
  return { svg, height: key.length === 0 ? top : y + (x > 0 ? KEY.line : 0) }
}

/** A text in lines that fit; a word wider than a line is cut. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const result: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => pieces(each, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer, size) > width) {
      result.push(line)
      line = word
    } else line = longer
  }
  return [...result, line]
}

function pieces(word: string, size: number, width: number): readonly string[] {
  const result: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && widthOf(piece + character, size) > width) {
      result.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...result, piece]
}
