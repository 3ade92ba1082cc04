/** Damage that once changed numbers in silence: each kind is told now. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { suite } from '../suite.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/dialects/${name}/input.txt`, import.meta.url)), 'utf8')
const read = (text: string) => parse({ path: 'x.txt', sha256: '', text })

/** What is said of a text that was not said before, notes included. */
function told(before: string, after: string): string[] {
  assert.is.not(after, before, 'the damage hit nothing')
  const said = (text: string) => read(text).diagnostics.map(({ level, rule }) => `${level} ${rule}`)
  const known = said(before)
  return said(after).filter((each) => !known.includes(each))
}

const TEXT = fixture('1.0x-text-loopback')
const NINE = fixture('1.9x-without-io-47-fields').replaceAll(/^.*,.*$/gm, '')
const TWO = fixture('2.00-text-alone')
const BOTH = fixture('1.0x-text-and-csv')
const ROWS = fixture('bonnie-three-rows')

const test = suite('what is said twice, or should be said')

test('a version that was lost with its line, or cut off by a break', () => {
  const first = TEXT.split('\n', 1)[0] ?? ''
  assert.equal(told(TEXT, TEXT.replace(`${first}\n`, '')), ['warning missing-fact'])
  assert.equal(told(TEXT, TEXT.replace(' ------Seq', '\n------Seq')), ['warning missing-fact'])
  const suse = fixture('suse-sync-unlocked')
  assert.equal(told(suse, suse.replace(/Bonnie (1\.\d)/, 'Bonny $1')), ['warning missing-fact'])
})

test('no version is missed where none is printed, or where the CSV tells it', () => {
  assert.equal(told(ROWS, `${ROWS}\n`), [])
  const text = fixture('2.00-text-and-csv')
  assert.equal(told(text, text.replace(/^.*\n/, '')), [])
})

test('the version of the second heading, held against that of the first', () => {
  const second = TWO.lastIndexOf('2.00a')
  const other = `${TWO.slice(0, second)}1.90a${TWO.slice(second + 5)}`
  assert.ok(told(TWO, other).includes('warning doubtful-version'))
})

test('latencies below a version that prints none', () => {
  const text = fixture('csv2txt-1.97')
  assert.ok(told(text, text.replace('1.97', '1.07')).includes('warning doubtful-version'))
})

test('a blank more before the version makes no table of bon_csv2txt', () => {
  for (const text of [TWO, fixture('1.9x-long-name')]) {
    const [run] = read(text.replace(/Version +/, (words) => `${words} `)).runs
    assert.is(run?.dialect, read(text).runs[0]?.dialect)
    assert.is(run?.concurrency, read(text).runs[0]?.concurrency)
  }
})

test('a break in the second heading makes none either', () => {
  const at = TWO.lastIndexOf('------Sequential Create')
  const [run] = read(`${TWO.slice(0, at)}\n${TWO.slice(at)}`).runs
  assert.is(run?.dialect, read(TWO).runs[0]?.dialect)
})

test('two tables that name two machines', () => {
  assert.equal(told(TWO, TWO.replace(/^(\w+)( +-Create)/m, 'other$2')), ['warning doubtful-name'])
  const long = fixture('1.9x-long-name')
  assert.equal(told(long, `${long}\n`), [], 'a name that was cut to its column is the same one')
})

test('something in the room of a name', () => {
  assert.equal(told(NINE, NINE.replace(' -Create', '7-Create')), ['warning doubtful-name'])
})

test('a row on the line of the row above it', () => {
  assert.ok(told(ROWS, ROWS.replace('121.1 0\n', '121.1 0')).includes('error unreadable-row'))
})

test('a row on the line of the heading', () => {
  assert.ok(told(TEXT, TEXT.replace('/sec %CP\n', '/sec %CP ')).includes('warning row-goes-on'))
})

