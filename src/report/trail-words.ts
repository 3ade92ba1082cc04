import { listed, rateText, sentenceCase, wordOf } from '../model/format.ts'
import { magnitude } from '../model/measurement.ts'
import { type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Report, Validity } from '../model/report.ts'
import type { CellTrail, Checked, Trail, Use } from '../model/trail.ts'
import { ratioCell } from './words.ts'

/*
 * The way of a number in words, for the page of a study's numbers and for the terminal. All of it is plain text.
 */

/** What a validity means. */
export const VALIDITY_MEANS: Readonly<Record<Validity, string>> = {
  disk: 'disk: nothing speaks against it',
  suspect: 'suspect: perhaps not the disk alone',
  censored: 'censored: too fast to time, so a lower bound',
  'not-disk': 'not-disk: memory or processor',
  missing: 'missing: there is no rate',
}

/** A rate in bonnie++'s unit, and in the unit of prose where that is another. */
export function rateWords({ rate, cell }: CellTrail, id: MetricId): string {
  if (rate.kind === 'absent') return cell.printed === undefined ? rate.why : `${rate.why}, "${cell.printed}"`
  const least = rate.kind === 'at least' ? 'at least ' : ''
  const rounded = cell.tolerance === undefined ? '' : ` ± ${cell.tolerance}`
  const { unit } = metric(id)
  const printed = `${least}${magnitude(rate)}${rounded} ${unit}`
  return unit === 'KiB/s' ? `${printed} = ${rateText(id, rate)}` : printed
}

/** `measured`, or with the upstream defect that spoilt it: `defective, BON-001`. */
export function stateWords({ cell }: CellTrail): string {
  return cell.erratum === undefined ? cell.state : `${cell.state}, ${cell.erratum}`
}

/** What a check makes of a cell, behind its sentence. */
export function becameWords(effect: Checked['effect']): string {
  return effect === null ? '' : ` → ${effect}`
}

/** A doubt and the runs it fell on, by their numbers. */
export interface SharedDoubt extends Checked {
  readonly runs: readonly number[]
}

/** Each doubt about the cells once. */
export function sharedDoubts({ cells }: Trail): SharedDoubt[] {
  const told = new Map<string, SharedDoubt>()
  for (const { number, checks } of cells) {
    for (const check of checks) {
      const key = JSON.stringify(check)
      told.set(key, { ...check, runs: [...(told.get(key)?.runs ?? []), number] })
    }
  }
  return [...told.values()]
}

/** `#1 #2 #4`. */
export function runNames(runs: readonly number[]): string {
  return runs.map((number) => `#${number}`).join(' ')
}

/** The same with what is in a row drawn together: `#1 to #4, #6`. */
export function runRanges(runs: readonly number[]): string {
  const stretches: { first: number; last: number }[] = []
  for (const number of runs) {
    const open = stretches.at(-1)
    if (open && number === open.last + 1) open.last = number
    else stretches.push({ first: number, last: number })
  }
  const words = stretches.flatMap(({ first, last }) =>
    last - first > 1 ? `#${first} to #${last}` : last > first ? [`#${first}`, `#${last}`] : `#${first}`,
  )
  return words.join(', ')
}

/** The sample in a sentence, and the runs that are left out of it in another. */
export function sampleWords({ sample, metric: id, cells }: Trail, title: string): string[] {
  if (!sample) return [`No backend of the study ran the ${metric(id).label}.`]
  const middle = sample.n === 0 ? '' : `median ${rateText(id, sample.median)}, `
  const out = cells.filter(({ inSample }) => !inSample).map(({ number }) => `#${number}`)
  return [
    `${title}, ${metric(id).label}: n = ${sample.n}, ${middle}${VALIDITY_MEANS[sample.validity]}.`,
    ...(out.length > 0 ? [`${out.join(', ')} made another test and is left out of it.`] : []),
  ]
}

/** A comparison with all that was worked out. */
export function comparisonWords({ backends }: Pick<Report, 'backends'>, c: Comparison): string {
  const title = (id: string) => backends.find((b) => b.id === id)?.title ?? id
  const { spread, view, n } = c
  const beside = spread ? `, ${spread} the usual spread` : ''
  const seen = view === 'disk' ? 'disk' : 'as measured'
  return `${seen}: ${title(c.backend)} ÷ ${title(c.baseline)} ${ratioCell(c)}, n = ${n.join(' and ')}${beside}: ${wordOf(c)}${chanceWords(c)}`
}

/** How likely chance alone is: by Welch's test, after Holm over the whole study, and by one that assumes no distribution. */
function chanceWords({ p, adjusted, exact }: Comparison): string {
  const welch = p === undefined || adjusted === undefined ? [] : [`p ${chance(p)}, Holm ${chance(adjusted)}`]
  const name = exact?.test === 'ranks' ? 'ranks' : 'permutation'
  const least =
    exact && exact.attainable > 0.05
      ? `, and no less than ${chance(exact.attainable)} whatever such runs show`
      : ''
  const counted = exact ? [`exact (${name}) p ${chance(exact.p)}${least}`] : []
  const all = [...welch, ...counted]
  return all.length === 0 ? '' : ` (${all.join('; ')})`
}

function chance(p: number): string {
  return p < 0.0005 ? '< 0.001' : p.toFixed(3)
}

/** How a workload weighs the test. */
export function useWords({ recommendation, weight, leftOut }: Use): string {
  const { title, verdict, sentence } = recommendation
  const because = [...new Set(leftOut.map((out) => `${out.backend}: ${out.because}`))]
  const part = because.length > 0 ? `left out (${because.join('; ')})` : 'it counts'
  return `${title}: ${weight} % of the weight, ${part}. ${sentenceCase(verdict)}: ${sentence}`
}

/** A claim and its verdict. */
export function claimWords({ text, expression, verdict, because }: Trail['claims'][number]): string {
  return `“${text}” (${expression}): ${verdict}. ${because}`
}

/** What was tested, with the runs it holds for where they differ; null where nothing was. */
export function testedWords({ cells }: Trail): string | null {
  const run = cells.filter(({ cell }) => cell.state !== 'not_run')
  const tests = [...new Set(run.map(({ test }) => test))]
  if (tests.length < 2) return tests[0] ?? null
  const runsOf = (test: string) =>
    runRanges(run.filter((own) => own.test === test).map(({ number }) => number))
  return listed(tests.map((test) => `${runsOf(test)} ${test}`))
}
