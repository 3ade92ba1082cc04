import type { Backend, Knowledge, Tristate } from '../model/backend.ts'
import { compareNatural } from '../model/diagnostic.ts'
import { sizeText } from '../model/format.ts'
import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import { type Run, rateOf } from '../model/run.ts'
import { isOneTest, semantics } from '../model/semantics.ts'
import type { Facts } from '../model/study.ts'
import { optionsIn } from './attach.ts'
import { type Attachment, attachmentOf } from './attachment.ts'
import { bytesPerSecond, memoryMib } from './units.ts'

export type BackendRun = Run & { readonly backend: string }

/** All that is known about one backend of a study: what was saved, what is declared, what is documented. */
export interface Evidence {
  readonly backend: Backend
  readonly runs: readonly BackendRun[]
  readonly knowledge: Knowledge | null
  /** whether the layer that serves the disk caches: documented for the kind, unknown without a page */
  readonly caches: Tristate
  /** whether a guest's flush reaches the medium, likewise */
  readonly flush: Tristate
  /** what its attach line says of its kind */
  readonly attached: Attachment | null
}

/** The memories that can hold a test file, in MiB; null where nobody wrote them down. */
export interface Memories {
  readonly guest: number | null
  readonly dom0: number | null
  readonly host: number | null
  /** what caches below the measured host: MiB, 'none', 'unknown', or null where nothing is said */
  readonly below: number | 'none' | 'unknown' | null
}

/** The backends of a study with their runs, runs in natural order of their paths. */
export function gather(
  backends: readonly Backend[],
  runs: readonly BackendRun[],
  knowledge: readonly Knowledge[],
  facts: Facts,
): Evidence[] {
  const pages = new Map(knowledge.map((k) => [k.id, k]))
  return backends.map((backend) => {
    const page = pages.get(backend.kind ?? '') ?? null
    const own = runs
      .filter((run) => run.backend === backend.id)
      .toSorted((a, b) => compareNatural(a.path, b.path) || a.line - b.line)
    const attached = attachmentOf(backend, page, facts, knowledge)
    const others =
      attached?.verdict === 'contradicts' ? attached.kinds.flatMap((id) => pages.get(id) ?? []) : []
    const properties = propertiesOf(page, others, facts.backends?.[backend.id]?.attach)
    return { backend, runs: own, knowledge: page, attached, ...properties }
  })
}

/**
 * What is documented of the kind, or of the words in its attach line that settle it otherwise. Where the line selects
 * others than the kind, only what all of them do alike is known.
 */
function propertiesOf(
  page: Knowledge | null,
  others: readonly Knowledge[],
  attach: string | undefined,
): Pick<Evidence, 'caches' | 'flush'> {
  const settled = (property: 'caches' | 'flush'): Tristate => {
    const all = (page ? [page, ...others] : []).flatMap((one) => {
      const said = optionsIn(attach, one).flatMap((option) => option[property] ?? [])
      return said.length === 0 ? [one[property]] : said
    })
    const [only, ...more] = new Set(all)
    return only === undefined || more.length > 0 ? 'unknown' : only
  }
  return { caches: settled('caches'), flush: settled('flush') }
}

/** The memories that the front matter declares. */
export function memories(facts: Facts): Memories {
  const size = (text: string | undefined) => (text === undefined ? null : memoryMib(text))
  // of a disk that is declared unknown, as that of a guest in a cloud, nobody knows what caches below it either
  const disk = facts.host?.disk
  const cache = disk?.cache ?? (disk?.kind === 'unknown' ? 'unknown' : undefined)
  const below = cache === 'none' || cache === 'unknown' ? cache : size(cache)
  return {
    guest: size(facts.guest?.ram),
    dom0: size(facts.host?.dom0_ram),
    host: size(facts.host?.ram),
    below,
  }
}

/** The declared limit of the interface below the disk in KiB/s, or null. */
export function linkRate(facts: Facts): number | null {
  const link = facts.host?.disk?.link
  const bytes = link === undefined ? null : bytesPerSecond(link)
  return bytes === null ? null : bytes / 1024
}

/** The range a printed rate allows: a point, or everything above a bound; null where there is no rate, or a rate of 0. */
export function rangeOf(run: Run, id: MetricId): { readonly low: number; readonly high: number } | null {
  const m = rateOf(run.cells[id])
  // a printed 0 is a rate below one, of which no quotient can be made
  if (m.kind === 'absent' || (m.kind === 'measured' && m.value <= 0)) return null
  return m.kind === 'measured'
    ? { low: m.value, high: m.value }
    : { low: m.bound, high: Number.POSITIVE_INFINITY }
}

