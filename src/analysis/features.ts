import type { Ground, Knowledge, Tristate } from '../model/backend.ts'
import { listed, sentenceCase } from '../model/format.ts'
import type { Facts } from '../model/study.ts'
import { optionsIn } from './attach.ts'
import type { Evidence } from './evidence.ts'
import { groundOf, referencesOf } from './grounds.ts'
import type { Profile } from './profiles.ts'

/*
 * What is documented of backends beside their speed, where that decides: a requirement of a workload that a backend
 * fails, and what tells backends apart that are equally fast.
 */

/** What closes a workload to a backend. */
export interface Gate extends Ground {
  readonly backend: string
}

/**
 * The requirement of a workload that a backend fails, with its sources, or null. What is unknown fails nothing, and
 * what the study declares outweighs what is documented.
 */
export function gateOf(profile: Profile, { backend, knowledge, flush }: Evidence, facts: Facts): Gate | null {
  if (!profile.durable) return null
  const { durable, attach } = facts.backends?.[backend.id] ?? {}
  if (durable === true || (durable === undefined && flush !== 'no')) return null
  const says = 'a flush of the guest does not reach the medium'
  if (durable === false) {
    return { backend: backend.id, says: `${says}, as its author declares`, sources: [] }
  }
  const option = knowledge && optionsIn(attach, knowledge).find((one) => one.flush === 'no')
  const told = option ? [option] : (knowledge?.documented.filter(({ about }) => about === 'flush') ?? [])
  const word = option ? ` with ${option.word}` : ''
  const sources = knowledge ? told.flatMap((one) => referencesOf(knowledge, one)) : []
  return { backend: backend.id, says: says + word, sources }
}

/**
 * What tells apart backends between which the measurements show no practical difference: first, where the workload
 * needs it, which of them are documented to bring a flush to the medium, then what each offers that not all offer.
 */
export function tieBreaks(profile: Profile, set: readonly Evidence[]): Ground[] {
  const known = set.flatMap(({ backend, knowledge, flush }): Known[] =>
    knowledge ? [{ title: sentenceCase(backend.title), page: knowledge, flush }] : [],
  )
  if (known.length < 2) return []
  const differ = new Set(known.map(({ flush }) => flush)).size > 1
  const durability = profile.durable && differ ? known.flatMap(durabilityOf) : []
  const shared = (name: string) =>
    known.length === set.length && known.every(({ page }) => page.features.some((one) => one.name === name))
  const offers = known.flatMap(({ title, page }): Ground[] => {
    const own = page.features.filter(({ name }) => !shared(name))
    if (own.length === 0) return []
    const says = `${title} offers ${listed(own.map(({ name }) => name))}`
    return [{ says, sources: unique(own.flatMap((one) => referencesOf(page, one))) }]
  })
  return [...durability, ...offers]
}

interface Known {
  readonly title: string
  readonly page: Knowledge
  readonly flush: Tristate
}

/** What is documented of flushes, first said in a word. */
function durabilityOf({ title, page, flush }: Known): Ground[] {
  const [statement] = page.documented.filter(({ about }) => about === 'flush')
  if (!statement) return []
  const { says, sources } = groundOf(page, statement)
  const word = {
    yes: 'reach the medium',
    no: 'do not reach the medium',
    unknown: 'reach the medium is not settled',
  }
  const told = flush === 'unknown' ? 'whether flushes of the guest' : 'flushes of the guest'
  return [{ says: `${title}: ${told} ${word[flush]}; ${says}`, sources }]
}

function unique(sources: Ground['sources']): Ground['sources'] {
  return [...new Map(sources.map((source) => [source.title, source])).values()]
}
