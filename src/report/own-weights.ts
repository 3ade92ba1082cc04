import { listed, sentenceCase } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import type { Recommendation, Report, Weighing } from '../model/report.ts'
import type { Slot } from './figure.ts'
import { slotOf } from './palette.ts'
import { testsOf, titleOf } from './words.ts'

/*
 * What a reader needs to weigh a study as he likes: words for the template, and numbers for templates/explore.js.
 */

/** Finished values of pages/own-weights.html.njk. */
export interface OwnWeights {
  readonly sliders: readonly { readonly term: string; readonly label: string }[]
  readonly backends: readonly { readonly title: string; readonly slot: Slot }[]
  readonly presets: readonly string[]
  /** who and what is not weighed, a sentence each */
  readonly aside: readonly string[]
  readonly data: WeighingData
}

/** What the page's script is given. All weights are in the order of the terms, all numbers of a term in that of the backends. */
export interface WeighingData extends Pick<Weighing, 'terms' | 'band'> {
  /** titles */
  readonly backends: readonly string[]
  readonly presets: readonly {
    readonly title: string
    readonly weights: readonly number[]
    /** the share of the workload's weight that these terms carry, in percent; null where it is no workload */
    readonly covered: number | null
  }[]
  /** the place of the preset to begin with */
  readonly start: number
}

/** The weight of each term where all weigh alike: the middle of a slider. */
const ALIKE = 50

/** What can be weighed anew, in words and numbers; null where nothing can. */
export function ownWeights(report: Report): OwnWeights | null {
  const { weighing, recommendations } = report
  if (weighing === null) return null
  const { backends, terms, band, profiles } = weighing
  const titles = backends.map((id) => titleOf(report, id))
  const slots = slotOf(report.backends)
  const workloads = profiles.flatMap(({ profile, weights }) => {
    const title = recommendations.find((r) => r.profile === profile)?.title ?? profile
    const covered = weights.reduce((sum, weight) => sum + weight, 0)
    return covered === 0 ? [] : [{ profile, title, weights, covered }]
  })
  const alike = { title: 'All alike', weights: terms.map(() => ALIKE), covered: null }
  const presets = [...workloads.map(({ profile: _, ...preset }) => preset), alike]
  return {
    sliders: terms.map(({ term }) => ({ term, label: sentenceCase(labelOf(term)) })),
    backends: backends.map((id, i) => ({ title: titles[i] ?? id, slot: slots.get(id) ?? 6 })),
    presets: presets.map(({ title }) => title),
    aside: [...missingTests(report, weighing), ...setAside(report, weighing)],
    data: {
      backends: titles,
      terms,
      band,
      presets,
      start: workloads.findIndex(({ profile }) => profile === 'general'),
    },
  }
}

function labelOf(term: Weighing['terms'][number]['term']): string {
  return term === 'latency'
    ? 'worst latencies'
    : term === 'cpu'
      ? 'low CPU cost in the guest'
      : metric(term).label
}

/** Tests that were run and count for a workload, but cannot be weighed. */
function missingTests(report: Report, { terms }: Weighing): string[] {
  const out = testsOf(report)
    .filter(({ id }) => report.recommendations.some((r) => r.excluded.some((e) => e.metric === id)))
    .filter(({ id }) => !terms.some(({ term }) => term === id))
  if (out.length === 0) return []
  return [
    `${sentenceCase(listed(out.map(({ label }) => label)))} cannot be weighed, for the reasons given below.`,
  ]
}

/** Who is not weighed at all, and who is left out of a workload, which no weight makes good. */
function setAside(report: Report, { backends }: Weighing): string[] {
  const whole = report.recommendations.flatMap((r) =>
    r.excluded
      .filter((e) => e.metric === undefined)
      .map((e) => ({ ...e, profile: r.profile, title: r.title })),
  )
  const general = whole.filter(({ profile }) => profile === 'general')
  const elsewhere = whole.filter(({ backend }) => backends.includes(backend))
  const reasons = new Set(elsewhere.map(({ backend, because }) => JSON.stringify([backend, because])))
  return [
    ...general.map((e) => `${nameOf(report, e)} is not weighed: ${e.because}.`),
    ...[...reasons].flatMap((key) => {
      const own = elsewhere.filter(({ backend, because }) => JSON.stringify([backend, because]) === key)
      const [first] = own
      const titles = listed(own.map(({ title }) => `“${title}”`))
      return first
        ? [`${nameOf(report, first)} stays left out of ${titles}, whatever the weights: ${first.because}.`]
        : []
    }),
  ]
}

function nameOf(report: Report, { backend }: Recommendation['excluded'][number]): string {
  return sentenceCase(titleOf(report, backend))
}
