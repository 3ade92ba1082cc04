import { readVersion, TEMPLATES_FOLDER } from '../package.ts'
import { prepared } from '../prepared.ts'
import { type Roots, type Sealed, Sealing } from '../publish/seal.ts'
import type { Results } from './results.ts'

/** A whole site before it is written. */
export interface Site extends Sealed {
  readonly roots: Roots
  /** Forgets what was drawn. */
  close(): void
}

/**
 * The site of results that were judged. `oldSite` is a folder whose pictures may be taken over where they were drawn
 * from the same words; with null, all are drawn.
 */
export async function drawSite(
  { library, templates, studies, folder }: Results,
  siteUrl: string | undefined,
  oldSite: string | null,
): Promise<Site> {
  const reports = studies.map(({ report }) => report)
  const address = siteUrl === undefined ? {} : { siteUrl }
  // what filters do without is loaded only here
  const { expectPictures, openPictures } = await import('../pictures.ts')
  expectPictures(oldSite)
  const { publishing } = await import('../build.ts')
  const roots = { results: folder, templates: TEMPLATES_FOLDER }
  const program = { name: 'bonnie-report', version: readVersion() }
  const sealing = new Sealing(roots, { program, ...address, inputs: library.inputs })
  const draw = openPictures(templates, oldSite)
  const close = () => sealing.close()
  try {
    for await (const part of publishing(reports, library, templates, { ...address, keep: prepared }))
      sealing.add(await draw(part))
    return { ...sealing.end(), roots, close }
  } catch (error) {
    close()
    throw error
  }
}
