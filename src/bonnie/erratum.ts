/** What a known upstream defect is, and how the reader tells that an output has it. */
import type { MetricId } from '../model/metric.ts'
import type { Facts } from './facts.ts'
import type { Page } from './page.ts'
import type { Printout } from './printout.ts'
import type { Token } from './token.ts'

/** A printed rate, and what is known about where it stood. */
export interface Suspect {
  readonly form: 'text' | 'csv' | 'converted'
  readonly metric: MetricId
  /** as printed, and what it says in KiB/s or 1/s; null if that is no rate */
  readonly printed: string
  readonly rate: number | null
  readonly facts: Facts
}

/** Where a defect shows; `converted` is text of bon_csv2txt, `page` is HTML of bon_csv2html. */
export type Form = 'text' | 'csv' | 'converted' | 'page'

export interface Erratum {
  readonly id: string
  /** one sentence: what is wrong */
  readonly sentence: string
  /** one sentence: what we do about it */
  readonly treatment: string
  /** `from` inclusive, `below` exclusive; null: a program without such versions */
  readonly versions: { readonly from: string; readonly below: string } | null
  readonly forms: readonly Form[]
  /** the one dialect it concerns, where it is not all of its forms and versions */
  readonly only?: string
  /** how it is known */
  readonly source: string
  /** whether a printed rate cannot be used for it: its cell is defective */
  readonly spoils?: (suspect: Suspect) => boolean
  /** whether an author should hear of it where it spoils a number: it is his settings that bring it about */
  readonly warns?: boolean
  /** where a run shows it that can be used nevertheless, because the reader knows; null if it does not */
  readonly shows?: (printout: Printout, page: Page) => Token | null
  /** the rule under which the reader tells of it, where it does so itself */
  readonly told?: string
}

/** The versions that print scaled rates and 50 fields, and those that name their format. */
export const LATE = { from: '1.98', below: '3.00' }
export const NAMED = { from: '1.90', below: '3.00' }
