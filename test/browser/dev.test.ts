/** `dev` in a real browser: pages load again in place, and errors are shown as text. */
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { startDev } from '../../src/commands/dev.ts'
import { callFor } from '../dev/call.ts'
import { tidy, tree } from '../folders.ts'
import { PAYLOADS } from '../hostile/payloads.ts'
import { CASES, recorder } from '../program.ts'
import { suite } from '../suite.ts'
import { launch } from './chromium.ts'

const test = suite('dev in a browser')
let browser: Browser
let results: string
let service: Awaited<ReturnType<typeof startDev>>

test.before(async () => {
  browser = await launch()
})
test.before.each(async () => {
  results = path.join(tree({}), 'results')
  cpSync(path.join(CASES, 'inputs/lab'), results, { recursive: true })
  service = await startDev(callFor(results, recorder().io), 0)
})
test.after.each(() => {
  service.close()
  tidy()
})
test.after(() => browser.close())

/** A page of the site, and what went wrong on it. */
async function opened(name: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 800, height: 500 }, reducedMotion: 'reduce' })
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(service.address + name)
  return { page, faults }
}

const AT_A_TIME = 8

const study = () => path.join(results, 'new/study.md')
const problems = (page: Page) => page.locator('#dev-problems pre')

test('loads a page again in place when the prose is edited, however the editor saves', async () => {
  const { page, faults } = await opened('new/')
  await page.evaluate('window.scrollTo(0, 700)')
  appendFileSync(study(), '\nThe first new sentence.\n')
  await page.getByText('The first new sentence.').waitFor()
  // the browser scrolls back when the page has been laid out
  while ((await page.evaluate('window.scrollY')) !== 700) await page.waitForTimeout(20)
  writeFileSync(
    path.join(results, 'new/.study.md.swp'),
    `${readFileSync(study(), 'utf8')}\nThe second one.\n`,
  )
  renameSync(path.join(results, 'new/.study.md.swp'), study())
  await page.getByText('The second one.').waitFor()
  assert.equal(faults, [])
  await page.close()
})

test('loads every open page again, also one that runs no script in the site', async () => {
  const tabs = await Promise.all(['', 'method/', 'new/'].map(opened))
  for (const { page } of tabs) await page.evaluate('globalThis.old = true')
  writeFileSync(path.join(results, 'site.yaml'), 'title: Another name\n')
  for (const { page, faults } of tabs) {
    await page.locator('.brand', { hasText: 'Another name' }).waitFor()
    assert.is(await page.evaluate('typeof globalThis.old'), 'undefined')
    assert.equal(faults, [])
    await page.close()
  }
})

test('shows an error with its place, as text and nothing else, until it is mended', async () => {
  const { page, faults } = await opened('old/')
  const good = readFileSync(study())
  writeFileSync(study(), '---\n<img src=x onerror="document.title=1">: 1\n---\n')
  await problems(page).waitFor()
  const text = await problems(page).innerText()
  assert.match(text, 'new/study.md:2:1: error: ')
  assert.match(text, '<img src=x')
  assert.is(await page.locator('#dev-problems img').count(), 0)
  await page.locator('#dev-problems button').click()
  assert.is(await problems(page).count(), 0)
  await page.reload()
  await problems(page).waitFor()
  writeFileSync(study(), good)
  await problems(page).waitFor({ state: 'detached' })
  assert.equal(faults, [])
  await page.close()
})

test('shows every payload as text: none runs, makes an element, or asks another host', async () => {
  const { page, faults } = await opened('old/')
  page.on('dialog', (dialog) => faults.push(`opens ${dialog.message()}`) && dialog.dismiss())
  page.on('request', (request) => {
    const { hostname } = new URL(request.url())
    if (hostname !== '127.0.0.1') faults.push(`asks ${request.url()}`)
  })
  // of many problems only the first are shown, and of a long line its beginning
  const payloads = Object.values(PAYLOADS).filter(({ length }) => length < 1000)
  for (let from = 0; from < payloads.length; from += AT_A_TIME) {
    const some = payloads.slice(from, from + AT_A_TIME)
    const files = some.map((payload, i) => {
      const name = payload.replace(/[/\0\ud800-\udfff]/g, ' ').slice(0, 40)
      return path.join(path.dirname(study()), `${from + i} ${name}`)
    })
    for (const [i, file] of files.entries()) writeFileSync(file, some[i] ?? '')
    for (const i of some.keys())
      await problems(page)
        .filter({ hasText: `new/${from + i} ` })
        .waitFor()
    const shown = (await problems(page).textContent()) ?? ''
    const plain = some.filter((payload) => /^[!-~][ -~]{0,60}$/.test(payload))
    for (const payload of plain) assert.ok(shown.includes(payload), payload)
    for (const file of files) rmSync(file)
  }
  const elements = await page.evaluate(
    "[...document.querySelectorAll('#dev-problems *')].map((e) => e.localName).join()",
  )
  assert.is(elements, 'button,pre')
  assert.equal(faults, [])
  await page.close()
})

test('shows a page as soon as there is one', async () => {
  renameSync(results, `${results}-away`)
  service.close()
  service = await startDev(callFor(results, recorder().io), 0)
  const page = await browser.newPage()
  await page.goto(service.address)
  await page.getByText('There is nothing to show yet.').waitFor()
  await page.getByText('This folder does not exist.').waitFor()
  renameSync(`${results}-away`, results)
  await page.locator('h1').waitFor()
  assert.is(await problems(page).count(), 0)
  await page.close()
})

test.run()
