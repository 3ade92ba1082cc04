/** The feed: what Atom requires, and nothing that changes by itself. */
import type { Browser } from 'playwright-core'
import * as assert from 'uvu/assert'
import type { StudyFolder } from '../../src/model/library.ts'
import { launch } from '../browser/chromium.ts'
import { suite } from '../suite.ts'
import { ADDRESS, built, homeless, link, STUDIES, study, text } from './blog-site.ts'

let browser: Browser | undefined

interface Xml {
  readonly name: string
  readonly text: string
  readonly attributes: Record<string, string>
  readonly children: readonly Xml[]
}

const READ_XML = `(source) => {
  const read = (e) => ({ name: '{' + e.namespaceURI + '}' + e.localName, text: e.textContent,
    attributes: Object.fromEntries([...e.attributes].map((a) => [a.name, a.value])), children: [...e.children].map(read) })
  const parsed = new DOMParser().parseFromString(source, 'application/xml')
  const error = parsed.querySelector('parsererror')
  return error ? error.textContent : read(parsed.documentElement)
}`

/** A document as a strict parser of XML sees it: names with their namespaces. */
async function parsedXml(document: string): Promise<Xml> {
  browser ??= await launch()
  const page = await browser.newPage()
  const found = await page.evaluate<Xml | string>(`(${READ_XML})(${JSON.stringify(document)})`)
  await page.close()
  if (typeof found === 'string') throw new Error(found)
  return found
}

const ATOM = '{http://www.w3.org/2005/Atom}'
const below = ({ children }: Xml, name: string) => children.filter((child) => child.name === ATOM + name)
const textOf = (element: Xml, name: string) => below(element, name)[0]?.text

/** What RFC 4287 requires of a feed and of each entry (4.1.1, 4.1.2), and does not find. */
function lacks(feed: Xml): string[] {
  const found: string[] = []
  const all = [feed, ...below(feed, 'entry')]
  for (const [i, one] of all.entries()) {
    const where = i === 0 ? 'feed' : `entry ${i}`
    for (const name of ['id', 'title', 'updated'])
      if (below(one, name).length !== 1) found.push(`${where}: ${below(one, name).length} of ${name}`)
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(textOf(one, 'updated') ?? ''))
      found.push(`${where}: no date`)
    if (!/^[a-z]+:./.test(textOf(one, 'id') ?? '')) found.push(`${where}: an id that is no IRI`)
    if (!below(one, 'link').some(({ attributes }) => attributes.rel === 'alternate' && attributes.href))
      found.push(`${where}: no link`)
  }
  const ids = all.map((one) => textOf(one, 'id'))
  if (new Set(ids).size < ids.length) found.push('an id twice')
  if (below(below(feed, 'author')[0] ?? feed, 'name').length !== 1) found.push('no author')
  return found
}

const feed = suite('the feed')

feed('is what Atom requires, newest first, each with its verdict', async () => {
  const atom = await parsedXml(text('feed.xml'))
  assert.is(atom.name, `${ATOM}feed`)
  assert.equal(lacks(atom), [])
  const entries = below(atom, 'entry')
  assert.equal(
    entries.map((e) => textOf(e, 'title')),
    ['Superseded: The replaced', 'Not valid: The wrong', 'The newer', 'One alone', 'The older'],
  )
  assert.match(
    textOf(entries[2] as Xml, 'summary') ?? '',
    /blktap wrote blocks 5\.18 times.*do not tell what to choose/,
  )
  assert.match(textOf(entries[1] as Xml, 'summary') ?? '', /^This study is not valid: The disk was broken\.$/)
})

feed('lacks what is taken from it', async () => {
  for (const [name, fault] of [
    ['id', 'feed: 0 of id'],
    ['updated', 'no date'],
    ['author', 'no author'],
  ] as const) {
    const broken = text('feed.xml').replace(new RegExp(`<${name}>.*?</${name}>`), '')
    assert.match(lacks(await parsedXml(broken)).join('\n'), fault)
  }
})

feed('has the dates of the studies, and none of its own', () => {
  const dates = [...text('feed.xml').matchAll(/<updated>(.*?)<\/updated>/g)].map((m) => m[1])
  const days = ['2012-01-01', '2012-01-01', '2011-01-01', '2010-01-01', '2008-01-01', '2006-07-01']
  assert.equal(
    dates,
    days.map((day) => `${day}T00:00:00Z`),
  )
})

feed('links absolutely where the address is known, else relatively', async () => {
  const hrefs = (xml: string) => [...xml.matchAll(/href="(.*?)"/g)].map((m) => m[1])
  assert.equal(hrefs(text('feed.xml')).slice(0, 3), [`${ADDRESS}feed.xml`, ADDRESS, `${ADDRESS}replaced/`])
  assert.equal(hrefs(text('feed.xml', homeless)).slice(0, 3), [
    'feed.xml',
    'index.html',
    'replaced/index.html',
  ])
  assert.equal(lacks(await parsedXml(text('feed.xml', homeless))), [])
})

feed('keeps its ids when numbers, titles of studies and their order change', async () => {
  const ids = (xml: string) => [...xml.matchAll(/<id>(.*?)<\/id>/g)].map((m) => m[1])
  assert.equal(ids(text('feed.xml')).slice(0, 2), [
    'tag:blog.example,2026:/bench/',
    'tag:blog.example,2026:/bench/replaced',
  ])
  const [older] = STUDIES as [StudyFolder]
  for (const siteText of [`url: ${ADDRESS}`, null]) {
    const changed = study('older', 'title: Another\ndate: 2020\nbaseline: blktap')
    const [before, after] = [
      await built([older], siteText),
      await built([changed, ...STUDIES.slice(1)], siteText),
    ]
    const [, id] = ids(text('feed.xml', before))
    assert.ok(id && ids(text('feed.xml', after)).includes(id), id)
  }
  assert.match(
    text('feed.xml', homeless),
    /<id>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}</,
  )
})

feed('names the blog’s author, and who measured as contributors', async () => {
  const atom = await parsedXml(text('feed.xml'))
  assert.is(below(atom, 'author')[0]?.text, 'Ada')
  const older = below(atom, 'entry').at(-1) as Xml
  assert.equal(
    below(older, 'contributor').map((c) => c.text),
    ['Ann', 'Bob'],
  )
})

feed('is not there without a date, and no page points to it', async () => {
  const files = await built([study('undated', 'title: The undated')])
  assert.not.ok(files.has('feed.xml'))
  assert.is(link('index.html', 'alternate', files), undefined)
  assert.is(link('newer/index.html', 'alternate'), '../feed.xml')
  assert.is(link('index.html', 'alternate'), 'feed.xml')
})

feed('is well-formed whatever the studies hold', async () => {
  const evil = `]]></title><script>alert(1)</script> & "q" 'q' \\u0000\\u0008\\ufffe\\ud800\\u202e <!-- &lt; {{ 7*7 }}`
  const facts = `title: "${evil.replaceAll('"', '\\"')}"\ndate: 2010\nauthors: ["${evil.replaceAll('"', '\\"')}"]`
  const files = await built(
    [study('evil', facts)],
    `title: '<b> & "x"'\nauthor: '<i>'\nurl: https://x.example/a&b/'q'`,
  )
  const atom = await parsedXml(text('feed.xml', files))
  assert.match(textOf(below(atom, 'entry')[0] as Xml, 'title') ?? '', ']]></title><script>alert(1)</script>')
  assert.equal(lacks(atom), [])
  assert.is((await parsedXml(text('sitemap.xml', files))).children.length > 5, true)
})

feed.after(async () => {
  await browser?.close()
  browser = undefined
})

feed.run()
