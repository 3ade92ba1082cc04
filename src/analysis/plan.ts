import { countWord, listed, sentenceCase, sizeText } from '../model/format.ts'
import type { Recommendation } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import type { Case } from './advice.ts'
import { namesLvm } from './documented.ts'
import { type Evidence, memories, titleOf } from './evidence.ts'

/** Runs a side that let an interval speak and Holm's correction reach a verdict. */
const RUNS = 5

/** What would change a verdict: the measurement that settles an open one, or what could overturn a settled one. */
export function whatWouldChange(found: Case, facts: Facts): Pick<Recommendation, 'wouldChange' | 'alsoRun'> {
  const { verdict, profile, score, evidence } = found
  if (verdict === 'same') {
    return settled(
      'Not more of the same: the difference lies inside the band. Another disk, another file system or a series with -b could show one.',
    )
  }
  if (verdict === 'recommended') {
    return settled(
      `Not more of the same, but a disk, a kernel or a file size on which ${titleOf(evidence, score?.against ?? '')} comes out ahead.`,
    )
  }
  if (verdict === 'gated')
    return settled('Proof that with one of the others a flush of the guest reaches the medium.')
  const extra = profile.alsoRun === null ? '' : ` Add ${profile.alsoRun}.`
  return { wouldChange: `${decidingMeasurement(evidence, facts)}${extra}`, alsoRun: profile.alsoRun }
}

function settled(wouldChange: string): Pick<Recommendation, 'wouldChange' | 'alsoRun'> {
  return { wouldChange, alsoRun: null }
}

/** The measurement that would settle an open verdict: who, how often, how large a file, and what to record. */
function decidingMeasurement(evidence: readonly Evidence[], facts: Facts): string {
  const titles = evidence.map((e) => e.backend.title)
  const lvm = titles.length < 2 || evidence.some((e) => namesLvm(e.backend, facts)) ? [] : ['LVM']
  const most = Math.max(0, ...evidence.map((e) => e.runs.length))
  // where many runs did not settle it, more of them will not
  const runs = most < RUNS ? RUNS : Math.max(most, Math.min(most + 2, 2 * RUNS))
  const below = memories(facts).below === 'unknown' ? ', and with what caches below the host known' : ''
  return `${sentenceCase(countWord(runs))} interleaved runs each of ${listed([...titles, ...lvm])} with ${fileToUse(evidence, facts)}, caches dropped before each run${below}.`
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
  const sizes = [
    ...(wanted > 0 ? [`at least ${sizeText(Math.ceil(wanted / 1024) * 1024)}`] : []),
    ...(unknown.length > 0
      ? [`at least ${listed(unknown)} (record ${unknown.length === 1 ? 'it' : 'them'})`]
      : []),
  ]
  return `a test file of ${listed(sizes)}`
}
