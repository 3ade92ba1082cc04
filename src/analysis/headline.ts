import { countWord, differenceText, listed, sentenceCase, theseFiles } from '../model/format.ts'
import { type MetricId, metric } from '../model/metric.ts'
import { paceWords } from '../model/ratio-words.ts'
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
  return `${titleOf(evidence, backend)} ${metric(id).did} ${paceWords(ratio, titleOf(evidence, baseline), interval)}.`
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
  return `${sentenceCase(names)} are level on ${tests}: within ${differenceText(widest)} of each other.`
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

/** More groups of tests than these are a table, not a sentence. */
const NAMED = 2

/** Tests that did not measure the disk: those that did so nowhere, then the others by the backends concerned. */
function spoiltTests(found: Conclusions): string | null {
  const [nowhere, groups] = spoiltGroups(found)
  const size = ({ tests, out }: Spoilt) => tests.length * out.length
  const largest = groups.toSorted((a, b) => size(b) - size(a)).slice(0, NAMED)
  const total = countWord(found.evidence.length)
  const told = groups
    .filter((group) => largest.includes(group))
    .map(({ tests, out }) => {
      const many = out.length > 2
      return `the ${labels(tests)} of ${many ? `${countWord(out.length)} of the ${total} backends` : listed(out)}`
    })
  const nor = told.length > 0 ? `, nor did ${listed(told, 'or')}` : ''
  if (nowhere.length > 0) return `On no backend did ${labels(nowhere, 'or')} measure the disk${nor}.`
  const others = groups.length > told.length ? 'among others ' : ''
  return told.length > 0 ? sentenceCase(`${others}${listed(told)} did not measure the disk.`) : null
}

function labels(tests: readonly MetricId[], joint?: string): string {
  const words = tests.map((id) => metric(id).label)
  return listed(words, joint)
}

/** Tests that did not measure the disk on the same backends, by their titles. */
interface Spoilt {
  readonly tests: MetricId[]
  readonly out: readonly string[]
}

/** The tests that measured the disk on none of several backends, and the others that did not on some. */
function spoiltGroups(
  found: Conclusions,
): readonly [nowhere: readonly MetricId[], groups: readonly Spoilt[]] {
  const nowhere: MetricId[] = []
  const groups = new Map<string, Spoilt>()
  for (const id of NEWSWORTHY) {
    const measured = found.evidence.filter(({ backend }) => isMeasured(found, backend.id, id))
    const out = measured.filter(({ backend }) => isOut(found, backend.id, id))
    if (out.length === 0) continue
    if (out.length > 1 && out.length === measured.length) {
      nowhere.push(id)
      continue
    }
    const key = JSON.stringify(out.map(({ backend }) => backend.id))
    const group = groups.get(key)
    if (group) group.tests.push(id)
    else groups.set(key, { tests: [id], out: out.map(({ backend }) => backend.title) })
  }
  return [nowhere, [...groups.values()]]
}

/** Whether a backend printed anything for a test. */
function isMeasured({ samples }: Conclusions, backend: string, id: MetricId): boolean {
  return samples.some((s) => s.backend === backend && s.metric === id && s.validity !== 'missing')
}

function isOut({ samples }: Conclusions, backend: string, id: MetricId): boolean {
  return samples.some((s) => s.backend === backend && s.metric === id && s.validity === 'not-disk')
}
