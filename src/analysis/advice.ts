import { counted, countWord, factor, listed, sentenceCase, theseFiles, whole } from '../model/format.ts'
import { METRIC_IDS, metric } from '../model/metric.ts'
import type { Recommendation, Sample } from '../model/report.ts'
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
  /** there is coverage, but no covered test is beyond doubt on every side */
  readonly unsound: boolean
}

/** The verdict as one sentence. */
export function sentenceOf(found: Case): string {
  const { profile, verdict, score, set, evidence } = found
  const title = (id: string | null | undefined) => titleOf(evidence, id ?? '')
  const together = listed(set.map((e) => e.backend.title))
  const files = new Set(evidence.flatMap((e) => e.runs.map((run) => run.path))).size
  const range =
    score?.low === undefined || score.high === undefined
      ? ''
      : ` (${factor(score.low)} to ${factor(score.high)})`
  const pace = score ? `${factor(score.ratio)} times as fast as ${title(score.against)}${range}` : ''
  switch (verdict) {
    case 'no data':
      if (files === 0) return `No disk measurement was read for ${profile.purpose}.`
      return `${theseFiles(files, 'hold')} no disk measurement that all backends share for ${profile.purpose}.`
    case 'insufficient':
      return `${theseFiles(files, 'do')} not decide it for ${profile.purpose}.`
    case 'gated':
      return found.choice === null
        ? `None of them fits ${profile.purpose}: each fails a requirement that no speed outweighs.`
        : `Choose ${title(found.choice)} for ${profile.purpose}: what else was measured fails a requirement that no speed outweighs.`
    case 'recommended':
      return `Choose ${title(found.choice)} for ${profile.purpose}: over its tests it is ${pace}.`
    case 'leaning':
      return `${sentenceCase(title(found.choice))} looks better for ${profile.purpose}: over its tests it is ${pace}.`
    case 'same':
      return `For ${profile.purpose} there is no practical difference between ${together}: choose by features.`
    case 'undecided':
      return `For ${profile.purpose} no difference is shown between ${together}.`
  }
}

/** The grounds of the verdict, a sentence each. */
export function becauseOf(found: Case, server: Server): string[] {
  const { profile, verdict, score, set } = found
  const grounds = verdict === 'gated' ? [] : [counting(found)]
  grounds.push(...setAside(found), ...spoilt(found))
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

/** A share in percent, of which all and none are said only where it is all or none. */
function portion(share: number): string {
  const percent = Math.round(share * 100)
  if (percent === 100 && share < 1) return 'more than 99 %'
  return percent === 0 && share > 0 ? 'less than 1 %' : `${percent} %`
}

/** How far the order of the backends hangs on the weights, which are an opinion. */
function weighting({ score, weighting: hangs, evidence }: Case): string[] {
  if (!score || !hangs) return []
  const [leader, runnerUp] = [titleOf(evidence, score.backend), titleOf(evidence, score.against)]
  const any = hangs.shares.find((s) => s.backend === score.backend)?.any ?? 0
  const drawn =
    Math.min(score.acceptability, any) === 1
      ? `${sentenceCase(leader)} comes first in every weighting drawn, with any weights at all.`
      : `${sentenceCase(leader)} comes first in ${portion(score.acceptability)} of the draws with weights varied around those of the workload, and in ${portion(any)} of those with any weights at all.`
  if (hangs.dominates.length > 0) {
    const rivals = listed(hangs.dominates.map((id) => titleOf(evidence, id)))
    return [drawn, `On no test that counts is it behind ${rivals}: there the weights do not matter.`]
  }
  if (!hangs.breakEven) return [drawn]
  const { ahead, carried, needed } = hangs.breakEven
  const tests = termWords(ahead)
  const percent = (share: number) => `${whole(share * 100)} %`
  const verb = ahead.length === 1 && ahead[0] !== 'seeks' && ahead[0] !== 'latency' ? 'carries' : 'carry'
  return [
    drawn,
    `It is ahead of ${runnerUp} as long as ${tests} ${verb} more than ${percent(needed)} of the covered weight; here that is ${percent(carried)}.`,
  ]
}

/** Terms of a score in words, by number where they are many. */
function termWords(terms: readonly Term['metric'][]): string {
  const words = terms.map((t) =>
    t === 'latency' ? 'the worst latencies' : t === 'cpu' ? "the guest's CPU" : metric(t).label,
  )
  return words.length > 5 ? counted(words.length, 'measure') : listed(words)
}

/** What may count, its share of the weight, and whether it is beyond doubt. */
function counting({ terms, coverage, verdict, unsound, set }: Case): string {
  if (terms.length === 0) return 'No test that matters here measured the disk on every side.'
  const tests = termWords(terms)
  const sides = set.length < 2 ? '' : ` on ${set.length === 2 ? 'both sides' : 'every side'}`
  const one = terms.length === 1
  const told = `${one ? `Only ${tests} counts` : `${sentenceCase(tests)} count`}${sides}, ${whole(coverage * 100)} % of the weight.`
  if (verdict !== 'insufficient' || !unsound) return told
  const doubt = one ? 'It is suspect' : 'Each of them is suspect on some side'
  return `${told} ${doubt}, and a suspect number does not decide alone.`
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
function spoilt({ excluded, set }: Case): string[] {
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
    const where = !all ? listed(titles) : SAID_OF_EVERY.has(because) ? 'every backend' : 'any backend'
    return `${sentenceCase(tests)} ${verb}${because} on ${where}.`
  })
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
