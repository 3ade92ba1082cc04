/** What a backend is called, in which order files lie, a file saved twice, a backend beside them: nothing hangs on it. */
import * as assert from 'uvu/assert'
import { compare } from '../../src/analysis/compare.ts'
import { mulberry32 } from '../../src/analysis/draws.ts'
import { type BackendRun, gather } from '../../src/analysis/evidence.ts'
import { judge } from '../../src/analysis/judge.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { samples } from '../../src/analysis/sample.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { Backend } from '../../src/model/backend.ts'
import { turned } from '../../src/model/comparison.ts'
import type { Comparison, Report } from '../../src/model/report.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun } from './build-run.ts'

const test = suite('what must not matter')

const knowledge = knowledgeOf(readTemplates())
const library = readLibrary('results', new Set(knowledge.flatMap((k) => [k.id, ...k.aliases])))
const studies = library.folders.map((folder) => ({ folder, report: analyse(folder, knowledge) }))

/** A study without its prose: backends, their runs, and what is declared. */
interface Bare {
  readonly backends: readonly Backend[]
  readonly runs: readonly BackendRun[]
  readonly facts: Facts
  readonly baseline: string | null
}

const bare = ({ backends, runs, facts, study }: Report): Bare => ({
  backends,
  runs,
  facts,
  baseline: study.baseline,
})

function told({ backends, runs, facts, baseline }: Bare, pages = knowledge) {
  const evidence = gather(backends, runs, pages, facts)
  const tested = samples(evidence, judge(evidence, facts))
  const ids = backends.map((b) => b.id)
  return {
    samples: tested.map(({ backend, metric, n, median, validity }) => ({
      backend,
      metric,
      n,
      median,
      validity,
    })),
    comparisons: compare(tested, ids, baseline, facts),
    advice: recommend(evidence, tested, facts, pages),
  }
}

type Told = ReturnType<typeof told>

/** The same with every mention of a backend renamed, numbers rounded where the order of a sum could show. */
function renamed(found: unknown, name: (id: string) => string): unknown {
  return JSON.parse(JSON.stringify(found), (key, value) => {
    if (typeof value === 'number') return Number(value.toPrecision(9))
    return typeof value === 'string' &&
      (key === 'backend' || key === 'baseline' || key === 'choice' || key === 'against')
      ? name(value)
      : value
  })
}

/** Comparisons from the side of whichever backend comes first in the alphabet. */
function oneWay(comparisons: readonly Comparison[]): Comparison[] {
  const key = (c: Comparison) => `${c.view} ${c.metric} ${c.backend} ${c.baseline}`
  return (
    comparisons
      .map((c) => (c.backend < c.baseline ? c : turned(c)))
      // why two tests are unlike names first what stands first
      .map((c) => (c.ratio.kind === 'unknown' ? { ...c, ratio: { kind: 'unknown', why: '' } as const } : c))
      .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  )
}

/** Verdicts and numbers of the advice; its sentences list backends in the order of the study. */
function verdicts({ advice }: Told) {
  return advice.recommendations.map(({ profile, verdict, choice, grade, coverage, score, weighting }) => ({
    profile,
    verdict,
    choice,
    grade,
    coverage,
    // of two that are level either may stand first
    ...(verdict === 'same' ? {} : { score, breakEven: weighting?.breakEven }),
  }))
}

for (const { folder, report } of studies) {
  const { slug } = report.study

  test(`${slug}: the order in which files are found`, () => {
    const random = mulberry32(5)
    const shuffled = folder.sources
      .map((source) => ({ source, at: random() }))
      .toSorted((a, b) => a.at - b.at)
    assert.equal(
      { ...analyse({ ...folder, sources: shuffled.map(({ source }) => source) }, knowledge), sources: [] },
      { ...report, sources: [] },
    )
  })

  test(`${slug}: a file saved twice`, () => {
    const copies = folder.sources.map((source) => ({
      ...source,
      path: source.path.replace(/(\/[^/]*)$/, '/copy$1'),
    }))
    const twice = analyse({ ...folder, sources: [...folder.sources, ...copies] }, knowledge)
    for (const part of [
      'samples',
      'comparisons',
      'costs',
      'latencies',
      'recommendations',
      'claims',
    ] as const) {
      assert.equal(withoutPlaces(twice[part]), withoutPlaces(report[part]), part)
    }
    assert.ok(twice.diagnostics.some((d) => d.rule === 'duplicate-run'))
  })

  test(`${slug}: what its backends are called`, () => {
    const study = bare(report)
    const name = (id: string) => `z${[...id].reverse().join('')}`
    const known = Object.entries(report.facts.backends ?? {})
    const other = told({
      backends: study.backends.map((b) => ({ ...b, id: name(b.id) })),
      runs: study.runs.map((run) => ({ ...run, backend: name(run.backend) })),
      facts: { ...study.facts, backends: Object.fromEntries(known.map(([id, f]) => [name(id), f])) },
      baseline: study.baseline === null ? null : name(study.baseline),
    })
    const own = told(study)
    assert.equal(
      renamed(other.comparisons, (id) => id),
      renamed(own.comparisons, name),
    )
    assert.equal(
      renamed(verdicts(other), (id) => id),
      renamed(verdicts(own), name),
    )
  })

  test(`${slug}: the order of its backends`, () => {
    const study = bare(report)
    const other = told({ ...study, backends: study.backends.toReversed(), runs: study.runs.toReversed() })
    const own = told(study)
    const same = (id: string) => id
    assert.equal(renamed(oneWay(other.comparisons), same), renamed(oneWay(own.comparisons), same))
    assert.equal(renamed(verdicts(other), same), renamed(verdicts(own), same))
  })

  test(`${slug}: a backend beside them that made other tests`, () => {
    const study = bare(report)
    const stranger = [0, 1, 2].map((i) =>
      aRun(
        'stranger',
        { put_block: 9000 + i, rewrite: 4000, get_block: 9000, seeks: 90 + i },
        {
          path: `stranger/${i}.txt`,
          version: '2.00a',
          file_size_mib: 123,
        },
      ),
    )
    const other = told(
      {
        ...study,
        backends: [...study.backends, { id: 'stranger', title: 'a stranger', kind: 'stranger' }],
        runs: [...study.runs, ...stranger],
      },
      [...knowledge, aPage('stranger')],
    )
    const own = told(study)
    const without = other.comparisons.filter((c) => c.backend !== 'stranger' && c.baseline !== 'stranger')
    // the spread that single runs are held against is that of all runs of a host, the stranger's too
    const plain = (c: Comparison) => ({ ...c, spread: undefined })
    assert.equal(without.map(plain), own.comparisons.map(plain))
    assert.equal(
      other.samples.filter((s) => s.backend !== 'stranger' && s.n > 0),
      own.samples.filter((s) => s.n > 0),
    )
    assert.equal(verdicts(other), verdicts(own))
  })
}

/** Without line, column and path: a copy is read as well as its original. */
function withoutPlaces(found: unknown): unknown {
  return JSON.parse(JSON.stringify(found), (key, value) => (key === 'place' ? undefined : value))
}

test.run()
