import * as assert from 'uvu/assert'
import { bindProse } from '../../src/analysis/binding.ts'
import { hold } from '../../src/analysis/claims.ts'
import { compare } from '../../src/analysis/compare.ts'
import { readAssertion, readExpression } from '../../src/analysis/expression.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('claims')

const FACTS = { guest: { ram: '256 MiB' } }

function ground() {
  const runs = [
    aRun('fast-one', { put_block: 5000, get_block: 6000, seeks: { atLeast: 16384 }, getc: [70000, 99] }),
    aRun('slow', { put_block: 1000, get_block: 5900, seeks: 200, getc: [60000, 99] }),
  ]
  const evidence = evidenceOf(runs, [aPage('fast-one'), aPage('slow')])
  const tested = samples(evidence, judge(evidence, FACTS))
  return {
    evidence,
    samples: tested,
    comparisons: compare(tested, ['fast-one', 'slow'], 'slow', FACTS),
    facts: FACTS,
  }
}

const GROUND = ground()

function verdict(text: string): string {
  const assertion = readAssertion(text)
  return 'malformed' in assertion ? `malformed: ${assertion.malformed}` : hold(assertion, GROUND).verdict
}

for (const [text, want] of [
  ['fast-one.put_block / slow.put_block ≥ 5', 'supported'],
  ['fast-one.put_block / slow.put_block at least 5.01', 'contradicted'],
  ['slow.put_block / fast-one.put_block = 0.2', 'supported'],
  ['slow.put_block / fast-one.put_block = 0.21', 'contradicted'],
  ['fast-one.get_block about slow.get_block', 'supported'],
  ['fast-one.put_block about slow.put_block', 'contradicted'],
  ['fast-one.put_block above slow.put_block', 'supported'],
  ['fast-one.put_block below slow.put_block', 'contradicted'],
  ['slow.put_block ≤ 1000', 'supported'],
  ['slow.put_block#1 at most 999', 'contradicted'],
  ['slow.put_block + slow.get_block = 6900', 'supported'],
  ['(fast-one.put_block - slow.put_block) * 2 ≥ 8000', 'supported'],
  ['fast-one.put_block.cpu = 10', 'supported'],
  ['fast-one.seeks above 16000', 'supported'],
  ['fast-one.seeks above 17000', 'not decidable'],
  ['fast-one.getc / slow.getc above 1', 'not decidable'],
  ['slow.put_block.latency above 1', 'not decidable'],
  ['slow.put_block / 0 above 1', 'not decidable'],
  ['slow.put_block * 0 about 0', 'supported'],
  ['slow.put_block - fast-one.put_block about 0', 'not decidable'],
  ['slow.put_block - fast-one.put_block below 0', 'supported'],
  ['slow.get_block - fast-one.get_block about 0 - 100', 'supported'],
  ['slow.put_block = 1,000', 'supported'],
  ['1000.0 = slow.put_block', 'supported'],
  ['1001 = slow.put_block', 'contradicted'],
  // seeks have a band of 10 %, rates one of 5 %
  ['slow.seeks about 219', 'supported'],
  ['slow.put_block about 1094', 'contradicted'],
  // a share of 10 % was cut from something below 11 %
  ['slow.put_block.cpu below 11', 'supported'],
  ['slow.put_block.cpu at least 10', 'supported'],
  ['slow.put_block.cpu above 10', 'not decidable'],
  ['slow.put_block.cpu ≤ 10', 'not decidable'],
  ['slow.put_block.cpu = 11', 'contradicted'],
  // 104.9 to 115.3 seconds of CPU per GiB, as far as the share tells
  ['slow.put_block.cpu_s_per_gib above 104.8', 'supported'],
  ['slow.put_block.cpu_s_per_gib above 110', 'not decidable'],
  ['slow.put_block.cpu_s_per_gib about 110', 'supported'],
  ['slow.put_block.cpu_s_per_gib about 106', 'not decidable'],
  ['slow.put_block.cpu_s_per_gib above 116', 'contradicted'],
  ['slow.put_block.cpu_s_per_gib about fast-one.put_block.cpu_s_per_gib', 'contradicted'],
  ['slow.put_block.cpu about fast-one.put_block.cpu', 'not decidable'],
  // what was too fast to time is above its bound
  ['fast-one.seeks above 16384', 'supported'],
  ['fast-one.seeks at most 16384', 'contradicted'],
  ['fast-one.seeks - fast-one.seeks = 0', 'not decidable'],
] as const) {
  test(`${text}: ${want}`, () => assert.is(verdict(text), want))
}

