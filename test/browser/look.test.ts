/** Looking into a chart in a real browser: nothing before it is asked for, no eval, by keyboard, from the disk. */
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { launch } from './chromium.ts'
import { nothingWrong } from './faults.ts'
import { AXE, AXE_FAULTS, LAYOUT } from './in-page.ts'
import { folderShelf, type Server, serve } from './server.ts'
import { type Written, writeWeighedSite } from './weighed-site.ts'

const PAGE = 'weighed/index.html'
/** What axe cannot decide: the contrast of words in the charts. */
const PALE = `[...document.querySelectorAll('.look-chart text')]
  .filter((text) => text.textContent && contrastOf(text, 'fill') < 4.5)
  .map((text) => 'pale: ' + text.textContent)`

const test = suite('looking into a chart in a browser')
let site: Written
let server: Server
let browser: Browser

test.before(async () => {
  site = await writeWeighedSite()
  server = await serve(folderShelf(site.folder), '/x/y/')
  browser = await launch()
})

test.after(async () => {
  await browser.close()
  await server.close()
  site.remove()
})

interface Tab {
  readonly page: Page
  /** what was asked for, as paths below the site */
  readonly asked: string[]
  readonly faults: string[]
}

async function opened(home = server.address, width = 1280): Promise<Tab> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' })
  const [asked, faults]: [string[], string[]] = [[], []]
  page.on('request', (request) => asked.push(request.url().replace(home, '')))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(home + PAGE)
  return { page, asked, faults }
}

const opener = (page: Page) => page.locator('.look-open').first()
const move = (page: Page, name: string) => page.locator('.look').first().getByRole('button', { name }).click()

/** Opens the first chart and waits until it is drawn. */
async function look(page: Page): Promise<void> {
  await opener(page).click()
  await page.locator('.look-chart svg').first().waitFor()
  await page.locator('.look-tools').first().waitFor()
}

/** The labels of the moving axis, which tell what part of it is in view. */
async function ticks(page: Page): Promise<string> {
  await page.waitForTimeout(100)
  const texts = await page.locator('.look-chart').first().locator('.role-axis-label text').allInnerTexts()
  return texts.join(' ')
}

test('asks for nothing before it is asked', async () => {
  const { page, asked, faults } = await opened()
  assert.is(await opener(page).isVisible(), true)
  assert.equal(
    asked.filter((path) => path.endsWith('.js')),
    ['explore.js', 'look.js'],
  )
  await look(page)
  const later = asked.filter((path) => path.endsWith('.js')).slice(2)
  assert.is(later[0], 'vendor/vega.js')
  assert.ok(
    later.length > 1 && later.slice(1).every((path) => /^weighed\/charts\/[a-z0-9-]+\.look\.js$/.test(path)),
  )
  assert.equal(faults, [])
  await page.close()
})

test('zooms and moves along the axis with the keyboard alone, and closes', async () => {
  const { page, faults } = await opened()
  await opener(page).focus()
  await page.keyboard.press('Enter')
  await page.locator('.look-tools').first().waitFor()
  assert.is(await opener(page).getAttribute('aria-expanded'), 'true')
  const whole = await ticks(page)
  await page.keyboard.press('Tab')
  assert.is(await page.evaluate<string>('document.activeElement.textContent'), 'Zoom in')
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Enter')
  const near = await ticks(page)
  assert.ok(near !== whole && near !== '')
  await move(page, 'Move right')
  assert.ok((await ticks(page)) !== near)
  await move(page, 'Whole axis')
  assert.is(await ticks(page), whole)
  await opener(page).focus()
  await page.keyboard.press('Enter')
  assert.is(await page.locator('.look').first().isVisible(), false)
  assert.is(await page.locator('.look-chart').count(), 0)
  assert.equal(faults, [])
  await page.close()
})

test('follows the pointer: a drag, the wheel with Ctrl, and a number for a mark', async () => {
  const { page, faults } = await opened()
  await look(page)
  await move(page, 'Zoom in')
  const near = await ticks(page)
  const chart = page.locator('.look-chart').first()
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 90, y, { steps: 5 })
  await page.mouse.up()
  const dragged = await ticks(page)
  assert.ok(dragged !== near, 'dragged')
  await page.mouse.wheel(0, 100)
  assert.is(await ticks(page), dragged, 'a plain wheel scrolls the page')
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, 100)
  await page.keyboard.up('Control')
  assert.ok((await ticks(page)) !== dragged, 'zoomed')
  await move(page, 'Whole axis')
  await ticks(page)
  await page.locator('.look-chart .mark-symbol path[fill^="var(--mark"]').first().hover()
  assert.match(await page.locator('.look-says').first().innerText(), /^.+: (?:at least |at most )?[\d.,]+/)
  assert.equal(faults, [])
  await page.close()
})

test('says so where the files are missing, and works when they are back', async () => {
  const { page } = await opened()
  await page.route('**/vendor/vega.js', (route) => route.abort())
  await opener(page).click()
  const says = page.locator('.look-says').first()
  await says.getByText('could not be loaded').waitFor()
  assert.is(await page.locator('.look-tools').first().isVisible(), false)
  await page.unroute('**/vendor/vega.js')
  await opener(page).click()
  await look(page)
  assert.match(await says.innerText(), /^Point at a mark/)
  await page.close()
})

test('works from the disk', async () => {
  const { page, faults } = await opened(`${pathToFileURL(site.folder).href}/`)
  await look(page)
  assert.ok((await ticks(page)).length > 0)
  assert.equal(faults, [])
  await page.close()
})

test('does not let a page run what is not a file of the site', async () => {
  const { page } = await opened()
  await look(page)
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  assert.match(policy ?? '', "script-src 'self';")
  assert.not.match(policy ?? '', /unsafe/)
  await page.close()
})

for (const width of [320, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`looks right at ${width} px, ${colorScheme}`, async () => {
      const { page, faults } = await opened(server.address, width)
      await page.emulateMedia({ colorScheme })
      for (const button of await page.locator('.look-open').all()) await button.click()
      await page.locator('.look-tools').last().waitFor()
      const seen = await page.evaluate<string[]>(LAYOUT)
      await page.evaluate(AXE)
      const objections = await page.evaluate<string[]>(AXE_FAULTS)
      nothingWrong([...seen, ...objections, ...(await page.evaluate<string[]>(PALE)), ...faults])
      await page.close()
    })
  }
}

test.run()
