/** The corpus: saved outputs beside records that were written down by hand (fixtures/corpus/README.md). */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { toSource } from '../../src/decode.ts'
import { METRIC_IDS, type MetricId } from '../../src/model/metric.ts'
import type { Cell, Run } from '../../src/model/run.ts'
import { suite } from '../suite.ts'

const CORPUS = fileURLToPath(new URL('../fixtures/corpus/', import.meta.url))

interface Wanted {
  readonly value?: number | null
  readonly cpu?: number
  readonly tolerance?: number
  readonly censored?: true
  readonly unreadable?: true
  readonly unreliable?: true
  readonly printed?: string | number
}

interface WantedRun {
  readonly name: string | null
  readonly version: string | null
  readonly fileSizeMiB: number | null
  readonly numFiles: number | null
  readonly metrics: Readonly<Record<MetricId, Wanted | null>>
  readonly latency_us: Readonly<Record<MetricId, number | null>>
  readonly seekCount?: number | null
  readonly accept?: Readonly<Record<string, readonly unknown[]>>
}

const FACTS = [
  ['name', 'name'],
  ['version', 'version'],
  ['fileSizeMiB', 'file_size_mib'],
  ['concurrency', 'concurrency'],
  ['numFiles', 'num_files'],
  ['numDirs', 'num_dirs'],
  ['fileMaxBytes', 'max_size'],
  ['fileMinBytes', 'min_size'],
  ['ioChunk', 'chunk_size'],
  ['seekCount', 'seek_count'],
  ['seekers', 'seekers'],
  ['fileKind', 'file_kind'],
  ['seed', 'seed'],
] as const

/** These every record states; the others only where the output has them. */
const ALWAYS: readonly string[] = ['name', 'version', 'fileSizeMiB', 'concurrency', 'numFiles']

const names = readdirSync(CORPUS)
const test = suite('the corpus, an output a case')

for (const expected of names.filter((name) => name.endsWith('.expected.json')).sort()) {
  const stem = expected.replace('.expected.json', '')
  test(stem, () => {
    const input = names.find((name) => name !== expected && name.startsWith(`${stem}.`))
    assert.ok(input, `${stem} has no output`)
    const { source } = toSource(readFileSync(path.join(CORPUS, input)), input, input)
    assert.ok(source)
    const wanted: readonly WantedRun[] = JSON.parse(readFileSync(path.join(CORPUS, expected), 'utf8')).records
    const { runs, diagnostics } = parse(source)
    const failed = diagnostics.some(({ level }) => level === 'error')
    assert.is(runs.length, wanted.length, 'as many records')
    if (wanted.length === 0) assert.ok(failed, 'is refused')
    wanted.forEach((each, i) => {
      const run = runs[i]
      if (run) compare(run, each, `record ${i + 1}`)
    })
  })
}

function compare(run: Run, wanted: WantedRun, which: string): void {
  for (const id of METRIC_IDS) {
    const want = wanted.metrics[id] ?? null
    assert.equal(toldOf(run.cells[id], want), toldBy(want), `${which}: ${id}`)
    if (want?.censored) assert.ok(isBound(run.cells[id].rate, mostOf(id, wanted)), `${which}: bound of ${id}`)
    assert.is(run.cells[id].latency_us, wanted.latency_us?.[id] ?? null, `${which}: latency of ${id}`)
  }
  for (const [key, field] of FACTS) {
    if (!(key in wanted) && !ALWAYS.includes(key)) continue
    const want = wanted[key as keyof WantedRun] ?? (key === 'name' ? '' : null)
    const accepted = [want, ...(wanted.accept?.[key] ?? [])].map(String)
    assert.ok(accepted.includes(String(run[field])), `${which}: ${key} is ${run[field]}, not ${want}`)
  }
}

/** What a record says of a cell, as far as the expectation does. */
function toldOf({ state, rate, cpu, tolerance, printed }: Cell, want: Wanted | null): object {
  if (state === 'measured') {
    // divisions by 1,024 come out in binary
    const near = Math.abs((rate ?? 0) - (want?.value ?? 0)) < 1e-6 ? want?.value : rate
    const wide =
      want?.tolerance !== undefined && tolerance !== undefined && tolerance >= want.tolerance * 0.999
    return { state, rate: near, cpu, tolerance: wide ? want.tolerance : tolerance }
  }
  if (state === 'defective') return { state, rate, cpu, printed }
  return state === 'unreadable' ? { state, printed } : { state }
}

function toldBy(want: Wanted | null): object {
  if (want === null) return { state: 'not_run' }
  if (want.censored) return { state: 'at_least' }
  if (want.unreadable) return { state: 'unreadable', printed: String(want.printed) }
  if (want.unreliable)
    return { state: 'defective', rate: null, cpu: want.cpu ?? null, printed: String(want.printed) }
  return { state: 'measured', rate: want.value, cpu: want.cpu ?? null, tolerance: want.tolerance }
}

function isBound(rate: number | null, most: number): boolean {
  return rate === null || (rate > 0 && rate <= most * (1 + 1e-9))
}

/** The highest bound that the work of a test allows (bonnie.h), told apart from our own reckoning on purpose. */
function mostOf(id: MetricId, { version, fileSizeMiB, numFiles, seekCount }: WantedRun): number {
  const slow = /^1\.00[a-e]?$/.test(version ?? '')
  const perSecond = slow ? 1 : 2
  const kib = (fileSizeMiB ?? Number.POSITIVE_INFINITY) * 1024
  if (id === 'seeks') return (seekCount ?? (slow ? 8000 : 8192)) * perSecond
  if (id === 'putc' || id === 'getc')
    return (/^(1\.9[2-9]|2)/.test(version ?? '') ? Math.min(kib, 3072) : kib) * perSecond
  if (METRIC_IDS.indexOf(id) < 5) return kib * perSecond
  return (numFiles ?? Number.POSITIVE_INFINITY) * 1024 * perSecond
}

test('the corpus is whole', () => {
  assert.ok(names.filter((name) => name.endsWith('.expected.json')).length >= 60)
})

test.run()
