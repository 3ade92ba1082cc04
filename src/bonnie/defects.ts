/** What the errata make of a run: a note for each that it shows. */
import type { Diagnostic } from '../model/diagnostic.ts'
import { METRIC_IDS } from '../model/metric.ts'
import { ERRATA } from './errata.ts'
import type { Erratum } from './erratum.ts'
import { type Page, remarkAt } from './page.ts'
import { beside, type Printout, startOf } from './printout.ts'
import type { Token } from './token.ts'

/** One note for each upstream defect that a run shows, whether it spoilt a number or was healed. */
export function defectsOf(page: Page, printout: Printout): Diagnostic[] {
  return ERRATA.flatMap((erratum) => {
    const token = (erratum.spoils && spoilt(printout, erratum)) ?? erratum.shows?.(printout, page)
    if (!token) return []
    const { sentence: message, treatment: remedy } = erratum
    const level = erratum.warns ? 'warning' : 'note'
    return [remarkAt(page, token, { level, rule: erratum.id.toLowerCase(), message, remedy })]
  })
}

/** The first number that a defect made unusable. */
function spoilt(printout: Printout, { id: erratum }: Erratum): Token | null {
  const id = METRIC_IDS.find((each) => printout.cells[each].erratum === erratum)
  return id ? (beside(printout.csv, id) ?? beside(printout.text, id) ?? startOf(printout)) : null
}
