import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { absolute } from './address.ts'
import { escapeXml } from './escape.ts'

/**
 * Whether search engines may show a page: not those of a study whose numbers do not hold, not the page for lost ones,
 * and not a saved output, which says nothing by itself.
 */
export function isIndexed(path: string, reports: readonly Report[]): boolean {
  const [slug = ''] = path.split('/', 1)
  const invalid = reports.some(({ study }) => study.slug === slug && study.status === 'invalid')
  return path !== '404.html' && !path.includes('/raw/') && !invalid
}

/**
 * sitemap.xml after sitemaps.org 0.9: every page that may be found. Without dates, since that of a study is when it was
 * measured, not when its page last changed. Null where nobody said what the site's address is: the protocol knows only
 * absolute ones.
 */
export function sitemap(paths: Iterable<string>, reports: readonly Report[], site: SiteFacts): string | null {
  const pages = [...paths].filter((path) => path.endsWith('.html') && isIndexed(path, reports))
  const urls = pages.flatMap((path) => {
    const address = absolute(site, path)
    return address === null ? [] : [`<url><loc>${escapeXml(address)}</loc></url>`]
  })
  if (urls.length === 0) return null
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>',
    '',
  ].join('\n')
}
