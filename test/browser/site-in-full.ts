/**
 * Every article of the site, and a page of each other template, in the looks that pages seldom get, and every page of a
 * saved file at the usual ones: minutes, and so no part of `npm test`.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from '../suite.ts'
import { nothingWrong } from './faults.ts'
import { type Inspector, startInspector } from './inspector.ts'
import { folderShelf, type Server, serve } from './server.ts'
import {
  addressOf,
  articlePages,
  furtherSavedPages,
  onePageOfEachTemplate,
  publishedAddress,
  SITE,
} from './site.ts'

const test = suite('the pages of the site in every look')
const samples = onePageOfEachTemplate()
const articles = articlePages()
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

for (const page of new Set([...samples, ...articles])) {
  test(`${page} at other widths, zoomed, in forced colours and on paper`, async () => {
    const home = page === '404.html' && published ? published : atRoot.address
    nothingWrong(await inspector.survey(home + addressOf(page)))
  })
}

for (const page of articles.filter((article) => !samples.includes(article))) {
  test(`${page} with a keyboard, wide text spacing and no motion`, async () => {
    nothingWrong(await inspector.lacks(atRoot.address + addressOf(page)))
  })

  test(`${page} from the disk and in a folder of a host`, async () => {
    nothingWrong(await inspector.glance(pathToFileURL(path.join(SITE, page)).href))
    nothingWrong(await inspector.glance(below.address + addressOf(page)))
  })
}

for (const page of furtherSavedPages()) {
  test(page, async () => {
    nothingWrong(await inspector.inspect(atRoot.address + addressOf(page)))
  })
}

test.run()
