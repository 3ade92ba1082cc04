import { knowledgeOf, publish } from './build.ts'
import { readTemplates } from './files.ts'
import { drawPictures, keepPictures } from './pictures.ts'
import { PREPARED, stocktaking } from './prepared.ts'
import { programOf } from './report/template-map.ts'

/*
 * Run once, when the program is compiled (tools/bundle.mjs). A site without studies asks for all that depends on no
 * results; and of the templates also those that only a study needs.
 */

/** What is made of the templates in a folder, as files beside the program: their texts by name. */
export async function prepare(folder: string): Promise<ReadonlyMap<string, string>> {
  const templates = readTemplates(folder)
  const { keep, text } = stocktaking()
  knowledgeOf(templates, keep)
  for (const [name, template] of templates) if (name.endsWith('.njk')) programOf(name, template, keep)
  const nothing = { siteText: null, folders: [], diagnostics: [] }
  const site = await publish([], nothing, templates, { keep })
  keepPictures(await drawPictures(site, templates, null, folder), keep)
  return new Map([[PREPARED, text()]])
}
