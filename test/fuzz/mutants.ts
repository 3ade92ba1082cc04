/** One damage at a time: a byte deleted, replaced or inserted; a line dropped, doubled or truncated. */
import { type Dice, diceOf } from '../dice.ts'
import type { Output } from './outputs.ts'

export type Damage =
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'replace' | 'insert'; readonly at: number; readonly byte: number }
  /** `at`: where the line begins */
  | { readonly kind: 'drop' | 'double'; readonly at: number }
  /** all from `at` to the end of its line is lost */
  | { readonly kind: 'truncate'; readonly at: number }

const NEWLINE = 0x0a

/** What numbers, headings and CSV are made of, what mail and the web add, and what belongs nowhere. */
const BYTES = [
  ...'0123456789',
  ...'0123456789',
  ...'  ..,,++--::',
  ...'\n\n\tklmgsuMGOIx/"\'>|#<&*=()[]\\e\0\r\xe9\xff',
].map((char) => char.charCodeAt(0))

const REPLACED = 4
const INSERTED = 4
const CUTS = 4

/** A file with one damage in it. */
export function damaged(bytes: Uint8Array, damage: Damage): Uint8Array {
  const { kind, at } = damage
  const end = endOfLine(bytes, at)
  if (kind === 'truncate') return join(bytes.subarray(0, at), bytes.subarray(end))
  const behind = Math.min(end + 1, bytes.length)
  if (kind === 'drop') return join(bytes.subarray(0, at), bytes.subarray(behind))
  if (kind === 'double') return join(bytes.subarray(0, at), copyOf(bytes, at, end), bytes.subarray(at))
  const put = 'byte' in damage ? [damage.byte] : []
  return join(bytes.subarray(0, at), put, bytes.subarray(kind === 'insert' ? at : at + 1))
}

function copyOf(bytes: Uint8Array, at: number, end: number): readonly number[] {
  return [...bytes.subarray(at, end), NEWLINE]
}

/** Every damage there is, with several bytes at each place, the same ones for the same seed. */
export function* mutantsOf({ name, bytes }: Output, seed = ''): Generator<Damage> {
  const dice = diceOf(seed + name)
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length) {
      yield { kind: 'delete', at }
      for (const byte of choice(dice, REPLACED, bytes[at])) yield { kind: 'replace', at, byte }
    }
    for (const byte of choice(dice, INSERTED)) yield { kind: 'insert', at, byte }
  }
  for (const at of beginsOf(bytes)) {
    yield { kind: 'drop', at }
    yield { kind: 'double', at }
    const length = endOfLine(bytes, at) - at
    if (length === 0) continue
    for (let i = 0; i < CUTS; i += 1) yield { kind: 'truncate', at: at + dice.below(length) }
  }
}

/** So many damages of bytes and of lines, always the same ones. */
export function* sampleOf({ name, bytes }: Output, ofBytes: number, ofLines: number): Generator<Damage> {
  const dice = diceOf(`a sample of ${name}`)
  for (let i = 0; i < ofBytes; i += 1) {
    const at = dice.below(bytes.length)
    const kind = dice.one(['delete', 'replace', 'insert'] as const)
    const [byte = NEWLINE] = choice(dice, 1, bytes[at])
    yield kind === 'delete' ? { kind, at } : { kind, at, byte }
  }
  const begins = beginsOf(bytes)
  for (let i = 0; i < ofLines; i += 1) {
    const at = begins[dice.below(begins.length)] ?? 0
    const kind = dice.one(['drop', 'double', 'truncate'] as const)
    yield { kind, at: kind === 'truncate' ? at + dice.below(endOfLine(bytes, at) - at) : at }
  }
}

/** Where the lines of a file begin. */
function beginsOf(bytes: Uint8Array): number[] {
  const begins = bytes.length > 0 ? [0] : []
  for (let at = 0; at < bytes.length - 1; at += 1) if (bytes[at] === NEWLINE) begins.push(at + 1)
  return begins
}

function endOfLine(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(NEWLINE, at)
  return end < 0 ? bytes.length : end
}

function choice(dice: Dice, count: number, but?: number): Set<number> {
  const chosen = new Set<number>()
  while (chosen.size < count) {
    const byte = dice.one(BYTES)
    if (byte !== but) chosen.add(byte)
  }
  return chosen
}

function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
