/**
 * A blog of studies made by code, as various as readers and authors are, built as any blog is: saved outputs on the
 * disk, read, judged and published. Its pages have to pass whatever the shipped ones do.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { Report } from '../../src/model/report.ts'
import { TEMPLATES_FOLDER } from '../../src/package.ts'
import { drawPictures } from '../../src/pictures.ts'
import { seal } from '../../src/publish/seal.ts'
import { writeSite } from '../../src/site-files.ts'
import { NAMED, PICTURES } from './named-studies.ts'
import { MEASURED } from './studies.ts'

export interface Gallery {
  /** Where its site lies until the process ends. */
  readonly site: string
  readonly reports: readonly Report[]
}

let built: Promise<Gallery> | undefined

/** The studies it is made of, in order, without reading them. */
export function gallerySlugs(): string[] {
  const names = [...MEASURED, ...NAMED].flatMap((tree) => Object.keys(tree))
  const folders = names.filter((name) => name.includes('/')).map((name) => name.replace(/\/.*/, ''))
  return [...new Set([...folders, 'main'])].sort()
}

/** The gallery, built once in a process. */
export function gallery(): Promise<Gallery> {
  built ??= build()
  return built
}

async function build(): Promise<Gallery> {
  const home = mkdtempSync(path.join(tmpdir(), 'gallery-'))
  process.on('exit', () => rmSync(home, { recursive: true, force: true }))
  const [results, site] = [path.join(home, 'results'), path.join(home, 'site')]
  const saved = Object.assign({ 'site.yaml': 'title: A gallery\n' }, ...MEASURED, ...NAMED, PICTURES)
  for (const [name, content] of Object.entries<string | Buffer>(saved)) {
    mkdirSync(path.dirname(path.join(results, name)), { recursive: true })
    writeFileSync(path.join(results, name), content)
  }
  const templates = readTemplates()
  const knowledge = knowledgeOf(templates)
  const library = readLibrary(results, new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
  const reports = library.folders.map((folder) => analyse(folder, knowledge))
  const drawn = await drawPictures(await publish(reports, library, templates, {}), templates, null)
  const roots = { results, templates: TEMPLATES_FOLDER }
  const program = { name: 'gallery', version: '1' }
  writeSite(site, seal(drawn, roots, { program, inputs: library.inputs }), roots)
  return { site, reports }
}
