import type { Backend, Knowledge, Statement } from '../model/backend.ts'
import type { Recommendation } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { groundOf } from './grounds.ts'
import { familyOf } from './hypervisor.ts'
import type { Profile } from './profiles.ts'

/**
 * What the documents alone suggest for a workload, among the backends of the study's hypervisor: one that keeps no
 * copies in the host's memory and, where the workload needs it, brings a guest's flush to the medium. It never decides:
 * it is for whoever must choose before the measurements do. Where neither the backends nor the facts name a
 * hypervisor, nothing is suggested.
 */
export function documented(
  profile: Profile,
  knowledge: readonly Knowledge[],
  measured: readonly Backend[],
  facts: Facts,
): Recommendation['documented'] {
  const known = measured.map(({ kind }) => ({ knowledge: knowledge.find(({ id }) => id === kind) ?? null }))
  const family = familyOf(known, facts)
  const [choice] =
    profile.documented.length === 0
      ? []
      : knowledge
          .filter((page) => page.hypervisor === family && suits(profile, page))
          .toSorted((a, b) => rank(a) - rank(b) || b.features.length - a.features.length)
  if (!choice) return { choice: null, measured: false, because: [] }
  const told = profile.documented.flatMap((about) =>
    choice.documented.filter((statement) => statement.about === about),
  )
  const because = [...condition(choice), ...told].map((statement) => groundOf(choice, statement))
  const isLvm = namesLvm({ id: choice.id, title: choice.title, kind: null }, {})
  const saved = measured.some((b) => b.kind === choice.id || (isLvm && namesLvm(b, facts)))
  return { choice: choice.id, measured: saved, because }
}

/** A page whose backend can be set up so that neither requirement fails; a control is no choice. */
function suits({ durable }: Profile, page: Knowledge): boolean {
  const withoutCache = page.caches === 'no' || page.options.some(({ caches }) => caches === 'no')
  return !page.control && withoutCache && (!durable || page.flush === 'yes')
}

/** The setting without which a suggestion would not hold. */
function condition({ caches, options }: Knowledge): readonly Statement[] {
  const option = caches === 'no' ? undefined : options.find((one) => one.caches === 'no')
  if (!option) return []
  return [{ says: `with ${option.word} it keeps no copies in the host's memory`, sources: option.sources }]
}

/**
 * First what keeps no copies without being told so, then what writes a block to its place at once: a snapshot or a
 * thin pool costs its first writes extra, which no feature repays where nobody asked for it.
 */
function rank({ caches, firstWrite }: Knowledge): number {
  return (caches === 'no' ? 0 : 2) + (firstWrite === 'in place' ? 0 : 1)
}

/** Whether a backend is, or says that it stores on, an LVM volume. */
export function namesLvm(backend: Backend, facts: Facts): boolean {
  const words = [backend.kind, backend.id, backend.title, facts.backends?.[backend.id]?.attach]
  return words.some((word) => /\blvm\b/i.test(word ?? ''))
}
