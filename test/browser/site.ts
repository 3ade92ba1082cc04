/** The site that lies in the project's folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const SITE = fileURLToPath(new URL('../../site', import.meta.url))

/** Every file of the site, as `study/report.md`, in order. */
export function siteFiles(): string[] {
  if (!existsSync(SITE)) return []
  return readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(SITE, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** Every page of ours: a saved output may be HTML too, but it is the author's, and is served as text. */
export function sitePages(): string[] {
  return siteFiles().filter((file) => file.endsWith('.html'))
}

export function readSite(file: string): string {
  return readFileSync(path.join(SITE, file), 'utf8')
}

/** Which kind of page this is: pages of a kind come from one template, and one of them stands for all. */
export function templateOf(page: string): string {
  if (page.endsWith('.view/index.html')) return 'a saved output'
  const [first, ...rest] = page.split('/')
  if (rest.length === 0 || page === 'backends/compared/index.html') return page
  if (first === 'backends' || first === 'method') return rest.length === 1 ? `${first}/` : `${first}/…/`
  return page.endsWith('/numbers/index.html') ? 'the numbers of a study' : 'a study'
}

/** The first page of each kind. */
export function onePageOfEachTemplate(): string[] {
  const firsts = new Map<string, string>()
  for (const page of sitePages()) if (!firsts.has(templateOf(page))) firsts.set(templateOf(page), page)
  return [...firsts.values()]
}

/** The articles themselves, without what lies below them. */
export function articlePages(): string[] {
  return sitePages().filter((page) => templateOf(page) === 'a study')
}

/** A study has a page for each saved file; these are all but the first of each. */
export function furtherSavedPages(): string[] {
  const seen = new Set<string>()
  return sitePages().filter((page) => {
    if (templateOf(page) !== 'a saved output') return false
    const [study = ''] = page.split('/')
    return seen.size === seen.add(study).size
  })
}

/** As it stands in a link, with the bytes that an address cannot hold escaped. */
export function addressOf(page: string): string {
  return page
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html$/, '$1')
}

/** `backends/lvm/index.html` → `backends-lvm`, for the name of a picture. */
export function slugOf(page: string): string {
  return page.replace(/(\/?index)?\.html$/, '').replaceAll('/', '-') || 'index'
}

/** The absolute address under which 404.html expects its style sheet: it is shown at any depth. */
export function publishedAddress(): string | undefined {
  const html = existsSync(path.join(SITE, '404.html')) ? readSite('404.html') : ''
  return /<link[^>]+href="(https?:\/\/[^"]+\/)style\.css"/.exec(html)?.[1]
}
