/** The reader's own weights: the script of the page gives what weigh.ts gives, and nothing but its data enters the page. */
import * as assert from 'uvu/assert'
import type { Term } from '../../src/analysis/score.ts'
import { acceptability, ranked, score } from '../../src/analysis/weigh.ts'
import type { Weighing } from '../../src/model/report.ts'
import { jsonInHtml } from '../../src/report/escape.ts'
import { ownWeights } from '../../src/report/own-weights.ts'
import { SCRIPT, script } from '../explore.ts'
import { suite } from '../suite.ts'
import { weighedStudy } from '../weighed-study.ts'

const test = suite("the reader's own weights")

const near = (got: number | undefined, want: number, tolerance: number) =>
  assert.ok(got !== undefined && Math.abs(got - want) <= tolerance, `${got} is not ${want}`)

const { report, files } = await weighedStudy()
const weighing = report.weighing as Weighing
const { backends } = weighing

/** The terms as weigh.ts takes them; drawn weights of a huge profile keep to it. */
function termsOf(weights: readonly number[], factor = 1): Term[] {
  return weighing.terms.flatMap(({ term, centres, errors, solid }, i) => {
    const sides = backends.map((id, b) => {
      return [id, { centre: centres[b] ?? 0, se: errors[b] ?? 0, df: 5, assumed: false }] as const
    })
    const weight = (weights[i] ?? 0) * factor
    return weight === 0 ? [] : [{ metric: term, weight, solid, centres: new Map(sides) }]
  })
}

const WEIGHTINGS = [...weighing.profiles.map(({ weights }) => weights), [1, 0, 0, 0, 0], [50, 50, 50, 50, 50]]

test('gives the ratios and the order of weigh.ts', () => {
  for (const weights of WEIGHTINGS) {
    const found = script.scores(weighing, weights)
    const order = backends.toSorted(
      (a, b) => (found[backends.indexOf(b)]?.mean ?? 0) - (found[backends.indexOf(a)]?.mean ?? 0),
    )
    assert.equal(order, ranked(termsOf(weights), backends))
    for (const [a, one] of backends.entries())
      for (const [b, other] of backends.entries()) {
        const ratio = Math.exp((found[a]?.mean ?? 0) - (found[b]?.mean ?? 0))
        near(ratio, score(termsOf(weights), one, other).ratio, 1e-12)
      }
  }
})

test('gives the chances that weigh.ts draws, where the weights are held', () => {
  for (const weights of WEIGHTINGS) {
    const drawn = acceptability(termsOf(weights, 1e9), backends)
    const got = script.chances(script.scores(weighing, weights))
    for (const [i, id] of backends.entries()) near(got[i], drawn.get(id) ?? 0, 0.04)
  }
})

test('gives chances that are known otherwise', () => {
  near(script.normalBelow(1.959964), 0.975, 1e-6)
  near(script.normalBelow(-1.281552), 0.1, 1e-6)
  const two = script.chances([
    { mean: 1, sd: 3 },
    { mean: 0, sd: 4 },
  ])
  near(two[0], 0.5792597, 1e-6)
  // a third that is out of the race changes nothing
  const three = script.chances([
    { mean: 1, sd: 3 },
    { mean: 0, sd: 4 },
    { mean: -90, sd: 1 },
  ])
  near(three[0], 0.5792597, 1e-5)
  for (const n of [2, 3, 6]) {
    const level = script.chances(Array.from({ length: n }, () => ({ mean: 2, sd: 0.1 })))
    for (const chance of level) near(chance, 1 / n, 1e-6)
  }
  const [least, middle, most] = [
    { mean: 0, sd: 0 },
    { mean: 1, sd: 0 },
    { mean: 2, sd: 0 },
  ] as const
  assert.equal([...script.chances([most, least])], [1, 0])
  assert.equal([...script.chances([least, most, middle])], [0, 1, 0])
  assert.equal([...script.chances([least, least])], [0.5, 0.5])
})

