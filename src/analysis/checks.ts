import { factor, rateText, whole } from '../model/format.ts'
import { METRICS } from '../model/metric.ts'
import { flushesAtClose, processes, seeksOf } from '../model/semantics.ts'
import type { Facts } from '../model/study.ts'
import type { Doubt, Scene } from './doubt.ts'
import { linkRate, rangeOf, testOf } from './evidence.ts'
import { cacheable } from './layers.ts'

/** SHELF: does this cell measure the disk? Rows with `peers` run second, when the others' cells are judged. */
export const CHECKS: readonly {
  readonly rule: string
  readonly peers?: true
  readonly check: (scene: Scene) => readonly Doubt[]
}[] = [
  { rule: 'lower-bound', check: lowerBound },
  { rule: 'rewrite-ceiling', check: rewriteCeiling },
  { rule: 'memory-signature', check: memorySignature },
  { rule: 'cpu-bound', check: cpuBound },
  { rule: 'cacheable-file', check: cacheable },
  { rule: 'per-char-faster', check: perCharFaster },
  { rule: 'faster-than-link', check: fasterThanLink },
  { rule: 'impossible-seeks', peers: true, check: impossibleSeeks },
  { rule: 'faster-than-reference', peers: true, check: fasterThanReference },
]

/** `+++++` is a lower bound (bonnie.h: MinTime): never 0, never dropped, never infinite. */
function lowerBound({ run }: Scene): Doubt[] {
  return METRICS.flatMap(({ id }) => {
    const cell = run.cells[id]
    if (cell.state !== 'at_least' || cell.rate === null) return []
    const bound = rateText(id, { kind: 'at least', bound: cell.rate })
    return [
      {
        metric: id,
        strength: 0,
        message: `The test ended before bonnie++ would time it, so its true rate is ${bound}.`,
      },
    ]
  })
}

/**
 * A rewrite reads and writes every block but counts the file once (bonnie++ 1.03c, TestFileOps). Hard ceiling: it
 * cannot outrun the slower of block write and block read. Soft ceiling, where the disk is declared rotational: the
 * half-duplex sum x (1/w + 1/r) cannot pass 1. An unknown (censored) read counts as infinitely fast.
 */
function rewriteCeiling({ run, facts }: Scene): Doubt[] {
  const [x, w, r] = [rangeOf(run, 'rewrite'), rangeOf(run, 'put_block'), rangeOf(run, 'get_block')]
  if (!x || !w || !r || (w.high === Number.POSITIVE_INFINITY && r.high === Number.POSITIVE_INFINITY))
    return []
  const hard = x.low / Math.min(w.high, r.high)
  const soft = x.low * (1 / w.high + 1 / r.high)
  const ceiling = { metric: 'rewrite', strength: Math.max(hard, soft) } as const
  const slower = `${hard.toFixed(2)} times its own ${w.high <= r.high ? 'block write' : 'block read'}`
  const duplex = `${soft.toFixed(2)} times the half-duplex ceiling of one disk`
  const told = 'Rewriting reads and writes every block, yet it ran at'
  const memory = { ...ceiling, effect: 'not-disk', cause: 'memory' } as const
  const both = r.high === Number.POSITIVE_INFINITY ? slower : `${slower} and ${duplex}`
  if (hard > 1.25)
    return [{ ...memory, message: `${told} ${both}: at least one of the two came from memory.` }]
  const turns = rotates(facts)
  if (turns && soft > 1.5)
    return [{ ...memory, message: `${told} ${duplex}: at least one of the two came from memory.` }]
  if (hard > 1.05)
    return [
      { ...ceiling, effect: 'suspect', message: `${told} ${slower}: part of it may have come from memory.` },
    ]
  if (soft <= 1.1) return []
  if (!turns)
    return [
      {
        ...ceiling,
        message: `The rewrite ran at ${duplex}, which a device that reads and writes side by side can reach.`,
      },
    ]
  return [
    {
      ...ceiling,
      effect: 'suspect',
      message: `${told} ${duplex}: part of it may have come from memory, or the device reads and writes side by side.`,
    },
  ]
}

