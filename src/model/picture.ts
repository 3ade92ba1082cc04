import type { Validity } from './report.ts'

/*
 * Pictures that are drawn as PNG when the site is written: nobody but a rasteriser needs to know fonts.
 */

/** What a page shows of itself where somebody shares its address. All strings are plain text. */
export interface Card {
  readonly site: string
  /** stands in the corner: the date of a study; null where there is none */
  readonly corner: string | null
  /** the title of a study; null where it says the same as the headline */
  readonly kicker: string | null
  readonly headline: string
  /** one number with what it is and how far it can be trusted; null where none should travel alone */
  readonly hero: CardHero | null
  /** the last line: the verdict, or what became of the study */
  readonly foot: string
  /** the study does not hold any more: the last line is a warning */
  readonly warns: boolean
  /** ASCII, in place of a headline that the fonts cannot set */
  readonly fallback: string
}

export interface CardHero {
  /** `5.18×` */
  readonly big: string
  readonly label: string
  readonly small: string
  /** N of the token --text-N of who is ahead */
  readonly colour: number
  readonly validity: Validity
}

/** A card of 1200 by 630 pixels, or an SVG of ours at a width in pixels. */
export type Picture = { readonly card: Card } | { readonly svg: string; readonly width: number }
