import { compareText } from '../model/diagnostic.ts'
import { counted, listed } from '../model/format.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Finding, Validity } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { CHECKS } from './checks.ts'
import type { Check, Doubt, Setting } from './doubt.ts'
import { type BackendRun, type Evidence, memories, rangeOf, testOf } from './evidence.ts'

/** From best to worst: a cell, and a sample of cells, takes the worst that applies. */
const ORDER: readonly Validity[] = ['disk', 'suspect', 'censored', 'not-disk', 'missing']

/** Whether each cell measured the disk, and why not. */
export interface Judgement {
  readonly findings: readonly Finding[]
  readonly validity: (run: Run, metric: MetricId) => Validity
  /** each doubt about a cell with its own arithmetic, before runs are merged into findings, in the order of the checks */
  readonly doubts: (run: Run, metric: MetricId) => readonly RaisedDoubt[]
}

/** A doubt and the check that raised it. */
export interface RaisedDoubt {
  readonly rule: string
  readonly doubt: Doubt
}

/** The worse of two validities. */
export function worse(a: Validity, b: Validity): Validity {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b
}

/**
 * The validity of a sample: the worst that at least half of its runs reach. Runs that are worse still count towards
 * the milder ones, so two not-disk and two suspect runs of six make the sample suspect.
 */
export function ofSample(states: readonly Validity[]): Validity {
  // a run without a number takes nothing from the runs that have one
  const present = states.filter((state) => state !== 'missing')
  const worst = ORDER.toReversed().find((state) => {
    const reached = present.filter((s) => ORDER.indexOf(s) >= ORDER.indexOf(state)).length
    return reached * 2 >= present.length
  })
  return present.length === 0 ? 'missing' : (worst ?? 'disk')
}

/** Runs every check on every run: first those that need the run alone, then those that look at its neighbours. */
export function judge(evidence: readonly Evidence[], facts: Facts): Judgement {
  const states = new Map<Run, Map<MetricId, Validity>>()
  for (const run of evidence.flatMap((e) => e.runs)) {
    states.set(run, new Map(METRIC_IDS.map((id) => [id, printed(run, id)])))
  }
  const validity = (run: Run, id: MetricId) => states.get(run)?.get(id) ?? 'missing'
  const doubted = new Set<string>()
  // a cache can only have raised a rate, so a rate doubted for that alone is still an upper limit of the disk's
  const limit = (run: Run, id: MetricId) =>
    validity(run, id) === 'disk' || (validity(run, id) === 'suspect' && !doubted.has(doubtKey(run, id)))
  let findings: readonly Finding[] = []
  const byRun = new Map<Run, Raised[]>()
  for (const peers of [false, true]) {
    const best = bestRates(evidence, limit)
    const rows = CHECKS.filter((row) => ('peers' in row && row.peers === true) === peers)
    const raised = evidence.flatMap((own) => {
      const setting = settingOf(own, evidence, facts, best)
      return rows.flatMap((row) => ask(row, setting))
    })
    for (const each of raised) {
      const { run, doubt } = each
      const own = byRun.get(run)
      if (own) own.push(each)
      else byRun.set(run, [each])
      if (!doubt.effect) continue
      for (const metric of touched(run, doubt)) {
        states.get(run)?.set(metric, worse(validity(run, metric), doubt.effect))
        if (!doubt.raises) doubted.add(doubtKey(run, metric))
      }
    }
    // no push of them all: there may be more than a call takes arguments
    findings = [...findings, ...merge(raised)]
  }
  const doubts = (run: Run, id: MetricId) =>
    (byRun.get(run) ?? [])
      .filter(({ doubt }) => touched(run, doubt).includes(id))
      .map(({ row, doubt }) => ({ rule: row.rule, doubt }))
  return { findings: findings.toSorted(byBackend(evidence)), validity, doubts }
}

/** The cells a doubt is about: one, or of a run as a whole every rate; none where it only notes something. */
function touched(run: Run, { metric, effect }: Doubt): readonly MetricId[] {
  if (metric) return [metric]
  return effect ? METRIC_IDS.filter((id) => rangeOf(run, id)) : []
}

function doubtKey(run: Run, id: MetricId): string {
  return `${run.path} ${run.line} ${id}`
}

function printed(run: Run, id: MetricId): Validity {
  const { state } = run.cells[id]
  return state === 'measured' ? 'disk' : state === 'at_least' ? 'censored' : 'missing'
}

function settingOf(own: Evidence, all: readonly Evidence[], facts: Facts, best: BestRates): Setting {
  return {
    evidence: own,
    facts,
    memories: memories(facts),
    others: all.filter((other) => other !== own && other.runs.length > 0),
    reference: (id, test) => best(id, test, own.backend.id),
  }
}

