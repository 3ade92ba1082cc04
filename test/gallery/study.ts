/** How a study of the gallery is written down: what each backend would deliver, and the runs that scatter around it. */
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import { diceOf } from '../dice.ts'
import { type Dialect, type Printed, type Rates, text103 } from './outputs.ts'

export interface Bench {
  /** the folder its outputs lie in */
  readonly folder: string
  readonly rates: Rates
  readonly runs?: number
  /** standard deviation of the logarithm of a rate from run to run */
  readonly scatter?: number
  /** what a run's rates are multiplied by: drift, outliers; by its number from 0 on */
  readonly course?: (run: number) => number
  /** tests that are too fast to time in every run of the second half */
  readonly halfTooFast?: readonly MetricId[]
  readonly dialect?: Dialect
  readonly printed?: Partial<Omit<Printed, 'rates'>>
}

/** Files by their path below results/. */
export type Tree = Readonly<Record<string, string>>

/** Near enough to a normal deviate: twelve even ones after Irwin and Hall. */
function deviate(next: () => number): number {
  return Array.from({ length: 12 }, next).reduce((sum, x) => sum + x, -6)
}

function printed(bench: Bench, slug: string, run: number): Printed {
  const { rates, folder, scatter = 0.03, runs = 1, course = () => 1, halfTooFast = [] } = bench
  const { next } = diceOf(`${slug} ${folder} ${run}`)
  const scattered = METRIC_IDS.flatMap((id): [MetricId, number | '+'][] => {
    const rate = rates[id]
    const by = Math.exp(scatter * deviate(next)) * course(run)
    if (rate === undefined) return []
    if (rate === '+' || (halfTooFast.includes(id) && run >= runs / 2)) return [[id, '+']]
    return [[id, rate * by]]
  })
  return {
    name: 'guest',
    size: '8G',
    files: 16,
    cpu: {},
    latency: {},
    concurrency: 1,
    seed: 1_700_000_000 + run,
    ...bench.printed,
    rates: Object.fromEntries(scattered),
  }
}

/** The outputs of one backend, a file each. */
export function outputs(slug: string, bench: Bench): Tree {
  const dialect = bench.dialect ?? text103
  const files = Array.from({ length: bench.runs ?? 1 }, (_, run) => [
    `${slug}/${bench.folder}/run-${run + 1}.txt`,
    dialect(printed(bench, slug, run)),
  ])
  return Object.fromEntries(files)
}

/** A study's folder. Facts are written as YAML that is JSON too; `null` leaves study.md out. */
export function study(slug: string, facts: object | null, benches: readonly Bench[], prose = ''): Tree {
  const lines = Object.entries(facts ?? {}).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  const text: Tree = facts === null ? {} : { [`${slug}/study.md`]: `---\n${lines.join('')}---\n${prose}` }
  return Object.assign({}, text, ...benches.map((bench) => outputs(slug, bench)))
}

/** What a disk of the time delivers inside a guest, all tests of it. */
export function disk(factor = 1, others: Rates = {}): Rates {
  return {
    putc: Math.min(45_000, 40_000 * factor),
    put_block: 61_000 * factor,
    rewrite: 27_000 * factor,
    getc: Math.min(47_000, 50_000 * factor),
    get_block: 88_000 * factor,
    seeks: 190 * factor,
    seq_create: 2_900 * factor,
    seq_stat: '+',
    seq_del: 4_100 * factor,
    ran_create: 2_700 * factor,
    ran_stat: '+',
    ran_del: 3_300 * factor,
    ...others,
  }
}

/** Facts without a gap, of a machine on which everything is known. */
export const KNOWN = {
  date: '2026-03-14',
  authors: ['A. Author'],
  host: {
    cpu: '4 × 2.4 GHz',
    ram: '16 GiB',
    hypervisor: 'Xen 4.17',
    kernel: 'Linux 6.1',
    dom0_ram: '1 GiB',
    disk: { kind: 'hdd', link: 'SATA 3 Gb/s', spindles: 1, cache: '32 MiB' },
  },
  guest: { ram: '1 GiB', vcpus: 2, kernel: 'Linux 6.1', filesystem: 'ext4', flags: 'noatime' },
  command: 'bonnie++ -s 8g -n 16 -u nobody',
  order: 'interleaved',
} as const
