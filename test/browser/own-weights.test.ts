/** The reader's own weights in a real browser: by keyboard, in the address, without JavaScript, from the disk. */
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { launch } from './chromium.ts'
import { nothingWrong } from './faults.ts'
import { type Inspector, startInspector } from './inspector.ts'
import { folderShelf, type Server, serve } from './server.ts'
import { type Written, writeWeighedSite } from './weighed-site.ts'

const PAGE = 'weighed/index.html'
const test = suite("the reader's own weights in a browser")
let site: Written
let server: Server
let browser: Browser
let inspector: Inspector

test.before(async () => {
  site = await writeWeighedSite()
  server = await serve(folderShelf(site.folder), '/x/y/')
  browser = await launch()
  inspector = await startInspector()
})

test.after(async () => {
  await browser.close()
  await inspector.close()
  await server.close()
  site.remove()
})

/** A fresh tab at an address below the site, and what went wrong in it. */
async function opened(fragment = '', home = server.address): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${home}${PAGE}${fragment}`)
  return { page, faults }
}

const order = (page: Page) => page.locator('.own tbody th').allInnerTexts()
const address = (page: Page) => new URL(page.url()).hash
const said = (page: Page) => page.locator('.own .says').innerText()
/** Until the sliders have come to rest, and the address and the sentences follow. */
const rested = (page: Page) => page.locator('.own .says:not([aria-busy])').waitFor()
const slider = (page: Page, name: string) => page.getByRole('slider', { name })

function valuesOf(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(
    "[...document.querySelectorAll('.own input')].map((one) => Number(one.value))",
  )
}

const GENERAL = [15, 15, 20, 25, 5]

test('begin with general use, and the address as it was', async () => {
  const { page, faults } = await opened()
  assert.equal(await valuesOf(page), GENERAL)
  assert.is(address(page), '')
  assert.equal(await order(page), ['loopback with direct I/O', 'blktap', 'LVM'])
  assert.match(await said(page), 'By your weights loopback with direct I/O comes first')
  assert.match(await said(page), 'carries 80 % of the weight of “General purpose”')
  assert.equal(faults, [])
  await page.close()
})

test('follow the keyboard: order, share, address and what is said', async () => {
  const { page, faults } = await opened()
  await slider(page, 'Block write').focus()
  await page.keyboard.press('End')
  for (const name of ['Rewrite', 'Block read', 'Random seeks', 'Low CPU cost in the guest']) {
    await page.keyboard.press('Tab')
    assert.is(await page.evaluate<string>('document.activeElement.labels[0].textContent'), name)
    await page.keyboard.press('Home')
  }
  assert.equal(await order(page), ['LVM', 'loopback with direct I/O', 'blktap'], 'at once')
  assert.is(await slider(page, 'Block write').getAttribute('aria-valuetext'), '100: 100 % of the weight')
  await rested(page)
  assert.is(address(page), '#weights=put_block:100')
  assert.match(
    await said(page),
    /^By your weights LVM comes first: it scores 1\.15 times as high as loopback with direct I\/O/,
  )
  await page.keyboard.press('ArrowRight')
  await rested(page)
  assert.is(address(page), '#weights=put_block:100,cpu:1')
  assert.equal(faults, [])
  await page.close()
})

test('come back on reload, and go back and forward', async () => {
  const { page } = await opened()
  await page.getByRole('button', { name: 'Streaming and backups' }).click()
  await rested(page)
  assert.is(address(page), '#weights=put_block:40,rewrite:10,get_block:35,cpu:10')
  await slider(page, 'Random seeks').fill('70')
  await rested(page)
  const both = '#weights=put_block:40,rewrite:10,get_block:35,seeks:70,cpu:10'
  assert.is(address(page), both)
  await page.reload()
  assert.equal(await valuesOf(page), [40, 10, 35, 70, 10])
  await page.goBack()
  assert.equal(await valuesOf(page), [40, 10, 35, 0, 10])
  await page.goBack()
  assert.equal(await valuesOf(page), GENERAL)
  await page.goForward()
  await page.goForward()
  assert.equal(await valuesOf(page), [40, 10, 35, 70, 10])
  await page.getByRole('button', { name: 'Reset' }).click()
  await rested(page)
  assert.is(address(page), '')
  assert.equal(await valuesOf(page), GENERAL)
  await page.close()
})

test('leave other fragments to the page, and stay as they are', async () => {
  const { page } = await opened('#weights=seeks:90')
  await page.locator('.toc a').first().click()
  const fragment = address(page)
  assert.ok(fragment.length > 1 && !fragment.includes('weights'))
  assert.equal(await valuesOf(page), [0, 0, 0, 90, 0])
  await page.reload()
  assert.is(address(page), fragment)
  assert.equal(await valuesOf(page), [0, 0, 0, 90, 0])
  await page.goBack()
  assert.is(address(page), '#weights=seeks:90')
  await page.close()
})

test('lead whoever follows a link with weights to them', async () => {
  const { page } = await opened('#weights=seeks:90')
  assert.is(await page.getByRole('heading', { name: 'Your own weights' }).isVisible(), true)
  const top = await page.evaluate<number>("document.querySelector('.own').getBoundingClientRect().top")
  assert.ok(top >= 0 && top < 100, `${top} px from the top`)
  await page.close()
})

test('do not mind a hostile address', async () => {
  for (const fragment of [
    '#weights=put_block:40<img src=x onerror=alert(1)>',
    '#weights=__proto__:40,constructor:1',
    '#weights=put_block:1e99',
    '#weights=%E0%A4%A',
    `#weights=${'put_block:1,'.repeat(3000)}`,
  ]) {
    const { page, faults } = await opened(fragment)
    assert.equal(await valuesOf(page), GENERAL, fragment.slice(0, 60))
    assert.equal(faults, [])
    await page.close()
  }
})

