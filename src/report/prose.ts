import { quantityText } from '../model/format.ts'
import type { Claim, ProsePiece } from '../model/report.ts'
import type { Doors } from './doors.ts'
import { linked, withoutControls } from './escape.ts'
import { holdsMarkup } from './html.ts'

/**
 * The author's prose as Markdown that may stand inside an article: numbers and verdicts in their places, headings
 * below the section's own, and raw HTML as the text it is.
 */
export function proseMarkdown(
  pieces: readonly ProsePiece[],
  claims: readonly Claim[],
  doors: Pick<Doors, 'of'>,
): string {
  const joined = pieces.map((piece) => pieceMarkdown(piece, claims, doors)).join('')
  const lowered = headingsLowered()
  const text = withoutControls(joined.trim())
  const sparing = outsideCode(text, (part) => harmless(lowered(part)))
  // what looked like code is none, as where a cell of a table ends in it: then nothing is spared
  return holdsMarkup(sparing) ? harmless(headingsLowered()(text)) : sparing
}

/** The level of the heading that the author's prose stands below. */
const SECTION = 2

function pieceMarkdown(piece: ProsePiece, claims: readonly Claim[], doors: Pick<Doors, 'of'>): string {
  if (piece.kind === 'markdown') return piece.text
  if (piece.kind === 'value')
    return linked(quantityText(piece.metric, piece.quantity, piece.value), doors.of(piece)).markdown
  const claim = claims[piece.claim]
  if (!claim || (claim.kind === 'claim' && claim.verdict === 'supported')) return piece.text
  return `${piece.text} *(${claim.kind === 'quote' ? 'these data: ' : ''}${VERDICT_WORDS[claim.verdict]})*`
}

export const VERDICT_WORDS: Readonly<Record<Claim['verdict'], string>> = {
  supported: 'supported',
  contradicted: 'contradicted',
  'not decidable': 'cannot be decided',
}

/** Applies a change to the text between code blocks (fenced or indented) and code spans. A fence that nothing ends goes to the end. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(CODE)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join('')
}

const CODE =
  /(^ {0,3}(?:```|~~~)[^\n]*\n[\s\S]*?(?:^ {0,3}(?:```|~~~)[ \t]*$|(?![\s\S]))|(?:(?<=\n[ \t]*\n)|(?<![\s\S]))(?:(?: {4}|\t)[^\n]*(?:\n|$))+|``[^\n]*?``|`[^`\n]*`)/m

/** Headings below the section's own, which stands at level two, and none further below the one before than a level. */
function headingsLowered(): (text: string) => string {
  let above = SECTION
  return (text) =>
    text
      .replace(/^(?=\S)([^\n|]+)\n(=+|-{3,})[ \t]*$/gm, (_, words: string, line: string) =>
        line.startsWith('=') ? `# ${words}` : `## ${words}`,
      )
      .replace(/^( {0,3})(#{1,6})(?=\s)/gm, (_, space: string, marks: string) => {
        above = Math.min(6, above + 1, Math.max(SECTION + 1, marks.length + 1))
        return `${space}${'#'.repeat(above)}`
      })
}

/**
 * What the HTML does by its renderer has to stand in the Markdown itself: raw HTML is text, pictures of other hosts are
 * links, and a link to a script is text.
 */
function harmless(text: string): string {
  return text
    .replace(/(\]\([ \t]*)<([^<>\n]*)>/g, (_, opening: string, to: string) => opening + bare(to))
    .replace(/(?<!\\)(\\*)<(?=[a-z/!?])(?!https?:|mailto:)/gi, (match, escapes: string) =>
      // what is escaped already would be set free by one more
      escapes.length % 2 === 1 ? match : `${escapes}\\<`,
    )
    .replace(/!(?=\[[^\]\n]*\]\(<?(?:[a-z][a-z0-9+.-]*:|\/\/))/gi, '')
    .replace(/\]\((?=\s*(?:<\s*)?(?:javascript|vbscript|data|file|value|claim|quote):)/gi, ']\\(')
    .replace(/\]\((?=\s{0,9}[^\s)/?#&\\]{0,64}(?:&(?:#|\w{1,32};)|\\:))/g, ']\\(')
    .replace(
      /^( {0,3}\[[^\]\n]+\]):(?=\s*<?(?:javascript|vbscript|data|file|value|claim|quote):|\s{0,9}<?[^\s/?#&\\]{0,64}(?:&(?:#|\w{1,32};)|\\:))/gim,
      '$1\\:',
    )
}

/** A destination that needs no brackets, since what stands in them may be a tag where no link begins. */
function bare(to: string): string {
  return to.replace(/[\s()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
}
