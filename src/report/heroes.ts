import { rateNumber, times, unitWords } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import type { Comparison, Report, Sample, Validity } from '../model/report.ts'
import type { Told } from './doors.ts'
import { doubtOf, sampleOf, size, titleOf, unclearWords, VALIDITY_WORDS } from './words.ts'

/**
 * The hero numbers of the verdict card: of each block test the widest ratio between backends that may be chosen, as
 * printed, with its doubt.
 */
export interface Hero {
  readonly label: string
  readonly big: Told
  /** one after the other */
  readonly small: readonly Told[]
  readonly backend: string
  readonly validity: Validity
  /** whether a headline could rest on it: the statistics bear it out, or one run does where a side is sound */
  readonly telling: boolean
}

export function heroes(report: Report): Hero[] {
  return (['put_block', 'rewrite', 'get_block'] as const).flatMap((id) => {
    const known = report.comparisons.filter(
      (c) => c.view === 'measured' && c.metric === id && c.ratio.kind !== 'unknown',
    )
    const widest = told(report, known).toSorted((x, y) => width(y) - width(x))[0]
    return widest ? [hero(report, widest)] : []
  })
}

function width({ ratio }: Comparison): number {
  return Math.abs(Math.log(size(ratio)))
}

/** Pairs that the verdict is about, with the baseline where it is one of them; else all with the baseline. */
function told(report: Report, known: readonly Comparison[]): readonly Comparison[] {
  const general = report.recommendations.find(({ profile }) => profile === 'general')
  const out = (general?.excluded ?? []).flatMap((e) => (e.metric === undefined ? e.backend : []))
  const among = known.filter((c) => !out.includes(c.backend) && !out.includes(c.baseline))
  const withBaseline = (pairs: readonly Comparison[]) =>
    pairs.filter((c) => c.baseline === report.study.baseline)
  return [withBaseline(among), among, withBaseline(known)].find((pairs) => pairs.length > 0) ?? []
}

/** Nearer to 1 than this, nobody is called ahead. */
const LEVEL = 1.05

function hero(report: Report, c: Comparison): Hero {
  const up = size(c.ratio) >= 1
  const [ahead, behind] = up ? [c.backend, c.baseline] : [c.baseline, c.backend]
  const x = up ? size(c.ratio) : 1 / size(c.ratio)
  const sides = [sampleOf(report, ahead, c.metric), sampleOf(report, behind, c.metric)]
  const [fast, slow] = sides
  const validity =
    (['not-disk', 'suspect'] as const).find((v) => sides.some((s) => doubtOf(s) === v)) ?? 'disk'
  const rate = ({ backend, median }: Sample) => ({
    text: rateNumber(c.metric, median),
    of: { metric: c.metric, backend },
  })
  const medians = Math.max(...c.n) > 1 ? `${apart(x, sides) ? 'by geometric means, ' : ''}medians ` : ''
  const numbers = fast && slow ? [rate(fast), ' against ', rate(slow), ` ${unitWords(c.metric)}`] : []
  return {
    label: metric(c.metric).label,
    big: {
      text: c.ratio.kind === 'exact' ? times(x) : `>${times(x, 'down')}`,
      of: { metric: c.metric },
    },
    small: [`${standing(report, c, ahead, behind, x)}${heroDoubt(validity, sides)}: ${medians}`, ...numbers],
    backend: ahead,
    validity,
    telling: isTelling(report, c, sides),
  }
}

/** Whether a ratio of geometric means is not that of the medians beside it, because a run lies far from the others. */
function apart(x: number, [fast, slow]: readonly (Sample | undefined)[]): boolean {
  if (fast?.median.kind !== 'measured' || slow?.median.kind !== 'measured') return false
  return Math.abs(Math.log((x * slow.median.value) / fast.median.value)) > Math.log(LEVEL)
}

/** Looked up in the view of the disk, where what did not measure it has no comparison. */
function isTelling(report: Report, shown: Comparison, sides: readonly (Sample | undefined)[]): boolean {
  const onDisk = report.comparisons.find(
    (c) =>
      c.view === 'disk' &&
      c.metric === shown.metric &&
      c.backend === shown.backend &&
      c.baseline === shown.baseline,
  )
  if (!onDisk) return false
  const sound = sides.some((side) => side?.validity === 'disk')
  return onDisk.verdict !== 'unclear' || (onDisk.spread === 'far beyond' && sound)
}

/** Who is ahead, where the evidence lets one say so. */
function standing(report: Report, c: Comparison, ahead: string, behind: string, x: number): string {
  const [first, second] = [titleOf(report, ahead), titleOf(report, behind)]
  if (c.interval && c.verdict === 'unclear') return `${first} over ${second}, ${unclearWords(c)}`
  if (c.spread === 'within') return `${first} over ${second}, within the usual spread of runs`
  if (x < LEVEL) return `${first} and ${second} level`
  return `${first} ahead of ${second}`
}

function heroDoubt(validity: Validity, sides: readonly (Sample | undefined)[]): string {
  if (validity === 'disk') return ''
  if (validity === 'not-disk') return `, ${VALIDITY_WORDS[validity]}`
  return sides.every((s) => doubtOf(s) === 'suspect') ? ', both suspect' : ', one side suspect'
}
