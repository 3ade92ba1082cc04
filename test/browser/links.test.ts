/** No link of the site leads nowhere, and every page is valid HTML. */
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { nothingWrong } from './faults.ts'
import { brokenLinks } from './links.ts'
import { publishedAddress, readSite, siteFiles, sitePages } from './site.ts'
import { validate } from './valid-html.ts'

const links = suite('links inside the site')

links('lead to files and ids that are there', () => {
  const files = siteFiles()
  const ours = files.filter(
    (file) => file.endsWith('.html') || (file.endsWith('.md') && !file.includes('/raw/')),
  )
  const texts = new Map(ours.map((file) => [file, readSite(file)]))
  assert.ok(texts.size > 0, 'site/ is empty: run npm run build')
  nothingWrong(brokenLinks({ files: new Set(files), texts, published: publishedAddress() }))
})

links.run()

const guard = suite('the link checker')

function check(texts: Record<string, string>, published?: string): string[] {
  const files = new Set(['index.html', 'a/index.html', 'a/chart 1.svg', ...Object.keys(texts)])
  return brokenLinks({ files, texts: new Map(Object.entries(texts)), published })
}

const sound = {
  'index.html':
    '<a href="a/index.html#top">a</a> <a href="https://other.example/x">other</a> <a href="#here" id="here">',
  'a/index.html':
    '<h1 id="top">a</h1><img srcset="chart%201.svg 1x, chart%201.svg 2x"><a href="../index.html">up</a>',
  'a/report.md': '![](<chart 1.svg>) [back](../index.html)',
}

guard('accepts links that lead somewhere', () => assert.equal(check(sound), []))

const faults = {
  'a file that is not there': [{ 'index.html': '<a href="b/index.html">' }, 'leads to no file'],
  'an id that is not there': [
    { ...sound, 'index.html': '<a href="a/index.html#no">' },
    'leads to no such id',
  ],
  'an id of the page itself that is not there': [{ 'index.html': '<a href="#no">' }, 'leads to no such id'],
  'a picture that is not there': [{ 'index.html': '<img src="no.png">' }, 'leads to no file'],
  'a candidate that is not there': [
    { 'index.html': '<img srcset="a/chart%201.svg 1x, no.png 2x">' },
    'no.png',
  ],
  'a link in an SVG': [
    { 'index.html': '<svg><a href="no.html"><text>1</text></a></svg>' },
    'leads to no file',
  ],
  'a link in Markdown': [{ 'a/report.md': '[no](no.html)' }, 'leads to no file'],
  'an address from the root of the host': [
    { 'index.html': '<a href="/a/index.html">' },
    'begins with a slash',
  ],
  'a folder': [{ 'index.html': '<a href="a/">' }, 'names a folder'],
} as const

for (const [fault, [texts, complaint]] of Object.entries(faults)) {
  guard(`refuses ${fault}`, () => assert.match(check(texts).join('\n'), complaint))
}

guard('follows absolute links to where the site is published', () => {
  const published = 'https://published.example/blog/'
  assert.equal(
    check({ '404.html': `<a href="${published}"><a href="${published}a/index.html">` }, published),
    [],
  )
  assert.match(
    check({ '404.html': `<a href="${published}no.html">` }, published).join('\n'),
    'leads to no file',
  )
})

guard.run()

const html = suite('the HTML of the site')

for (const page of sitePages()) {
  html(`${page} is valid`, async () => nothingWrong(await validate(readSite(page), page)))
}

html('would be refused if it were not valid', async () => {
  const page =
    '<!doctype html><html lang="en"><head><title>t</title></head><body><p><div></div></body></html>'
  assert.match((await validate(page, 'broken.html')).join('\n'), 'no-implicit-close')
})

html.run()
