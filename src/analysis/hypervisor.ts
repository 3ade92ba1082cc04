import type { Hypervisor } from '../model/backend.ts'
import type { Facts } from '../model/study.ts'
import { hypervisorOf } from './attach.ts'
import type { Evidence } from './evidence.ts'

/** The backends of a study, of which the pages of their kinds are asked. */
type Measured = readonly Pick<Evidence, 'knowledge'>[]

/**
 * Whose backends can be chosen: those that the study measured, by the pages of their kinds, where they are of one
 * hypervisor; else those of the hypervisor that it names. Null where neither tells.
 */
export function familyOf(measured: Measured, facts: Facts): Exclude<Hypervisor, 'any'> | null {
  const families = new Set(measured.flatMap(({ knowledge }) => knowledge?.hypervisor ?? []))
  families.delete('any')
  const [only, ...more] = families as ReadonlySet<Exclude<Hypervisor, 'any'>>
  return only !== undefined && more.length === 0 ? only : hypervisorOf(facts)
}

/** Who serves the disks of the guests, as sentences call it. */
export type Server = 'dom0' | 'the host'

/** Dom0 where the study names Xen, or names nothing and measured backends of Xen; in every other case the host. */
export function serverOf(measured: Measured, facts: Facts): Server {
  const isXen =
    facts.host?.hypervisor === undefined
      ? measured.some(({ knowledge }) => knowledge?.hypervisor === 'xen')
      : hypervisorOf(facts) === 'xen'
  return isXen ? 'dom0' : 'the host'
}
