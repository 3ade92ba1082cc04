/** Titles state findings: each is taken apart again and held against the numbers, whatever the report. */
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { countWord, rateText, times } from '../../src/model/format.ts'
import { type Measurement, magnitude } from '../../src/model/measurement.ts'
import { METRICS, type MetricId } from '../../src/model/metric.ts'
import type { Report, Sample } from '../../src/model/report.ts'
import { runs, suite } from '../suite.ts'
import { anyReport } from './any-report.ts'
import { figuresOf } from './drawn.ts'

/** What is said where nothing stands out. */
const NEUTRAL = [
  /^Throughput by test$/,
  /^Throughput against n\d$/,
  /^Throughput at its true size$/,
  /^Guest CPU per GiB by test$/,
  /^The slowest single operation of each test$/,
  /^Rates in the order of the runs$/,
  /^Rates against n\d$/,
  /^How far the advice hangs on the weights$/,
]

/** Faster by more than the reports at random call chance. */
const FAR = 1.05

function cell({ samples }: Report, name: string, id: MetricId): Sample | undefined {
  return samples.find((s) => s.backend === name.replace('n', 'b') && s.metric === id)
}

function size(median: Measurement | undefined): number {
  return !median || median.kind === 'absent' ? Number.NaN : magnitude(median)
}

function testsIn(text: string, by: 'label' | 'did'): MetricId[] {
  // the longest first: `sequential create` holds no other label, but `read blocks` could
  return METRICS.filter((m) => new RegExp(`\\b${m[by]}\\b`).test(text)).map((m) => m.id)
}

function names(report: Report): string[] {
  return report.backends.map((b) => b.title)
}

function others(report: Report, name: string): string[] {
  return names(report).filter(
    (n) => n !== name && report.samples.some((s) => s.backend === n.replace('n', 'b') && s.n > 0),
  )
}

const isDoubted = (sample: Sample | undefined) =>
  sample?.validity === 'suspect' || sample?.validity === 'not-disk'

/** A bound has no interval, and with three runs a side no usual spread is assumed. */
const isUnclear = (...sides: readonly (Sample | undefined)[]) =>
  sides.some((s) => s?.median.kind === 'at least') && sides.every((s) => (s?.n ?? 0) >= 3)

type Oracle = readonly [RegExp, (report: Report, found: readonly string[]) => void]

/** `n1 wrote blocks 5.18×`: the ratio of the medians, the leader's beyond doubt, the other's at worst suspect. */
function pair(report: Report, phrase: string, suspect: boolean): void {
  const name = /^n\d/.exec(phrase)?.[0] ?? ''
  const [other = ''] = others(report, name)
  const tests = testsIn(phrase, 'did')
  assert.ok(tests.length > 0, phrase)
  for (const id of tests) {
    const [ours, theirs] = [cell(report, name, id), cell(report, other, id)]
    const ratio = size(ours?.median) / size(theirs?.median)
    const atLeast = ours?.median.kind === 'at least'
    assert.match(phrase, atLeast ? `at least ${times(ratio, 'down')}` : times(ratio))
    assert.is.not(theirs?.median.kind, 'at least')
    assert.not.ok(isUnclear(ours, theirs), phrase)
    assert.ok(ratio > FAR && !isDoubted(ours), phrase)
    assert.is(theirs?.validity === 'suspect', suspect)
    assert.is.not(theirs?.validity, 'not-disk')
  }
}

