import { setFlagsFromString } from 'node:v8'

/*
 * How soon V8 compiles a function once more, and better. It reckons with programs that run for minutes; a build is over
 * in a second or two, most of what was compiled for it would never have repaid that, and the compiling takes as long
 * as the rest of a small build. So it waits about fifteen times longer. What runs for long is compiled well all the
 * same, a little later: no command was seen to become slower, `check` of 5,000 rows neither.
 *
 * The numbers were chosen by trying (cold builds of one, five and fifty studies, `check` and `parse` of 5,000 rows);
 * a third and three times as much differ by a few per cent. WebAssembly, which draws the pictures, is told apart:
 * there 30 pictures of 1200 by 630 pixels take less with its first compiler alone than with both.
 */

const OF_PICTURES = '--wasm-tiering-budget=500000000'
const SINCE_MAGLEV = [
  '--invocation-count-for-turbofan=40000',
  '--invocation-count-for-maglev=4000',
  OF_PICTURES,
]

/** By V8's major version, since each complains aloud of a flag it does not know: Node 20, 22 and 24. */
const FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['11', ['--interrupt-budget=1000000', OF_PICTURES]],
  ['12', SINCE_MAGLEV],
  ['13', SINCE_MAGLEV],
])

/** The flags that a version of V8, such as `11.3.244.8-node.33`, is given; none where they were not tried. */
export function flagsOf(v8: string): readonly string[] {
  return FLAGS.get(v8.split('.')[0] ?? '') ?? []
}

/** Lets V8 optimise later than it would by itself. `v8` is its version; what is already compiled stays so. */
export function optimizeLater(v8: string): void {
  for (const flag of flagsOf(v8)) setFlagsFromString(flag)
}
