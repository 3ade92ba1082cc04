/**
 * Mutants of the shipped studies: their prose and their saved outputs with one thing changed. What a sentence says is
 * judged here from the records alone, without the code under test.
 */

import { bindProse } from '../../src/analysis/binding.ts'
import { compare } from '../../src/analysis/compare.ts'
import { gather } from '../../src/analysis/evidence.ts'
import { factPlaces } from '../../src/analysis/fact-places.ts'
import { readStudyText } from '../../src/analysis/front-matter.ts'
import { judge } from '../../src/analysis/judge.ts'
import type { Ground } from '../../src/analysis/refs.ts'
import { samples } from '../../src/analysis/sample.ts'
import { parse } from '../../src/bonnie/parse.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import type { StudyFolder } from '../../src/model/library.ts'
import { isMetricId, type MetricId } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import type { Parsed, Source } from '../../src/model/run.ts'

const knowledge = knowledgeOf(readTemplates())
const parsed = new Map<Source, Parsed>()

/** The shipped studies with their reports. */
export const STUDIES: readonly {
  readonly folder: StudyFolder
  readonly text: string
  readonly report: Report
}[] = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases]))).folders.map(
  (folder) => ({
    folder,
    text: folder.studyText ?? '',
    report: analyse(folder, knowledge, once),
  }),
)

/** Outputs that did not change need not be read again. */
function once(source: Source): Parsed {
  const known = parsed.get(source) ?? parse(source)
  parsed.set(source, known)
  return known
}

/** What is said of the prose of a study over outputs that were changed. */
export function problemsOver(
  { folder, text, report }: (typeof STUDIES)[number],
  sources: readonly Source[],
): Diagnostic[] {
  const runs = folder.sources.flatMap((source, i) => {
    const backend = report.sources.find(({ path }) => path === source.path)?.backend ?? ''
    return once(sources[i] ?? source).runs.map((run) => ({ ...run, backend }))
  })
  return bindProse(readStudyText(text).value, groundOf({ ...report, runs })).diagnostics
}

const grounds = new Map<Report, Ground>()

/** What is said of a changed study.md over the outputs as they are. */
export function problemsOf({ report }: (typeof STUDIES)[number], studyText: string): Diagnostic[] {
  const { value: study, diagnostics } = readStudyText(studyText)
  const ground = grounds.get(report) ?? groundOf(report)
  grounds.set(report, ground)
  return [...diagnostics, ...bindProse(study, ground, factPlaces(studyText).ofWords).diagnostics]
}

function groundOf({ backends, runs, facts, study }: Report): Ground {
  const evidence = gather(backends, runs, knowledge, facts)
  const tested = samples(evidence, judge(evidence, facts))
  const ids = backends.map(({ id }) => id)
  return { evidence, samples: tested, comparisons: compare(tested, ids, study.baseline, facts), facts }
}

/** A claim or quote as it is written. */
export interface Link {
  readonly kind: string
  readonly text: string
  readonly expression: string
  /** offset of its opening bracket, and of its text and expression */
  readonly at: number
  readonly textAt: number
  readonly expressionAt: number
}

export function linksOf(text: string): Link[] {
  return [...text.matchAll(/\[([^[\]]*)\]\(<(claim|quote):([^<>]*)>\)/g)].map((match) => {
    const [whole, words = '', kind = '', expression = ''] = match
    const textAt = match.index + 1
    return {
      kind,
      text: words,
      expression,
      at: match.index,
      textAt,
      expressionAt: match.index + whole.length - 2 - expression.length,
    }
  })
}

/** `backend.metric / backend.metric comparator number`: the form of all claims of the shipped studies. */
export interface Quotient {
  readonly above: string
  readonly below: string
  readonly metric: MetricId
  readonly comparator: string
  readonly threshold: number
}

export function quotientOf(expression: string): Quotient | null {
  const match = /^([a-z0-9-]+)\.(\w+) \/ ([a-z0-9-]+)\.(\w+) (≥|≤|above|below|about) ([\d.]+)$/.exec(
    expression,
  )
  const [, above = '', metric = '', below = '', other, comparator = '', threshold] = match ?? []
  if (!isMetricId(metric) || other !== metric) return null
  return { above, below, metric, comparator, threshold: Number(threshold) }
}

