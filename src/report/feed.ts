import { createHash } from 'node:crypto'
import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { absolute, siteAddress } from './address.ts'
import { escapeXml } from './escape.ts'
import { newestFirst, standingOf, verdictOf } from './listing.ts'

/*
 * The articles as an Atom feed (RFC 4287). Every date in it is a study's: a study without a date cannot be in it, and
 * where none has one there is no feed. Where nobody said what the site's address is, links are relative to the feed,
 * which Atom allows, and ids are made of the site's title.
 */

/** feed.xml, or null where no study has a date. */
export function atomFeed(reports: readonly Report[], siteTitle: string, site: SiteFacts): string | null {
  const dated = newestFirst(reports).flatMap((report) => {
    const { date } = report.facts
    return date === undefined ? [] : [{ report, updated: instant(date) }]
  })
  const [newest] = dated
  if (!newest) return null
  const ids = idsOf(siteTitle, site)
  const home = absolute(site, 'index.html') ?? 'index.html'
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    element('id', ids('')),
    element('title', siteTitle),
    element('updated', newest.updated),
    `<author>${element('name', site.author ?? siteTitle)}</author>`,
    '<generator>bonnie-report</generator>',
    link('self', 'application/atom+xml', absolute(site, 'feed.xml') ?? 'feed.xml'),
    link('alternate', 'text/html', home),
    ...dated.map(({ report, updated }) => entry(report, updated, ids(report.study.slug), site)),
    '</feed>',
    '',
  ].join('\n')
}

function entry(report: Report, updated: string, id: string, site: SiteFacts): string {
  const page = `${report.study.slug}/index.html`
  const { label, banner } = standingOf(report)
  const told = banner === null ? [report.headline, report.doubt, verdictOf(report)] : [banner]
  return [
    '<entry>',
    element('id', id),
    element('title', label === null ? report.study.title : `${label}: ${report.study.title}`),
    element('updated', updated),
    // who measured is no author of what is said here about the measurements
    ...(report.facts.authors ?? []).map((name) => `<contributor>${element('name', name)}</contributor>`),
    link('alternate', 'text/html', absolute(site, page) ?? page),
    element('summary', listedSentences(told)),
    '</entry>',
  ].join('\n')
}

function listedSentences(sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ')
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

function link(rel: string, type: string, href: string): string {
  return `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`
}

/** `2010`, `2010-06`, `2010-06-12` → the first instant of it, as RFC 3339 wants one. */
function instant(date: string): string {
  const [year, month = '01', day = '01'] = date.split('-')
  return `${year}-${month}-${day}T00:00:00Z`
}

/** RFC 4151 wants a date on which the address was its owner's; it is of the ids, not of the studies, and never changes. */
const TAGGED = '2026'

/**
 * Ids of what has an address: `tag:` with the host and the path of the site (RFC 4151). Without one a UUID of version 8
 * (RFC 9562) from the first 16 bytes of the SHA-256 of the site's title and the slug. Neither depends on a number, a
 * date or the order of the studies.
 */
function idsOf(siteTitle: string, site: SiteFacts): (slug: string) => string {
  const home = siteAddress(site)
  if (home !== null) {
    const { hostname, pathname } = new URL(home)
    return (slug) => `tag:${hostname.replace(/[^a-z0-9.-]/g, '')},${TAGGED}:${pathname}${slug}`
  }
  return (slug) =>
    uuid(
      createHash('sha256')
        .update(JSON.stringify([siteTitle, slug]))
        .digest('hex'),
    )
}

function uuid(hex: string): string {
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20)]
  return `urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}`
}
