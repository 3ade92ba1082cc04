import { countWord, listed, sentenceCase, sizeText } from '../model/format.ts'
import type { Facts } from '../model/study.ts'
import { type Evidence, memories } from './evidence.ts'
import type { Profile } from './profiles.ts'

/** Runs a side that let an interval speak and Holm's correction reach a verdict. */
const RUNS = 5

/** The measurement that would settle a workload: who, how often, how large a file, and what to record. */
export function decidingMeasurement(profile: Profile, evidence: readonly Evidence[], facts: Facts): string {
  const titles = evidence.map((e) => e.backend.title)
  const lvm = evidence.some((e) => e.backend.kind === 'lvm') || titles.length < 2 ? [] : ['LVM']
  const most = Math.max(0, ...evidence.map((e) => e.runs.length))
  const runs = most < RUNS ? RUNS : most + 2
  const extra = profile.alsoRun === null ? '' : ` Add ${profile.alsoRun}.`
  return `${sentenceCase(countWord(runs))} interleaved runs each of ${listed([...titles, ...lvm])} with ${fileToUse(evidence, facts)}, caches dropped before each run.${extra}`
}

/** A test file that no cache can hold: four times the guest's memory and twice that of every layer that caches. */
function fileToUse(evidence: readonly Evidence[], facts: Facts): string {
  const { guest, dom0, host, below } = memories(facts)
  const caching = evidence.some((e) => e.caches !== 'no')
  const certain = evidence.some((e) => e.caches === 'yes')
  const outer = !caching ? 0 : (dom0 ?? (certain ? null : host))
  const wanted = Math.max(4 * (guest ?? 0), 2 * (outer ?? 0), typeof below === 'number' ? 2 * below : 0)
  const unknown = [
    ...(guest === null ? ["four times the guest's memory"] : []),
    ...(outer === null ? ["twice dom0's memory"] : []),
  ]
  const recorded =
    unknown.length === 0
      ? ''
      : `${wanted > 0 ? ' and ' : ''}at least ${listed(unknown)} (record ${unknown.length === 1 ? 'it' : 'them'})`
  const known = wanted > 0 ? `of at least ${sizeText(Math.ceil(wanted / 1024) * 1024)}` : ''
  return `a test file ${wanted > 0 ? known : 'of'}${recorded === '' ? '' : wanted > 0 ? recorded : ` ${recorded}`}`
}