test('keeps weights in the address, and believes nothing of a broken one', () => {
  const { terms } = weighing
  const weights = [40, 0, 35, 0, 10]
  const fragment = script.writeWeights(weights, terms)
  assert.is(fragment, '#weights=put_block:40,get_block:35,cpu:10')
  assert.equal([...(script.readWeights(fragment, terms) ?? [])], weights)
  assert.equal(
    [...(script.readWeights('#weights=cpu%3A10%2Cput_block%3A40', terms) ?? [])],
    [40, 0, 0, 0, 10],
  )
  const broken = [
    '',
    '#',
    '#fig-ratios',
    '#weights=',
    '#weights=put_block',
    '#weights=put_block:',
    '#weights=put_block:0',
    '#weights=put_block:101',
    '#weights=put_block:-1',
    '#weights=put_block:1e9',
    '#weights=put_block:NaN',
    '#weights=put_block:40,',
    '#weights=put_block:40,put_block:30',
    '#weights=ran_create:40',
    '#weights=__proto__:40',
    '#weights=constructor:40',
    '#weights=put_block:40<script>alert(1)</script>',
    '#weights=put_block:40&x=1',
    '#weights=%E0%A4%A',
    `#weights=${'put_block:1,'.repeat(20000)}`,
  ]
  for (const fragment of broken) assert.is(script.readWeights(fragment, terms), null, fragment.slice(0, 60))
})

test('is small, asks for nothing and draws no dice', () => {
  assert.ok(Buffer.byteLength(SCRIPT) < 11_000, `${Buffer.byteLength(SCRIPT)} bytes`)
  assert.not.match(SCRIPT, /fetch|XMLHttp|import|Math\.random|innerHTML|eval|https?:/)
})

test('stands on pages that have something to weigh, and nowhere else', async () => {
  const pages = [...files].filter(([path]) => path.endsWith('.html'))
  assert.ok(pages.length > 5)
  for (const [path, html] of pages) {
    const weighs = path === 'weighed/index.html'
    assert.is(/<script src="\.\.\/explore\.js" defer>/.test(String(html)), weighs, path)
    assert.is(/id="weighing"|id="own-weights"/.test(String(html)), weighs, path)
    assert.is(String(html).includes("script-src 'self'"), String(html).includes('<script'), path)
  }
  assert.is(files.get('explore.js'), SCRIPT)
  const { files: poor } = await weighedStudy({ runs: 2 })
  assert.not.match(String(poor.get('weighed/index.html')), /explore\.js|id="weighing"|id="own-weights"/)
  assert.is(poor.has('explore.js'), false)
  assert.not.match(String(files.get('weighed/report.md')), /own weights\*|slider/)
})

test('says who is left out whatever the weights, and how much of a workload could be weighed', () => {
  const own = ownWeights(report)
  assert.equal(own?.aside, [
    'Loopback with direct I/O stays left out of “Databases” and “Mail and small files”, whatever the weights: a flush of the guest does not reach the medium, as its author declares.',
  ])
  assert.equal(
    own?.data.presets.map(({ title, covered }) => [title, covered]),
    [
      ['Streaming and backups', 95],
      ['Databases', 75],
      ['Mail and small files', 35],
      ['Many guests on one host', 40],
      ['General purpose', 80],
      ['All alike', null],
    ],
  )
  assert.is(own?.data.presets[own.data.start]?.title, 'General purpose')
})

test('holds whatever a title holds as text', async () => {
  const evil = `</script><!--<script>alert(1)</script>\u2028 & \u202e"x"`
  const { files: evilFiles } = await weighedStudy({ title: evil })
  const html = String(evilFiles.get('weighed/index.html'))
  assert.is(html.split('<script').length, 4, 'two scripts and data, and no fourth')
  const data = /<script type="application\/json" id="weighing">(.*?)<\/script>/.exec(html)?.[1] ?? ''
  assert.not.match(data, /[<>&\u2028\u202e]/)
  const { backends: titles } = JSON.parse(data) as { backends: string[] }
  assert.ok(titles.includes(evil.replace('\u202e', '\ufffd')))
})

test('comes as JSON that cannot end its element', () => {
  const value = { a: ['</script>', '<!--', '\u2028\u2029', '&amp;'], b: 1 }
  assert.not.match(jsonInHtml(value), /[<>&\u2028\u2029]/)
  assert.equal(JSON.parse(jsonInHtml(value)), value)
})

test.run()
