import { compareText } from '../model/diagnostic.ts'
import type { Library, SiteFile, Templates } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { articleMarkdown, composeArticle, markdownRenderer } from './article.ts'
import { backendPages } from './backends.ts'
import { articleCard, siteCard } from './cards.ts'
import { chartCsv, type Dressing, standalone, stockSpec } from './chart-files.ts'
import { COMPARED, comparedPage } from './compared.ts'
import { dataCsv } from './exports.ts'
import { atomFeed } from './feed.ts'
import type { Chart, Figure } from './figure.ts'
import { type Framer, framer } from './frames.ts'
import { INDEX_DESCRIPTION, indexView } from './index-page.ts'
import { type DrawnChart, type Pages, pageRenderer } from './layout.ts'
import { standingOf } from './listing.ts'
import { methodPages } from './method.ts'
import type { Documents, TextPage } from './pages.ts'
import { slotOf } from './palette.ts'
import { provenanceOf } from './provenance.ts'
import { rawPaths } from './raw.ts'
import { sitemap } from './sitemap.ts'
import { type Drawn, draw, type FontMetrics } from './svg.ts'

/** All that a site is made of. */
export interface Material extends Documents {
  readonly library: Library
  readonly templates: Templates
  readonly site: SiteFacts
}

const DEFAULT_TITLE = 'Storage backends under bonnie++'

/** What all pages of a site share. */
interface Workshop extends Material {
  readonly siteTitle: string
  readonly pages: Pages
  readonly frame: Framer
  readonly metrics: FontMetrics
}

/** Reports → every file of the site, by its path, in the order of code points. */
export async function composeSite(material: Material): Promise<ReadonlyMap<string, SiteFile>> {
  const { reports, templates, site } = material
  const files = new Map<string, SiteFile>()
  const siteTitle = site.title ?? DEFAULT_TITLE
  const feed = atomFeed(reports, siteTitle, site)
  const frame = framer({ reports, siteTitle, site, feed: feed !== null })
  const metrics: FontMetrics = JSON.parse(templates.get('fonts/metrics.json') ?? '{}')
  const shop: Workshop = { ...material, siteTitle, frame, pages: pageRenderer(templates), metrics }
  const markdown = markdownRenderer(templates)

  const add = (folder: string, { name, section, title, description, markdown: text }: TextPage) => {
    if (files.has(`${folder}${name}.md`)) throw new Error(`two pages would lie at ${folder}${name}.md`)
    files.set(`${folder}${name}.md`, `${text}\n`)
    const page = `${folder}${name}.html`
    files.set(page, shop.pages.text(frame(page, { title, description, section }), text))
  }
  for (const [folder, page] of backendPages(material, markdown)) add(folder, page)
  add(COMPARED, comparedPage(material, markdown))
  files.set(`${COMPARED}across.json`, `${JSON.stringify(material.across, null, 1)}\n`)
  for (const [folder, page] of methodPages(material, markdown)) add(folder, page)
  const later = [await indexFiles(shop), ...(await Promise.all(reports.map((r) => studyFiles(r, shop))))]
  for (const [path, file] of [...later.flat(), ...commonFiles(shop)]) files.set(path, file)
  if (feed !== null) files.set('feed.xml', feed)
  const map = sitemap([...files.keys()].toSorted(compareText), reports, site)
  if (map !== null) files.set('sitemap.xml', map)
  return new Map([...files].toSorted(([a], [b]) => compareText(a, b)))
}

/** The list of articles, and the charts in it, which lie with their articles. */
async function indexFiles(shop: Workshop): Promise<[string, SiteFile][]> {
  const { reports, siteTitle, templates, pages, frame, metrics } = shop
  const view = indexView(reports, siteTitle)
  const charts = new Map<string, string>()
  const files: [string, SiteFile][] = []
  for (const { slug, figure } of view.current) {
    const report = reports.find(({ study }) => study.slug === slug)
    if (!report) continue
    for (const chart of figure?.charts ?? []) {
      // several stand on one page, so the article's name is part of the id
      const { wide } = await drawTwins({ ...chart, id: `${chart.id}-${slug}` }, metrics)
      charts.set(slug, wide.svg)
      if (figure) files.push(...chartFiles(`${slug}/`, figure, chart, wide, dressingOf(report, shop)))
    }
  }
  const words = { title: siteTitle, description: INDEX_DESCRIPTION, section: 'articles' } as const
  return [
    ...files,
    ['index.html', pages.index(frame('index.html', words), view, charts)],
    ['index.md', `${markdownRenderer(templates)('pages/index.md.njk', view)}\n`],
  ]
}