/** Whether the disk is declared to turn: a hard disk, or an array of which the spindles are counted. */
function rotates({ host }: Facts): boolean {
  return host?.disk?.kind === 'hdd' || (host?.disk?.kind === 'raid' && host.disk.spindles !== undefined)
}

/** The shape of a run out of memory: calibrated on 23 published rows, of which it fires on the eight cached ones. */
function memorySignature({ run }: Scene): Doubt[] {
  const [r, w, s] = [rangeOf(run, 'get_block'), rangeOf(run, 'put_block'), rangeOf(run, 'seeks')]
  if (!r) return []
  const cpu = run.cells.get_block.cpu ?? 0
  const outruns = w !== null && r.low >= 10 * w.high
  const hurries =
    r.low >= 700_000 && cpu >= 60 && s !== null && (s.high === Number.POSITIVE_INFINITY || s.low > 5000)
  if (!outruns && !hurries) return []
  const because =
    outruns && w
      ? `The block read ran ${r.high === r.low ? Math.round(r.low / w.high) : `at least ${Math.floor(r.low / w.high)}`} times as fast as the block write`
      : `The block read ran at ${rateText('get_block', { kind: 'measured', value: r.low })} with ${cpu} % CPU and thousands of seeks a second`
  const strength = w ? r.low / w.high : 1
  const memory = { effect: 'not-disk', cause: 'memory', strength } as const
  const doubts: Doubt[] = [
    { metric: 'get_block', ...memory, message: `${because}: that is the speed of memory, not of a disk.` },
  ]
  if (s)
    doubts.push({
      metric: 'seeks',
      ...memory,
      message: `${because}, so the file was in memory when the seeks began.`,
    })
  for (const id of ['rewrite', 'getc'] as const) {
    if (rangeOf(run, id))
      doubts.push({
        metric: id,
        effect: 'suspect',
        strength,
        message: `${because}, so this test may have found the file in memory too.`,
      })
  }
  return doubts
}

/** At 90 % CPU a rate is the processor's, from 75 % partly so (per process: seeks share theirs among several). */
function cpuBound({ run, facts }: Scene): Doubt[] {
  const processors = facts.guest?.vcpus ?? Number.POSITIVE_INFINITY
  return METRICS.flatMap(({ id, label }) => {
    const { cpu, state } = run.cells[id]
    const share = (cpu ?? 0) / Math.min(processes(id, run), processors)
    if (state !== 'measured' || cpu === null || share < 75) return []
    const limited = share >= 90
    const message = limited
      ? `At ${whole(cpu)} % CPU the ${label} shows the speed of the processor, not of storage.`
      : `At ${whole(cpu)} % CPU the ${label} was partly limited by the processor.`
    return [
      {
        metric: id,
        strength: share,
        value: cpu,
        message,
        ...(limited ? ({ effect: 'not-disk', cause: 'cpu' } as const) : ({ effect: 'suspect' } as const)),
      },
    ]
  })
}

/** Before 1.90b nothing is flushed between phases: a slower block write means that one phase paid for another. */
function perCharFaster({ run }: Scene): Doubt[] {
  const [c, w] = [rangeOf(run, 'putc'), rangeOf(run, 'put_block')]
  if (flushesAtClose(run) || !c || !w || c.low <= 1.1 * w.high) return []
  const message = `Writing single characters ran ${factor(c.low / w.high)} times as fast as writing blocks, so one phase paid for the other's unwritten data.`
  return (['putc', 'put_block'] as const).map((metric) => ({
    metric,
    effect: 'suspect',
    strength: c.low / w.high,
    message,
  }))
}

