/** A plan keeps its word: its runs decide the question either way, and one run fewer of each does not. */
import * as assert from 'uvu/assert'
import { pooledSpread } from '../../src/analysis/compare.ts'
import { type BackendRun, gather } from '../../src/analysis/evidence.ts'
import { judge } from '../../src/analysis/judge.ts'
import { PROFILES } from '../../src/analysis/profiles.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { resolving } from '../../src/analysis/resolve.ts'
import { samples } from '../../src/analysis/sample.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { Backend } from '../../src/model/backend.ts'
import { type Family, METRIC_IDS, type MetricId, metric } from '../../src/model/metric.ts'
import type { Plan, ProfileId, Recommendation, Report } from '../../src/model/report.ts'
import type { Cell } from '../../src/model/run.ts'
import type { Facts } from '../../src/model/study.ts'
import { isOpen } from '../../src/model/verdict.ts'
import { suite } from '../suite.ts'
import { aRun } from './build-run.ts'

const test = suite('plans')

const knowledge = knowledgeOf(readTemplates())
const library = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
const reports = library.folders.map((folder) => analyse(folder, knowledge))

const isControl = ({ kind }: Backend) => knowledge.some((k) => k.id === kind && k.control === true)

/** What a disk of modest speed prints: bonnie++'s units. */
const RATES: Readonly<Record<MetricId, number>> = {
  putc: 400,
  put_block: 40000,
  rewrite: 17000,
  getc: 400,
  get_block: 45000,
  seeks: 150,
  seq_create: 700,
  seq_stat: 700,
  seq_del: 700,
  ran_create: 700,
  ran_stat: 700,
  ran_del: 700,
}

/** Standard scores in no order: their mean is 0 and their standard deviation 1. */
function scores(n: number): number[] {
  const raw = Array.from({ length: n }, (_, i) => Math.sin(12.9898 * (i + 1)))
  const centre = raw.reduce((sum, z) => sum + z, 0) / n
  const spread = Math.sqrt(raw.reduce((sum, z) => sum + (z - centre) ** 2, 0) / (n - 1))
  return raw.map((z) => (z - centre) / spread)
}

/** The plan's study with what it asks to be written down. */
function planned(report: Report): Facts {
  const { facts } = report
  const disk = { ...facts.host?.disk, kind: facts.host?.disk?.kind === 'hdd' ? 'hdd' : 'raid', cache: 'none' }
  return {
    ...facts,
    guest: { ram: '512 MiB', ...facts.guest },
    host: { dom0_ram: '1 GiB', ...facts.host, disk: disk as NonNullable<Facts['host']>['disk'] & object },
    order: 'interleaved',
  }
}

/** The backends a plan measures, as the study would know them. */
function backendsOf(report: Report, plan: Plan): Backend[] {
  return plan.backends.map(({ id, title }) => {
    return report.backends.find((b) => b.id === id) ?? { id, title, kind: id }
  })
}

/** What a plan is carried out on. `spread`: standard deviation of the logarithms of a family's rates. */
interface Bench {
  readonly plan: Pick<Plan, 'file'>
  readonly backends: readonly Backend[]
  readonly facts: Facts
  readonly spread: (family: Family) => number
}

function benchOf(report: Report, plan: Plan): Bench {
  return { plan, backends: backendsOf(report, plan), facts: planned(report), spread: spreadsOf(report) }
}

