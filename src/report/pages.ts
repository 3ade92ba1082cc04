import type { Across } from '../model/across.ts'
import type { Knowledge } from '../model/backend.ts'
import { listed } from '../model/format.ts'
import type { DialectPage, KnowledgePage, RulePage } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { CheckFacts, DefectFacts, DialectFacts, PublishedRow } from '../model/shelf.ts'
import { comparedWith } from './compared.ts'
import { markdownAddress, Verbatim } from './escape.ts'
import type { Frame } from './layout.ts'

/** A page that is one Markdown text: `<name>.md`, and the same as HTML. */
export interface TextPage {
  readonly name: 'index'
  readonly section: Frame['section']
  readonly title: string
  readonly description: string
  readonly markdown: string
}

export type Render = (path: string, view: object) => string

/** What the pages that are one text are made of. */
export interface Documents {
  /** the workloads: a row of cells each, its title and weights */
  readonly weights: readonly (readonly string[])[]
  readonly reports: readonly Report[]
  /** the studies side by side */
  readonly across: Across
  readonly backendPages: readonly KnowledgePage[]
  readonly rulePages: readonly RulePage[]
  readonly dialectPages: readonly DialectPage[]
  /** the shelves of dialects and of upstream defects */
  readonly dialects: readonly DialectFacts[]
  readonly defects: readonly DefectFacts[]
  /** the checks of cells, and the published rows on which they are tried */
  readonly checks: readonly CheckFacts[]
  readonly published: readonly PublishedRow[]
}

/** backends/ and a page for each that is documented, with its sources and the studies that measured it. */
export function backendPages(documents: Documents, render: Render): [string, TextPage][] {
  const { backendPages: known, reports } = documents
  const list = known.map(({ knowledge: k }) => ({
    title: k.title,
    summary: k.summary,
    page: new Verbatim(`${k.id}/index.md`),
  }))
  const overview: TextPage = {
    name: 'index',
    section: 'backends',
    title: 'Storage backends',
    description: 'What each storage backend does with a guest’s reads and writes, with sources.',
    markdown: render('pages/backends.md.njk', { list }),
  }
  const pages = known.map(({ knowledge, body }): [string, TextPage] => [
    `backends/${knowledge.id}/`,
    {
      name: 'index',
      section: 'backends',
      title: knowledge.title,
      description: knowledge.summary,
      markdown: render('pages/backend.md.njk', {
        ...knowledgeView(knowledge, reports),
        comparedWith: listed(comparedWith(knowledge.id, documents)),
        body: new Verbatim(body.trim()),
      }),
    },
  ])
  return [['backends/', overview], ...pages]
}

const TRISTATE = { yes: 'yes', no: 'no', unknown: 'depends on version or setting' } as const

function knowledgeView(k: Knowledge, reports: readonly Report[]) {
  const studies = reports.filter((r) => r.backends.some((b) => b.kind === k.id))
  return {
    title: k.title,
    summary: k.summary,
    path: k.path,
    aliases: k.aliases,
    caches: TRISTATE[k.caches],
    flush: TRISTATE[k.flush],
    features: k.features,
    sources: Object.entries(k.sources).map(([id, s]) => ({
      id,
      title: s.title,
      url: s.url === undefined ? null : new Verbatim(markdownAddress(s.url)),
    })),
    studies: studies.map((r) => ({
      title: r.study.title,
      page: new Verbatim(`../../${r.study.slug}/report.md`),
    })),
  }
}
