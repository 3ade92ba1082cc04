import type { Backend, Knowledge } from '../model/backend.ts'
import type { Recommendation } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import type { Profile } from './profiles.ts'

/**
 * What the documents alone suggest for a workload: a backend that keeps no copies in the host's memory and, where the
 * workload needs it, brings a guest's flush to the medium. Among several the one that offers most beside speed. It
 * never decides: it is for whoever must choose before the measurements do.
 */
export function documented(
  profile: Profile,
  knowledge: readonly Knowledge[],
  measured: readonly Backend[],
  facts: Facts,
): Recommendation['documented'] {
  const choice = knowledge
    .filter(
      (k) => profile.documented.length > 0 && k.caches === 'no' && (!profile.durable || k.flush === 'yes'),
    )
    .toSorted((a, b) => b.features.length - a.features.length)[0]
  if (!choice) return { choice: null, measured: false, because: [] }
  const because = profile.documented.flatMap((about) =>
    choice.documented
      .filter((statement) => statement.about === about)
      .map(({ says, sources }) => ({ says, sources: sources.flatMap((id) => choice.sources[id] ?? []) })),
  )
  const saved = measured.some((b) => b.kind === choice.id || (choice.id === 'lvm' && namesLvm(b, facts)))
  return { choice: choice.id, measured: saved, because }
}

/** Whether a backend is, or says that it stores on, an LVM volume. */
export function namesLvm(backend: Backend, facts: Facts): boolean {
  const words = [backend.kind, backend.id, backend.title, facts.backends?.[backend.id]?.attach]
  return words.some((word) => /\blvm\b/i.test(word ?? ''))
}
