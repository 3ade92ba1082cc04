import { compareText } from '../model/diagnostic.ts'
import type { Library, SiteFile, Templates } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { articleMarkdown, composeArticle, markdownRenderer } from './article.ts'
import { chartCsv, type Dressing, standalone, stockSpec } from './chart-files.ts'
import { COMPARED, comparedPage } from './compared.ts'
import { visibleView } from './escape.ts'
import { dataCsv } from './exports.ts'
import type { Chart, Drawing } from './figure.ts'
import { type DrawnChart, type Frame, pageRenderer } from './layout.ts'
import { lookInto } from './look.ts'
import { methodPages } from './method.ts'
import { backendPages, type Documents, indexPage, type TextPage } from './pages.ts'
import { slotOf } from './palette.ts'
import { provenanceOf } from './provenance.ts'
import { rawPaths } from './raw.ts'
import { type Drawn, draw, type FontMetrics } from './svg.ts'

/** All that a site is made of. */
export interface Material extends Documents {
  readonly library: Library
  readonly templates: Templates
  readonly site: SiteFacts
}

const DEFAULT_TITLE = 'Storage backends under bonnie++'

/** Reports → every file of the site, by its path, in the order of code points. */
export async function composeSite(material: Material): Promise<ReadonlyMap<string, SiteFile>> {
  const { reports, templates, site } = material
  const files = new Map<string, SiteFile>()
  const siteTitle = site.title ?? DEFAULT_TITLE
  const pages = pageRenderer(templates)
  const markdown = markdownRenderer(templates)

  const add = (folder: string, { name, section, title, description, markdown: text }: TextPage) => {
    const root = '../'.repeat(folder.split('/').length - 1)
    if (files.has(`${folder}${name}.md`)) throw new Error(`two pages would lie at ${folder}${name}.md`)
    files.set(`${folder}${name}.md`, `${text}\n`)
    files.set(`${folder}${name}.html`, pages.text({ title, description, root, siteTitle, section }, text))
  }
  add('', indexPage(reports, siteTitle, markdown))
  for (const [folder, page] of backendPages(material, markdown)) add(folder, page)
  add(COMPARED, comparedPage(material, markdown))
  files.set(`${COMPARED}across.json`, `${JSON.stringify(material.across, null, 1)}\n`)
  for (const [folder, page] of methodPages(material, markdown)) add(folder, page)
  for (const report of reports) {
    for (const [path, file] of await studyFiles(report, material, siteTitle))
      files.set(`${report.study.slug}/${path}`, file)
  }
  for (const [path, file] of commonFiles(material, siteTitle)) files.set(path, file)
  return new Map([...files].toSorted(([a], [b]) => compareText(a, b)))
}

/** Everything below the folder of one study. */
async function studyFiles(
  report: Report,
  { library, templates, site, backendPages: known }: Material,
  siteTitle: string,
): Promise<[string, SiteFile][]> {
  const from = provenanceOf(report, site, siteTitle)
  const article = composeArticle(
    report,
    known.map((page) => page.knowledge),
    templates,
    from,
  )
  const metrics: FontMetrics = JSON.parse(templates.get('fonts/metrics.json') ?? '{}')
  const dressing: Dressing = { tokens: templates.get('tokens.css') ?? '', metrics, from }
  const charts = new Map<string, DrawnChart>()
  const chartFiles: [string, SiteFile][] = []
  for (const figure of article.figures) {
    for (const chart of figure.charts) {
      const { wide, narrow } = await drawTwins(chart, metrics)
      charts.set(chart.id, { wide: wide.svg, narrow: narrow?.svg ?? null })
      chartFiles.push([`charts/${chart.id}.svg`, standalone(wide, { chart, figure }, dressing)])
      chartFiles.push([
        `charts/${chart.id}.vl.json`,
        `${JSON.stringify(stockSpec({ chart, figure }, dressing), null, 1)}\n`,
      ])
      chartFiles.push([`charts/${chart.id}.csv`, chartCsv(chart.data)])
      chartFiles.push(...lookFiles(chart))
    }
  }
  const folder = library.folders.find((f) => f.slug === report.study.slug)
  const prefix = folder?.prefix ?? ''
  const frame: Frame = {
    title: report.study.title,
    description: report.headline,
    root: '../',
    siteTitle,
    section: 'articles',
  }
  return [
    [
      'index.html',
      pageRenderer(templates).article(frame, { article, charts, slots: slotOf(report.backends) }),
    ],
    ['report.md', articleMarkdown(article, templates)],
    ['report.json', `${JSON.stringify(report, null, 1)}\n`],
    ['data.csv', dataCsv(report)],
    ...chartFiles,
    ...[...rawPaths(report.sources.map((source) => source.path))].map(([path, place]): [string, SiteFile] => [
      place,
      { copy: `${prefix}${path}`, from: 'results' },
    ]),
    ...(folder?.images ?? []).map((path): [string, SiteFile] => [
      path,
      { copy: `${prefix}${path}`, from: 'results' },
    ]),
  ]
}

