import nunjucks from 'nunjucks'
import { anew, type Keep } from '../model/keep.ts'
import type { Templates } from '../model/library.ts'
import type { Article, Block } from './article.ts'
import type { Link } from './doors.ts'
import { jsonInHtml, visibleView } from './escape.ts'
import type { Slot } from './figure.ts'
import { pageAddress, type Rendered, renderMarkdown } from './html.ts'
import type { IndexView } from './index-page.ts'
import { hasLook } from './look.ts'
import type { OwnWeights } from './own-weights.ts'
import { colourOf, keySymbol } from './palette.ts'
import type { SavedPage } from './saved-page.ts'
import { READING, TemplateMap } from './template-map.ts'

/** The SVGs of a chart, drawn: for wide pages and, where it has a twin, for narrow ones. */
export interface DrawnChart {
  readonly wide: string
  readonly narrow: string | null
}

/** What every page has around its own content. */
export interface Frame {
  /** of the browser's tab */
  readonly title: string
  readonly description: string
  /** from the page to the root: nothing, `../`, `../../` */
  readonly root: string
  readonly siteTitle: string
  readonly section: 'articles' | 'backends' | 'method' | 'none'
  /** whether there is a feed to point to */
  readonly feed: boolean
  /** whether search engines may show the page */
  readonly indexed: boolean
  /** what is said of the page elsewhere, by absolute addresses; null where nobody said what the site's is */
  readonly shared: Shared | null
}

export interface Shared {
  readonly address: string
  readonly card: string
  /** what the card says, for whoever cannot see it */
  readonly alt: string
  readonly type: 'article' | 'website'
}

/** Finished values of an article page. All strings are text, but for `body` and `contents`, which are HTML. */
export interface ArticlePage {
  readonly article: Article
  readonly charts: ReadonlyMap<string, DrawnChart>
  /** slot of colour and shape by backend id */
  readonly slots: ReadonlyMap<string, Slot>
}

export type Pages = ReturnType<typeof pageRenderer>

/** The HTML pages. Values are escaped by nunjucks; attributes are always quoted. `keep` may remember the templates. */
export function pageRenderer(templates: Templates, keep: Keep = anew) {
  const environment = new nunjucks.Environment(new TemplateMap(templates, keep), {
    ...READING,
    autoescape: true,
  })
  environment.addFilter('symbol', keySymbol)
  const render = (name: string, frame: Frame, view: object) =>
    environment.render(`pages/${name}.html.njk`, visibleView({ scripts: [], ...view, frame }))

  /** A page whose content is one Markdown text, rendered by textBody. */
  const text = (frame: Frame, { html, headings }: Rendered) =>
    render('text', frame, { body: safe(html), headings })

  const article = (frame: Frame, { article: { view, blocks }, charts, slots }: ArticlePage) => {
    const taken = new Set([...RESERVED, ...OF_WEIGHTS])
    const rendered = blocks.map((block) => blockHtml(block, taken))
    const part = (name: string, view: object) =>
      environment.render(`pages/${name}.html.njk`, visibleView(view))
    const body = rendered.map(({ html, block }) => {
      if (block.kind === 'figure') return part('figure', figureView(block, charts))
      return block.kind === 'weights' ? part('own-weights', weightsView(block.own)) : html
    })
    const card = rendered.find(({ block }) => block.kind === 'card')?.block
    return render('article', frame, {
      ...view,
      source: view.source?.markdown.slice(1, -1) ?? null,
      card: card?.kind === 'card' ? cardView(card.card, slots, taken) : null,
      body: safe(body.join('\n')),
      ...scripted(blocks),
      headings: rendered.flatMap(({ headings }) => headings),
    })
  }

  const index = (frame: Frame, view: IndexView, charts: ReadonlyMap<string, string>) =>
    render('index', frame, {
      ...view,
      current: view.current.map((entry) => ({ ...entry, svg: safe(charts.get(entry.slug) ?? '') })),
    })

  const saved = (frame: Frame, page: SavedPage) =>
    render('saved', frame, { page: { ...page, lines: safe(page.lines) } })

  return { text, article, index, saved }
}

/** A Markdown text as the content of a page of its own. */
export function textBody(markdown: string): Rendered {
  return renderMarkdown(markdown, new Set(RESERVED))
}

/** Ids that the layout itself uses, and those of the reader's own weights. */
const RESERVED = ['main', 'contents', 'verdict']
const OF_WEIGHTS = ['weighing', 'own-weights', 'your-own-weights']

function safe(html: string): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(html)
}

function blockHtml(block: Block, taken: Set<string>) {
  if (block.kind !== 'markdown') return { block, html: '', headings: [] }
  const { html, headings } = renderMarkdown(block.markdown, taken)
  return { block, html, headings }
}

function cardView(
  card: Extract<Block, { kind: 'card' }>['card'],
  slots: ReadonlyMap<string, Slot>,
  taken: Set<string>,
) {
  return {
    main: safe(renderMarkdown(card.main, taken).html),
    documented: safe(renderMarkdown(card.documented, taken).html),
    decide: safe(renderMarkdown(card.decide, taken).html),
    confidence: card.confidence,
    dots: [1, 2, 3].map((dot) => dot <= card.level),
    heroes: card.heroes.map((hero) => ({
      ...hero,
      colour: colourOf(slots.get(hero.backend) ?? 6),
      big: inHtml(hero.big),
      small: hero.small.map(inHtml),
    })),
  }
}

/** A link as a page of HTML has it. */
function inHtml({ text, door }: Link): { readonly text: string; readonly href: string | null } {
  return { text, href: door === null ? null : pageAddress(door) }
}

/** The scripts of an article: only what it has something for, since each page allows no more than it names. */
function scripted(blocks: readonly Block[]) {
  const look = blocks.some((block) => block.kind === 'figure' && hasLook(block.figure))
  const weights = blocks.some((block) => block.kind === 'weights')
  return { look, scripts: [...(weights ? ['explore.js'] : []), ...(look ? ['look.js'] : [])] }
}

function weightsView(own: OwnWeights) {
  return { own, json: safe(jsonInHtml(visibleView(own.data))) }
}

function figureView(
  { figure, rows, citation }: Extract<Block, { kind: 'figure' }>,
  charts: ReadonlyMap<string, DrawnChart>,
) {
  const drawn = figure.charts.map(({ id, title }) => {
    const { wide, narrow } = charts.get(id) ?? { wide: '', narrow: null }
    return { id, title, wide: safe(wide), narrow: narrow === null ? null : safe(narrow) }
  })
  // a single chart of several that there could be needs its name too
  const titled = drawn.length > 1 || drawn.some(({ title }) => title !== figure.title)
  return { figure, citation, drawn, titled, rows: rows.map((row) => row.map(inHtml)), look: hasLook(figure) }
}
