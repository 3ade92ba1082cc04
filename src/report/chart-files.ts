import { csv, escapeHtml } from './escape.ts'
import type { Chart, Data, Figure, Spec } from './figure.ts'
import { keyText } from './palette.ts'
import { footer, header, wrapped } from './picture-frame.ts'
import { metadata, origin, type Provenance } from './provenance.ts'
import { CONFIG, type Drawn, type FontMetrics, printable, textWidth } from './svg.ts'

/*
 * A chart as files of its own, for whoever takes it elsewhere: a picture with all that it needs, a specification that
 * any Vega editor draws, and its numbers.
 */

/** What the files of a chart need beside the chart. `tokens` is templates/tokens.css. */
export interface Dressing {
  readonly tokens: string
  readonly metrics: FontMetrics
  readonly from: Provenance
}

/** Blank space around a chart that stands alone, in CSS pixels. */
export const MARGIN = 10

/** To the right of a specification: an editor without our font writes wider than was reckoned with. */
const RESERVE = 48

/** The fonts a chart asks for when it stands alone. Inline it inherits those of the page. */
export const FONT_STACK =
  "'Source Sans 3', 'Source Sans 3 Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

/**
 * A drawn chart as a file: with its title and key above it and its origin below, the tokens it refers to (day, night
 * and print in one), a font stack, and the surface behind it. Texts keep the room they were laid out for in whatever
 * font there is.
 */
export function standalone(
  { svg, width, height }: Drawn,
  { chart, figure }: Shown,
  { tokens, metrics, from }: Dressing,
): string {
  const { key, subtitle } = figure
  const part = chart.title === figure.title ? null : chart.title
  const above = header({ title: figure.title, part, subtitle, key }, width)
  const below = footer(origin(from), width, above.height + height)
  const [w, h] = [width + 2 * MARGIN, Math.ceil(below.height) + 2 * MARGIN]
  const [, root = '', words = '', body = ''] = PARTS.exec(svg) ?? []
  const size = `viewBox="-${MARGIN} -${MARGIN} ${w} ${h}" width="${w}" height="${h}"`
  const surface = `<rect x="-${MARGIN}" y="-${MARGIN}" width="${w}" height="${h}" fill="var(--surface)"/>`
  const shown = `${surface}${above.svg}<g transform="translate(0,${above.height})">${body}</g>${below.svg}`
  const css = `${usedTokens(tokens, shown)}\n.chart { font-family: ${FONT_STACK}; font-variant-numeric: tabular-nums; background: var(--surface) }`
  const title = part === null ? figure.title : `${part}. ${figure.title}`
  return printable(
    `${root.replace(/viewBox="[^"]*" width="[^"]*" height="[^"]*"/, size)}${words}${metadata(title, from)}` +
      `<style>${escapeHtml(css)}</style>${withTextLengths(shown, metrics)}</svg>\n`,
  )
}

/** Root, title and description, and the rest of what svg.ts draws. */
const PARTS = /^(<svg [^>]*>)(<title[\s\S]*?<\/desc>)([\s\S]*)<\/svg>$/

/** A chart and the figure it belongs to. */
export interface Shown {
  readonly chart: Chart
  readonly figure: Figure
}

/** The stylesheet of the tokens without those that this chart does not refer to, and without its comment. */
function usedTokens(tokens: string, svg: string): string {
  const used = new Set([...[...svg.matchAll(/var\(--([a-z0-9-]+)\)/g)].map((match) => match[1])])
  return tokens
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*--([a-z0-9-]+):[^;]*;/g, (line, name: string) => (used.has(name) ? line : ''))
    .trim()
}

const TEXT = /<text((?: [a-z-]+="[^"]*")*)>([^<]*)<\/text>/g

/** Where the font is another, its letters are squeezed or stretched into the width that was reckoned with. */
function withTextLengths(svg: string, metrics: FontMetrics): string {
  return svg.replace(TEXT, (whole, attributes: string, content: string) => {
    const size = Number(/ font-size="([\d.]+)px"/.exec(attributes)?.[1])
    const weight = Number(/ font-weight="(\d+)"/.exec(attributes)?.[1] ?? 400)
    const width = textWidth(unescaped(content), size, weight, metrics)
    if (width === null || !(width > 0)) return whole
    const length = ` textLength="${Math.round(width * 10) / 10}" lengthAdjust="spacingAndGlyphs"`
    return `<text${attributes}${length}>${content}</text>`
  })
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function unescaped(text: string): string {
  return text.replace(/&([a-z#0-9]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** Keys under which a specification of ours holds colours; a backend may be called `var(--ink)`. */
const COLOURS = new Set(['colour', 'fill', 'stroke', 'labelColor', 'gridColor'])

/**
 * The specification of a chart for any Vega editor: the page's variables become the colours of the day, and the look
 * that the site gives to all charts goes along, with title, margin, description and origin.
 */
export function stockSpec({ chart, figure }: Shown, { tokens, from }: Dressing): Spec {
  const { wide, title, description } = chart
  const day = dayTokens(tokens)
  const { $schema, ...spec } = wide.spec
  const text = wrapped(figure.title, 16, wide.width)
  const key = figure.key.map(keyText).join(' · ')
  const part = title === figure.title ? [] : [title]
  const subtitle = [figure.subtitle, key, ...part].flatMap((each) => wrapped(each, 13, wide.width))
  const top = 24 + 19 * text.length + 17 * subtitle.length
  return {
    $schema,
    title: {
      text,
      subtitle,
      anchor: 'start',
      frame: 'group',
      offset: 12,
      fontSize: 16,
      subtitleFontSize: 13,
    },
    description,
    usermeta: { ...from },
    background: colourOf('var(--surface)', day),
    ...(withColours(spec, day) as Spec),
    padding: { left: MARGIN, right: RESERVE, bottom: MARGIN, top },
    config: { ...(withColours(CONFIG, day) as Spec), aria: true, font: FONT_STACK },
  }
}

/** The first block of the stylesheet: the colours of the day. */
function dayTokens(tokens: string): ReadonlyMap<string, string> {
  const block = /:root \{([^}]*)\}/.exec(tokens)?.[1] ?? ''
  return new Map([...block.matchAll(/--([a-z0-9-]+): ([^;]+);/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

function withColours(value: unknown, day: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withColours(each, day))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && COLOURS.has(key) ? colourOf(inner, day) : withColours(inner, day),
    ]),
  )
}

function colourOf(text: string, day: ReadonlyMap<string, string>): string {
  const name = /^var\(--([a-z0-9-]+)\)$/.exec(text)?.[1]
  if (name === undefined) return text
  const colour = day.get(name)
  if (colour === undefined) throw new Error(`there is no token --${name}`)
  return colour
}

/** The numbers of a chart. */
export function chartCsv({ head, rows }: Data): string {
  return csv([head, ...rows])
}