/** What templates/look.js loads to show a chart and its twin: calls of its function, since data do not load from the disk. */
function lookFiles({ id, wide, narrow }: Chart): [string, SiteFile][] {
  const twins: [string, Drawing | undefined][] = [
    [id, wide],
    [`${id}-narrow`, narrow],
  ]
  return twins.flatMap(([name, drawing]) => {
    const look = drawing && lookInto(drawing)
    return look
      ? [
          [
            `charts/${name}.look.js`,
            `lookInto(${JSON.stringify(name)}, ${JSON.stringify(visibleView(look))})\n`,
          ],
        ]
      : []
  })
}

async function drawTwins(chart: Chart, metrics: FontMetrics): Promise<{ wide: Drawn; narrow: Drawn | null }> {
  const words = { id: chart.id, title: chart.title, description: chart.description }
  const wide = await draw(chart.wide.spec, words, metrics)
  const narrow = chart.narrow
    ? await draw(chart.narrow.spec, { ...words, id: `${chart.id}-narrow` }, metrics)
    : null
  return { wide, narrow }
}

function commonFiles(
  { reports, templates, site }: Material,
  siteTitle: string,
): (readonly [string, SiteFile])[] {
  const fonts = [
    'source-sans-3-latin.woff2',
    'source-serif-4-latin.woff2',
    'source-sans-3-OFL.txt',
    'source-serif-4-OFL.txt',
  ]
  // 404.html is served at any depth, so it alone needs the absolute address
  const root = site.url === undefined ? './' : `${site.url.replace(/\/+$/, '')}/`
  const lost =
    '# This page does not exist\n\nThe address may be old or misspelt. The [list of articles](index.md) has everything that was published.'
  const frame: Frame = {
    title: 'Page not found',
    description: 'This page does not exist.',
    root,
    siteTitle,
    section: 'none',
  }
  return [
    ['404.html', pageRenderer(templates).text(frame, lost.replace('(index.md)', `(${root}index.html)`))],
    ['style.css', `${templates.get('tokens.css') ?? ''}\n${templates.get('style.css') ?? ''}`],
    ...(reports.some((report) => report.weighing)
      ? [['explore.js', templates.get('explore.js') ?? ''] as const]
      : []),
    // what only the pages with charts ask for, and the reader's browser only when a chart is looked into
    ['look.js', templates.get('look.js') ?? ''],
    ...['vega.js', 'vega-licences.txt'].map((name): [string, SiteFile] => [
      `vendor/${name}`,
      { copy: `vendor/${name}`, from: 'templates' },
    ]),
    ['favicon.svg', templates.get('favicon.svg') ?? ''],
    ['.nojekyll', ''],
    ...fonts.map((name): [string, SiteFile] => [
      `fonts/${name}`,
      { copy: `fonts/${name}`, from: 'templates' },
    ]),
  ]
}
