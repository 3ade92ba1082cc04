/*
 * The marks of a drawn chart in fewer bytes, for the same picture: Vega writes out every default, places every mark by
 * a transform of its own, and draws a grid line by line. Its markup is regular (it escapes `>` everywhere), so tags can
 * be rewritten one by one.
 */

const TAG = /<[a-zA-Z][^>]*>/g

/** What charts do without: the page's CSS chooses the font, and the root speaks for all marks together. */
const DROPPED = / (?:class|font-family|pointer-events|role|aria-[a-z]+|style|opacity(?=="1"))="[^"]*"/g
/** What an SVG means where it says nothing. */
const DEFAULTS = / (?:text-anchor="start"|font-weight="400"|stroke-width="1"|stroke-linecap="butt")/g
/** Groups of axis labels keep a name, so that tick numbers can be told from measurements. */
const TICKS = 'role-axis-label'

/** The body of an SVG as Vega writes it, without its root. */
export function slim(body: string): string {
  const tags = body
    .replace(/<text[^>]* opacity="0"[^>]*>[^<]*<\/text>/g, '')
    .replace(/<path[^>]*(?: d="(?:M0,0h0v0h0Z)?"| display="none")[^>]*\/>/g, '')
    .replace(TAG, slimTag)
    .replace(UNSEEN, '')
    .replace(DISC, '<circle cx="$1" cy="$2" r="$3"$4/>')
  return withoutEmptyGroups(tags.replace(LINES, pathOfLines))
}

function slimTag(tag: string): string {
  const bare = tag
    .replace(DROPPED, '')
    .replace(/ (?:transform|x2|y2|x|y)="[^"]*"/g, (attribute) => rounded(attribute, 10))
    .replace(/ (?:d|width|height)="[^"]*"/g, (attribute) => rounded(attribute, 100))
    .replace(DEFAULTS, '')
    .replace(/^<g(.*?) transform="translate\(0,0\)"/, '<g$1')
    .replace(/^<text(.*?) transform="translate\(([^,]*),([^)]*)\)"/, '<text$1 x="$2" y="$3"')
  return tag.startsWith('<g ') && tag.includes(TICKS) ? bare.replace('<g', '<g class="ticks"') : bare
}

/** Numbers to a tenth or a hundredth of a pixel. */
function rounded(attribute: string, parts: 10 | 100): string {
  return attribute.replace(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g, (digits) =>
    String(Math.round(Number(digits) * parts) / parts),
  )
}

/** A frame without fill and stroke. */
const UNSEEN = /<path d="[^"]*"\/>/g

/** How Vega draws a circle. */
const DISC =
  /<path transform="translate\(([^,]*),([^)]*)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"([^>]*)\/>/g

/** Straight lines of one look, one behind the other. */
const LINES =
  /<line transform="translate\([^)]*\)" x2="[^"]*" y2="[^"]*"([^>]*)\/>(?:<line transform="translate\([^)]*\)" x2="[^"]*" y2="[^"]*"\1\/>)*/g
const LINE = /translate\(([^,]*),([^)]*)\)" x2="([^"]*)" y2="([^"]*)"/g

/** Each begins where the one before ends, so that lines at equal distances are written alike. */
function pathOfLines(lines: string, look: string): string {
  let [fromX, fromY] = [0, 0]
  const strokes = [...lines.matchAll(LINE)].map(([, ...numbers], i) => {
    const [x = 0, y = 0, dx = 0, dy = 0] = numbers.map((digits) => Math.round(Number(digits) * 10))
    const move = i === 0 ? `M${x / 10},${y / 10}` : `m${(x - fromX) / 10},${(y - fromY) / 10}`
    const stroke = dx === 0 ? `v${dy / 10}` : dy === 0 ? `h${dx / 10}` : `l${dx / 10},${dy / 10}`
    ;[fromX, fromY] = [x + dx, y + dy]
    return move + stroke
  })
  return `<path d="${strokes.join('')}"${look}/>`
}

function withoutEmptyGroups(body: string): string {
  const smaller = body.replace(/<g(?: [^>]*?)?(?:\/>|><\/g>)/g, '')
  return smaller === body ? body : withoutEmptyGroups(smaller)
}
