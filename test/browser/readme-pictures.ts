/**
 * Pictures for the README, of the top of a page of the shipped site by day and by night:
 * `node --import tsx test/browser/readme-pictures.ts`. To be taken anew when the page has changed its look.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './chromium.ts'
import { SITE } from './site.ts'

const WIDTH = 1120
const MARGIN = 8

const browser = await launch()
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, colorScheme })
  await page.goto(pathToFileURL(path.join(SITE, 'xen-file-backed-vbd/index.html')).href)
  await page.evaluate('document.fonts.ready')
  const verdict = await page.locator('.card-main').first().boundingBox()
  const height = Math.ceil((verdict?.y ?? 0) + (verdict?.height ?? 0)) + MARGIN
  const file = path.join(import.meta.dirname, `../../docs/page-${colorScheme}.png`)
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height } })
}
await browser.close()
