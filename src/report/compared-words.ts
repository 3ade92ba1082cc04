import type { Agreement, Direction, Found, Indirect, TestAcross, Way } from '../model/across.ts'
import { counted, countWord, factor, listed } from '../model/format.ts'
import { METRIC_IDS, type MetricId, metric } from '../model/metric.ts'
import { ratioCell, runsEach } from './words.ts'

/** How the two backends of a pair are called, in its order. */
export type Names = readonly [first: string, second: string]

/** A ratio on disk evidence, or what was printed where there is none. */
export function foundRatio({ disk, measured }: Found): string {
  if (disk) return ratioCell(disk)
  return measured.ratio.kind === 'unknown' ? 'none' : `as printed ${ratioCell(measured)}`
}

/** What a study says on a test, with how much it rests on: `no difference shown (four runs each, LVM suspect)`. */
export function foundVerdict(found: Found, names: Names): string {
  const { disk, because } = found
  if (!disk) return `no disk evidence (${because ?? 'on neither side'})`
  return `${verdictOf(disk, names)} (${[runsEach(disk.n), ...suspects(found, names)].join(', ')})`
}

function verdictOf({ verdict, interval, spread }: NonNullable<Found['disk']>, [a, b]: Names): string {
  if (verdict === 'same') return 'the same for practical purposes'
  if (verdict !== 'unclear') return `${verdict === 'better' ? a : b} faster`
  if (interval) return 'no difference shown'
  if (spread === undefined) return 'unclear, some runs too fast to time'
  return `unclear, ${spread} the usual spread of runs`
}

function suspects({ validity }: Pick<Found, 'validity'>, names: Names): string[] {
  const found = names.filter((_, i) => validity[i] === 'suspect')
  return found.length === 0 ? [] : [`${found.length === 2 ? 'both' : found[0]} suspect`]
}

const LIKENESS = {
  yes: [],
  no: ['They did not make the same test.'],
  unknown: ['Whether they made the same test is not known.'],
} as const

/** How the studies of a pair stand to each other on a test, in one to five sentences; null where there is one. */
export function agreementSentences({ metric: id, agreement }: TestAcross, names: Names): string | null {
  if (!agreement) return null
  const { alike, apart, solid, studies } = agreement
  return [
    `On ${metric(id).label} ${directionWords(agreement, names)}.`,
    ...certainty(agreement),
    ...(solid > 0
      ? []
      : [`In ${studies === 2 ? 'neither' : 'none of them'} are both sides beyond suspicion.`]),
    ...LIKENESS[alike],
    ...(apart
      ? [`${studies === 2 ? 'They' : 'Some of them'} differ by more than the spread of runs explains.`]
      : []),
  ].join(' ')
}

function directionWords({ directions, studies }: Agreement, [a, b]: Names): string {
  const two = studies === 2
  const has = (one: Direction) => directions.includes(one)
  if (has('ahead') && has('behind')) {
    const [here, there] = two ? ['in one', 'in the other'] : ['in some', 'in others']
    return `the studies contradict each other: ${a} was the faster ${here} and ${b} ${there}`
  }
  if (!has('ahead') && !has('behind')) return levelWords({ directions, studies })
  const faster = has('ahead') ? `${a} was faster than ${b}` : `${b} was faster than ${a}`
  if (directions.length === 1) return `${faster} in ${two ? 'both' : `all ${countWord(studies)}`} studies`
  if (!two) return `${faster} in some studies, but not in others`
  return `${faster} in one study, and the other ${has('same') ? 'calls them the same for practical purposes' : 'shows no difference'}`
}

function levelWords({ directions, studies }: Pick<Agreement, 'directions' | 'studies'>): string {
  const two = studies === 2
  const all = two ? 'both studies' : `all ${countWord(studies)} studies`
  const [first] = directions
  if (directions.length > 1)
    return two
      ? 'one study calls them the same for practical purposes, and the other shows no difference'
      : 'some studies call them the same for practical purposes, and the others show no difference'
  if (first === 'same') return `${all} call them the same for practical purposes`
  return two
    ? 'neither study shows a difference'
    : `none of the ${countWord(studies)} studies shows a difference`
}

/** How many of the studies can tell chance from difference, where not all can. */
function certainty({ studies, sure }: Agreement): string[] {
  if (sure === studies) return []
  const none = studies === 2 ? 'Neither' : 'None of them'
  if (sure === 0) return [`${none} has the runs that an interval takes, so chance is not ruled out.`]
  const [which, have] = studies - sure === 1 ? ['One', 'has'] : ['Some', 'have']
  return [`${which} of them ${have} too few runs, or runs too fast to time, for an interval.`]
}

/** A ratio by way of a third backend. */
export function wayRatio({ ratio, interval, legs }: Way): string {
  const spread = interval ? '' : ', spread unknown'
  const suspect = legs.some(({ validity }) => validity.includes('suspect')) ? ', suspect' : ''
  return `${ratioCell({ ratio, ...(interval && { interval }) })}${spread}${suspect}`
}

/** What is to be said of several ways between the same two backends on a test; null where there is one. */
export function waysSentence({ metric: id, count, span, apart }: Indirect): string | null {
  if (count < 2) return null
  const label = metric(id).label
  if (apart)
    return `On ${label} the ways contradict each other by more than the spread of runs explains. What holds on one machine seems not to hold on the other, so none of these ratios can be relied on.`
  return `On ${label} there are ${counted(count, 'way')}, with ratios from ${spanWords(span)}.`
}

/** `0.33 to 1.04`: from the least to the greatest ratio. */
export function spanWords({ low, high }: Indirect['span']): string {
  return `${factor(low)} to ${factor(high)}`
}

const FILE_TESTS = METRIC_IDS.filter((id) => metric(id).family === 'files')

/** Tests by name; all that create, look up and delete files by one: `block read and all file tests`. */
export function testNames(ids: readonly MetricId[], joint: 'and' | 'or' = 'and'): string {
  const files = FILE_TESTS.every((id) => ids.includes(id))
  const single = files ? ids.filter((id) => !FILE_TESTS.includes(id)) : ids
  const all = joint === 'or' ? 'any file test' : 'all file tests'
  return listed([...single.map((id) => metric(id).label), ...(files ? [all] : [])], joint)
}

/** `LVM and native, through loopback`. */
export function unlikeWords([a, b]: Names, through: readonly string[]): string {
  return `${a} and ${b}, through ${listed(through)}`
}