test('say so where nothing weighs anything', async () => {
  const { page, faults } = await opened('#weights=seeks:1')
  await slider(page, 'Random seeks').fill('0')
  await rested(page)
  assert.match(await said(page), 'Give at least one of them some weight.')
  assert.equal(
    await page.locator('.own tbody td').allInnerTexts(),
    Array.from({ length: 6 }, () => '–'),
  )
  assert.is(address(page), '#weights=seeks:1')
  assert.equal(faults, [])
  await page.close()
})

test('have names, one live region, and targets that can be hit', async () => {
  const { page } = await opened()
  const own = page.locator('.own')
  assert.is(await own.locator('[aria-live="polite"], [role=status]').count(), 1)
  assert.is(await own.locator('output:not([aria-live="off"])').count(), 0)
  for (const target of await own.locator('button, input').all()) {
    const box = await target.boundingBox()
    assert.ok((box?.height ?? 0) >= 24 && (box?.width ?? 0) >= 24)
  }
  assert.is(await page.getByRole('slider').count(), 5)
  await page.close()
})

test('ask for nothing, and for the script only once', async () => {
  const page = await browser.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(server.address + PAGE)
  const before = asked.length
  await page.getByRole('button', { name: 'Databases' }).click()
  await rested(page)
  assert.is(asked.length, before)
  assert.is(asked.filter((url) => url.endsWith('/explore.js')).length, 1)
  await page.close()
})

test('work from the disk too', async () => {
  const { page, faults } = await opened('', `${pathToFileURL(site.folder).href}/`)
  await slider(page, 'Block write').focus()
  await page.keyboard.press('End')
  await rested(page)
  assert.match(address(page), /^#weights=put_block:100,/)
  await page.reload()
  assert.equal((await valuesOf(page))[0], 100)
  assert.equal(faults, [])
  await page.close()
})

test('leave the table of workloads to readers without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.address + PAGE)
  assert.is(await page.locator('.own').count(), 0)
  const workloads = page.getByRole('region', { name: 'Table: What to choose' })
  assert.is(await workloads.getByRole('rowheader', { name: 'Streaming and backups' }).isVisible(), true)
  await context.close()
})

for (const fragment of ['', '#weights=put_block:90,cpu:3']) {
  test(`look right in every width and theme${fragment && ', with weights in the address'}`, async () => {
    nothingWrong(await inspector.inspect(server.address + PAGE + fragment))
  })
}

test('can be reached and seen with the keyboard and with wide spacing', async () => {
  nothingWrong(await inspector.lacks(server.address + PAGE))
})

test.run()
