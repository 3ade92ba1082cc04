/** The short way for plain rows gives what the full reader gives, to the byte, whatever stands around them. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parseLarge } from '../../src/bonnie/parse.ts'
import { plainRows } from '../../src/bonnie/plain-row.ts'
import { diceOf } from '../dice.ts'
import { runs, suite } from '../suite.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** Every saved output among the fixtures. */
const OUTPUTS = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(?:json|md|png)$/.test(entry.name))
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
  .filter((text) => text.includes('\n') && text.length < 200_000)

/** Knows no plain rows. */
const NONE = { isOne: () => false, read: () => null }

/** What a text is read as, with the short way and without. */
function bothWays(text: string, stretch: number): [short: string, full: string] {
  const source = { path: 'input.txt', sha256: 'f00d', text: [text] }
  return [
    JSON.stringify([...parseLarge(source, stretch)]),
    JSON.stringify([...parseLarge(source, stretch, NONE)]),
  ]
}

function assertSame(text: string, stretch: number): void {
  const [short, full] = bothWays(text, stretch)
  if (short !== full) assert.unreachable(`in stretches of ${stretch}:\n${text}\n${short}\n${full}`)
}

/** Names of the runs that were taken the short way. */
function takenIn(text: string, stretch?: number): string[] {
  const rows = plainRows()
  const read = (line: string, number: number) => {
    const row = rows.read(line, number)
    return row && { ...row, dialect: 'taken' }
  }
  const parts = [...parseLarge({ path: 'input.txt', sha256: '', text: [text] }, stretch, { ...rows, read })]
  return parts.flatMap((part) => part.runs.flatMap(({ dialect, name }) => (dialect === 'taken' ? name : [])))
}

type Draw = (below: number) => number

const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)] as T

/** A row as bonnie++ 1.9x or 2.00 prints it. */
function rowOf(draw: Draw): string {
  const late = draw(3) > 0
  const pair = () => (draw(8) === 0 ? '+++++,+++' : draw(12) === 0 ? ',' : `${1 + draw(60_000)},${draw(101)}`)
  const latency = () => (draw(12) === 0 ? '' : `${draw(99_999)}${pick(draw, ['us', 'us', 'ms', 's'])}`)
  const versions = pick(
    draw,
    late
      ? ['1.98,2.00a', '1.98,1.98', '2.00,2.00']
      : ['1.97,1.97', '1.96,1.96', '1.93d,1.93d', '1.93a,1.93a', '1.97,1.03e'],
  )
  const size = pick(draw, ['65536M', '2G', '2064M', '7G', '3T', '2097152M', ''])
  const start = `${versions},host-${draw(9)},${pick(draw, ['1', '1', '1', '4'])},${1_446_900_000 + draw(999)}`
  const bulk = Array.from({ length: 5 }, pair)
  const seeks = pick(draw, [
    `${draw(9000)}.${draw(10)},${draw(101)}`,
    `${draw(9000)},${draw(101)}`,
    '+++++,+++',
  ])
  const files = pick(draw, ['16,,,,', '16,,,,', '16,,,,', '64,20000,16,,512', '1,link,,,', ',,,,'])
  return [
    start,
    size,
    pick(draw, ['', '', '64k']),
    ...(late ? ['8192,5'] : []),
    ...bulk,
    seeks,
    files,
    ...Array.from({ length: 6 }, pair),
    ...Array.from({ length: 12 }, latency),
  ].join(',')
}

const WORDS = [
  ...['0', '007', '9999', '10000', '1e5', '-5', '0k', '2097151M', '3G', '1.5', '1.2345', '5.', '.5', '12us'],
  ...[
    '+++++',
    '+++',
    '++++',
    'link',
    '',
    ' 7',
    '999999999999999',
    '9999999999999999',
    '1.00',
    '2.00b',
    '3ms',
  ],
]
const CHARS = [...'0123456789+.,:kMGusm -_xXlO"\'=<>|\t#/%\\\r\u00a0\u2013é']

/** A row with one thing amiss. */
function mutated(draw: Draw, row: string): string {
  const at = draw(row.length)
  const fields = row.split(',')
  const field = draw(fields.length)
  const ways = [
    () => row.slice(0, at) + pick(draw, CHARS) + row.slice(at + 1),
    () => row.slice(0, at) + pick(draw, CHARS) + row.slice(at),
    () => row.slice(0, at) + row.slice(at + 1),
    () => row.slice(0, at),
    () => `${row.slice(0, at)}\n${row.slice(at)}`,
    () => fields.toSpliced(field, 1).join(),
    () => fields.toSpliced(field, 1, pick(draw, WORDS)).join(),
    () => fields.toSpliced(field, 0, pick(draw, WORDS)).join(),
    () => pick(draw, ['> ', '12: ', '  ', '"', 'x,', '$ bonnie++ -q | tee ']) + row,
  ]
  return pick(draw, ways)()
}

const HEADER =
  'format_version,bonnie_version,name,concurrency,seed,file_size,io_chunk_size,putc,putc_cpu,put_block,put_block_cpu'
const OTHERS = [
  '',
  '',
  HEADER,
  '# a remark',
  '> quoted',
  '7',
  'done...',
  '1.98,2.00a,cut',
  '7 Version  1.98 ------',
]

