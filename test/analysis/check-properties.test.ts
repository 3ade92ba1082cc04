/** Properties of all checks at once: what a changed cell sets off, and what a changed unit leaves alone. */
import * as assert from 'uvu/assert'
import { QUIET, subjectsOf } from '../../src/analysis/checks/example.ts'
import { EXAMPLES } from '../../src/analysis/checks/examples.ts'
import { PUBLISHED, subjectOf } from '../../src/analysis/checks/published.ts'
import { type Subject, tryOut } from '../../src/analysis/checks/trial.ts'
import { CHECKS } from '../../src/analysis/checks.ts'
import type { Input } from '../../src/analysis/doubt.ts'
import type { BackendRun } from '../../src/analysis/evidence.ts'
import { METRIC_IDS, METRICS, type MetricId } from '../../src/model/metric.ts'
import type { Finding } from '../../src/model/report.ts'
import type { Cell } from '../../src/model/run.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'

const test = suite('properties of the checks')

/** What every backend of single runs is told. */
const ALWAYS = ['single-run', 'cpu-scope']
const DISKS: readonly Facts[] = [
  QUIET,
  { ...QUIET, host: { ...QUIET.host, disk: { kind: 'hdd' } } },
  { ...QUIET, host: { ...QUIET.host, disk: { link: '3 Gb/s' } } },
]

/** Rows to start from, by how many times as fast, with what may be declared of their disks; the last two are quick. */
const SOUND: readonly (readonly [id: string, factor: number, facts: readonly Facts[]])[] = [
  ['seed-blktap', 1, DISKS],
  ['xd06-tap', 1, DISKS],
  ['yken-2', 1, DISKS],
  ['ref-btrfs', 1, DISKS],
  ['do-virtio', 1, [QUIET]],
  ['ref-raid0', 1.5, [QUIET]],
]

type Change = Partial<Pick<Cell, 'state' | 'rate' | 'cpu' | 'latency_us'>>

/** A published row in which nothing is limited by the processor, too quick or slow to answer, with all twelve tests. */
function clean(id: string): BackendRun {
  const published = PUBLISHED.find((one) => one.id === id)
  const run = published && subjectOf(published).runs[0]
  if (!run) throw new Error(`no row ${id}`)
  const cells = METRICS.map(({ id: metric, family }) => {
    const { rate, cpu } = run.cells[metric]
    const sane: Change = {
      state: 'measured',
      rate: family === 'files' ? 900 : rate,
      cpu: (cpu ?? 0) < 75 ? cpu : 50,
      latency_us: 20_000,
    }
    return [metric, { ...run.cells[metric], ...sane }] as const
  })
  return { ...run, version: '1.03c', dialect: 'bonnie++ 1.0x text', cells: tabled(cells) }
}

function tabled(cells: readonly (readonly [MetricId, Cell])[]): Record<MetricId, Cell> {
  return Object.fromEntries(cells) as Record<MetricId, Cell>
}

function changed(run: BackendRun, metric: MetricId, change: Change): BackendRun {
  return { ...run, cells: { ...run.cells, [metric]: { ...run.cells[metric], ...change } } }
}

/** What a cell is changed to, far past every threshold on both sides, with the input that this is. */
function* changes(run: BackendRun, metric: MetricId): Generator<readonly [Input, Change]> {
  const { rate, cpu, latency_us } = run.cells[metric]
  for (let power = -3; power <= 3; power += 0.25)
    yield [`${metric}.rate`, { rate: (rate ?? 1) * 10 ** power, cpu, latency_us }]
  yield [`${metric}.rate`, { state: 'at_least', rate: 1e5, cpu: null, latency_us: null }]
  for (const share of [0, 60, 74, 75, 89, 90, 100, 220, 240, 270, 400])
    yield [`${metric}.cpu`, { cpu: share }]
  for (const worst of [10, 1e5, 999_999, 1e6, 1e8]) yield [`${metric}.latency`, { latency_us: worst }]
}

function rulesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))].filter((rule) => !ALWAYS.includes(rule)).sort()
}

