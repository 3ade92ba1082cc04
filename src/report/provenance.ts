import { listed } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import type { SiteFacts } from '../model/study.ts'
import { escapeHtml } from './escape.ts'

/** Where a figure comes from, as far as it is declared. All strings are plain text. */
export interface Provenance {
  readonly study: string
  readonly authors: readonly string[]
  readonly date: string | null
  /** where the outputs were published */
  readonly source: string | null
  readonly licence: string | null
  /** paths of the saved outputs in the study */
  readonly outputs: readonly string[]
  readonly site: string
  /** of the article, where the site knows its own */
  readonly address: string | null
}

/** What a report and its site declare about their origin. */
export function provenanceOf(
  { study, facts, sources }: Report,
  site: SiteFacts,
  siteTitle: string,
): Provenance {
  const root = site.url?.replace(/(?<!\/)\/+$/, '')
  const measured = facts.authors ?? []
  return {
    study: study.title,
    authors: measured.length > 0 || site.author === undefined ? measured : [site.author],
    date: facts.date ?? null,
    source: facts.source ?? null,
    licence: facts.licence ?? null,
    outputs: sources.filter((source) => source.runs > 0).map((source) => source.path),
    site: siteTitle,
    address: root === undefined ? null : `${root}/${study.slug}/index.html`,
  }
}

/** `Eric Zhiqiang Ma (2010): “blktap wrote …”. Figure in “Loopback or blktap?”, Backend bench. https://…#fig-ratios` */
export function citation(figure: { readonly id: string; readonly title: string }, from: Provenance): string {
  const who = from.authors.length > 0 ? listed(from.authors) : from.site
  const site = from.authors.length > 0 ? `, ${from.site}` : ''
  const where = from.address === null ? '' : ` ${from.address}#fig-${figure.id}`
  return `${who} (${from.date ?? 'no date'}): “${figure.title}”. Figure in “${from.study}”${site}.${where}`
}

/** `Loopback or blktap?, Eric Zhiqiang Ma (2010). Outputs: https://…`: the line below a picture. */
export function origin({ study, authors, date, source, licence, address }: Provenance): string {
  const who = authors.length > 0 ? `, ${listed(authors)}` : ''
  const when = date === null ? '' : ` (${date})`
  const from = source === null ? '' : ` Outputs: ${source}${licence === null ? '' : `, ${licence}`}.`
  return `${study.replace(/\.$/, '')}${who}${when}.${from}${address === null ? '' : ` ${address}`}`
}

const GENERATOR = 'bonnie-report'

/** The same for machines: Dublin Core in RDF, as drawing programs read it. */
export function metadata(title: string, from: Provenance): string {
  const element = (name: string, texts: readonly (string | null)[]) =>
    texts.flatMap((text) => (text === null ? [] : `<dc:${name}>${escapeHtml(text)}</dc:${name}>`)).join('')
  return (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">' +
    element('title', [title]) +
    element('creator', [...from.authors, GENERATOR]) +
    element('date', [from.date]) +
    element('relation', [from.study, from.address]) +
    element('source', [from.source, ...from.outputs]) +
    element('rights', [from.licence === null ? null : `Outputs: ${from.licence}`]) +
    '</rdf:Description></rdf:RDF></metadata>'
  )
}
