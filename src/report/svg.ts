import { escapeHtml } from './escape.ts'
import type { Spec } from './figure.ts'
import { slim } from './slim.ts'
import { type AxisType, fillingOf, vegaChart } from './vega-chart.ts'

/*
 * Vega-Lite to SVG that a page can carry inline: themable through CSS variables, named and described, without
 * style attributes (the page forbids them), and the same bytes whenever and in whatever order it is drawn.
 * The only importer of vega, which is loaded when the first chart has to be drawn.
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
 * Draws a specification of charts/sketch.ts as inline SVG. Metrics are an argument because rooms do not read disks.
 * A warning of Vega is our bug, and thrown.
 */
export function draw(spec: Spec, words: Words, metrics: FontMetrics): Promise<Drawn> {
  const drawn = turn.then(() => drawNext(spec, words, metrics))
  turn = drawn.catch(() => {})
  return drawn
}

/** Charts are drawn one after the other, since all are drawn by the same views. */
let turn: Promise<unknown> = Promise.resolve()

async function drawNext(spec: Spec, words: Words, metrics: FontMetrics): Promise<Drawn> {
  if (!/^[a-z][a-z0-9-]*$/.test(words.id)) throw new Error(`not an id for a chart: ${words.id}`)
  const vega = await import('vega')
  measureWith(vega, metrics)
  const { type, rows, signals } = fillingOf(spec)
  const { view, complaints } = easels.get(type) ?? easel(vega, type)
  view.width(Number(spec.width)).height(Number(spec.height))
  for (const [name, value] of Object.entries(signals)) view.signal(name, value)
  // Vega writes into the rows that it is given
  for (const [name, values] of Object.entries(rows))
    view.data(
      name,
      values.map((row) => ({ ...row })),
    )
  const raw = await view.toSVG()
  if (complaints.length > 0) throw new Error(`chart ${words.id}: ${complaints.splice(0).join('; ')}`)
  return themable(raw, words)
}

type Vega = typeof import('vega')
type Logger = NonNullable<NonNullable<ConstructorParameters<Vega['View']>[1]>['logger']>

/** Where charts are drawn, and what Vega had to say meanwhile. */
interface Easel {
  readonly view: InstanceType<Vega['View']>
  readonly complaints: string[]
}

/** One for each type of axis, made when the first chart needs it. */
const easels = new Map<AxisType, Easel>()

function easel(vega: Vega, type: AxisType): Easel {
  const complaints: string[] = []
  const logger = complainingLogger(complaints)
  const view = new vega.View(vega.parse(vegaChart(type, CONFIG.axis)), { renderer: 'none', logger })
  const made = { view, complaints }
  easels.set(type, made)
  return made
}

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
  const svg = `${rootTag(words, width, height)}${body}</svg>`
  return { svg: printable(svg), width, height }
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
