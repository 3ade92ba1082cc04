/** Every guard of the inspector, tried against a page with the fault it is there for. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { type Inspector, startInspector } from './inspector.ts'
import { chart, figure, NAMED, page, STYLE, scrolled, TEXT, WIDE } from './made-pages.ts'
import { type Server, serve } from './server.ts'

const FONT = createRequire(import.meta.url).resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
)

/** The fault, a page that has it, and what the inspector must say. */
const faults: (readonly [fault: string, html: string, complaint: RegExp])[] = [
  ['a wide block', page(WIDE), /scrolls sideways .*\[320 light, 320 dark, 320 light without script/],
  [
    'a wide block in closed details',
    page(`<details><summary>More</summary>${WIDE}</details>`),
    /sideways with its details open/,
  ],
  [
    'a text outside its chart',
    page(chart(`${NAMED}<text x="280" y="20">measured</text>`)),
    /"measured" sticks out of its svg by/,
  ],
  [
    'two texts on each other',
    page(chart(`${NAMED}<text x="10" y="20">135 MB\u2044s</text><text x="20" y="24">at least</text>`)),
    /"135 MB.s" and "at least" overlap/,
  ],
  [
    'a text that is too small',
    page(chart(`${NAMED}${TEXT}`, 'viewBox="0 0 600 120" style="height: 60px"')),
    /"writes" is 7\.0 px small/,
  ],
  [
    'a pale text by night',
    page(chart(`${NAMED}<text x="10" y="20" style="fill: #555">pale</text>`)),
    /"pale" has a contrast of 2\.\d+ to the page \[(?!.*light)/,
  ],
  [
    'a link pale to axe by night',
    page('<p>A text with <a href="#main" style="color: #444">a link</a></p>'),
    /axe objects to color-contrast .*\[(?!.*light)/,
  ],
  [
    'a page that is laid out otherwise by night',
    page('<p class="x">x</p>', '<style>@media (prefers-color-scheme: dark) { .x { margin: 3px } }</style>'),
    /laid out otherwise than in the other theme \[(?!.*light)/,
  ],
  [
    'a text made pale by opacity',
    page(chart(`${NAMED}<g opacity="0.4">${TEXT}</g>`)),
    /"reads" has a contrast of/,
  ],
  ['a chart without title', page(chart(`<desc>blktap writes faster</desc>${TEXT}`)), /has no title/],
  [
    'a chart without description',
    page(chart(`<title id="t">Writes</title>${TEXT}`)),
    /chart "Writes" has no desc/,
  ],
  ['an id twice', page(`${chart(NAMED + TEXT)}<p id="t">Again</p>`), /has the id "t" twice \[every look\]/],
  ['an image without text', page('<img src="dot.svg" width="30" height="30">'), /axe objects to image-alt/],
  [
    'a text without contrast',
    page('<p style="color: #999; background: #fff">pale</p>'),
    /axe objects to color-contrast/,
  ],
  [
    'a pale text that has to be scrolled to',
    page(scrolled('color: #999; background: #fff')),
    /axe (cannot decide|objects to) color-contrast .*far/,
  ],
  [
    'what axe cannot decide',
    page('<p style="background: linear-gradient(#000, #fff)">pale?</p>'),
    /axe cannot decide color-contrast/,
  ],
  [
    'a fault in closed details',
    page('<details><summary>More</summary><img src="dot.svg"></details>'),
    /axe objects to image-alt/,
  ],
  [
    'a script that throws',
    page('', '<script src="throws.js"></script>'),
    /script error: thrown by us \[320 light, 320 dark, 1280 light, 1280 dark\]/,
  ],
  ['a script that complains', page('', '<script src="complains.js"></script>'), /console: a complaint/],
  ['an inline script', page('<script>document.title = "ran"</script>'), /console: .*Content Security Policy/],
  ['a picture that is not there', page('<img src="lost.svg" alt="lost">'), /404: .*lost\.svg/],
  [
    'a picture of another host',
    page('<img src="http://other.example/dot.svg" alt="dot">'),
    /asks another host: http:\/\/other\.example/,
  ],
  ['a font that is not there', page('<h1 style="font-family: Lost">Lost</h1>'), /cannot load the font Lost/],
  [
    'a font that is not declared',
    page('', '<style>body { font-family: Helvetica }</style>'),
    /without the font Helvetica/,
  ],
]

/** The same for what structure.js asks. */
const disorder: typeof faults = [
  ['two titles', page('<h1>Again</h1>'), /has 2 headings of the first level/],
  ['a page without its end', page('').replace(/<footer>.*<\/footer>/, ''), /has no body > footer/],
  ['two navs of one name', page('<nav aria-label="Site"></nav>'), /a nav without a name of its own/],
  ['a figure without heading', page(figure('12.5', '12.5', '')), /the figure "" has no heading/],
  [
    'a number that only the chart has',
    page(figure('12.5', '12.6')),
    /draws 12\.5, which its table does not have/,
  ],
  [
    'a chart without a table',
    page(figure('12.5', '12.5').replace(/<details>.*<\/details>/s, '')),
    /has no table of its numbers/,
  ],
  [
    'a table without a name',
    page(figure('12.5', '12.5').replace(/<caption>.*<\/caption>/, '')),
    /the table ".*" has no name/,
  ],
  [
    'a number on the left',
    page(figure('12.5', '12.5').replace('right', 'left')),
    /has numbers on the left: "12\.5"/,
  ],
  ['pluses without a word', page('<article><p>+++++</p></article>'), /"\+{5}" does not say what \+{5} is/],
]
faults.push(...disorder)

/** What only shows in some of the looks of survey.ts. */
const rare: typeof faults = [
  [
    'a box that fits a phone and a desk alone',
    page(
      '<p class="tablet">wide</p>',
      '<style>@media (min-width: 700px) and (max-width: 800px) { .tablet { width: 900px } }</style>',
    ),
    /^768 px: scrolls sideways/m,
  ],
  [
    'a line that does not bear zoom',
    page(
      '<p class="zoomed">wide</p>',
      '<style>@media (min-width: 600px) and (max-width: 660px) { .zoomed { width: 900px } }</style>',
    ),
    /^1280 px at 200 %: scrolls sideways/m,
  ],
  [
    'a chart that keeps its own colours',
    page(chart(`${NAMED}<text x="10" y="20" style="forced-color-adjust: none; fill: #777">grey</text>`)),
    /^forced .*: chart "Writes": the text "grey" has a contrast of/m,
  ],
  [
    'a box that paper cuts off',
    page('<p class="printed">wide</p>', '<style>@media print { .printed { width: 900px } }</style>'),
    /^paper: scrolls sideways/m,
  ],
  [
    'a heading that paper breaks in two',
    page(
      '<table><thead><tr><th>Grade</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table>',
      '<style>@media print { th { width: 1ch; overflow-wrap: anywhere } table { width: 1ch } }</style>',
    ),
    /^paper: breaks the word "Grade" in a table/m,
  ],
]

const files: Record<string, string> = {
  'style.css': STYLE,
  'throws.js': 'throw new Error("thrown by us")',
  'complains.js': 'console.error("a complaint")',
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"/>',
  'sound.html': page(
    `${chart(NAMED + TEXT)}${figure('12.5', '12.5').replaceAll('id="t"', 'id="u"').replaceAll('labelledby="t"', 'labelledby="u"')}<details><summary>More</summary>${'<p>text</p>'.repeat(9)}</details>`,
  ),
}

const test = suite('the inspector of pages')
let server: Server
let inspector: Inspector

test.before(async () => {
  const pages = new Map(faults.map(([, html], index) => [`${index}.html`, html]))
  server = await serve(async (place) =>
    place === 'font.woff2' ? readFileSync(FONT) : (files[place] ?? pages.get(place)),
  )
  inspector = await startInspector({ address: 'https://published.example/blog/', from: server.address })
})

test.after(async () => {
  await inspector.close()
  await server.close()
})

test('finds nothing wrong with a sound page', async () => {
  assert.equal(await inspector.inspect(`${server.address}sound.html`), [])
  assert.equal(await inspector.glance(`${server.address}sound.html`), [])
  assert.equal(await inspector.lacks(`${server.address}sound.html`), [])
  assert.equal(await inspector.survey(`${server.address}sound.html`), [])
})

test('sees a page as if it were published', async () => {
  assert.equal(await inspector.glance('https://published.example/blog/sound.html'), [])
})

const needs: readonly (readonly [fault: string, html: string, complaint: string])[] = [
  [
    'no link past the navigation',
    page('').replace('href="#main"', 'href="#navigation"'),
    'not a link to #main',
  ],
  [
    'a link to a text that cannot take the focus',
    page('').replace('tabindex="-1"', ''),
    'does not move the focus',
  ],
  [
    'a focus without ring',
    page('<a href="#" style="outline: 0">bare</a>'),
    '<a> "bare" has the focus but no ring',
  ],
  [
    'a focus out of sight',
    page('<a href="#" style="position: fixed; left: -400px">gone</a>'),
    '<a> "gone" has the focus out of sight',
  ],
  [
    'a box that wide text does not fit',
    page('<p style="white-space: nowrap; width: 20em">A line that just about fits the phone</p>'),
    'with wide text spacing, 320 px: scrolls sideways',
  ],
  ['a motion for those who asked for none', page('<p class="moving">moves</p>'), '1 animations run'],
]

for (const [fault, html, complaint] of needs) {
  test(`sees ${fault}`, async () => {
    files['needs.html'] = html
    assert.match((await inspector.lacks(`${server.address}needs.html`)).join('\n'), complaint)
  })
}

for (const [fault, html, complaint] of rare) {
  test(`sees ${fault}`, async () => {
    files['rare.html'] = html
    assert.match((await inspector.survey(`${server.address}rare.html`)).join('\n'), complaint)
  })
}

for (const [index, [fault, , complaint]] of faults.entries()) {
  test(`sees ${fault}`, async () => {
    assert.match((await inspector.inspect(`${server.address}${index}.html`)).join('\n'), complaint)
  })
}

test.run()
