import type { Backend, Knowledge, Reference } from '../model/backend.ts'
import { readerWords } from '../model/format.ts'
import type { Facts } from '../model/study.ts'
import { hypervisorOf, readAttach, toolstackOf } from './attach.ts'
import { columnOf, outcomes, sourcesOf } from './selection.ts'

/** The attach line of a backend, held against the kind that the backend is said to be. */
export interface Attachment {
  readonly line: string
  /** of Xen, where it is recorded */
  readonly version: string | null
  /** for which tools and versions it is documented, in words */
  readonly readBy: readonly string[]
  /** the pages of what it may have selected, by id and by title */
  readonly kinds: readonly string[]
  readonly titles: readonly string[]
  readonly sources: readonly Reference[]
  /** whether that is the kind: in every case, in some, or in none */
  readonly verdict: 'agrees' | 'open' | 'contradicts'
}

/**
 * What the declared attach line says of who served the disk. Null where no line of a guest's configuration is declared,
 * where the author has recorded what served in truth, and where nothing is established.
 */
export function attachmentOf(
  backend: Backend,
  page: Knowledge | null,
  facts: Facts,
  knowledge: readonly Knowledge[],
): Attachment | null {
  const { attach, effective } = facts.backends?.[backend.id] ?? {}
  const stack = toolstackOf(facts)
  if (attach === undefined || effective !== undefined || !stack || page?.hypervisor !== 'xen') return null
  const line = readAttach(attach)
  if (!line) return null
  const found = outcomes({ ...line, target: line.target ?? page.store }, stack, knowledge)
  if (found.length === 0) return null
  const fitting = found.filter(({ selected }) => selected.some((one) => isOfKind(one.page, page))).length
  const selected = found.flatMap((outcome) => outcome.selected)
  const pages = [...new Set(selected.map((one) => one.page))]
  return {
    line: line.text,
    version: stack.version,
    readBy: [...new Set(selected.map(({ row }) => readerWords(columnOf(row))))],
    kinds: pages.map(({ id }) => id),
    titles: pages.map(({ title }) => title),
    sources: sourcesOf(selected),
    verdict: fitting === found.length ? 'agrees' : fitting === 0 ? 'contradicts' : 'open',
  }
}

/** The same page, or one that leaves open what the other says. */
function isOfKind(selected: Knowledge, page: Knowledge): boolean {
  return selected.id === page.id || selected.variantOf === page.id || selected.id === page.variantOf
}

/** The page that holds for what a name stands for in this study: under KVM, QEMU serves the same storage. */
export function pageUnder(
  page: Knowledge | undefined,
  facts: Facts,
  knowledge: readonly Knowledge[],
): Knowledge | undefined {
  if (page?.underKvm === undefined || hypervisorOf(facts) !== 'kvm') return page
  return knowledge.find(({ id }) => id === page.underKvm)
}
