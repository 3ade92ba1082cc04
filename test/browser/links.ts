/** Follows every link inside a site, given as text: nothing is fetched, and links to other hosts are left alone. */
import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterMap, parse } from 'parse5'

export interface SiteText {
  /** Every file of the site by its path. */
  readonly files: ReadonlySet<string>
  /** The text of its pages (.html) and their Markdown twins (.md). */
  readonly texts: ReadonlyMap<string, string>
  /** Where the site will be published: absolute links that begin with it lead inside. */
  readonly published?: string | undefined
}

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

interface Link {
  readonly tag: string
  readonly target: string
}

/** A host that no link of a real page has. */
const BASE = 'http://inside.invalid/'

const markdown = new MarkdownIt({ html: true })

/** One sentence for each link that leads nowhere, or only works on a server. */
export function brokenLinks(site: SiteText): string[] {
  const idsOf = memo(
    (page: string) =>
      new Set(elementsOf(site.texts.get(page) ?? '').map((element) => attribute(element, 'id'))),
  )
  const complaints = [...site.texts].flatMap(([page, text]) => {
    const html = page.endsWith('.md') ? markdown.render(text) : text
    return linksOf(html).flatMap((link) => {
      const fault = faultOf(link, page, site, idsOf)
      return fault === undefined ? [] : [`${page}: <${link.tag}> to "${link.target}" ${fault}`]
    })
  })
  return [...new Set(complaints)]
}

function faultOf(
  { target }: Link,
  page: string,
  site: SiteText,
  idsOf: (page: string) => Set<string | undefined>,
): string | undefined {
  const isPublished = site.published !== undefined && target.startsWith(site.published)
  const inside = isPublished ? BASE + target.slice(site.published?.length) : target
  if (!isPublished && /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return undefined
  if (target.startsWith('/')) return 'begins with a slash: that is not the site in a folder of a host'
  const url = new URL(inside, BASE + page)
  const place = decodeURIComponent(url.pathname.slice(1))
  const isFolder = place === '' || place.endsWith('/')
  if (isFolder && !isPublished) return 'names a folder: from the disk that lists files'
  const file = isFolder ? `${place}index.html` : place
  if (!site.files.has(file)) return 'leads to no file'
  const id = decodeURIComponent(url.hash.slice(1))
  if (id !== '' && file.endsWith('.html') && !idsOf(file).has(id)) return 'leads to no such id'
  return undefined
}

/** Everything an element asks for or leads to. */
function linksOf(html: string): Link[] {
  return elementsOf(html).flatMap((element) => {
    const targets = ['href', 'src', 'data', 'poster', 'action'].map((name) => attribute(element, name))
    const set = attribute(element, 'srcset')?.split(',') ?? []
    const picture = /^og:(image|url)$/.test(attribute(element, 'property') ?? '')
      ? attribute(element, 'content')
      : undefined
    return [...targets, ...set.map((candidate) => candidate.trim().split(/\s+/)[0]), picture].flatMap(
      (target) => (target === undefined ? [] : [{ tag: element.tagName, target }]),
    )
  })
}

function elementsOf(html: string): Element[] {
  const below = (node: Node): Element[] => {
    const children = 'childNodes' in node ? node.childNodes : []
    const inner = children.flatMap(below)
    return 'tagName' in node ? [node, ...inner] : inner
  }
  return below(parse(html))
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((entry) => entry.name === name)?.value
}

function memo<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}
