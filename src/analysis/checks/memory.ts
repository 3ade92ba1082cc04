import { factor, rateText } from '../../model/format.ts'
import type { Facts } from '../../model/study.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { type Evidence, rangeOf } from '../evidence.ts'
import { rotates } from './disk.ts'

/* What a run by itself shows of memory that answered in place of the disk. */

/**
 * A rewrite reads and writes every block but counts the file once (bonnie++ 1.03c, TestFileOps). Hard ceiling: it
 * cannot outrun the slower of block write and block read. Soft ceiling, where the disk is declared rotational: the
 * half-duplex sum x (1/w + 1/r) cannot pass 1. An unknown (censored) read counts as infinitely fast.
 */
export function rewriteCeiling({ run, facts }: Scene): Doubt[] {
  const [x, w, r] = [rangeOf(run, 'rewrite'), rangeOf(run, 'put_block'), rangeOf(run, 'get_block')]
  if (!x || !w || !r || (w.high === Number.POSITIVE_INFINITY && r.high === Number.POSITIVE_INFINITY))
    return []
  const hard = x.low / Math.min(w.high, r.high)
  const soft = x.low * (1 / w.high + 1 / r.high)
  if (hard <= 1.05 && soft <= 1.1) return []
  const ceiling = { metric: 'rewrite', strength: Math.max(hard, soft) } as const
  const slow = w.high <= r.high ? 'block write' : 'block read'
  const slower = `${factor(hard)} times its own ${slow}`
  const duplex = `${factor(soft)} times what one disk that reads and writes in turn could do`
  const told = 'Rewriting reads and writes every block, yet it ran at'
  const memory = { ...ceiling, effect: 'not-disk', cause: 'memory' } as const
  const source = 'its reads or its writes came from memory'
  const both = r.high === Number.POSITIVE_INFINITY ? slower : `${slower} and ${duplex}`
  if (hard > 1.25)
    return [{ ...memory, message: `${told} ${both}: ${source}, unless something slowed the ${slow}.` }]
  const turns = rotates(facts)
  if (turns && soft > 1.5) return [{ ...memory, message: `${told} ${duplex}: ${source}.` }]
  if (hard > 1.05)
    return [
      { ...ceiling, effect: 'suspect', message: `${told} ${slower}: part of it may have come from memory.` },
    ]
  if (!turns)
    return [
      {
        ...ceiling,
        message: `The rewrite ran at ${duplex}; a device that reads and writes side by side can reach that.`,
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

/**
 * The shape of a run out of memory: calibrated on 23 published rows, of which it fires on the eight cached ones. Below
 * an open snapshot a write is slow by itself, so that there, where nothing caches, the quotient is no sign of memory.
 */
export function memorySignature({ run, evidence, facts }: Scene): Doubt[] {
  const [r, w, s] = [rangeOf(run, 'get_block'), rangeOf(run, 'put_block'), rangeOf(run, 'seeks')]
  if (!r) return []
  const cpu = run.cells.get_block.cpu ?? 0
  const heldBack = copiesFirst(evidence, facts) && evidence.caches === 'no'
  const outruns = w !== null && r.low >= 10 * w.high && !heldBack
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
    {
      metric: 'get_block',
      ...memory,
      message: hurries
        ? `${because}: that is the speed of memory, not of a disk.`
        : `${because}: the read came from memory, or something held the write back.`,
    },
  ]
  if (s)
    doubts.push({
      metric: 'seeks',
      ...memory,
      message: hurries
        ? `${because}, so the file was in memory when the seeks began.`
        : `${because}: unless something held the write back, the file was in memory when the seeks began.`,
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

/** Whether a first write to a block also copies the old one, as below a snapshot: declared, or known of the kind. */
function copiesFirst({ backend, knowledge }: Evidence, { backends }: Facts): boolean {
  return backends?.[backend.id]?.snapshot ?? knowledge?.firstWrite === 'copies'
}
