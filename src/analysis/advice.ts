import {
  counted,
  countWord,
  exceeding,
  listed,
  sentenceCase,
  sharesApart,
  shareText,
  theseFiles,
  whole,
} from '../model/format.ts'
import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import { rangeText, ratioText } from '../model/ratio-words.ts'
import type { Recommendation, Sample } from '../model/report.ts'
import { ENOUGH } from './compare.ts'
import { type Evidence, titleOf } from './evidence.ts'
import type { Server } from './hypervisor.ts'
import type { Profile } from './profiles.ts'
import type { Term } from './score.ts'

/** A decided profile, before it is put into words. */
export interface Case
  extends Pick<
    Recommendation,
    'verdict' | 'choice' | 'grade' | 'coverage' | 'score' | 'weighting' | 'excluded'
  > {
  readonly profile: Profile
  /** all backends of the study, and those that could be weighed together */
  readonly evidence: readonly Evidence[]
  readonly set: readonly Evidence[]
  /** what the covered weight is made of */
  readonly terms: readonly Term['metric'][]
  /** those of the terms on which some side is suspect */
  readonly doubted: readonly Term['metric'][]
  /** the rivals that the leader is not shown to be ahead of */
  readonly level?: readonly string[]
}

/** The verdict as one sentence. */
export function sentenceOf(found: Case): string {
  const { profile, verdict, score, set, evidence } = found
  const title = (id: string | null | undefined) => titleOf(evidence, id ?? '')
  const together = listed(set.map((e) => e.backend.title))
  const files = new Set(evidence.flatMap((e) => e.runs.map((run) => run.path))).size
  const pace = score ? paceOf(found, score, title(score.against)) : ''
  switch (verdict) {
    case 'no data':
      if (files === 0) return `No disk measurement was read for ${profile.purpose}.`
      return `${theseFiles(files, 'hold')} no disk measurement that all backends share for ${profile.purpose}.`
    case 'insufficient':
      return `${theseFiles(files, 'do')} not tell what to choose for ${profile.purpose}.`
    case 'gated':
      return found.choice === null
        ? `None of them fits ${profile.purpose}: each fails a requirement that no speed outweighs.`
        : `Choose ${title(found.choice)} for ${profile.purpose}: what else was measured fails a requirement that no speed outweighs.`
    case 'recommended':
      return `Choose ${title(found.choice)} for ${profile.purpose}: ${pace}.`
    case 'leaning':
      return `${sentenceCase(title(found.choice))} looks better for ${profile.purpose}: ${pace}.`
    case 'same':
      return `For ${profile.purpose} there is no practical difference between ${together}: choose by features.`
    case 'undecided':
      return undecidedSentence(found)
  }
}

type Score = NonNullable<Recommendation['score']>

/** How the leader does beside the runner-up. A score that holds more than rates is no speed. */
function paceOf({ terms }: Case, { ratio, low, high }: Score, runnerUp: string): string {
  const own = { kind: 'exact', value: ratio } as const
  const interval = low === undefined || high === undefined ? undefined : { low, high }
  const times = ratioText(own, interval)
  const against = `${runnerUp}${interval ? ` (${rangeText(own, interval)})` : ''}`
  const more = terms.filter((term) => term === 'latency' || term === 'cpu')
  return more.length === 0
    ? `over its tests it is ${times} times as fast as ${against}`
    : `over ${listed(['rates', ...more.map(termWord)])} together it scores ${times} times as high as ${against}`
}

/** Nobody is named: because others are level with the leader, or because it leads with too few weights. */
function undecidedSentence({ profile, set, evidence, score, level = [] }: Case): string {
  const titles = (ids: readonly string[]) => listed(ids.map((id) => titleOf(evidence, id)))
  const leader = score?.backend ?? ''
  if (level.length === 0)
    return `For ${profile.purpose} it hangs on the weights: ${titles([leader])} is ahead with these, but not with enough of others near them.`
  const ids = set.map((e) => e.backend.id)
  const behind = ids.filter((id) => id !== leader && !level.includes(id))
  const shown = `For ${profile.purpose} no difference is shown between ${titles(ids.filter((id) => !behind.includes(id)))}`
  if (behind.length === 0) return `${shown}.`
  return `${shown}; ${titles(behind)} ${behind.length === 1 ? 'is' : 'are'} behind ${titles([leader])}.`
}

