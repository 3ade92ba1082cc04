import { countWord, differenceText, listed, sentenceCase } from '../model/format.ts'
import { METRIC_IDS } from '../model/metric.ts'
import type { Plan, Recommendation } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { isOpen } from '../model/verdict.ts'
import type { Case } from './advice.ts'
import { namesLvm } from './documented.ts'
import { type Evidence, memories, testOf, titleOf } from './evidence.ts'
import { familyOf, serverOf } from './hypervisor.ts'
import { missingFacts } from './missing.ts'
import { wanted } from './resolve.ts'
import type { Grounds } from './score.ts'
import { fileToUse, fileWords } from './test-file.ts'

/** Runs of each backend where no number of them is known to settle anything. */
const USUAL = 5

/** What would change a verdict: the measurement that settles an open one, or what could overturn a settled one. */
export function whatWouldChange(
  found: Case,
  resolve: Recommendation['resolve'],
  facts: Facts,
  file: Plan['file'],
): Pick<Recommendation, 'wouldChange' | 'alsoRun'> {
  const { verdict, profile, score, evidence } = found
  if (verdict === 'same') {
    return settled(
      'Not more of the same: the difference is too small to matter. Another disk, another file system or a series with -b, which asks for a flush after every write, could show one.',
    )
  }
  if (verdict === 'recommended') {
    return settled(
      `Not more of the same, but a disk, a kernel or a file size on which ${titleOf(evidence, score?.against ?? '')} comes out ahead.`,
    )
  }
  if (verdict === 'gated')
    return settled(
      `Proof that with one of ${found.choice === null ? 'them' : 'the others'} a flush of the guest reaches the medium.`,
    )
  const alsoRun = profile.alsoRun?.(serverOf(evidence, facts)) ?? null
  const extra = alsoRun === null ? '' : ` Add ${alsoRun}.`
  return {
    wouldChange: `${decidingMeasurement(found, resolve, facts, file)}${extra}`,
    alsoRun,
  }
}

function settled(wouldChange: string): Pick<Recommendation, 'wouldChange' | 'alsoRun'> {
  return { wouldChange, alsoRun: null }
}

/** The measurement that would settle an open verdict, and what it would tell. */
function decidingMeasurement(
  { verdict, evidence }: Case,
  resolve: Recommendation['resolve'],
  facts: Facts,
  file: Plan['file'],
): string {
  if (resolve && haveEnough({ verdict, resolve }, evidence))
    return `Not more of the same: such runs tell a difference of ${differenceText(resolve.ratio)} or more, and that many were made.${toWriteDown(evidence, facts)}`
  const how = measurement(evidence, resolve?.runs ?? USUAL, facts, file)
  if (!resolve) return `${how} The runs have to differ less than those saved so far.`
  return `${how} Such runs would tell a difference of ${differenceText(resolve.ratio)} or more; with one run fewer it could stay open.`
}

/** Whether the saved runs are as many as would decide, and count: it is not their number that leaves it open. */
function haveEnough(
  { verdict, resolve }: Pick<Recommendation, 'verdict' | 'resolve'>,
  evidence: readonly Evidence[],
): boolean {
  const weighed = verdict === 'undecided' || verdict === 'leaning'
  return weighed && resolve !== null && evidence.every(({ runs }) => runs.length >= resolve.runs)
}

/** Who is to be measured, how often, and with how large a file. */
function measurement(evidence: readonly Evidence[], runs: number, facts: Facts, file: Plan['file']): string {
  const titles = toMeasure(evidence, facts).map(({ title }) => title)
  const sides = titles.length === 1 ? [...titles, 'a backend to compare it with,'] : titles
  const alike = wereUnlike(evidence) ? 'by one version of bonnie++ with the same options,' : 'with'
  return `${sentenceCase(countWord(runs))} interleaved runs each of ${listed(sides)} ${alike} ${fileWords(file, serverOf(evidence, facts))}, caches dropped before each run.${toWriteDown(evidence, facts)}`
}

function toWriteDown(evidence: readonly Evidence[], facts: Facts): string {
  const unknown = unknowns(evidence, facts)
  return unknown.length === 0 ? '' : ` Write down ${listed(unknown)}.`
}

/** Whether a test of one name was another in some run: no more of such runs would settle anything. */
function wereUnlike(evidence: readonly Evidence[]): boolean {
  return METRIC_IDS.some((id) => {
    let first: string | null = null
    const isOther = (run: Run) => {
      if (run.cells[id].state === 'not_run') return false
      first ??= testOf(run, id)
      return testOf(run, id) !== first
    }
    return evidence.some(({ runs }) => runs.some(isOther))
  })
}

/** Memories that a file of the size asked for exceeds, and what is asked for by other words. */
const SETTLED_BY_THE_FILE: readonly string[] = ['guest.ram', 'host.dom0_ram', 'host.disk.cache']

/** What no number of runs tells, and without which no verdict is firm. */
function unknowns(evidence: readonly Evidence[], facts: Facts): string[] {
  const missing = missingFacts(evidence, facts).filter(
    ({ key, decisive }) => decisive && !SETTLED_BY_THE_FILE.includes(key),
  )
  const below = memories(facts).below === 'unknown' ? ['what caches below the host'] : []
  return [...below, ...missing.map(({ fact }) => fact)]
}

/** The measurement for all that is open in a study; null where nothing is. */
export function planOf(
  grounds: Grounds,
  recommendations: readonly Recommendation[],
  facts: Facts,
): Plan | null {
  const { evidence } = grounds
  const open = recommendations.filter((r) => isOpen(r) || r.verdict === 'leaning')
  if (open.length === 0 || evidence.length === 0) return null
  const file = fileToUse(grounds, facts)
  const runs = Math.max(...open.map(({ resolve }) => resolve?.runs ?? USUAL))
  const short = open.filter((r) => !haveEnough(r, evidence))
  const calmer = short.some(({ resolve }) => resolve === null)
    ? ' The runs have to differ less than those saved so far.'
    : ''
  return {
    sentence:
      short.length === 0
        ? `Not more of the same: as many runs were made as the table asks for.${toWriteDown(evidence, facts)}`
        : `${measurement(evidence, runs, facts, file)}${calmer}`,
    backends: toMeasure(evidence, facts),
    runs,
    file,
    questions: (short.length === 0 ? open : short).map(({ profile, title, resolve, alsoRun }) => ({
      profile,
      title,
      runs: resolve?.runs ?? null,
      ratio: resolve?.ratio ?? wanted(facts),
      alsoRun,
    })),
  }
}

/** The backends of the study and, where it knows none on LVM, LVM: the third that most readers with a hypervisor can choose. */
function toMeasure(evidence: readonly Evidence[], facts: Facts): Plan['backends'] {
  const own = evidence.map(({ backend: { id, title } }) => ({ id, title, measured: true }))
  const complete =
    own.length < 2 || familyOf(evidence, facts) === null || evidence.some((e) => namesLvm(e.backend, facts))
  return complete ? own : [...own, { id: 'lvm', title: 'LVM', measured: false }]
}
