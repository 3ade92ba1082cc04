import { linkRate, memories } from './evidence.ts'
import { numberOf } from './numerals.ts'
import type { Ground } from './refs.ts'
import { memoryMib } from './units.ts'

/* What a study knows of itself, in numbers: the front matter and the outputs. Empty where it knows nothing. */

/** A declared number, if it is declared. */
export function given(value: number | null | undefined): number[] {
  return value === null || value === undefined ? [] : [value]
}

/** The memories of guest, dom0 and host, and what caches below, in MiB. */
export function memorySizes({ facts }: Ground): number[] {
  const { guest, dom0, host, below } = memories(facts)
  return different([guest, dom0, host, below].filter((size) => typeof size === 'number'))
}

/** The sizes of the files that the runs wrote, in MiB. */
export function fileSizes({ evidence }: Ground): number[] {
  return different(evidence.flatMap((e) => e.runs.flatMap((run) => run.file_size_mib ?? [])))
}

/** How many runs a backend has. */
export function runsEach({ evidence }: Ground): number[] {
  return different(evidence.map((e) => e.runs.length))
}

/** All runs, those of one backend, and those of several together. */
export function runsTogether({ evidence }: Ground): number[] {
  const sums = new Set([0])
  for (const { runs } of evidence) for (const sum of [...sums]) sums.add(sum + runs.length)
  return different([...sums].filter((sum) => sum > 0))
}

/** The sizes that the front matter gives where it says how a backend is attached. */
export function attachedSizes({ facts }: Ground): number[] {
  const texts = Object.values(facts.backends ?? {}).flatMap(({ attach = '', effective = '' }) => [
    attach,
    effective,
  ])
  return different(
    texts.flatMap((text) => numbersIn(text, /\d[\d.,]{0,40}\s*(?:[kKMGT]i?B|[MGT])\b/g, sizeIn)),
  )
}

/** How many operations a second the front matter gives the disk: as its link, or in a caveat. */
export function declaredOperations({ facts }: Ground): number[] {
  const texts = [facts.host?.disk?.link ?? '', ...(facts.caveats ?? [])]
  return different(
    texts.flatMap((text) => numbersIn(text, /(\d[\d,]{0,40})\s(?:operations|ops|IOPS)\b/gi, numberIn)),
  )
}

/** The declared limit of the link in bytes a second. */
export function declaredRate({ facts }: Ground): number[] {
  return given(linkRate(facts)).map((kib) => kib * 1024)
}

function numbersIn(text: string, found: RegExp, read: (text: string) => number | null): number[] {
  return [...text.matchAll(found)].flatMap((match) => read(match[1] ?? match[0]) ?? [])
}

/** How many backends have runs. */
export function backendCount({ evidence }: Ground): number[] {
  return [evidence.length]
}

function different(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}

/** A size in MiB; null where it cannot be read. */
export function sizeIn(text: string): number | null {
  return memoryMib(text.replaceAll(',', ''))
}

/** A count in digits or words; null where it is none. */
export function numberIn(text: string): number | null {
  return numberOf(text.replace(/^a single$/i, 'one'))?.value ?? null
}
