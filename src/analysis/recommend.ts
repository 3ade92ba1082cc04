import type { Knowledge } from '../model/backend.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Grade, Recommendation, Report, Weighing } from '../model/report.ts'
import type { Facts } from '../model/study.ts'
import { becauseOf, type Case, sentenceOf, whyLeftOut } from './advice.ts'
import { ENOUGH, equivalence, pooledSpread } from './compare.ts'
import { documented } from './documented.ts'
import type { Evidence } from './evidence.ts'
import { gateOf, tieBreaks } from './features.ts'
import { serverOf } from './hypervisor.ts'
import { climb, LEAST } from './ladder.ts'
import { missingFacts } from './missing.ts'
import { whatWouldChange } from './plan.ts'
import { PROFILES, type Profile } from './profiles.ts'
import { resolving } from './resolve.ts'
import type { TestedSample } from './sample.ts'
import { coverage, decides, type Grounds, type Term, terms, type Weights, worstOf } from './score.ts'
import { fileToUse } from './test-file.ts'
import { regrets } from './weigh.ts'

/** Advice for every profile, and for readers with none or with one of their own. */
export type Advice = Pick<Report, 'recommendations' | 'regrets' | 'weighing'>

/** Advice for every profile. Hard gates come first, then the verdict ladder on disk evidence. */
export function recommend(
  evidence: readonly Evidence[],
  samples: readonly TestedSample[],
  facts: Facts,
  knowledge: readonly Knowledge[],
): Advice {
  const cases = PROFILES.map((profile) => decide(profile, { evidence, samples }, facts))
  const server = serverOf(evidence, facts)
  const file = fileToUse({ evidence, samples }, facts)
  const recommendations = cases.map((found): Recommendation => {
    const { profile } = found
    const resolve = resolving(profile, (family) => pooledSpread(samples, family), facts)
    return {
      profile: profile.id,
      title: profile.title,
      verdict: found.verdict,
      choice: found.choice,
      grade: found.grade,
      coverage: found.coverage,
      ...(found.score && { score: found.score }),
      ...(found.weighting && { weighting: found.weighting }),
      sentence: sentenceOf(found),
      because: becauseOf(found, server),
      excluded: found.excluded,
      tieBreak: found.verdict === 'same' ? tieBreaks(profile, found.set) : [],
      resolve,
      ...whatWouldChange(found, resolve, facts, file),
      documented: documented(
        profile,
        knowledge,
        evidence.map((e) => e.backend),
        facts,
      ),
    }
  })
  const grounds = { evidence, samples }
  return { recommendations, regrets: regretsOf(cases, grounds), weighing: weighingOf(cases, grounds, facts) }
}

/**
 * How far each backend lies behind the best at worst, over the workloads that could be weighed; the least first. Empty
 * unless two workloads or more could be, with the same backends and three runs of each.
 */
function regretsOf(cases: readonly Case[], grounds: Grounds): Report['regrets'] {
  const weighed = cases.filter(({ score, set }) => score && set.every((e) => e.runs.length >= ENOUGH))
  const backends = weighed[0]?.set.map((e) => e.backend.id) ?? []
  const alike = weighed.filter(
    ({ set }) => set.length === backends.length && set.every((e) => backends.includes(e.backend.id)),
  )
  if (alike.length < 2) return []
  const workloads = alike.map(({ profile }) => {
    return { workload: profile.id, terms: terms(profile, backends, grounds) }
  })
  return regrets(workloads, backends).map(({ workload, ...regret }) => ({ ...regret, profile: workload }))
}

/** Every test counts alike, but for the per-character ones, which measure the guest's processor. */
const ALL: Weights = {
  weights: Object.fromEntries(METRIC_IDS.filter((id) => id !== 'putc' && id !== 'getc').map((id) => [id, 1])),
  latency: 1,
  cpu: 1,
  cpuOf: 'guest',
}

