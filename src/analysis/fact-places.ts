import type { Place } from '../model/diagnostic.ts'
import { whereaboutsIn } from '../model/lines.ts'
import { split } from './front-matter.ts'
import { placeIn } from './schema-check.ts'

/** Places in the front matter of what is only known to be wrong later on. */
export interface FactPlaces {
  /** where it says these words, and an offset in them; where they are folded or quoted, where they begin */
  ofWords(words: string, offset: number): Place
  /** where it gives a key this value */
  ofValue(key: string, value: string): Place
}

/** Looks for facts in the front matter of a study.md. */
export function factPlaces(text: string): FactPlaces {
  const page = { file: 'study.md', whereabouts: whereaboutsIn(text) }
  const [start, end] = split(text).yaml ?? [0, 0]
  const yaml = text.slice(start, end)
  const values = new Map<string, readonly number[]>()
  return {
    ofWords(words, offset) {
      const whole = yaml.indexOf(words)
      const begin = whole === -1 ? yaml.indexOf(words.slice(0, 12)) : whole
      return placeIn(page, begin === -1 ? 0 : start + begin + (whole === -1 ? 0 : offset))
    },
    ofValue(key, value) {
      const begins = values.get(key) ?? valuesOf(key, yaml)
      values.set(key, begins)
      const found = begins.find((at) => yaml.startsWith(value, at))
      return placeIn(page, found === undefined ? 0 : start + found)
    },
  }
}

/** The offsets at which values of a key may begin, within quotes where there are any. */
function valuesOf(key: string, yaml: string): number[] {
  return [...yaml.matchAll(new RegExp(`\\b${key}\\s*:\\s*`, 'g'))].flatMap(({ 0: { length }, index }) => {
    const at = index + length
    return /["']/.test(yaml.charAt(at)) ? [at + 1, at] : [at]
  })
}
