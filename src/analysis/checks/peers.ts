import { factor, rateText, whole } from '../../model/format.ts'
import { seeksOf } from '../../model/semantics.ts'
import type { Doubt, Scene } from '../doubt.ts'
import { rangeOf, testOf } from '../evidence.ts'
import { rotates, SEEKS_PER_SPINDLE } from './disk.ts'

/* What another backend got from the disk: whether it is the same one, no output tells. */

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
  const pace = () =>
    censored
      ? `${whole(made)} seeks in under ${time}, more than ${whole(s.low)} a second`
      : `${whole(s.low)} seeks a second`
  const doubt = { metric: 'seeks', strength: s.low } as const
  const memory = { ...doubt, effect: 'not-disk', cause: 'memory' } as const
  if (rotates(facts)) {
    const most = SEEKS_PER_SPINDLE * (disk?.spindles ?? 1)
    if (s.low <= most && !censored) return []
    const limit =
      s.low > most ? `where the declared disks can do ${whole(most)}` : 'too fast for turning disks'
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
          message: `The run made ${pace()}, while another backend did ${slow}: if both lie on one disk, memory helped.`,
        },
      ]
    }
    const message = `The run made ${pace()}; if the disk gives no more than the ${slow} that another backend got, at least ${percent} % were answered from memory.`
    return [{ ...memory, message }]
  }
  if (!censored) return []
  const message = `The run made ${pace()}, beyond any spinning disk, and the kind of disk is not recorded.`
  return [{ ...doubt, effect: 'suspect', message }]
}

/** Reads well above what another backend got; only a backend that may cache is accused of it. */
export function fasterThanReference({ run, evidence, reference }: Scene): Doubt[] {
  const r = rangeOf(run, 'get_block')
  const known = reference('get_block', testOf(run, 'get_block'))
  if (!r || known === null || r.low <= 1.5 * known || evidence.caches === 'no') return []
  const delivered = rateText('get_block', { kind: 'measured', value: known })
  const doubt = { metric: 'get_block', strength: r.low / known } as const
  if (evidence.caches === 'unknown') {
    const message = `The block read ran ${factor(r.low / known)} times as fast as another backend's (${delivered}): if both lie on one disk, memory helped.`
    return [{ ...doubt, effect: 'suspect', message }]
  }
  const share = factor((1 - known / r.low) * 100, 'down')
  const message = `If the disk gives no more than the ${delivered} that another backend got, at least ${share} % of these bytes did not come from it.`
  return [{ ...doubt, effect: 'not-disk', cause: 'memory', message }]
}
