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
import { type Ends, rangeText, ratioText } from '../../src/model/ratio-words.ts'
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
    ...samples.flatMap(({ metric: id, interval, values: each }) => {
      const isBytes = metric(id).unit === 'KiB/s'
      const ends = interval ? [interval.low, interval.high] : []
      return [
        ...ends.flatMap((value) => told({ kind: 'measured', value }, isBytes)),
        ...each.flatMap(({ rate }) => told(rate, isBytes)),
      ]
    }),
    ...values.flatMap((v) => numbersIn(quantityText(v.metric, v.quantity, v.value))),
  ]
}

/** Ratios, of either to the other, with their intervals. */
function ratios({ comparisons }: Report): string[] {
  return comparisons.flatMap(({ ratio, interval }) => {
    const ends = interval
      ? [interval.low, interval.high, 1 / interval.low, 1 / interval.high].map((end) => factor(end))
      : []
    if (ratio.kind === 'unknown') return ends
    if (ratio.kind === 'exact') {
      const told = interval
        ? [...withInterval(ratio.value, interval), ...withInterval(1 / ratio.value, turned(interval))]
        : []
      return [...ends, ...told, factor(ratio.value), factor(1 / ratio.value)]
    }
    const [here, there] = ratio.kind === 'at least' ? (['down', 'up'] as const) : (['up', 'down'] as const)
    return [...ends, factor(ratio.bound, here), factor(1 / ratio.bound, there)]
  })
}

function withInterval(value: number, interval: Ends): string[] {
  const ratio = { kind: 'exact', value } as const
  return numbersIn(`${ratioText(ratio, interval)} ${rangeText(ratio, interval)}`)
}

function turned({ low, high }: Ends): Ends {
  return { low: 1 / high, high: 1 / low }
}

function others({ costs, latencies, runs, findings, recommendations, regrets, plan }: Report): string[] {
  const percent = (share: number) =>
    [whole(share * 100), Math.ceil(share * 100), Math.floor(share * 100)].map(String)
  return [
    ...costs.flatMap(({ low, high }) => [threeDigits(low, 'down'), threeDigits(high, 'up')]),
    ...latencies.flatMap(({ worst_us, values }) =>
      [worst_us, ...values.map((v) => v.worst_us)].flatMap((us) => numbersIn(durationText(us))),
    ),
    ...recommendations.flatMap(({ weighting }) => [
      ...(weighting?.shares.flatMap((s) => [...percent(s.profile), ...percent(s.any)]) ?? []),
      ...(weighting?.breakEven
        ? [weighting.breakEven.carried, weighting.breakEven.needed].flatMap((n) => [
            ...percent(n),
            ...percent(1 - n),
          ])
        : []),
    ]),
    ...runs.flatMap((run) => Object.values(run.cells).flatMap(({ cpu }) => (cpu === null ? [] : whole(cpu)))),
    ...runs.flatMap((run) => (run.file_size_mib === null ? [] : numbersIn(sizeText(run.file_size_mib)))),
    ...findings.flatMap(({ value }) => (value === null ? [] : whole(value))),
    ...recommendations.flatMap((r) => [...percent(r.coverage), ...percent(r.score?.acceptability ?? 0)]),
    ...regrets.flatMap((r) => [...percent(r.worst / (1 + r.worst)), factor(1 + r.worst)]),
    ...(plan?.questions.flatMap((q) => [...percent(q.ratio - 1), String(q.runs)]) ?? []),
  ]
}

/** Digits that the data of a chart are written with. */
const DIGITS = 6

/** Every number of a report as the data of a chart may hold it: in its own unit, in MB/s, in percent, or turned round. */
export function exact(value: unknown): ReadonlySet<string> {
  const numbers = leaves(value).flatMap((n) => [n, megabytes(n), 100 * n, 1 / n])
  return new Set(numbers.map(written))
}

/** A number with the digits that count in data. */
export function written(n: number): string {
  return String(Number(n.toPrecision(DIGITS)))
}

function leaves(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(leaves)
}
