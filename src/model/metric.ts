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

/** What tells which program printed a run: its version, or at least the dialect of its output. */
export interface Program {
  readonly version: string | null
  readonly dialect: string
}

/**
 * A name for what a test really does in this version of the program. Two numbers are comparable only when their
 * semantics are equal (bonnie++ changelog 1.90b, 1.91, 1.92, 1.93b; bonnie.h).
 *
 * - per-character tests went from stdio calls to one-byte system calls in 1.92;
 * - block writes are flushed before the clock stops from 1.90b on;
 * - seeks ran three processes before 1.91, five after, and are mistimed from 1.90 to 1.93a;
 * - classic Bonnie seeks 4,000 times with three processes and never flushes.
 */
export function semantics(id: MetricId, program: Program): string {
  const v = versionOf(program)
  if (metric(id).family === 'files') return 'unchanged'
  if (v === null) return id === 'seeks' ? '4,000 seeks, 3 seekers' : 'not flushed'
  if (id === 'putc' || id === 'getc') return v >= 1.92 ? 'one-byte system calls' : 'stdio'
  if (id === 'put_block' || id === 'rewrite') return v >= 1.9 ? 'flushed at close' : 'not flushed'
  if (id === 'seeks') return `${v >= 1.91 ? 5 : 3} seekers${v >= 1.9 && v < 1.9302 ? ', mistimed' : ''}`
  return 'unchanged'
}

/** Whether this version flushes written data to the device before it stops the clock (from 1.90b on). */
export function flushesAtClose(program: Program): boolean {
  return (versionOf(program) ?? 0) >= 1.9
}

/** Processes that share a test, so the most CPU it can honestly report is 100 % times this, if there are as many CPUs. */
export function processes(id: MetricId, program: Program): number {
  if (id !== 'seeks') return 1
  return (versionOf(program) ?? 0) >= 1.91 ? 5 : 3
}

/** 1.9302 for 1.93b; a line of CSV without a version is of 1.0x if its layout says so; null for classic Bonnie. */
function versionOf({ version, dialect }: Program): number | null {
  const match = /^(\d+\.\d\d)([a-z]?)/.exec(version ?? '')
  if (!match) return dialect.startsWith('bonnie++ 1.0') ? 1 : null
  return Number(match[1]) + (match[2] ? match[2].charCodeAt(0) - 96 : 0) / 10_000
}
