/** Damages an output many times, and tells every crash, hang and silent change. */
import { type Damage, damaged } from './mutants.ts'
import { faultOf } from './oracle.ts'
import { type Original, type Output, type Reading, readBytes, readOriginal } from './outputs.ts'

export interface Survivor {
  readonly name: string
  readonly damage: Damage
  readonly kind: 'crash' | 'hang' | 'silent change'
  readonly story: string
}

export interface Tally {
  readonly mutants: number
  readonly survivors: readonly Survivor[]
}

/** Milliseconds after which reading a file of a few pages is a hang. */
const HANG = 1000

/** The outcome of some damages of one output. */
export function damageAll(output: Output, damages: Iterable<Damage>): Tally {
  const before = readOriginal(output.bytes)
  const survivors: Survivor[] = []
  let mutants = 0
  for (const damage of damages) {
    mutants += 1
    const found = survives(output, before, damage)
    if (found) survivors.push({ name: output.name, damage, ...found })
  }
  return { mutants, survivors }
}

function survives(output: Output, before: Original, damage: Damage): Pick<Survivor, 'kind' | 'story'> | null {
  const bytes = damaged(output.bytes, damage)
  let after: Reading
  try {
    const begun = process.cpuUsage()
    after = readBytes(bytes)
    // of our own time: a busy machine is no hang
    const took = process.cpuUsage(begun).user / 1000
    if (took > HANG) return { kind: 'hang', story: `took ${Math.round(took)} ms` }
  } catch (error) {
    return { kind: 'crash', story: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  const fault = faultOf(before, after, damage.kind)
  return fault === null ? null : { kind: 'silent change', story: fault }
}

/** A survivor in two lines: what it did, and what `run.ts --only` takes to do it again. */
export function toldOf({ name, damage, kind, story }: Survivor): string {
  return `${kind}: ${story}\n    --only '${JSON.stringify({ name, ...damage })}'`
}
