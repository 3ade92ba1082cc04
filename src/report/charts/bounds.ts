import { countWord, rateNumber, sentenceCase, threeDigits } from '../../model/format.ts'
import { magnitude } from '../../model/measurement.ts'
import { type MetricId, metric } from '../../model/metric.ts'
import type { Report } from '../../model/report.ts'
import type { Told } from '../doors.ts'
import type { Chart, Figure, KeyEntry } from '../figure.ts'
import { sampleOf } from '../words.ts'
import { rateData } from './data.ts'
import type { DotRow } from './dot-marks.ts'
import { type DotGroup, narrowDots, wideDots } from './dots.ts'
import { narrowDumbbell, wideDumbbell } from './dumbbell.ts'
import {
  doubtWords,
  isDoubtful,
  type Party,
  partiesOf,
  rateInWords,
  rateTold,
  runsText,
  standing,
  standingText,
  testLabel,
  testsWithRates,
  tooFastForAll,
} from './evidence.ts'
import { keyOfDots, keyOfDumbbells } from './key.ts'
import { rowOf, sentence } from './ratios.ts'

/*
 * Seeks and file tests: many end before bonnie++ can time them, and a lower bound is neither a value nor nothing.
 */

const TOO_FAST = 'too fast to time on every backend'
const MEDIAN_INTERVAL = { symbol: 'interval', label: 'at least 95 % interval of the median' } as const
const PANELS = [
  { id: 'bounds-seeks', title: 'Seeks per second', family: 'seeks' },
  { id: 'bounds-files', title: 'Files per second', family: 'files' },
] as const

const ARROW_WORDS = '; an arrow means at least that much, because the test ended too soon to time'

/** What a figure of these tests is called where nothing stands out. */
function namesOf(tests: readonly MetricId[]): { readonly title: string; readonly caption: string } {
  const families = new Set(tests.map((id) => metric(id).family))
  if (!families.has('files')) return { title: 'Random seeks', caption: 'Seeks per second' }
  return families.has('seeks')
    ? { title: 'Seeks and file tests', caption: 'Seeks and files per second' }
    : { title: 'File tests', caption: 'Files per second' }
}

/** Seeks and files per second with their lower bounds, or null where none was measured. */
export function seeksAndFiles(report: Report, tests: readonly MetricId[]): Figure | null {
  const parties = partiesOf(report)
  const present = testsWithRates(report, tests)
  if (parties.length === 0 || present.length === 0) return null
  const samples = report.samples.filter((sample) => present.includes(sample.metric))
  const pair = parties.length === 2 ? parties : []
  const key = keyFor(report, present, parties)
  const arrows = key.some(({ symbol }) => symbol === 'arrow')
  const names = namesOf(present)
  return {
    id: 'bounds',
    title: findingOf(report, present, parties) ?? names.title,
    subtitle: `Per second on a log scale, ${runsText(samples)}. Further right is faster${arrows ? ARROW_WORDS : ''}.`,
    key,
    charts: PANELS.flatMap((panel) => {
      const ids = present.filter((id) => metric(id).family === panel.family)
      return ids.length > 0 ? [chartOf(report, panel, ids, parties)] : []
    }),
    table: {
      caption: names.caption,
      head: ['Test', ...parties.map((party) => party.name), ...(pair.length > 0 ? ['Ahead'] : [])],
      rows: present.map((id) => [
        testLabel(id),
        ...parties.map((party) => cellOf(report, party, id, pair.length === 0)),
        ...aheadOf(report, id, pair),
      ]),
    },
  }
}

function keyFor(report: Report, tests: readonly MetricId[], parties: readonly Party[]): readonly KeyEntry[] {
  const [one, two] = parties
  if (one && two && parties.length === 2)
    return keyOfDumbbells(tests.map((id) => rowOf(report, id, one, two)))
  const rows = tests.flatMap((id) => groupOf(report, id, parties).rows)
  return keyOfDots(rows, { interval: MEDIAN_INTERVAL, run: { symbol: 'run', label: 'a single run' } })
}

