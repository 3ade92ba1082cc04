import type { Measurement } from './measurement.ts'
import { type MetricId, metric, type Quantity } from './metric.ts'
import { power } from './power.ts'
import type { Comparison } from './report.ts'
import type { LadderColumn } from './shelf.ts'

/*
 * Number words. Prose and charts say MB/s (10^6 bytes) with three digits; lower bounds are rounded down and upper
 * bounds up, so that a bound never claims more than was measured. No locale is asked.
 */

const BYTES_PER_KIB = 1024
const BYTES_PER_MB = 1e6

/** KiB/s to MB/s of 10^6 bytes. */
export function megabytes(kib: number): number {
  return (kib * BYTES_PER_KIB) / BYTES_PER_MB
}

export type Rounding = 'nearest' | 'down' | 'up'

/** Three significant digits with thousands commas, never scientific: 0.0152, 5.18, 95.8, 16,300. */
export function threeDigits(x: number, rounding: Rounding = 'nearest'): string {
  if (!Number.isFinite(x)) return 'unbounded'
  if (x === 0) return '0'
  const exponent = Math.floor(Math.log10(Math.abs(x)))
  const scale = power(10, 2 - exponent)
  // the tiny shift undoes binary noise such as 1.15 * 100 = 114.99999999999999
  const scaled = x * scale
  const rounded =
    rounding === 'down'
      ? Math.floor(scaled + 1e-9)
      : rounding === 'up'
        ? Math.ceil(scaled - 1e-9)
        : Math.round(scaled)
  // rounding can lift 9.999 to 10, which has a digit less after the point
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded / scale)) + 1e-9))
  return commas((rounded / scale).toFixed(Math.min(decimals, 20)))
}

/** A whole number with thousands commas. */
export function whole(x: number): string {
  return commas(String(Math.round(x)))
}

/** A ratio with its sign of multiplication: 5.2×, 0.32×, 11×. */
export function times(x: number, rounding: Rounding = 'nearest'): string {
  return `${factor(x, rounding)}×`
}

/** A ratio as a bare number, with two digits that count at least, or with so many decimals: 0.00010, 0.015, 0.32, 5.18, 14.8, 120, 10,100. */
export function factor(x: number, rounding: Rounding = 'nearest', decimals = decimalsOf(x)): string {
  if (x >= 1000) return threeDigits(x, rounding)
  const scale = power(10, decimals)
  const scaled = x * scale
  const rounded =
    rounding === 'down'
      ? Math.floor(scaled + 1e-9)
      : rounding === 'up'
        ? Math.ceil(scaled - 1e-9)
        : Math.round(scaled)
  return commas((rounded / scale).toFixed(decimals))
}

function decimalsOf(x: number): number {
  const tiny = x > 0 && x < 0.01 ? Math.min(20, 1 - Math.floor(Math.log10(x))) : 3
  return x < 0.1 ? tiny : x < 10 ? 2 : x < 100 ? 1 : 0
}

/** Below this a share is called less than 1 %. */
export const SLIGHT = 0.01

/**
 * A share (0 to 1) in whole per cents. Of none and of all it is said only where it is none or all. `percent`: the whole
 * number it was rounded to where it is to add up with others.
 */
export function shareText(share: number, percent = Math.round(share * 100)): string {
  if (share > 0 && share < SLIGHT) return 'less than 1 %'
  return share > 1 - SLIGHT && share < 1 ? 'more than 99 %' : `${percent} %`
}

/** Two shares as shareText says them, with up to two decimals where they would look equal. */
export function sharesApart(one: number, two: number): readonly [string, string] {
  const digits = (share: number, decimals: number) => (share * 100).toFixed(decimals)
  const decimals = [0, 1, 2].find((some) => digits(one, some) !== digits(two, some)) ?? 2
  const text = (share: number) => (decimals === 0 ? shareText(share) : `${digits(share, decimals)} %`)
  return [text(one), text(two)]
}

/** What has to be carried to exceed a share in words: `more than 31 %`, and `1 % or more` for less than 1 %. */
export function exceeding(share: string): string {
  if (share.startsWith('less than ')) return `${share.slice('less than '.length)} or more`
  return share.startsWith('more than ') ? share : `more than ${share}`
}

/** How far apart a ratio of 1 or more says that two things are, in whole per cents, rounded up: 1.043 is `5 %`. */
export function differenceText(ratio: number): string {
  // the tiny shift undoes binary noise such as (1.05 - 1) * 100 = 5.000000000000004
  return `${whole(Math.ceil((ratio - 1) * 100 - 1e-9))} %`
}

/** A verdict on a pair of backends, or that there is none. */
export type Word = Comparison['verdict'] | 'cannot tell'

/** What a comparison tells by itself: nothing without an interval, which takes three runs a side, all measured. */
export function wordOf({ interval, verdict }: Comparison): Word {
  return interval ? verdict : 'cannot tell'
}

