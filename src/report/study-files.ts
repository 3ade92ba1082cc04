import type { KnowledgePage, Library, SiteFile, Templates } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { Source } from '../model/run.ts'
import type { Follow } from '../model/trail.ts'
import { articleMarkdown, composeArticle } from './article.ts'
import { type Doors, doorsOf } from './doors.ts'
import { dataCsv, tableCsv } from './exports.ts'
import type { Chart } from './figure.ts'
import { type DrawnChart, type Frame, type Pages, textFiles } from './layout.ts'
import { numbersPage } from './numbers.ts'
import type { Render } from './pages.ts'
import { slotOf } from './palette.ts'
import { rawPaths, VIEW } from './raw.ts'
import { runsByPath, type SavedFile, savedFile } from './saved.ts'
import { savedPage } from './saved-page.ts'
import { type Drawn, draw, type FontMetrics, standalone } from './svg.ts'

/*
 * Everything below the folder of one study: its article, the page of its numbers, and a page of each saved file.
 */

/** What the folders of studies are made of, beside their reports. */
export interface StudyMaterial {
  readonly library: Library
  readonly templates: Templates
  readonly backendPages: readonly KnowledgePage[]
  /** tells the way of a study's numbers */
  readonly follow: (report: Report) => Follow
}

interface Press {
  readonly pages: Pages
  readonly markdown: Render
  readonly siteTitle: string
}

/** The files of one study, by their paths in its folder. */
export async function studyFiles(
  report: Report,
  material: StudyMaterial,
  press: Press,
): Promise<[string, SiteFile][]> {
  const { library, backendPages } = material
  const folder = library.folders.find((f) => f.slug === report.study.slug)
  const prefix = folder?.prefix ?? ''
  const saved = savedFiles(report, folder?.sources ?? [])
  const doors = doorsOf(report, saved)
  const knowledge = backendPages.map((page) => page.knowledge)
  const numbers = numbersPage(report, { doors, follow: material.follow(report), render: press.markdown })
  const { slug } = report.study
  return [
    ...(await articleFiles(report, { knowledge, doors }, { templates: material.templates, press })),
    ['report.json', `${JSON.stringify(report, null, 1)}\n`],
    ['data.csv', dataCsv(report)],
    ...textFiles(`${slug}/numbers/`, numbers, press).map(([path, text]): [string, SiteFile] => [
      path.slice(slug.length + 1),
      text,
    ]),
    ...savedPages(report, { saved, doors }, press),
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

// ─── the article ────────────────────────────────────────────────────────────────────────────────────────────────

async function articleFiles(
  report: Report,
  grounds: Parameters<typeof composeArticle>[1],
  { templates, press }: { readonly templates: Templates; readonly press: Press },
): Promise<[string, SiteFile][]> {
  const article = composeArticle(report, grounds, templates)
  const metrics: FontMetrics = JSON.parse(templates.get('fonts/metrics.json') ?? '{}')
  const tokens = templates.get('tokens.css') ?? ''
  const charts = new Map<string, DrawnChart>()
  const chartFiles: [string, SiteFile][] = []
  for (const figure of article.figures) {
    for (const chart of figure.charts) {
      const { wide, narrow } = await drawTwins(chart, metrics)
      charts.set(chart.id, { wide: wide.svg, narrow: narrow?.svg ?? null })
      chartFiles.push([`charts/${chart.id}.svg`, standalone(wide.svg, tokens)])
      chartFiles.push([`charts/${chart.id}.vl.json`, `${JSON.stringify(chart.wide.spec, null, 1)}\n`])
      chartFiles.push([`charts/${chart.id}.csv`, tableCsv(figure.table)])
    }
  }
  const frame: Frame = {
    title: report.study.title,
    description: report.headline,
    root: '../',
    siteTitle: press.siteTitle,
    section: 'articles',
  }
  return [
    ['index.html', press.pages.article(frame, { article, charts, slots: slotOf(report.backends) })],
    ['report.md', articleMarkdown(article, templates)],
    ...chartFiles,
  ]
}

async function drawTwins(chart: Chart, metrics: FontMetrics): Promise<{ wide: Drawn; narrow: Drawn | null }> {
  const words = { id: chart.id, title: chart.title, description: chart.description }
  const wide = await draw(chart.wide.spec, words, metrics)
  const narrow = chart.narrow
    ? await draw(chart.narrow.spec, { ...words, id: `${chart.id}-narrow` }, metrics)
    : null
  return { wide, narrow }
}

// ─── the saved files ────────────────────────────────────────────────────────────────────────────────────────────

/** The saved files of a report as their pages show them, by path. */
function savedFiles(report: Report, sources: readonly Source[]): ReadonlyMap<string, SavedFile> {
  const runs = runsByPath(report)
  return new Map(
    sources.map((source) => [source.path, savedFile(source, runs.get(source.path) ?? [], report)]),
  )
}

function savedPages(
  report: Report,
  { saved, doors }: { readonly saved: ReadonlyMap<string, SavedFile>; readonly doors: Doors },
  { pages, siteTitle }: Press,
): [string, SiteFile][] {
  const places = rawPaths(report.sources.map((source) => source.path))
  return report.sources.flatMap((source): [string, SiteFile][] => {
    const file = saved.get(source.path)
    const place = places.get(source.path)
    if (!file || place === undefined) return []
    const toStudy = '../'.repeat(place.split('/').length)
    const title = `${source.path}, as saved: ${report.study.title}`
    const description = `The saved output ${source.path}, with every number marked that was read from it.`
    const frame: Frame = { title, description, root: `../${toStudy}`, siteTitle, section: 'articles' }
    const page = savedPage(report, { saved: file, source, place }, { doors, toStudy })
    return [[`${place}${VIEW}`, pages.saved(frame, page)]]
  })
}
