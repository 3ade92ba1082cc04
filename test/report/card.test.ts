/** The pictures for sharing: what they say, that it fits, and that they are drawn the same wherever they are. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { Card } from '../../src/model/picture.ts'
import { CARD_WIDTH, type CardFonts, cardSvg, lightColours } from '../../src/report/card.ts'
import { articleCard } from '../../src/report/cards.ts'
import { readFont } from '../../src/report/font.ts'
import { textWidth } from '../../src/report/typeset.ts'
import { ALONE, EMPTY, HOSTILE, one, report, SEED, THREE } from '../charts/sample-reports.ts'
import { runs, suite } from '../suite.ts'

const template = (name: string) => readFileSync(new URL(`../../templates/${name}`, import.meta.url))
const fonts: CardFonts = {
  sans: readFont(template('fonts/pictures/SourceSans3-Regular.ttf')),
  serif: readFont(template('fonts/pictures/SourceSerif4-Semibold.ttf')),
}
const colours = lightColours(template('tokens.css').toString())

const PLAIN: Card = {
  site: 'Backend bench',
  corner: '2010-06',
  kicker: 'Loopback or blktap?',
  headline: 'blktap wrote blocks 5.18 times as fast as loopback.',
  hero: {
    big: '5.18×',
    label: 'Block write',
    small: 'blktap ahead of loopback',
    colour: 2,
    validity: 'disk',
  },
  foot: 'These two files do not decide it for general use.',
  warns: false,
  fallback: 'xen-2010',
}

interface Text {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width: number
}

function svgOf(card: Partial<Card>): string {
  return cardSvg({ ...PLAIN, ...card }, fonts, colours)
}

/** Every text of a card, in the order it is drawn. */
function textsOf(svg: string): Text[] {
  return [...svg.matchAll(/<g font-family="([^"]+)"[^>]*>((?:<text.*?<\/text>)+)<\/g>/g)].flatMap(
    ([, family, inner = '']) =>
      [...inner.matchAll(/<text x="([\d.]+)" y="([\d.]+)" font-size="(\d+)"([^>]*)>([^<]*)<\/text>/g)].map(
        ([, x, y, size, more = '', escaped = '']) => {
          const text = escaped.replace(/&[^;]*;/g, (entity) => ENTITIES[entity] ?? entity)
          const font = family === 'Source Serif 4' ? fonts.serif : fonts.sans
          const width = textWidth(text, font, Number(size))
          const left = more.includes('end') ? Number(x) - width : Number(x)
          return { text, x: left, y: Number(y), size: Number(size), width }
        },
      ),
  )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const said = (svg: string) => textsOf(svg).map(({ text }) => text)

const font = suite('the fonts of pictures')

font('are as wide as the browser finds them', () => {
  const { weights } = JSON.parse(template('fonts/metrics.json').toString())
  for (const [character, units] of Object.entries<number>(weights['400'])) {
    const own = (fonts.sans.advance(character) ?? Number.NaN) * 1000
    if (character === '\u00ad') continue // the soft hyphen is not seen, so it is never set
    assert.ok(Math.abs(own - units) <= 2, `"${character}" is ${own} wide, in the browser ${units}`)
  }
})

font('have Latin, Greek and Cyrillic letters, and no others', () => {
  for (const one of Object.values(fonts)) {
    for (const character of 'AzÉßŻőğΩЖ5×%≥→') assert.ok((one.advance(character) ?? 0) > 0, character)
    for (const character of '中שع🚀\ufffe\ud800') assert.is(one.advance(character), undefined)
  }
})

font.run()

const card = suite('the card of a page')

card('says title, headline, number with its state, verdict, site and date', () => {
  assert.equal(said(svgOf({})), [
    'Backend bench',
    '2010-06',
    'Loopback or blktap?',
    'blktap wrote blocks',
    '5.18 times as fast as loopback.',
    '5.18×',
    'Block write',
    'blktap ahead of loopback',
    'These two files do not decide it for general use.',
  ])
})

card('marks a number in doubt with a dashed line, and only such a one', () => {
  const hero = PLAIN.hero as NonNullable<Card['hero']>
  assert.match(svgOf({ hero: { ...hero, validity: 'suspect' } }), 'stroke-dasharray')
  assert.not.match(svgOf({}), 'stroke-dasharray')
})

