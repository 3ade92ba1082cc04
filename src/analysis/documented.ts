import type { Backend, Knowledge } from '../model/backend.ts'
import type { Recommendation } from '../model/report.ts'
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
  return { choice: choice.id, measured: measured.some((b) => b.kind === choice.id), because }
}
