/** What may stand in a cell: numbers as the dialects write them. */
import type { Token } from './token.ts'

/**
 * What stands in a row for one test. `lost`: the row ends before it, or could not be divided into cells; `broken`:
 * what is there cannot be trusted. Both were reported where the row was read.
 */
export type Printed =
  | { readonly kind: 'pair'; readonly rate: Token; readonly cpu: Token }
  | { readonly kind: 'blank' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'broken'; readonly token: Token }

/** How numbers are printed: rates whole, with a decimal, as MiB/s with a decimal, or scaled with k, m or g. */
export type Notation = 'whole' | 'decimal' | 'mib' | 'whole mib' | 'scaled'

export const BLANK: Printed = { kind: 'blank' }
export const LOST: Printed = { kind: 'lost' }

const KIB = { k: 1, m: 1024, g: 1024 * 1024 } as const

/** Whether a word could be a rate or a CPU in some notation. */
export function isCellWord(word: string): boolean {
  return /^(\d+(\.\d+)?[kmg]?|\+{5}|\+{3})$/.test(word)
}

/** A printed rate in KiB/s or 1/s, with its half-width of rounding where the notation rounds; null if it is none. */
export function readRate(word: string, notation: Notation): { rate: number; tolerance?: number } | null {
  if (notation === 'whole') return /^\d{1,15}$/.test(word) ? { rate: Number(word) } : null
  if (notation === 'decimal') return /^\d{1,15}(\.\d{1,3})?$/.test(word) ? { rate: Number(word) } : null
  if (notation === 'whole mib') {
    return /^\d{1,9}$/.test(word) ? { rate: Number(word) * KIB.m, tolerance: 0.5 * KIB.m } : null
  }
  if (notation === 'mib') {
    return /^\d{1,9}\.\d$/.test(word) ? { rate: Number(word) * KIB.m, tolerance: 0.05 * KIB.m } : null
  }
  const match = /^(\d{1,15})(\.\d)?([kmg])$/.exec(word)
  const unit = match?.[3]
  if (!match || (unit !== 'k' && unit !== 'm' && unit !== 'g') || (unit === 'k' && match[2])) return null
  const rate = Number(`${match[1]}${match[2] ?? ''}`) * KIB[unit]
  return { rate, tolerance: unit === 'k' ? 1 : (match[2] ? 0.05 : 0.5) * KIB[unit] }
}

/** A latency such as `6180us`, `103ms` or `12s` in microseconds; null if it is none. */
export function readLatency(word: string): number | null {
  const match = /^(\d{1,12})(us|ms|s)$/.exec(word)
  if (!match) return null
  return Number(match[1]) * (match[2] === 's' ? 1_000_000 : match[2] === 'ms' ? 1000 : 1)
}