const LATE =
  '1.98,2.00a,vm,1,1446900000,2064M,,8192,5,94,99,54934,30,20765,86,3329,98,229076,98,934.5,19,16,,,,,13299,25,12518,65,+++++,+++,17000,42,18000,43,19000,44,101us,102us,103us,104us,105us,106us,107us,108us,109us,110us,111us,112us'
const EARLY = LATE.replace('1.98,2.00a,vm', '1.97,1.97,older')
  .replace(',8192,5,', ',')
  .replace('112us', '12ms')
const several = (row: string, count: number) =>
  Array.from({ length: count }, (_, i) =>
    row.replace('1446900000', String(1_446_900_000 + i)).replace('111us', `${i}us`),
  )

const test = suite('plain rows')

test('whatever stands in a field is read the same both ways', () => {
  for (const row of [LATE, EARLY]) {
    const fields = row.split(',')
    for (const [i] of fields.entries())
      for (const word of WORDS) assertSame(`${fields.with(i, word).join()}\n${several(LATE, 1)[0]}\n`, 3000)
  }
})

test('whatever stands above rows is seen from all of them', () => {
  for (const above of [HEADER, ...OUTPUTS.filter((text, i) => i % 16 === 0 && text.length < 3000)])
    assertSame([LATE, above, ...several(EARLY, 105)].join('\n'), 1)
})

test('a table finds its row among others far below it', () => {
  const lines = readFileSync(`${FIXTURES}dialects/2.00-text-and-csv/input.txt`, 'utf8').split('\n')
  const [rows, table] = [
    lines.filter((line) => /^1\.98,/.test(line)),
    lines.filter((line) => !/^1\.98,/.test(line)),
  ]
  assert.is(rows.length, 1)
  assertSame([...table, ...several(EARLY, 120), ...rows, ...several(LATE, 105)].join('\n'), 1)
})

test('a margin that a heading shows, or seems to, is taken off rows above it and far below it', () => {
  const heading = '2 Version  1.98       ------Sequential Output------ --Sequential Input- --Random-'
  assertSame([...several(LATE, 120), heading, ...several(EARLY, 5)].join('\n'), 1)
  assertSame([heading, ...several(LATE, 150)].join('\n'), 1)
})

test('every saved output is read the same both ways', () => {
  for (const text of OUTPUTS) for (const stretch of [3000, 2 ** 17]) assertSame(text, stretch)
  assertSame(OUTPUTS.join('\n'), 3000)
  assertSame(OUTPUTS.join('\n'), 2 ** 17)
})

test('rows among all kinds of lines are read the same both ways', () => {
  for (let trial = 0; trial < runs(500); trial += 1) {
    const draw = diceOf(`${trial}`).below
    const lines: string[] = []
    const oddity = draw(12)
    for (let i = draw(9); i >= 0; i -= 1) {
      const row = rowOf(draw)
      if (draw(12) < oddity) lines.push(mutated(draw, row))
      else lines.push(row)
      if (draw(9) === 0) lines.push(pick(draw, lines))
      if (draw(9) === 0) lines.push(mutated(draw, pick(draw, lines)))
      if (draw(30) === 0) lines.push(pick(draw, OTHERS))
      if (draw(300) === 0) lines.push(pick(draw, OUTPUTS))
    }
    const text = lines.join(draw(9) === 0 ? '\r\n' : '\n') + pick(draw, ['', '\n', '\n\n'])
    assertSame(text, pick(draw, [1, 500, 3000, 2 ** 17]))
  }
})

test('rows before and behind others are read the same both ways across the seams of a large file', () => {
  for (let trial = 0; trial < runs(5); trial += 1) {
    const draw = diceOf(`${trial}`).below
    const some = (count: number) => Array.from({ length: count }, () => rowOf(draw))
    const other = pick(draw, [...OUTPUTS, ...OTHERS, mutated(draw, rowOf(draw))])
    const above = some(draw(700))
    const lines = [...above, other, ...some(draw(700)), ...above.slice(draw(700)), ...some(300)]
    assertSame(lines.join('\n'), pick(draw, [1, 20_000, 2 ** 17]))
  }
})

test('plain rows take the short way', () => {
  for (const end of ['', '\n', '\r\n']) assert.equal(takenIn(`${LATE}\n${EARLY}${end}`), ['vm', 'older'])
  assert.is(takenIn(several(LATE, 5000).join('\n')).length, 5000)
  // what is odd takes its stretch with it, and nothing else
  assert.ok(takenIn([...several(LATE, 50), 'odd', ...several(EARLY, 5000)].join('\n')).length > 4000)
})

test('rows of which something is to be said do not', () => {
  const odd = [
    LATE.replace(',1,1446900000,', ',2,1446900000,'),
    LATE.replace('16,,,,', '16,,,,5'),
    LATE.replace('2064M', '2097152M'),
    LATE.replace('+++++,+++', '+++++,12'),
    LATE.replace('54934', '999999999'),
    EARLY.replace('1.97,1.97', '1.93,1.93a'),
    LATE.replace('2.00a', '1.97'),
    LATE.replace('vm', 'v m'),
    `${HEADER}\n${LATE}`,
  ]
  for (const text of odd) assert.equal(takenIn(text), [], text)
  for (const like of [LATE, LATE.replace('54934', '54935')])
    assert.is(takenIn(`${LATE}\n${like}`).length, 1, 'a copy')
})

test.run()
