import { listed } from '../model/format.ts'
import type { MissingFact } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import type { Evidence } from './evidence.ts'
import { serverOf } from './hypervisor.ts'

/** The facts that nobody wrote down, each with the conclusion it would strengthen. */
export function missingFacts(evidence: readonly Evidence[], facts: Facts): MissingFact[] {
  const { host, guest, order, backends } = facts
  const cached = evidence.filter((e) => e.caches !== 'no').map((e) => e.backend.title)
  const imaged = evidence.filter((e) => e.knowledge?.store === 'file')
  const unallocated = imaged.filter((e) => backends?.[e.backend.id]?.allocation === undefined)
  const unsettled = evidence.filter((e) => e.attached && e.attached.verdict !== 'agrees')
  const modeless = evidence.filter(
    (e) => e.caches === 'unknown' && e.knowledge?.caches === 'unknown' && e.knowledge.options.length > 0,
  )
  const replicated = evidence.some((e) => e.runs.length > 1)
  const kind = host?.disk?.kind
  const found: (MissingFact | false)[] = [
    guest?.ram === undefined && {
      fact: "the guest's memory",
      key: 'guest.ram',
      strengthens: 'whether the test file was too large for it',
      decisive: true,
    },
    cached.length > 0 &&
      host?.dom0_ram === undefined &&
      (host?.ram === undefined || evidence.some((e) => e.caches === 'yes')) && {
        fact:
          host?.ram === undefined
            ? `${serverOf(evidence, facts)}'s memory`
            : `how much of the host's ${host.ram} could cache`,
        key: 'host.dom0_ram',
        strengthens: `whether that memory answered for ${listed(cached)}`,
        decisive: true,
      },
    (kind === undefined || kind === 'unknown') && {
      fact: 'the kind of disk',
      key: 'host.disk.kind',
      strengthens: 'which rates and seeks it can reach',
      decisive: true,
    },
    unsettled.length > 0 && {
      fact: 'what served the disk in truth',
      key: `backends.${unsettled[0]?.backend.id}.effective`,
      strengthens: `whether the numbers are those of ${listed(unsettled.map((e) => e.backend.title))}`,
      decisive: true,
    },
    modeless.length > 0 && {
      fact: `the cache mode of ${listed(modeless.map((e) => e.backend.title))}`,
      key: `backends.${modeless[0]?.backend.id}.attach`,
      strengthens: "whether the host's memory answered",
      decisive: true,
    },
    unallocated.length > 0 && {
      fact: 'how the disk images were allocated',
      key: `backends.${unallocated[0]?.backend.id}.allocation`,
      strengthens: 'whether block writes also paid for allocation',
      decisive: true,
    },
    host?.disk?.cache === 'unknown' && {
      fact: 'what caches below the measured host',
      key: 'host.disk.cache',
      strengthens: 'whether reads and seeks came from there',
      decisive: true,
    },
    replicated &&
      order === undefined && {
        fact: 'the order of the runs',
        key: 'order',
        strengthens: 'whether a drift could pass for a difference',
        decisive: false,
      },
    host?.kernel === undefined && {
      fact: "the host's kernel",
      key: 'host.kernel',
      strengthens: 'whether a flush of the guest reached the medium',
      decisive: false,
    },
  ]
  return found.filter((one) => one !== false)
}
