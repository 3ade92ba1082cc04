/** No link of the gallery leads nowhere, and every article of it is valid HTML. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nothingWrong } from '../browser/faults.ts'
import { brokenLinks } from '../browser/links.ts'
import { validate } from '../browser/valid-html.ts'
import { suite } from '../suite.ts'
import { filesBelow } from '../tree.ts'
import { type Gallery, gallery } from './gallery.ts'

const test = suite('the pages of the gallery')

let built: Gallery
test.before(async () => {
  built = await gallery()
})

const read = (file: string) => readFileSync(path.join(built.site, file), 'utf8')

test('lead nowhere but to files and ids that are there', () => {
  const files = filesBelow(built.site)
  // a saved file may be Markdown or a page itself: only what shows it is ours
  const ours = files.filter(
    (file) => /\.(html|md)$/.test(file) && (!file.includes('/raw/') || file.endsWith('.view/index.html')),
  )
  nothingWrong(brokenLinks({ files: new Set(files), texts: new Map(ours.map((file) => [file, read(file)])) }))
})

test('are valid HTML', async () => {
  const pages = ['index.html', ...built.reports.map(({ study }) => `${study.slug}/index.html`)]
  const faults = await Promise.all(pages.map((page) => validate(read(page), page)))
  nothingWrong(faults.flat())
})

test.run()
