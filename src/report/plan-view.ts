import { countWord, differenceText, factor, listed, sentenceCase, shareText } from '../model/format.ts'
import type { Report } from '../model/report.ts'
import { Verbatim } from './escape.ts'

/*
 * What is open in an article, and what a choice costs where no workload is given.
 */

/** The measurement that would settle what is open, and what its runs would tell for each workload. */
export function planView({ plan, study }: Report) {
  if (!plan) return null
  return {
    sentence: plan.sentence,
    command: new Verbatim(`\`bonnie-report plan ${study.slug}\``),
    questions: plan.questions.map(({ title, runs, ratio, alsoRun }) => ({
      title,
      runs: runs === null ? 'more than thirty' : countWord(runs),
      tells: `${differenceText(ratio)} or more`,
      add: alsoRun ?? 'nothing',
    })),
  }
}

/** For whoever has no workload in mind: how far below the best each backend scores at worst. */
export function regretWords({ regrets, recommendations, backends }: Report): string | null {
  if (regrets.length === 0) return null
  const title = (id: string) => backends.find((b) => b.id === id)?.title ?? id
  const best = regrets.filter(({ worst }) => worst === 0)
  const [first, ...others] = regrets.filter(({ worst }) => worst > 0)
  const behind = ({ backend, profile, worst }: Regret, words: (amount: string) => string) => {
    const workload = recommendations.find((r) => r.profile === profile)?.title ?? profile
    return `${title(backend)} ${words(shortfallOf(worst))} (${workload.toLowerCase()})`
  }
  const told = [
    'Whoever has no single workload in mind can ask what a choice costs at worst, among the workloads that could be weighed.',
    ...(best.length > 0
      ? [
          `${sentenceCase(listed(best.map((r) => title(r.backend))))} ${best.length === 1 ? 'scores' : 'score'} best for each of them.`,
        ]
      : []),
    ...(first
      ? [
          `At worst ${listed([behind(first, (amount) => `scores ${amount} below the best`), ...others.map((r) => behind(r, (amount) => amount))])}.`,
        ]
      : []),
  ]
  return told.join(' ')
}

type Regret = Report['regrets'][number]

/** How far a score lies below one that is higher by a share; from half of it on a factor is easier to grasp. */
function shortfallOf(share: number): string {
  if (share >= 1) return `a factor of ${factor(1 + share)}`
  const below = share / (1 + share)
  return shareText(below, Math.ceil(below * 100))
}