/** Texts that stick out, lie on each other, or on the stripe: none in any card. */
function faults(svg: string): string[] {
  const texts = textsOf(svg)
  const out = texts.filter(({ x, width, y }) => x < 71 || x + width > CARD_WIDTH - 71 || y > 618)
  const touching = texts.filter((a, i) =>
    texts
      .slice(i + 1)
      .some(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && b.y - b.size * 0.72 < a.y && a.y < b.y + b.size,
      ),
  )
  const stripe = texts.filter(({ y, size }) => y > 522 && y - size * 0.75 < 522)
  return [...out, ...touching, ...stripe].map(({ text, x, y }) => `"${text}" at ${x}, ${y}`)
}

card('wraps and shrinks what is long, and cuts only what nothing helps', () => {
  const long = 'LVM, loopback with direct I/O and a raw partition are level on block write and rewrite. '
  const middling = svgOf({ headline: long })
  assert.equal(said(middling).join(' ').includes(long.trim()), true)
  const endless = svgOf({ headline: long.repeat(9), kicker: long.repeat(9), foot: long.repeat(9) })
  assert.is(said(endless).filter((text) => text.endsWith('…')).length, 3)
  assert.equal([...faults(middling), ...faults(endless)], [])
})

card('fits whatever its words are', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 400 })
  const latin = fc
    .array(fc.stringMatching(/^[A-Za-zé0-9,.&<>"-]{1,60}$/), { minLength: 1, maxLength: 60 })
    .map((w) => w.join(' '))
  const text = fc.oneof(words, latin)
  fc.assert(
    fc.property(text, text, text, text, fc.boolean(), (headline, kicker, foot, small, numbered) => {
      const hero = numbered ? { ...PLAIN.hero, small } : null
      const svg = svgOf({ headline, kicker, foot, site: kicker, hero: hero as Card['hero'] })
      assert.equal(faults(svg), [], JSON.stringify({ headline, kicker, foot, small }))
    }),
    { numRuns: runs(300) },
  )
})

card('would be found not to fit', () => {
  const shifted = svgOf({}).replace(/<text x="72"/g, '<text x="900"')
  assert.ok(faults(shifted).length > 3)
  assert.ok(faults(svgOf({}).replace(/y="\d+(\.\d+)?"/g, 'y="300"')).length > 3)
})

card('leaves out whole what the fonts cannot set, and loses emoji alone', () => {
  assert.equal(said(svgOf({ kicker: '中文标题', corner: null })).includes('Loopback or blktap?'), false)
  assert.ok(said(svgOf({ headline: 'השוואה של דיסקים' })).includes('xen-2010'))
  assert.ok(said(svgOf({ kicker: '🚀 LVM 👩‍💻 is fast' })).includes('LVM is fast'))
  assert.ok(said(svgOf({ kicker: 'Żółw и ёж αβγ' })).includes('Żółw и ёж αβγ'))
})

card('takes its colours from the light palette', () => {
  assert.is(colours.get('surface'), '#fbfaf7')
  assert.is(colours.get('mark-6'), '#755b00')
  assert.throws(() => cardSvg(PLAIN, fonts, new Map()), /no token --/)
})

card('gives a number beyond doubt first, and never one that did not measure the disk', () => {
  assert.is(articleCard(SEED, 'S').hero?.validity, 'suspect')
  assert.is(articleCard(THREE, 'S').hero?.validity, 'disk')
  const memory = report([
    { id: 'a', cells: { put_block: one(30_000, 5, 'not-disk') } },
    { id: 'b', cells: { put_block: one(90_000, 5) } },
  ])
  assert.is(articleCard(memory, 'S').hero, null)
  const doubtful = (rewrite: number) =>
    report([
      { id: 'a', cells: { rewrite: one(30_000, 5, 'suspect'), get_block: one(30_000, 5) } },
      { id: 'b', cells: { rewrite: one(rewrite, 5, 'suspect'), get_block: one(30_900, 5) } },
    ])
  assert.is(articleCard(doubtful(90_000), 'S').hero, null, 'one run each, both suspect or within the spread')
  for (const sample of [ALONE, EMPTY]) assert.is(articleCard(sample, 'S').hero, null)
})

card('of a study that no longer holds says so in place of its verdict and number', () => {
  const study = { ...SEED.study, status: 'invalid' as const }
  const { foot, warns, hero } = articleCard(
    { ...SEED, study, facts: { reason: 'The disk was broken.' } },
    'S',
  )
  assert.equal([foot, warns, hero], ['This study is not valid: The disk was broken.', true, null])
})

card('holds markup as text', () => {
  const svg = cardSvg(
    { ...articleCard(HOSTILE, '<b>"S"</b> & \'Co\''), kicker: ']]><script>' },
    fonts,
    colours,
  )
  assert.not.match(svg, /<script|<b>/)
  assert.match(svg, '&lt;b&gt;')
})

card.run()
