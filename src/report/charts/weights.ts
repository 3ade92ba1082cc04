import {
  countWord,
  exceeding,
  listed,
  SLIGHT,
  sentenceCase,
  sharesApart,
  shareText,
} from '../../model/format.ts'
import { metric } from '../../model/metric.ts'
import type { Recommendation, Report } from '../../model/report.ts'
import type { Chart, Data, Figure, KeyEntry, Table } from '../figure.ts'
import { type Balance, narrowBalance, wideBalance } from './balance.ts'
import { precise } from './data.ts'
import { type DotRow, SHARE_AXIS } from './dot-marks.ts'
import { type DotGroup, narrowDots, wideDots } from './dots.ts'
import { type Party, partiesOf } from './evidence.ts'
import { keyOf, keyOfDots } from './key.ts'
import { sharesOf, shareTexts, type Weighed, wasWeighed } from './shares.ts'

/*
 * Where advice hangs on weights, which are an opinion. Of two backends: how much of the weight must lie on the tests
 * where one is ahead for it to lead. Of three and more: the share of weightings that each wins.
 */

/** The recommendations by their weights, or null where nothing could be weighed. */
export function weightSpace(report: Report): Figure | null {
  const weighed = report.recommendations.filter((r): r is Weighed => Boolean(r.score && r.weighting))
  const ids = new Set(weighed.flatMap((r) => r.weighting.shares.map((s) => s.backend)))
  const parties = partiesOf(report).filter((party) => ids.has(party.id))
  const [one, two] = parties
  if (weighed.length === 0 || !one || !two) return null
  const title = findingOf(weighed, parties) ?? 'How far the advice hangs on the weights'
  const pairs = parties.length === 2
  return {
    id: 'weights',
    title,
    ...(pairs ? ofTwo(weighed, [one, two], title) : ofMany(weighed, parties, title)),
  }
}

type Body = Omit<Figure, 'id' | 'title'>

// ─── of two ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Seen from the backend that leads most of the workloads. */
function ofTwo(weighed: readonly Weighed[], [one, two]: readonly [Party, Party], title: string): Body {
  const led = (party: Party) => weighed.filter((r) => r.score.backend === party.id).length
  const [ours, theirs] = led(two) > led(one) ? [two, one] : [one, two]
  const rows = weighed.map((r) => balanceOf(r, ours))
  const chart: Chart = {
    id: 'weights',
    title,
    description: weighed.map((r) => `${r.title}: ${sentence(r, ours, theirs)}.`).join(' '),
    wide: wideBalance(rows, ours, theirs),
    narrow: narrowBalance(rows, ours, theirs),
    data: pairData(weighed),
  }
  return {
    subtitle: `Share of the covered weight on the measures where ${ours.name} is ahead, from none to all, on a linear scale: to the right of the break-even ${ours.name} scores higher, to its left ${theirs.name}.`,
    key: [
      ...keyOf(
        [ours, theirs].filter((party) =>
          rows.some((row) => (party === ours ? row.needed < 1 : row.needed > 0)),
        ),
      ),
      ...(weighed.some((r) => r.weighting.breakEven) ? [BREAK_EVEN_KEY] : []),
      { symbol: 'here', label: 'where the workload lies' },
      ...(rows.some((row) => row.hollow) ? [OPEN_KEY] : []),
    ],
    charts: [chart],
    table: pairTable(weighed, ours, theirs),
    note: WHAT_LEADING_IS,
  }
}

const BREAK_EVEN_KEY: KeyEntry = { symbol: 'break-even', label: 'break-even: neither leads' }
const OPEN_KEY: KeyEntry = { symbol: 'hollow', label: 'hollow: no difference shown, or none that matters' }
const WHAT_LEADING_IS =
  'Weights decide only between numbers as they were measured: whether a lead is more than chance is said with each recommendation.'

/** Workloads for which a backend is named. */
function isNamed({ verdict }: Weighed): boolean {
  return verdict === 'recommended' || verdict === 'leaning'
}