/** The rules of a single run, written a second time and in other words: a row of numbers → what must fire. */
function expected({ cells }: BackendRun, { host }: Facts): string[] {
  const low = (id: MetricId) => cells[id].rate ?? Number.NaN
  const untimed = (id: MetricId) => cells[id].state === 'at_least'
  const high = (id: MetricId) => (untimed(id) ? Number.POSITIVE_INFINITY : low(id))
  const [c, w, x, r, s] = (['putc', 'put_block', 'rewrite', 'get_block', 'seeks'] as const).map(low)
  if (!c || !w || !x || !r || !s) throw new Error('a rate of nothing')
  const hdd = host?.disk?.kind === 'hdd'
  const link = host?.disk?.link ? (3e9 / 8 / 1024) * 1.02 : Number.POSITIVE_INFINITY
  const files = METRICS.filter(({ family }) => family === 'files').map(({ id }) => id)
  const slow = (['putc', 'put_block', 'rewrite', 'seeks'] as const).map((id) => cells[id].latency_us ?? 0)
  const band = (['put_block', 'get_block'] as const).some((id) => low(id) > 300_000 || high(id) < 40_000)
  const found: Readonly<Record<string, boolean>> = {
    'lower-bound': METRIC_IDS.some(untimed),
    'rewrite-ceiling':
      x > 1.05 * Math.min(high('put_block'), high('get_block')) ||
      x / high('put_block') + x / high('get_block') > 1.1,
    'memory-signature':
      r >= 10 * high('put_block') ||
      (r >= 700_000 && (cells.get_block.cpu ?? 0) >= 60 && (untimed('seeks') || s > 5000)),
    'cpu-bound': METRIC_IDS.some((id) => (cells[id].cpu ?? 0) >= (id === 'seeks' ? 225 : 75)),
    'per-char-faster': c > 1.1 * high('put_block'),
    'faster-than-link': METRICS.some(({ id, family }) => family === 'bulk' && low(id) > link),
    'class-band': hdd && (band || high('seeks') < 70),
    'too-few-files': files.some(untimed),
    'long-stalls': Math.max(...slow) >= 1e6 || (!untimed('seeks') && ((slow[3] ?? 0) / 1e6) * s >= 1000),
    'impossible-seeks': untimed('seeks') || (hdd && s > 900),
  }
  return Object.keys(found)
    .filter((rule) => found[rule])
    .sort()
}

const subject = (runs: readonly BackendRun[], caches: Subject['caches'] = 'no', kind = ''): Subject => ({
  title: runs[0]?.backend ?? '',
  kind,
  caches,
  runs,
})

/** Every rule with the cells that were seen to set it off. */
const seen = new Set<string>()

function hit(rules: readonly string[], input: Input): void {
  for (const rule of rules) seen.add(`${rule} ${input}`)
}

for (const [id, factor, disks] of SOUND) {
  test(`${id}: changing one cell fires exactly the rules whose inputs it is`, () => {
    const run = scaled(clean(id), factor)
    for (const facts of disks) {
      assert.equal(rulesOf(tryOut([subject([run])], facts)), [], 'the row is not clean')
      for (const metric of METRIC_IDS) {
        for (const [input, change] of changes(run, metric)) {
          const other = changed(run, metric, change)
          const fired = rulesOf(tryOut([subject([other])], facts))
          assert.equal(fired, expected(other, facts), `${input} ${JSON.stringify(change)}`)
          const strangers = CHECKS.filter((row) => fired.includes(row.rule) && !row.reads.includes(input))
          assert.equal(
            strangers.map((row) => row.rule),
            [],
            `${input} ${JSON.stringify(change)}`,
          )
          hit(fired, input)
        }
      }
    }
  })
}

/** Six runs of one backend beside six of another: level, in no order, and alike. */
function replicated(): readonly [BackendRun[], BackendRun[]] {
  const run = clean('seed-blktap')
  const made = (backend: string) =>
    [1, 1.002, 1.004, 1.006, 1.008, 1.001].map((factor, i) => ({
      ...scaled(run, factor),
      backend,
      path: backend,
      line: i + 1,
    }))
  return [made('b'), made('c')]
}

