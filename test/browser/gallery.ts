/**
 * Pictures of every page, to be looked at: `npm run gallery [-- part of a page's path …]` fills gallery/ with
 * `<page>-1280-light.png`, `-1280-dark.png`, `-360-light.png` and `-print.pdf`.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { launch } from './chromium.ts'
import { folderShelf, serve } from './server.ts'
import { SITE, sitePages, slugOf } from './site.ts'

const GALLERY = fileURLToPath(new URL('../../gallery', import.meta.url))
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
] as const

/** Of a longer page the begin: Chromium takes no picture of all of it. */
const TALLEST = 12_000

async function photograph(browser: Browser, address: string, slug: string): Promise<void> {
  for (const { width, colorScheme } of LOOKS) {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme,
      deviceScaleFactor: 1,
    })
    await page.goto(address)
    await page.evaluate('document.fonts.ready')
    const height = await page.evaluate<number>('document.documentElement.scrollHeight')
    await page.screenshot({
      path: path.join(GALLERY, `${slug}-${width}-${colorScheme}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
    })
    await page.close()
  }
}

async function print(browser: Browser, address: string, slug: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(address)
  await page.evaluate('document.fonts.ready')
  const file = path.join(GALLERY, `${slug}-print.pdf`)
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true })
  await page.close()
}

const filters = process.argv.slice(2)
const pages = sitePages().filter(
  (page) => filters.length === 0 || filters.some((part) => page.includes(part)),
)
mkdirSync(GALLERY, { recursive: true })
const server = await serve(folderShelf(SITE))
const browser = await launch()
for (const page of pages) {
  await photograph(browser, server.address + page, slugOf(page))
  await print(browser, server.address + page, slugOf(page))
  console.log(slugOf(page))
}
await browser.close()
await server.close()
