/**
 * Pictures of pages, to be looked at: `npm run gallery [-- [--site] part of a page's path …]` fills gallery/ with
 * `<page>-1280-light.png`, `-1280-dark.png`, `-360-light.png` and `-print.pdf`, tall pages in parts: of the articles of the made-up
 * studies of test/gallery/, or with --site of every page of the shipped site.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { gallery, gallerySlugs } from '../gallery/gallery.ts'
import { launch } from './chromium.ts'
import { folderShelf, serve } from './server.ts'
import { SITE, sitePages, slugOf } from './site.ts'

const GALLERY = fileURLToPath(new URL('../../gallery', import.meta.url))
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
] as const

/** Chromium paints no taller picture than some 16,000 px, and nobody looks at one. */
const MOST_PIXELS = 4000

/** Where the pictures of a tall page begin. */
function partsOf(height: number): number[] {
  return Array.from({ length: Math.ceil(height / MOST_PIXELS) }, (_, part) => part * MOST_PIXELS)
}

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
    for (const [part, y] of partsOf(height).entries()) {
      const name = `${slug}-${width}-${colorScheme}${part === 0 ? '' : `-${part + 1}`}.png`
      const clip = { x: 0, y, width, height: Math.min(MOST_PIXELS, height - y) }
      await page.screenshot({ path: path.join(GALLERY, name), fullPage: true, clip })
    }
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { site: { type: 'boolean', default: false } },
})
const candidates = values.site ? sitePages() : gallerySlugs().map((slug) => `${slug}/index.html`)
const pages = candidates.filter(
  (page) => positionals.length === 0 || positionals.some((part) => page.includes(part)),
)
if (pages.length === 0) {
  console.error(`No page's path contains ${positionals.join(' or ')}.`)
  process.exit(1)
}
mkdirSync(GALLERY, { recursive: true })
const server = await serve(folderShelf(values.site ? SITE : (await gallery()).site))
const browser = await launch()
for (const page of pages) {
  await photograph(browser, server.address + page, slugOf(page))
  await print(browser, server.address + page, slugOf(page))
  console.log(slugOf(page))
}
await browser.close()
await server.close()