function balanceOf(r: Weighed, ours: Party): Balance {
  const { breakEven } = r.weighting
  const leads = r.score.backend === ours.id
  const common = { label: r.title, hollow: !isNamed(r) }
  if (!breakEven)
    return { ...common, needed: leads ? 0 : 1, here: leads ? 1 : 0, text: 'whatever the weights' }
  const seen = (share: number) => (leads ? share : 1 - share)
  const [needed, here] = [seen(breakEven.needed), seen(breakEven.carried)]
  const [from, at] = sharesApart(needed, here)
  return { ...common, needed, here, text: `from ${from}, here ${at}` }
}

function sentence(r: Weighed, ours: Party, theirs: Party): string {
  const leader = r.score.backend === ours.id ? ours : theirs
  if (!r.weighting.breakEven) return `${leader.name} leads whatever the weights`
  const { needed, here } = balanceOf(r, ours)
  const [from, at] = sharesApart(needed, here)
  return `${ours.name} leads where the measures on which it is ahead carry ${exceeding(from)} of the weight; here they carry ${at}`
}

function aheadWords({ score, weighting }: Weighed, parties: readonly Party[]): string {
  const leader = parties.find((party) => party.id === score.backend)?.name ?? score.backend
  if (!weighting.breakEven) return `${leader}: every measure`
  return `${leader}: ${listed(weighting.breakEven.ahead.map(measureWords))}`
}

function measureWords(term: NonNullable<Weighed['weighting']['breakEven']>['ahead'][number]): string {
  if (term === 'latency') return 'the worst latencies'
  return term === 'cpu' ? "the guest's CPU" : metric(term).label
}

function pairTable(weighed: readonly Weighed[], ours: Party, theirs: Party): Table {
  return {
    caption: 'How the advice hangs on the weights',
    head: [
      'Workload',
      `${ours.name} leads`,
      'Ahead',
      `${ours.name} first, around these weights`,
      `${ours.name} first, any weights`,
    ],
    rows: weighed.map((r) => {
      const { text } = balanceOf(r, ours)
      const leads = r.weighting.breakEven || r.score.backend === ours.id ? text : 'never'
      return [r.title, leads, aheadWords(r, [ours, theirs]), ...shareTexts(r, ours)]
    }),
  }
}

function pairData(weighed: readonly Weighed[]): Data {
  const rows = weighed.map(({ profile, score, weighting: { breakEven } }) => [
    profile,
    score.backend,
    score.against,
    breakEven ? breakEven.ahead.join(' ') : 'all',
    precise((breakEven?.needed ?? 0) * 100),
    precise((breakEven?.carried ?? 1) * 100),
  ])
  const head = ['workload', 'leader', 'against', 'ahead_on']
  return { head: [...head, 'weight_needed_percent', 'weight_carried_percent'], rows }
}

// ─── of three and more ──────────────────────────────────────────────────────────────────────────────────────────

function ofMany(weighed: readonly Weighed[], parties: readonly Party[], title: string): Body {
  // who hardly ever comes first would only make the chart longer
  const winners = parties.filter((party) => weighed.some((r) => Math.max(...sharesOf(r, party)) >= SLIGHT))
  const losers = parties.filter((party) => !winners.includes(party))
  const groups = weighed.map((r): DotGroup => {
    const open = OPEN_WORDS[r.verdict]
    return { heading: r.title, rows: rowsOf(r, winners), ...(open !== undefined && { message: open }) }
  })
  const description = weighed.map((r) => {
    const each = parties.map((party) => {
      const [around = '', any = ''] = shareTexts(r, party)
      return `${party.name} ${wasWeighed(r, party) ? `${around}, with any weights ${any}` : around}`
    })
    return `${r.title}: ${each.join('; ')}.`
  })
  return {
    subtitle:
      'Share of weightings in which each backend scores higher than all others, on a linear scale: once with weights varied around those of the workload, once with any weights at all. Further right is first more often.',
    key: keyOfDots(
      groups.flatMap((group) => group.rows),
      { run: { symbol: 'run', label: 'with any weights at all' } },
    ),
    charts: [
      {
        id: 'weights',
        title,
        description: description.join(' '),
        wide: wideDots(groups, SHARE_AXIS),
        narrow: narrowDots(groups, SHARE_AXIS),
        data: shareData(weighed, parties),
      },
    ],
    table: {
      caption: 'Share of weightings in which a backend comes first',
      head: ['Workload', 'Backend', 'Around these weights', 'Any weights'],
      rows: weighed.flatMap((r) => parties.map((party) => [r.title, party.name, ...shareTexts(r, party)])),
    },
    note: [...losersWords(weighed, losers), WHAT_LEADING_IS].join(' '),
  }
}

