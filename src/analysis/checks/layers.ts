import { factor, sizeText, threeDigits } from '../../model/format.ts'
import type { MetricId } from '../../model/metric.ts'
import { flushesAtClose, isBefore } from '../../model/semantics.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { rangeOf } from '../evidence.ts'

/*
 * The size of the test file against the memory of every layer that can hold it. A file of less than twice a cache may
 * be read from it; bonnie++ itself only looks at the memory of the machine it runs in.
 */

export const READS: readonly MetricId[] = ['rewrite', 'getc', 'get_block', 'seeks']
export const WRITES: readonly MetricId[] = ['putc', 'put_block']

interface Layer {
  /** as the subject of a sentence */
  readonly name: string
  /** MiB; null where it is not recorded */
  readonly memory: number | null
  /** an upper limit of it, where only that is known */
  readonly atMost: number | null
  /** whether it is known to cache */
  readonly certain: boolean
  /** which tests it may have answered */
  readonly touches: readonly MetricId[]
}

/** Doubts from the guest's memory, from the layer that serves the disk, and from what lies below the host. */
export function cacheable(scene: Scene): Doubt[] {
  const size = scene.run.file_size_mib
  if (size === null) return []
  return [...guestDoubts(scene, size), ...layers(scene).flatMap((layer) => layerDoubts(scene, size, layer))]
}

function guestDoubts(scene: Scene, size: number): Doubt[] {
  const { run, memories } = scene
  if (memories.guest === null) return unknownGuest(scene)
  const q = size / memories.guest
  const told = `The file is ${factor(q, 'down')} times the guest's memory`
  if (q < 2) return condemn({ run }, `${told} of ${sizeText(memories.guest)}`, 2 / q)
  if (q >= 4) return []
  const noted = {
    metric: 'get_block',
    strength: 4 / q,
    message: `${told}: a sweep through a file larger than the memory finds little of it there, but four times would leave no question.`,
  } as const
  const seeks = run.cells.seeks.state === 'measured' ? rangeOf(run, 'seeks') : null
  const own = seeks
    ? `: the disk's own rate lies between ${threeDigits(seeks.low * (1 - 1 / q), 'down')} and ${threeDigits(seeks.low)} seeks/s`
    : ''
  const doubted = {
    metric: 'seeks',
    effect: 'suspect',
    raises: true,
    strength: 4 / q,
    message: `${told}, so up to ${factor(100 / q, 'up')} % of the seeks may have been answered from it${own}.`,
  } as const
  return [...(rangeOf(run, 'get_block') ? [noted] : []), ...(rangeOf(run, 'seeks') ? [doubted] : [])]
}

/**
 * bonnie++ refuses a file below twice the memory it sees; Bonnie before it never asked. Writes stay out of it: a system
 * holds back only a part of its memory in unwritten data, and the next phase pays for it.
 */
function unknownGuest({ run }: Scene): Doubt[] {
  const unasked = isBefore(run)
  const touched = unasked ? READS : (['seeks'] as const)
  const message = unasked
    ? "The guest's memory is not recorded, and Bonnie takes a file of any size, so a cache cannot be excluded."
    : "The guest's memory is not recorded, so part of the seeks may have been answered from it."
  return touched
    .filter((id) => rangeOf(run, id))
    .map((metric) => ({ metric, effect: 'suspect', raises: true, strength: 1, message }))
}

function layers({ evidence, memories }: Scene): Layer[] {
  const found: Layer[] = []
  if (evidence.caches !== 'no') {
    const certain = evidence.caches === 'yes'
    const name = certain
      ? `The memory of the host's side, which caches for ${evidence.backend.title},`
      : 'The memory of the host, which may cache for this backend,'
    found.push({
      name,
      memory: memories.dom0 ?? (certain ? null : memories.host),
      atMost: memories.host,
      certain,
      touches: [...WRITES, ...READS],
    })
  }
  if (memories.below === 'unknown') {
    // what lies far below does not hold back writes that the tool flushes
    const name = 'What caches below the measured host'
    found.push({ name, memory: null, atMost: null, certain: false, touches: READS })
  }
  if (typeof memories.below === 'number') {
    const name = "The disk's own cache"
    found.push({ name, memory: memories.below, atMost: null, certain: true, touches: READS })
  }
  return found
}

function layerDoubts({ run }: Scene, size: number, layer: Layer): Doubt[] {
  const largest = layer.memory ?? layer.atMost
  if (largest !== null && size >= 2 * largest) return []
  if (layer.memory !== null && layer.certain) {
    return condemn(
      { run },
      `${layer.name} is ${sizeText(layer.memory)}, the file only ${sizeText(size)}`,
      (2 * layer.memory) / size,
    )
  }
  const told =
    layer.memory === null
      ? `${layer.name} is not recorded, so a cache cannot be excluded.`
      : `${layer.name} is ${sizeText(layer.memory)} against a file of ${sizeText(size)}, so a cache cannot be excluded.`
  return layer.touches
    .filter((id) => rangeOf(run, id))
    .map((metric) => ({ metric, effect: 'suspect', raises: true, strength: 1, message: told }))
}

/** Reads, rewrite and seeks fall; block writes are only in doubt where the tool flushes before it stops the clock. */
function condemn({ run }: Pick<Scene, 'run'>, told: string, strength: number): Doubt[] {
  const flushed = flushesAtClose(run)
  const reads = READS.filter((id) => rangeOf(run, id)).map(
    (metric): Doubt => ({
      metric,
      effect: 'not-disk',
      cause: 'memory',
      strength,
      message: `${told}: it could be answered from there.`,
    }),
  )
  const writes = WRITES.filter((id) => rangeOf(run, id)).map((metric): Doubt => {
    if (flushed)
      return {
        metric,
        effect: 'suspect',
        strength,
        message: `${told}: it could take the writes first and pass them on later.`,
      }
    return {
      metric,
      effect: 'not-disk',
      cause: 'memory',
      strength,
      message: `${told}, and this version does not flush before it stops the clock.`,
    }
  })
  return [...reads, ...writes]
}