/** The grounds of the verdict, a sentence each. */
export function becauseOf(found: Case, server: Server): string[] {
  const { profile, verdict, score, set } = found
  const grounds = verdict === 'gated' ? [] : [counting(found)]
  grounds.push(...setAside(found), ...spoilt(found), ...unweighed(found))
  const n = set.map((e) => e.runs.length)
  if (Math.max(0, ...n) === 1) grounds.push('With one run each, how far runs differ is unknown.')
  if (score && verdict !== 'same') grounds.push(...weighting(found))
  if (profile.cpuOf === 'server') {
    grounds.push(
      `What counts most here is the processor time that ${server} spends on serving disks, which bonnie++ inside a guest cannot see.`,
    )
  }
  return grounds
}

/** How far the order of the backends hangs on the weights, which are an opinion. */
function weighting({ score, weighting: hangs, evidence }: Case): string[] {
  if (!score || !hangs) return []
  const [leader, runnerUp] = [titleOf(evidence, score.backend), titleOf(evidence, score.against)]
  const any = hangs.shares.find((s) => s.backend === score.backend)?.any ?? 0
  const drawn =
    Math.min(score.acceptability, any) === 1
      ? `${sentenceCase(leader)} comes first in every weighting drawn, with any weights at all.`
      : `${sentenceCase(leader)} comes first in ${shareText(score.acceptability)} of the draws with weights varied around those of the workload, and in ${shareText(any)} of those with any weights at all.`
  if (hangs.dominates.length > 0) {
    const rivals = listed(hangs.dominates.map((id) => titleOf(evidence, id)))
    return [
      drawn,
      `Against ${rivals} the weights do not matter: ${leader} is behind on none of these measures.`,
    ]
  }
  if (!hangs.breakEven) return [drawn]
  const { ahead, carried, needed } = hangs.breakEven
  const tests = termWords(ahead)
  const verb = isOne(ahead) ? 'carries' : 'carry'
  const [from, here] = sharesApart(needed, carried)
  return [
    drawn,
    `It is ahead of ${runnerUp} as long as ${tests} ${verb} ${exceeding(from)} of the covered weight; here that is ${here}.`,
  ]
}

function isOne(terms: readonly Term['metric'][]): boolean {
  return terms.length === 1 && terms[0] !== 'seeks' && terms[0] !== 'latency'
}

/** Terms of a score in words, by number where they are many. */
function termWords(terms: readonly Term['metric'][]): string {
  return terms.length > 5 ? counted(terms.length, 'measure') : listed(terms.map(termWord))
}

function termWord(term: Term['metric']): string {
  return term === 'latency' ? 'the worst latencies' : term === 'cpu' ? "the guest's CPU" : metric(term).label
}

/** What may count, its share of the weight, and whether it is beyond doubt. */
function counting({ terms, coverage, verdict, doubted, set }: Case): string {
  if (terms.length === 0) return 'No test that matters here measured the disk on every side.'
  const tests = termWords(terms)
  const sides = set.length < 2 ? '' : ` on ${set.length === 2 ? 'both sides' : 'every side'}`
  const one = terms.length === 1
  const told = `${one ? `Only ${tests} counts` : `${sentenceCase(tests)} count`}${sides}, ${whole(coverage * 100)} % of the weight.`
  if (doubted.length === 0) return told
  if (doubted.length < terms.length)
    return `${told} Of these, ${termWords(doubted)} ${isOne(doubted) ? 'is' : 'are'} suspect on some side.`
  const doubt = one ? 'It is suspect' : 'Each of them is suspect on some side'
  return verdict === 'insufficient' ? `${told} ${doubt}, and a suspect number does not decide alone.` : told
}

/** Backends that could not be weighed at all. */
function setAside({ excluded, evidence }: Case): string[] {
  return evidence.flatMap(({ backend }) => {
    const whole = excluded.find((e) => e.backend === backend.id && e.metric === undefined)
    return whole ? [`${sentenceCase(backend.title)} is left out: ${whole.because}.`] : []
  })
}

