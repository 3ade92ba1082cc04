/** Rows as printf lays them out, rows of latencies, and the fields of CSV. */
import * as assert from 'uvu/assert'
import { fieldsOf, isNamed, looksLike } from '../../src/bonnie/csv-fields.ts'
import { readLatencyRow } from '../../src/bonnie/latency.ts'
import { BLANK, type Printed } from '../../src/bonnie/notation.ts'
import { Page } from '../../src/bonnie/page.ts'
import { replay } from '../../src/bonnie/replay.ts'
import { suite } from '../suite.ts'

const WIDTH = { rate: 5, cpu: 3 }
const told = (cells: readonly Printed[]) =>
  cells.map((cell) => (cell.kind === 'pair' ? `${cell.rate.text} ${cell.cpu.text}` : cell.kind))
const again = (text: string, count = 3) => {
  const replayed = replay(text, 1, 0, WIDTH, count)
  return replayed && [replayed.state, ...told(replayed.cells)]
}

const test = suite('the layout of rows')

test('each cell ends where printf would have put its end', () => {
  assert.equal(again(' 25511  35 18075   3 +++++ +++'), ['whole', '25511 35', '18075 3', '+++++ +++'])
  assert.equal(again('     1   1           +++++ +++'), ['whole', '1 1', 'blank', '+++++ +++'])
  assert.is(again('    1   1           +++++ +++'), null, 'one blank too few')
})

test('a wider number pushes everything to the right', () => {
  assert.equal(again(' 1234567  35 18075 100     1   1'), ['whole', '1234567 35', '18075 100', '1 1'])
})

test('a row that stops between cells has ended, one that stops inside a cell was cut', () => {
  assert.equal(again(' 25511  35'), ['ended', '25511 35'])
  assert.equal(again(' 25511  35 180'), ['cut', '25511 35', 'broken'])
  assert.equal(again(' 25511  35 18075'), ['cut', '25511 35', 'broken'])
  assert.equal(again(' 25511  35 18075  1'), ['cut', '25511 35', 'broken'], 'one digit of a CPU')
})

test('what follows the last cell is handed on', () => {
  assert.equal(
    replay(' 25511  35 and more', 1, 0, WIDTH, 1)?.rest.map(({ text }) => text),
    ['and', 'more'],
  )
})

const pair: Printed = {
  kind: 'pair',
  rate: { text: '1', line: 1, column: 1 },
  cpu: { text: '1', line: 1, column: 1 },
}
const latencies = (text: string, cells: readonly Printed[]) => {
  const page = new Page('x.txt', [`row\n${text}`])
  const { value, diagnostics } = readLatencyRow(page, 2, cells)
  return [value.map((token) => token?.text ?? null), diagnostics.map(({ rule }) => rule)]
}

test('latencies belong to the tests that were run, by column or in turn', () => {
  assert.equal(latencies('Latency               439us      47us', [pair, pair]), [['439us', '47us'], []])
  assert.equal(latencies('Latency 439us 47us', [pair, pair]), [['439us', '47us'], []])
  assert.equal(latencies('Latency                          47us', [BLANK, pair]), [[null, '47us'], []])
})

test('latencies that do not fit are not handed out', () => {
  const [, rules] = latencies('Latency 439us 47us 3us', [pair, pair])
  assert.equal(rules, ['unreadable-latency'])
  assert.equal(latencies('Latency 439us', [pair, pair])[0], [null, null])
  assert.equal(latencies('something else', [pair, pair]), [[null, null], ['no-latency']])
  assert.equal(latencies('Latency 439us 4x7us', [pair, pair])[1], ['unreadable-latency'])
})

const words = (text: string) => fieldsOf(text, 1).map((field) => field.text)

test('fields are found inside a command, behind a prompt, and without their tail', () => {
  assert.equal(words('a,2G,1'), ['a', '2G', '1'])
  assert.equal(words('echo "a,2G,1" | bon_csv2txt'), ['a', '2G', '1'])
  assert.equal(words('$ 1.97,1.97,vm,1 and more'), ['1.97', '1.97', 'vm', '1'])
  assert.equal(words('no comma'), [])
  assert.is(fieldsOf('  a ,2G', 1)[0]?.column, 3, 'the column of its first character')
})

test('a row of 1.90 or later is known by its two versions, one of 1.0x by its numbers', () => {
  assert.ok(isNamed('1.97,1.97,vm,'))
  assert.ok(isNamed('2,1.90,vm,'))
  assert.not(isNamed('vm,2G,1.97,1'))
  const look = (text: string, awaited = false) => looksLike(fieldsOf(text, 1), awaited)
  assert.is(look('1.97,1.97,vm'), 'named')
  assert.is(look('vm,2G,25511,35,18075,3'), 'plain')
  assert.is(look('one, two, three'), null)
  assert.is(look('1,2,3,4,5,6,7,8,9,10'), null)
  assert.is(look('1,2,3,4,5,6,7,8,9,10', true), 'plain')
})

test.run()
