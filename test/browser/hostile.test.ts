/** Payloads in a real browser: no script of theirs runs, no element of theirs appears, nothing is asked of another host. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { TEMPLATES_FOLDER } from '../../src/package.ts'
import { type Blog, hostileBlog } from '../hostile/blog.ts'
import { suite } from '../suite.ts'
import { launch } from './chromium.ts'
import { type Server, serve } from './server.ts'

const test = suite('payloads in a browser')

/** A page on which each guard has something to see. */
const RUNNING = `<!DOCTYPE html><title>x</title><p>x</p><script>alert(1)</script><img src="http://evil.example/x.png" onerror="1">`

let blog: Blog
let server: Server
let browser: Browser
let page: Page
const noticed = new Set<string>()

test.before(async () => {
  blog = await hostileBlog()
  server = await serve(async (place) => {
    if (place === 'running.html') return RUNNING
    const copy = blog.copies.get(place)
    return copy === undefined ? blog.files.get(place) : readFileSync(path.join(TEMPLATES_FOLDER, copy))
  })
  browser = await launch()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    async (route) => {
      noticed.add(`asks ${route.request().url()}`)
      await route.abort()
    },
  )
  page = await context.newPage()
  page.on('dialog', async (dialog) => {
    noticed.add(`opens ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('pageerror', (error) => noticed.add(error.message))
  page.on('framenavigated', (frame) => frame !== page.mainFrame() && noticed.add(`frames ${frame.url()}`))
})

test.after(async () => {
  await browser.close()
  await server.close()
})

/** Elements and attributes that no page of ours has. */
const STRANGE = `[...document.querySelectorAll('*')].flatMap((element) => [
  ...(['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'VIDEO', 'TEXTAREA', 'MARQUEE', 'MATH'].includes(element.tagName) ? [element.tagName] : []),
  ...[...element.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => element.tagName + ' ' + name),
])`

async function faultsOf(place: string): Promise<string[]> {
  noticed.clear()
  await page.goto(server.address + place.split('/').map(encodeURIComponent).join('/'))
  // what has only begun to run when the page has loaded
  await page.evaluate('new Promise((done) => setTimeout(done))')
  return [...noticed, ...(await page.evaluate<string[]>(STRANGE))]
}

test('are seen where they run', async () => {
  const faults = (await faultsOf('running.html')).join('\n')
  for (const fault of ['opens 1', 'asks http://evil.example/x.png', 'IMG onerror'])
    assert.match(faults, fault)
})

const kinds: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['the articles that say them', /^said-\d+\/index\.html$/],
  ['the articles that name backends by them', /^named-\d+\/index\.html$/],
  ['the pages that follow numbers', /^named-\d+\/numbers\/index\.html$/],
  ['the pages that show saved files', /^named-\d+\/raw\/b\d\/raw-\d\.txt\.view\/index\.html$/],
  ['the pages of all studies', /^(?:index|404|backends\/(?:index|lvm\/index)|method\/index)\.html$/],
]
for (const [name, pattern] of kinds) {
  test(`do nothing in ${name}`, async () => {
    const places = [...blog.files.keys()].filter((place) => pattern.test(place) && !/\p{Cs}/u.test(place))
    assert.ok(places.length > 0)
    for (const place of places) assert.equal(await faultsOf(place), [], place)
  })
}

test.run()
