/**
 * The twelve tests of bonnie++, under its own names and in its own order: every table, CSV row and latency row
 * lists them so. `unit` is the unit of the printed rate; K is KiB.
 */
export const METRICS = [
  { id: 'putc', label: 'per-character write', did: 'wrote single characters', unit: 'KiB/s', family: 'bulk' },
  { id: 'put_block', label: 'block write', did: 'wrote blocks', unit: 'KiB/s', family: 'bulk' },
  { id: 'rewrite', label: 'rewrite', did: 'rewrote blocks', unit: 'KiB/s', family: 'bulk' },
  { id: 'getc', label: 'per-character read', did: 'read single characters', unit: 'KiB/s', family: 'bulk' },
  { id: 'get_block', label: 'block read', did: 'read blocks', unit: 'KiB/s', family: 'bulk' },
  { id: 'seeks', label: 'random seeks', did: 'sought', unit: '1/s', family: 'seeks' },
  {
    id: 'seq_create',
    label: 'sequential create',
    did: 'created files in order',
    unit: '1/s',
    family: 'files',
  },
  { id: 'seq_stat', label: 'sequential stat', did: 'looked up files in order', unit: '1/s', family: 'files' },
  { id: 'seq_del', label: 'sequential delete', did: 'deleted files in order', unit: '1/s', family: 'files' },
  { id: 'ran_create', label: 'random create', did: 'created files at random', unit: '1/s', family: 'files' },
  { id: 'ran_stat', label: 'random stat', did: 'looked up files at random', unit: '1/s', family: 'files' },
  { id: 'ran_del', label: 'random delete', did: 'deleted files at random', unit: '1/s', family: 'files' },
] as const satisfies readonly MetricShape[]

interface MetricShape {
  readonly id: string
  readonly label: string
  readonly did: string
  readonly unit: 'KiB/s' | '1/s'
  readonly family: Family
}

/** Tests that spread alike from run to run and share an equivalence band. */
export type Family = 'bulk' | 'seeks' | 'files'
export type MetricId = (typeof METRICS)[number]['id']
export type Metric = MetricShape & { readonly id: MetricId }
export type Quantity = 'rate' | 'cpu' | 'latency' | 'cpu_s_per_gib'

export const METRIC_IDS: readonly MetricId[] = METRICS.map((m) => m.id)
/** The three block tests: what reaches the disk in large pieces. */
export const BLOCK_METRICS = ['put_block', 'rewrite', 'get_block'] as const satisfies readonly MetricId[]

const byId: ReadonlyMap<string, Metric> = new Map(METRICS.map((m) => [m.id, m]))

/** The metric of that name. */
export function metric(id: MetricId): Metric {
  const found = byId.get(id)
  if (!found) throw new Error(`unknown metric ${id}`)
  return found
}

/** Whether a word is the name of a metric. */
export function isMetricId(word: string): word is MetricId {
  return byId.has(word)
}
