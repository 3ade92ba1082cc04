import { compareNatural } from '../../model/diagnostic.ts'
import { listed, sizeText, whole } from '../../model/format.ts'
import { METRIC_IDS, METRICS, type MetricId } from '../../model/metric.ts'
import { isBefore } from '../../model/semantics.ts'
import type { Placed, Setting } from '../doubt.ts'
import { type BackendRun, rangeOf, testOf } from '../evidence.ts'

/*
 * Whether runs that stand side by side are alike. What makes a test another one keeps it apart (testOf); the rest is
 * named, as benchstat does, since a reader has to know it. Random seeds and times of day are expected to differ.
 */

/** Something that outputs tell of a run, and that should be the same in all. */
interface Property {
  readonly name: string
  /** null: the output does not tell */
  readonly of: (run: BackendRun) => string | null
}

const known = (value: string | number | null): string | null =>
  value === null || value === '' ? null : typeof value === 'number' ? whole(value) : value

/** Of the machine, or whatever -m was given: often what labels the backend. */
const NAME = 'name'

/** SHELF: what is compared between runs. */
const PROPERTIES: readonly Property[] = [
  { name: 'program', of: (run) => (isBefore(run) ? run.dialect.replace(/ text\b/, '') : 'bonnie++') },
  { name: 'version', of: ({ version }) => known(version) },
  { name: NAME, of: ({ name }) => known(name) },
  { name: 'file size', of: ({ file_size_mib: size }) => (size === null ? null : sizeText(size)) },
  { name: 'chunk size', of: ({ chunk_size: size }) => (size === '8192' ? '8k' : known(size)) },
  // what prints no concurrency runs one test at a time
  { name: 'concurrency', of: ({ concurrency }) => String(concurrency ?? 1) },
  { name: 'number of seeks', of: ({ seek_count }) => known(seek_count) },
  { name: 'seekers', of: ({ seekers }) => known(seekers) },
  { name: 'number of files', of: ({ num_files: n }) => (n === null ? null : `${whole(n)} × 1,024`) },
  { name: 'largest file', of: ({ max_size }) => known(max_size) },
  { name: 'smallest file', of: ({ min_size }) => known(min_size) },
  { name: 'directories', of: ({ num_dirs }) => known(num_dirs) },
  { name: 'kind of file', of: ({ file_kind }) => known(file_kind) },
]

/** What the runs of a backend differ in among themselves, and from all runs of the other backends. */
export function runsDiffer(setting: Setting): Placed[] {
  const { evidence, others } = setting
  const own = evidence.runs
  const rest = others.flatMap((other) => other.runs)
  const within = PROPERTIES.flatMap(({ name, of }) => {
    const values = valuesOf(own, of)
    return values.length > 1 ? [`${name} (${some(values)})`] : []
  })
  const labels = labelsOf(setting)
  const across = PROPERTIES.flatMap(({ name, of }) => {
    if (name === NAME && labels) return []
    const there = valuesOf(rest, of)
    const alone = valuesOf(own, of).filter((value) => !there.includes(value))
    return alone.length > 0 && there.length > 0 ? [`${name} (${some(alone)} against ${some(there)})`] : []
  })
  const labelled =
    labels && isFirst(setting) ? [`Each backend's runs bear a name of their own: ${some(labels)}.`] : []
  if (within.length + across.length + labelled.length === 0) return []
  const apart = across.length > 0 && testsDiffer(own, rest)
  const [subject, differ] = own.length === 1 ? ['The run', 'differs'] : ['The runs', 'differ']
  const words = [
    within.length > 0 ? `${differ} in ${listed(within)}` : '',
    across.length > 0 ? `${differ} from those of the other backends in ${listed(across)}` : '',
  ].filter((part) => part !== '')
  const end = apart ? ': tests that are not the same are not compared' : ''
  const told = words.length > 0 ? [`${subject} of ${evidence.backend.title} ${listed(words)}${end}.`] : []
  const message = [...told, ...labelled].join(' ')
  const doubt = {
    message,
    strength: within.length + across.length + labelled.length,
    value: null,
    ...(apart && { warns: true as const }),
  }
  return [{ runs: own, doubt }]
}

