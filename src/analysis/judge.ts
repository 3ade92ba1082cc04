import { compareText } from '../model/diagnostic.ts'
import { counted, runNames, whole } from '../model/format.ts'
import { METRIC_IDS, type MetricId } from '../model/metric.ts'
import type { Finding, Validity } from '../model/report.ts'
import type { Run } from '../model/run.ts'
import type { Facts } from '../model/study.ts'
import { CHECKS } from './checks.ts'
import type { Check, Doubt, Placed, Scene, Setting } from './doubt.ts'
import { type Evidence, memories, rangeOf, testOf } from './evidence.ts'

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
  const states = new States(evidence.flatMap((e) => e.runs))
  const numbers = new Map(evidence.flatMap((e) => e.runs.map((run, i) => [run, i + 1] as const)))
  const all: Raised[] = []
  let findings: readonly Finding[] = []
  for (const peers of [false, true]) {
    const best = bestRates(evidence, (run, id) => states.isLimit(run, id))
    const rows = CHECKS.filter((row) => ('peers' in row && row.peers === true) === peers)
    const raised = evidence.flatMap((own) => {
      const setting = settingOf(own, evidence, facts, best)
      const scenes = own.runs.map((run) => ({ ...setting, run }))
      return rows.map((row) => ({ row, own, placed: ask(row, setting, scenes) }))
    })
    for (const { placed } of raised) {
      for (const { runs, doubt } of placed) for (const run of runs) states.lower(run, doubt)
    }
    // no push of them all: there may be more than a call takes arguments
    findings = [...findings, ...merge(raised, numbers)]
    all.push(...raised)
  }
  let byRun: ReadonlyMap<Run, readonly RaisedDoubt[]> | null = null
  const doubts = (run: Run, id: MetricId) => {
    byRun ??= doubtsByRun(all)
    return (byRun.get(run) ?? []).filter(({ doubt }) => touched(run, doubt).includes(id))
  }
  const validity = (run: Run, id: MetricId) => states.of(run, id)
  return { findings: findings.toSorted(byBackend(evidence)), validity, doubts }
}

/** The standing of every cell of some runs, in two bytes each. */
class States {
  readonly #rows: ReadonlyMap<Run, number>
  /** numbers in ORDER */
  readonly #states: Uint8Array
  /** 1: doubted for more than that a cache may have raised it */
  readonly #doubted: Uint8Array

  constructor(runs: readonly Run[]) {
    this.#rows = new Map(runs.map((run, i) => [run, i]))
    this.#states = new Uint8Array(runs.length * METRIC_IDS.length)
    this.#doubted = new Uint8Array(this.#states.length)
    for (const run of runs)
      for (const id of METRIC_IDS) this.#states[this.#cell(run, id)] = ORDER.indexOf(printed(run, id))
  }