/** A rate, with the interval of its median where the chart draws one. */
function cellOf(report: Report, party: Party, id: MetricId, interval: boolean): Told {
  const told = rateTold(report, party, id)
  const sample = sampleOf(report, party.id, id)
  if (!interval || !sample?.interval) return told
  const { low, high } = sample.interval
  const range = ` (${threeDigits(low)} to ${threeDigits(high)})`
  return typeof told === 'string' ? told + range : { ...told, text: told.text + range }
}

function aheadOf(report: Report, id: MetricId, [one, two]: readonly Party[]): readonly Told[] {
  if (!one || !two) return []
  const text = standingText(standing(report, id, one, two)) || 'both too fast to time'
  return [{ text, of: { metric: id } }]
}

function chartOf(
  report: Report,
  { id, title }: { readonly id: string; readonly title: string },
  tests: readonly MetricId[],
  parties: readonly Party[],
): Chart {
  const [one, two] = parties
  const data = rateData(report, tests, parties)
  if (one && two && parties.length === 2) {
    const rows = tests.map((test) => rowOf(report, test, one, two))
    const description = tests.map((test) => sentence(report, test, one, two)).join(' ')
    return { id, title, description, wide: wideDumbbell(rows), narrow: narrowDumbbell(rows), data }
  }
  const groups = tests.map((test) => groupOf(report, test, parties))
  const description = tests.map((test) => rates(report, test, parties)).join(' ')
  return { id, title, description, wide: wideDots(groups), narrow: narrowDots(groups), data }
}

function rates(report: Report, id: MetricId, parties: readonly Party[]): string {
  const each = parties.map((party) => `${party.name} ${rateInWords(sampleOf(report, party.id, id), id)}`)
  return `${testLabel(id)}: ${each.join('; ')}.`
}

function groupOf(report: Report, id: MetricId, parties: readonly Party[]): DotGroup {
  const heading = testLabel(id)
  const fast = tooFastForAll(parties.map((party) => sampleOf(report, party.id, id)))
  if (fast && parties.length > 1) return { heading, message: TOO_FAST, rows: [] }
  return { heading, rows: parties.map((party) => dotOf(report, id, party)) }
}

function dotOf(report: Report, id: MetricId, party: Party): DotRow {
  const sample = sampleOf(report, party.id, id)
  const median = sample?.median ?? ({ kind: 'absent', why: 'not run' } as const)
  const hollow = isDoubtful(sample)
  const text = rateNumber(id, median)
  const runs = (sample?.values ?? []).flatMap(({ rate }) => (rate.kind === 'measured' ? rate.value : []))
  const interval = median.kind === 'measured' ? sample?.interval : undefined
  if (median.kind === 'absent' || magnitude(median) <= 0) {
    return { party, value: null, hollow: false, text, settled: false }
  }
  return {
    party,
    value: magnitude(median),
    hollow,
    text: `${text}${doubtWords(sample)}`,
    settled: !hollow,
    ...(interval && { interval: [interval.low, interval.high] as const }),
    ...(runs.length > 1 && { runs: runs.filter((rate) => rate > 0) }),
    ...(median.kind === 'at least' && { arrow: 'right' as const }),
  }
}

function whichOf(tests: readonly MetricId[]): string {
  return tests.some((id) => metric(id).family === 'seeks') ? 'seek and file' : 'file'
}

/** `Five of seven seek and file tests were too fast to time on every backend`. */
function findingOf(report: Report, tests: readonly MetricId[], parties: readonly Party[]): string | null {
  const cells = (id: MetricId) => parties.map((party) => sampleOf(report, party.id, id))
  const fast = tests.filter((id) => tooFastForAll(cells(id)))
  const whole = fast.flatMap(cells).every((sample) => sample?.median.kind === 'at least')
  const on = parties.length === 1 ? '' : ` on every backend${whole ? '' : ' that ran them'}`
  if (fast.length === tests.length && fast.length > 1)
    return `Every ${whichOf(tests)} test was too fast to time${on}`
  if (fast.length > 1) {
    return `${sentenceCase(countWord(fast.length))} of ${countWord(tests.length)} ${whichOf(tests)} tests were too fast to time${on}`
  }
  const [one, two] = parties
  if (!one || !two || parties.length > 2) return null
  const { leader, amount, sure } = standing(report, 'seeks', one, two)
  return leader && sure
    ? `${sentenceCase(leader.name)} sought ${amount} as fast as ${leader === one ? two.name : one.name}`
    : null
}
