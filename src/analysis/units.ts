import { power } from '../model/power.ts'

/*
 * Amounts as authors write them in front matter. A text that none of these understands is null, never a guess.
 */

const POWER: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 }

/**
 * A size of memory or of a file in MiB: `1 GiB`, `2064M`, `512 MiB`, `23 GB`, `512 kB`. GB is read as GiB, because
 * that is what memory sold in "GB" holds.
 */
export function memoryMib(size: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt])(?:i?b)?$/i.exec(size.trim())
  const exponent = POWER[match?.[2]?.toLowerCase() ?? '?']
  if (!match || exponent === undefined) return null
  const mib = Number(match[1]) * power(1024, exponent - 2)
  return Number.isFinite(mib) && mib > 0 ? mib : null
}

/**
 * The line rate of a link or throttle in bytes a second: `60 MB/s`, `60 MiB/s`, `60,000,000 bytes/s`,
 * `SATA 3 Gb/s`, `10GbE`. A capital B is bytes and a small b is bits; `mb/s` says neither, so it is null. So are
 * two different rates in one text.
 */
export function bytesPerSecond(link: string): number | null {
  const rate =
    /(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s*([kKMGT]?)(i?)(B|b|bit|bits|bytes?)(?:\/s|ps|E(?!\w))(?!\w)/g
  const found = new Set([...link.matchAll(rate)].map(lineRate))
  const [only] = found
  return found.size === 1 && only !== undefined && Number.isFinite(only) && only > 0 ? only : null
}

function lineRate([, digits = '', prefix = '', binary, unit = '']: readonly string[]): number {
  const base = binary ? 1024 : 1000
  const amount = Number(digits.replaceAll(',', '')) * power(base, POWER[prefix.toLowerCase()] ?? 0)
  return unit === 'B' || unit.startsWith('byte') ? amount : amount / 8
}

/** A percentage as a share: `5 %` is 0.05. */
export function share(percent: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(percent.trim())
  return match ? Number(match[1]) / 100 : null
}
