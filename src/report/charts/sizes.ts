import { rateNumber, rateText, sentenceCase } from '../../model/format.ts'
import { BLOCK_METRICS, type MetricId, metric } from '../../model/metric.ts'
import type { Report } from '../../model/report.ts'
import type { Chart, Drawing, Figure } from '../figure.ts'
import { markColour } from '../palette.ts'
import { sampleOf } from '../words.ts'
import { chartRate, rateData } from './data.ts'
import { RUN_LOOK } from './dot-marks.ts'
import {
  ARROW,
  areAlike,
  doubtWords,
  isDoubtful,
  type Party,
  partiesOf,
  rateInWords,
  rateTold,
  runsText,
  testLabel,
  testsWithRates,
  tooFastForAll,
} from './evidence.ts'
import { keyOf } from './key.ts'
import { linearScale, position, type Scale } from './scale.ts'
import { type Bar, drawing, type Head, type Label, type Line, type Mark } from './sketch.ts'
import { shortenAll, widest, widthOf } from './text.ts'

/*
 * True sizes: a panel a test with bars from zero, each panel on its own scale. A ratio says who is ahead, only this
 * says how much that is.
 */

const WIDTH = 300
const TEXT = 14
const BAR = 18
const GAP = 8
const ARROW_LENGTH = 22

/** Bars of the bulk rates, or null where none is known. */
export function trueSizes(report: Report, tests: readonly MetricId[]): Figure | null {
  const parties = partiesOf(report)
  const present = testsWithRates(report, tests)
  if (parties.length === 0 || present.length === 0) return null
  const samples = report.samples.filter((sample) => present.includes(sample.metric))
  const rows = present.flatMap((id) => rowsOf(report, id, parties))
  return {
    id: 'sizes',
    title: findingOf(report, parties) ?? 'Throughput at its true size',
    subtitle: `MB/s from zero, ${runsText(samples)}. Each panel has its own scale: compare bars within a panel, never between panels. Longer is faster.`,
    key: keyOf(
      [],
      rows.some((row) => row.drawn && row.doubtful) && {
        symbol: 'dashed',
        label: 'dashed: suspect, or not the disk',
      },
      rows.some((row) => row.runs.length > 0) && { symbol: 'run', label: 'a single run' },
      rows.some((row) => row.bound) && ARROW,
    ),
    charts: present.map((id) => panel(report, id, parties)),
    table: {
      caption: 'Throughput by test and backend',
      head: ['Test', ...parties.map((party) => party.name)],
      rows: present.map((id) => [testLabel(id), ...parties.map((party) => rateTold(report, party, id))]),
    },
  }
}

/**
 * `Block write: 18.5 MB/s (loopback) to 95.8 MB/s (blktap)`, and that others are in doubt, of the first block test with
 * two sure rates, unless enough runs of them were compared and show no difference.
 */
function findingOf(report: Report, parties: readonly Party[]): string | null {
  for (const id of BLOCK_METRICS.filter((test) => areAlike(report, test))) {
    const sure = parties.flatMap((party) => {
      const sample = sampleOf(report, party.id, id)
      return sample?.median.kind === 'measured' && sample.validity === 'disk'
        ? [{ party, median: sample.median }]
        : []
    })
    const [low, high] = [
      ...sure.sort((a, b) => a.median.value - b.median.value).slice(0, 1),
      ...sure.slice(-1),
    ]
    if (!low || !high) continue
    const [least, most] = [rateText(id, low.median), rateText(id, high.median)]
    if (least === most || isLevel(report, id, [low.party.id, high.party.id])) continue
    const doubted = parties.some((party) => isDoubtful(sampleOf(report, party.id, id)))
    const which = doubted ? ' without the numbers in doubt' : ''
    return `${sentenceCase(metric(id).label)}${which}: ${least} (${low.party.name}) to ${most} (${high.party.name})`
  }
  return null
}

/** Whether runs enough were compared to show a difference between two backends, and none was. */
function isLevel(report: Report, id: MetricId, pair: readonly string[]): boolean {
  return report.comparisons.some(
    ({ view, metric, backend, baseline, interval, verdict }) =>
      view === 'disk' &&
      metric === id &&
      pair.includes(backend) &&
      pair.includes(baseline) &&
      (verdict === 'same' || (verdict === 'unclear' && interval !== undefined)),
  )
}

interface Row {
  readonly party: Party
  readonly name: string
  readonly value: number
  readonly runs: readonly number[]
  readonly text: string
  readonly bound: boolean
  readonly doubtful: boolean
  /** whether there is a bar: where all that is known are bounds, bars would look like equal values */
  readonly drawn: boolean
}

