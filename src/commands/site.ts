import type { SealedFile } from '../model/library.ts'
import { readVersion, TEMPLATES_FOLDER } from '../package.ts'
import { prepared } from '../prepared.ts'
import { type Roots, seal } from '../publish/seal.ts'
import type { Results } from './results.ts'

/** A whole site before it is written. */
export interface Site {
  /** its files by path, manifest.json among them */
  readonly files: ReadonlyMap<string, SealedFile>
  readonly roots: Roots
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
  const how = { ...address, keep: prepared }
  // what filters do without is loaded only here
  const { drawPictures, expectPictures } = await import('../pictures.ts')
  expectPictures(oldSite)
  const { publish } = await import('../build.ts')
  const drawn = await drawPictures(await publish(reports, library, templates, how), templates, oldSite)
  const roots = { results: folder, templates: TEMPLATES_FOLDER }
  const program = { name: 'bonnie-report', version: readVersion() }
  return { files: seal(drawn, roots, { program, ...address, inputs: library.inputs }), roots }
}
