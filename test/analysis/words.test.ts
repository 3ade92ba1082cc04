/** What words of the prose say: hedges and numbers; and links that nobody would check. */
import * as assert from 'uvu/assert'
import { bindProse } from '../../src/analysis/binding.ts'
import { compare } from '../../src/analysis/compare.ts'
import { unhedged } from '../../src/analysis/hedge.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import { spokenNumbers } from '../../src/analysis/spoken.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('words of the prose')

const FACTS: Facts = {
  date: '2010-06',
  guest: { ram: '256 MiB', vcpus: 2 },
  host: { ram: '16 GiB', disk: { link: '60 MB/s', spindles: 4 } },
}
const FAST = { put_block: 5180, getc: [70000, 99], seeks: { atLeast: 16384 } } as const
const ROUNDS = ['1', '2', '3'].flatMap((round) => [
  aRun('fast', FAST, { path: `fast/${round}.txt` }),
  aRun('slow', { put_block: 1000, getc: [60000, 99] }, { path: `slow/${round}.txt` }),
])
const evidence = evidenceOf(ROUNDS, [aPage('fast'), aPage('slow')])
const tested = samples(evidence, judge(evidence, FACTS))
const GROUND = {
  evidence,
  samples: tested,
  comparisons: compare(tested, ['fast', 'slow'], 'slow', FACTS),
  facts: FACTS,
}

const problems = (text: string) =>
  bindProse({ facts: FACTS, prose: text, proseLine: 1 }, GROUND).diagnostics.map(({ rule }) => rule)

// ─── hedges ─────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [sentence, hedged] of [
  ['In one run each it was faster.', true],
  ['In its second run it was faster.', true],
  ['It may be faster.', true],
  ['It seems faster.', true],
  ['It ran once on each of the two, five times as fast.', true],
  ['It was about five times as fast.', true],
  ['In May it was faster.', false],
  ['It could not be faster.', false],
  ['Not about five times, but six.', false],
  ['Much is said about the disk, which was faster.', false],
  ['There is no doubt: it was at once faster.', false],
  ['It was at least twice as fast.', false],
] as const) {
  test(`"${sentence}" ${hedged ? 'says' : 'does not say'} how sure it is`, () => {
    assert.is(unhedged(['a single run'], sentence).length === 0, hedged)
  })
}

test('a bound is hedged by a bound, and by nothing in the address of the link', () => {
  assert.equal(unhedged(['a bound'], 'It was at least twice as fast.'), [])
  assert.equal(unhedged(['a bound', 'a suspect number'], 'It was at least twice as fast.'), [
    'a suspect number',
  ])
  assert.equal(problems('It sought [often](<claim:fast.seeks at least 16000>).'), ['unhedged-claim'])
  assert.equal(problems('It sought [at least that often](<claim:fast.seeks above 16384>).'), [])
})

test('a hedge counts in its own sentence, its own item and its own paragraph', () => {
  const claim = '[often](<claim:fast.seeks above 16384>)'
  assert.equal(problems(`- It seems so\n- It sought ${claim}`), ['unhedged-claim'])
  assert.equal(problems(`Does it seem so? It sought ${claim}.`), ['unhedged-claim'])
  assert.equal(problems(`E.g. it seems, by 1.5 to 2, that it sought ${claim}.`), ['unbound-number'])
})

// ─── numbers in the texts of claims ─────────────────────────────────────────────────────────────────────────────

for (const [text, ...ratios] of [
  ['five times faster', 5],
  ['Five times more slowly', 0.2],
  ['twice as fast', 2],
  ['5.2×', 5.2],
  ['about a third of the rate', 1 / 3],
  ['a quarter more slowly', 0.75],
  ['a fifth faster', 1.2],
  ['20 % slower', 0.8],
  ['nine tenths or above', 0.9],
  ['half as fast', 0.5],
  ['two to three times as fast', 2, 3],
  ['near one', 1],
  ['tenfold'],
  ['ten-fold', 10],
  ['the second of two backends, E5520, bonnie++ 1.03c'],
  ['in a third run'],
  ['the 2 GiB file, in run 3, on RAID 5'],
  ['a ratio of 5.2', 5.2],
] as const) {
  test(`"${text}" says ${ratios.length === 0 ? 'no ratio' : ratios.join(' and ')}`, () => {
    const said = spokenNumbers(text).flatMap((spoken) => spoken.ratios.map(({ value }) => value))
    assert.equal(
      said.map((ratio) => ratio.toFixed(6)),
      ratios.map((ratio) => ratio.toFixed(6)),
    )
  })
}

