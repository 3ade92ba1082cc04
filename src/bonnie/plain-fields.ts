/**
 * The fields of the row that is being looked at (plain-row.ts), by their 0-based numbers. One row at a time, and as
 * numbers, so that nothing need be made of a row to know whether it is plain.
 */

/** Offsets of the ends of its fields. */
const ends = new Int32Array(64)

/** The offset of the end of a field. */
export function endOf(field: number): number {
  return ends[field] ?? 0
}

/** The offset of the begin of a field. */
export function beginOf(field: number): number {
  return field === 0 ? 0 : (ends[field - 1] ?? 0) + 1
}

/** Whether nothing stands in a field, or the layout has none such. */
export function isEmpty(field: number | undefined): boolean {
  return field === undefined || endOf(field) === beginOf(field)
}

const [ZERO, NINE, COMMA, DOT, PLUS] = [48, 57, 44, 46, 43]

/** Longer lines are treated differently in many places. */
const LONGEST = 300

/** By its code, whether a character may stand in a plain row. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w,.+-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/** Looks at a row; how many fields it has, 0 if a character stands in it that stands in no plain row. */
export function part(text: string): number {
  // a row begins with a version; this is the end of the matter for all other lines
  if (text.length > LONGEST || text.charCodeAt(1) !== DOT) return 0
  let count = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (PLAIN[code] !== 1) return 0
    if (code !== COMMA) continue
    if (count === ends.length - 1) return 0
    ends[count] = i
    count += 1
  }
  ends[count] = text.length
  return count + 1
}

/** The number between two offsets, of 1 to `most` digits; -1 if there is none. */
export function digits(text: string, from: number, to: number, most: number): number {
  if (to <= from || to - from > most) return -1
  let value = 0
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i)
    if (code < ZERO || code > NINE) return -1
    value = value * 10 + code - ZERO
  }
  return value
}

/** More digits than these are not exact. */
export const EXACT = 15

/** What a field holds: null for nothing, undefined for what is not plain. */
type Read<T> = T | null | undefined

/** A whole number. */
export function countAt(text: string, field: number | undefined): Read<number> {
  if (field === undefined || isEmpty(field)) return null
  const value = digits(text, beginOf(field), endOf(field), EXACT)
  return value < 0 ? undefined : value
}

/** A size such as 2064M or 2G, in MiB; not plain if it is missing. */
export function sizeAt(text: string, field = 0): number | undefined {
  const last = endOf(field) - 1
  const unit = text[last] === 'G' ? 1024 : text[last] === 'M' ? 1 : 0
  const size = digits(text, beginOf(field), last, EXACT) * unit
  return size > 0 ? size : undefined
}

/** The size of a chunk as it was printed, such as 64k. */
export function chunkAt(text: string, field = 0): Read<string> {
  if (isEmpty(field)) return null
  const [from, to] = [beginOf(field), endOf(field)]
  const end = text[to - 1] === 'k' ? to - 1 : to
  return digits(text, from, end, EXACT) < 0 ? undefined : text.slice(from, to)
}

/** A latency such as 6180us, 103ms or 12s in microseconds. */
export function latencyAt(text: string, field = 0): Read<number> {
  if (isEmpty(field)) return null
  const to = endOf(field)
  const before = text[to - 2]
  const unit = before === 'u' ? 1 : before === 'm' ? 1000 : 1_000_000
  const value = digits(text, beginOf(field), unit === 1_000_000 ? to - 1 : to - 2, 12)
  return value < 0 || text[to - 1] !== 's' ? undefined : value * unit
}

/** Whether so many plus signs stand between two offsets, and nothing else. */
export function arePluses(text: string, from: number, to: number, count: number): boolean {
  if (to - from !== count) return false
  for (let i = from; i < to; i += 1) if (text.charCodeAt(i) !== PLUS) return false
  return true
}

/** What digits behind the point stand for, by how many they are. */
const SCALES = [1, 10, 100, 1000]

/**
 * The number between two offsets, whole or with one to three decimals; -1 if there is none. The digits are exact as a
 * whole number, and so their quotient is the double nearest to what was printed.
 */
export function decimal(text: string, from: number, to: number): number {
  const dot = text.indexOf('.', from)
  if (dot < 0 || dot >= to) return digits(text, from, to, EXACT)
  const above = digits(text, from, dot, EXACT - 3)
  const below = digits(text, dot + 1, to, 3)
  const scale = SCALES[to - dot - 1] ?? 1
  return above < 0 || below < 0 ? -1 : (above * scale + below) / scale
}
