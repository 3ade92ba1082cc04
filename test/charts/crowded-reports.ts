/*
 * Reports that strain the charts: many backends, long names in several scripts, many runs, everything in doubt; with
 * the slowest operations, the findings of series and the weighed recommendations that a real report has.
 */
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Finding, Latency, ProfileId, Recommendation, Report, Validity } from '../../src/model/report.ts'
import { type Cells, fast, fastFiles, one, report, type Subject, spread } from './sample-reports.ts'

/** Names of sixty characters, in scripts that are wide, that run from right to left, and that pile up marks. */
export const NAMES = [
  'loopback over a sparse image on ext4, attached with direct I/O',
  '論理ボリュームマネージャー上のブロックデバイス、直接入出力、書き込みキャッシュなし',
  'مدير وحدات التخزين المنطقية بدون ذاكرة تخزين مؤقت للكتابة',
  'ווליום לוגי ללא מטמון כתיבה 2010',
  'qemu-tcg-lvm-on-raid-with-a-very-long-name-that-ends-in-virtio',
  'qemu-tcg-lvm-on-raid-with-a-very-long-name-that-ends-in-ide',
  'ö̈ü̈ñ̃ — «blktap» № 2 ½ × ÷ 😀 🗄️',
  'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
] as const

function cells(n: number, factor: number, validity: Validity = 'disk'): Cells {
  const rates: readonly [MetricId, number][] = [
    ['putc', 70_000],
    ['put_block', 41_000 * factor],
    ['rewrite', 29_000 * factor ** 0.8],
    ['getc', 66_000],
    ['get_block', 118_000 * factor ** 0.3],
    ['seeks', 180 * factor ** 0.5],
  ]
  return {
    ...(validity === 'disk' ? fastFiles(n) : {}),
    ...Object.fromEntries(rates.map(([id, rate]) => [id, spread(rate, n, 0.04, validity)])),
  }
}

/** The slowest operation of every run, three decades wide. */
export function latencies(subjects: readonly Subject[], base = 9_000): Latency[] {
  const steps = [1, 3.2, 0.4, 12, 1.1, 0.2, 90]
  return subjects.flatMap(({ id, cells: own }, at) =>
    METRIC_IDS.flatMap((metric, m) => {
      const values = (own[metric]?.runs ?? []).map((_, i) => {
        return {
          run: i + 1,
          worst_us: Math.round(base * (m + 1) * (at + 1) * (steps[(i + at + m) % 7] ?? 1)),
        }
      })
      if (values.length === 0) return []
      return [
        {
          backend: id,
          metric,
          n: values.length,
          worst_us: Math.max(...values.map((v) => v.worst_us)),
          values,
        },
      ]
    }),
  )
}

/** A finding of a series. */
export function finding(
  rule: 'drift' | 'outlier',
  backend: string,
  metric: MetricId,
  runs: readonly number[],
): Finding {
  return {
    level: 'warning',
    rule,
    message: 'A message.',
    place: { file: 'x.txt', line: 1, column: 1 },
    backend,
    metric,
    runs,
    value: rule === 'drift' ? -0.95 : 20,
  }
}

type Weighting = NonNullable<Recommendation['weighting']>

/** A recommendation that could be weighed, and what it says of the weights. */
export function weighed(
  profile: ProfileId,
  title: string,
  verdict: Recommendation['verdict'],
  shares: Weighting['shares'],
  breakEven: Weighting['breakEven'] = null,
): Recommendation {
  const [first, second] = shares.toSorted((a, b) => b.profile - a.profile)
  const leader = first?.backend ?? ''
  return {
    profile,
    title,
    verdict,
    choice: verdict === 'recommended' || verdict === 'leaning' ? leader : null,
    grade: 'B',
    coverage: 0.9,
    score: {
      backend: leader,
      against: second?.backend ?? '',
      ratio: 1.2,
      acceptability: first?.profile ?? 0,
    },
    weighting: { shares, dominates: [], breakEven },
    sentence: 'A sentence.',
    because: [],
    excluded: [],
    resolve: null,
    wouldChange: 'Nothing.',
    alsoRun: null,
    documented: { choice: null, measured: false, because: [] },
  }
}

