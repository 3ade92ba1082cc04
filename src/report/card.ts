import type { Card, CardHero } from '../model/picture.ts'
import { escapeHtml } from './escape.ts'
import type { Font } from './font.ts'
import { type Box, type Setting, set, settable, textWidth } from './typeset.ts'

/*
 * The picture that stands for a page where its address is shared, as an SVG of plain shapes and texts with literal
 * colours: rasterisers know neither variables nor the fonts of a page. A text that the fonts cannot set (they have
 * Latin, Greek and Cyrillic letters) is left out whole: half a title would be another one.
 */

export const CARD_WIDTH = 1200
const HEIGHT = 630
const MARGIN = 72
const ROOM = CARD_WIDTH - 2 * MARGIN
/** the stripe of the verdict */
const FOOT = 108
const FOOT_TOP = HEIGHT - FOOT
const HERO = 128
/** below the name of the site */
const TOP = 122
/** line height of a headline */
const TIGHT = 1.16

export interface CardFonts {
  readonly serif: Font
  readonly sans: Font
}

/** The light palette: `ink` → `#1b1e22`. */
export type Colours = ReadonlyMap<string, string>

/** The tokens of a style sheet in its first rule, which is the light palette. */
export function lightColours(tokensCss: string): Colours {
  const rule = /:root\s*\{([^}]*)\}/.exec(tokensCss)?.[1] ?? ''
  return new Map([...rule.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

/** The card as an SVG of 1200 by 630 pixels. */
export function cardSvg(card: Card, fonts: CardFonts, colours: Colours): string {
  const ink = (token: string) => {
    const colour = colours.get(token)
    if (!colour) throw new Error(`there is no token --${token}`)
    return colour
  }
  const bottom = FOOT_TOP - (card.hero ? HERO : 44)
  const kicker = kickerOf(card, fonts)
  const below = kicker.lines.length === 0 ? TOP : TOP + kicker.lines.length * kicker.size * 1.25 + 12
  const headline = headlineOf(card, fonts, bottom - below - 20)
  // without a number the headline stands on the stripe
  const height = headline.lines.length * headline.size * TIGHT
  const headlineTop = card.hero ? below : Math.max(below, bottom - height)
  const parts = [
    `<rect width="${CARD_WIDTH}" height="${HEIGHT}" fill="${ink('surface')}"/>`,
    brand(card, fonts, ink),
    lines(kicker, { y: TOP, leading: 1.25, family: SANS, fill: ink('text-2') }),
    lines(headline, { y: headlineTop, leading: TIGHT, family: SERIF, fill: ink('ink') }),
    card.hero ? hero(card.hero, bottom, fonts, ink) : '',
    foot(card, fonts, ink),
  ]
  const size = `width="${CARD_WIDTH}" height="${HEIGHT}" viewBox="0 0 ${CARD_WIDTH} ${HEIGHT}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${parts.join('')}</svg>`
}

type Ink = (token: string) => string

const SANS = 'Source Sans 3'
const SERIF = 'Source Serif 4'

function kickerOf({ kicker }: Card, { sans }: CardFonts): Setting {
  const text = kicker === null ? null : settable(kicker, sans)
  if (text === null) return { lines: [], size: 0 }
  return set(text, sans, { width: ROOM, sizes: [34, 30], lines: (size) => (size === 34 ? 1 : 2) })
}

function headlineOf({ headline, fallback, hero }: Card, { serif }: CardFonts, room: number): Setting {
  const text = settable(headline, serif) ?? fallback
  const sizes = [...(hero ? [] : [96, 88, 80]), 68, 64, 60, 56, 52, 48, 44, 40, 36]
  return set(text, serif, { width: ROOM, sizes, lines: (size) => Math.floor(room / (size * TIGHT)) })
}

/** The mark of the pages, the name of the site, and the corner. */
function brand({ site, corner }: Card, { sans }: CardFonts, ink: Ink): string {
  const mark = `<g transform="translate(${MARGIN} 50) scale(2.1)"><path fill="${ink('mark-2')}" d="M1 3h14v4H1z"/><path fill="${ink('mark-1')}" d="M1 9h8v4H1z"/></g>`
  const right = corner === null ? '' : (settable(corner, sans) ?? '')
  const name = settable(site, sans)
  const rest = ROOM - 50 - textWidth(right, sans, 28) - 30
  const box: Box = { width: rest, sizes: [28], lines: () => 1 }
  const title = name === null ? '' : line(set(name, sans, box).lines[0] ?? '', { x: MARGIN + 50, y: 77 }, 28)
  const date = line(right, { x: MARGIN + ROOM, y: 77 }, 28, ' text-anchor="end"')
  return `${mark}<g font-family="${SANS}" fill="${ink('ink-2')}">${title}${date}</g>`
}

function hero(
  { big, label, small, colour, validity }: CardHero,
  top: number,
  { serif, sans }: CardFonts,
  ink: Ink,
): string {
  const [size, base] = [88, top + 86]
  const width = textWidth(big, serif, size)
  const x = MARGIN + width + 34
  const words = settable(small, sans)
  const box: Box = { width: CARD_WIDTH - MARGIN - x, sizes: [28, 26], lines: () => 2 }
  const setting = words === null ? { lines: [], size: 28 } : set(words, sans, box)
  const first = setting.lines.length > 1 ? base - 50 : base - 32
  // as on the page, a dashed line below a number in doubt
  const doubt =
    validity === 'disk'
      ? ''
      : `<path d="M${MARGIN} ${base + 15}h${round(width)}" stroke="${ink(`text-${colour}`)}" stroke-width="4" stroke-dasharray="12 8"/>`
  return [
    `<g font-family="${SERIF}" font-weight="600" fill="${ink(`text-${colour}`)}">${line(big, { x: MARGIN, y: base }, size)}</g>${doubt}`,
    `<g font-family="${SERIF}" font-weight="600" fill="${ink('ink')}">${line(label, { x, y: first }, 32)}</g>`,
    lines(setting, { x, y: first + 8, leading: 1.25, family: SANS, fill: ink('ink-2') }),
  ].join('')
}

function foot({ foot, warns }: Card, { sans }: CardFonts, ink: Ink): string {
  const stripe = warns ? ink('warn-ink') : ink('ink')
  const text = settable(foot, sans)
  const box: Box = { width: ROOM, sizes: [34, 32, 30, 28], lines: (size) => (size > 30 ? 1 : 2) }
  const setting = text === null ? { lines: [], size: 34 } : set(text, sans, box)
  const y = FOOT_TOP + (FOOT - setting.lines.length * setting.size * 1.25) / 2
  return `<rect y="${FOOT_TOP}" width="${CARD_WIDTH}" height="${FOOT}" fill="${stripe}"/>${lines(setting, { y, leading: 1.25, family: SANS, fill: ink('surface') })}`
}

interface Style {
  readonly x?: number
  /** top of the first line */
  readonly y: number
  readonly leading: number
  readonly family: string
  readonly fill: string
}

function lines({ lines: texts, size }: Setting, { x = MARGIN, y, leading, family, fill }: Style): string {
  const weight = family === SERIF ? ' font-weight="600"' : ''
  const set = texts.map((text, i) => line(text, { x, y: y + size * (leading * i + 0.94) }, size))
  return set.length === 0 ? '' : `<g font-family="${family}"${weight} fill="${fill}">${set.join('')}</g>`
}

function line(text: string, { x, y }: { x: number; y: number }, size: number, more = ''): string {
  if (text === '') return ''
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${more}>${escapeHtml(text)}</text>`
}

function round(x: number): number {
  return Math.round(x * 100) / 100
}
