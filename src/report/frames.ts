import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { absolute } from './address.ts'
import { INDEX_DESCRIPTION } from './index-page.ts'
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
export function framer(blog: Blog): Framer {
  const { reports, siteTitle, site, feed } = blog
  const articles = new Set(reports.map(({ study }) => `${study.slug}/index.html`))
  return (path, words) => ({
    ...words,
    root: rootOf(path, site),
    siteTitle,
    feed,
    indexed: isIndexed(path, reports),
    shared: path === '404.html' ? null : sharedOf(path, words, articles.has(path), blog),
  })
}

/** From the page to the root. 404.html is served at any depth, so it alone needs the absolute address. */
function rootOf(path: string, site: SiteFacts): string {
  if (path === '404.html') return absolute(site, '') ?? './'
  return '../'.repeat(path.split('/').length - 1)
}

/** An article has a card of its own; all other pages share that of the site. */
function sharedOf(
  path: string,
  { title, description }: PageWords,
  isArticle: boolean,
  blog: Blog,
): Shared | null {
  const { site, siteTitle } = blog
  const address = absolute(site, path)
  const card = absolute(site, isArticle ? path.replace('index.html', 'charts/card.png') : 'card.png')
  if (address === null || card === null) return null
  const alt = isArticle ? `${title}. ${description}` : `${siteTitle}. ${INDEX_DESCRIPTION}`
  return { address, card, alt, type: isArticle ? 'article' : 'website' }
}
