import type { Diagnostic, Place } from '../model/diagnostic.ts'
import { listed, sizeText } from '../model/format.ts'
import type { StudyText } from '../model/study.ts'
import {
  attachedSizes,
  backendCount,
  declaredOperations,
  declaredRate,
  fileSizes,
  given,
  memorySizes,
  numberIn,
  runsEach,
  runsTogether,
  sizeIn,
} from './known.ts'
import { ownWordsAndSettings, sentencesOf } from './mask.ts'
import { COUNT_WORD, DIGITS, numberOf } from './numerals.ts'
import { placesIn, runningText } from './prose.ts'
import type { Ground } from './refs.ts'
import { bytesPerSecond } from './units.ts'

/*
 * Numbers of the prose that state a fact of the study: how much memory, how large a file, how many runs. Each is held
 * against the front matter and the outputs, also where it stands in code. What they do not tell is not asked.
 */

/** A way of stating a fact, and what is known of it. */
interface Statement {
  /** the part of a sentence; its group `n` is the number */
  readonly pattern: RegExp
  /** what the number means, comparable with what is known; null where it cannot be read */
  readonly read: (text: string) => number | null
  /** what the study knows; an empty list where it knows nothing */
  readonly known: (ground: Ground) => readonly number[]
  /** the known numbers in a sentence */
  readonly words: (known: readonly number[]) => string
}

const COUNT = String.raw`(?<n>${DIGITS}|${COUNT_WORD}|\b[Aa] single\b)`
const SIZE = String.raw`(?<n>${DIGITS}\s*(?:[kKMGT]i?B|[MGT])\b)`
const RATE = String.raw`(?<n>${DIGITS}\s*(?:[kKMGT]?i?[Bb](?:its?|ytes?)?|bytes|bits)(?:\/s|ps)\b)`
const GAP = String.raw`\s{1,4}`
const MACHINE = String.raw`\b(?:machine|host|guest|domU|dom0|VM|server|laptop)(?:['’]s)?${GAP}(?:(?:with|of|has|had|and its)${GAP})?(?:only${GAP})?`
const MEMORY = String.raw`(?:(?:main${GAP})?(?:memory|RAM))\b`

