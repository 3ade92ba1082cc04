/*
 * What a figure is before anybody has drawn or printed it. All words are plain text: whoever renders them escapes
 * them once for his sink. Every number a chart shows also stands in the table.
 */

import type { Told } from './doors.ts'

/** A Vega-Lite specification as plain JSON, made by charts/sketch.ts and read by vega-chart.ts and look.ts. */
export type Spec = { readonly [key: string]: unknown }

/** One of the pairs of colour and shape a backend can have: twelve shapes, and six colours that come twice. */
export type Slot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12

/** What an entry of the key explains: a backend's mark, or what a way of drawing means. */
export type KeySymbol =
  | Slot
  | 'hollow'
  | 'dashed'
  | 'arrow'
  | 'interval'
  | 'range'
  | 'run'
  | 'apart'
  | 'break-even'
  | 'here'

export interface KeyEntry {
  readonly symbol: KeySymbol
  readonly label: string
}

/** A specification and the width in CSS pixels it was laid out for. */
export interface Drawing {
  readonly spec: Spec
  readonly width: number
}

export interface Chart {
  /** stable, unique over all figures of a report, [a-z0-9-]; a twin is drawn under `${id}-narrow` */
  readonly id: string
  /** what this chart shows; printed above it where a figure has more than one */
  readonly title: string
  /** one generated sentence a row, with its bounds and doubts in words */
  readonly description: string
  readonly wide: Drawing
  /** the same for a telephone; where it is missing, `wide` is narrow enough */
  readonly narrow?: Drawing
  readonly data: Data
}

/** The numbers of a chart for machines: one row a mark, a unit in the name of every column that has one. */
export interface Data {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export interface Table {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Told[])[]
}

export interface Figure {
  /** stable, [a-z0-9-] */
  readonly id: string
  /** the finding as one sentence without a full stop, or a neutral name where nothing stands out */
  readonly title: string
  /** what, in which unit, on which scale, and which direction is better */
  readonly subtitle: string
  readonly key: readonly KeyEntry[]
  readonly charts: readonly Chart[]
  readonly table: Table
  readonly note?: string
}
