import type { SiteFile } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { Source } from '../model/run.ts'
import { articleMarkdown, composeArticle } from './article.ts'
import { articleCard } from './cards.ts'
import { type Doors, doorsOf } from './doors.ts'
import { chartFiles, drawTwins, dressingOf, lookFiles } from './drawings.ts'
import { dataCsv, dataParquet } from './exports.ts'
import type { DrawnChart } from './layout.ts'
import { standingOf } from './listing.ts'
import { numbersPage } from './numbers.ts'
import { slotOf } from './palette.ts'
import { rawPaths, VIEW } from './raw.ts'
import { runsByPath, type SavedFile, savedFile } from './saved.ts'
import { savedPage } from './saved-page.ts'
import { textFiles, type Workshop } from './workshop.ts'

/*
 * Everything below the folder of one study: its article, the page of its numbers, and a page of each saved file.
 */

/** The files of one study, by their paths in the site. */
export async function studyFiles(report: Report, shop: Workshop): Promise<[string, SiteFile][]> {
  const { library, follow, markdown } = shop
  const here = `${report.study.slug}/`
  const folder = library.folders.find((f) => f.slug === report.study.slug)
  const prefix = folder?.prefix ?? ''
  const copy = (path: string) => ({ copy: `${prefix}${path}`, from: 'results' }) as const
  const saved = savedFiles(report, folder?.sources ?? [])
  const doors = doorsOf(report, saved)
  const numbers = numbersPage(report, { doors, follow: follow(report), render: markdown })
  return [
    ...(await articleFiles(report, doors, shop)),
    [`${here}report.json`, `${JSON.stringify(report, null, 1)}\n`],
    [`${here}data.csv`, dataCsv(report)],
    [`${here}data.parquet`, await dataParquet(report)],
    [`${here}charts/card.png`, { picture: { card: articleCard(report, shop.siteTitle) } }],
    ...textFiles(`${here}numbers/`, numbers, shop),
    ...savedPages(report, { saved, doors }, shop),
    ...[...rawPaths(report.sources.map((source) => source.path))].map(([path, place]): [string, SiteFile] => [
      `${here}${place}`,
      copy(path),
    ]),
    ...(folder?.images ?? []).map((path): [string, SiteFile] => [`${here}${path}`, copy(path)]),
  ]
}

// ─── the article ────────────────────────────────────────────────────────────────────────────────────────────────

async function articleFiles(report: Report, doors: Doors, shop: Workshop): Promise<[string, SiteFile][]> {
  const { markdown, backendPages, pages, frame } = shop
  const here = `${report.study.slug}/`
  const knowledge = backendPages.map((page) => page.knowledge)
  const dressing = dressingOf(report, shop)
  const article = composeArticle(report, { knowledge, doors, from: dressing.from }, markdown)
  const charts = new Map<string, DrawnChart>()
  const drawings: [string, SiteFile][] = []
  for (const figure of article.figures) {
    for (const chart of figure.charts) {
      const { wide, narrow } = await drawTwins(`${here}index.html`, chart, shop)
      charts.set(chart.id, { wide: wide.svg, narrow: narrow?.svg ?? null })
      drawings.push(...chartFiles(here, figure, chart, wide, dressing), ...lookFiles(here, chart))
    }
  }
  const description = standingOf(report).banner ?? [report.headline, report.doubt ?? ''].join(' ').trim()
  const words = { title: report.study.title, description, section: 'articles' } as const
  const page = { article, charts, slots: slotOf(report.backends) }
  return [
    [`${here}index.html`, pages.article(frame(`${here}index.html`, words), page)],
    [`${here}report.md`, articleMarkdown(article, markdown)],
    ...drawings,
  ]
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
  { pages, frame }: Workshop,
): [string, SiteFile][] {
  const places = rawPaths(report.sources.map((source) => source.path))
  return report.sources.flatMap((source): [string, SiteFile][] => {
    const file = saved.get(source.path)
    const place = places.get(source.path)
    if (!file || place === undefined) return []
    const toStudy = '../'.repeat(place.split('/').length)
    const title = `${source.path}, as saved: ${report.study.title}`
    const description = `The saved output ${source.path}, with every number marked that was read from it.`
    const path = `${report.study.slug}/${place}${VIEW}`
    const page = savedPage(report, { saved: file, source, place }, { doors, toStudy })
    return [[path, pages.saved(frame(path, { title, description, section: 'articles' }), page)]]
  })
}