/**
 * The names of all backends in their natural order, where each one's runs bear one that no other's do: labels, of which
 * the first backend tells once. Else null.
 */
function labelsOf({ evidence, others }: Setting): string[] | null {
  const each = [evidence, ...others].map(({ runs }) => [...new Set(runs.map(({ name }) => name))])
  const labels = each.flat().toSorted(compareNatural)
  const isLabelled = each.every(([name, ...more]) => name !== undefined && name !== '' && more.length === 0)
  return each.length > 1 && isLabelled && new Set(labels).size === labels.length ? labels : null
}

/** Whether a backend is the one that speaks for all. */
function isFirst({ evidence, others }: Setting): boolean {
  return others.every(({ backend }) => compareNatural(evidence.backend.id, backend.id) < 0)
}

/** The known values of a property, each once, in natural order. */
function valuesOf(runs: readonly BackendRun[], of: Property['of']): string[] {
  const values = new Set<string>()
  for (const run of runs) {
    const value = of(run)
    if (value !== null) values.add(value)
  }
  return [...values].toSorted(compareNatural)
}

const MOST = 4

/** A few of many values: `vm1, vm2, vm3, vm4 and 12 others`. */
function some(values: readonly string[]): string {
  return values.length <= MOST + 1
    ? values.join(', ')
    : `${values.slice(0, MOST).join(', ')} and ${values.length - MOST} others`
}

/** Whether something that both sides ran was another test on one of them. */
function testsDiffer(own: readonly BackendRun[], rest: readonly BackendRun[]): boolean {
  const tests = (runs: readonly BackendRun[], id: MetricId) =>
    new Set(runs.filter((run) => run.cells[id].state !== 'not_run').map((run) => testOf(run, id)))
  return METRIC_IDS.some((id) => {
    const there = tests(rest, id)
    return there.size > 0 && [...tests(own, id)].some((test) => !there.has(test))
  })
}

/** Options that change when written data has to be on the disk (-b), or past which cache it goes (-D). */
const SYNC = { b: 'flushed', D: 'unbuffered' } as const
/** Options that take no value and may stand together with those. */
const BARE = /^[bDfFqx?]+/

/**
 * bonnie++ does not print -b and -D. Where a study's command names one of them for some of its runs only, nobody can
 * tell from the outputs which these are.
 */
export function syncMode({ evidence, facts }: Setting): Placed[] {
  const calls = (facts.command ?? '').split(/(?=\bbonnie\+\+)/).filter((call) => call.startsWith('bonnie++'))
  const named = calls.map(syncOptions)
  const unclear = (['b', 'D'] as const).filter(
    (option) => named.some((own) => own.includes(option)) && !named.every((own) => own.includes(option)),
  )
  return unclear.flatMap((option) => {
    const message = `The command names -${option} for some of the runs only, and no output tells for which: these may have been ${SYNC[option]}.`
    return evidence.runs.flatMap((run) =>
      touched(option)
        .filter((id) => rangeOf(run, id))
        .map((metric) => ({
          runs: [run],
          doubt: { metric, effect: 'suspect' as const, strength: 1, message },
        })),
    )
  })
}

function syncOptions(call: string): string[] {
  return [...call.matchAll(/\s-([A-Za-z?]+)/g)].flatMap(([, letters = '']) => [
    ...(BARE.exec(letters)?.[0] ?? ''),
  ])
}

/** -b is felt where something is written, -D wherever data moves. */
function touched(option: 'b' | 'D'): MetricId[] {
  const writes: readonly MetricId[] = ['putc', 'put_block', 'rewrite', 'seeks']
  const files: readonly MetricId[] = ['seq_create', 'seq_del', 'ran_create', 'ran_del']
  if (option === 'b') return [...writes, ...files]
  return METRICS.filter(({ family }) => family !== 'files').map(({ id }) => id)
}