/** All of a run that says what its cells tested. */
const TELLING = [
  'dialect',
  'version',
  'file_size_mib',
  'chunk_size',
  'concurrency',
  'seek_count',
  'seekers',
  'num_files',
  'max_size',
  'min_size',
  'num_dirs',
  'file_kind',
] as const satisfies readonly (keyof Run)[]

type Tested = Pick<Run, (typeof TELLING)[number]>

/**
 * What a cell tested, in words: samples are formed of, and comparisons made between, runs for which these are equal.
 * The chunk of the block tests is the 8 KiB of every version unless the output tells another.
 */
export function testOf(run: Run, id: MetricId): string {
  let words = testsOf.get(run)
  if (!words) {
    const key = TELLING.map((field) => `${run[field]}`).join('\n')
    words = testsLike.get(key) ?? testsIn(run)
    if (testsLike.size >= MOST_KINDS) testsLike.clear()
    testsLike.set(key, words)
    testsOf.set(run, words)
  }
  return words[id]
}

type Words = Readonly<Record<MetricId, string>>

/** Every check asks for each cell of each run. Runs of one kind share their words, and most runs are of few kinds. */
const testsOf = new WeakMap<Run, Words>()
const testsLike = new Map<string, Words>()
const MOST_KINDS = 1000

function testsIn(run: Tested): Words {
  const told = (id: MetricId) =>
    [amountOf(run, id), ...waysOf(run, id)].filter((word) => word !== '').join(', ')
  return Object.fromEntries(METRIC_IDS.map((id) => [id, told(id)])) as Record<MetricId, string>
}

/**
 * How a cell was tested, whatever the amount: studies of different machines need other amounts, but only what they
 * tested alike is set against each other. Null where the output does not tell, which is like nothing else.
 */
export function mannerOf(run: Run, id: MetricId): string | null {
  const isFiles = metric(id).family === 'files'
  if (!isOneTest(id, run) || (isFiles && run.num_files === null)) return null
  return [isFiles ? kindOfFiles(run) : '', ...waysOf(run, id)].filter((word) => word !== '').join(', ')
}

function amountOf(run: Tested, id: MetricId): string {
  if (metric(id).family !== 'files') return fileOf(run)
  return run.num_files === null ? 'an unknown amount' : `${run.num_files} × 1,024 ${kindOfFiles(run)}`
}

function waysOf(run: Tested, id: MetricId): string[] {
  const chunk = CHUNKED.has(id) && run.chunk_size !== null && !/^8(k|192)$/.test(run.chunk_size)
  // without the option -c, and in what prints no concurrency, one test runs at a time
  const beside = run.concurrency !== null && run.concurrency > 1 ? `concurrency ${run.concurrency}` : ''
  return [beside, chunk ? `chunks of ${run.chunk_size}` : '', semantics(id, run)]
}

/** The tests that read or write a chunk at a time. */
const CHUNKED: ReadonlySet<MetricId> = new Set(['put_block', 'rewrite', 'get_block', 'seeks'])

function fileOf({ file_size_mib: size }: Tested): string {
  return size === null ? 'an unknown amount' : `a file of ${sizeText(size)}`
}

/** `files`, `links of 0 to 512 bytes in 4 directories`. */
function kindOfFiles({ max_size, min_size, num_dirs, file_kind }: Tested): string {
  const sized = max_size ? ` of ${min_size ?? 0} to ${max_size} bytes` : ''
  const parted = num_dirs !== null && num_dirs > 1 ? ` in ${num_dirs} directories` : ''
  return `${file_kind ?? 'file'}s${sized}${parted}`
}

/** What two tests, as testOf names them, differ in: `a file of 32 GiB against a file of 2 GiB`. */
export function unlike(a: string, b: string, joint: 'against' | 'instead of'): string {
  const [left, right] = [a.split(', '), b.split(', ')]
  const parts = (own: readonly string[], other: readonly string[]) =>
    own.filter((part) => !other.includes(part)).join(', ') || 'the default'
  return `${parts(left, right)} ${joint} ${parts(right, left)}`
}

/** How a backend is called in sentences; its id where it has no runs. */
export function titleOf(evidence: readonly Evidence[], id: string): string {
  return evidence.find((e) => e.backend.id === id)?.backend.title ?? id
}