/** Nothing passes through an interface faster than the interface; 2 % are left for rounding of the declaration. */
function fasterThanLink({ run, facts }: Scene): Doubt[] {
  const limit = linkRate(facts)
  if (limit === null) return []
  return METRICS.filter((m) => m.family === 'bulk').flatMap(({ id, label }) => {
    const range = rangeOf(run, id)
    if (!range || range.low <= 1.02 * limit) return []
    const message = `The ${label} ran at ${factor(range.low / limit)} times what the disk's link can carry (${facts.host?.disk?.link}): the rest came from memory.`
    return [{ metric: id, effect: 'not-disk', cause: 'memory', strength: range.low / limit, message }]
  })
}

/** Highest believable seeks a second of one 10,000 or 15,000 rpm disk under a few seekers. */
const SEEKS_PER_SPINDLE = 900
/** Share of seeks that must have been answered from memory before a reference condemns a seek rate. */
const CONDEMNING_SHARE = 0.5

/** Seeks beyond the mechanics: the class of the disk decides; where it is unknown, another backend's seeks may. */
function impossibleSeeks({ run, evidence, facts, reference }: Scene): Doubt[] {
  const s = rangeOf(run, 'seeks')
  const disk = facts.host?.disk
  if (!s || disk?.kind === 'ssd' || disk?.kind === 'nvme') return []
  const censored = s.high === Number.POSITIVE_INFINITY
  const made = seeksOf(run)
  const time = made / s.low < 0.75 ? 'half a second' : 'a second'
  const pace = censored ? `${whole(made)} seeks in under ${time}` : `${whole(s.low)} seeks a second`
  const doubt = { metric: 'seeks', strength: s.low } as const
  const memory = { ...doubt, effect: 'not-disk', cause: 'memory' } as const
  if (rotates(facts)) {
    const most = SEEKS_PER_SPINDLE * (disk?.spindles ?? 1)
    if (s.low <= most && !censored) return []
    const limit =
      s.low > most
        ? `more than the ${whole(most)} a second that the declared disks can do`
        : 'too fast for turning disks'
    return [{ ...memory, message: `The run made ${pace}, ${limit}.` }]
  }
  const known = reference('seeks', testOf(run, 'seeks'))
  const share = known === null ? 0 : 1 - known / s.low
  if (known !== null && share >= CONDEMNING_SHARE && (censored || evidence.caches !== 'no')) {
    const percent = factor(share * 100, 'down')
    const slow = rateText('seeks', { kind: 'measured', value: known })
    if (!censored && evidence.caches === 'unknown') {
      return [
        {
          ...doubt,
          effect: 'suspect',
          message: `The run made ${pace}, while another backend of the same disk did ${slow}.`,
        },
      ]
    }
    const message = `The run made ${pace}; with a disk that does ${slow} for another backend, at least ${percent} % were answered from memory.`
    return [{ ...memory, message }]
  }
  if (!censored) return []
  const message = `The run made ${pace}, beyond any spinning disk, and the kind of disk is not recorded.`
  return [{ ...doubt, effect: 'suspect', message }]
}

/** Reads well above what the same disk gave another backend; only a backend that may cache is accused of it. */
function fasterThanReference({ run, evidence, reference }: Scene): Doubt[] {
  const r = rangeOf(run, 'get_block')
  const known = reference('get_block', testOf(run, 'get_block'))
  if (!r || known === null || r.low <= 1.5 * known || evidence.caches === 'no') return []
  const delivered = rateText('get_block', { kind: 'measured', value: known })
  const doubt = { metric: 'get_block', strength: r.low / known } as const
  if (evidence.caches === 'unknown') {
    const message = `The block read ran ${factor(r.low / known)} times as fast as another backend's, to which the same disk delivered ${delivered}.`
    return [{ ...doubt, effect: 'suspect', message }]
  }
  const share = factor((1 - known / r.low) * 100, 'down')
  const message = `At least ${share} % of these bytes cannot have come from the disk, which delivered ${delivered} to another backend.`
  return [{ ...doubt, effect: 'not-disk', cause: 'memory', message }]
}
