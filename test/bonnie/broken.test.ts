/** Rows that were broken, run together or moved: an error was said, and yet numbers stood for other tests. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Run } from '../../src/model/run.ts'
import { suite } from '../suite.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/dialects/${name}/input.txt`, import.meta.url)), 'utf8')
const read = (text: string) => parse({ path: 'x.txt', sha256: '', text })

/** The measured cells of some runs, as `test rate cpu latency`. */
function numbers(runs: readonly Run[]): string[] {
  return runs.flatMap(({ cells }) =>
    METRIC_IDS.filter((id) => cells[id].state === 'measured').map(
      (id) => `${id} ${cells[id].rate} ${cells[id].cpu} ${cells[id].latency_us}`,
    ),
  )
}

/** That something is said of a damaged text, and that every number in it is one of the undamaged one. */
function holds(before: string, after: string): void {
  assert.is.not(after, before, 'the damage hit nothing')
  const { runs, diagnostics } = read(after)
  assert.ok(
    diagnostics.some(({ level }) => level !== 'note'),
    'nothing is said',
  )
  const known = numbers(read(before).runs)
  const bare = (number: string) => number.split(' ').slice(0, 3).join(' ')
  assert.equal(
    numbers(runs).filter((number) => !known.map(bare).includes(bare(number))),
    [],
  )
}

const TEXT = fixture('1.0x-text-loopback')
const NINE = fixture('1.9x-long-name')
const BRAY = fixture('bonnie-rows-parted')

const test = suite('broken rows')

test('a row broken at any of its blanks', () => {
  for (const text of [TEXT, NINE, BRAY, fixture('bonnie-three-rows'), fixture('2.00-text-alone-no-putc')]) {
    const rows = text
      .split('\n')
      .filter((line) => /^\S.*\d+ +\d+|^ +\d+ +\d/.test(line) && !line.includes(','))
    for (const row of rows) {
      const at = text.indexOf(row)
      for (const { index } of row.matchAll(/(?<=\S) +/g)) {
        const after = `${text.slice(0, at + index)}\n${text.slice(at + index)}`
        const [left, right] = [numbers(read(after).runs), numbers(read(text).runs)]
        assert.equal(
          left.filter(
            (number) => !right.some((each) => each.split(' ', 3).join() === number.split(' ', 3).join()),
          ),
          [],
          row,
        )
      }
    }
  }
})

test('latencies on the line of their row', () => {
  const text = fixture('1.9x-no-putc-concurrency')
  holds(text, text.replace(/\nLatency/, 'Latency'))
})

test('a row that a mark moved to the left, by less than a cell and by a whole one', () => {
  for (const blanks of [4, 5, 6, 7, 8, 9, 10]) {
    const after = NINE.replace(/^ {17}( *\d+ )/m, (_row, rest) => `${' '.repeat(17 - blanks)}${rest}`)
    const [run] = read(after).runs
    for (const id of METRIC_IDS.slice(6)) {
      const [cell, own] = [run?.cells[id], read(NINE).runs[0]?.cells[id]]
      if (cell?.state === 'measured') assert.is(cell.rate, own?.rate, `${id}, ${blanks} to the left`)
    }
  }
})

test('a size parted from its unit', () => {
  holds(TEXT, TEXT.replace('2064M', '2064 M'))
  const collapsed = TEXT.replaceAll(/ +/g, ' ')
  holds(collapsed, collapsed.replace('2064M', '2064 M'))
})

test('a row of 1.0x without its size is none of the numbers to the right', () => {
  holds(TEXT, TEXT.replace('2064M', '     '))
})

test('a CSV row that goes on in another line', () => {
  const csv = fixture('1.9x-csv-alone')
  const row = csv.trimEnd().split('\n').at(-1) ?? ''
  for (const { index } of row.matchAll(/,/g))
    holds(csv, csv.replace(row, `${row.slice(0, index)}\nand then:\n${row.slice(index)}`))
})

test('a comma lost anywhere in a CSV row', () => {
  for (const name of ['1.0x-csv-alone', '1.9x-csv-alone', '2.00-csv-alone', '1.9x-csv-comma-in-name']) {
    const csv = fixture(name)
    const from = csv.trimEnd().lastIndexOf('\n') + 1
    for (let at = csv.indexOf(',', from); at >= 0; at = csv.indexOf(',', at + 1))
      holds(csv, csv.slice(0, at) + csv.slice(at + 1))
  }
})

test('the row of 1.96 without the tests of one file, one comma short', () => {
  const text = fixture('1.9x-without-io-47-fields')
  const csv = text.split('\n').find((line) => line.includes(',')) ?? ''
  holds(csv, csv.replace(',60,32', ',6032'))
})

test('a version too old for the latencies below it tells nothing of defects', () => {
  const text = fixture('2.00-text-and-csv')
  const at = text.lastIndexOf('2.00a       ---')
  holds(text, `${text.slice(0, at)}1.00a${text.slice(at + 5)}`)
})

test('a version too new for the rates below it', () => {
  const text = fixture('1.9x-without-io-47-fields').replaceAll(/^.*,.*$/gm, '')
  const { diagnostics } = read(text.replace('1.96', '1.99'))
  assert.ok(diagnostics.some(({ rule }) => rule === 'doubtful-version'))
})

test('a mark among latencies that no column tells apart', () => {
  const text = fixture('2.00-text-alone').replaceAll(/ +/g, ' ')
  const cut = text.replace(/^(Latency.*) \S+$/m, '$1')
  const [run] = read(cut.replace('Latency ', 'Latency - ')).runs
  assert.is(run?.cells.put_block.latency_us, null)
})

test('a blank doubled where all others are single', () => {
  const text = fixture('2.00-noname-quoted').replaceAll(/ +/g, ' ')
  assert.equal(numbers(read(text.replace(' 60.5m', '  60.5m')).runs), numbers(read(text).runs))
})

test('a table that cannot be read keeps the CSV row right below it', () => {
  const text = fixture('2.00-text-and-csv-no-putc').replaceAll(/^(lab .*)$/gm, (row) =>
    row.replaceAll(/ +/g, ' '),
  )
  const { runs, diagnostics } = read(text.replace(/,lab,/, ',other,'))
  assert.is(runs.length, 1)
  assert.ok(diagnostics.some(({ rule }) => rule === 'text-csv-disagree'))
})

test('a copy of a CSV row that a table may have waited for is told aloud', () => {
  const text = fixture('2.00-text-and-csv-no-putc')
  const csv = text.trimEnd().split('\n').at(-1) ?? ''
  const again = text.replace(csv, csv.replace(',8192,', '8192,'))
  const { diagnostics } = read(`${text}\n${again}`)
  assert.ok(diagnostics.some(({ level, rule }) => level === 'warning' && rule === 'duplicate-run'))
})

test('the end of a wrapped row whose beginning was lost', () => {
  const text = fixture('suse-volumes-quoted-printable')
  const at = text.lastIndexOf('M1135-')
  holds(text, `${text.slice(0, at)}M${text.slice(text.indexOf('\n', at))}`)
})

test('table and CSV saved twice are one run', () => {
  for (const name of ['1.0x-text-and-csv', '2.00-text-and-csv']) {
    const once = read(fixture(name)).runs
    const { runs, diagnostics } = read(`${fixture(name)}\n${fixture(name)}`)
    assert.equal(numbers(runs), numbers(once), name)
    assert.is(diagnostics.filter(({ rule }) => rule === 'duplicate-run').length, once.length)
  }
  // one measured rate proves nothing
  assert.is(read(`${fixture('2.00-links')}\n${fixture('2.00-links')}`).runs.length, 4)
})

test.run()
