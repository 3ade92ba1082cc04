/** A number as bonnie++ gives it, and how well it is known. Rates are in the unit of their metric. */
export type Measurement =
  | { readonly kind: 'measured'; readonly value: number; readonly tolerance?: number }
  /** Printed `+++++`: the phase ended too soon to time, so the true value is above the bound. */
  | { readonly kind: 'at least'; readonly bound: number }
  | { readonly kind: 'absent'; readonly why: Absence }

export type Absence = 'not run' | 'not in this dialect' | 'defective' | 'unreadable'

/** A quotient can also be known only from above, or not at all. */
export type Ratio =
  | { readonly kind: 'exact'; readonly value: number }
  | { readonly kind: 'at least'; readonly bound: number }
  | { readonly kind: 'at most'; readonly bound: number }
  | { readonly kind: 'unknown'; readonly why: string }

/**
 * a ÷ b, keeping track of lower bounds. Two lower bounds say nothing about each other: that is not a tie.
 *
 * | a ÷ b      | b measured | b at least | b absent |
 * |------------|------------|------------|----------|
 * | a measured | exact      | at most    | unknown  |
 * | a at least | at least   | unknown    | unknown  |
 * | a absent   | unknown    | unknown    | unknown  |
 */
export function divide(a: Measurement, b: Measurement): Ratio {
  if (a.kind === 'absent') return { kind: 'unknown', why: a.why }
  if (b.kind === 'absent') return { kind: 'unknown', why: b.why }
  if (a.kind === 'at least' && b.kind === 'at least') return { kind: 'unknown', why: 'both too fast to time' }
  const quotient = magnitude(a) / magnitude(b)
  if (!Number.isFinite(quotient)) return { kind: 'unknown', why: 'division by zero' }
  if (a.kind === 'at least') return { kind: 'at least', bound: quotient }
  if (b.kind === 'at least') return { kind: 'at most', bound: quotient }
  return { kind: 'exact', value: quotient }
}

/** 1 ÷ a ratio: what was known from below is then known from above. */
export function inverse(ratio: Ratio): Ratio {
  if (ratio.kind === 'unknown') return ratio
  if (ratio.kind === 'exact') return { kind: 'exact', value: 1 / ratio.value }
  return { kind: ratio.kind === 'at least' ? 'at most' : 'at least', bound: 1 / ratio.bound }
}

/** a × b. Bounds of one side stay a bound; one from below times one from above says nothing. */
export function multiply(a: Ratio, b: Ratio): Ratio {
  if (a.kind === 'unknown') return a
  if (b.kind === 'unknown') return b
  if (a.kind === 'exact' && b.kind === 'exact') return { kind: 'exact', value: a.value * b.value }
  const kind = a.kind === 'exact' ? b.kind : a.kind
  if (kind === 'exact' || (b.kind !== 'exact' && b.kind !== kind))
    return { kind: 'unknown', why: 'bounds from both sides' }
  return { kind, bound: sizeOf(a) * sizeOf(b) }
}

function sizeOf(ratio: Exclude<Ratio, { kind: 'unknown' }>): number {
  return ratio.kind === 'exact' ? ratio.value : ratio.bound
}

/** The number a present measurement holds: its value, or its lower bound. */
export function magnitude(m: Exclude<Measurement, { kind: 'absent' }>): number {
  return m.kind === 'measured' ? m.value : m.bound
}
