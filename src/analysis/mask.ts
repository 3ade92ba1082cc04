/*
 * Text of the prose with parts of its markup blanked out, so that words can be looked for and every offset stays what
 * it was.
 */

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

const CODE = /(?<!`)(`+)(?:(?!`)[\s\S])[\s\S]*?(?<!`)\1(?!`)/g
// no quotation or link is longer than this, so that no text can hold up the search
const QUOTATION = /"[^"]{0,2000}"|“[^”]{0,2000}”|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»/g
/** A link or picture with its address, its reference, or as the address itself. */
const LINK =
  /!?\[((?:[^[\]\\]|\\.){0,2000})\](?:\((?:<[^<>\n]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:[^\S\n][^()\n]*)?\)|\[[^\]\n]*\])/g
const ADDRESS = /<[a-z][a-z0-9+.-]*:[^<>\s]*>/gi
const MARKS = /\*+|(?<![a-z0-9])_+|_+(?![a-z0-9])|&nbsp;|\\(?=[^\w\s])/gi

/** Without code, quotations and links of any kind: what the author says in numbers of his own. */
export function ownWords(text: string): string {
  return [CODE, QUOTATION, LINK, ADDRESS, MARKS].reduce((rest, part) => rest.replace(part, blank), text)
}

/** The same with what stands in code, where settings belong. */
export function ownWordsAndSettings(text: string): string {
  const opened = text.replace(/`+/g, blank)
  return [QUOTATION, LINK, ADDRESS, MARKS].reduce((rest, part) => rest.replace(part, blank), opened)
}

/** What is read aloud: texts of links without their addresses, and no code. */
export function readAloud(text: string): string {
  const spoken = (link: string, words: string) => {
    const at = link.indexOf('[') + 1
    return blank(link.slice(0, at)) + words + blank(link.slice(at + words.length))
  }
  return [ADDRESS, MARKS].reduce(
    (rest, part) => rest.replace(part, blank),
    text.replace(CODE, blank).replace(LINK, spoken),
  )
}

/** Whether a text links to anything but our own data: to the source of what it says. */
export function hasSource(text: string): boolean {
  return /\]\(\s*<?(?!(?:value|claim|quote):|#)[^\s)<>]|\]\[|<https?:/i.test(text)
}

/** The sentences of a text with their offsets. A full stop ends one if a blank follows, but not behind "e.g." */
export function sentencesOf(text: string): { readonly text: string; readonly at: number }[] {
  const hidden = text.replace(LINK, (link) => link.replace(/[.!?]/g, '_'))
  const found: { text: string; at: number }[] = []
  let at = 0
  for (const stop of hidden.matchAll(
    /(?<!\b(?:e\.g|i\.e|vs|ca|cf|approx|resp|no))[.!?](?![.!?])(?=["”)*_]*(?:\s|$))/gi,
  )) {
    const end = stop.index + stop[0].length
    found.push({ text: text.slice(at, end), at })
    at = end
  }
  return text.slice(at).trim() === '' ? found : [...found, { text: text.slice(at), at }]
}
