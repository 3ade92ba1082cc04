/** A chart as files of its own: a picture that says what it is, a specification for any editor, numbers with units. */
import * as assert from 'uvu/assert'
import { chartCsv, stockSpec } from '../../src/report/chart-files.ts'
import { citation } from '../../src/report/provenance.ts'
import { suite } from '../suite.ts'
import { CROWDED, EIGHT } from './crowded-reports.ts'
import { DRESSING, FROM, figuresOf, fileOf, picturesOf, shownTexts } from './drawn.ts'
import { ALL, HOSTILE, report, SEED, spread } from './sample-reports.ts'

const EVERY = Object.entries({ ...ALL, ...CROWDED })

const test = suite('charts as files')

test('a picture brings its colours, its fonts and its surface along, and nothing that it does not use', async () => {
  for (const picture of await picturesOf(SEED)) {
    const file = fileOf(picture)
    assert.match(file, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    assert.match(
      file,
      /<style>[^<]*prefers-color-scheme: dark[^<]*@media print[^<]*font-family[^<]*<\/style><rect /,
    )
    assert.match(file, /<\/svg>\n$/)
    const used = new Set([...file.matchAll(/var\((--[a-z0-9-]+)\)/g)].map((match) => match[1] ?? ''))
    const brought = new Set([...file.matchAll(/(--[a-z0-9-]+): #/g)].map((match) => match[1] ?? ''))
    assert.equal([...brought].sort(), [...used].sort())
  }
})

for (const [name, of] of EVERY) {
  test(`${name}: a picture says what it shows, by its title, its subtitle and its key`, async () => {
    for (const picture of await picturesOf(of)) {
      const texts = shownTexts(fileOf(picture)).join('').replace(/\s/g, '')
      const { title, subtitle, key } = picture.figure
      for (const words of [title, subtitle, ...key.map((entry) => entry.label)]) {
        const plain = words.replace(/[&<>"'\u0000\s]/g, '')
        assert.ok(
          texts.replace(/&(?:amp|lt|gt|quot|#39);|\ufffd/g, '').includes(plain),
          `${picture.id}: ${words}`,
        )
      }
    }
  })
}

test('a picture names its study, its authors, its source, its outputs and their licence', async () => {
  const [picture] = await picturesOf(SEED)
  const file = picture ? fileOf(picture) : ''
  const told = /<metadata>(.*)<\/metadata>/.exec(file)?.[1] ?? ''
  for (const element of [
    '<dc:creator>B. &lt;Writer&gt;</dc:creator>',
    '<dc:creator>bonnie-report</dc:creator>',
    '<dc:date>2010-06</dc:date>',
    '<dc:relation>Loopback or blktap?</dc:relation>',
    '<dc:source>https://example.org/page?a=1&amp;b=2</dc:source>',
    '<dc:source>blktap/vm101.txt</dc:source>',
    '<dc:rights>Outputs: CC BY 4.0</dc:rights>',
  ])
    assert.ok(told.includes(element), element)
  assert.match(file, /<\/title><desc [^>]*>[^<]+<\/desc><metadata>/)
})

test('texts keep their room in any font, but where a character was not measured', async () => {
  const of = report([{ id: 'a', title: 'מטמון', cells: { put_block: spread(9_000, 2) } }])
  for (const picture of await picturesOf(of)) {
    for (const [, attributes = '', text = ''] of fileOf(picture).matchAll(/<text([^>]*)>([^<]*)<\/text>/g)) {
      assert.is(/ textLength="[\d.]+" lengthAdjust/.test(attributes), !text.includes('מ'), text)
    }
  }
})

test('a specification is drawn by a Vega that knows nothing of ours, without a warning', async () => {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  for (const [name, of] of EVERY) {
    for (const figure of figuresOf(of)) {
      for (const chart of figure.charts) {
        const spec = stockSpec({ chart, figure }, DRESSING)
        assert.equal(JSON.parse(JSON.stringify(spec)), spec)
        const warnings: string[] = []
        const note = (...words: unknown[]) => {
          warnings.push(words.join(' '))
          return logger
        }
        const logger = {
          level: () => logger,
          error: note,
          warn: note,
          info: () => logger,
          debug: () => logger,
        }
        const plain = spec as unknown as Parameters<typeof vegaLite.compile>[0]
        const compiled = vegaLite.compile(plain, { logger: logger as never }).spec
        const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: logger as never })
        const svg = await view.toSVG()
        view.finalize()
        assert.equal(warnings, [], `${name} ${chart.id}`)
        assert.not.match(svg.replace(/>[^<]*</g, '><'), /var\(|NaN|undefined/, `${name} ${chart.id}`)
        assert.ok(shownTexts(svg).length > 0)
      }
    }
  }
})

test('a specification holds colours, and a backend may be called like one', () => {
  const of = report([{ id: 'a', title: 'var(--ink)', cells: { put_block: spread(9_000, 2) } }])
  for (const figure of figuresOf(of)) {
    for (const chart of figure.charts) {
      const text = JSON.stringify(stockSpec({ chart, figure }, DRESSING))
      assert.not.match(text, /"(?:colour|fill|stroke|labelColor|gridColor)":"var/)
      assert.match(text, '"#d55e00"')
      if (figure.id === 'sizes') assert.match(text, '"text":"var(--ink)"')
    }
  }
})

test('the data of a chart have rows of one length and units in their heads', () => {
  for (const [name, of] of EVERY) {
    for (const { id, charts } of figuresOf(of)) {
      for (const { data, id: chart } of charts) {
        assert.ok(data.rows.length > 0, `${name} ${chart}`)
        for (const row of data.rows) assert.is(row.length, data.head.length, `${name} ${chart}`)
        const units = { ratios: /MB_per_s|ratio/, sizes: /MB_per_s/, bounds: /per_s/, cost: /cpu_s_per_GiB/ }
        const others = { latency: /_us$/, runs: /MB_per_s|per_s/, weights: /percent/ }
        const unit = { ...units, ...others }[id]
        assert.ok(
          data.head.some((column) => unit?.test(column)),
          `${name} ${chart}: ${data.head}`,
        )
      }
    }
  }
})

test('a panel has its own rows, with numbers and not words', () => {
  const chart = figuresOf(SEED)
    .flatMap((figure) => figure.charts)
    .find(({ id }) => id === 'sizes-put-block')
  assert.is(
    chart && chartCsv(chart.data),
    'test,backend,rate_MB_per_s,known,low_MB_per_s,high_MB_per_s,confidence,runs,validity\n' +
      'put_block,loopback,18.5088,measured,,,,1,suspect\nput_block,blktap,95.7942,measured,,,,1,disk\n',
  )
})

test('a figure can be cited, with what is declared', () => {
  const figure = { id: 'ratios', title: 'blktap wrote blocks faster' }
  assert.is(
    citation(figure, FROM),
    'A. Author and B. <Writer> (2010-06): “blktap wrote blocks faster”. Figure in “Loopback or blktap?”, A blog. https://example.org/study/index.html#fig-ratios',
  )
  assert.is(
    citation(figure, { ...FROM, authors: [], date: null, address: null }),
    'A blog (no date): “blktap wrote blocks faster”. Figure in “Loopback or blktap?”.',
  )
})

test('what looks like markup stays text in every file', async () => {
  for (const picture of await picturesOf(HOSTILE)) assert.not.match(fileOf(picture), /<script|]]>|\u0000/)
  assert.ok(EIGHT.backends.length > 6)
})

test.run()
