import { extremes } from '../../model/extremes.ts'
import { power } from '../../model/power.ts'
import { widthOf } from './text.ts'

/*
 * Axes: from values to pixels and back, with as many ticks as there is room for, and with room at both ends for the
 * labels that stand beside the marks.
 */

export interface Scale {
  readonly type: 'log' | 'linear'
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
}

export interface Tick {
  readonly value: number
  readonly label: string
}

/** A value to show and the pixels its mark and labels take to the left and to the right of it. */
export interface Extent {
  readonly value: number
  readonly left: number
  readonly right: number
}

export const TICK_SIZE = 13
const TICK_GAP = 10

/** Where a value lies, in pixels. */
export function position(scale: Scale, value: number): number {
  const [from, to] = scale.range
  return from + fraction(scale, value) * (to - from)
}

function fraction({ type, domain }: Pick<Scale, 'type' | 'domain'>, value: number): number {
  const [low, high] = domain
  if (type === 'linear') return (value - low) / (high - low)
  return Math.log(value / low) / Math.log(high / low)
}

/**
 * A log axis that holds all values and at least two ticks, within the pixels from `left` to `right`, such that nothing
 * that belongs to a value sticks out. `mustHold` is a value that has to be on the axis, such as 1×.
 */
export function logScale(
  extents: readonly Extent[],
  [left, right]: readonly [number, number],
  {
    mustHold,
    label = tickLabel,
  }: { readonly mustHold?: number; readonly label?: (value: number) => string } = {},
): Scale {
  const values = extents.map((extent) => extent.value)
  if (mustHold !== undefined) values.push(mustHold)
  const domain = withTwoSteps(...roundedOut(...extremes(values)))
  const scale = { type: 'log', domain } as const
  return { ...scale, range: fitted(scale, [...extents, ...edges(domain, label)], left, right) }
}

/** A linear axis from zero whose largest values leave room for the labels behind them. */
export function linearScale(extents: readonly Extent[], [left, right]: readonly [number, number]): Scale {
  const [, high] = extremes(extents.map((extent) => extent.value))
  const domain = [0, high > 0 ? high : 1] as const
  const reach = extents.map(
    ({ value, right: label }) => ((right - left - label) * domain[1]) / (value || domain[1]),
  )
  const [least] = extremes([right - left, ...reach])
  return { type: 'linear', domain, range: [left, left + Math.max(8, least)] }
}

/** A linear axis of shares from none to all, with room for the labels of its ends. */
export function shareScale(extents: readonly Extent[], [left, right]: readonly [number, number]): Scale {
  const scale = { type: 'linear', domain: [0, 1] } as const
  const ends = [0, 1].map((value) => {
    const half = widthOf(shareLabel(value), TICK_SIZE) / 2
    return { value, left: half, right: half }
  })
  return { ...scale, range: fitted(scale, [...extents, ...ends], left, right) }
}

/** Quarters, or halves where quarters would touch. */
export function shareTicks(scale: Scale): readonly Tick[] {
  return firstThatFits(scale, shareLabel, [
    [0, 0.25, 0.5, 0.75, 1],
    [0, 0.5, 1],
    [0, 1],
  ])
}