const ORACLES: readonly Oracle[] = [
  [
    /^(n\d .*) as fast, (n\d .*) as fast$/,
    (report, found) => {
      for (const phrase of found) pair(report, phrase, false)
    },
  ],
  [
    /^(n\d .*) as fast as n\d(, whose number is suspect)?$/,
    (r, [phrase = '', doubt]) => pair(r, phrase, Boolean(doubt)),
  ],
  [/^(.*) (?:was|were) (faster|slower) than (n\d) at (.*)$/, againstBaseline],
  [/^([\w ]*?)( without the numbers in doubt)?: (.*) \((n\d)\) to (.*) \((n\d)\)$/, ranges],
  [/^(?:Every|(\w+) of (\w+)) (?:seek and )?file tests? (?:was|were) too fast to time(.*)$/, tooFast],
  [/^(Random seeks|Seeks and file tests|File tests)$/, families],
  [/^(n\d) cost the guest the least CPU per GiB at (.*)$/, cheapest],
  [
    /^In every run (n\d)'s slowest operation was faster than that of (?:the|any) other backend(?: that printed one)? at (.*)$/,
    quickest,
  ],
  [/^(\w+) of (\w+) series (drift|have)/, seriesCounted],
  [/^(?:The rate|Runs? .*) of the (.*) of (n\d) (falls|lies)/, seriesNamed],
  [/^Which backend to choose depends on the workload$/, depends],
  [/^(n\d) comes first in at least (\d+) % of all weightings/, comesFirst],
  [/^(n\d) comes first in all weightings drawn/, (report, [name = '']) => comesFirst(report, [name, '100'])],
]

function againstBaseline(
  report: Report,
  [who = '', way, baseline = '', tests = '']: readonly string[],
): void {
  for (const id of testsIn(tests, 'label')) {
    const base = cell(report, baseline, id)
    const winners = others(report, baseline).filter((name) => {
      const own = cell(report, name, id)
      const ratio = size(own?.median) / size(base?.median)
      const far =
        way === 'faster'
          ? ratio > FAR && base?.median.kind !== 'at least'
          : ratio < 1 / FAR && own?.median.kind !== 'at least'
      return far && !isDoubted(own) && !isDoubted(base) && !isUnclear(own, base)
    })
    const named = who.match(/n\d/g)
    if (named)
      assert.ok(
        named.every((name) => winners.includes(name)),
        `${who} at ${id}, not ${winners}`,
      )
    else if (who.startsWith('All')) assert.equal(winners, others(report, baseline))
    else assert.match(who, new RegExp(`^${countWord(winners.length)} of`, 'i'))
  }
}

/** Which kinds of tests a neutral title names. */
function families({ samples }: Report, [title]: readonly string[]): void {
  const known = samples.filter((s) => s.median.kind !== 'absent')
  const has = (family: string) =>
    known.some((s) => METRICS.some((m) => m.id === s.metric && m.family === family))
  assert.is(has('seeks'), title !== 'File tests')
  assert.is(has('files'), title !== 'Random seeks')
}

function ranges(
  report: Report,
  [label = '', doubted, low, lowest = '', high, highest = '']: readonly string[],
): void {
  const id = METRICS.find((m) => m.label === label.toLowerCase())?.id ?? 'putc'
  assert.is(
    doubted !== undefined,
    report.samples.some((s) => s.metric === id && s.n > 0 && isDoubted(s)),
  )
  const sure = report.samples.filter(
    (s) => s.metric === id && s.validity === 'disk' && s.median.kind === 'measured',
  )
  const sizes = sure.map((s) => size(s.median))
  assert.is(size(cell(report, lowest, id)?.median), Math.min(...sizes))
  assert.is(size(cell(report, highest, id)?.median), Math.max(...sizes))
  assert.is(low, rateText(id, { kind: 'measured', value: Math.min(...sizes) }))
  assert.is(high, rateText(id, { kind: 'measured', value: Math.max(...sizes) }))
}

function tooFast(report: Report, [some, all, where = '']: readonly string[]): void {
  const tests = METRICS.filter((m) => m.family !== 'bulk').map((m) => {
    return report.samples.filter(
      (s) => s.metric === m.id && others(report, '').includes(s.backend.replace('b', 'n')),
    )
  })
  const ran = tests.filter((cells) => cells.some((s) => s.median.kind !== 'absent'))
  const fast = ran.filter((cells) => cells.every((s) => s.median.kind !== 'measured'))
  assert.is((some ?? countWord(ran.length)).toLowerCase(), countWord(fast.length))
  assert.is(all ?? countWord(ran.length), countWord(ran.length))
  const gaps = fast.flat().some((s) => s.median.kind === 'absent')
  const on = gaps ? ' on every backend that ran them' : ' on every backend'
  assert.is(where, others(report, '').length === 1 ? '' : on)
}

