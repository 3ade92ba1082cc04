import nunjucks from 'nunjucks'
import type { Knowledge } from '../model/backend.ts'
import { anew, type Keep } from '../model/keep.ts'
import type { Templates } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import { FIGURES } from './charts.ts'
import type { Doors, Link } from './doors.ts'
import { linked, markdownView } from './escape.ts'
import type { Figure } from './figure.ts'
import { type OwnWeights, ownWeights } from './own-weights.ts'
import type { Render } from './pages.ts'
import { citation, type Provenance } from './provenance.ts'
import { READING, TemplateMap } from './template-map.ts'
import { type ArticleView, articleView } from './view.ts'

/** A stretch of an article: Markdown, the verdict card, or a figure. HTML and Markdown are two renderings of these. */
export type Block =
  | { readonly kind: 'markdown'; readonly markdown: string }
  | { readonly kind: 'card'; readonly card: Card; readonly markdown: string }
  | {
      readonly kind: 'figure'
      readonly figure: Figure
      /** of its table */
      readonly rows: readonly (readonly Link[])[]
      readonly citation: string
      readonly markdown: string
    }
  /** only in HTML, and only for readers with JavaScript: the table of workloads above it says what the report does */
  | { readonly kind: 'weights'; readonly own: OwnWeights; readonly markdown: '' }

/** The verdict card: three texts in Markdown, and the hero numbers, which HTML lays out beside them. */
export interface Card extends Pick<NonNullable<ArticleView['card']>, 'heroes' | 'level' | 'confidence'> {
  readonly main: string
  readonly documented: string
  readonly decide: string
}

export interface Article {
  readonly view: ArticleView
  readonly blocks: readonly Block[]
  readonly figures: readonly Figure[]
}

/** SHELF: the parts of an article in reading order: a template of templates/article/, a figure by its id, the reader's own weights. */
const PARTS: readonly ((
  | { readonly template: string }
  | { readonly figure: string }
  | { readonly weights: 'own' }
) & {
  readonly always?: true
})[] = [
  { template: 'reading' },
  { figure: 'ratios' },
  { template: 'doubts' },
  { template: 'differ' },
  { template: 'advice' },
  { weights: 'own' },
  { template: 'grounds' },
  { figure: 'weights' },
  { template: 'magnitudes' },
  { figure: 'sizes' },
  { figure: 'bounds' },
  { figure: 'cost' },
  { figure: 'latency' },
  { figure: 'runs' },
  { template: 'author', always: true },
  { template: 'measured', always: true },
  { template: 'numbers' },
  { template: 'files', always: true },
]

/** What an article needs beside its report. */
interface Grounds {
  readonly knowledge: readonly Knowledge[]
  readonly doors: Doors
  readonly from: Provenance
}

/** Report → the blocks of its article. */
export function composeArticle(report: Report, { knowledge, doors, from }: Grounds, render: Render): Article {
  const view = articleView(report, knowledge, doors)
  const figures = FIGURES.flatMap(({ figure }) => figure(report) ?? [])
  // where nothing could be read there is nothing to compare, and the problems are the article
  const blocks = PARTS.filter((part) => part.always || report.runs.length > 0).flatMap((part): Block[] => {
    if ('template' in part) {
      const markdown = render(`article/${part.template}.md.njk`, {
        ...view,
        figures: figures.map((f) => f.id),
      })
      return markdown === '' ? [] : [{ kind: 'markdown', markdown }]
    }
    if ('weights' in part) {
      const own = ownWeights(report)
      return own ? [{ kind: 'weights', own, markdown: '' }] : []
    }
    const figure = figures.find((f) => f.id === part.figure)
    return figure ? [figureBlock(figure, { doors, from }, render)] : []
  })
  return { view, blocks: [...cardBlock(view, render), ...blocks], figures }
}

function figureBlock(
  figure: Figure,
  { doors, from }: { readonly doors: Doors; readonly from: Provenance },
  render: Render,
): Block {
  const rows = figure.table.rows.map((cells) => cells.map(doors.through))
  const cells = rows.map((row) => row.map(({ text, door }) => linked(text, door)))
  const cite = citation(figure, from)
  const markdown = render('article/figure.md.njk', { figure, rows: cells, citation: cite })
  return { kind: 'figure', figure, rows, citation: cite, markdown }
}

function cardBlock(view: ArticleView, render: Render): Block[] {
  if (!view.card) return []
  const part = (name: string) => render(`article/card-${name}.md.njk`, view)
  const [main, documented, decide] = [part('main'), part('documented'), part('decide')]
  const { heroes, level, confidence } = view.card
  const markdown = [main, part('heroes'), documented, decide].filter((text) => text !== '').join('\n\n')
  return [{ kind: 'card', card: { main, documented, decide, heroes, level, confidence }, markdown }]
}

/** The article as one GitHub Markdown file. */
export function articleMarkdown({ view, blocks }: Article, render: Render): string {
  const head = render('article/head.md.njk', view)
  const texts = [head, ...blocks.map((b) => b.markdown)].filter((text) => text !== '')
  return `${texts.join('\n\n')}\n`
}

/**
 * Renders a template of Markdown. Values are escaped before they enter, strings by strings, so a template cannot
 * forget to; Verbatim values are Markdown already. Empty lines left by skipped branches are folded.
 */
export function markdownRenderer(templates: Templates, keep: Keep = anew): Render {
  const environment = new nunjucks.Environment(new TemplateMap(templates, keep), {
    ...READING,
    autoescape: false,
  })
  environment.addFilter('row', (cells: readonly string[]) => `| ${cells.join(' | ')} |`)
  environment.addFilter('upper1', (text: string) => text.charAt(0).toUpperCase() + text.slice(1))
  return (path, view) =>
    environment
      .render(path, markdownView(view))
      .replace(/\n{3,}/g, '\n\n')
      .trim()
}
