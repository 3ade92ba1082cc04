/*
 * Measures the advance widths of the font that the pages ship, in a browser, and writes templates/fonts/metrics.json,
 * so that headless layout and the reader's screen agree. To be run again when the font file changes:
 *
 *     node tools/font-metrics.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const FONT = new URL('../templates/fonts/source-sans-3-latin.woff2', import.meta.url)
const METRICS = new URL('../templates/fonts/metrics.json', import.meta.url)
const WEIGHTS = [400, 600, 700]
const UNITS_PER_EM = 1000

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))
const CHARACTERS = [...range(0x20, 0x7e), ...range(0xa0, 0xff), ...'–—‘’“”•…−']

const browser = await chromium.launch({
  executablePath: await sparticuz.executablePath(),
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  const page = await browser.newPage()
  const font = readFileSync(FONT).toString('base64')
  await page.setContent(
    `<style>@font-face { font-family: F; src: url(data:font/woff2;base64,${font}); font-weight: 200 900 }</style>`,
  )
  const weights = await page.evaluate(
    async ([characters, weights, size]) => {
      const context = document.createElement('canvas').getContext('2d')
      const width = (font, character) => {
        context.font = font
        return context.measureText(character).width
      }
      const result = {}
      for (const weight of weights) {
        await document.fonts.load(`${weight} 20px F`)
        // a character the font lacks is as wide as whatever stands behind it
        const has = (c) =>
          width(`${weight} ${size}px F, serif`, c) === width(`${weight} ${size}px F, monospace`, c)
        const known = characters.filter(has)
        result[weight] = Object.fromEntries(
          known.map((c) => [c, Math.round(width(`${weight} ${size}px F`, c))]),
        )
      }
      return result
    },
    [CHARACTERS, WEIGHTS, UNITS_PER_EM],
  )
  writeFileSync(
    METRICS,
    `${JSON.stringify({ family: 'Source Sans 3', unitsPerEm: UNITS_PER_EM, weights }, null, 1)}\n`,
  )
  const missing = CHARACTERS.filter((c) => !(c in weights[400]))
  console.log(
    `${CHARACTERS.length - missing.length} characters measured; the font lacks ${missing.join(' ') || 'none'}`,
  )
} finally {
  await browser.close()
}
