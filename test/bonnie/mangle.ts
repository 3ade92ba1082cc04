/**
 * What happens to saved outputs on their way to us, as functions: mail, blogs, logs, editors, terminals, encodings.
 * `mangled.test.ts` holds that none of them changes a number in silence.
 */

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed. */
export type Random = () => number

/**
 * What a mangling destroys. `nothing`: a reader must find every number and fact; `name`: every one but the name, which
 * cannot be told from what stands before it; `blanks`: also the width of blanks, by which alone a test that was not run
 * is told in a table; `more`: whatever else, so that a remark is all one can ask.
 */
export const LOSSES = ['nothing', 'name', 'blanks', 'more'] as const
export type Loss = (typeof LOSSES)[number]

export interface Mangling {
  readonly name: string
  readonly loss: Loss
  readonly mangle: (text: string, random: Random) => string | Uint8Array
}

type Change = (line: string, at: number, random: Random) => string

/** A mangling of each line; `at` counts from 0. */
export function eachLine(name: string, loss: Loss, change: Change): Mangling {
  return { name, loss, mangle: (text, random) => mapLines(text, (line, at) => change(line, at, random)) }
}

export function whole(name: string, loss: Loss, mangle: (text: string, random: Random) => string): Mangling {
  return { name, loss, mangle }
}

/** One mangling behind the other; the loss is that of the worst. Bytes can only come last. */
export function composed(manglings: readonly Mangling[]): Mangling {
  const rank = Math.max(...manglings.map(({ loss }) => LOSSES.indexOf(loss)))
  return {
    name: manglings.map(({ name }) => name).join(' + '),
    loss: LOSSES[rank] ?? 'more',
    mangle: (text, random) => {
      let saved: string | Uint8Array = text
      for (const { mangle } of manglings) if (typeof saved === 'string') saved = mangle(saved, random)
      return saved
    },
  }
}

/** Changed lines; a newline at the end stays one. */
export function mapLines(
  text: string,
  change: (line: string, at: number) => string | readonly string[],
): string {
  const end = text.endsWith('\n') ? '\n' : ''
  const lines = (end ? text.slice(0, -1) : text).split('\n')
  return lines.flatMap(change).join('\n') + end
}

/** Lines longer than `width` broken as `fold` does it, in the midst of words. */
export function folded(line: string, width: number): string[] {
  const parts: string[] = []
  for (let at = 0; at < line.length; at += width) parts.push(line.slice(at, at + width))
  return parts.length > 0 ? parts : [line]
}

/** Broken as composers of mail do it: at the last blank that fits, the blanks there dropped; long words stay whole. */
export function wrapped(line: string, width: number): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length > width) {
    const room = rest.slice(0, width + 1)
    const at = room.trimStart() === '' ? -1 : room.lastIndexOf(' ')
    const blank = at > 0 && room.slice(0, at).trim() !== '' ? at : rest.indexOf(' ', width)
    if (blank < 0) break
    parts.push(rest.slice(0, blank).trimEnd())
    rest = rest.slice(blank).trimStart()
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest]
}

/** Quoted-printable of RFC 2045, 6.7, of the text's bytes in UTF-8, broken softly before column 76. */
export function quotedPrintable(text: string): string {
  return mapLines(text, (line) => {
    const parts: string[] = []
    let part = ''
    const bytes = Array.from(new TextEncoder().encode(line))
    for (const [i, byte] of bytes.entries()) {
      const blank = (byte === 0x20 || byte === 0x09) && i === bytes.length - 1
      const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x3d && !blank
      const code = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      if (part.length + code.length > 75) {
        parts.push(`${part}=`)
        part = ''
      }
      part += code
    }
    return [...parts, part]
  })
}

/** Runs of blanks to tabs wherever they reach a multiple of eight, as `unexpand -a` does it. */
export function unexpanded(line: string): string {
  let out = ''
  for (let at = 0; at < line.length; at += 8) {
    const chunk = line.slice(at, at + 8)
    const bare = chunk.trimEnd()
    out += chunk.length === 8 && chunk.length - bare.length >= 2 ? `${bare}\t` : chunk
  }
  return out
}

/** `&`, `<` and `>` as entities. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One of some values. */
export function oneOf<T>(values: readonly [T, ...T[]], random: Random): T {
  return values[Math.floor(random() * values.length)] ?? values[0]
}