/** Everything below the folder of one study. */
async function studyFiles(report: Report, shop: Workshop): Promise<[string, SiteFile][]> {
  const { library, templates, backendPages: known, siteTitle, pages, frame, metrics } = shop
  const here = `${report.study.slug}/`
  const knowledge = known.map((page) => page.knowledge)
  const dressing = dressingOf(report, shop)
  const article = composeArticle(report, knowledge, templates, dressing.from)
  const charts = new Map<string, DrawnChart>()
  const drawings: [string, SiteFile][] = []
  for (const figure of article.figures) {
    for (const chart of figure.charts) {
      const { wide, narrow } = await drawTwins(chart, metrics)
      charts.set(chart.id, { wide: wide.svg, narrow: narrow?.svg ?? null })
      drawings.push(...chartFiles(here, figure, chart, wide, dressing))
    }
  }
  const folder = library.folders.find((f) => f.slug === report.study.slug)
  const prefix = folder?.prefix ?? ''
  const copy = (path: string) => ({ copy: `${prefix}${path}`, from: 'results' }) as const
  const card = articleCard(report, siteTitle)
  const description = standingOf(report).banner ?? [report.headline, report.doubt ?? ''].join(' ').trim()
  const words = { title: report.study.title, description, section: 'articles' } as const
  const page = { article, charts, slots: slotOf(report.backends) }
  return [
    [`${here}index.html`, pages.article(frame(`${here}index.html`, words), page)],
    [`${here}report.md`, articleMarkdown(article, templates)],
    [`${here}report.json`, `${JSON.stringify(report, null, 1)}\n`],
    [`${here}data.csv`, dataCsv(report)],
    [`${here}charts/card.png`, { picture: { card } }],
    ...drawings,
    ...[...rawPaths(report.sources.map((source) => source.path))].map(([path, place]): [string, SiteFile] => [
      `${here}${place}`,
      copy(path),
    ]),
    ...(folder?.images ?? []).map((path): [string, SiteFile] => [`${here}${path}`, copy(path)]),
  ]
}

/** A chart as the three files that a reader may take away. */
function chartFiles(
  folder: string,
  figure: Figure,
  chart: Chart,
  drawn: Drawn,
  dressing: Dressing,
): [string, SiteFile][] {
  const place = `${folder}charts/${chart.id}`
  return [
    [`${place}.svg`, standalone(drawn, { chart, figure }, dressing)],
    [`${place}.vl.json`, `${JSON.stringify(stockSpec({ chart, figure }, dressing), null, 1)}\n`],
    [`${place}.csv`, chartCsv(chart.data)],
  ]
}

/** What the files of a study's charts need beside the charts. */
function dressingOf(report: Report, { templates, site, siteTitle, metrics }: Workshop): Dressing {
  return { tokens: templates.get('tokens.css') ?? '', metrics, from: provenanceOf(report, site, siteTitle) }
}

async function drawTwins(chart: Chart, metrics: FontMetrics): Promise<{ wide: Drawn; narrow: Drawn | null }> {
  const words = { id: chart.id, title: chart.title, description: chart.description }
  const wide = await draw(chart.wide.spec, words, metrics)
  const narrow = chart.narrow
    ? await draw(chart.narrow.spec, { ...words, id: `${chart.id}-narrow` }, metrics)
    : null
  return { wide, narrow }
}

const FONTS = [
  'source-sans-3-latin.woff2',
  'source-serif-4-latin.woff2',
  'source-sans-3-OFL.txt',
  'source-serif-4-OFL.txt',
]
/** CSS pixels of an icon on a home screen; browsers that show no SVG in a tab take it too. */
const ICON = 180

function commonFiles({ templates, siteTitle, pages, frame }: Workshop): [string, SiteFile][] {
  const words = {
    title: 'Page not found',
    description: 'This page does not exist.',
    section: 'none',
  } as const
  const lost = frame('404.html', words)
  const text =
    '# This page does not exist\n\nThe address may be old or misspelt. The [list of articles](index.md) has everything that was published.'
  const icon = templates.get('favicon.svg') ?? ''
  return [
    ['404.html', pages.text(lost, text.replace('(index.md)', `(${lost.root}index.html)`))],
    ['style.css', `${templates.get('tokens.css') ?? ''}\n${templates.get('style.css') ?? ''}`],
    ['favicon.svg', icon],
    ['apple-touch-icon.png', { picture: { svg: opaque(icon), width: ICON } }],
    ['card.png', { picture: { card: siteCard(siteTitle) } }],
    ['.nojekyll', ''],
    ...FONTS.map((name): [string, SiteFile] => [
      `fonts/${name}`,
      { copy: `fonts/${name}`, from: 'templates' },
    ]),
  ]
}

/** An icon on a home screen is a full square: where it is transparent, telephones show black. */
function opaque(icon: string): string {
  return icon.replace(
    /viewBox="0 0 16 16">/,
    'viewBox="-3 -3 22 22"><path fill="#fbfaf7" d="M-3-3h22v22H-3z"/>',
  )
}
