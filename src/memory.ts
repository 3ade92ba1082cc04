import { anew, type Keep } from './model/keep.ts'

/*
 * What a program that stays remembers between two builds. One value a place: memory grows with the files of a blog,
 * not with how often they are edited.
 */

/** A Keep that remembers what `first` gave. What failed is not kept, so that it fails, or not, anew. */
export function openMemory(first: Keep = anew): Keep {
  const places = new Map<string, { readonly inputs: readonly unknown[]; readonly value: unknown }>()
  return <T>(place: string, inputs: readonly unknown[], make: () => T): T => {
    const last = places.get(place)
    if (last && isSame(last.inputs, inputs)) return last.value as T
    const value = first(place, inputs, make)
    const entry = { inputs, value }
    places.set(place, entry)
    if (value instanceof Promise) value.catch(() => places.get(place) === entry && places.delete(place))
    return value
  }
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((input, i) => Object.is(input, others[i]))
}
