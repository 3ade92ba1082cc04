/** A blog of six small studies, published whole: what its tests read. */
import { readFileSync } from 'node:fs'
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5'
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { SiteFile, StudyFolder } from '../../src/model/library.ts'

const templates = readTemplates()
const knowledge = knowledgeOf(templates)
export const ADDRESS = 'https://blog.example/bench/'

const saved = (backend: string) => ({
  path: `${backend}/run.txt`,
  sha256: '0'.repeat(64),
  text: readFileSync(`results/xen-file-backed-vbd/${backend}/vm101.txt`, 'utf8'),
})

/** A study of the two outputs of the seed, or of one, with front matter of its own. */
export function study(slug: string, facts: string, backends = ['loopback', 'blktap']): StudyFolder {
  const studyText = `---\n${facts}\n---\n`
  return { slug, prefix: `${slug}/`, studyText, sources: backends.map(saved), images: [], diagnostics: [] }
}

export const STUDIES = [
  study('older', 'title: The older\ndate: 2006-07\nauthors: [Ann, Bob]'),
  study('newer', 'title: The newer\ndate: 2010'),
  study('undated', 'title: The undated'),
  study('alone', 'title: One alone\ndate: 2008', ['loopback']),
  study('wrong', 'title: The wrong\ndate: 2011\nstatus: invalid\nreason: The disk was broken.'),
  study('replaced', 'title: The replaced\ndate: 2012\nstatus: superseded'),
]

/** The files of a blog of these studies. */
export async function built(
  folders: readonly StudyFolder[],
  siteText: string | null = `url: ${ADDRESS}\nauthor: Ada`,
): Promise<ReadonlyMap<string, SiteFile>> {
  const reports = folders.map((folder) => analyse(folder, knowledge))
  return publish(reports, { siteText, folders, diagnostics: [] }, templates, {})
}

type Node = DefaultTreeAdapterTypes.Node

function* elements(node: Node): Generator<DefaultTreeAdapterTypes.Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

export const site = await built(STUDIES)
/** The same where nobody said what its address is. */
export const homeless = await built(STUDIES, null)

/** The text of a file that has to be there. */
export const text = (path: string, files = site): string => {
  const file = files.get(path)
  assert.is(typeof file, 'string', `${path} is not there`)
  return file as string
}

/** Attributes of every element of a name, in order. */
function tags(path: string, name: string, files = site): Record<string, string>[] {
  return [...elements(parseHtml(text(path, files)))]
    .filter(({ tagName }) => tagName === name)
    .map(({ attrs }) => Object.fromEntries(attrs.map((a) => [a.name, a.value])))
}

/** The content of its meta elements by their name or property. */
export function meta(path: string, files = site): Record<string, string> {
  const pairs = tags(path, 'meta', files).map((m) => [m.property ?? m.name, m.content ?? ''])
  return Object.fromEntries(pairs)
}

/** Where the first link of this kind leads. */
export const link = (path: string, rel: string, files = site) =>
  tags(path, 'link', files).find((one) => one.rel === rel)?.href
