/** What surrounds the articles: the list of them, the map of the site, and what is said where they are shared. */
import { HtmlValidate } from 'html-validate'
import * as assert from 'uvu/assert'
import { brokenLinks } from '../browser/links.ts'
import { suite } from '../suite.ts'
import { ADDRESS, built, homeless, link, meta, site, study, text } from './blog-site.ts'

const shared = suite('what is said of a page elsewhere')

shared('names its address, its picture and its finding', () => {
  assert.is(link('newer/index.html', 'canonical'), `${ADDRESS}newer/`)
  assert.is(link('index.html', 'canonical'), ADDRESS)
  const tags = meta('newer/index.html')
  assert.is(tags['og:title'], 'The newer')
  assert.is(tags['og:type'], 'article')
  assert.is(tags['og:url'], `${ADDRESS}newer/`)
  assert.is(tags['og:image'], `${ADDRESS}newer/charts/card.png`)
  assert.is(tags['twitter:card'], 'summary_large_image')
  assert.match(
    tags['og:description'] ?? '',
    /^In one run each, blktap wrote blocks 5\.18 times.* did not measure the disk\.$/,
  )
  assert.is(tags['og:description'], tags.description)
  assert.is(meta('wrong/index.html')['og:description'], 'This study is not valid: The disk was broken.')
  assert.match(tags['og:image:alt'] ?? '', /^The newer\. In one run each/)
  assert.is(meta('method/index.html')['og:image'], `${ADDRESS}card.png`)
  assert.is(meta('method/index.html')['og:image:alt'], meta('index.html')['og:image:alt'])
})

shared('a title stands above the headline, unless it was made of it', async () => {
  const files = await built([study('titled', 'title: A title'), study('untitled', 'date: 2010')])
  assert.match(text('titled/index.html', files), '<p class="kicker">A title</p>')
  assert.match(text('titled/report.md', files), /^\*\*A title\*\*\n\n# In one run each/)
  assert.not.match(text('untitled/index.html', files), 'class="kicker"')
  assert.match(text('untitled/report.md', files), /^# In one run each/)
})

shared('is nothing where nobody said what the address is', () => {
  for (const page of ['index.html', 'newer/index.html']) {
    assert.is(link(page, 'canonical', homeless), undefined)
    assert.not.match(Object.keys(meta(page, homeless)).join(' '), /og:|twitter:/)
    assert.not.match(text(page, homeless), /https?:\/\/[a-z.]*example/)
  }
  assert.not.ok(homeless.has('sitemap.xml'))
})

shared('asks search engines to leave out what does not hold and what is lost, and nothing else', () => {
  const left = [...site.keys()].filter((path) => path.endsWith('.html') && meta(path).robots === 'noindex')
  const isSaved = (path: string) => path.includes('/raw/')
  assert.equal(
    left.filter((path) => !isSaved(path)),
    ['404.html', 'wrong/index.html', 'wrong/numbers/index.html'],
  )
  assert.equal(
    left.filter(isSaved),
    [...site.keys()].filter((path) => isSaved(path) && path.endsWith('.html')),
  )
})

shared('lists in the map every page that may be found, by the address it calls its own', () => {
  const listed = [...text('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map((m) => m[1])
  const pages = [...site.keys()].filter((path) => path.endsWith('.html') && meta(path).robots !== 'noindex')
  assert.equal(
    listed,
    pages.map((page) => link(page, 'canonical')),
  )
  assert.ok(listed.includes(`${ADDRESS}replaced/`) && !listed.includes(`${ADDRESS}wrong/`))
})

shared('leads to files that are there, and every page is valid', async () => {
  const texts = new Map(
    [...site].flatMap(([path, file]) =>
      typeof file === 'string' && /\.(html|md)$/.test(path) ? [[path, file] as const] : [],
    ),
  )
  assert.equal(brokenLinks({ files: new Set(site.keys()), texts, published: ADDRESS }), [])
  const own = texts.get('newer/index.html') ?? ''
  const lost = new Map([['newer/index.html', own.replaceAll('charts/card.png', 'charts/no.png')]])
  assert.match(
    brokenLinks({ files: new Set(site.keys()), texts: lost, published: ADDRESS }).join('\n'),
    'no.png',
  )
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
      'long-title': 'off',
      'tel-non-breaking': 'off',
    },
  })
  for (const page of ['index.html', 'wrong/index.html', 'newer/index.html', '404.html']) {
    const { results } = await validator.validateString(text(page), page)
    assert.equal(
      results.flatMap((r) => r.messages.map((m) => `${page}:${m.line}: ${m.message}`)),
      [],
    )
  }
})

shared('has a title and a description of its own on every page', () => {
  const pages = [...site.keys()].filter((path) => path.endsWith('.html'))
  const titles = pages.map((page) => /<title>(.*?)<\/title>/.exec(text(page))?.[1])
  assert.equal(
    titles.filter((title, i) => !title || titles.indexOf(title) < i),
    [],
  )
  for (const page of pages) assert.ok((meta(page).description ?? '').length > 20, page)
})

shared.run()

const list = suite('the list of articles')

const order = (path: string, pattern: RegExp) => [...text(path).matchAll(pattern)].map((m) => m[1])

list('has those that hold, newest first, and below them the others', () => {
  const slugs = ['newer', 'alone', 'older', 'undated', 'replaced', 'wrong']
  assert.equal(order('index.html', /<h[23]><a href="(\w+)\/index\.html">/g), slugs)
  assert.equal(order('index.md', /^#+ \[.*\]\((\w+)\/report\.md\)$/gm), slugs)
  for (const page of ['index.html', 'index.md']) {
    const [holding = '', past = ''] = text(page).split('No longer current')
    assert.match(holding, 'blktap wrote blocks 5.18 times as fast as loopback.')
    assert.match(past, 'The disk was broken.')
    assert.not.match(past, /5\.18|do not decide/)
  }
})

list('says of each when it was measured and how often', () => {
  assert.match(text('index.html'), /One run each · 2,064\sMiB test file · measured by Ann and Bob · 2006-07/)
  assert.match(text('index.md'), /One run each · .* · 2006-07/)
})

list('shows the ratios of those that can be compared, named and described', () => {
  const html = text('index.html')
  const charts = [...html.matchAll(/<svg xmlns[^>]*aria-labelledby="(.*?)-t"/g)].map((m) => m[1])
  assert.equal(charts, ['summary-newer', 'summary-older', 'summary-undated'])
  assert.match(html, /<desc id="summary-newer-d">Block write, against loopback: blktap 5\.18×, suspect\./)
  for (const slug of ['newer', 'older', 'undated'])
    for (const end of ['svg', 'vl.json', 'csv']) assert.ok(site.has(`${slug}/charts/summary.${end}`))
  for (const slug of ['alone', 'wrong', 'replaced']) assert.not.ok(site.has(`${slug}/charts/summary.svg`))
  assert.match(text('index.md'), '](newer/charts/summary.svg)')
})

list('explains its marks once, and only those that it has', async () => {
  const html = text('index.html')
  assert.is(html.split('hollow: suspect, or not the disk').length, 2)
  assert.not.match(html, '95 % interval')
  const past = await built([study('past', 'title: Past\nstatus: superseded')])
  assert.not.match(text('index.html', past), 'In the charts')
})

list('is whole without any article', async () => {
  const empty = await built([])
  assert.match(text('index.html', empty), '<h1>')
  assert.not.match(text('index.html', empty), /In the charts|No longer current|undefined|null/)
})

list.run()
