/** An SVG that a page can carry: named, described, themable, harmless, and the same bytes every time. */
import { parseFragment } from 'parse5'
import * as assert from 'uvu/assert'
import { draw } from '../../src/report/svg.ts'
import { suite } from '../suite.ts'
import { CROWDED } from './crowded-reports.ts'
import { figuresOf, METRICS, picturesOf } from './drawn.ts'
import { ALL, HOSTILE, SEED } from './sample-reports.ts'

/** The smallest chart: one word. */
const WORD = {
  width: 100,
  height: 50,
  layer: [
    {
      data: {
        values: [{ x: 1, y: 2, text: 'a', align: 'left', size: 14, weight: 400, colour: 'var(--ink)' }],
      },
      mark: { type: 'text' },
      encoding: { x: { scale: null } },
    },
  ],
}
const WORDS = { id: 'word', title: 'A title', description: 'A description.' }

const test = suite('svg')

test('every chart has a role, a name and a description, in this order, under its own ids', async () => {
  for (const { id, svg } of await picturesOf(SEED)) {
    const root = new RegExp(
      `^<svg [^>]*role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d"><title id="${id}-t">`,
    )
    assert.match(svg, root)
    assert.match(svg, new RegExp(`</title><desc id="${id}-d">[^<]+</desc><g`))
  }
})

for (const [name, report] of Object.entries({ ...ALL, ...CROWDED })) {
  test(`${name}: no style attribute, no fixed colour, no font, no clip, nothing invisible, two decimals`, async () => {
    for (const { id, svg, width, designed } of await picturesOf(report)) {
      assert.not.match(
        svg,
        / style=| class="mark|font-family|clip|url\(|opacity="0"|display="none"| role="graphics/,
        id,
      )
      assert.not.match(svg, /(?:fill|stroke)="(?!none|var\(--)/, id)
      assert.not.match(svg, /<[^>]*\d\.\d{3}/, id)
      assert.is(width, designed, id)
    }
  })
}

test('titles, descriptions and labels that look like markup stay text', async () => {
  for (const { svg } of await picturesOf(HOSTILE)) {
    assert.not.match(svg, /<script|]]>|\u0000/)
    const tags = new Set([...svg.matchAll(/<([a-z]+)/gi)].map((match) => match[1]))
    for (const tag of tags)
      assert.ok(['svg', 'title', 'desc', 'g', 'path', 'circle', 'text'].includes(tag ?? ''), tag)
    assert.is(parseFragment(svg).childNodes.length, 1)
  }
  const words = { id: 'x', title: '<script>&"]]>', description: '</desc><b>\u0007\ud800' }
  const { svg } = await draw(WORD, words, METRICS)
  assert.match(
    svg,
    '<title id="x-t">&lt;script&gt;&amp;&quot;]]&gt;</title><desc id="x-d">&lt;/desc&gt;&lt;b&gt;\ufffd\ufffd</desc>',
  )
})

test('two draws are the same bytes, in any order and side by side', async () => {
  const once = await picturesOf(SEED)
  const again = await picturesOf(SEED)
  assert.equal(
    again.map((each) => each.svg),
    once.map((each) => each.svg),
  )
  const specs = figuresOf(SEED).flatMap((figure) => figure.charts)
  for (const { id, title, description, wide } of [...specs].reverse()) {
    const { svg } = await draw(wide.spec, { id, title, description }, METRICS)
    assert.is(svg, once.find((each) => each.id === id)?.svg)
  }
})

test('a warning of Vega is an error of ours, and of no other chart', async () => {
  const from = (low: number) => {
    const scale = { type: 'log', domain: [low, 10], range: [0, 100] }
    const point = { mark: { type: 'point' }, encoding: { x: { scale, axis: null } }, data: { values: [] } }
    return { ...WORD, layer: [point] }
  }
  const [refused, drawn] = await Promise.allSettled([
    draw(from(0), WORDS, METRICS),
    draw(from(1), WORDS, METRICS),
  ])
  assert.match(refused.status === 'rejected' ? String(refused.reason) : '', /chart word: .*zero/)
  assert.is(drawn.status, 'fulfilled')
})

test('an id that would not be one is refused', async () => {
  for (const id of ['', 'A', '1a', 'a"b', 'a b']) {
    const refused = await draw(WORD, { ...WORDS, id }, METRICS).then(
      () => false,
      () => true,
    )
    assert.ok(refused, id)
  }
})

test.run()
