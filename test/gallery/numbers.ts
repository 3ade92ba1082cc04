/**
 * Which numbers an article may show: those that report.json holds, after the roundings that the product documents
 * (three digits, MB/s from KiB/s, bounds rounded outward, ratios either way round), and those that stand in its texts
 * and in our own templates.
 */
import {
  durationText,
  factor,
  megabytes,
  quantityText,
  sizeText,
  threeDigits,
  whole,
} from '../../src/model/format.ts'
import type { Measurement } from '../../src/model/measurement.ts'
import { METRICS, metric } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'

const NUMBER = /\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?/g

/** The numbers of a text as they are written. */
export function numbersIn(text: string): string[] {
  return text.match(NUMBER) ?? []
}

/** Every number that an article of this report may show. */
export function sayable(report: Report, ours: readonly string[]): ReadonlySet<string> {
  const written = [...texts(report), ...ours].flatMap(numbersIn)
  return new Set([...written, ...counts(report), ...rates(report), ...ratios(report), ...others(report)])
}

/** Every text inside a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)])
}

function counts({ runs, sources, backends, diagnostics, recommendations, facts }: Report): string[] {
  const each = backends.map((b) => runs.filter((run) => run.backend === b.id).length)
  const known = [
    ...each,
    runs.length,
    sources.length,
    new Set(runs.map((run) => run.path)).size,
    ...sources.map((s) => s.runs),
  ]
  const places = diagnostics.flatMap(({ place }) => [place.line, place.column])
  const more = diagnostics.map((_, i) => i + 1)
  const declared = [facts.host?.disk?.spindles, facts.guest?.vcpus].filter((n) => n !== undefined)
  return [...known, ...places, ...more, ...declared, METRICS.length, recommendations.length].flatMap((n) => [
    String(n),
    whole(n),
  ])
}

/** Medians and bounds of samples: MB/s or a second. */
function rates({ samples, prose }: Report): string[] {
  const told = (m: Measurement, isBytes: boolean) => {
    if (m.kind === 'absent') return []
    const value = m.kind === 'measured' ? m.value : m.bound
    const scaled = isBytes ? megabytes(value) : value
    return m.kind === 'measured' ? [threeDigits(scaled)] : [threeDigits(scaled, 'down')]
  }
  const values = prose.flatMap((piece) => (piece.kind === 'value' ? [piece] : []))
  return [
    ...samples.flatMap((s) => told(s.median, metric(s.metric).unit === 'KiB/s')),
    ...values.flatMap((v) => numbersIn(quantityText(v.metric, v.quantity, v.value))),
  ]
}

/** Ratios, of either to the other, with their intervals. */
function ratios({ comparisons }: Report): string[] {
  return comparisons.flatMap(({ ratio, interval }) => {
    const ends = interval ? [factor(interval.low), factor(interval.high)] : []
    if (ratio.kind === 'unknown') return ends
    if (ratio.kind === 'exact') return [...ends, factor(ratio.value), factor(1 / ratio.value)]
    const [here, there] = ratio.kind === 'at least' ? (['down', 'up'] as const) : (['up', 'down'] as const)
    return [...ends, factor(ratio.bound, here), factor(1 / ratio.bound, there)]
  })
}

function others({ costs, latencies, runs, findings, recommendations, regrets, plan }: Report): string[] {
  const percent = (share: number) => [whole(share * 100), String(Math.ceil(share * 100))]
  return [
    ...costs.flatMap(({ low, high }) => [threeDigits(low, 'down'), threeDigits(high, 'up')]),
    ...latencies.flatMap(({ worst_us }) => numbersIn(durationText(worst_us))),
    ...runs.flatMap((run) => Object.values(run.cells).flatMap(({ cpu }) => (cpu === null ? [] : whole(cpu)))),
    ...runs.flatMap((run) => (run.file_size_mib === null ? [] : numbersIn(sizeText(run.file_size_mib)))),
    ...findings.flatMap(({ value }) => (value === null ? [] : whole(value))),
    ...recommendations.flatMap((r) => percent(r.coverage)),
    ...regrets.flatMap((r) => percent(r.worst)),
    ...(plan?.questions.flatMap((q) => [...percent(q.ratio - 1), String(q.runs)]) ?? []),
  ]
}
