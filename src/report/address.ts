import type { SiteFacts } from '../model/study.ts'
import { addressOf } from './raw.ts'

/** Where the site is published, with a slash at its end; null where nobody said. */
export function siteAddress({ url }: SiteFacts): string | null {
  return url === undefined ? null : `${new URL(url).href.replace(/[?#].*$/, '').replace(/(?<!\/)\/*$/, '')}/`
}

/** The absolute address of a file of the site, a page by its folder; null where nobody said where the site is. */
export function absolute(site: SiteFacts, path: string): string | null {
  const home = siteAddress(site)
  const place = path.replace(/(^|\/)index\.html$/, '$1')
  return home === null ? null : home + addressOf(place)
}
