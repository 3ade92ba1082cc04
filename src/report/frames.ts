import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { absolute } from './address.ts'
import type { Frame, Shared } from './layout.ts'
import { isIndexed } from './sitemap.ts'

/** What a page says of itself; the rest of its frame follows from where it lies. */
export type PageWords = Pick<Frame, 'title' | 'description' | 'section'>

export type Framer = (path: string, words: PageWords) => Frame

interface Blog {
  readonly reports: readonly Report[]
  readonly siteTitle: string
  readonly site: SiteFacts
  readonly feed: boolean
}

/** Frames for the pages of one site. */
export function framer({ reports, siteTitle, site, feed }: Blog): Framer {
  const articles = new Set(reports.map(({ study }) => `${study.slug}/index.html`))
  return (path, words) => ({
    ...words,
    root: rootOf(path, site),
    siteTitle,
    feed,
    indexed: isIndexed(path, reports),
    shared: path === '404.html' ? null : sharedOf(path, words, articles.has(path), site),
  })
}

/** From the page to the root. 404.html is served at any depth, so it alone needs the absolute address. */
function rootOf(path: string, site: SiteFacts): string {
  if (path === '404.html') return absolute(site, '') ?? './'
  return '../'.repeat(path.split('/').length - 1)
}

function sharedOf(
  path: string,
  { title, description }: PageWords,
  isArticle: boolean,
  site: SiteFacts,
): Shared | null {
  const address = absolute(site, path)
  const card = absolute(site, isArticle ? path.replace('index.html', 'charts/card.png') : 'card.png')
  if (address === null || card === null) return null
  return { address, card, alt: `${title}. ${description}`, type: isArticle ? 'article' : 'website' }
}
