import { counted, factor, listed, sentenceCase } from '../model/format.ts'
import { METRICS, type Metric, type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Finding, Sample } from '../model/report.ts'
import { ratioNumber } from './compare.ts'
import type { Evidence } from './evidence.ts'

/** What a headline may speak of: tests that reach the disk in earnest. */
const NEWSWORTHY: readonly MetricId[] = ['put_block', 'rewrite', 'get_block', 'seeks']

export interface Conclusions {
  readonly evidence: readonly Evidence[]
  readonly samples: readonly Sample[]
  readonly comparisons: readonly Comparison[]
  readonly findings: readonly Finding[]
}

/** The verdict of a study as one sentence with a number, and the main doubt about it, both by rule. */
export function headline(
  found: Conclusions,
  baseline: string | null,
): { readonly headline: string; readonly doubt: string | null } {
  return {
    headline: decided(found, baseline) ?? level(found, baseline) ?? striking(found) ?? undecided(found),
    doubt: doubt(found),
  }
}

/** The ratio in words: "wrote blocks 5.18 times as fast as loopback", with its interval where there is one. */
export function ratioWords(c: Comparison, title: (id: string) => string): string {
  const { did } = metric(c.metric)
  const x = ratioNumber(c.ratio)
  const range = c.interval ? ` (${factor(c.interval.low)} to ${factor(c.interval.high)})` : ''
  const bound = c.ratio.kind === 'at least' ? 'at least ' : c.ratio.kind === 'at most' ? 'at most ' : ''
  const rounding = c.ratio.kind === 'at least' ? 'down' : c.ratio.kind === 'at most' ? 'up' : 'nearest'
  const times = `${bound}${factor(x, rounding)} times`
  return x < 1
    ? `${did} at ${times} the speed of ${title(c.baseline)}${range}`
    : `${did} ${times} as fast as ${title(c.baseline)}${range}`
}

/** The largest difference from the baseline that the statistics bear out on disk evidence. */
function decided(found: Conclusions, baseline: string | null): string | null {
  const title = titles(found)
  const proven = newsworthy(found).filter((c) => c.verdict === 'better' || c.verdict === 'worse')
  const against = proven.filter((c) => c.baseline === baseline)
  const top = largest(against.length > 0 ? against : proven)
  return top ? `${sentenceCase(title(top.backend))} ${ratioWords(top, title)}.` : null
}

/** Backends that are practically the same as the baseline on two tests or more. */
function level(found: Conclusions, baseline: string | null): string | null {
  const title = titles(found)
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
function striking(found: Conclusions): string | null {
  const title = titles(found)
  const sound = (b: string, id: MetricId) =>
    found.samples.some((s) => s.backend === b && s.metric === id && s.validity === 'disk')
  const top = largest(
    newsworthy(found).filter(
      (c) => c.spread === 'far beyond' && (sound(c.backend, c.metric) || sound(c.baseline, c.metric)),
    ),
  )
  if (!top) return null
  const often = Math.max(...top.n) === 1 ? 'In one run each, ' : ''
  return `${often === '' ? sentenceCase(title(top.backend)) : often + title(top.backend)} ${ratioWords(top, title)}.`
}

function undecided({ evidence }: Conclusions): string {
  const files = new Set(evidence.flatMap((e) => e.runs.map((run) => run.path))).size
  if (evidence.length === 1)
    return `One backend was measured: ${counted(files, 'file')} of ${evidence[0]?.backend.title ?? ''}, nothing to compare it with.`
  return files === 0
    ? 'Nothing could be read yet.'
    : `These ${counted(files, 'file')} do not say which backend is faster.`
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

/** The doubt that weighs most: memory taken for the disk, then processor taken for the disk, then a single run. */
function doubt(found: Conclusions): string | null {
  const title = titles(found)
  for (const [cause, words] of [
    ['memory', 'came from memory, not from the disk'],
    ['cpu', 'show the speed of the processor, not of the disk'],
  ] as const) {
    const spoilt = found.evidence
      .map(({ backend }) => ({
        backend,
        tests: METRICS.filter((m) => condemned(found, backend.id, m, cause)),
      }))
      .filter(({ tests }) => tests.some((m) => NEWSWORTHY.includes(m.id)))
      .toSorted((a, b) => b.tests.length - a.tests.length)[0]
    if (spoilt) {
      const labels = spoilt.tests.filter((m) => NEWSWORTHY.includes(m.id)).map((m) => m.label)
      const singular = labels.length === 1 && labels[0] !== 'random seeks'
      return `The ${listed(labels)} of ${title(spoilt.backend.id)} ${singular ? words.replace('show ', 'shows ') : words}.`
    }
  }
  return found.findings.some((f) => f.rule === 'single-run')
    ? 'With one run each, how far runs differ is unknown.'
    : null
}

function condemned(
  { samples, findings }: Conclusions,
  backend: string,
  { id }: Metric,
  cause: 'memory' | 'cpu',
): boolean {
  const out = samples.some((s) => s.backend === backend && s.metric === id && s.validity === 'not-disk')
  return (
    out &&
    findings.some(
      (f) => f.backend === backend && f.metric === id && f.effect === 'not-disk' && f.cause === cause,
    )
  )
}

function titles({ evidence }: Conclusions): (id: string) => string {
  return (id) => evidence.find((e) => e.backend.id === id)?.backend.title ?? id
}
