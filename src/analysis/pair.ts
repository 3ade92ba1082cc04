import { turned } from '../model/comparison.ts'
import { counted, countWord, listed, type Word, wordOf } from '../model/format.ts'
import { type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Report, Sample, Validity, View } from '../model/report.ts'
import { ENOUGH } from './compare.ts'

/*
 * One backend against another: what the comparisons of a study say of the two, test by test, and where they say
 * nothing, why.
 */

/** One backend against another on one test. Ratios are rates of `backend` ÷ rates of `baseline`. */
export interface Standing {
  readonly metric: MetricId
  /** of the disk view, which decides */
  readonly verdict: Word
  /** why it cannot be told: an end of a sentence; null where it can */
  readonly because: string | null
  /** null where a side did not measure the disk, or where nothing is known of the ratio */
  readonly disk: Comparison | null
  /** null where a side has no such sample */
  readonly measured: Comparison | null
  /** of the two samples */
  readonly validity: readonly [Validity, Validity]
}

type Compared = Pick<Report, 'samples' | 'comparisons' | 'backends'>

/** Every test that either of the two ran, in bonnie++'s order. */
export function standings(report: Compared, backend: string, baseline: string): Standing[] {
  const of = (id: string) => report.samples.filter((s) => s.backend === id)
  const [own, other] = [of(backend), of(baseline)]
  return own.flatMap((a): Standing[] => {
    const b = other.find((s) => s.metric === a.metric)
    if (!b || (notRun(a) && notRun(b))) return []
    const disk = between(report, a, b, 'disk')
    const measured = between(report, a, b, 'measured')
    const because = whyNot(report, [a, b], { disk, measured })
    return [
      {
        metric: a.metric,
        verdict: because === null && disk ? wordOf(disk) : 'cannot tell',
        because,
        disk,
        measured,
        validity: [a.validity, b.validity],
      },
    ]
  })
}

function notRun({ values }: Sample): boolean {
  return values.every(({ rate }) => rate.kind === 'absent' && rate.why === 'not run')
}

function between({ comparisons }: Compared, a: Sample, b: Sample, view: View): Comparison | null {
  const found = comparisons.find((c) => {
    const ids = [c.backend, c.baseline]
    return c.view === view && c.metric === a.metric && ids.includes(a.backend) && ids.includes(b.backend)
  })
  if (!found) return null
  return found.backend === a.backend ? found : turned(found)
}

/** Why two samples do not tell, as the end of a sentence; null where they do. */
function whyNot(
  report: Compared,
  sides: readonly Sample[],
  { disk, measured }: Pick<Standing, 'disk' | 'measured'>,
): string | null {
  const name = ({ backend }: Sample) => report.backends.find((b) => b.id === backend)?.title ?? backend
  const missing = sides.filter((s) => s.validity === 'missing')
  if (missing.length > 0) return `${listed(missing.map(name))} ${have(missing)} no rate`
  const elsewhere = sides.filter((s) => s.validity === 'not-disk')
  if (elsewhere.length > 0) return `${listed(elsewhere.map(name))} did not measure the disk`
  if (!disk) return measured?.ratio.kind === 'unknown' ? measured.ratio.why : 'no side measured the disk'
  if (disk.interval) return null
  if (Math.min(...disk.n) >= ENOUGH) return 'some runs were too fast to time'
  const [own, other] = disk.n
  const runs =
    own === other ? `${counted(own, 'run')} each` : `${counted(own, 'run')} against ${countWord(other)}`
  return `${runs}, and it takes ${countWord(ENOUGH)} a side`
}

function have(sides: readonly Sample[]): string {
  return sides.length === 1 ? 'has' : 'have'
}

export type Outcome = Word | 'mixed'

/** All tests together: worse or better where any is, the same where all that tell are. */
export function outcomeOf(found: readonly Standing[]): Outcome {
  const words = new Set(found.map(({ verdict }) => verdict))
  if (words.has('worse')) return words.has('better') ? 'mixed' : 'worse'
  if (words.has('better')) return 'better'
  if (words.has('unclear')) return 'unclear'
  return words.has('same') ? 'same' : 'cannot tell'
}

const TOLD: readonly (readonly [word: Word, joint: string, after: string])[] = [
  ['worse', 'worse than', ''],
  ['better', 'better than', ''],
  ['same', 'the same as', ' for practical purposes'],
]

/** The verdicts of the disk view in sentences: what is told, where no difference is shown, and what cannot be told. */
export function pairSentences(found: readonly Standing[], backend: string, baseline: string): string[] {
  const told = TOLD.flatMap(([word, joint, after]) => {
    const own = found.filter(({ verdict }) => verdict === word)
    return own.length === 0 ? [] : [`On ${labels(own)} ${backend} is ${joint} ${baseline}${after}.`]
  })
  const unclear = found.filter(({ verdict }) => verdict === 'unclear')
  const reasons = [...new Set(found.flatMap(({ because }) => because ?? []))]
  if (found.length === 0) return ['It cannot be told: no test was run on both sides.']
  return [
    ...told,
    ...(unclear.length > 0 ? [`On ${labels(unclear)} no difference is shown.`] : []),
    ...reasons.map((reason) => {
      const own = found.filter(({ because }) => because === reason)
      return `On ${labels(own)} it cannot be told: ${reason}.`
    }),
  ]
}

function labels(found: readonly Standing[]): string {
  return listed(found.map(({ metric: id }) => metric(id).label))
}