/** `25 %`, with a space that does not break. */
function shareLabel(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`
}

/** Ticks at 1, 2, 5, finer on a short axis, coarser where their labels would touch. */
export function logTicks(scale: Scale, label: (value: number) => string): readonly Tick[] {
  const usual = decadeValues(scale, [1, 2, 5])
  return firstThatFits(scale, label, [
    ...(usual.length < 4 ? [decadeValues(scale, [1, 1.5, 2, 3, 5, 7])] : []),
    usual,
    decadeValues(scale, [1, 3]),
    ...[1, 2, 3, 6].map((every) => decadeValues(scale, [1], every)),
  ])
}

/** Ticks that mirror each other about 1: as far to the left as 2 is to the right stands 0.5. */
export function ratioTicks(scale: Scale, label: (value: number) => string): readonly Tick[] {
  const [low, high] = scale.domain
  const mirrored = (values: readonly number[]) =>
    [...values.map((value) => Number((1 / value).toPrecision(2))), 1, ...values]
      .filter((value) => inside(scale, value))
      .sort((a, b) => a - b)
  const powers = (base: number) => {
    // as many as lead beyond what is shown, to either side
    const most = Math.ceil(Math.log(Math.max(high, 1 / low)) / Math.log(base) + 1e-9)
    return mirrored(Array.from({ length: most }, (_, i) => power(base, i + 1)))
  }
  const candidates = [
    ...(high / low < 5 ? [mirrored([1.1, 1.25, 1.5, 2, 3, 4]), mirrored([1.5, 2, 3, 4])] : []),
    ...(high / low < 300 ? [powers(2), powers(4)] : []),
    ...[10, 100, 1000].map(powers),
  ]
  return firstThatFits(scale, label, candidates)
}

function firstThatFits(
  scale: Scale,
  label: (value: number) => string,
  candidates: readonly (readonly number[])[],
): readonly Tick[] {
  const all = candidates.map((values) => values.map((value) => ({ value, label: label(value) })))
  return all.find((ticks) => ticks.length >= 2 && standApart(scale, ticks)) ?? all.at(-1)?.slice(0, 1) ?? []
}

/** The mantissas of every so many decades that lie on the axis. */
function decadeValues(scale: Pick<Scale, 'domain'>, mantissas: readonly number[], every = 1): number[] {
  const [low, high] = scale.domain
  const values: number[] = []
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade += 1) {
    if (decade % every !== 0) continue
    values.push(...mantissas.map((mantissa) => Number(`${mantissa}e${decade}`)))
  }
  return values.filter((value) => inside(scale, value))
}

function inside({ domain: [low, high] }: Pick<Scale, 'domain'>, value: number): boolean {
  return value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
}

function standApart(scale: Scale, ticks: readonly Tick[]): boolean {
  return ticks.every((tick, i) => {
    const before = ticks[i - 1]
    if (!before) return true
    const room = position(scale, tick.value) - position(scale, before.value)
    return room >= (widthOf(tick.label, TICK_SIZE) + widthOf(before.label, TICK_SIZE)) / 2 + TICK_GAP
  })
}

/** An end that nearly reaches the next step goes there: an axis that ends on a number is easier to read. */
function roundedOut(low: number, high: number): readonly [number, number] {
  const steps = decadeValues({ domain: [low / 10, high * 10] }, [1, 2, 5])
  const floor = Math.max(...steps.filter((value) => value <= low))
  const ceiling = Math.min(...steps.filter((value) => value >= high))
  return [floor * NEARLY >= low ? floor : low, ceiling <= high * NEARLY ? ceiling : high]
}

const NEARLY = 1.2

/** Widened until it holds two of 1, 2, 5, 10, …: one tick alone does not make an axis. */
function withTwoSteps(low: number, high: number): readonly [number, number] {
  let [from, to] = [low, high]
  while (decadeValues({ domain: [from, to] }, [1, 2, 5]).length < 2) {
    from /= 1.1
    to *= 1.1
  }
  return [from, to]
}

/** Half a label to either side of every tick there may be, so that the first and the last number are not cut. */
function edges(domain: readonly [number, number], label: (value: number) => string): readonly Extent[] {
  return decadeValues({ domain }, [1, 1.5, 2, 3, 5, 7]).map((value) => {
    const half = widthOf(label(value), TICK_SIZE) / 2
    return { value, left: half, right: half }
  })
}

/** `0.5`, `20`, `5,000`, `2×`: the number of a tick. */
export function tickLabel(value: number, unit = ''): string {
  const [whole = '', fraction] = plain(value).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ? `.${fraction}` : ''}${unit}`
}

/** `500 µs`, `20 ms`, `5 s`: the number of a tick on an axis of microseconds. */
export function timeLabel(microseconds: number): string {
  if (microseconds < 1e3) return `${tickLabel(microseconds)} µs`
  return microseconds < 1e6 ? `${tickLabel(microseconds / 1e3)} ms` : `${tickLabel(microseconds / 1e6)} s`
}

/** Never scientific, as far down as a double goes. */
function plain(value: number): string {
  const text = String(value)
  return text.includes('e')
    ? value.toFixed(Math.min(100, Math.max(0, 1 - Math.floor(Math.log10(value))))).replace(/\.?0+$/, '')
    : text
}

/** Moves both ends inwards until every extent is inside; each step depends on the other end, hence the rounds. */
function fitted(
  scale: Pick<Scale, 'type' | 'domain'>,
  extents: readonly Extent[],
  left: number,
  right: number,
): readonly [number, number] {
  let [from, to] = [left, right]
  for (let round = 0; round < 60; round += 1) {
    const [lastFrom, lastTo] = [from, to]
    for (const extent of extents) {
      const f = fraction(scale, extent.value)
      if (f < 1) from = Math.max(from, (left + extent.left - f * to) / (1 - f))
      if (f > 0) to = Math.min(to, (right - extent.right - (1 - f) * from) / f)
    }
    if (from === lastFrom && to === lastTo) break
  }
  // labels wider than the axis would turn it round: then they may touch, and the axis keeps a little width
  return to - from >= 24
    ? [round2(from), round2(to)]
    : [round2((left + right) / 2 - 12), round2((left + right) / 2 + 12)]
}

/** Pixels to two decimals, as they are drawn. */
export function round2(x: number): number {
  return Math.round(x * 100) / 100
}