/** Who is not drawn, and why: those that hardly ever come first, and those that never do. */
function losersWords(weighed: readonly Weighed[], losers: readonly Party[]): string[] {
  const most = (party: Party) => Math.max(...weighed.flatMap((r) => sharesOf(r, party)))
  const told = (parties: readonly Party[], often: string) =>
    parties.length === 0
      ? []
      : [
          `${sentenceCase(listed(parties.map(({ name }) => name)))} ${parties.length === 1 ? 'comes' : 'come'} first in ${often} of them.`,
        ]
  return [
    ...told(
      losers.filter((party) => most(party) > 0),
      shareText(Math.max(...losers.map(most))),
    ),
    ...told(
      losers.filter((party) => most(party) === 0),
      'none',
    ),
  ]
}

/** What is said of a workload for which nobody is named. */
const OPEN_WORDS: Readonly<Partial<Record<Recommendation['verdict'], string>>> = {
  same: 'no practical difference',
  undecided: 'no difference shown',
}

function rowsOf(r: Weighed, parties: readonly Party[]): readonly DotRow[] {
  return parties.map((party) => {
    if (!wasWeighed(r, party))
      return { party, value: null, hollow: false, text: 'not weighed', settled: false }
    const [profile, any] = sharesOf(r, party)
    const text = `${shareTexts(r, party).join(', any ')}`
    return {
      party,
      value: profile,
      runs: [any],
      hollow: false,
      text,
      settled: isNamed(r) && r.choice === party.id,
    }
  })
}

function shareData(weighed: readonly Weighed[], parties: readonly Party[]): Data {
  const rows = weighed.flatMap((r) =>
    parties
      .filter((party) => wasWeighed(r, party))
      .map((party) => [r.profile, party.id, ...sharesOf(r, party).map((share) => precise(share * 100))]),
  )
  return {
    head: ['workload', 'backend', 'first_around_these_weights_percent', 'first_any_weights_percent'],
    rows,
  }
}

// ─── the title ──────────────────────────────────────────────────────────────────────────────────────────────────

/** From here on weights hardly matter. */
const NEARLY_ALL = 0.95

/**
 * Named workloads only. One backend named for all that could be weighed: in how many weightings at all it comes first.
 * Different ones: that the workload decides.
 */
function findingOf(weighed: readonly Weighed[], parties: readonly Party[]): string | null {
  const choices = new Set(weighed.filter(isNamed).flatMap((r) => r.choice ?? []))
  if (choices.size > 1) return 'Which backend to choose depends on the workload'
  const chosen = parties.find((party) => choices.has(party.id))
  if (!chosen || !weighed.every(isNamed)) return null
  const least = Math.min(...weighed.map((r) => sharesOf(r, chosen)[1]))
  if (least < NEARLY_ALL) return null
  const all = weighed.length === 1 ? 'the workload' : `the ${countWord(weighed.length)} workloads`
  const often =
    least === 1 ? 'all weightings drawn' : `at least ${Math.floor(least * 100)} % of all weightings`
  return `${sentenceCase(chosen.name)} comes first in ${often}, for ${all} that could be weighed`
}