  of(run: Run, id: MetricId): Validity {
    return ORDER[this.#states[this.#cell(run, id)] ?? -1] ?? 'missing'
  }

  /** A cache can only have raised a rate, so a rate doubted for that alone is still an upper limit of the disk's. */
  isLimit(run: Run, id: MetricId): boolean {
    const state = this.of(run, id)
    return state === 'disk' || (state === 'suspect' && this.#doubted[this.#cell(run, id)] === 0)
  }

  /** What a doubt about a run costs its cells. */
  lower(run: Run, doubt: Doubt): void {
    const { effect, raises } = doubt
    if (!effect) return
    for (const id of touched(run, doubt)) {
      const cell = this.#cell(run, id)
      this.#states[cell] = Math.max(this.#states[cell] ?? 0, ORDER.indexOf(effect))
      if (!raises) this.#doubted[cell] = 1
    }
  }

  #cell(run: Run, id: MetricId): number {
    const row = this.#rows.get(run)
    return row === undefined ? -1 : row * METRIC_IDS.length + (PLACES.get(id) ?? 0)
  }
}

const PLACES: ReadonlyMap<MetricId, number> = new Map(METRIC_IDS.map((id, i) => [id, i]))

function doubtsByRun(all: readonly Raised[]): ReadonlyMap<Run, readonly RaisedDoubt[]> {
  const byRun = new Map<Run, RaisedDoubt[]>()
  for (const { row, placed } of all) {
    for (const { runs, doubt } of placed) {
      const raised = { rule: row.rule, doubt }
      for (const run of runs) {
        const own = byRun.get(run)
        if (own) own.push(raised)
        else byRun.set(run, [raised])
      }
    }
  }
  return byRun
}

/** The cells a doubt is about: one, or of a run as a whole every rate; none where it only notes something. */
function touched(run: Run, { metric, effect }: Doubt): readonly MetricId[] {
  if (metric) return [metric]
  return effect ? METRIC_IDS.filter((id) => rangeOf(run, id)) : []
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
function ask(row: Check, setting: Setting, scenes: readonly Scene[]): readonly Placed[] {
  if ('series' in row) return row.series(setting)
  const placed: Placed[] = []
  for (const scene of scenes) for (const doubt of row.check(scene)) placed.push({ runs: [scene.run], doubt })
  return placed
}

/** The best rate on a test of any backend but one, among those that may count as the disk; null where there is none. */
type BestRates = (id: MetricId, test: string, except: string) => number | null

/** Looks once at every cell, so that asking for each run does not look at all others again. */
function bestRates(all: readonly Evidence[], limit: (run: Run, id: MetricId) => boolean): BestRates {
  const best = new Map(METRIC_IDS.map((id) => [id, new Map<string, Map<string, number>>()]))
  for (const { backend, runs } of all) {
    for (const run of runs) {
      for (const [id, tests] of best) {
        const range = limit(run, id) ? rangeOf(run, id) : null
        if (!range) continue
        const rates = tests.get(testOf(run, id)) ?? new Map<string, number>()
        if (rates.size === 0) tests.set(testOf(run, id), rates)
        rates.set(backend.id, Math.max(range.low, rates.get(backend.id) ?? 0))
      }
    }
  }
  return (id, test, except) => {
    const others = [...(best.get(id)?.get(test) ?? [])].filter(([backend]) => backend !== except)
    return others.length === 0 ? null : Math.max(...others.map(([, rate]) => rate))
  }
}

/** What a row of the shelf found in the runs of a backend. */
interface Raised {
  readonly row: Check
  readonly own: Evidence
  readonly placed: readonly Placed[]
}

/** One finding for each rule, backend, test and effect: the clearest run speaks, the others are named. */
function merge(raised: readonly Raised[], numbers: ReadonlyMap<Run, number>): Finding[] {
  const groups = new Map<string, Raised & { readonly placed: Placed[] }>()
  for (const { row, own, placed } of raised) {
    for (const each of placed) {
      const { metric, effect, cause } = each.doubt
      const key = `${row.rule} ${own.backend.id} ${metric} ${effect} ${cause}`
      const group = groups.get(key)
      if (group) group.placed.push(each)
      else groups.set(key, { row, own, placed: [each] })
    }
  }
  const numberOf = (run: Run | undefined) => (run && numbers.get(run)) ?? 1
  return [...groups.values()].flatMap(({ row, own, placed }) => {
    // of several alike the first run: each names its own in their order
    const clearest = placed.reduce((best, each) => {
      const more =
        each.doubt.strength - best.doubt.strength || numberOf(best.runs[0]) - numberOf(each.runs[0])
      return more > 0 ? each : best
    })
    const {
      doubt,
      runs: [run],
    } = clearest
    if (!run) return []
    const runs = [...new Set(placed.flatMap((each) => each.runs.map(numberOf)))]
    const alike = placed.every((each) => each.doubt.message === doubt.message)
    const cell = doubt.metric ? run.cells[doubt.metric] : null
    const place = { file: run.path, line: cell?.line ?? run.line, column: cell?.column ?? 1 }
    return [
      {
        level: levelOf(doubt),
        rule: row.rule,
        message: doubt.message + inRuns(runs, own.runs.length, numberOf(run), alike),
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

/**
 * On which of n runs a doubt fell, where that adds something: a cause that does not depend on the run is said once.
 * `alike`: it is put in the same words of all.
 */
function inRuns(runs: readonly number[], n: number, clearest: number, alike: boolean): string {
  if (n === 1 || (alike && runs.length === n)) return ''
  if (runs.length === 1) return ` (Run ${clearest} of ${n}.)`
  const which = runs.length === n ? `all ${counted(n, 'run')}` : `${runNames(runs)} of ${whole(n)}`
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