for (const n of [6, 1]) {
  test(`beside a neighbour, changing one cell of ${n} fires only rules whose input it is`, () => {
    const [own, other] = replicated().map((runs) => runs.slice(0, n)) as [BackendRun[], BackendRun[]]
    const told = (runs: BackendRun[]) => {
      const findings = tryOut([subject(runs, 'yes', 'blktap'), subject(other, 'no', 'partition')], QUIET)
      return rulesOf(findings.filter(({ backend }) => backend === 'b'))
    }
    assert.equal(told(own), [], 'the runs are not clean')
    for (const [index, run] of own.entries()) {
      if (index > 0 && index < n - 1) continue
      for (const metric of METRIC_IDS) {
        for (const [input, change] of changes(run, metric)) {
          const fired = told(own.map((one) => (one === run ? changed(one, metric, change) : one)))
          const strangers = CHECKS.filter((row) => fired.includes(row.rule) && !row.reads.includes(input))
          assert.equal(
            strangers.map((row) => row.rule),
            [],
            `${input} ${JSON.stringify(change)}`,
          )
          hit(fired, input)
        }
      }
    }
  })
}

test('every input of every rule was seen to set it off', () => {
  const pairs = CHECKS.flatMap(({ rule, reads }) => reads.map((input) => `${rule} ${input}`))
  assert.equal(
    pairs.filter((pair) => !seen.has(pair)),
    [],
  )
})

/** The same run on a machine that is so many times as fast. */
function scaled(run: BackendRun, factor: number): BackendRun {
  const cells = METRIC_IDS.map((id) => {
    const { rate } = run.cells[id]
    return [id, { ...run.cells[id], rate: rate === null ? null : rate * factor }] as const
  })
  return { ...run, cells: tabled(cells) }
}

/** What scale-free rules find, without the rates in their sentences. */
function scaleFree(subjects: readonly Subject[], facts: Facts): object[] {
  const free = new Set(CHECKS.filter((row) => row.scaleFree).map(({ rule }) => rule))
  return tryOut(subjects, facts)
    .filter(({ rule }) => free.has(rule))
    .map(({ rule, backend, metric, runs, effect, cause, value }) => {
      return { rule, backend, metric, runs, effect, cause, value: value && Number(value.toPrecision(9)) }
    })
}

const STUDIES: readonly (readonly [string, readonly Subject[], Facts])[] = [
  ...PUBLISHED.map(({ id, study, facts }) => {
    const beside = PUBLISHED.filter((one) => one.study === study)
    return [id, beside.map(subjectOf), facts] as const
  }),
  ...Object.entries(EXAMPLES).flatMap(([rule, examples]) =>
    examples.map((example, i) => [`${rule} ${i + 1}`, subjectsOf(example), example.facts ?? QUIET] as const),
  ),
]

test('multiplying all rates by a constant changes no scale-free finding', () => {
  for (const [name, subjects, facts] of STUDIES) {
    const before = scaleFree(subjects, facts)
    for (const factor of [1e-3, 0.1, 0.5, 3, 40, 1e3]) {
      const after = subjects.map((one) => ({ ...one, runs: one.runs.map((run) => scaled(run, factor)) }))
      assert.equal(scaleFree(after, facts), before, `${name} times ${factor}`)
    }
  }
})

test('a read of ten times the write stays memory at any speed', () => {
  for (const [name, subjects, facts] of STUDIES) {
    // below an open snapshot writes are slow by themselves
    if (Object.values(facts.backends ?? {}).some(({ snapshot }) => snapshot)) continue
    const shaped = subjects.filter(({ runs }) =>
      runs.some(
        ({ cells }) => (cells.get_block.rate ?? 0) >= 10 * (cells.put_block.rate ?? Number.POSITIVE_INFINITY),
      ),
    )
    for (const one of shaped.filter(({ runs }) => runs[0]?.cells.put_block.rate)) {
      for (const factor of [1e-3, 1, 1e3]) {
        const found = tryOut([{ ...one, runs: one.runs.map((run) => scaled(run, factor)) }], facts)
        assert.ok(
          found.some(({ rule }) => rule === 'memory-signature'),
          `${name} times ${factor}`,
        )
      }
    }
  }
})

test('what only follows from a command raises doubts and clears none', () => {
  const words = ({ rule, metric, backend, effect }: Finding) => `${rule} ${backend} ${metric} ${effect}`
  for (const [name, subjects, facts] of STUDIES) {
    for (const command of ['bonnie++', 'bonnie++ -r 64', 'bonnie++ -s 64g -r 64g']) {
      const { command: _, ...others } = facts
      const before = tryOut(subjects, others).map(words)
      const after = new Set(tryOut(subjects, { ...others, command }).map(words))
      assert.equal(
        before.filter((one) => !after.has(one)),
        [],
        `${name} with ${command}`,
      )
    }
  }
})

test.run()
