import { compare } from '../../src/analysis/compare.ts'
import { judge } from '../../src/analysis/judge.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { samples } from '../../src/analysis/sample.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Facts } from '../../src/model/study.ts'
import { aPage, aRun, evidenceOf } from '../analysis/build-run.ts'

/** A made-up study: every backend has the same true speed but for a factor, and runs scatter log-normally. */
export interface Design {
  readonly backends: number
  readonly runs: number
  /** standard deviation of the logarithm of a rate */
  readonly spread: number
  /** true speed of the first backend against the others */
  readonly factor: number
}

export interface Outcome {
  readonly studies: number
  /** studies in which any comparison of equal backends was called better or worse */
  readonly falseVerdicts: number
  /** studies in which any workload leant to or recommended a backend */
  readonly advised: number
  /** of all intervals, the share that held the true ratio */
  readonly coverage: number
}

const FACTS: Facts = {
  guest: { ram: '256 MiB' },
  host: { dom0_ram: '256 MiB', disk: { kind: 'ssd' } },
  order: 'interleaved',
}
const TRUE_RATES = {
  put_block: 100000,
  rewrite: 40000,
  getc: 30000,
  putc: 30000,
  get_block: 120000,
  seeks: 5000,
} as const

/** Draws studies and puts them through the whole analysis. */
export function simulate({ backends, runs, spread, factor }: Design, studies: number, seed: number): Outcome {
  const normal = normals(seed)
  const names = Array.from({ length: backends }, (_, i) => `b${i}`)
  const pages = names.map((name) => aPage(name))
  let [falseVerdicts, advised, held, intervals] = [0, 0, 0, 0]
  for (let study = 0; study < studies; study += 1) {
    const drawn = names.flatMap((name, i) =>
      Array.from({ length: runs }, (_, run) => {
        const speed = i === 0 ? factor : 1
        const rate = (id: keyof typeof TRUE_RATES) => TRUE_RATES[id] * speed * Math.exp(spread * normal())
        const files = METRIC_IDS.slice(6).map((id) => [id, 900 * speed * Math.exp(spread * normal())])
        const cells = Object.fromEntries([
          ...METRIC_IDS.slice(0, 6).map((id) => [id, rate(id as keyof typeof TRUE_RATES)]),
          ...files,
        ])
        return aRun(name, cells, { path: `${name}/${run}.txt`, version: '2.00a' })
      }),
    )
    const evidence = evidenceOf(drawn, pages)
    const tested = samples(evidence, judge(evidence, FACTS))
    const disk = compare(tested, names, 'b1', FACTS).filter((c) => c.view === 'disk' && c.interval)
    const equal = disk.filter((c) => factor === 1 || (c.backend !== 'b0' && c.baseline !== 'b0'))
    falseVerdicts += Number(equal.some((c) => c.verdict === 'better' || c.verdict === 'worse'))
    for (const c of disk) {
      const truth = c.backend === 'b0' ? factor : c.baseline === 'b0' ? 1 / factor : 1
      intervals += 1
      held += Number(c.interval !== undefined && c.interval.low <= truth && truth <= c.interval.high)
    }
    advised += Number(
      recommend(evidence, tested, FACTS, pages).recommendations.some((r) => r.choice !== null),
    )
  }
  return { studies, falseVerdicts, advised, coverage: intervals === 0 ? Number.NaN : held / intervals }
}

/** Standard normals from a small generator of our own, the same on every machine. */
function normals(seed: number): () => number {
  let state = seed >>> 0
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