function cheapest(report: Report, [name = '', tests = '']: readonly string[]): void {
  for (const id of testsIn(tests, 'label')) {
    const costs = report.costs.filter((c) => c.metric === id)
    const own = costs.find((c) => c.backend === name.replace('n', 'b'))
    assert.ok(
      costs.length > 1 && costs.every((c) => c === own || c.low > (own?.high ?? Number.POSITIVE_INFINITY)),
    )
    assert.ok(costs.every((c) => cell(report, c.backend.replace('b', 'n'), id)?.validity === 'disk'))
  }
}

function quickest(report: Report, [name = '', tests = '']: readonly string[]): void {
  for (const id of testsIn(tests, 'label')) {
    const own = report.latencies.find((l) => l.metric === id && l.backend === name.replace('n', 'b'))
    const rest = report.latencies.filter((l) => l.metric === id && l !== own)
    assert.ok(
      rest.length > 0 && rest.every((l) => l.values.every((v) => v.worst_us > (own?.worst_us ?? Number.NaN))),
    )
    assert.ok([own, ...rest].every((l) => (l?.n ?? 0) >= 3))
  }
}

/** The series that the figure may show: five runs or more, not known to be something else than the disk. */
function series({ samples, findings }: Report): { sample: Sample; rules: string[] }[] {
  const shown = samples.filter((s) => s.n >= 5 && (s.validity === 'disk' || s.validity === 'suspect'))
  return shown.map((sample) => ({
    sample,
    rules: findings
      .filter((f) => f.backend === sample.backend && f.metric === sample.metric)
      .map((f) => f.rule),
  }))
}

function seriesCounted(report: Report, [some = '', all, verb]: readonly string[]): void {
  const shown = series(report)
  const rule = verb === 'drift' ? 'drift' : 'outlier'
  assert.is(some.toLowerCase(), countWord(shown.filter(({ rules }) => rules.includes(rule)).length))
  assert.is(all, countWord(shown.length))
}

function seriesNamed(report: Report, [label, name = '', verb]: readonly string[]): void {
  const rule = verb === 'lies' ? 'outlier' : 'drift'
  const found = series(report).filter(({ rules }) => rules.includes(rule))
  assert.is(found.length, 1)
  assert.is(found[0]?.sample.backend, name.replace('n', 'b'))
  assert.is(found[0]?.sample.metric, METRICS.find((m) => m.label === label)?.id)
}

function depends({ recommendations }: Report): void {
  assert.ok(new Set(recommendations.flatMap((r) => r.choice ?? [])).size > 1)
}

function comesFirst({ recommendations }: Report, [name = '', percent]: readonly string[]): void {
  for (const { choice, weighting } of recommendations) {
    assert.is(choice, name.replace('n', 'b'))
    const own = weighting?.shares.find((s) => s.backend === choice)
    assert.ok((own?.any ?? 0) >= Number(percent) / 100 && Number(percent) >= 95)
  }
}

/** A title as its oracle reads it, which knows the backends by small names; each begins with a capital. */
function told(title: string): string {
  assert.match(title, /^[\p{Lu}\d]/u, title)
  return title.replace(/^N(?=\d)/, 'n')
}

/** The oracle of a title; null for one that claims nothing. */
function oracleOf(title: string): Oracle | null {
  if (NEUTRAL.some((pattern) => pattern.test(title))) return null
  const oracle = ORACLES.find(([pattern]) => pattern.test(title))
  assert.ok(oracle, `nobody can check: ${title}`)
  return oracle
}

const test = suite('titles')

test('every title is neutral or true, whatever the report', () => {
  fc.assert(
    fc.property(anyReport({ plain: true }), (report) => {
      for (const figure of figuresOf(report)) {
        const title = told(figure.title)
        const [pattern, check] = oracleOf(title) ?? []
        check?.(report, pattern?.exec(title)?.slice(1) ?? [])
      }
    }),
    { numRuns: runs(400) },
  )
})

test('reports at random make findings of every kind', () => {
  const reports = fc.sample(anyReport({ plain: true }), { numRuns: 800, seed: 1 })
  const titles = reports.flatMap((report) => figuresOf(report).map(({ title }) => told(title)))
  const seen = new Set(titles.flatMap((title) => oracleOf(title)?.[0] ?? []))
  for (const [pattern] of ORACLES) assert.ok(seen.has(pattern), `no title like ${pattern}`)
})

test.run()
