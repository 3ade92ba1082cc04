import { escapeHtml } from './escape.ts'
import type { Spec } from './figure.ts'
import { slim, TAG } from './slim.ts'

/*
 * Vega-Lite to SVG that a page can carry inline: themable through CSS variables, named and described, without
 * style attributes (the page forbids them), and the same bytes whenever and in whatever order it is drawn.
 * The only importer of vega and vega-lite, which are loaded when the first chart has to be drawn.
 */

/** Advance widths of the shipped font in units per em: templates/fonts/metrics.json, read by whoever may read disks. */
export interface FontMetrics {
  readonly family: string
  readonly unitsPerEm: number
  readonly weights: Readonly<Record<'400' | '600' | '700', Readonly<Record<string, number>>>>
}

/** What a reader who cannot see the chart gets. `id` is unique on the page. */
export interface Words {
  readonly id: string
  readonly title: string
  readonly description: string
}

export interface Drawn {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/**
 * Draws a specification as inline SVG. Metrics are an argument because rooms do not read disks; Vega keeps its text
 * measure in a global, so it is set before each draw. A warning of Vega about a specification of ours is our bug.
 */
export async function draw(spec: Spec, words: Words, metrics: FontMetrics): Promise<Drawn> {
  if (!/^[a-z][a-z0-9-]*$/.test(words.id)) throw new Error(`not an id for a chart: ${words.id}`)
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  const complaints: string[] = []
  const logger = complainingLogger(complaints)
  measureWith(vega, metrics)
  const compiled = vegaLite.compile({ ...spec, config: CONFIG } as unknown as VegaLiteSpec, { logger }).spec
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger })
  const raw = await view.toSVG()
  view.finalize()
  if (complaints.length > 0) throw new Error(`chart ${words.id}: ${complaints.join('; ')}`)
  return themable(raw, words)
}

type Vega = typeof import('vega')
type VegaLiteSpec = Parameters<typeof import('vega-lite')['compile']>[0]
type Logger = NonNullable<NonNullable<ConstructorParameters<Vega['View']>[1]>['logger']>

/** One look for all charts. Colours are variables: Vega passes them through as long as it need not compute with them. */
export const CONFIG = {
  aria: false,
  background: null,
  padding: 0,
  view: { stroke: null, fill: null },
  axis: {
    labelColor: 'var(--ink-2)',
    labelFontSize: 13,
    labelPadding: 7,
    labelOverlap: false,
    labelFlush: false,
    gridColor: 'var(--grid)',
    gridWidth: 1,
    domain: false,
    ticks: false,
  },
  legend: { disable: true },
}

/** Vega guesses 0.8 em a character where it has no canvas, and asks a stray `canvas` package where there is one. */
function measureWith(vega: Vega, metrics: FontMetrics): void {
  const measured = vega as unknown as { textMetrics: { width: (item: TextItem, text?: unknown) => number } }
  measured.textMetrics.width = (item, text) => {
    const [size, words] = [item.fontSize ?? 11, String(text ?? item.text ?? '')]
    return textWidth(words, size, Number(item.fontWeight ?? 400), metrics) ?? words.length * 0.6 * size
  }
}

/** What comes from another font and fills the em in it: ideographs, kana, Hangul, pictures, the replacement mark. */
const IDEOGRAPH = /[\u2e80-\ufaff\ufffd\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u

/** The width of a text in the shipped font, in pixels; null where it holds a character whose width nobody knows. */
export function textWidth(
  text: string,
  size: number,
  weight: number,
  { unitsPerEm, weights }: FontMetrics,
): number | null {
  const table = weights[weight >= 650 ? '700' : weight >= 500 ? '600' : '400']
  let units = 0
  for (const character of text) {
    const advance = table[character] ?? (IDEOGRAPH.test(character) ? unitsPerEm : null)
    if (advance === null) return null
    units += advance
  }
  return (units * size) / unitsPerEm
}

interface TextItem {
  readonly text?: unknown
  readonly fontSize?: number
  readonly fontWeight?: number | string
}

function complainingLogger(complaints: string[]): Logger {
  const note = (...words: readonly unknown[]) => {
    complaints.push(words.map(String).join(' '))
    return logger
  }
  const silent = () => logger
  const logger = {
    level: () => logger,
    error: note,
    warn: note,
    info: silent,
    debug: silent,
  } as unknown as Logger
  return logger
}

function themable(raw: string, words: Words): Drawn {
  const size = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(raw)
  const [width, height] = [Number(size?.[1]), Number(size?.[2])]
  if (!(width > 0 && height > 0)) throw new Error(`chart ${words.id}: no size in what Vega drew`)
  const body = slim(raw.replace(/^<svg [^>]*>/, '').replace(/<\/svg>$/, ''))
  const svg = `${rootTag(words, width, height)}${ownIds(body, words.id)}</svg>`
  return { svg: printable(svg), width, height }
}

/** Vega numbers clips and gradients through the whole process: here they are numbered by chart, as they appear. */
function ownIds(body: string, id: string): string {
  const mine = new Map<string, string>()
  const own = (name: string) => {
    if (!mine.has(name)) mine.set(name, `${id}-${mine.size + 1}`)
    return mine.get(name) ?? name
  }
  return body.replace(TAG, (tag) =>
    tag
      .replace(/ id="([^"]*)"/, (_, name: string) => ` id="${own(name)}"`)
      .replace(/url\(#([^)]*)\)/g, (_, name: string) => `url(#${own(name)})`),
  )
}

/** Geometric precision: without it some systems round every advance to whole pixels, and labels outgrow their room. */
function rootTag({ id, title, description }: Words, width: number, height: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}"` +
    ` height="${height}" text-rendering="geometricPrecision" role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d">` +
    `<title id="${id}-t">${escapeHtml(title)}</title><desc id="${id}-d">${escapeHtml(description)}</desc>`
  )
}

/**
 * Characters that no XML document may hold, not even escaped (controls, noncharacters, half surrogates), and the
 * overrides of direction that make text lie about its order: Vega lets them through.
 */
export function printable(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
      '\ufffd',
    )
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