const QUOTIENT = 'fast.put_block / slow.put_block'
for (const [text, expression, fits] of [
  ['five times faster', `${QUOTIENT} ≥ 5`, true],
  ['more than five times faster', `${QUOTIENT} ≥ 5`, true],
  ['ten times faster', `${QUOTIENT} ≥ 5`, false],
  ['four times faster', `${QUOTIENT} ≥ 4`, false],
  ['at least four times faster', `${QUOTIENT} ≥ 4`, true],
  ['at least twice as fast', `${QUOTIENT} ≥ 5`, false],
  ['five times slower', `${QUOTIENT} ≥ 5`, false],
  ['five times slower', 'slow.put_block / fast.put_block ≤ 0.2', true],
  ['a fifth of the rate', 'slow.put_block / fast.put_block ≤ 0.2', true],
  ['a quarter of the rate', 'slow.put_block / fast.put_block ≤ 0.2', false],
  ['four fifths slower', 'slow.put_block / fast.put_block ≤ 0.2', true],
  ['faster', 'fast.put_block above slow.put_block', true],
  ['faster', 'slow.put_block / fast.put_block ≥ 0.1', false],
  ['faster', '0.1 ≤ slow.put_block / fast.put_block', false],
  ['faster', '0.1 ≤ fast.put_block / slow.put_block', true],
  ['more slowly', 'fast.put_block above slow.put_block', false],
  ['five times faster', 'fast.put_block above slow.put_block', true],
  ['three times faster', 'fast.put_block above slow.put_block', false],
  ['three times faster', 'fast.put_block ≥ 3 * slow.put_block', false],
  ['at 1.02 MB/s', 'slow.put_block ≥ 900', true],
  ['at 2.02 MB/s', 'slow.put_block ≥ 900', false],
  ['at 1,000 K/s', 'slow.put_block ≥ 900', true],
  ['above 900 K/s', 'slow.put_block ≥ 900', true],
  ['at 10 % of the CPU', 'slow.put_block.cpu ≤ 20', true],
  ['at 40 % of the CPU', 'slow.put_block.cpu ≤ 20', false],
  ['no faster', 'slow.put_block below fast.put_block', true],
] as const) {
  test(`[${text}](claim:${expression}) ${fits ? 'fits' : 'differs'}`, () => {
    assert.equal(problems(`It is [${text}](<claim:${expression}>)`), fits ? [] : ['claim-text-differs'])
  })
}

test('a quotation is held against its own threshold, not against the data', () => {
  assert.equal(problems(`He says [ten times faster](<quote:${QUOTIENT} ≥ 10>).`), [])
  assert.equal(problems(`He says [ten times faster](<quote:${QUOTIENT} ≥ 5>).`), ['claim-text-differs'])
})

// ─── numbers that are bound to nothing ──────────────────────────────────────────────────────────────────────────

for (const text of [
  'It wrote 18 MB/s.',
  'It wrote **18** MB/s.',
  'It wrote 18&nbsp;MB/s.',
  'It wrote 18 MB per second.',
  'It read 75 to 87 MiB/s.',
  'It did 18,075 K/sec.',
  'It did 120 IOPS.',
  'It did 249 seeks a second.',
  'Its worst write took 972 ms.',
  'It took 5 seconds.',
  'It used 87 % of the CPU.',
  'It used eleven percent of the CPU.',
  'It was 5.2 times the other.',
  'It was five times as fast.',
  'Twice as fast as before.',
  'It ran at a third of the native rate.',
  'It lost about a fifth.',
  'It was 5× as fast.',
  'The ratio was 5.18.',
  'He said "fine" and it wrote 18 MB/s.',
  'See [the list](#list): it wrote 18 MB/s.',
]) {
  test(`a measurement is bound to nothing: ${text}`, () => assert.equal(problems(text), ['unbound-number']))
}

test('each of several is told at its place', () => {
  const { diagnostics } = bindProse(
    { facts: {}, prose: 'It wrote 18 MB/s and read 20 MB/s.', proseLine: 3 },
    GROUND,
  )
  assert.equal(
    diagnostics.map(({ place }) => [place.line, place.column]),
    [
      [3, 10],
      [3, 27],
    ],
  )
})

for (const text of [
  'Measured in June 2010 on Xen 4.6, Linux 2.6.27 and Ubuntu 8.10.',
  'The host has 2 x Intel Xeon E5520 at 2.27 GHz.',
  'Commit 00fff26539 of version 4.2 changed it.',
  'The bus is PCI Express 3.0.',
  '1. One\n2. Two\n\nSee figure 1.2.',
  'There were 16 × 1,024 files in 3 folders.',
  'It ran three times.',
  'A file twice as large as the memory is better.',
  'The second half of it is the third part.',
  'It was [18 MB/s](https://x.example).',
  'It was 18 MB/s ([mail](https://x.example)).',
  'It was 18 MB/s, says <https://x.example>.',
  '“18 MB/s. That is all”, he says.',
  '``18 MB/s ` `` and `20 MB/s`',
]) {
  test(`no measurement: ${text.replaceAll('\n', ' ')}`, () => assert.equal(problems(text), []))
}

// ─── links that Markdown takes for text ─────────────────────────────────────────────────────────────────────────

for (const text of [
  '[x](<claim:fast.put_block >= 5>)',
  '[x](<claim:fast.put_block > 5>)',
  '[**x**](<claim:fast.put_block < 5>)',
  '[x](claim:fast.put_block ≥ 5)',
  '[x](<claim:fast.put_block\n≥ 5>)',
  '[](value: fast.put_block)',
  '[x](<claim:5 ≥ 1>)',
]) {
  test(`${JSON.stringify(text)} is an error at its place`, () => {
    const { diagnostics } = bindProse(
      { facts: FACTS, prose: `It is\nso ${text}, and \`${text}\`.`, proseLine: 1 },
      GROUND,
    )
    assert.equal(
      diagnostics.map(({ level, rule, place }) => [level, rule, place.line, place.column]),
      [['error', 'claim-invalid', 2, 4]],
    )
  })
}

test.run()
