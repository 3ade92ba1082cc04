import type { Across } from '../model/across.ts'
import type { DialectPage, KnowledgePage, RulePage } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { CheckFacts, DefectFacts, DialectFacts, LadderTable, PublishedRow } from '../model/shelf.ts'
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

/** What the pages of backends are made of. */
export interface Documents {
  readonly reports: readonly Report[]
  /** the studies side by side */
  readonly across: Across
  readonly backendPages: readonly KnowledgePage[]
  /** which of them the attach lines of guests select */
  readonly ladder: LadderTable
}

/** What the pages of the method are made of: nothing that depends on results. */
export interface MethodDocuments {
  /** the workloads: a row of cells each, its title and weights */
  readonly weights: readonly (readonly string[])[]
  readonly rulePages: readonly RulePage[]
  readonly dialectPages: readonly DialectPage[]
  /** the shelves of dialects and of upstream defects */
  readonly dialects: readonly DialectFacts[]
  readonly defects: readonly DefectFacts[]
  /** the checks of cells, and the published rows on which they are tried */
  readonly checks: readonly CheckFacts[]
  readonly published: readonly PublishedRow[]
}
