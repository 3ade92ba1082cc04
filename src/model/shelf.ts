import type { Tool } from './backend.ts'
import type { MetricId } from './metric.ts'

/*
 * What is known of outputs and of the defects in them, as plain data: bonnie/ fills it from its shelves, the porch hands
 * it on, report/ prints pages from it.
 */

/** Versions of bonnie++: `from` inclusive, `below` exclusive. */
export interface Versions {
  readonly from: string
  readonly below: string
}

/** One way in which results are printed, or one output that is refused. */
export interface DialectFacts {
  /** of its page, and of its text in templates/dialects/ */
  readonly slug: string
  readonly name: string
  readonly kind: 'table' | 'csv' | 'converter' | 'refused'
  /** null: a program without such versions */
  readonly versions: Versions | null
  /** the words of its headings, line by line; none where it has no table */
  readonly headings: readonly (readonly string[])[]
  /** how its numbers are printed; null where it is no table of its own */
  readonly notation: {
    readonly bulk: 'whole' | 'mib' | 'scaled'
    readonly cpu: 'whole' | 'decimal'
    readonly latency: boolean
    readonly files: boolean
    readonly censors: boolean
    /** MiB in one unit of a size without M or G; null: every size has one of them */
    readonly bareMib: number | null
    readonly sizeParts: readonly string[]
  } | null
  /** names of its fields in order; more than one layout where some fields may be missing */
  readonly layouts: readonly (readonly string[])[]
  /** rules of the defects that concern it */
  readonly defects: readonly string[]
}

/** A known upstream defect. */
export interface DefectFacts {
  /** of its page: bon-001 */
  readonly rule: string
  readonly sentence: string
  readonly treatment: string
  readonly versions: Versions | null
  readonly forms: readonly ('text' | 'csv' | 'converted' | 'page')[]
  readonly source: string
}

/** A check of what cells measured: what its page prints beside its words. */
export interface CheckFacts {
  /** of its page: memory-signature */
  readonly rule: string
  readonly remedy: string
  readonly examples: readonly ExampleFacts[]
  /** ids of the published rows in which it doubts a cell, and of those in which it only notes something */
  readonly doubts: readonly string[]
  readonly notes: readonly string[]
}

/** Numbers on which a check is tried, and what it makes of them. */
export interface ExampleFacts {
  /** run by run, the cells that matter */
  readonly runs: readonly (readonly { readonly metric: MetricId; readonly printed: string }[])[]
  /** the cells of another backend of the study, where it has one */
  readonly beside: readonly { readonly metric: MetricId; readonly printed: string }[]
  /** what is declared or known around them, in words; '' where nothing matters */
  readonly given: string
  /** the test it is about; null: the runs as a whole */
  readonly metric: MetricId | null
  readonly becomes: 'not-disk' | 'suspect' | 'noted' | 'silent'
}

/** A published row on which all checks were tried. */
export interface PublishedRow {
  readonly id: string
  readonly title: string
  readonly year: string
  readonly url: string
  /** as printed: a rate with its CPU, `+++++`, or `-` */
  readonly cells: Readonly<Record<MetricId, string>>
  /** rules that doubt a cell of it, and rules that only note something */
  readonly doubts: readonly string[]
  readonly notes: readonly string[]
}

/** A tool and a stretch of versions of Xen in which it gives attach lines to the same backends. */
export interface LadderColumn {
  readonly tool: Tool
  /** inclusive and exclusive; null where it is open */
  readonly from: string | null
  readonly below: string | null
}

/** Which backends attach lines select: a row a line, a cell a column; an empty cell is not established. */
export interface LadderTable {
  readonly columns: readonly LadderColumn[]
  readonly rows: readonly {
    readonly line: string
    readonly cells: readonly (readonly { readonly id: string; readonly where: string | null }[])[]
  }[]
}
