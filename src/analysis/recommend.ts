import type { Knowledge } from '../model/backend.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Grade, Recommendation, Verdict } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { becauseOf, type Case, sentenceOf, whyLeftOut } from './advice.ts'
import { ENOUGH, equivalence } from './compare.ts'
import { documented } from './documented.ts'
import type { Evidence } from './evidence.ts'
import { gateOf, tieBreaks } from './features.ts'
import { missingFacts } from './missing.ts'
import { whatWouldChange } from './plan.ts'
import { PROFILES, type Profile } from './profiles.ts'
import type { TestedSample } from './sample.ts'
import { acceptability, coverage, decides, type Grounds, score, type Term, terms } from './score.ts'

/** Least coverage for any advice, and for a recommendation. */
const LEAST = 0.6
const AMPLE = 0.8
/** Share of weightings a backend must win to lean towards it, and to recommend it. */
const LIKELY = 0.8
const NEARLY_ALWAYS = 0.95

/** Advice for every profile. Hard gates come first, then the verdict ladder on disk evidence. */
export function recommend(
  evidence: readonly Evidence[],
  samples: readonly TestedSample[],
  facts: Facts,
  knowledge: readonly Knowledge[],
): Recommendation[] {
  return PROFILES.map((profile) => {
    const found = decide(profile, { evidence, samples }, facts)
    return {
      profile: profile.id,
      title: profile.title,
      verdict: found.verdict,
      choice: found.choice,
      grade: found.grade,
      coverage: found.coverage,
      ...(found.score && { score: found.score }),
      sentence: sentenceOf(found),
      because: becauseOf(found),
      excluded: found.excluded,
      tieBreak: found.verdict === 'same' ? tieBreaks(profile, found.set) : [],
      ...whatWouldChange(found, facts),
      documented: documented(
        profile,
        knowledge,
        evidence.map((e) => e.backend),
        facts,
      ),
    }
  })
}

function decide(profile: Profile, grounds: Grounds, facts: Facts): Case {
  const { evidence, samples } = grounds
  const gates = evidence.flatMap((e) => gateOf(profile, e, facts) ?? [])
  const gated = gates.map(({ backend, says, sources }) => ({ backend, because: says, sources }))
  const failing = evidence.filter((e) => gates.some((gate) => gate.backend === e.backend.id))
  const controls = evidence.filter((e) => e.knowledge?.control)
  const aControl = controls.map(({ backend }) => ({
    backend: backend.id,
    because: 'it is a control, not a choice',
  }))
  const passing = evidence.filter((e) => !failing.includes(e) && !controls.includes(e))
  const [set, aside] = comparable(profile, passing, grounds)
  const found = terms(
    profile,
    set.map((e) => e.backend.id),
    grounds,
  )
  const base = {
    profile,
    evidence,
    set,
    grade: grade(set, facts),
    coverage: coverage(found),
    terms: found.map((term) => term.metric),
    unsound: found.length > 0 && !found.some((term) => term.solid),
    excluded: [...aControl, ...gated, ...aside, ...leftOut(profile, set, samples)],
  }
  const only = passing[0]
  if (gated.length > 0 && passing.length === 1 && only)
    return { ...base, verdict: 'gated', choice: only.backend.id }
  if (gated.length > 0 && passing.length === 0) return { ...base, grade: 'X', verdict: 'gated', choice: null }
  return climb(base, found, facts)
}

/**
 * The backends that can be weighed together. Where not all share enough evidence, those that lack it are set aside,
 * the poorest first, but only if every one that is left has the replicates that can decide.
 */
function comparable(
  profile: Profile,
  all: readonly Evidence[],
  grounds: Grounds,
): [readonly Evidence[], Recommendation['excluded']] {
  const shared = (set: readonly Evidence[]) =>
    coverage(
      terms(
        profile,
        set.map((e) => e.backend.id),
        grounds,
      ),
    )
  let set = all
  while (set.length > 2 && shared(set) < LEAST) {
    const smaller = set.map((dropped) => set.filter((e) => e !== dropped))
    set = smaller.toSorted((a, b) => shared(b) - shared(a))[0] ?? []
  }
  if (shared(all) >= LEAST || shared(set) < LEAST || set.some((e) => e.runs.length < ENOUGH)) return [all, []]
  const aside = all.filter((e) => !set.includes(e))
  return [
    set,
    aside.map(({ backend }) => ({
      backend: backend.id,
      because: 'too little of what was saved measured the disk',
    })),
  ]
}