/** From worst to mildest: what to say of a test that several backends spoil differently. */
const REASONS = [
  'did not measure the disk',
  'not the same test',
  'could not be read',
  'spoilt by a defect of bonnie++',
  'printed as 0',
  'not run',
  'too fast to time',
]

/** Reasons that are no negation, or deny that all sides are alike: of all backends they are told of "every", not of "any". */
const SAID_OF_EVERY: ReadonlySet<string> = new Set(['too fast to time', 'not the same test'])

/** Which tests fell out: each once, with its worst reason and the backends to which that applies. */
function spoilt({ excluded, set, evidence }: Case): string[] {
  const groups = new Map<string, { labels: string[]; because: string; titles: string[] }>()
  for (const id of METRIC_IDS) {
    const own = excluded.filter((e) => e.metric === id)
    const because = REASONS.find((reason) => own.some((e) => e.because === reason))
    if (because === undefined) continue
    const titles = set
      .filter(({ backend }) => own.some((e) => e.backend === backend.id && e.because === because))
      .map((e) => e.backend.title)
    const group = groups.get(because + titles.join()) ?? { labels: [], because, titles }
    groups.set(because + titles.join(), { ...group, labels: [...group.labels, metric(id).label] })
  }
  return [...groups.values()].map(({ labels, because, titles }) => {
    const tests = labels.length > 4 ? `${countWord(labels.length)} tests` : listed(labels)
    const verb = /^(?:did|could)/.test(because) ? '' : / and |tests$|seeks$/.test(tests) ? 'were ' : 'was '
    const all = titles.length === set.length && titles.length > 1
    const every = SAID_OF_EVERY.has(because) ? 'every backend' : 'any backend'
    const where = !all ? listed(titles) : set.length < evidence.length ? `${every} that is weighed` : every
    return `${sentenceCase(tests)} ${verb}${because} on ${where}.`
  })
}

/** Weights on what is no rate, where it does not count beside rates that do, and why. */
function unweighed({ profile, terms, set, score }: Case): string[] {
  if (!score) return []
  const rates = METRIC_IDS.filter((id) => terms.includes(id))
  const latency = profile.latency > 0 && !terms.includes('latency')
  const cpu = profile.cpu > 0 && profile.cpuOf === 'guest' && !terms.includes('cpu')
  const lost = (what: string, weight: number, why: string) =>
    `${what}, ${weight} % of the weight, ${what.endsWith('s') ? 'do' : 'does'} not count: ${why}.`
  return [
    ...(latency ? [lost('The worst latencies', profile.latency, whyNoLatency(rates, set))] : []),
    ...(cpu ? [lost("The guest's CPU", profile.cpu, WHOLE_COST)] : []),
  ]
}

const WHOLE_COST = 'that takes block write, rewrite and block read, all of which may count as the disk'

function whyNoLatency(rates: readonly MetricId[], set: readonly Evidence[]): string {
  const printed = set.every(({ runs }) =>
    rates.every((id) => runs.some((run) => run.cells[id].latency_us !== null)),
  )
  if (!printed) return 'not every version used prints them'
  const few = set.some(({ runs }) => runs.length < ENOUGH)
  return few ? 'that takes three runs of each backend' : 'they differ too much from run to run'
}

/** Why a sample takes no part, in a few words. */
export function whyLeftOut({ validity, values }: Sample): string {
  if (validity === 'not-disk') return 'did not measure the disk'
  if (validity === 'censored' || values.some((v) => v.rate.kind === 'at least')) return 'too fast to time'
  if (values.some((v) => v.rate.kind === 'measured' && v.rate.value === 0)) return 'printed as 0'
  const absent = values.find((v) => v.rate.kind === 'absent')?.rate
  const why = absent?.kind === 'absent' ? absent.why : 'not run'
  return why === 'unreadable'
    ? 'could not be read'
    : why === 'defective'
      ? 'spoilt by a defect of bonnie++'
      : why
}
