/**
 * Work that need not be done twice: gives what `make` gave the last time it was asked for at this place, if the inputs
 * are the same ones now (as Object.is tells: texts by what they say, objects by being the same object), else calls
 * it. `make` must follow from its inputs alone, and name all of them.
 */
export type Keep = <T>(place: string, inputs: readonly unknown[], make: () => T) => T

/** Does all work anew, as a build does. */
export const anew: Keep = (_place, _inputs, make) => make()