function panel(report: Report, id: MetricId, parties: readonly Party[]): Chart {
  const names = parties.map((party) => party.name)
  // short names stand beside their bars, long ones above them
  const beside = widest(names, TEXT) <= 100
  const short = beside ? names : shortenAll(names, TEXT, WIDTH)
  const rows = rowsOf(report, id, parties).map((row, i) => ({ ...row, name: short[i] ?? row.name }))
  const sentences = parties.map((p) => `${p.name} ${rateInWords(sampleOf(report, p.id, id), id)}`)
  return {
    id: `sizes-${id.replace('_', '-')}`,
    title: testLabel(id),
    description: `${testLabel(id)}: ${sentences.join('; ')}.`,
    wide: lay(rows, beside),
    data: rateData(report, [id], parties),
  }
}

function rowsOf(report: Report, id: MetricId, parties: readonly Party[]): readonly Row[] {
  const rows = parties.map((party) => rowOf(report, id, party))
  if (!tooFastForAll(parties.map((party) => sampleOf(report, party.id, id)))) return rows
  return rows.map((row) => ({ ...row, value: 0, bound: false, drawn: false }))
}

function rowOf(report: Report, id: MetricId, party: Party): Row {
  const sample = sampleOf(report, party.id, id)
  const median = sample?.median ?? ({ kind: 'absent', why: 'not run' } as const)
  const runs = (sample?.values ?? []).flatMap(({ rate }) =>
    rate.kind === 'measured' ? [chartRate(id, rate)] : [],
  )
  const doubtful = isDoubtful(sample)
  return {
    party,
    name: party.name,
    value: median.kind === 'absent' ? 0 : chartRate(id, median),
    runs: runs.length > 1 ? runs : [],
    text: `${rateNumber(id, median)}${median.kind === 'absent' ? '' : doubtWords(sample)}`,
    bound: median.kind === 'at least',
    doubtful,
    drawn: median.kind !== 'absent',
  }
}

/** How far to the right of its bar a row reaches. */
function tail(row: Row): number {
  return (row.bound ? ARROW_LENGTH : 0) + GAP + widthOf(row.text, TEXT) + 1
}

/** The run that sticks out furthest decides where the label begins. */
function reachOf(row: Row): number {
  return Math.max(row.value, ...row.runs)
}

function lay(rows: readonly Row[], beside: boolean): Drawing {
  const left = beside
    ? Math.ceil(
        widest(
          rows.map((row) => row.name),
          TEXT,
        ),
      ) + 12
    : 1
  const pitch = beside ? 32 : 46
  const middle = beside ? 15 : 31
  const scale = linearScale(
    rows.map((row) => ({ value: reachOf(row), left: 0, right: tail(row) })),
    [left, WIDTH - 1],
  )
  const parts: Parts = { lines: [], bars: [], marks: [], heads: [], labels: [] }
  rows.forEach((row, i) => {
    const [top, y] = [i * pitch, i * pitch + middle]
    const label = { align: 'left', size: TEXT, colour: 'var(--ink)' } as const
    parts.labels.push({ ...label, x: 0, y: beside ? y : top + 10, text: row.name, weight: 400 })
    drawRow(row, y, scale, parts)
  })
  const height = rows.length * pitch - (beside ? 2 : 4)
  // the line all bars stand on
  parts.lines.push({ x: left, x2: left, y: beside ? 1 : 18, y2: height, colour: 'var(--rule)', thick: 1 })
  return drawing({
    width: WIDTH,
    height,
    axis: { scale, ticks: [], bands: [], y: height },
    spans: [],
    ...parts,
  })
}

interface Parts {
  readonly lines: Line[]
  readonly bars: Bar[]
  readonly marks: Mark[]
  readonly heads: Head[]
  readonly labels: Label[]
}

function drawRow(row: Row, y: number, scale: Scale, { lines, bars, marks, heads, labels }: Parts): void {
  const colour = markColour(row.party.slot)
  const what = row.party.name
  const end = position(scale, reachOf(row))
  if (row.drawn) {
    bars.push({ what, value: row.value, y: y - BAR / 2, y2: y + BAR / 2, colour, outlined: row.doubtful })
  }
  if (row.bound) {
    lines.push({ x: end, x2: end + ARROW_LENGTH - 6, y, y2: y, colour, thick: 2.5 })
    heads.push({ x: end + ARROW_LENGTH - 5, y, shape: 'triangle-right', colour })
  }
  // runs stand one below the other in their order, so that they neither hide each other nor a drift
  row.runs.forEach((value, i) => {
    const offset = (i / (row.runs.length - 1) - 0.5) * (BAR - 5)
    marks.push({ what, value, y: y + offset, ...RUN_LOOK })
  })
  labels.push({
    x: end + (row.bound ? ARROW_LENGTH : 0) + GAP,
    y,
    text: row.text,
    align: 'left',
    size: TEXT,
    weight: row.drawn ? 600 : 400,
    colour: row.drawn && !row.doubtful ? 'var(--ink)' : 'var(--ink-2)',
  })
}
