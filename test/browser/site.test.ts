/**
 * Every page of the site, as its readers see it. What is looked for stands in layout.js, axe.js and inspector.ts;
 * the looks that pages seldom get stand in site-in-full.ts.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { nothingWrong } from './faults.ts'
import { type Inspector, startInspector } from './inspector.ts'
import { folderShelf, type Server, serve } from './server.ts'
import {
  addressOf,
  furtherSavedPages,
  onePageOfEachTemplate,
  publishedAddress,
  SITE,
  sitePages,
} from './site.ts'

const test = suite('the pages of the site')
const pages = sitePages()
const samples = onePageOfEachTemplate().filter((page) => page !== '404.html')
const published = publishedAddress()

let inspector: Inspector
let atRoot: Server
let below: Server

test.before(async () => {
  atRoot = await serve(folderShelf(SITE))
  below = await serve(folderShelf(SITE), '/x/y/')
  inspector = await startInspector(published ? { address: published, from: atRoot.address } : undefined)
})

test.after(async () => {
  await inspector.close()
  await atRoot.close()
  await below.close()
})

test('are there', () => {
  assert.ok(pages.includes('index.html'), 'site/ has no index.html: run npm run build')
})

const glancedAt = new Set(furtherSavedPages())

for (const page of pages) {
  test(page, async () => {
    const home = page === '404.html' && published ? published : atRoot.address
    const look = glancedAt.has(page) ? inspector.glance : inspector.inspect
    nothingWrong(await look(home + addressOf(page)))
  })
}

for (const page of samples) {
  test(`${page} in a folder of a host`, async () => {
    nothingWrong(await inspector.glance(below.address + addressOf(page)))
  })

  test(`${page} with a keyboard, wide text spacing and no motion`, async () => {
    nothingWrong(await inspector.lacks(atRoot.address + addressOf(page)))
  })

  test(`${page} from the disk`, async () => {
    nothingWrong(await inspector.glance(pathToFileURL(path.join(SITE, page)).href))
  })
}

test.run()