function shares(ids: readonly string[], profile: readonly number[], any = profile): Weighting['shares'] {
  return ids.map((backend, i) => ({ backend, profile: profile[i] ?? 0, any: any[i] ?? 0 }))
}

const EIGHT_SUBJECTS = NAMES.map((title, i) => ({
  id: `b${i}`,
  title,
  cells: { ...cells(6, 1.7 ** i), ...(i === 3 ? { get_block: fast(4_000_000, 'not-disk', 6) } : {}) },
}))
const EIGHT_IDS = EIGHT_SUBJECTS.map(({ id }) => id)

/** Eight backends with names of sixty characters, six runs each, weighed and with findings. */
export const EIGHT: Report = {
  ...report(EIGHT_SUBJECTS),
  latencies: latencies(EIGHT_SUBJECTS),
  findings: [
    finding('drift', 'b1', 'put_block', [1, 2, 3, 4, 5, 6]),
    finding('outlier', 'b1', 'put_block', [2, 5]),
    finding('outlier', 'b4', 'putc', [1]),
  ],
  recommendations: [
    weighed(
      'stream',
      'Streaming and backups',
      'undecided',
      shares(EIGHT_IDS, [0.2, 0.3, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05]),
    ),
    weighed('general', 'General purpose', 'same', shares(EIGHT_IDS, [1, 0, 0, 0, 0, 0, 0, 0], [0.5, 0.5])),
  ],
}

const TWO_SUBJECTS = [
  { id: 'a', title: NAMES[7], cells: cells(40, 1) },
  { id: 'b', title: NAMES[2], cells: cells(40, 1.03) },
]

/** Two backends with long names, forty runs each, and every way in which two can lie on the axis of weights. */
export const FORTY: Report = {
  ...report(TWO_SUBJECTS),
  latencies: latencies(TWO_SUBJECTS, 0.2),
  findings: [
    finding(
      'drift',
      'a',
      'seeks',
      Array.from({ length: 40 }, (_, i) => i + 1),
    ),
  ],
  recommendations: [
    weighed('stream', 'Streaming and backups', 'recommended', shares(['a', 'b'], [0.97, 0.03]), {
      ahead: ['put_block', 'rewrite'],
      carried: 0.714,
      needed: 0.711,
    }),
    weighed('database', 'Databases', 'leaning', shares(['a', 'b'], [0.1, 0.9]), {
      ahead: ['seeks'],
      carried: 0.9,
      needed: 0.02,
    }),
    weighed('mail', 'Mail and small files', 'same', shares(['a', 'b'], [1, 0])),
    weighed('general', 'General purpose', 'undecided', shares(['a', 'b'], [0, 1])),
  ],
}

const SUSPECT_SUBJECTS = ['loopback', 'blktap', 'lvm'].map((id, i) => ({
  id,
  cells: cells(5, 1 + i, 'suspect'),
}))

/** Three backends, all of whose numbers are suspect. */
export const SUSPECT: Report = {
  ...report(SUSPECT_SUBJECTS),
  latencies: latencies(SUSPECT_SUBJECTS, 400_000),
}

const ONCE_SUBJECTS = [
  { id: 'loopback', title: NAMES[3], cells: { ...cells(1, 1), putc: one(3, 99, 'not-disk') } },
  { id: 'lvm', title: NAMES[1], cells: { ...cells(1, 2), put_block: one(41_200, 5, 'suspect') } },
]

/** Two backends, one run each, with names that run from right to left and in ideographs. */
export const ONCE: Report = {
  ...report(ONCE_SUBJECTS),
  latencies: latencies(ONCE_SUBJECTS),
  recommendations: [
    weighed('stream', 'Streaming and backups', 'leaning', shares(['loopback', 'lvm'], [0.01, 0.99])),
  ],
}

export const CROWDED: Readonly<Record<string, Report>> = {
  eight: EIGHT,
  forty: FORTY,
  suspect: SUSPECT,
  once: ONCE,
}
