import { sentenceCase } from '../model/format.ts'
import type { Recommendation, Report } from '../model/report.ts'
import { isOpen } from '../model/verdict.ts'
import type { Doors, Link } from './doors.ts'
import { linked, Verbatim } from './escape.ts'
import { type Hero, heroes } from './heroes.ts'
import { GRADE_WORDS, runCounts, runsEach } from './words.ts'

/*
 * The verdict card: what is advised for general use, how sure that is, and the numbers it rests on.
 */

/** What the card says; what is documented stands beside it. */
export function cardView(report: Report, general: Recommendation, doors: Doors) {
  const { level, words } = evidenceWords(report, general)
  return {
    verdict: isInvalid(report)
      ? `No advice, since the study is not valid. Its files alone say: ${general.sentence}`
      : general.sentence,
    open: isOpen(general),
    because: general.because,
    level,
    confidence: `${words}: ${isInvalid(report) ? 'the study is not valid' : runsEach(runCounts(report))}`,
    wouldChange: general.wouldChange,
    heroes: heroes(report).map((h) => heroView(h, doors)),
  }
}

function isInvalid({ study }: Report): boolean {
  return study.status === 'invalid'
}

/** How good the evidence for a verdict is, in words and in dots of three; none where nothing counts. */
function evidenceWords(
  report: Report,
  { verdict, grade }: Recommendation,
): {
  readonly level: number
  readonly words: string
} {
  if (isInvalid(report)) return { level: 0, words: 'No confidence' }
  const counts = report.samples.some(({ validity }) => validity === 'disk' || validity === 'suspect')
  if (verdict === 'no data')
    return { level: 0, words: counts ? 'No disk evidence that all share' : 'No disk evidence' }
  const { level, words } = GRADE_WORDS[grade]
  if (verdict !== 'insufficient' && verdict !== 'undecided') return { level, words: `${words} confidence` }
  return { level, words: `${OF_EVIDENCE[words] ?? words} evidence` }
}

/** Evidence is strong or weak where confidence is high or low. */
const OF_EVIDENCE: Readonly<Record<string, string>> = { High: 'Strong', Low: 'Weak' }

function heroView(hero: Hero, doors: Doors) {
  const big = doors.through(hero.big)
  const small = hero.small.map(doors.through)
  const inMarkdown = ({ text, door }: Link) => linked(text, door).markdown
  return {
    ...hero,
    label: sentenceCase(hero.label),
    big,
    small,
    words: { big: new Verbatim(inMarkdown(big)), small: new Verbatim(small.map(inMarkdown).join('')) },
  }
}
