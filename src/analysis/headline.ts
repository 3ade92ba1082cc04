import { factor, listed, paceWords, sentenceCase, theseFiles } from '../model/format.ts'
import { type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Sample } from '../model/report.ts'
import { fromAhead } from '../model/verdict.ts'
import { ratioNumber } from './compare.ts'
import { type Evidence, titleOf } from './evidence.ts'

/** What a headline may speak of: tests that reach the disk in earnest. */
const NEWSWORTHY: readonly MetricId[] = ['put_block', 'rewrite', 'get_block', 'seeks']

export interface Conclusions {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly Sample[]
  readonly comparisons: readonly Comparison[]
}

/** The verdict of a study as one sentence with a number, and the main doubt about it, both by rule. */
export function headline(
  found: Conclusions,
  baseline: string | null,
): { readonly headline: string; readonly doubt: string | null } {
  const proven = decided(found, baseline)
  if (proven) {
    return {
      headline: sentenceCase(ratioWords(found, proven)),
      doubt: joined(suspicion(found, proven), doubt(found, false)),
    }
  }
  const same = level(found, baseline)
  const top = same === null ? striking(found) : undefined
  if (!top) return { headline: same ?? undecided(found), doubt: doubt(found, false) }
  const isSingle = Math.max(...top.n) === 1
  return {
    headline: sentenceCase((isSingle ? 'In one run each, ' : '') + ratioWords(found, top)),
    doubt: joined(suspicion(found, top), doubt(found, isSingle)),
  }
}

/** A comparison as a sentence, the faster side first: "blktap wrote blocks 5.18 times as fast as loopback (5.02 to 5.34)." */
function ratioWords({ evidence }: Conclusions, comparison: Comparison): string {
  const { metric: id, backend, baseline, ratio, interval } = fromAhead(comparison)
  if (ratio.kind === 'unknown') return `${ratio.why}.`
  const range = interval ? ` (${factor(interval.low)} to ${factor(interval.high)})` : ''
  return `${titleOf(evidence, backend)} ${metric(id).did} ${paceWords(ratio, titleOf(evidence, baseline))}${range}.`
}

/** The largest difference from the baseline that the statistics bear out on disk evidence. */
function decided(found: Conclusions, baseline: string | null): Comparison | undefined {
  const proven = newsworthy(found).filter((c) => c.verdict === 'better' || c.verdict === 'worse')
  const against = proven.filter((c) => c.baseline === baseline)
  return largest(against.length > 0 ? against : proven)
}

/** What the headline itself rests on, where a side of it is in doubt. */
function suspicion({ evidence, samples }: Conclusions, told: Comparison): string | null {
  const sides = samples.filter(
    (s) => s.metric === told.metric && (s.backend === told.backend || s.backend === told.baseline),
  )
  const [first, ...more] = sides.filter((s) => s.validity === 'suspect')
  if (!first) return null
  return more.length > 0
    ? 'Both numbers are suspect.'
    : `The number of ${titleOf(evidence, first.backend)} is suspect.`
}

function joined(...sentences: readonly (string | null)[]): string | null {
  return sentences.filter((sentence) => sentence !== null).join(' ') || null
}

/** Backends that are practically the same as the baseline on two tests or more. */
function level(found: Conclusions, baseline: string | null): string | null {
  const title = (id: string) => titleOf(found.evidence, id)
  const same = newsworthy(found).filter((c) => c.baseline === baseline && c.verdict === 'same')
  const alike = found.evidence
    .map((e) => e.backend.id)
    .filter((id) => same.filter((c) => c.backend === id).length >= 2)
  if (alike.length === 0 || baseline === null) return null
  const used = same.filter((c) => alike.includes(c.backend))
  const shared = NEWSWORTHY.filter((id) =>
    alike.every((b) => used.some((c) => c.backend === b && c.metric === id)),
  )
  const widest = Math.max(
    ...used
      .filter((c) => shared.includes(c.metric))
      .flatMap((c) => (c.interval ? [c.interval.high, 1 / c.interval.low] : [])),
  )
  if (shared.length === 0) return null
  const names = listed([...alike, baseline].map(title))
  const tests = listed(shared.map((id) => metric(id).label))
  return `${sentenceCase(names)} are level on ${tests}: within ${Math.ceil((widest - 1) * 100)} % of each other.`
}

