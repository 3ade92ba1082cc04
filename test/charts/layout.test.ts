/** Every chart in a real browser at its designed width, by day and by night: nothing clipped, nothing overlapping. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { MARGIN } from '../../src/report/chart-files.ts'
import { widthOf } from '../../src/report/charts/text.ts'
import { launch } from '../browser/chromium.ts'
import { LAYOUT } from '../browser/in-page.ts'
import { runs, suite } from '../suite.ts'
import { anyReport } from './any-report.ts'
import { CROWDED } from './crowded-reports.ts'
import { fileOf, METRICS, type Picture, picturesOf, TOKENS } from './drawn.ts'
import { ALL, SEED } from './sample-reports.ts'

const font = readFileSync(
  new URL('../../templates/fonts/source-sans-3-latin.woff2', import.meta.url),
).toString('base64')
const STYLE = `
  @font-face { font-family: "Source Sans 3"; src: url(data:font/woff2;base64,${font}) format("woff2"); font-weight: 200 900 }
  ${TOKENS}
  body { margin: 16px; background: var(--surface); color: var(--ink); font: 400 19px/1.6 "Source Sans 3" }
  svg.chart { display: block; max-width: 100%; height: auto; margin: 20px 0 }`

/** Marks and the bodies of arrows lie under no label. Text boxes are taller than their letters: 4 px are let off. */
const LABELS_ON_MARKS = `[...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  const name = svg.querySelector('title').textContent
  const boxes = (selector) => [...svg.querySelectorAll(selector)].map((e) => [e.textContent, e.getBoundingClientRect()])
  const marks = boxes('path[fill]').filter(([, box]) => box.width > 3 && box.width < 30)
  return boxes('text').flatMap(([text, a]) => marks.flatMap(([, b]) => {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    return width > 1 && height > 4 ? [name + ': "' + text + '" lies on a mark'] : []
  }))
})`

let browser: Browser | undefined

async function open(body: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  browser ??= await launch()
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  await page.setContent(
    `<!DOCTYPE html><html lang="en"><title>Charts</title><style>${STYLE}</style><h1>Charts</h1>${body}`,
  )
  return page
}

async function faults(
  pictures: readonly Picture[],
  width: number,
  theme: 'light' | 'dark',
  font = '"Source Sans 3"',
): Promise<string[]> {
  const other = `<style>svg.chart { font-family: ${font} !important; margin: 0 }</style>`
  const page = await open(`${pictures.map((each) => each.svg).join('\n')}${other}`, width, theme)
  const found = [
    ...((await page.evaluate(LAYOUT)) as string[]),
    ...((await page.evaluate(LABELS_ON_MARKS)) as string[]),
  ]
  await page.close()
  return found
}

const test = suite('charts in the browser')

test.after(async () => {
  await browser?.close()
})

for (const [name, report] of Object.entries({ ...ALL, ...CROWDED })) {
  test(`${name}: texts lie inside, apart, large and plain enough`, async () => {
    const pictures = await picturesOf(report)
    const wide = pictures.filter((each) => each.designed > 400)
    const narrow = pictures.filter((each) => each.designed <= 400)
    for (const theme of ['light', 'dark'] as const) {
      assert.is((await faults(wide, 800, theme)).join('\n'), '', `${theme}, wide`)
      // 320 px of screen less the margins: the narrow charts shrink a little and stay legible
      for (const width of [362, 320])
        assert.is((await faults(narrow, width, theme)).join('\n'), '', `${theme}, ${width}`)
    }
  })
}

test('no report whatever makes labels clip, overlap or lie on marks', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport(), async (report) => {
      const pictures = await picturesOf(report)
      const [wide, narrow] = [
        pictures.filter((p) => p.designed > 400),
        pictures.filter((p) => p.designed <= 400),
      ]
      assert.is(
        [...(await faults(wide, 800, 'light')), ...(await faults(narrow, 362, 'light'))].join('\n'),
        '',
      )
    }),
    { numRuns: runs(8) },
  )
})

test('a chart as a file of its own is well-formed XML and as large as it says', async () => {
  const page = await open('', 800, 'dark')
  for (const picture of await picturesOf(ALL.hostile ?? SEED)) {
    const file = fileOf(picture)
    const [natural, said] = (await page.evaluate(`(async (source) => {
      const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement
      const image = new Image()
      image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(source)
      await image.decode()
      return [[root.localName, image.naturalWidth, image.naturalHeight].join(), ['svg', root.getAttribute('width'), root.getAttribute('height')].join()]
    })(${JSON.stringify(file)})`)) as [string, string]
    assert.is(natural, said)
    assert.match(said, `svg,${picture.width + 2 * MARGIN},`)
  }
  await page.close()
})

for (const [name, report] of Object.entries({ ...ALL, ...CROWDED })) {
  test(`${name}: standing alone nothing overlaps either, in the font of the site and in a much wider one`, async () => {
    const files = (await picturesOf(report)).map((picture) => ({ ...picture, svg: fileOf(picture) }))
    for (const font of ['"Source Sans 3"', 'monospace'])
      assert.is((await faults(files, 820, 'dark', font)).join('\n'), '', font)
  })
}

test('letters of other scripts are no wider than labels reckon with', async () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))
  const letters = [
    ...range(0x5d0, 0x5ea),
    ...range(0x621, 0x64a),
    ...range(0x671, 0x6d3),
    ...'論理本書込みあ한中',
  ]
  const page = await open('<svg><text style="font: 600 100px \'Source Sans 3\'"></text></svg>', 800, 'light')
  const measured = (await page.evaluate(`(() => {
    const text = document.querySelector('text')
    return ${JSON.stringify(letters)}.map((letter) => { text.textContent = letter; return text.getComputedTextLength() })
  })()`)) as number[]
  for (const [i, letter] of letters.entries())
    assert.ok((measured[i] ?? 0) <= widthOf(letter, 100) + 0.5, `${letter}: ${measured[i]}`)
  await page.close()
})

test('the widths in metrics.json are those of the shipped font', async () => {
  const page = await open('', 800, 'light')
  const measured = (await page.evaluate(`(async () => {
    const context = document.createElement('canvas').getContext('2d')
    const widths = {}
    for (const [weight, table] of Object.entries(${JSON.stringify(METRICS.weights)})) {
      await document.fonts.load(weight + ' 20px "Source Sans 3"')
      context.font = weight + ' 1000px "Source Sans 3"'
      widths[weight] = Object.fromEntries(Object.keys(table).map((c) => [c, context.measureText(c).width]))
    }
    return widths
  })()`)) as Record<string, Record<string, number>>
  for (const [weight, table] of Object.entries(METRICS.weights)) {
    for (const [character, width] of Object.entries(table)) {
      const found = measured[weight]?.[character] ?? Number.NaN
      assert.ok(Math.abs(found - width) <= 1, `${character} at ${weight}: ${found}, written ${width}`)
    }
  }
  await page.close()
})

test.run()
