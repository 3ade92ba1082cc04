import type { MetricId } from '../model/metric.ts'
import type { ProfileId } from '../model/report.ts'
import type { Server } from './hypervisor.ts'

/** A workload and what it asks of storage: a declared opinion, which is why its sensitivity is computed. */
export interface Profile {
  readonly id: ProfileId
  readonly title: string
  /** as in "for streaming and backups" */
  readonly purpose: string
  /** share of each test, in percent; with `latency` and `cpu` they add up to 100 */
  readonly weights: Readonly<Partial<Record<MetricId, number>>>
  readonly latency: number
  readonly cpu: number
  /** whose CPU the cost must be: the guest's own figure cannot speak for who serves the disks */
  readonly cpuOf: 'guest' | 'server'
  /** a guest's flush must reach the medium */
  readonly durable: boolean
  /** what the documents are asked about, in this order; nothing where they cannot settle it */
  readonly documented: readonly string[]
  /** what to add to the deciding measurement */
  readonly alsoRun: ((server: Server) => string) | null
}

/** SHELF: the workloads. Per-character tests weigh nothing: they measure the guest's processor. */
export const PROFILES: readonly Profile[] = [
  {
    id: 'stream',
    title: 'Streaming and backups',
    purpose: 'streaming and backups',
    weights: { put_block: 40, rewrite: 10, get_block: 35 },
    latency: 5,
    cpu: 10,
    cpuOf: 'guest',
    durable: false,
    documented: ['cache', 'speed'],
    alsoRun: null,
  },
  {
    id: 'database',
    title: 'Databases',
    purpose: 'databases',
    weights: { put_block: 5, rewrite: 15, get_block: 5, seeks: 45 },
    latency: 25,
    cpu: 5,
    cpuOf: 'guest',
    durable: true,
    documented: ['flush', 'cache'],
    alsoRun: () => 'a second series with -b, which asks for a flush after every write',
  },
  {
    id: 'mail',
    title: 'Mail and small files',
    purpose: 'mail and small files',
    weights: {
      rewrite: 5,
      seeks: 25,
      seq_create: 5,
      seq_stat: 3,
      seq_del: 2,
      ran_create: 20,
      ran_stat: 10,
      ran_del: 15,
    },
    latency: 10,
    cpu: 5,
    cpuOf: 'guest',
    durable: true,
    documented: ['flush', 'cache'],
    alsoRun: () =>
      'file tests with so many files (-n) that each takes ten seconds, and a second series with -b, which asks for a flush after every write',
  },
  {
    id: 'density',
    title: 'Many guests on one host',
    purpose: 'many guests on one host',
    weights: { put_block: 10, get_block: 10, seeks: 20 },
    latency: 20,
    cpu: 40,
    cpuOf: 'server',
    durable: false,
    documented: [],
    alsoRun: (server) =>
      `the processor time of ${server} during each run, which bonnie++ inside a guest cannot see`,
  },
  {
    id: 'general',
    title: 'General purpose',
    purpose: 'general use',
    weights: { put_block: 15, rewrite: 15, get_block: 20, seeks: 25, ran_create: 5, ran_stat: 5, ran_del: 5 },
    latency: 5,
    cpu: 5,
    cpuOf: 'guest',
    durable: false,
    documented: ['cache', 'features', 'limits'],
    alsoRun: null,
  },
]

/** The workloads as rows of cells: title, block write, rewrite, block read, seeks, file tests in two groups, latency, CPU. */
export function weightTable(): readonly (readonly string[])[] {
  return PROFILES.map(({ title, weights, latency, cpu }) => {
    const share = (id: MetricId) => String(weights[id] ?? 0)
    const together = (...ids: readonly MetricId[]) => ids.map(share).join(', ')
    return [
      title,
      share('put_block'),
      share('rewrite'),
      share('get_block'),
      share('seeks'),
      together('seq_create', 'seq_stat', 'seq_del'),
      together('ran_create', 'ran_stat', 'ran_del'),
      String(latency),
      String(cpu),
    ]
  })
}
