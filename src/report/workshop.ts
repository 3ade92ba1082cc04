import type { Keep } from '../model/keep.ts'
import type { Library, Templates } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import type { Follow } from '../model/trail.ts'
import type { Framer } from './frames.ts'
import { type Pages, textBody } from './layout.ts'
import type { Documents, MethodDocuments, Render, TextPage } from './pages.ts'
import type { FontMetrics } from './svg.ts'

/** All that a site is made of. */
export interface Material extends Documents {
  /** read only where the pages of the method have to be made */
  readonly method: () => MethodDocuments
  readonly library: Library
  readonly templates: Templates
  readonly site: SiteFacts
  readonly keep: Keep
  /** tells the way of a study's numbers */
  readonly follow: (report: Report) => Follow
}

/** What all pages of a site share. */
export interface Workshop extends Material {
  readonly siteTitle: string
  readonly pages: Pages
  readonly markdown: Render
  readonly frame: Framer
  readonly metrics: FontMetrics
}

/** A page that is one Markdown text: itself, and the same as HTML, below a folder of the site that ends in a slash. */
export function textFiles(
  folder: string,
  { name, section, title, description, markdown }: TextPage,
  { pages, frame, keep }: Workshop,
): [string, string][] {
  const page = `${folder}${name}.html`
  const framed = frame(page, { title, description, section })
  const body = () => keep(`body of ${page}`, [markdown], () => textBody(markdown))
  return [
    [`${folder}${name}.md`, `${markdown}\n`],
    [page, keep(page, [markdown, JSON.stringify(framed), pages], () => pages.text(framed, body()))],
  ]
}