test('backends that made unlike tests of one name are not held against each other, in any form of claim', () => {
  const runs = [
    aRun('old', { putc: 60000, get_block: 5900 }, { version: '1.03e' }),
    aRun('new', { putc: 900, get_block: 6000 }, { version: '1.97' }),
  ]
  const evidence = evidenceOf(runs, [aPage('old'), aPage('new')])
  const tested = samples(evidence, judge(evidence, FACTS))
  const comparisons = compare(tested, ['old', 'new'], 'old', FACTS)
  const held = (text: string) => {
    const assertion = readAssertion(text)
    if ('malformed' in assertion) throw new Error(assertion.malformed)
    return hold(assertion, { evidence, samples: tested, comparisons, facts: FACTS })
  }
  for (const text of [
    'old.putc above new.putc',
    'old.putc / new.putc ≥ 2',
    'old.putc#1 above new.putc',
    'old.putc.cpu about new.putc.cpu',
    'old.putc - new.putc above 100',
  ]) {
    assert.is(held(text).verdict, 'not decidable', text)
    assert.match(
      held(text).because,
      'unlike tests, by putc() against 3 MiB of it in one-byte system calls',
      text,
    )
  }
  assert.is(held('new.get_block about old.get_block').verdict, 'supported')
  assert.is(held('old.putc above 50000').verdict, 'supported')
})

for (const text of [
  '',
  'slow.put_block',
  'slow.put_block above',
  'above 1',
  'slow.put above 1',
  'slow.put_block.speed above 1',
  '1 above 2 above 3',
  'slow.put_block/fast-one.put_block above 1',
  'slow.put_block#0 above 1',
  '( 1 above 2',
  `${'('.repeat(99)}1${')'.repeat(99)} above 0`,
  'a.b.c.d above 1',
]) {
  test(`"${text.slice(0, 40)}" is refused`, () => assert.ok('malformed' in readAssertion(text)))
}

for (const [text, part] of [
  ['slow.put_block >= 1', 'got ">="'],
  ['slow.put_block > 1', 'got ">"'],
  ['slow.put_block above -1', 'without sign'],
  ['slow.put_block above 1e3', 'without sign'],
  ['slow.put_block above 95%', 'got "95%"'],
  ['slow.put_block above 1,00', 'got "1,00"'],
  ['slow.put_block above .5', 'got ".5"'],
  ['slow.put_block above 95 MB/s', 'Expected an operator, got "MB/s"'],
] as const) {
  test(`"${text}" says what is wrong with it`, () => {
    const read = readAssertion(text)
    assert.match('malformed' in read ? read.malformed : '', part)
  })
}

test('a backend may be called like a number', () => {
  assert.not('malformed' in readAssertion('2006.put_block above 9p.put_block'))
})

test('every number is finite', () => {
  assert.ok('malformed' in readExpression('9'.repeat(400)))
})

const prose = (text: string, line = 1) => bindProse({ facts: FACTS, prose: text, proseLine: line }, GROUND)

test('a value link becomes the number of its reference', () => {
  const { pieces, diagnostics } = prose('It wrote at [](value:slow.put_block).')
  assert.equal(diagnostics, [])
  assert.equal(
    pieces.map((p) => p.kind),
    ['markdown', 'value', 'markdown'],
  )
})

test('a contradicted claim is an error at its place', () => {
  const { diagnostics, claims } = prose(
    'One.\n\n> In one run it was [ten times faster](<claim:fast-one.put_block / slow.put_block ≥ 10>).',
    12,
  )
  assert.is(diagnostics[0]?.rule, 'claim-contradicted')
  assert.equal(diagnostics[0]?.place, { file: 'study.md', line: 14, column: 21 })
  assert.is(claims[0]?.verdict, 'contradicted')
})

test('a contradicted quote is a finding, no error', () => {
  const { diagnostics, claims } = prose(
    'He says it is [slower](<quote:fast-one.put_block below slow.put_block>).',
  )
  assert.equal(diagnostics, [])
  assert.is(claims[0]?.verdict, 'contradicted')
})

