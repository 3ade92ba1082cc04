/** Which faults are tried in a scene, in which order, and how many of each kind there were. */
import path from 'node:path'
import type { DiskCall, Fault, FaultKind } from './hook.mjs'
import type { Stage } from './trial.ts'

/** Of a call that writes all that a disk may answer; nothing runs full where something is read. */
const WRITING: readonly FaultKind[] = ['ENOSPC', 'EACCES', 'EIO', 'EROFS', 'EMFILE', 'half', 'kill']
const READING: readonly FaultKind[] = ['EIO', 'EACCES', 'EMFILE']
const HALVES = ['writeFileSync', 'copyFileSync', 'rmSync']

/** The faults that are worth trying at a call: each kind of answer that it can give. */
export function kindsFor({ writes, name }: DiskCall): readonly FaultKind[] {
  return writes ? WRITING.filter((kind) => kind !== 'half' || HALVES.includes(name)) : READING
}

/** The numbers of all calls, of each way to the disk and each kind of place the first one before all others. */
export function pointsOf({ calls, folder }: Pick<Stage, 'calls' | 'folder'>): {
  readonly distinct: readonly number[]
  readonly others: readonly number[]
} {
  const first = new Map<string, number>()
  const others: number[] = []
  calls.forEach((call, i) => {
    const key = `${call.name} ${call.way} ${classOf(call.place, folder)}`
    if (first.has(key)) others.push(i + 1)
    else first.set(key, i + 1)
  })
  return { distinct: [...first.values()], others: shuffled(others) }
}

/** What kind of place it is: `site *.svg`. */
function classOf(place: string, folder: string): string {
  const inside = place.replace(`${folder}/`, '').replace(/^.*\/(?=templates\/)/, '')
  return `${inside.split('/', 1)[0]} *${path.extname(inside)}`
}

/** In an order that has nothing to do with theirs, and is always the same: so what is tried first is a sample. */
function shuffled(numbers: readonly number[]): number[] {
  const key = (n: number) => (n * 2654435761) % 4294967296
  return numbers.toSorted((a, b) => key(a) - key(b))
}

/** How often each kind of fault was tried. */
export class Tally {
  readonly #kinds = new Map<FaultKind, { tried: number; distinct: number }>()
  failed = 0

  add({ kind }: Fault, isDistinct: boolean, isWrong: boolean): void {
    const count = this.#kinds.get(kind) ?? { tried: 0, distinct: 0 }
    count.tried += 1
    if (isDistinct) count.distinct += 1
    if (isWrong) this.failed += 1
    this.#kinds.set(kind, count)
  }

  get total(): number {
    return [...this.#kinds.values()].reduce((sum, { tried }) => sum + tried, 0)
  }

  /** `ENOSPC 120 (14 distinct), kill 77 (9 distinct)`. */
  text(): string {
    const kinds = [...this.#kinds].map(
      ([kind, { tried, distinct }]) => `${kind} ${tried} (${distinct} distinct)`,
    )
    return `${this.total} faults: ${kinds.join(', ') || 'none'}; ${this.failed} not survived`
  }
}