/** Without replicates: the largest ratio that run-to-run spread does not explain and in which one side is sound. */
function striking(found: Conclusions): Comparison | undefined {
  const sound = (b: string, id: MetricId) =>
    found.samples.some((s) => s.backend === b && s.metric === id && s.validity === 'disk')
  return largest(
    newsworthy(found).filter(
      (c) => c.spread === 'far beyond' && (sound(c.backend, c.metric) || sound(c.baseline, c.metric)),
    ),
  )
}

function undecided({ evidence }: Conclusions): string {
  const files = new Set(evidence.flatMap((e) => e.runs.map((run) => run.path))).size
  const [only] = evidence
  if (!only) return 'Nothing could be read yet.'
  if (evidence.length === 1)
    return `Only ${only.backend.title} was measured, so there is nothing to compare it with.`
  return `${theseFiles(files, 'do')} not say which backend is faster.`
}

function newsworthy({ comparisons }: Conclusions): Comparison[] {
  return comparisons.filter(
    (c) => c.view === 'disk' && NEWSWORTHY.includes(c.metric) && c.ratio.kind !== 'unknown',
  )
}

function largest(comparisons: readonly Comparison[]): Comparison | undefined {
  const size = (c: Comparison) => Math.abs(Math.log(ratioNumber(c.ratio)))
  return comparisons.toSorted((a, b) => size(b) - size(a))[0]
}

/** The doubt that weighs most: tests that did not measure the disk, else single runs. */
function doubt(found: Conclusions, single: boolean): string | null {
  const title = (id: string) => titleOf(found.evidence, id)
  const spoilt = spoiltTests(found)
  if (spoilt !== null) return spoilt
  const alone = found.evidence.filter((e) => e.runs.length === 1).map((e) => title(e.backend.id))
  if (alone.length === 0 || single) return null
  const which = alone.length === found.evidence.length ? 'one run each' : `one run of ${listed(alone)}`
  return `With ${which}, how far runs differ is unknown.`
}

/** Tests that measured the disk on no backend, and those of the backend on which most others did not. */
function spoiltTests(found: Conclusions): string | null {
  const sides = found.evidence.map(({ backend }) => backend)
  const out = (tests: readonly MetricId[], id: string) => tests.filter((test) => isOut(found, id, test))
  const everywhere = NEWSWORTHY.filter((id) => {
    const measured = sides.filter((side) => isMeasured(found, side.id, id))
    return measured.length > 1 && measured.every((side) => isOut(found, side.id, id))
  })
  const rest = NEWSWORTHY.filter((id) => !everywhere.includes(id))
  const each = sides.map(({ id, title }) => ({ title, tests: out(rest, id) }))
  const worst = each.toSorted((a, b) => b.tests.length - a.tests.length)[0]?.tests ?? []
  const alike = each.filter(({ tests }) => worst.length > 0 && String(tests) === String(worst))
  const labels = (tests: readonly MetricId[], joint?: string) =>
    listed(
      tests.map((id) => metric(id).label),
      joint,
    )
  const some = alike.length > 0 ? `the ${labels(worst)} of ${listed(alike.map(({ title }) => title))}` : ''
  if (everywhere.length === 0) return some === '' ? null : `${sentenceCase(some)} did not measure the disk.`
  return `On no backend did ${labels(everywhere, 'or')} measure the disk${some === '' ? '' : `, nor did ${some}`}.`
}

/** Whether a backend printed anything for a test. */
function isMeasured({ samples }: Conclusions, backend: string, id: MetricId): boolean {
  return samples.some((s) => s.backend === backend && s.metric === id && s.validity !== 'missing')
}

function isOut({ samples }: Conclusions, backend: string, id: MetricId): boolean {
  return samples.some((s) => s.backend === backend && s.metric === id && s.validity === 'not-disk')
}