/** The unit of a metric's rate in prose. */
export function unitWords(id: MetricId): string {
  const { unit, family } = metric(id)
  return unit === 'KiB/s' ? 'MB/s' : family === 'seeks' ? 'seeks/s' : 'files/s'
}

/** A rate for prose: `95.8 MB/s`, `at least 16,300 seeks/s`, `not run`. */
export function rateText(id: MetricId, m: Measurement): string {
  const number = rateNumber(id, m)
  return m.kind === 'absent' ? number : `${number} ${unitWords(id)}`
}

/** The same without its unit: `95.8`, `at least 16,300`, `not run`. */
export function rateNumber(id: MetricId, m: Measurement): string {
  if (m.kind === 'absent') return m.why
  const scale = metric(id).unit === 'KiB/s' ? megabytes : (x: number) => x
  return m.kind === 'measured'
    ? threeDigits(scale(m.value))
    : `at least ${threeDigits(scale(m.bound), 'down')}`
}

/** A quantity other than a rate, in its own unit. */
export function quantityText(id: MetricId, quantity: Quantity, m: Measurement): string {
  if (quantity === 'rate' || m.kind === 'absent') return rateText(id, m)
  const value = m.kind === 'measured' ? m.value : m.bound
  const least = m.kind === 'at least' ? 'at least ' : ''
  if (quantity === 'cpu') return `${least}${whole(value)} %`
  if (quantity === 'latency') return `${least}${durationText(value)}`
  const reach = m.kind === 'measured' ? (m.tolerance ?? 0) : 0
  const cost = reach === 0 ? threeDigits(value) : costRange(value - reach, value + reach)
  return `${least}${cost} CPU-seconds per GiB`
}

/** An interval of costs, rounded outwards: `0.55 to 0.59`. */
function costRange(low: number, high: number): string {
  return `${threeDigits(low, 'down')} to ${threeDigits(high, 'up')}`
}

/** Microseconds in the unit a person would choose. */
export function durationText(microseconds: number): string {
  if (microseconds < 1000) return `${whole(microseconds)} µs`
  if (microseconds < 1e6) return `${threeDigits(microseconds / 1e3)} ms`
  return `${threeDigits(microseconds / 1e6)} s`
}

const SMALL = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** A count as a word where it is small: `two`, `13`. */
export function countWord(n: number): string {
  return SMALL[n] ?? whole(n)
}

/** `one run`, `two runs`. */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${countWord(n)} ${n === 1 ? noun : plural}`
}

/** `this file` and `these two files`, as the subject of a sentence with its verb: `These two files do`. */
export function theseFiles(n: number, verb: 'do' | 'hold'): string {
  const singular = { do: 'does', hold: 'holds' }[verb]
  return n === 1 ? `This file ${singular}` : `These ${counted(n, 'file')} ${verb}`
}

/** `a`, `a and b`, `a, b and c`; with semicolons where an item holds a comma of its own: `a, b; and c`. */
export function listed(words: readonly string[], joint = 'and'): string {
  if (words.length < 2) return words.join('')
  if (words.some(holdsComma)) return `${words.slice(0, -1).join('; ')}; ${joint} ${words.at(-1)}`
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
}

/** So many runs are named one by one. */
const MOST_NAMED = 12

/** `run 2`, `runs 1, 2 and 5`; of many only how many they are: `9,954 runs`. */
export function runNames(runs: readonly number[]): string {
  if (runs.length > MOST_NAMED) return counted(runs.length, 'run')
  return `${runs.length === 1 ? 'run' : 'runs'} ${listed(runs.map(String))}`
}

/** Whether a comma could be taken for one between items; in brackets none can. */
function holdsComma(words: string): boolean {
  return /,\s/.test(words.replace(/\([^()]*\)/g, ''))
}

/** The first letter raised, as at the start of a sentence. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A size in MiB as one would say it: `512 MiB`, `2 GiB`, `1.44 GiB`; `2,064 MiB` stays as bonnie++ prints it. */
export function sizeText(mib: number): string {
  const gib = Number((mib / 1024).toFixed(2))
  const round = gib * 1024 === mib || !Number.isInteger(mib)
  return mib >= 1024 && round ? `${gib} GiB` : `${whole(mib)} MiB`
}

/** The digits of a number with a comma between thousands. */
export function commas(digits: string): string {
  const [integer = '', fraction] = digits.split('.')
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** What reads attach lines, in versions of Xen: `xl of Xen 4.6 to below 4.13`, `xm of Xen below 4.5`. */
export function readerWords({ tool, from, below }: LadderColumn): string {
  if (from === null) return `${tool} of Xen ${below === null ? 'of any version' : `below ${below}`}`
  return `${tool} of Xen ${below === null ? `${from} and later` : `${from} to below ${below}`}`
}
