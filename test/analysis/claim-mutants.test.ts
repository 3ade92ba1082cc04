/** No mutant of a shipped study that makes one of its sentences false passes without a word. */
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'
import {
  isTrue,
  type Link,
  linksOf,
  problemsOf,
  problemsOver,
  type Quotient,
  quotientOf,
  ratioOf,
  rescaled,
  STUDIES,
  written,
} from './mutants.ts'

const test = suite('mutants of claims')

type Study = (typeof STUDIES)[number]

/** How many mutants there were of each kind: a test without any would prove nothing. */
const counted = new Map<string, number>()

function count(kind: string): void {
  counted.set(kind, (counted.get(kind) ?? 0) + 1)
}

function replaced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length)
}

/** The problems at the place of a link. */
function at(text: string, link: Link, found: readonly Diagnostic[]): string[] {
  const before = text.slice(0, link.at).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  return found
    .filter(({ place }) => place.line === line && place.column === column)
    .map(({ level, rule }) => `${level} ${rule}`)
}

const REFUSED = [
  'error claim-contradicted',
  'error claim-invalid',
  'error unknown-ref',
  'warning claim-undecidable',
]

/** Words that say how much, and not only which way. */
const SAID = /times|third|quarter|sixth/

/** Claims with all that can be changed in their expressions. */
function expressions(quotient: Quotient, { report }: Study): Quotient[] {
  const ratio = ratioOf(quotient, report) ?? quotient.threshold
  const flipped: Readonly<Record<string, readonly string[]>> = {
    '≥': ['≤', 'below', 'about'],
    '≤': ['≥', 'above', 'about'],
    above: ['below', '≤'],
    below: ['above', '≥', 'about'],
    about: ['above', 'below', '≥', '≤'],
  }
  const thresholds = [ratio * 1.001, ratio / 1.001, ratio * 1.06, ratio / 1.06, ratio * 1.2, ratio / 1.2]
  const { threshold } = quotient
  const moved = [
    ...thresholds,
    threshold * 10,
    threshold / 10,
    threshold + 0.1,
    threshold - 0.1,
    threshold * 2,
  ]
  return [
    ...moved.map((to) => ({ ...quotient, threshold: Number(to.toFixed(4)) })),
    ...(flipped[quotient.comparator] ?? []).map((comparator) => ({ ...quotient, comparator })),
    { ...quotient, above: quotient.below, below: quotient.above },
    ...report.backends.flatMap(({ id }) => [
      { ...quotient, above: id },
      { ...quotient, below: id },
    ]),
    ...METRIC_IDS.map((metric) => ({ ...quotient, metric })),
  ].filter((one) => one.above !== one.below && written(one) !== written(quotient))
}

for (const study of STUDIES) {
  const { folder, text, report } = study
  for (const link of linksOf(text).filter(({ kind }) => kind === 'claim')) {
    const quotient = quotientOf(link.expression)

    test(`${folder.slug}: "${link.text}" has the form that is tried here, and is true`, () => {
      assert.ok(quotient, link.expression)
      assert.is(isTrue(quotient, report), true)
    })
    if (!quotient) continue

    test(`${folder.slug}: "${link.text}" with another expression is refused where that is false`, () => {
      for (const mutant of expressions(quotient, study)) {
        const truth = isTrue(mutant, report)
        const studyText = replaced(text, link.expressionAt, link.expression.length, written(mutant))
        const found = at(text, link, problemsOf(study, studyText))
        if (truth === true) assert.not(found.includes('error claim-contradicted'), written(mutant))
        if (truth !== false) continue
        count('expressions')
        if (!found.some((one) => one.startsWith('error'))) count('expressions that cannot be decided')
        assert.ok(
          found.some((one) => REFUSED.includes(one)),
          `${written(mutant)}: ${found}`,
        )
      }
    })

    test(`${folder.slug}: "${link.text}" over outputs that make it false is refused`, () => {
      for (const [backend, turn] of [
        [quotient.above, 1],
        [quotient.below, -1],
      ] as const) {
        for (const factor of [0.1, 0.5, 0.8, 0.88, 1.25, 2, 10]) {
          const ratio = (ratioOf(quotient, report) ?? 1) * factor ** turn
          const sources = rescaled(study, backend, quotient.metric, factor)
          assert.ok(
            sources.some((source, i) => source !== folder.sources[i]),
            `nothing of ${backend} was changed`,
          )
          const isFalse =
            isTrue({ ...quotient, threshold: quotient.threshold / factor ** turn }, report) === false
          const found = at(text, link, problemsOver(study, sources))
          if (!isFalse && SAID.test(link.text) && (factor < 0.6 || factor > 1.6)) {
            // the expression still holds, but a third has become a sixth
            count('outputs that leave an expression true and its words false')
            assert.ok(found.length > 0, `${backend} × ${factor}, ratio ${ratio}`)
          }
          if (!isFalse) continue
          count('outputs')
          if (!found.some((one) => one.startsWith('error'))) count('outputs that leave a claim undecided')
          assert.ok(
            found.some((one) => REFUSED.includes(one)),
            `${backend} × ${factor}, ratio ${ratio}: ${found}`,
          )
        }
      }
    })
  }
}