test('a row that stands twice counts once; where nothing was measured, nobody knows', () => {
  const row = /^vm101.*\n/m.exec(TEXT)?.[0] ?? ''
  assert.equal(told(TEXT, TEXT.replace(row, row + row)), ['note duplicate-run'])
  assert.is(read(TEXT.replace(row, row + row)).runs.length, 1)
  const csv = 'h0,,,,,,,,,,,,,,4,+++++,+++,+++++,+++,+++++,+++,+++++,+++,+++++,+++,+++++,+++\n'
  assert.equal(told(csv, csv + csv), ['warning duplicate-run'])
  assert.is(read(csv + csv).runs.length, 2)
})

test('a number before the number of files, pushed out of its column', () => {
  const after = TEXT.replace(/^ {17}16/m, '3                 16')
  assert.ok(told(TEXT, after).some((each) => each.startsWith('error')))
  assert.is(read(after).runs[0]?.cells.seq_create.state, 'unreadable')
})

test('a row that was cut behind its size', () => {
  const rows = ROWS.replace(/^Blkback .*\nLoop.*\n/m, '')
  assert.equal(told(rows, `${rows}Tap AIO dev 2G\n`), ['warning row-ends-early'])
})

test('a CSV row and a table that are almost the same run', () => {
  const csv = BOTH.trimEnd().split('\n').at(-1) ?? ''
  const apart = BOTH.replace(csv, `Then, later\n${csv.replace('colossus,32G', 'golem,3G')}`)
  assert.ok(told(BOTH, apart).length > 0)
  const censored = [
    'Version 1.03e       ------Sequential Create------ --------Random Create--------',
    'h0                  -Create-- --Read--- -Delete-- -Create-- --Read--- -Delete--',
    '              files  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP',
    `                  4${' +++++ +++'.repeat(6)}`,
    `h0${','.repeat(14)}4${',+++++,+++'.repeat(6)}`,
    '',
  ].join('\n')
  assert.equal(told(censored, censored.replace('h0,', 'h1,')), ['error text-csv-disagree'])
  assert.equal(told(censored, censored.replace('h0,', 'h\n1,')), ['warning unpaired-row'])
})

test('CSV in parts, or together with something else', () => {
  const csv = fixture('1.9x-csv-alone').trimEnd().split('\n').at(-1) ?? ''
  assert.equal(told(`${csv}\n`, `${csv}${csv}\n`).slice(0, 1), ['error csv-fields'])
  assert.ok(
    told(TEXT, `${TEXT.trimEnd()}${'vm,2G,1,2,3,4,5,6,7,8,9,10,11,12,13,14'}\n`).includes(
      'warning csv-fields',
    ),
  )
  assert.equal(told(TEXT, `${TEXT},,+++++,+++,+++++,+++,,,16,7\n`), ['warning csv-fields'])
  const header = fixture('1.0x-csv-with-headers')
  assert.equal(told(header, header.replace('ran_del_cpu\n', 'ran_del_cpu')), ['error csv-fields'])
})

test('a version that does not write the format beside it', () => {
  const csv = fixture('1.9x-csv-alone')
  assert.ok(told(csv, csv.replace(/1\.9\d,(1\.9\d),/, '1.98,$1,')).includes('error unknown-dialect'))
})

test('what no output can hold: a file of more than a PiB, a CPU of five digits, a chunk that is no size', () => {
  assert.equal(told(TEXT, TEXT.replace('2064M', '9992064000M')).slice(0, 1), ['error unreadable-fact'])
  const csv =
    'colossus,32G,76,73088,218667,46,96284,17,76906,81,273038,23,1141.5,3,256,67646,87,+++++,+++,13106,15,72814,92,+++++,+++,12249,16\n'
  assert.ok(read(csv).diagnostics.some(({ rule }) => rule === 'unreadable-cell'))
  const quoted = fixture('2.00-noname-quoted')
  assert.ok(told(quoted, quoted.replace(':4k:', ':4k0')).includes('error unreadable-fact'))
})

test('a letter that touches the first word of a heading is no margin', () => {
  const at = TWO.lastIndexOf('Version')
  assert.is(read(`${TWO.slice(0, at)}l${TWO.slice(at)}`).runs[0]?.name, read(TWO).runs[0]?.name)
})

test.run()
