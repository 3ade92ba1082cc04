import type { Backend } from '../model/backend.ts'
import type { KeyEntry, KeySymbol, Slot } from './figure.ts'

/*
 * Which colour and shape belongs to which backend. Two of the colours are hard to tell apart for some readers, so a
 * shape always goes with them, and from the seventh backend on the shape alone tells it from another of its colour. The
 * colours themselves are the tokens --mark-N and --text-N.
 */

const SLOTS: readonly Slot[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const COLOURS = 6

/** Backends that look the same on every page. */
const KNOWN: ReadonlyMap<string, Slot> = new Map([
  ['loopback', 1],
  ['blktap', 2],
  ['lvm', 3],
  ['loopback-direct', 4],
  ['partition', 5],
  ['native', 6],
])

/** The corners of shapes that Vega has no name for, in a box from -1 to 1: a star, an hourglass, a saltire, a pentagon, a hexagon and a bow tie. */
const POLYGONS: readonly string[] = [
  '0,-1 0.26,-0.36 0.95,-0.31 0.43,0.14 0.59,0.81 0,0.45 -0.59,0.81 -0.43,0.14 -0.95,-0.31 -0.26,-0.36',
  '-0.8,-0.95 0.8,-0.95 0.2,0 0.8,0.95 -0.8,0.95 -0.2,0',
  '-0.95,-0.6 -0.6,-0.95 0,-0.35 0.6,-0.95 0.95,-0.6 0.35,0 0.95,0.6 0.6,0.95 0,0.35 -0.6,0.95 -0.95,0.6 -0.35,0',
  '0,-1 0.95,-0.31 0.59,0.81 -0.59,0.81 -0.95,-0.31',
  '-0.5,-0.87 0.5,-0.87 1,0 0.5,0.87 -0.5,0.87 -1,0',
  '-0.95,-0.8 0,-0.2 0.95,-0.8 0.95,0.8 0,0.2 -0.95,0.8',
]

/** A polygon as a path, so many times as large. */
function outline(corners: string, size: number): string {
  const scaled = corners.replace(/-?[\d.]+/g, (digits) =>
    String(Math.round(Number(digits) * size * 100) / 100),
  )
  return `M${scaled.replaceAll(' ', 'L')}Z`
}

/** What Vega calls the marks, by slot: a name, or a path in a box from -1 to 1. */
const SHAPES: readonly string[] = [
  'circle',
  'diamond',
  'triangle-up',
  'square',
  'triangle-down',
  'cross',
  ...POLYGONS.map((corners) => outline(corners, 1)),
]

/** The slots whose shapes have arms: hollow they need more size to stay open. */
const WITH_ARMS: readonly Slot[] = [6, 7, 8, 9, 12]

/** The same shapes for the key, in a box from -8 to 8. */
const PATHS: readonly string[] = [
  'M6.5 0A6.5 6.5 0 1 1-6.5 0A6.5 6.5 0 1 1 6.5 0Z',
  'M0-7.5L7.5 0L0 7.5L-7.5 0Z',
  'M0-6.5L7.5 6.5H-7.5Z',
  'M-5.8-5.8H5.8V5.8H-5.8Z',
  'M0 6.5L7.5-6.5H-7.5Z',
  'M-7-2.4H-2.4V-7H2.4V-2.4H7V2.4H2.4V7H-2.4V2.4H-7Z',
  ...POLYGONS.map((corners) => outline(corners, 7.5)),
]

/**
 * The slot of each backend by its id: known names first, then known kinds, then the rest in order. A study with more
 * backends than slots repeats them.
 */
export function slotOf(backends: readonly Backend[]): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>()
  const taken = new Set<Slot>()
  const take = (id: string, slot: Slot | undefined) => {
    if (slot === undefined || slots.has(id) || taken.has(slot)) return
    slots.set(id, slot)
    taken.add(slot)
  }
  for (const { id } of backends) take(id, KNOWN.get(id))
  for (const { id, kind } of backends) take(id, KNOWN.get(kind ?? ''))
  for (const { id } of backends) {
    take(
      id,
      SLOTS.find((slot) => !taken.has(slot)),
    )
  }
  backends.forEach(({ id }, i) => {
    if (!slots.has(id)) slots.set(id, SLOTS[i % SLOTS.length] ?? 1)
  })
  return slots
}

export function shapeOf(slot: Slot): string {
  return SHAPES[slot - 1] ?? 'circle'
}

export function hasArms(slot: Slot): boolean {
  return WITH_ARMS.includes(slot)
}

/** N of the tokens --mark-N and --text-N. */
export function colourOf(slot: Slot): number {
  return ((slot - 1) % COLOURS) + 1
}

export function markColour(slot: Slot): string {
  return `var(--mark-${colourOf(slot)})`
}

export function textColour(slot: Slot): string {
  return `var(--text-${colourOf(slot)})`
}

/** A small inline SVG for an entry of the key. Decoration: the label beside it says the same. */
export function keySymbol(symbol: KeySymbol): string {
  const open =
    '<svg class="symbol" viewBox="-9 -9 18 18" width="16" height="16" aria-hidden="true" focusable="false">'
  return `${open}${symbolShape(symbol)}</svg>`
}

/** The same as characters, for where only text can stand. */
const CHARACTERS = ['●', '◆', '▲', '■', '▼', '✚', '★', '⧗', '✖', '⬟', '⬢', '⧓'] as const

/** An entry of the key as text: `◆ blktap`; what is no backend explains itself. */
export function keyText({ symbol, label }: KeyEntry): string {
  return typeof symbol === 'number' ? `${CHARACTERS[symbol - 1] ?? '●'} ${label}` : label
}

/** The shape of an entry of the key, about the origin, in a box from -8 to 8. */
export function symbolShape(symbol: KeySymbol): string {
  return typeof symbol === 'number' ? slotPath(symbol) : MEANINGS[symbol]
}

function slotPath(slot: Slot): string {
  return `<path d="${PATHS[slot - 1] ?? PATHS[0]}" fill="${markColour(slot)}"/>`
}

const MEANINGS: Readonly<Record<Exclude<KeySymbol, Slot>, string>> = {
  hollow: '<circle r="5.5" fill="none" stroke="var(--ink-2)" stroke-width="2.5"/>',
  dashed:
    '<path d="M-8-5H8V5H-8Z" fill="none" stroke="var(--ink-2)" stroke-width="1.5" stroke-dasharray="3 2"/>',
  arrow:
    '<path d="M-8 0H3" stroke="var(--ink-2)" stroke-width="2.5"/><path d="M8 0L1-5V5Z" fill="var(--ink-2)"/>',
  interval: '<path d="M-8 0H8" stroke="var(--ink-2)" stroke-width="3.5" stroke-linecap="round"/>',
  range: '<path d="M-8 0H8" stroke="var(--ink-2)" stroke-width="1.5"/>',
  'break-even': '<path d="M0-8V8" stroke="var(--ink)" stroke-width="2"/>',
  here: '<circle r="5.5" fill="var(--ink)"/>',
  apart:
    '<path d="M-8 2L-2 0" stroke="var(--link-2)" stroke-width="1.5"/><circle cx="3" cy="-2" r="5" fill="var(--ink-2)"/>',
  run: '<circle r="2.6" fill="var(--surface)" stroke="var(--ink-2)" stroke-width="1.2"/>',
}