/** Advice on a workload after `runs` of each planned backend in which `better` is ahead by `ratio` on all that counts. */
function afterwards(
  { plan, backends, facts, spread }: Bench,
  profile: ProfileId,
  { runs, ratio, better }: { readonly runs: number; readonly ratio: number; readonly better: string },
): Recommendation {
  const size = Math.max(
    plan.file.atLeastMib ?? 0,
    (plan.file.timesGuest ?? 0) * 512,
    1024 * (plan.file.timesOuter ?? 0),
  )
  const drawn = backends.flatMap(({ id }) =>
    scores(runs).map((z, i): BackendRun => {
      const factor = id === better ? ratio : 1
      const cells = METRIC_IDS.map((m): [MetricId, Cell] => {
        const scatter = Math.exp(spread(metric(m).family) * z)
        const rate = RATES[m] * factor * scatter
        return [
          m,
          { state: 'measured', rate, cpu: 40, latency_us: 90000 / factor / scatter, line: 4, column: 1 },
        ]
      })
      const path = `${id}/run-${i + 1}.txt`
      const file = { path, version: '2.00a', file_size_mib: size, num_files: 64 }
      return { ...aRun(id, {}, file), cells: Object.fromEntries(cells) as Record<MetricId, Cell> }
    }),
  )
  const evidence = gather(backends, drawn, knowledge, facts)
  const { recommendations: found } = recommend(
    evidence,
    samples(evidence, judge(evidence, facts)),
    facts,
    knowledge,
  )
  const one = found.find((r) => r.profile === profile)
  if (!one) throw new Error(`no advice for ${profile}`)
  return one
}

/** How the study's own runs scatter, family by family: what the plan was made with. */
function spreadsOf(report: Report): (family: Family) => number {
  const evidence = gather(report.backends, report.runs, knowledge, report.facts)
  const tested = samples(evidence, judge(evidence, report.facts))
  return (family) => pooledSpread(tested, family).sigma
}

function keepsItsWord(bench: Bench, profile: ProfileId, resolve: { runs: number; ratio: number }): void {
  const choices = bench.backends.filter((b) => !isControl(b))
  assert.ok(choices.length >= 2, 'two can be chosen')
  for (const { id } of choices) {
    const { choice, sentence } = afterwards(bench, profile, { ...resolve, better: id })
    assert.is(choice, id, sentence)
    const fewer = afterwards(bench, profile, { ...resolve, runs: resolve.runs - 1, better: id })
    assert.ok(isOpen(fewer), `${resolve.runs - 1} runs: ${fewer.sentence}`)
  }
}

for (const report of reports) {
  const { plan, study } = report
  for (const { profile, resolve } of report.recommendations.filter(isOpen)) {
    test(`${study.slug}, ${profile}: the planned runs decide it either way, one fewer leaves it open`, () => {
      assert.ok(plan && resolve, 'what is open has a plan')
      if (plan && resolve) keepsItsWord(benchOf(report, plan), profile, resolve)
    })
  }
}

for (const sigma of [0.008, 0.01, 0.02, 0.03, 0.047, 0.08, 0.12]) {
  test(`so does any plan, for runs that scatter by ${sigma}`, () => {
    const backends = ['loopback', 'blktap', 'lvm'].map((id) => ({ id, title: id, kind: id }))
    const facts: Facts = {
      guest: { ram: '512 MiB' },
      host: { dom0_ram: '1 GiB', disk: { kind: 'hdd', cache: 'none' } },
      order: 'interleaved',
    }
    const file = { atLeastMib: 4096, timesGuest: null, timesOuter: null }
    const plans = PROFILES.flatMap((profile) => {
      const resolve = resolving(profile, () => ({ sigma, df: 20 }), facts)
      return resolve ? [{ profile, resolve }] : []
    })
    // where worst latencies weigh much and scatter, more runs do not settle them
    assert.ok(plans.length >= (sigma > 0.1 ? 4 : 5))
    for (const { profile, resolve } of plans) {
      keepsItsWord({ plan: { file }, backends, facts, spread: () => sigma }, profile.id, resolve)
    }
  })
}

test('where runs hardly scatter, three are planned: two could not tell that they do', () => {
  for (const profile of PROFILES) assert.is(resolving(profile, () => ({ sigma: 0.001, df: 20 }), {})?.runs, 3)
})

test('a wider band asks for a wider difference', () => {
  for (const profile of PROFILES) {
    const resolve = resolving(profile, () => ({ sigma: 0.03, df: 20 }), { equivalence: { bulk: '20 %' } })
    assert.ok(resolve && resolve.ratio > 1.1 && resolve.ratio <= 1.4, profile.id)
  }
})

test('what 30 runs cannot tell has no plan', () => {
  for (const profile of PROFILES) {
    if (profile.id !== 'mail')
      assert.is(
        resolving(profile, () => ({ sigma: 0.5, df: 20 }), {}),
        null,
        profile.id,
      )
  }
})

test.run()
