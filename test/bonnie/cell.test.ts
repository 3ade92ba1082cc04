import * as assert from 'uvu/assert'
import { type Reading, readCell } from '../../src/bonnie/cell.ts'
import { NO_FACTS } from '../../src/bonnie/facts.ts'
import { type Notation, readLatency, readRate } from '../../src/bonnie/notation.ts'
import { Page } from '../../src/bonnie/page.ts'
import type { MetricId } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const test = suite('reading cells')

const RATES: readonly (readonly [string, Notation, number | null, number?])[] = [
  ['25511', 'whole', 25511],
  ['0', 'whole', 0],
  ['249.1', 'whole', null],
  ['249.1', 'decimal', 249.1],
  ['1141', 'decimal', 1141],
  ['.5', 'decimal', null],
  ['1.', 'decimal', null],
  ['-5', 'whole', null],
  ['1e5', 'whole', null],
  ['0x10', 'whole', null],
  ['٣', 'whole', null],
  ['540k', 'scaled', 540, 1],
  ['98.3m', 'scaled', 100659.2, 51.2],
  ['728m', 'scaled', 745472, 512],
  ['1.3g', 'scaled', 1363148.8, 52428.8],
  ['100.0m', 'scaled', 102400, 51.2],
  ['1000m', 'scaled', 1024000, 512],
  ['1.3k', 'scaled', null],
  ['540', 'scaled', null],
  ['540G', 'scaled', null],
]
for (const [word, notation, rate, tolerance] of RATES) {
  test(`${word} is ${rate ?? 'no rate'}, ${notation}`, () => {
    const read = readRate(word, notation)
    assert.is(read?.rate ?? null, rate)
    assert.is(read?.tolerance, tolerance)
  })
}

const LATENCIES: readonly (readonly [string, number | null])[] = [
  ['0us', 0],
  ['99999us', 99999],
  ['103ms', 103000],
  ['12s', 12000000],
  ['12', null],
  ['12m', null],
  ['us', null],
  ['1.5s', null],
]
for (const [word, us] of LATENCIES) {
  test(`a latency of ${word} is ${us ?? 'none'}`, () => assert.is(readLatency(word), us))
}

const PAGE: Page = new Page('x.txt', ['vm101 2064M 2551l 35'])
const FACTS = { ...NO_FACTS, version: '1.03c', file_size_mib: 2064, num_files: 16 }
const READING: Reading = { form: 'text', facts: FACTS, censors: true, bulk: 'whole', cpu: 'whole' }

function cell(id: MetricId, rate: string, cpu: string, reading: Partial<Reading> = {}) {
  const token = (text: string, column: number) => ({ text, line: 1, column })
  const pair = { kind: 'pair' as const, rate: token(rate, 13), cpu: token(cpu, 19) }
  return readCell(PAGE, id, pair, { ...READING, ...reading })
}

test('a rate and its CPU are measured, at the place of the rate', () => {
  const { value, diagnostics } = cell('put_block', '18075', '3')
  assert.equal(value, { state: 'measured', rate: 18075, cpu: 3, latency_us: null, line: 1, column: 13 })
  assert.is(diagnostics.length, 0)
})

test('+++++ is at least the bound of its own work, without CPU', () => {
  const { value } = cell('seeks', '+++++', '+++')
  assert.equal(value, { state: 'at_least', rate: 16384, cpu: null, latency_us: null, line: 1, column: 13 })
})

test('+++++ without a size is unreadable, with a warning', () => {
  const { value, diagnostics } = cell('put_block', '+++++', '+++', { facts: NO_FACTS })
  assert.is(value.state, 'unreadable')
  assert.equal(
    diagnostics.map(({ level, rule }) => [level, rule]),
    [['warning', 'no-bound']],
  )
})

test('an l in place of a 1 is an error that says so', () => {
  const { value, diagnostics } = cell('putc', '2551l', '35')
  assert.is(value.state, 'unreadable')
  assert.is(value.printed, '2551l')
  assert.equal(diagnostics, [
    {
      level: 'error',
      rule: 'unreadable-cell',
      message: 'Expected a number or +++++, got "2551l".',
      place: { file: 'x.txt', line: 1, column: 13 },
      excerpt: { text: 'vm101 2064M 2551l 35', length: 5 },
      remedy: 'Probably an l in place of a 1: correct the cell from the original output.',
    },
  ])
})

for (const [word, cause] of [
  ['25O11', 'an O in place of a 0'],
  ['I23', 'an I in place of a 1'],
  ['xxxx', null],
  ['++++', null],
  ['-25511', null],
] as const) {
  test(`"${word}" is unreadable${cause ? `: ${cause}` : ''}`, () => {
    const [diagnostic] = cell('putc', word, '35').diagnostics
    assert.is(diagnostic?.message, `Expected a number or +++++, got "${word}".`)
    const advice = 'orrect the cell from the original output.'
    assert.is(diagnostic?.remedy, cause ? `Probably ${cause}: c${advice}` : `C${advice}`)
  })
}

test('a CPU that is no number makes the cell unreadable, at the CPU', () => {
  const { value, diagnostics } = cell('putc', '25511', '3S')
  assert.is(value.state, 'unreadable')
  assert.is(value.printed, '3S')
  assert.is(diagnostics[0]?.place.column, 19)
})

test('+++++ beside a number, and a number beside +++, are unreadable', () => {
  assert.is(cell('putc', '+++++', '35').value.state, 'unreadable')
  assert.is(cell('putc', '25511', '+++').value.state, 'unreadable')
})

test('a number above its own bound is unreadable, with a warning', () => {
  const bound = 2064 * 1024 * 2
  assert.is(cell('put_block', String(bound), '3').value.state, 'measured')
  const { value, diagnostics } = cell('put_block', String(bound + 1), '3')
  assert.is(value.state, 'unreadable')
  assert.is(value.printed, String(bound + 1))
  assert.equal(
    diagnostics.map(({ level, rule }) => [level, rule]),
    [['warning', 'above-own-bound']],
  )
  assert.match(diagnostics[0]?.message ?? '', 'of 4,227,073 is above 4,227,072 KiB/s,')
  const files = cell('seq_del', '37801', '9').diagnostics
  assert.match(files[0]?.message ?? '', 'of 37,801 is above 32,768 files/s,')
})

test('classic Bonnie has no bound, and no +++++', () => {
  const classic = { censors: false, cpu: 'decimal' as const, facts: { ...FACTS, version: null } }
  assert.is(cell('put_block', '99999999', '98.0', classic).value.rate, 99999999)
  assert.is(cell('put_block', '+++++', '+++', classic).value.state, 'unreadable')
})

test('file rates in the text of 1.98 and later are defective: BON-001', () => {
  const reading = { facts: { ...FACTS, version: '2.00a' }, bulk: 'scaled' as const }
  const { value } = cell('seq_create', '16384', '97', reading)
  const place = { latency_us: null, line: 1, column: 13 }
  assert.equal(value, {
    state: 'defective',
    rate: null,
    cpu: 97,
    ...place,
    printed: '16384',
    erratum: 'BON-001',
  })
  assert.is(cell('seq_create', '12345', '97', reading).value.state, 'defective')
  assert.is(cell('seq_create', '+++++', '+++', reading).value.state, 'at_least')
  assert.is(cell('seeks', '231.8', '97', reading).value.state, 'measured')
  assert.is(
    cell('seq_create', '16384', '97', { ...reading, form: 'csv', bulk: 'whole' }).value.state,
    'measured',
  )
  assert.is(cell('seq_create', '16384', '97').value.state, 'measured')
})

test.run()
