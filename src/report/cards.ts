import { sentenceCase } from '../model/format.ts'
import type { Card, CardHero } from '../model/picture.ts'
import type { Report } from '../model/report.ts'
import { textOf } from './doors.ts'
import { heroes } from './heroes.ts'
import { INDEX_DESCRIPTION } from './index-page.ts'
import { standingOf, verdictOf } from './listing.ts'
import { colourOf, slotOf } from './palette.ts'
import { kickerOf } from './words.ts'

/** What the card of an article says. */
export function articleCard(report: Report, siteTitle: string): Card {
  const { study, facts, headline } = report
  const { banner } = standingOf(report)
  return {
    site: siteTitle,
    corner: facts.date ?? null,
    kicker: kickerOf(report),
    headline,
    hero: banner === null ? heroOf(report) : null,
    foot: banner ?? verdictOf(report),
    warns: banner !== null,
    fallback: study.slug,
  }
}

/** What the card of all other pages says. */
export function siteCard(siteTitle: string): Card {
  return {
    site: '',
    corner: null,
    kicker: null,
    headline: siteTitle,
    hero: null,
    foot: INDEX_DESCRIPTION,
    warns: false,
    fallback: 'bonnie-report',
  }
}

/**
 * A number travels alone only where a headline could rest on it: one beyond doubt first, else a suspect one, marked.
 * On what did not measure the disk none can.
 */
function heroOf(report: Report): CardHero | null {
  const all = heroes(report).filter(({ telling }) => telling)
  const best = all.find(({ validity }) => validity === 'disk') ?? all[0]
  if (!best) return null
  const { big, label, small, validity, backend } = best
  return {
    big: textOf(big),
    label: sentenceCase(label),
    small: small.map(textOf).join(''),
    colour: colourOf(slotOf(report.backends).get(backend) ?? 6),
    validity,
  }
}
