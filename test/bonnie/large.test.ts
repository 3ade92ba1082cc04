/** Files of any size: read in parts they give what they give whole, and no part is lost to what is no text. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse, parseLarge } from '../../src/bonnie/parse.ts'
import { byPlace, type Diagnostic } from '../../src/model/diagnostic.ts'
import { linesOf, MOST_UNITS } from '../../src/model/lines.ts'
import type { Parsed } from '../../src/model/run.ts'
import { suite } from '../suite.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/dialects/', import.meta.url))
const OUTPUTS = readdirSync(FIXTURES)
  .sort()
  .map((name) => readFileSync(`${FIXTURES}${name}/input.txt`, 'utf8'))

const NAME = { path: 'input.txt', sha256: '' }
const whole = (text: string) => parse({ ...NAME, text })

/** All parts together. */
function inParts(text: Iterable<string>, stretch: number): Parsed {
  const parts = [...parseLarge({ ...NAME, text }, stretch)]
  return {
    runs: parts.flatMap(({ runs }) => runs),
    // a remark on a header is made with the rows below it
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics).toSorted(byPlace),
  }
}

/** A text in pieces of so many units, whatever stands at their ends. */
function* pieces(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const bare = ({ excerpt: _, ...diagnostic }: Diagnostic) => diagnostic

const test = suite('large files')

for (const stretch of [1, 300, 4000, 30_000]) {
  test(`stretches of ${stretch} units give what the whole gives`, () => {
    const text = [...OUTPUTS, ...OUTPUTS.toReversed()].join('\n\n')
    const [expected, found] = [whole(text), inParts(pieces(text, 777), stretch)]
    assert.equal(found.runs, expected.runs)
    assert.equal(found.diagnostics.map(bare), expected.diagnostics.map(bare))
  })
}

test('the size of pieces does not matter', () => {
  const text = OUTPUTS.join('\r\n')
  const expected = [...linesOf([text])]
  assert.equal(expected, text.split(/\r?\n/))
  for (const size of [1, 2, 7, 1000]) assert.equal([...linesOf(pieces(text, size))], expected)
})

const ROW =
  '1.98,2.00a,vm101,1,1446900000,2064M,,8192,5,94,99,54934,30,20765,86,3329,98,229076,98,934.5,19,16,,,,,13299,25,12518,65,16000,41,17000,42,18000,43,19000,44,101us,102us,103us,104us,105us,106us,107us,108us,109us,110us,111us,112us'
const row = (i: number) =>
  ROW.replace('1446900000', String(1446900000 + i)).replace('54934', String(20000 + i))

test('a table waits for its CSV row, but not for ever', () => {
  const table = readFileSync(`${FIXTURES}2.00-text-alone/input.txt`, 'utf8')
  const rows = Array.from({ length: 2000 }, (_, i) => row(i))
  const { runs } = inParts(pieces([table, ...rows].join('\n'), 5000), 10_000)
  assert.is(runs.length, whole(table).runs.length + 2000)
  assert.is(runs[0]?.dialect, 'bonnie++ 2.00 text')
})

test('a table does not hold up the problems of a whole file', () => {
  const table = readFileSync(`${FIXTURES}1.0x-text-blktap/input.txt`, 'utf8')
  const stray = table.split('\n').find((line) => line.includes('2064M')) ?? ''
  const text = [table, ...Array.from({ length: 5000 }, () => `${stray}\n\nmore\n`)].join('\n')
  const parts = [...parseLarge({ ...NAME, text: [text] }, 10_000)]
  assert.is(parts.flatMap(({ diagnostics }) => diagnostics).length, whole(text).diagnostics.length)
  assert.ok(Math.max(...parts.map(({ diagnostics }) => diagnostics.length)) < 2500)
})

test('what comes before a long line and behind it is read', () => {
  for (const length of [MOST_UNITS, MOST_UNITS + 1, 3 * MOST_UNITS]) {
    const text = [row(1), 'x'.repeat(length), row(2)].join('\n')
    const { runs, diagnostics } = inParts(pieces(text, 60_000), 1000)
    assert.equal(
      runs.map(({ line }) => line),
      [1, 3],
    )
    const told = diagnostics.map(({ rule, place }) => `${rule} ${place.line}:${place.column}`)
    assert.equal(told, length > MOST_UNITS ? ['line-too-long 2:1'] : [])
  }
})

test('lines with NUL bytes are left out, with one remark', () => {
  const { runs, diagnostics } = whole(['', row(1), 'ab\0c', '\0\0', row(2)].join('\n'))
  assert.equal(
    runs.map(({ line }) => line),
    [2, 5],
  )
  assert.equal(
    diagnostics.map(({ rule, place }) => [rule, place.line, place.column]),
    [['unreadable-file', 3, 3]],
  )
})

test('a row that comes again is known among thousands', () => {
  const rows = Array.from({ length: 700 }, (_, i) => row(i))
  const { runs, diagnostics } = whole(
    [...rows, row(5), row(600).replace(',98,229076', ',97,229076')].join('\n'),
  )
  assert.is(runs.length, 700)
  assert.equal(
    diagnostics.map(({ level, message }) => [level, /line \d+/.exec(message)?.[0]]),
    [
      ['note', 'line 6'],
      ['warning', 'line 601'],
    ],
  )
})

test.run()
