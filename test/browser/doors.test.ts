/** A number of an article is a door: who goes through it stands before the very number, without JavaScript too. */
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { launch } from './chromium.ts'
import { folderShelf, type Server, serve } from './server.ts'
import { SITE } from './site.ts'

const test = suite('going through the doors')
let server: Server
let browser: Browser
let page: Page

test.before(async () => {
  server = await serve(folderShelf(SITE))
  browser = await launch()
  const context = await browser.newContext({ javaScriptEnabled: false })
  page = await context.newPage()
  await page.setViewportSize({ width: 320, height: 700 })
})

test.after(async () => {
  await browser.close()
  await server.close()
})

interface Arrival {
  readonly text: string
  /** the rectangle of what the address names lies in the window */
  readonly inView: boolean
  readonly isMarked: boolean
  readonly isSideways: boolean
}

/** What the address of the page names, as it is seen. */
async function arrival(): Promise<Arrival> {
  return page.evaluate<Arrival>(`(() => {
    const target = document.querySelector(':target')
    const { left, top, right, bottom } = target.getBoundingClientRect()
    const style = getComputedStyle(target)
    const scroller = target.closest('.scroll')?.getBoundingClientRect()
    return {
      text: target.textContent,
      inView: top >= 0 && bottom <= innerHeight && left >= (scroller?.left ?? 0) && right <= (scroller?.right ?? innerWidth),
      isMarked: style.fontWeight === '700' && style.backgroundColor !== 'rgba(0, 0, 0, 0)',
      isSideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }
  })()`)
}

/** Clicks and waits for the page behind. */
async function through(link: string): Promise<Arrival> {
  await page.locator(link).first().click()
  await page.waitForLoadState()
  return arrival()
}

const CELL = { inView: true, isMarked: true, isSideways: false }

test('a hero number leads to the cell, and the cell to how it was judged', async () => {
  await page.goto(`${server.address}xen-file-backed-vbd/index.html`)
  assert.equal(await through('.stat a:text-is("18.5")'), { ...CELL, text: '18075' })
  assert.match(page.url(), 'raw/loopback/vm101.txt.view/index.html#L4C31')
  const { text, inView } = await through(':target')
  assert.equal({ text, inView }, { text: 'Block write of loopback', inView: true })
})

test('a ratio leads to the comparisons of its test', async () => {
  await page.goto(`${server.address}xen-file-backed-vbd/index.html`)
  const { text, inView } = await through('.stat a:text-is("5.18×")')
  assert.equal({ text, inView }, { text: 'Block write, compared', inView: true })
})

test('a median leads to its runs, and a run to its cell, however far to the right it stands', async () => {
  await page.goto(`${server.address}loop-direct-io-2026/index.html`)
  const door = 'a[href="numbers/index.html#random-delete-of-loopback"]'
  // it may stand in a table that is folded up
  await page.locator(`.prose > .scroll ${door}`).first().click()
  await page.waitForLoadState()
  assert.match((await arrival()).text, 'Random delete of loopback')
  const found = await through(':target ~ .scroll td a')
  assert.equal({ ...found, text: '' }, { ...CELL, text: '' })
  assert.match(found.text, /^\d+$/)
})

test('a line is shown less loudly than a cell', async () => {
  await page.goto(`${server.address}xen-file-backed-vbd/raw/loopback/vm101.txt.view/index.html#L4`)
  const line = await arrival()
  assert.match(line.text, /^vm101 /)
  assert.not.ok(line.isMarked)
})

test.run()
