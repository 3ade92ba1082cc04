/** The oracle is a guard, so it is seen failing here: damage beside changes that a broken reader would make of it. */
import * as assert from 'uvu/assert'
import type { MetricId } from '../../src/model/metric.ts'
import type { Cell, Parsed, Run } from '../../src/model/run.ts'
import { suite } from '../suite.ts'
import { damageAll } from './campaign.ts'
import { type Damage, damaged, mutantsOf, sampleOf } from './mutants.ts'
import { faultOf } from './oracle.ts'
import { type Output, outputs, type Reading, readBytes, readOriginal } from './outputs.ts'

const named = (part: string): Output => {
  const found = outputs().find(({ name }) => name.includes(part))
  if (!found) throw new Error(`no output ${part}`)
  return found
}
const TEXT = named('1.0x-text-loopback')
const BEFORE = readOriginal(TEXT.bytes)
const at = (word: string) => BEFORE.text.indexOf(word)

/** What the oracle says if this damage of the text were read so. */
function judged(damage: Damage, change: (parsed: Parsed) => Parsed): string | null {
  const { text } = readBytes(damaged(TEXT.bytes, damage))
  const after: Reading = { text, parsed: change(BEFORE.parsed) }
  return faultOf(BEFORE, after, damage.kind)
}

const withCell = (id: MetricId, cell: Partial<Cell>) => (parsed: Parsed) => ({
  ...parsed,
  runs: parsed.runs.map(
    (run): Run => ({ ...run, cells: { ...run.cells, [id]: { ...run.cells[id], ...cell } } }),
  ),
})
const withFacts = (facts: Partial<Run>) => (parsed: Parsed) => ({
  ...parsed,
  runs: parsed.runs.map((run): Run => ({ ...run, ...facts })),
})

const test = suite('the oracle of damage')
const rate = BEFORE.parsed.runs[0]?.cells.putc.rate ?? 0
const hit: Damage = { kind: 'insert', at: at(`${rate}`), byte: 0x31 }

test('the cell that was hit may change, another may not', () => {
  assert.is(judged(hit, withCell('putc', { rate: Number(`1${rate}`) })), null)
  assert.match(judged(hit, withCell('rewrite', { rate: 1 })) ?? '', 'rewrite changed')
  assert.ok(
    judged(hit, (parsed) => withCell('putc', { rate: 1 })(withCell('put_block', { rate: 1 })(parsed))),
  )
})

test('a bound may follow a fact, and only that', () => {
  const size: Damage = { kind: 'replace', at: at('M '), byte: 0x47 }
  const mib = BEFORE.parsed.runs[0]?.file_size_mib ?? 0
  const bigger = withFacts({ file_size_mib: mib * 1024 })
  assert.is(judged(size, bigger), null)
  assert.is(
    judged(size, (parsed) => withCell('seeks', { rate: 1 })(bigger(parsed))),
    null,
  )
  assert.match(judged(size, withCell('seeks', { rate: 1 })) ?? '', 'bound')
  assert.match(judged(size, withFacts({ num_files: 17 })) ?? '', 'num_files changed')
  assert.match(judged(size, (parsed) => withCell('putc', { rate: 1 })(bigger(parsed))) ?? '', 'putc')
})

test('runs do not come or go', () => {
  assert.match(judged(hit, (parsed) => ({ ...parsed, runs: [] })) ?? '', '1 runs became 0')
  assert.match(
    judged(hit, (parsed) => ({ ...parsed, runs: [...parsed.runs, ...parsed.runs] })) ?? '',
    'became 2',
  )
})

test('a warning excuses a change; a note, or a warning that was there before, does not', () => {
  const change = withCell('rewrite', { state: 'unreadable', rate: null, cpu: null })
  const said = (level: 'note' | 'warning') => ({
    level,
    rule: 'row-goes-on',
    message: 'x',
    place: { file: 'input.txt', line: 9, column: 1 },
  })
  const warned = (parsed: Parsed) => ({ ...change(parsed), diagnostics: [said('warning')] })
  assert.is(judged(hit, warned), null)
  assert.ok(judged(hit, (parsed) => ({ ...change(parsed), diagnostics: [said('note')] })))
  const shifted = (parsed: Parsed) => ({
    ...warned(parsed),
    runs: withCell('rewrite', { rate: 1 })(parsed).runs,
  })
  assert.match(
    judged(hit, shifted) ?? '',
    'told, but rewrite',
    'not even then does a number stand for another test',
  )
  const before = { ...BEFORE, parsed: { ...BEFORE.parsed, diagnostics: [said('warning')] } }
  const { text } = readBytes(damaged(TEXT.bytes, hit))
  assert.ok(faultOf(before, { text, parsed: warned(BEFORE.parsed) }, 'insert'))
})

test('a line that is lost takes what stood on it, and nothing else', () => {
  const line = BEFORE.text.lastIndexOf('\n', at(`${rate}`)) + 1
  const drop: Damage = { kind: 'drop', at: line }
  const nothing = { state: 'not_run', rate: null, cpu: null, line: null, column: null } as const
  assert.is(judged(drop, withCell('putc', nothing)), null)
  assert.match(judged(drop, withCell('seq_create', nothing)) ?? '', 'stands elsewhere')
  assert.match(judged(drop, withCell('putc', { rate: 1 })) ?? '', 'putc changed')
  assert.match(judged(drop, withFacts({ num_files: null })) ?? '', 'num_files changed')
})

test('a line that stands twice changes nothing', () => {
  const double: Damage = { kind: 'double', at: BEFORE.text.lastIndexOf('\n', at(`${rate}`)) + 1 }
  assert.is(
    judged(double, (parsed) => parsed),
    null,
  )
  assert.match(judged(double, withFacts({ name: 'x' })) ?? '', 'doubled line')
})

test('mutants are always the same ones, and reach every byte and every line', () => {
  const mutants = [...mutantsOf(TEXT)]
  assert.equal(mutants, [...mutantsOf(TEXT)])
  for (const kind of ['delete', 'replace', 'insert'] as const) {
    const places = new Set(mutants.filter((each) => each.kind === kind).map((each) => each.at))
    for (let i = 0; i < TEXT.bytes.length; i += 1) assert.ok(places.has(i), `${kind} at ${i}`)
  }
  const lines = BEFORE.text.split('\n').length - 1
  for (const kind of ['drop', 'double'] as const)
    assert.is(mutants.filter((each) => each.kind === kind).length, lines)
  const sample = [...sampleOf(TEXT, 50, 10)]
  assert.is(sample.length, 60)
  assert.equal(sample, [...sampleOf(TEXT, 50, 10)])
})

test('damage is what its name says', () => {
  const after = (damage: Damage) =>
    new TextDecoder().decode(damaged(new TextEncoder().encode('ab\ncd\n'), damage))
  assert.is(after({ kind: 'delete', at: 1 }), 'a\ncd\n')
  assert.is(after({ kind: 'replace', at: 1, byte: 0x78 }), 'ax\ncd\n')
  assert.is(after({ kind: 'insert', at: 1, byte: 0x78 }), 'axb\ncd\n')
  assert.is(after({ kind: 'drop', at: 0 }), 'cd\n')
  assert.is(after({ kind: 'double', at: 3 }), 'ab\ncd\ncd\n')
  assert.is(after({ kind: 'truncate', at: 4 }), 'ab\nc\n')
})

test('a campaign counts what it tried', () => {
  assert.is(damageAll(TEXT, [hit, hit]).mutants, 2)
})

test.run()
