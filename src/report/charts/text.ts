/*
 * How wide a text will be, so that labels find room before anything is drawn. Source Sans 3 at weight 600, the widest
 * that charts use; a test holds the table against templates/fonts/metrics.json.
 */

/** Advance widths from U+0020 to U+007E in thousandths of an em. */
export const ADVANCES: readonly number[] = [
  200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 350, 513, 513, 513, 513, 513,
  513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538, 510, 628, 663, 282,
  494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541, 501, 540, 324, 350, 324, 513,
  500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522, 271, 843, 560, 549, 564, 564, 373, 431,
  361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
]
const FIRST = 0x20
const MULTIPLICATION_SIGN = 513
/** Letters with accents, dashes, the ellipsis: none is wider. */
const WIDEST_LATIN = 964
/** Other scripts come from another font, in which an ideograph fills the em, and some letters of Arabic are wider. */
const IDEOGRAPH = 1000
const WIDEST_RIGHT_TO_LEFT = 1380

/** An invisible letter that reads from left to right. */
const LEFT_TO_RIGHT = '\u200e'
/** Hebrew, Arabic and their neighbours, with their presentation forms. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

/** A name after which numbers stay in their place: after Hebrew or Arabic they would change sides with it. */
export function anchored(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${name}${LEFT_TO_RIGHT}` : name
}

/** Width in pixels of a text in the font of the charts, at most a hair too large. */
export function widthOf(text: string, size: number): number {
  let units = 0
  for (const character of text) units += advance(character)
  return (units * size) / 1000
}

function advance(character: string): number {
  if (character === '×') return MULTIPLICATION_SIGN
  if (character === '\u00a0') return advance(' ')
  if (character === LEFT_TO_RIGHT) return 0
  const code = character.codePointAt(0) ?? 0
  const known = ADVANCES[code - FIRST]
  if (known !== undefined) return known
  if (RIGHT_TO_LEFT.test(character)) return WIDEST_RIGHT_TO_LEFT
  return code < 0x2e80 ? WIDEST_LATIN : IDEOGRAPH
}

/** The widest of several texts. */
export function widest(texts: readonly string[], size: number): number {
  return Math.max(0, ...texts.map((text) => widthOf(text, size)))
}

/** The text, or as much of its beginning as fits with an ellipsis. */
export function shorten(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text
  const characters = [...text]
  const begun = (kept: number) => `${characters.slice(0, kept).join('').trimEnd()}…`
  return anchored(begun(mostThatFit(1, characters.length, (kept) => widthOf(begun(kept), size) <= room)))
}

/** The largest number of characters that fits, or the least there is; the fewer, the narrower. */
function mostThatFit(least: number, most: number, fits: (kept: number) => boolean): number {
  let [fitting, beyond] = [least, most + 1]
  while (beyond - fitting > 1) {
    const middle = Math.floor((fitting + beyond) / 2)
    if (fits(middle)) fitting = middle
    else beyond = middle
  }
  return fitting
}

/**
 * Several names for the same room, shortened so that they still differ: where their beginnings agree, the middle
 * gives way and the end stays (`qemu-tc…-virtio`).
 */
export function shortenAll(names: readonly string[], size: number, room: number): readonly string[] {
  const short = names.map((name) => shorten(name, size, room))
  return short.map((text, i) =>
    short.some((other, j) => j !== i && other === text) ? shortenMiddle(names[i] ?? '', size, room) : text,
  )
}

function shortenMiddle(name: string, size: number, room: number): string {
  const characters = [...name]
  const around = (kept: number) => {
    const tail = Math.floor(kept / 2)
    return `${characters.slice(0, kept - tail).join('')}…${characters.slice(-tail).join('')}`
  }
  const fits = (kept: number) => widthOf(around(kept), size) <= room
  const kept = mostThatFit(2, characters.length - 1, fits)
  return kept > 2 ? around(kept) : shorten(name, size, room)
}