/** Puts the question of one row to a backend: to each of its runs, or to all of them at once. */
function ask(row: Check, setting: Setting): Raised[] {
  const { runs } = setting.evidence
  const found =
    'series' in row
      ? row.series(setting)
      : runs.flatMap((run) => row.check({ ...setting, run }).map((doubt) => ({ run, doubt })))
  const index = new Map(runs.map((run, i) => [run, i + 1]))
  return found.map(({ run, doubt }) => ({
    row,
    own: setting.evidence,
    run,
    index: index.get(run) ?? 1,
    doubt,
  }))
}

/** The best rate on a test of any backend but one, among those that may count as the disk; null where there is none. */
type BestRates = (id: MetricId, test: string, except: string) => number | null

/** Looks once at every cell, so that asking for each run does not look at all others again. */
function bestRates(all: readonly Evidence[], limit: (run: Run, id: MetricId) => boolean): BestRates {
  const best = new Map<string, Map<string, number>>()
  for (const { backend, runs } of all) {
    for (const run of runs) {
      for (const id of METRIC_IDS) {
        const range = limit(run, id) ? rangeOf(run, id) : null
        if (!range) continue
        const key = `${id} ${testOf(run, id)}`
        const rates = best.get(key) ?? new Map<string, number>()
        rates.set(backend.id, Math.max(range.low, rates.get(backend.id) ?? 0))
        best.set(key, rates)
      }
    }
  }
  return (id, test, except) => {
    const others = [...(best.get(`${id} ${test}`) ?? [])].filter(([backend]) => backend !== except)
    return others.length === 0 ? null : Math.max(...others.map(([, rate]) => rate))
  }
}

interface Raised {
  readonly row: Check
  readonly own: Evidence
  readonly run: BackendRun
  readonly index: number
  readonly doubt: Doubt
}

/** One finding for each rule, backend, test and effect: the clearest run speaks, the others are named. */
function merge(raised: readonly Raised[]): Finding[] {
  const groups = new Map<string, Raised[]>()
  for (const one of raised) {
    const key = [one.row.rule, one.own.backend.id, one.doubt.metric, one.doubt.effect, one.doubt.cause].join(
      ' ',
    )
    const group = groups.get(key) ?? []
    group.push(one)
    groups.set(key, group)
  }
  return [...groups.values()].flatMap((group) => {
    const clearest = group.toSorted((a, b) => b.doubt.strength - a.doubt.strength || a.index - b.index)[0]
    if (!clearest) return []
    const { row, own, run, doubt } = clearest
    const cell = doubt.metric ? run.cells[doubt.metric] : null
    const runs = [...new Set(group.map((g) => g.index))]
    const place = { file: run.path, line: cell?.line ?? run.line, column: cell?.column ?? 1 }
    return [
      {
        level: levelOf(doubt),
        rule: row.rule,
        message: doubt.message + inRuns(group, clearest),
        place,
        remedy: row.remedy,
        backend: own.backend.id,
        ...(doubt.metric && { metric: doubt.metric }),
        runs,
        value: doubt.value === undefined ? doubt.strength : doubt.value,
        ...(doubt.effect && { effect: doubt.effect }),
        ...(doubt.cause && { cause: doubt.cause }),
      },
    ]
  })
}

/** A doubt that costs a cell its standing, or a comparison, is a warning; what is only noted is a note. */
export function levelOf({ effect, warns }: Doubt): Finding['level'] {
  return effect || warns ? 'warning' : 'note'
}

/** On which runs a doubt fell, where that adds something: a cause that does not depend on the run is said once. */
function inRuns(group: readonly Raised[], clearest: Raised): string {
  const n = clearest.own.runs.length
  const runs = [...new Set(group.map((g) => g.index))]
  const alike = group.every((g) => g.doubt.message === clearest.doubt.message)
  if (n === 1 || (alike && runs.length === n)) return ''
  if (runs.length === 1) return ` (Run ${clearest.index} of ${n}.)`
  const which = runs.length === n ? `all ${counted(n, 'run')}` : `runs ${listed(runs.map(String))} of ${n}`
  return alike ? ` (In ${which}.)` : ` (In ${which}; the clearest gave these numbers.)`
}

function byBackend(evidence: readonly Evidence[]): (a: Finding, b: Finding) => number {
  const rank = (id: string) => evidence.findIndex((e) => e.backend.id === id)
  const test = (f: Finding) => (f.metric ? METRIC_IDS.indexOf(f.metric) : METRIC_IDS.length)
  const rule = (f: Finding) => CHECKS.findIndex((c) => c.rule === f.rule)
  return (a, b) =>
    rank(a.backend) - rank(b.backend) ||
    test(a) - test(b) ||
    rule(a) - rule(b) ||
    compareText(a.message, b.message)
}
