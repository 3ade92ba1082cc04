import { compareText } from '../model/diagnostic.ts'
import type { SiteFile } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import { markdownRenderer } from './article.ts'
import { backendPages } from './backends.ts'
import { siteCard } from './cards.ts'
import { COMPARED, comparedPage } from './compared.ts'
import { chartFiles, drawTwins, dressingOf } from './drawings.ts'
import { atomFeed } from './feed.ts'
import { framer } from './frames.ts'
import { INDEX_DESCRIPTION, indexView } from './index-page.ts'
import { pageRenderer, textBody } from './layout.ts'
import { methodPages } from './method.ts'
import { sitemap } from './sitemap.ts'
import { studyFiles } from './study-files.ts'
import type { FontMetrics } from './svg.ts'
import { type Material, textFiles, type Workshop } from './workshop.ts'

const DEFAULT_TITLE = 'Storage backends under bonnie++'

/** Files of a site by their paths. */
export type Part = ReadonlyMap<string, SiteFile>

/**
 * Reports → every file of the site, in parts, so that not all of a large one need be held at once: first what is drawn
 * of all studies together, then study after study, then what lists all files.
 */
export async function* composeSite(material: Material): AsyncGenerator<Part> {
  const { reports, templates, site, keep } = material
  const siteTitle = site.title ?? DEFAULT_TITLE
  const feed = atomFeed(reports, siteTitle, site)
  const frame = framer({ reports, siteTitle, site, feed: feed !== null })
  const metrics = keep('metrics', [templates], (): FontMetrics => {
    return JSON.parse(templates.get('fonts/metrics.json') ?? '{}')
  })
  const markdown = keep('markdown', [templates], () => markdownRenderer(templates, keep))
  const pages = keep('pages', [templates], () => pageRenderer(templates, keep))
  const shop: Workshop = { ...material, siteTitle, frame, pages, markdown, metrics }

  const names = new Set<string>()
  const part = (files: Iterable<[string, SiteFile]>): Part => {
    const made = new Map(files)
    for (const name of made.keys()) names.add(name)
    return made
  }
  yield part(textPages(shop))
  yield part(await indexFiles(shop))
  for (const report of reports) yield part(await filesOf(report, shop, feed !== null))
  yield part([...commonFiles(shop), ...(feed === null ? [] : [['feed.xml', feed] as [string, SiteFile]])])
  const map = sitemap([...names].sort(compareText), reports, site)
  if (map !== null) yield part([['sitemap.xml', map]])
}

/** The pages of backends, of the method, and of the studies side by side. */
function textPages(shop: Workshop): ReadonlyMap<string, SiteFile> {
  const { templates, markdown, keep, across, method } = shop
  const files = new Map<string, SiteFile>([
    [`${COMPARED}across.json`, `${JSON.stringify(across, null, 1)}\n`],
  ])
  const all = [
    ...backendPages(shop, markdown),
    [COMPARED, comparedPage(shop, markdown)] as const,
    ...keep('method/', [templates], () => methodPages(method(), markdown)),
  ]
  for (const [folder, page] of all) {
    for (const [path, text] of textFiles(folder, page, shop)) {
      if (files.has(path)) throw new Error(`two pages would lie at ${path}`)
      files.set(path, text)
    }
  }
  return files
}

/** The files of a study: made anew when something changed that they are made of. */
function filesOf(report: Report, shop: Workshop, feed: boolean): Promise<[string, SiteFile][]> {
  const { library, templates, site, keep } = shop
  const folder = library.folders.find(({ slug }) => slug === report.study.slug)
  const inputs = [report, folder, templates, JSON.stringify(site), feed]
  return keep(`${report.study.slug}/`, inputs, () => studyFiles(report, shop))
}

/** The list of articles, and the charts in it, which lie with their articles. */
async function indexFiles(shop: Workshop): Promise<[string, SiteFile][]> {
  const { reports, siteTitle, markdown, pages, frame } = shop
  const view = indexView(reports, siteTitle)
  const charts = new Map<string, string>()
  const files: [string, SiteFile][] = []
  for (const { slug, figure } of view.current) {
    const report = reports.find(({ study }) => study.slug === slug)
    if (!report) continue
    for (const chart of figure?.charts ?? []) {
      // several stand on one page, so the article's name is part of the id
      const { wide } = await drawTwins('index.html', { ...chart, id: `${chart.id}-${slug}` }, shop)
      charts.set(slug, wide.svg)
      if (figure) files.push(...chartFiles(`${slug}/`, figure, chart, wide, dressingOf(report, shop)))
    }
  }
  const words = { title: siteTitle, description: INDEX_DESCRIPTION, section: 'articles' } as const
  return [
    ...files,
    ['index.html', pages.index(frame('index.html', words), view, charts)],
    ['index.md', `${markdown('pages/index.md.njk', view)}\n`],
  ]
}

const FONTS = [
  'source-sans-3-latin.woff2',
  'source-serif-4-latin.woff2',
  'source-sans-3-OFL.txt',
  'source-serif-4-OFL.txt',
]
/** CSS pixels of an icon on a home screen; browsers that show no SVG in a tab take it too. */
const ICON = 180

function commonFiles({ reports, templates, siteTitle, pages, frame }: Workshop): [string, SiteFile][] {
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
    ['404.html', pages.text(lost, textBody(text.replace('(index.md)', `(${lost.root}index.html)`)))],
    ['style.css', `${templates.get('tokens.css') ?? ''}\n${templates.get('style.css') ?? ''}`],
    ['favicon.svg', icon],
    ['apple-touch-icon.png', { picture: { svg: opaque(icon), width: ICON } }],
    ['card.png', { picture: { card: siteCard(siteTitle) } }],
    ...(reports.some((report) => report.weighing)
      ? [['explore.js', templates.get('explore.js') ?? ''] as [string, SiteFile]]
      : []),
    // what only the pages with charts ask for, and the reader's browser only when a chart is looked into
    ['look.js', templates.get('look.js') ?? ''],
    ...['vega.js', 'vega-licences.txt'].map((name): [string, SiteFile] => [
      `vendor/${name}`,
      { copy: `vendor/${name}`, from: 'templates' },
    ]),
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
