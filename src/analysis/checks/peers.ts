import { factor, rateText, whole } from '../../model/format.ts'
import { seeksOf } from '../../model/semantics.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { rangeOf, testOf } from '../evidence.ts'
import { rotates, SEEKS_PER_SPINDLE } from './disk.ts'

/* What the same disk gave another backend. */

/** Share of seeks that must have been answered from memory before a reference condemns a seek rate. */
const CONDEMNING_SHARE = 0.5

/** Seeks beyond the mechanics: the class of the disk decides; where it is unknown, another backend's seeks may. */
export function impossibleSeeks({ run, evidence, facts, reference }: Scene): Doubt[] {
  const s = rangeOf(run, 'seeks')
  const disk = facts.host?.disk
  if (!s || disk?.kind === 'ssd' || disk?.kind === 'nvme') return []
  const censored = s.high === Number.POSITIVE_INFINITY
  const made = seeksOf(run)
  const time = made / s.low < 0.75 ? 'half a second' : 'a second'
  const pace = () => (censored ? `${whole(made)} seeks in under ${time}` : `${whole(s.low)} seeks a second`)
  const doubt = { metric: 'seeks', strength: s.low } as const
  const memory = { ...doubt, effect: 'not-disk', cause: 'memory' } as const
  if (rotates(facts)) {
    const most = SEEKS_PER_SPINDLE * (disk?.spindles ?? 1)
    if (s.low <= most && !censored) return []
    const limit =
      s.low > most
        ? `more than the ${whole(most)} a second that the declared disks can do`
        : 'too fast for turning disks'
    return [{ ...memory, cause: 'too-fast', message: `The run made ${pace()}, ${limit}.` }]
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
          message: `The run made ${pace()}, while another backend of the same disk did ${slow}.`,
        },
      ]
    }
    const message = `The run made ${pace()}; with a disk that does ${slow} for another backend, at least ${percent} % were answered from memory.`
    return [{ ...memory, message }]
  }
  if (!censored) return []
  const message = `The run made ${pace()}, beyond any spinning disk, and the kind of disk is not recorded.`
  return [{ ...doubt, effect: 'suspect', message }]
}

/** Reads well above what the same disk gave another backend; only a backend that may cache is accused of it. */
export function fasterThanReference({ run, evidence, reference }: Scene): Doubt[] {
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