/** Tests that carry weight but cannot take part, with the side that spoils them. */
function leftOut(
  profile: Profile,
  set: readonly Evidence[],
  samples: readonly TestedSample[],
): Recommendation['excluded'] {
  const weighed = METRIC_IDS.filter((id): id is MetricId => (profile.weights[id] ?? 0) > 0)
  return weighed.flatMap((id) => {
    const sides = set.map(({ backend }) => ({
      backend: backend.id,
      sample: samples.find((s) => s.backend === backend.id && s.metric === id),
    }))
    const spoilt = sides.flatMap(({ backend, sample }) => {
      if (!sample) return [{ backend, metric: id, because: 'not run' }]
      return decides(sample) ? [] : [{ backend, metric: id, because: whyLeftOut(sample) }]
    })
    const unlike = new Set(sides.map(({ sample }) => sample?.test)).size > 1
    if (spoilt.length > 0 || !unlike) return spoilt
    return sides.map(({ backend }) => ({ backend, metric: id, because: 'not the same test' }))
  })
}

/** A: six interleaved runs and every fact that bears on the verdict. B: three. C: two, or facts missing. D: one. */
function grade(set: readonly Evidence[], facts: Facts): Grade {
  const n = Math.min(...set.map((e) => e.runs.length))
  if (n < 2 || set.length === 0) return 'D'
  if (n < ENOUGH || !recorded(set, facts)) return 'C'
  return n >= 6 && facts.order === 'interleaved' ? 'A' : 'B'
}

/** Whether every fact is there without which a verdict could be another. */
function recorded(set: readonly Evidence[], facts: Facts): boolean {
  return missingFacts(set, facts).every((missing) => !missing.decisive)
}

type Base = Omit<Case, 'verdict' | 'choice' | 'score'>

/** The ladder: the first verdict whose condition holds. */
function climb(base: Base, found: readonly Term[], facts: Facts): Case {
  const undecided = (verdict: Verdict): Case => ({ ...base, verdict, choice: null })
  if (base.coverage === 0) return undecided('no data')
  const ids = base.set.map((e) => e.backend.id)
  if (base.coverage < LEAST || ids.length < 2 || base.unsound) return undecided('insufficient')
  const [leader = '', runnerUp = ''] = ids.toSorted((a, b) => Math.log(score(found, b, a).ratio))
  const won = acceptability(found, ids)
  const rivals = ids.filter((id) => id !== leader).map((id) => score(found, leader, id))
  const low = Math.min(...rivals.map((s) => s.low))
  const high = Math.max(...rivals.map((s) => s.high))
  const n = Math.min(...base.set.map((e) => e.runs.length))
  if (n === 1 && low <= 1) return undecided('insufficient')
  const share = won.get(leader) ?? 0
  const closest = score(found, leader, runnerUp)
  const scored = {
    ...base,
    score: {
      backend: leader,
      against: runnerUp,
      ratio: closest.ratio,
      acceptability: share,
      ...(n < ENOUGH ? {} : { low: closest.low, high: closest.high }),
    },
  }
  const delta = equivalence('put_block', facts)
  const sound = base.grade === 'A' || base.grade === 'B'
  if (base.coverage >= AMPLE && share >= NEARLY_ALWAYS && low > 1 + delta && sound)
    return { ...scored, verdict: 'recommended', choice: leader }
  // what lies inside the band is the same, however surely it lies on one side of 1
  if (n >= ENOUGH && high <= 1 + delta && low >= 1 / (1 + delta))
    return { ...scored, verdict: 'same', choice: null }
  if (share >= LIKELY && low > 1) return { ...scored, verdict: 'leaning', choice: leader }
  return { ...scored, verdict: 'undecided', choice: null }
}
