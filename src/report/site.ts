import { compareText } from '../model/diagnostic.ts'
import type { SiteFile } from '../model/library.ts'
import type { SiteFacts } from '../model/study.ts'
import { markdownRenderer } from './article.ts'
import { COMPARED, comparedPage } from './compared.ts'
import { type Frame, pageRenderer, textFiles } from './layout.ts'
import { methodPages } from './method.ts'
import { backendPages, type Documents, indexPage, type TextPage } from './pages.ts'
import { type StudyMaterial, studyFiles } from './study-files.ts'

/** All that a site is made of. */
export interface Material extends Documents, StudyMaterial {
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

  const add = (folder: string, page: TextPage) => {
    for (const [path, text] of textFiles(folder, page, { pages, siteTitle })) {
      if (files.has(path)) throw new Error(`two pages would lie at ${path}`)
      files.set(path, text)
    }
  }
  add('', indexPage(reports, siteTitle, markdown))
  for (const [folder, page] of backendPages(material, markdown)) add(folder, page)
  add(COMPARED, comparedPage(material, markdown))
  files.set(`${COMPARED}across.json`, `${JSON.stringify(material.across, null, 1)}\n`)
  for (const [folder, page] of methodPages(material, markdown)) add(folder, page)
  for (const report of reports) {
    for (const [path, file] of await studyFiles(report, material, { pages, markdown, siteTitle }))
      files.set(`${report.study.slug}/${path}`, file)
  }
  for (const [path, file] of commonFiles(material, siteTitle)) files.set(path, file)
  return new Map([...files].toSorted(([a], [b]) => compareText(a, b)))
}

function commonFiles({ templates, site }: Material, siteTitle: string): [string, SiteFile][] {
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
    ['favicon.svg', templates.get('favicon.svg') ?? ''],
    ['.nojekyll', ''],
    ...fonts.map((name): [string, SiteFile] => [
      `fonts/${name}`,
      { copy: `fonts/${name}`, from: 'templates' },
    ]),
  ]
}
