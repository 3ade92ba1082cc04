/**
 * What a careful reader stumbles over in generated prose, found by rule: one sentence for each stumble. It knows no
 * grammar, only the ways in which sentences that are put together from parts go wrong.
 */
import MarkdownIt from 'markdown-it'

/** A paragraph, a list item, a heading or a cell, as it is read. */
export interface Passage {
  readonly kind: 'paragraph' | 'item' | 'heading' | 'cell'
  readonly text: string
}

const markdown = new MarkdownIt({ html: false })

/** The passages of a Markdown text, without code and the descriptions of pictures. */
export function passagesOf(text: string): Passage[] {
  const open: string[] = []
  return markdown.parse(text, {}).flatMap((token): Passage[] => {
    if (token.nesting === 1) open.push(token.type)
    if (token.nesting === -1) open.pop()
    if (token.type !== 'inline') return []
    const words = (token.children ?? []).map((child) =>
      child.type === 'softbreak'
        ? ' '
        : child.type === 'code_inline'
          ? '`code`'
          : child.type === 'text'
            ? child.content
            : '',
    )
    const kind = open.some((type) => /^t[hd]_open$/.test(type))
      ? 'cell'
      : open.includes('heading_open')
        ? 'heading'
        : open.includes('list_item_open')
          ? 'item'
          : 'paragraph'
    return [{ kind, text: words.join('') }]
  })
}

const THINGS =
  'run|file|output|backend|test|spindle|measure|workload|seek|row|number|sentence|study|difference|phase'
const COUNTS = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|\\d[\\d,]*\\d'

/** Words that begin with a vowel's letter and another sound, and the other way round. */
const CONSONANT_SOUND = /^(?:one|once|uni|us[aeiu]|eu|ubi|u-)/i
const VOWEL_SOUND = /^(?:hour|honest|hono|heir|[AEFHILMNORSX][A-Z]|[aefhilmnorsx]\d|x[lm]\b|8|11\b|18\b)/

/** Longer than this a sentence is not read, it is deciphered. */
const MOST_WORDS = 45

const PATTERNS: readonly (readonly [pattern: RegExp, complaint: string])[] = [
  [/\b(\p{L}+) \1\b/iu, 'says a word twice'],
  [new RegExp(`\\b(?:1|one) (?:${THINGS}|stud(?=ies))(?:s|ies)\\b`, 'i'), 'has a plural after one'],
  [
    new RegExp(`(?<![.,\\d#]|run |rule )\\b(?:${COUNTS}) (?:${THINGS})\\b(?!-| and )`, 'i'),
    'has a singular after a number',
  ],
  [/\b(?:these|both) \p{L}+[^s\W]\b(?= (?:is|was|does|has|holds)\b)/iu, 'has a plural with a singular verb'],
  [
    /\bthe[sy]e? (?:is|was|does|has)\b|\bthis (?:are|were|do|have)\b|\bseeks (?:is|was|has|does)\b/i,
    'has a verb that does not fit',
  ],
  [/\b(?:these|all) no\b|\bof no files\b/i, 'counts what is not there'],
  [/\bmore than (?:0|100) %|\b(?:more|less) than (?:more|less)\b/, 'asks for nothing, or for more than all'],
  [/ {2}|\t/, 'has two spaces'],
  [/ [.,;:!?](?=\s|$)/, 'has a space before its punctuation'],
  [/(?<!\.)\.\.(?!\.)|,,|;;|[,;:]\.|\.[,;:](?!\d)|[?!]\./, 'has punctuation twice'],
  [/\(\s|\s\)|(?<!\w)\(\)/, 'has empty or loose brackets'],
  [/\b(?:undefined|null|NaN|Infinity)\b|\[object/, 'shows the inside of the program'],
  [/(?<![A-Z])[.?!] [a-z](?!\w*(?:\+\+|::))\w*(?= )/, 'begins a sentence with a small letter'],
]

/** Sentences of ours may begin with a name that is written small. */
const SMALL_NAMES = /^(?:bonnie|xl|xm|dom0|qemu|blkback|ext[234]|losetup|gp3)\b/

/** `names`: titles of backends and the like, which are the author's and may look like anything. */
export function stumbles(passages: readonly Passage[], names: readonly string[] = []): string[] {
  return passages.flatMap((passage) => {
    const text = withoutNames(passage.text, names)
    const complaints = [
      ...PATTERNS.filter(([pattern]) => pattern.test(text) && !isName(pattern, text)).map(
        ([, words]) => words,
      ),
      ...articles(text),
      ...ends(passage, text),
      ...sentencesOf(text)
        // a row of numbers is no sentence
        .filter((sentence) => (sentence.match(/\p{L}{2,}/gu) ?? []).length > MOST_WORDS)
        .map((sentence) => `has a sentence of ${sentence.split(/\s+/).length} words`),
    ]
    return complaints.map((words) => `${words}: ${passage.text.slice(0, 240)}`)
  })
}

/** A name is a word to the rules here: the same one, however long it is. */
function withoutNames(text: string, names: readonly string[]): string {
  const longest = names.filter((name) => name !== '').toSorted((a, b) => b.length - a.length)
  return longest.reduce((rest, name, i) => {
    const raised = name.charAt(0).toUpperCase() + name.slice(1)
    const word = `${String.fromCharCode(97 + (i % 26))}n`
    return rest.replaceAll(raised, `K${word}`).replaceAll(name, `k${word}`)
  }, text)
}

function isName(pattern: RegExp, text: string): boolean {
  const found = pattern.exec(text)?.[0].replace(/^[.?!] /, '') ?? ''
  return SMALL_NAMES.test(found)
}

function articles(text: string): string[] {
  return [...text.matchAll(/\b(a|an) ([\p{L}\d][\p{L}\d-]*)/giu)].flatMap(
    ([found, article = '', word = '']) => {
      if (word.length === 1) return []
      const wantsAn =
        VOWEL_SOUND.test(word) ||
        (/^[aeiou]/i.test(word) && !CONSONANT_SOUND.test(word) && !/^U[A-Z]/.test(word))
      return (article.toLowerCase() === 'an') === wantsAn ? [] : [`says "${found}"`]
    },
  )
}

/** Whole sentences end as sentences do; a heading does not, unless it is one. */
function ends({ kind }: Passage, marked: string): string[] {
  // the mark of a footnote stands behind the full stop
  const text = marked.replace(/\[\^[\w-]+\]/g, '')
  if (text.trim() === '') return [`has an empty ${kind}`].filter(() => kind === 'item')
  if (kind === 'heading' || kind === 'cell') return /[,;:]$/.test(text) ? ['ends in the air'] : []
  const isFragment = !/[.?!] \p{Lu}/u.test(text) || text.includes(' · ')
  if (/[.?!:)…”"]$/.test(text)) return []
  return isFragment ? [] : ['does not end its last sentence']
}

/** Sentences, and what stands between colons and semicolons: there a reader may draw breath. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.?!])\s+(?=[\p{Lu}\d"(])|(?<=[:;])\s+/u)
}