// ─── numbers in the texts of links ──────────────────────────────────────────────────────────────────────────────

const NUMERALS =
  /\b(?:twice|half|(?:a|nine) (?:third|quarter|fifth|sixth|seventh|tenth)s?|(?:one|two|three|four|five|six|eight|ten)(?= times|$))/

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  times: ['twice', 'four times', 'five times', 'six times', 'ten times', 'thirty times', 'half', 'a third'],
  part: ['a half', 'a quarter', 'a fifth', 'a tenth', 'a sixth', 'a third', 'two thirds', 'nine tenths'],
  bare: ['half', 'two', 'three', 'ten', 'one tenth'],
}

/** The same words with another number in them. */
function reworded(words: string): string[] {
  const [said = ''] = NUMERALS.exec(words) ?? []
  if (said === '') return []
  const rest = words.slice(words.indexOf(said) + said.length)
  const isTimes = said === 'twice' || rest.startsWith(' times')
  const old = isTimes && said !== 'twice' ? `${said} times` : said
  const kind = isTimes ? 'times' : said === 'one' ? 'bare' : 'part'
  const others = OTHERS[kind] ?? []
  return others
    .filter((other) => other !== old && other !== old.replace(/^one/, 'a'))
    .map((other) => words.replace(old, other))
}

for (const study of STUDIES) {
  const { folder, text } = study
  for (const link of linksOf(text)) {
    const turned = /more slowly/.test(link.text)
      ? [link.text.replace('more slowly', 'faster')]
      : /faster/.test(link.text)
        ? [link.text.replace('faster', 'more slowly')]
        : []
    const mutants = [...reworded(link.text), ...turned]
    if (mutants.length === 0) continue
    test(`${folder.slug}: "${link.text}" with another number or direction is noticed`, () => {
      for (const words of mutants) {
        count('texts')
        const studyText = replaced(text, link.textAt, link.text.length, words)
        const found = at(text, link, problemsOf(study, studyText))
        assert.ok(found.includes('warning claim-text-differs'), `${words}: ${found}`)
      }
    })
  }
}

// ─── numbers typed by hand ──────────────────────────────────────────────────────────────────────────────────────

/** What is no number of the author's own, or has a source in its sentence. */
function masked(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, '#')
  // of the front matter, the title and the caveats are sentences
  const prose = text.replace(/^---\n[\s\S]*?\n---\n/, (facts) =>
    facts.replace(/^(?!title:| {2}- [A-Z]).*$/gm, blank),
  )
  const sourced = prose.replace(/[^.!?\n]*\]\(https?:[^)]*\)(?:[^.!?\n]|[.](?!\s))*[.!?]?/g, blank)
  return sourced.replace(/\[[^\]]*\]\((?:<[^>]*>|[^)]*)\)|"[^"]*"|^\d+\. /gm, blank)
}

const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** Numbers in digits and words; not the digits of a name, and not "one" where it counts nothing. */
const TYPED = new RegExp(
  String.raw`(?<![\w.,])\d(?:[\d,.]*\d)?|\b(?:${WORDS.slice(1).join('|')}|one(?= (?:run|row|round|disk|path|virtual))|half|third|twice)\b`,
  'gi',
)

function altered(number: string): string[] {
  const word = WORDS.indexOf(number.toLowerCase())
  if (word >= 0) return [WORDS[word + 1] ?? 'twenty', WORDS[word + 4] ?? 'twenty', 'thirty']
  if (!/^\d/.test(number)) return ['thrice']
  const last = number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
  const first = number.replace(/\d/, (digit) => String((Number(digit) % 9) + 1))
  // 1.440 would say the same
  return number.includes('.') ? [last, first] : [last, first, `${number}0`]
}

for (const study of STUDIES) {
  const { folder, text } = study
  test(`${folder.slug}: every number typed by hand is noticed when it is altered`, () => {
    const before = problemsOf(study, text).length
    assert.is(before, 0)
    const survivors = [...masked(text).matchAll(TYPED)].flatMap(({ 0: number, index }) =>
      altered(number).flatMap((other) => {
        count('numbers typed by hand')
        if (problemsOf(study, replaced(text, index, number.length, other)).length > before) return []
        return [`${other}: ${text.slice(Math.max(0, index - 40), index + 40)}`]
      }),
    )
    assert.equal(survivors, [])
  })
}

test('there were mutants of every kind', () => {
  console.log(`\n   mutants: ${[...counted].map(([kind, n]) => `${n} ${kind}`).join(', ')}`)
  for (const kind of ['expressions', 'outputs', 'texts', 'numbers typed by hand'])
    assert.ok((counted.get(kind) ?? 0) >= 40, kind)
})

test.run()
