/** The tests that every article of the gallery has to pass in a browser, as many of them as there is time for. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gallery } from '../gallery/gallery.ts'
import { suite } from '../suite.ts'
import { nothingWrong } from './faults.ts'
import { type Inspector, startInspector } from './inspector.ts'
import { folderShelf, type Server, serve } from './server.ts'

/** Registers and runs them for the articles of these studies. */
export function articlesStand(title: string, slugs: readonly string[]): void {
  const test = suite(title)
  let site: string
  let inspector: Inspector
  let atRoot: Server
  let below: Server

  test.before(async () => {
    site = (await gallery()).site
    atRoot = await serve(folderShelf(site))
    below = await serve(folderShelf(site), '/x/y/')
    inspector = await startInspector()
  })

  test.after(async () => {
    await inspector.close()
    await atRoot.close()
    await below.close()
  })

  for (const slug of slugs) {
    test(`${slug} on a phone and a desk, by day and night, with and without JavaScript`, async () => {
      nothingWrong(await inspector.inspect(`${atRoot.address}${slug}/`))
    })

    test(`${slug} at other widths, zoomed, in forced colours and on paper`, async () => {
      nothingWrong(await inspector.survey(`${atRoot.address}${slug}/`))
    })

    test(`${slug} with a keyboard, wide text spacing and no motion`, async () => {
      nothingWrong(await inspector.lacks(`${atRoot.address}${slug}/`))
    })

    test(`${slug} from the disk and in a folder of a host`, async () => {
      nothingWrong(await inspector.glance(pathToFileURL(path.join(site, slug, 'index.html')).href))
      nothingWrong(await inspector.glance(`${below.address}${slug}/`))
    })
  }

  test.run()
}
