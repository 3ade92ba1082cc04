import { counted, listed, sizeText } from '../../model/format.ts'
import { METRICS } from '../../model/metric.ts'
import { flushesAtClose } from '../../model/semantics.ts'
import type { Attachment } from '../attachment.ts'
import type { Doubt, Placed, Scene, Setting } from '../doubt.ts'
import { rangeOf } from '../evidence.ts'
import { memoryMib } from '../units.ts'
import { READS, WRITES } from './layers.ts'

/* What the declared circumstances say of all numbers of a backend. */

/** The option -r of a command: what bonnie++ was told of the memory, whatever the memory was. */
const TOLD = /(?:^|\s)-r\s*(\d+(?:\.\d+)?[kmgt]?)(?=\s|$)/i

/**
 * bonnie++ takes a file below twice the memory only if -r says that there is less. Silent where the guest's memory is
 * declared and the file is at least twice that.
 */
export function toldMemory({ run, facts, memories }: Scene): Doubt[] {
  const [option, amount = ''] = TOLD.exec(facts.command ?? '') ?? []
  const size = run.file_size_mib
  if (option === undefined || size === null) return []
  if (memories.guest !== null && size >= 2 * memories.guest) return []
  const told = memoryMib(/\d$/.test(amount) ? `${amount}M` : amount)
  const words = told === null ? 'no memory' : `${sizeText(told)} of memory`
  const truth =
    memories.guest === null
      ? 'and how much the guest had is not recorded'
      : `while the guest has ${sizeText(memories.guest)}`
  const message = `bonnie++ was told of ${words} (${option.trim()}), ${truth}: the file of ${sizeText(size)} may have fitted into it.`
  return [...READS, ...(flushesAtClose(run) ? [] : WRITES)]
    .filter((id) => rangeOf(run, id))
    .map((metric) => ({ metric, effect: 'suspect', raises: true, strength: 1, message }))
}

/**
 * Where the attach line selects another backend than the numbers are filed under, none of them may decide for that
 * backend alone; where it only may have, that is noted.
 */
export function attachLine({ evidence }: Setting): Placed[] {
  const { attached, backend } = evidence
  if (!attached || attached.verdict === 'agrees') return []
  return attached.verdict === 'open'
    ? onAll({ evidence }, openWords(attached, backend.title))
    : onAll({ evidence }, contradiction(attached, backend.title), 'suspect')
}

function contradiction({ line, version, readBy, titles, sources }: Attachment, title: string): string {
  const tools = listed(readBy, 'or')
  const told = version === null ? tools : `Xen ${version} (${tools})`
  const grounds = sources.map((source) => source.title).join('; ')
  return `The attach line "${line}" under ${told} selects ${listed(titles, 'or')}, not ${title}; source: ${grounds}.`
}

function openWords({ line, version, titles }: Attachment, title: string): string {
  const unknown =
    version === null
      ? 'the version of Xen is not recorded'
      : `which tool of Xen ${version} read it is not recorded`
  return `The attach line "${line}" may have selected ${listed(titles, 'or')}, while the numbers are filed under ${title}: ${unknown}, and xl ignores the prefix by which xm chose.`
}

/** A snapshot changes what a write costs for as long as it lasts. */
export function openSnapshot({ evidence, facts }: Setting): Placed[] {
  if (!facts.backends?.[evidence.backend.id]?.snapshot) return []
  const message =
    'A snapshot was open: the first write to each block also copies the old one, which a published test found to cost nine tenths of the rate.'
  return onAll({ evidence }, message)
}

/** Whoever runs all of one backend before all of the next cannot tell a backend from a time of day. */
export function blockedOrder({ evidence, facts, others }: Setting): Placed[] {
  const n = evidence.runs.length
  if (facts.order !== 'blocked' || n < 2 || others.length === 0) return []
  const message = `The ${counted(n, 'run')} of ${evidence.backend.title} were made in a row, so a slow change of the host would look like a difference.`
  return onAll({ evidence }, message)
}

/** bonnie++ counts its own processes: what serves the disk outside the guest is in no percentage. */
export function cpuScope({ evidence }: Setting): Placed[] {
  const printed = evidence.runs.some((run) => METRICS.some(({ id }) => run.cells[id].cpu !== null))
  if (!printed) return []
  const message = `The CPU shares of ${evidence.backend.title} are those of the benchmark alone: loop threads, tapdisk, QEMU and blkback are not in them.`
  return onAll({ evidence }, message)
}

/** One run cannot show how far runs differ. */
export function singleRun({ evidence }: Setting): Placed[] {
  if (evidence.runs.length !== 1) return []
  const message = `There is ${counted(1, 'run')} of ${evidence.backend.title}, so how far runs differ is unknown.`
  return onAll({ evidence }, message)
}

/** A remark about a backend as a whole: of all its runs, and told once. */
function onAll(
  { evidence }: Pick<Setting, 'evidence'>,
  message: string,
  effect?: NonNullable<Doubt['effect']>,
): Placed[] {
  const doubt = { message, strength: 0, value: null, ...(effect && { effect }) }
  return [{ runs: evidence.runs, doubt }]
}
