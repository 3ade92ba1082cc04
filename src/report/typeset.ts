import type { Font } from './font.ts'

/*
 * Lines of text in a box, for pictures: no browser will break them.
 */

/** A text broken into lines at a size in pixels. */
export interface Setting {
  readonly lines: readonly string[]
  readonly size: number
}

export interface Box {
  /** in pixels */
  readonly width: number
  /** the most lines that have room at a size */
  readonly lines: (size: number) => number
  /** sizes to try, largest first */
  readonly sizes: readonly number[]
}

/** What a title can lose. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/u
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

/** The text as a font can set it, on one line and without emoji; null where it lacks a letter or nothing is left. */
export function settable(text: string, font: Font): string | null {
  const has = (character: string) => font.advance(character) !== undefined
  const seen = text.normalize('NFC').replace(UNSEEN, '').replace(/\s+/g, ' ')
  const plain = [...seen].filter((c) => has(c) || !EMOJI.test(c))
  const trimmed = plain.join('').replace(/ +/g, ' ').trim()
  return trimmed !== '' && plain.every(has) ? trimmed : null
}

/** Width in pixels. Kerning only makes a text narrower in the fonts of ours. */
export function textWidth(text: string, font: Font, size: number): number {
  let em = 0
  for (const character of text) em += font.advance(character) ?? 0
  return em * size
}

/** The text at the largest size at which it fits into the box; at the smallest it ends in an ellipsis if it must. */
export function set(text: string, font: Font, box: Box): Setting {
  for (const size of box.sizes) {
    const lines = broken(text, font, size, box.width)
    if (lines.length <= box.lines(size)) return { lines: balanced(text, lines, font, size, box.width), size }
  }
  const size = box.sizes.at(-1) ?? 1
  const most = Math.max(1, box.lines(size))
  const lines = broken(text, font, size, box.width)
  const rest = lines.slice(most - 1).join(' ')
  return { lines: [...lines.slice(0, most - 1), cut(rest, font, size, box.width)], size }
}

/** Lines of about the same length are read more easily: the narrowest width that needs no more of them. */
function balanced(
  text: string,
  lines: readonly string[],
  font: Font,
  size: number,
  width: number,
): readonly string[] {
  let best = lines
  for (let narrower = width * 0.97; narrower > width / 2; narrower *= 0.97) {
    const tried = broken(text, font, size, narrower)
    if (tried.length > lines.length) break
    best = tried
  }
  return best
}

/** Greedy: as many words a line as fit; a number stays with its unit. What is wider than a line is broken anywhere. */
function broken(text: string, font: Font, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<!\d) /).flatMap((long) => pieces(long, font, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || textWidth(longer, font, size) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, font: Font, size: number, width: number): string[] {
  const parts = ['']
  for (const character of word) {
    const grown = `${parts.at(-1)}${character}`
    if (parts.at(-1) === '' || textWidth(grown, font, size) <= width) parts[parts.length - 1] = grown
    else parts.push(character)
  }
  return parts
}

function cut(text: string, font: Font, size: number, width: number): string {
  if (textWidth(text, font, size) <= width) return text
  const characters = [...text]
  const shortened = () => `${characters.join('').trimEnd()}…`
  while (characters.length > 0 && textWidth(shortened(), font, size) > width) characters.pop()
  return shortened()
}
