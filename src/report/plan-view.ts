import { countWord, factor, listed, whole } from '../model/format.ts'
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
      tells: `${Math.ceil((ratio - 1) * 100)} % or more`,
      add: alsoRun ?? 'nothing',
    })),
  }
}

/** For whoever has no workload in mind: how much faster than each backend the best is at worst. */
export function regretWords({ regrets, recommendations, backends }: Report): string | null {
  const [least, ...others] = regrets
  if (!least) return null
  const title = (id: string) => backends.find((b) => b.id === id)?.title ?? id
  const worst = ({ backend, profile, worst }: typeof least) => {
    const workload = recommendations.find((r) => r.profile === profile)?.title ?? profile
    return `${title(backend)} ${leadOf(worst)} (${workload.toLowerCase()})`
  }
  return `Whoever has no single workload in mind can ask what a choice costs at worst, over the workloads that could be weighed. This is by how much the best is then faster than each: ${listed([least, ...others].map(worst))}.`
}

/** By what share the best is faster; beyond twice as fast a factor is easier to grasp than a percentage. */
function leadOf(share: number): string {
  if (share >= 1) return `a factor of ${factor(1 + share)}`
  return share < 0.005 ? 'less than 1 %' : `${whole(Math.ceil(share * 100))} %`
}