test('a claim on single runs wants a hedge in its sentence', () => {
  const claim = '[five times faster](<claim:fast-one.put_block / slow.put_block ≥ 5>)'
  assert.equal(
    prose(`It is ${claim}.`).diagnostics.map((d) => d.rule),
    ['unhedged-claim'],
  )
  assert.equal(prose(`In one run it is ${claim}.`).diagnostics, [])
  assert.equal(
    prose(`In one run. It is ${claim}.`).diagnostics.map((d) => d.rule),
    ['unhedged-claim'],
  )
})

test('links in code are text', () => {
  const text =
    '`[x](value:slow.put_block)`\n\n    [y](value:slow.put_block)\n\n```\n[z](value:slow.put_block)\n```\n'
  assert.equal(prose(text).pieces, [{ kind: 'markdown', text }])
})

test('a link after the same link in code is the one that is bound', () => {
  const { pieces } = prose('`[](value:slow.put_block)` prints [](value:slow.put_block).')
  assert.equal(pieces[0], { kind: 'markdown', text: '`[](value:slow.put_block)` prints ' })
})

test('a claim in a table is held like any other', () => {
  const text =
    '| a | b |\n| --- | --- |\n| x | In one run [ten times](<claim:fast-one.put_block / slow.put_block ≥ 10>) |\n'
  const { diagnostics, claims } = prose(text, 3)
  assert.is(claims[0]?.verdict, 'contradicted')
  assert.equal(
    diagnostics.map((d) => [d.rule, d.place.line, d.place.column]),
    [['claim-contradicted', 5, 18]],
  )
})

const ELSEWHERE = '<claim:fast-one.put_block / slow.put_block ≥ 10>'
for (const text of [
  `[ten [10] times](${ELSEWHERE})`,
  `[ten](${ELSEWHERE} "title")`,
  `[ten][r]\n\n[r]: ${ELSEWHERE}`,
  `[ten](${ELSEWHERE.replace('claim', 'Claim')})`,
  `![ten](${ELSEWHERE})`,
]) {
  test(`${JSON.stringify(text)} cannot be bound and is an error`, () => {
    assert.equal(
      prose(text).diagnostics.map((d) => [d.level, d.rule]),
      [['error', 'claim-invalid']],
    )
  })
}

test('a link that cannot be bound does not take the place of the next', () => {
  const { pieces } = prose(
    '![x](value:slow.seeks) and `[](value:slow.put_block)` and [](value:slow.get_block)',
  )
  assert.equal(
    pieces.filter((p) => p.kind === 'value').map((p) => p.kind === 'value' && p.metric),
    ['get_block'],
  )
})

test('what names nothing is refused with what there is', () => {
  assert.equal(
    prose('[](value:lvm.put_block)').diagnostics.map((d) => d.rule),
    ['unknown-ref'],
  )
  assert.equal(
    prose('[](value:slow.put_block#2)').diagnostics.map((d) => d.rule),
    ['unknown-ref'],
  )
  assert.equal(
    prose('[](value:slow.putblock)').diagnostics.map((d) => d.rule),
    ['claim-invalid'],
  )
  assert.equal(
    prose('[](value:1)').diagnostics.map((d) => d.rule),
    ['claim-invalid'],
  )
})

test('a measurement that is bound to nothing is a warning at its place', () => {
  const { diagnostics } = prose('Fine.\n\nIt is 18.5 MB/s. And 3 files.', 5)
  assert.equal(
    diagnostics.map((d) => [d.rule, d.place.line, d.place.column]),
    [['unbound-number', 7, 7]],
  )
})

test('a measurement in code, in quotation or with its source is none', () => {
  for (const text of [
    '`18 MB/s`',
    '"18 MB/s" he says',
    '> 18 MB/s',
    'He says [18 MB/s](https://x.example).',
    'It is 18 MB/s ([source](https://x.example)).',
    '    18 MB/s',
  ]) {
    assert.equal(prose(text).diagnostics, [], text)
  }
})

test('prose is data: template marks stay as they are', () => {
  const text = "{{ (1).constructor.constructor('return process')() }} {% include 'x' %}"
  assert.equal(prose(text).pieces, [{ kind: 'markdown', text }])
})

test.run()
