import { openMemory } from '../memory.ts'
import type { Keep } from '../model/keep.ts'
import type { SiteFile } from '../model/library.ts'
import { prepared } from '../prepared.ts'
import { siteAddress } from '../report/address.ts'
import { isEmpty } from './check.ts'
import type { Call } from './command.ts'
import { type Located, openResults, type Results } from './results.ts'

/** A site as it stands in memory. */
export interface Draft {
  readonly results: Results
  readonly problems: readonly Located[]
  /** the absolute address that the site says it has; null where it says none */
  readonly home: string | null
  /** the files of the site; null where there is nothing to make one of */
  readonly files: ReadonlyMap<string, SiteFile> | null
}

/**
 * Builds a site as often as it is asked to, and makes anew only what an edit has changed: texts are held against what
 * they said last time, and an object that was made of the same ones is the same object (Keep). So a study that was not
 * touched is neither judged nor composed again, and in one that was, only other charts are drawn. Throws what a build
 * throws.
 */
export function openWorkbench(call: Call, keep: Keep = openMemory(prepared)): () => Promise<Draft> {
  const quiet = { ...call, io: { ...call.io, status: () => {} } }
  return async () => {
    const { value: results, diagnostics: problems } = await openResults(quiet, () => true, keep)
    const { publish, siteFacts } = await import('../build.ts')
    const home = siteAddress(siteFacts(results.library).value)
    if (isEmpty(results)) return { results, problems, home, files: null }
    const reports = results.studies.map(({ report }) => report)
    const files = await publish(reports, results.library, results.templates, { keep })
    return { results, problems, home, files }
  }
}