/** What the backends that could be weighed for general use share, for readers who weigh otherwise. */
function weighingOf(cases: readonly Case[], grounds: Grounds, facts: Facts): Weighing | null {
  const general = cases.find(({ profile }) => profile.id === 'general')
  if (!general?.score || general.set.some((e) => e.runs.length < ENOUGH)) return null
  const backends = general.set.map((e) => e.backend.id)
  const found = terms(ALL, backends, grounds)
  // the cost that is known is the guest's: where another counts, it carries no weight
  const weightOf = ({ weights, latency, cpu, cpuOf }: Weights, term: Term['metric']) =>
    term === 'latency' ? latency : term === 'cpu' ? (cpuOf === 'guest' ? cpu : 0) : (weights[term] ?? 0)
  const worstOn = (test: Term['metric']) => {
    const worst = backends.flatMap((id) => worstOf(test, id, grounds.samples) ?? [])
    return { centres: worst.map((one) => one.worst), errors: worst.map(({ se }) => se) }
  }
  const hasLatency = found.some(({ metric }) => metric === 'latency')
  return {
    backends,
    terms: found.map(({ metric, centres, solid }) => ({
      term: metric,
      centres: backends.map((id) => centres.get(id)?.centre ?? 0),
      errors: backends.map((id) => centres.get(id)?.se ?? 0),
      solid,
      // they can be weighed only where they are known of every test
      ...(hasLatency && metric !== 'latency' && metric !== 'cpu' && { worst: worstOn(metric) }),
    })),
    band: 1 + equivalence('put_block', facts),
    profiles: PROFILES.map((profile) => ({
      profile: profile.id,
      weights: found.map(({ metric }) => weightOf(profile, metric)),
    })),
  }
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
    doubted: found.filter((term) => !term.solid).map((term) => term.metric),
    excluded: [...aControl, ...gated, ...aside, ...leftOut(profile, set, samples)],
  }
  const only = passing[0]
  if (gated.length > 0 && passing.length === 1 && only)
    return { ...base, verdict: 'gated', choice: only.backend.id }
  if (gated.length > 0 && passing.length === 0) return { ...base, grade: 'X', verdict: 'gated', choice: null }
  const backends = set.map((e) => e.backend.id)
  const runs = Math.min(...set.map((e) => e.runs.length))
  return { ...base, ...climb({ found, backends, runs, grade: base.grade, facts }) }
}

/**
 * The backends that can be weighed together. Who made no test like anybody else's is set aside. Where not all of the
 * others share enough evidence, those that lack it are set aside too, the poorest first, but only if every one that is
 * left has the replicates that can decide.
 */
function comparable(
  profile: Profile,
  all: readonly Evidence[],
  { evidence, samples }: Grounds,
): [readonly Evidence[], Recommendation['excluded']] {
  const shared = (set: readonly Evidence[]) =>
    coverage(
      terms(
        profile,
        set.map((e) => e.backend.id),
        { evidence, samples },
      ),
    )
  const alike = all.filter((own) =>
    all.some((other) => other !== own && shareTest(profile, samples, own, other)),
  )
  const together = alike.length < 2 ? all : alike
  let set: readonly Evidence[] | null = together
  while (set && set.length > 2 && shared(set) < LEAST) set = withoutPoorest(set, shared)
  const enough = set && shared(set) >= LEAST && set.every((e) => e.runs.length >= ENOUGH)
  const kept = set && enough ? set : together
  const because = (e: Evidence) =>
    together.includes(e)
      ? 'too little of what was saved measured the disk'
      : 'it made other tests than the rest'
  return [
    kept,
    all.flatMap((e) => (kept.includes(e) ? [] : [{ backend: e.backend.id, because: because(e) }])),
  ]
}

/** Whether two backends made the same test of any that weighs. */
function shareTest(
  profile: Profile,
  samples: readonly TestedSample[],
  one: Evidence,
  other: Evidence,
): boolean {
  const tests = ({ backend }: Evidence) =>
    samples.filter((s) => s.backend === backend.id && s.n > 0 && (profile.weights[s.metric] ?? 0) > 0)
  return tests(one).some((a) => tests(other).some((b) => a.metric === b.metric && a.test === b.test))
}

/** A set without the backend whose loss lets the others share most; null where two losses are alike. */
function withoutPoorest(
  set: readonly Evidence[],
  shared: (set: readonly Evidence[]) => number,
): readonly Evidence[] | null {
  const [best, second] = set
    .map((dropped) => set.filter((e) => e !== dropped))
    .map((rest) => ({ rest, share: shared(rest) }))
    .toSorted((a, b) => b.share - a.share)
  // of two that are alike none can be preferred, or the order of their names would decide
  return best && best.share > (second?.share ?? 0) ? best.rest : null
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
