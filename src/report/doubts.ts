import { type MetricId, metric } from '../model/metric.ts'
import type { Finding, Report } from '../model/report.ts'
import { grouped, sampleOf } from './words.ts'

/** What is doubted about some tests of a backend, with every reason. */
export interface DoubtWords {
  /** none: every rate of the backend */
  readonly tests: readonly MetricId[]
  readonly state: string
  readonly reasons: readonly { readonly message: string; readonly rule: string }[]
}

/** Doubts of one backend: what is not the disk first; tests that share a reason, and reasons that share their tests, together. */
export function doubtsOf(report: Report, backend: string): DoubtWords[] {
  const state = (f: Finding) => {
    const sample = f.metric ? sampleOf(report, backend, f.metric) : undefined
    return sample?.doubted ? 'suspect' : sample?.validity
  }
  // a doubt about a minority of runs leaves the sample as it is, and `check` and report.json name it; but a run that
  // is left out has to be told
  const own = report.findings.filter(
    (f) =>
      f.backend === backend &&
      f.effect !== undefined &&
      (f.metric === undefined || f.effect === state(f) || leavesOut(f)),
  )
  const reasons = grouped(own, (f) => JSON.stringify([f.effect, leavesOut(f), f.rule, shapeOf(f)]))
  const words = reasons.map((group) => ({
    tests: group.some((f) => !f.metric) ? [] : group.flatMap((f) => f.metric ?? []),
    state: stateWords(group[0]),
    message: messageOf(group),
    rule: group[0]?.rule ?? '',
  }))
  return grouped(words, (w) => `${w.state} ${w.tests.join(' ')}`)
    .map((group) => ({
      tests: group[0]?.tests ?? [],
      state: group[0]?.state ?? '',
      reasons: group.map(({ message, rule }) => ({ message, rule })),
    }))
    .toSorted((a, b) => rank(a) - rank(b))
}

/** What touches every rate first, then what is not the disk. */
function rank({ tests, state }: DoubtWords): number {
  return tests.length === 0 ? -1 : Number(state === 'suspect')
}

/** What runs differ in, beside their backend: those that are left out of samples, and those that are named. */
export function differencesOf({ findings }: Report): { readonly message: string; readonly rule: string }[] {
  return findings
    .filter(({ rule }) => rule === 'runs-differ' || rule === 'tests-differ')
    .map(({ message, rule }) => ({ message, rule }))
}

/** One run of a sample that stays what it is. */
function leavesOut({ cause }: Finding): boolean {
  return cause === 'allocation'
}

function stateWords(finding: Finding | undefined): string {
  if (finding && leavesOut(finding)) return 'the first run is left out'
  return finding?.effect === 'suspect' ? 'suspect' : 'not the disk'
}

/** What findings of one rule must share to be told together: the words, beside the test's name and its numbers. */
function shapeOf(finding: Finding): string {
  if (finding.rule === 'cpu-bound') return ''
  const told = unnamed(finding)
  return told === null ? finding.message : told.replace(NUMBER, '#') + finding.runs.join()
}

const NUMBER = /\d[\d,]*(?:\.\d+)?/g

/** A sentence that begins with the name of its test, without that; null if it does not. */
function unnamed({ metric: id, message }: Finding): string | null {
  const names = id ? [`The ${metric(id).label} `, `The rate of the ${metric(id).label} `] : []
  const name = names.find((begin) => message.startsWith(begin))
  return name === undefined ? null : message.slice(name.length)
}

/** One sentence for a group of one shape: `Each ran at 1.53 to 2.25 times what the disk's link can carry: …`. */
function messageOf(group: readonly Finding[]): string {
  const [first] = group
  const told = group.flatMap((f) => unnamed(f) ?? [])
  if (!first || group.length === 1 || new Set(group.map((f) => f.message)).size === 1)
    return first?.message ?? ''
  if (first.rule === 'cpu-bound') return cpuWords(group)
  const numbers = told.map((sentence) => sentence.match(NUMBER) ?? [])
  let at = -1
  const ranged = (told[0] ?? '').replace(NUMBER, () => {
    at += 1
    return span(numbers.map((each) => each[at] ?? ''))
  })
  return `Each ${ranged}`
}

/** From the least to the greatest of some written numbers. */
function span(written: readonly string[]): string {
  const size = (text: string) => Number(text.replaceAll(',', ''))
  const sorted = written.toSorted((a, b) => size(a) - size(b))
  const [least = '', most = ''] = [sorted[0], sorted.at(-1)]
  return least === most ? most : `${least} to ${most}`
}

/** Several tests that the processor limited, in one sentence. */
function cpuWords(group: readonly Finding[]): string {
  const shares = group.flatMap((f) => f.value ?? [])
  const [least, most] = [Math.round(Math.min(...shares)), Math.round(Math.max(...shares))]
  const range = least === most ? `${most} %` : `${least} to ${most} %`
  const busiest = group.some((f) => (f.runs ?? []).length > 1)
  const begin = busiest ? `In the busiest runs these took ${range} CPU:` : `At ${range} CPU`
  const they = busiest ? 'they' : 'these'
  return group[0]?.effect === 'suspect'
    ? `${begin} ${they} were partly limited by the processor.`
    : `${begin} ${they} show the speed of the processor, not of storage.`
}
