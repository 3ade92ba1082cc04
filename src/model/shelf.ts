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
