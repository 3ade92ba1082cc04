/*
 * What a TrueType font says about its characters: which it has, and how wide they are. Two of its tables are read,
 * `cmap` and `hmtx`, after the OpenType specification 1.9 (the table of each is named where it is read).
 */

export interface Font {
  /** Advance width of a character in em; undefined where the font has no glyph for it. Kerning is not counted. */
  readonly advance: (character: string) => number | undefined
}

/** Reads a TrueType font. Throws where a table is missing: the fonts are ours. */
export function readFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const table = (tag: string) => tableAt(view, tag)
  const unitsPerEm = view.getUint16(table('head') + 18)
  const measured = view.getUint16(table('hhea') + 34)
  const widths = table('hmtx')
  const glyphOf = characterMap(view, table('cmap'))
  const advanceOf = (character: string) => {
    const glyph = glyphOf(character.codePointAt(0) ?? 0)
    if (glyph === 0) return undefined
    // glyphs beyond the last width are as wide as that one
    return view.getUint16(widths + 4 * Math.min(glyph, measured - 1)) / unitsPerEm
  }
  // a text is measured again and again until its lines are as long as one another
  const known = new Map<string, number | undefined>()
  return {
    advance: (character) => {
      if (!known.has(character)) known.set(character, advanceOf(character))
      return known.get(character)
    },
  }
}

/** The offset of a table, from the table directory. */
function tableAt(view: DataView, tag: string): number {
  const wanted = [...tag].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0)
  const tables = view.getUint16(4)
  for (let i = 0; i < tables; i += 1) {
    const record = 12 + 16 * i
    if (view.getUint32(record) === wanted) return view.getUint32(record + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

/** From a code point to a glyph, 0 for none: the `cmap` subtable of format 12, which covers all of Unicode. */
function characterMap(view: DataView, cmap: number): (code: number) => number {
  const count = view.getUint16(cmap + 2)
  const subtables = Array.from({ length: count }, (_, i) => cmap + view.getUint32(cmap + 4 + 8 * i + 4))
  const at = subtables.find((subtable) => view.getUint16(subtable) === 12)
  if (at === undefined) throw new Error('the font has no character map of format 12')
  const groups = view.getUint32(at + 12)
  return (code) => {
    // a group is its first code, its last code, and the glyph of the first; groups ascend
    for (let group = at + 16; group < at + 16 + 12 * groups; group += 12) {
      if (code > view.getUint32(group + 4)) continue
      const first = view.getUint32(group)
      return code < first ? 0 : view.getUint32(group + 8) + code - first
    }
    return 0
  }
}