export function written({ above, below, metric, comparator, threshold }: Quotient): string {
  return `${above}.${metric} / ${below}.${metric} ${comparator} ${threshold}`
}

/** The quotient of geometric means of all rates; null where a side has none, or one that is only a bound. */
export function ratioOf({ above, below, metric }: Quotient, { runs }: Pick<Report, 'runs'>): number | null {
  const [a, b] = [above, below].map((id) => {
    const cells = runs.filter((run) => run.backend === id).map((run) => run.cells[metric])
    const rates = cells.flatMap(({ state, rate }) => (state === 'measured' && rate !== null ? [rate] : []))
    const told = cells.every(({ state }) => state === 'measured' || state === 'unreadable')
    return told && rates.length > 0
      ? Math.exp(rates.reduce((sum, x) => sum + Math.log(x), 0) / rates.length)
      : null
  })
  return a && b ? a / b : null
}

/** Whether the sentence is true; null where these few lines cannot tell. */
export function isTrue(quotient: Quotient, report: Pick<Report, 'runs'>): boolean | null {
  const ratio = ratioOf(quotient, report)
  const { comparator, threshold } = quotient
  const band = 1 + (quotient.metric === 'seeks' || /^(?:seq|ran)_/.test(quotient.metric) ? 0.1 : 0.05)
  if (ratio === null) return null
  if (comparator === '≥') return ratio >= threshold
  if (comparator === '≤') return ratio <= threshold
  if (comparator === 'above') return ratio > threshold
  if (comparator === 'below') return ratio < threshold
  return ratio <= threshold * band && ratio >= threshold / band
}

/** Saved outputs with the rates of a backend on one test multiplied, in text and CSV alike. */
export function rescaled(
  { folder, report }: (typeof STUDIES)[number],
  backend: string,
  metric: MetricId,
  by: number,
): Source[] {
  return folder.sources.map((source) => {
    const own = report.runs.filter((run) => run.path === source.path && run.backend === backend)
    const text = own.reduce((rest, run) => {
      const { rate, line, column } = run.cells[metric]
      if (rate === null || line === null || column === null) return rest
      const changed = rate * by
      const printed = metric === 'seeks' ? changed.toFixed(1) : String(Math.round(changed))
      const lines = rest.split('\n')
      const row = lines[line - 1] ?? ''
      const token = /^[\d.]+/.exec(row.slice(column - 1))?.[0] ?? ''
      lines[line - 1] = `${row.slice(0, column - 1)}${printed}${row.slice(column - 1 + token.length)}`
      const table = lines.findIndex(
        (one, i) => i !== line - 1 && / {2}/.test(one) && inTable(one, token, rate) !== '',
      )
      const old = inTable(lines[table] ?? '', token, rate)
      if (old !== '')
        lines[table] = (lines[table] ?? '').replace(old, withUnit(changed, old, printed).padStart(old.length))
      return lines.join('\n')
    }, source.text)
    return text === source.text ? source : { ...source, text }
  })
}

/** The token of a text table that shows a rate: as in the CSV, without its fraction, or in the units of 2.00. */
function inTable(row: string, token: string, rate: number): string {
  const shown = [token, String(Math.round(rate)), String(Math.trunc(rate)), shortened(rate)]
  return shown.find((one) => row.split(/\s+/).includes(one)) ?? ''
}

function withUnit(changed: number, old: string, printed: string): string {
  return /[kmg]$/.test(old) ? shortened(changed) : printed
}

/** As bonnie++ 2.00 prints KiB/s: `1704k`, `55.6m`, `321m`, `1.3g`. */
function shortened(kib: number): string {
  if (kib < 2048) return `${Math.round(kib)}k`
  const mib = kib / 1024
  if (mib < 100) return `${mib.toFixed(1)}m`
  return mib < 1000 ? `${mib.toFixed(0)}m` : `${(mib / 1024).toFixed(1)}g`
}