/** SHELF: the facts that sentences state. */
const STATEMENTS: readonly Statement[] = [
  ...[
    String.raw`\b${MEMORY}${GAP}(?:of|is|was|limit of)${GAP}(?:only${GAP})?${SIZE}`,
    `${SIZE}${GAP}(?:of${GAP})?${MEMORY}`,
    `${MACHINE}${SIZE}(?!${GAP}(?:disk|file|image|volume))`,
    String.raw`\b(?:held|limited|restricted)${GAP}to${GAP}${SIZE}`,
  ].map((source) => sizeRow(source, memorySizes)),
  ...[
    String.raw`\bfiles?${GAP}of${GAP}(?:only${GAP})?${SIZE}`,
    String.raw`${SIZE}${GAP}(?:test )?files?\b`,
    String.raw`\bfile\b[^.;:]{0,120}\b(?:here|one${GAP}of)${GAP}${SIZE}`,
  ].map((source) => sizeRow(source, fileSizes)),
  sizeRow(String.raw`\b(?:image|volume|partition)s?${GAP}of${GAP}${SIZE}`, attachedSizes),
  countRow(
    String.raw`${COUNT}${GAP}(?:operations|ops)(?:\/s\b|${GAP}(?:a|per)${GAP}second\b)`,
    declaredOperations,
    'the front matter says',
    'operation',
  ),
  countRow(String.raw`${COUNT}${GAP}rounds?\b`, runsEach, 'each backend has', 'run'),
  countRow(
    String.raw`${COUNT}${GAP}(?:\w+${GAP})?runs?${GAP}(?:each|of${GAP}each|for${GAP}each|on${GAP}each|per${GAP}backend|a${GAP}side)\b`,
    runsEach,
    'each backend has',
    'run',
  ),
  countRow(String.raw`\bits${GAP}${COUNT}${GAP}runs?\b`, runsEach, 'each backend has', 'run'),
  countRow(String.raw`\b[Ii]n${GAP}${COUNT}${GAP}runs?${GAP}each\b`, runsEach, 'each backend has', 'run'),
  countRow(
    String.raw`${COUNT}${GAP}(?:[\w-]+${GAP})?(?:runs|rows|outputs)\b(?!${GAP}(?:each|of${GAP}each|for${GAP}each|per${GAP}backend|a${GAP}side))`,
    runsTogether,
    'there are',
    'run',
  ),
  countRow(
    String.raw`(?<!\bof${GAP}|\bother${GAP}|\bany${GAP})${COUNT}${GAP}backends\b`,
    backendCount,
    'there are',
    'backend',
  ),
  countRow(String.raw`\bof${GAP}the${GAP}${COUNT}${GAP}backends\b`, backendCount, 'there are', 'backend'),
  countRow(
    String.raw`${COUNT}${GAP}(?:(?:hard|physical|identical|rotating|SATA|SAS|SCSI)${GAP})?(?:disks?|drives?|spindles?)\b(?!${GAP}images?)`,
    ({ facts }) => given(facts.host?.disk?.spindles),
    'the front matter declares',
    'spindle',
  ),
  countRow(
    String.raw`${COUNT}${GAP}(?:virtual${GAP}(?:CPU|processor)s?|vCPUs?)\b`,
    ({ facts }) => given(facts.guest?.vcpus),
    'the front matter declares',
    'virtual CPU',
  ),
  {
    pattern: pattern(
      String.raw`\b(?:no${GAP}more${GAP}than|at${GAP}most|(?:limit(?:ed)?|held)${GAP}(?:it${GAP}|them${GAP})?to|(?:limit|link)${GAP}of)${GAP}${RATE}`,
    ),
    read: bytesPerSecond,
    known: declaredRate,
    words: (known) =>
      `the front matter declares a link of ${listed(known.map((rate) => `${rate / 1e6} MB/s`))}`,
  },
]

function pattern(source: string): RegExp {
  return new RegExp(source, 'dg')
}

function sizeRow(source: string, known: Statement['known']): Statement {
  return {
    pattern: pattern(source),
    read: sizeIn,
    known,
    words: (sizes) => `the study knows of ${listed(sizes.map(sizeText))}`,
  }
}

function countRow(source: string, known: Statement['known'], verb: string, noun: string): Statement {
  return {
    pattern: pattern(source),
    read: numberIn,
    known,
    words: (counts) => `${verb} ${listed(counts.map(String), 'or')} ${noun}${counts.at(-1) === 1 ? '' : 's'}`,
  }
}

// ─── what is said ───────────────────────────────────────────────────────────────────────────────────────────────

/** A sentence that gives advice, or speaks of what would be, states no fact. */
const ADVICE = /\b(?:should|must|ought|if|next|recommend\w*|at least|or more|several|(?:one|you) would)\b/i

/** A machine or part of one that the front matter does not describe. */
const ELSEWHERE = /\b(?:controller|(?:another|other) (?:host|machine|server|study))\b/i

/** Numbers of the prose, of the title and of the caveats that contradict the other facts or the outputs. */
export function statedFacts(
  { prose, proseLine, facts }: StudyText,
  ground: Ground,
  placeOfText: (words: string, offset: number) => Place,
): Diagnostic[] {
  const { title = '', caveats = [] } = facts
  const declared = [title, ...caveats].flatMap((text) =>
    factsIn(text, ground, (offset) => placeOfText(text, offset), text === title),
  )
  const placeAt = placesIn(prose, proseLine)
  const told = runningText(prose).flatMap(({ text, start }) =>
    factsIn(text, ground, (offset) => placeAt(start + offset)),
  )
  return [...declared, ...told]
}

function factsIn(
  text: string,
  ground: Ground,
  placeOf: (offset: number) => Place,
  isTitle = false,
): Diagnostic[] {
  const words = ownWordsAndSettings(text)
  return sentencesOf(text).flatMap(({ text: { length }, at }) => {
    const sentence = words.slice(at, at + length)
    const found = [
      ...contradictions(sentence, ground),
      ...versions(sentence, ground),
      ...(isTitle || MEASURING.test(sentence) ? dates(sentence, ground) : []),
    ]
    return found.map(
      ({ index, said, instead }): Diagnostic => ({
        level: 'warning',
        rule: 'fact-differs',
        message: `The text says "${said.replace(/\s+/g, ' ')}", but ${instead}.`,
        place: placeOf(at + index),
        remedy: 'Correct the sentence, or the fact in the front matter.',
      }),
    )
  })
}

interface Contradiction {
  readonly index: number
  readonly said: string
  readonly instead: string
}

function contradictions(sentence: string, ground: Ground): Contradiction[] {
  if (ADVICE.test(sentence) || ELSEWHERE.test(sentence)) return []
  const found = STATEMENTS.flatMap(({ pattern: stated, read, known, words }) => {
    const facts = known(ground)
    if (facts.length === 0) return []
    return [...sentence.matchAll(stated)].flatMap((match): Contradiction[] => {
      const [from = 0, to = 0] = match.indices?.groups?.n ?? []
      const said = sentence.slice(from, to).trim()
      const value = read(said)
      if (value === null || facts.some((fact) => agree(fact, value, said))) return []
      return [{ index: from, said: match[0].trim(), instead: words(facts) }]
    })
  })
  return found.filter((one, i) => found.findIndex((other) => other.index === one.index) === i)
}

/** Whether a fact is what is said, as far as the number is written out: a file of 2,064 MiB is one of 2 GB. */
function agree(fact: number, value: number, said: string): boolean {
  const written = numberOf(/\d[\d,]*(?:\.\d+)?/.exec(said)?.[0] ?? '')
  const reach = written && written.value > 0 ? (value * written.unit) / written.value / 2 : 0
  return Math.abs(fact - value) <= reach * (1 - 1e-9)
}

/** Versions of bonnie++ that no run was made with, in sentences that name no other and speak of no change. */
function versions(sentence: string, { evidence }: Ground): Contradiction[] {
  const known = [...new Set(evidence.flatMap((e) => e.runs.flatMap((run) => run.version ?? [])))]
  const named = [...sentence.matchAll(/\bbonnie\+\+\s+(?:version\s+)?v?(\d[\w.]*\w)/gi)]
  if (known.length === 0 || CHANGES.test(sentence)) return []
  const fits = (version: string) =>
    known.some((one) => one === version || one.replace(/[a-z]$/, '') === version)
  if (named.some(([, version = '']) => fits(version))) return []
  return named.map((match) => ({
    index: match.index,
    said: match[0],
    instead: `the runs are of bonnie++ ${listed(known)}`,
  }))
}

const CHANGES = /\b(?:since|from|before|until|later|newer|older|earlier|up to|would|unlike)\b/i

/** Years of which none is the year of the measurement. */
function dates(sentence: string, { facts }: Ground): Contradiction[] {
  const [year = '', month] = (facts.date ?? '').split('-')
  if (year === '') return []
  const named = [...sentence.matchAll(DATE)]
  const fits = ([, name, inMonth, alone]: RegExpMatchArray) =>
    (inMonth ?? alone) === year && (!month || !name || MONTHS.indexOf(name) + 1 === Number(month))
  if (named.some(fits)) return []
  return named.map((match) => ({
    index: match.index,
    said: match[0],
    instead: `the front matter says that it was measured in ${facts.date}`,
  }))
}

/** What a sentence says that gives the date of the measurement; a title gives it without. */
const MEASURING = /\b(?:measured|ran|posted|tested|benchmarked|made these)\b/i
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const DATE =
  /(?:\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s(\d{3,6})|(?<![\w.,#/-])((?:19|20)\d\d|(?<=\b[Ii]n\s)\d{4,5}(?=\s*(?:[,.:;)]|$))))(?![\w-])/g
