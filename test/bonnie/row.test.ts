/** Rows are printed here as bon_io.cpp and bon_file.cpp of 1.03 do, and must come back exactly. */
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import { runs, suite } from '../suite.ts'

const IO = `Version 1.03c       ------Sequential Output------ --Sequential Input- --Random-
                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--
Machine        Size K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP  /sec %CP
`
const FILES = `                    ------Sequential Create------ --------Random Create--------
                    -Create-- --Read--- -Delete-- -Create-- --Read--- -Delete--
              files  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP
`
const read = (text: string) => parse({ path: 'x.txt', sha256: '', text })

type Value = { rate: number; cpu: number } | 'censored' | 'blank'

/** printf's ' %5d' and ' %3d'; seeks ' %5.1f', or ' %5.0f' from 1000 on; a test not run is as many blanks. */
function printed(value: Value, seeks: boolean): string {
  if (value === 'blank') return ' '.repeat(10)
  if (value === 'censored') return ' +++++ +++'
  const rate = seeks ? value.rate.toFixed(value.rate < 1000 ? 1 : 0) : String(value.rate)
  return ` ${rate.padStart(5)} ${String(value.cpu).padStart(3)}`
}

function row(head: string, values: readonly Value[], io: boolean): string {
  return head + values.map((value, i) => printed(value, io && i === 5)).join('')
}

function headOf(name: string, size: string): string {
  return name.slice(0, 18 - size.length).padEnd(19 - size.length) + size
}

const cpu = fc.integer({ min: 0, max: 999 })
const value = (rate: fc.Arbitrary<number>) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ rate, cpu }) },
    { weight: 1, arbitrary: fc.constantFrom('censored' as const, 'blank' as const) },
  )
const bulk = value(fc.integer({ min: 0, max: 2_000_000 }))
const seeks = value(
  fc.oneof(
    fc.integer({ min: 0, max: 9999 }).map((tenths) => tenths / 10),
    fc.integer({ min: 1000, max: 16384 }),
  ),
)
const files = value(fc.integer({ min: 0, max: 32768 }))
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}( [a-z][a-z0-9-]{0,6})?$/)
const size = fc.oneof(
  fc.integer({ min: 1024, max: 99999 }).map((mib) => ({ text: `${mib}M`, mib })),
  fc.integer({ min: 1, max: 999 }).map((gib) => ({ text: `${gib}G`, mib: gib * 1024 })),
)
const table = fc.record({
  name,
  size,
  io: fc.tuple(bulk, bulk, bulk, bulk, bulk, seeks),
  files: fc.array(files, { minLength: 6, maxLength: 6 }),
})

function expected(value: Value) {
  if (value === 'blank') return { state: 'not_run', rate: null, cpu: null }
  if (value === 'censored') return { state: 'at_least', cpu: null }
  return { state: 'measured', rate: value.rate, cpu: value.cpu }
}

const test = suite('rows of fixed columns')

test('what bonnie++ prints comes back exactly: wide numbers, blanks and +++++', () => {
  fc.assert(
    fc.property(table, (given) => {
      const io = row(headOf(given.name, given.size.text), given.io, true)
      const text = `${IO}${io}\n${FILES}${row('16'.padStart(19), given.files, false)}\n`
      const { runs: found, diagnostics } = read(text)
      assert.equal(diagnostics, [])
      assert.is(found.length, 1)
      const [run] = found
      if (!run) return
      assert.is(run.name, given.name.slice(0, 18 - given.size.text.length).trim())
      assert.is(run.file_size_mib, given.size.mib)
      const values = [...given.io, ...given.files]
      METRIC_IDS.forEach((id, i) => {
        const { state, rate, cpu } = run.cells[id]
        const want = expected(values[i] ?? 'blank')
        assert.equal('rate' in want ? { state, rate, cpu } : { state, cpu }, want, id)
      })
    }),
    { numRuns: runs(400), seed: 27 },
  )
})

test('a row cut anywhere yields right values, a warning where it ends, and nothing else', () => {
  const cut = fc.tuple(table, fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(cut, ([given, part]) => {
      const whole = row(headOf(given.name, given.size.text), given.io, true)
      const line = whole.slice(0, 19 + Math.floor(part * (whole.length - 19)))
      const { runs: found, diagnostics } = read(IO + line)
      const [run] = found
      assert.is(found.length, 1)
      const blankEnd = line === whole || given.io.slice(-1)[0] === 'blank'
      if (!blankEnd) {
        assert.equal(
          diagnostics.map(({ rule }) => rule),
          ['row-ends-early'],
        )
        assert.equal(diagnostics[0]?.place, { file: 'x.txt', line: 4, column: line.trimEnd().length + 1 })
      }
      METRIC_IDS.slice(0, 6).forEach((id, i) => {
        const cell = run?.cells[id]
        if (cell?.state === 'unreadable') return
        const { state, rate, cpu } = cell ?? {}
        const want = expected(given.io[i] ?? 'blank')
        assert.equal(
          'rate' in want ? { state, rate, cpu } : { state, cpu },
          want,
          `${id} of ${JSON.stringify(line)}`,
        )
      })
    }),
    { numRuns: runs(600), seed: 28 },
  )
})

test('the column is that of the token, also behind wide numbers', () => {
  const wide = row(
    headOf('vm101', '2064M'),
    [{ rate: 1234567, cpu: 100 }, 'blank', { rate: 5, cpu: 1 }, 'blank', 'blank', 'censored'],
    true,
  )
  const cells = read(`${IO}${wide}\n`).runs[0]?.cells
  assert.is(cells?.putc.column, wide.indexOf('1234567') + 1)
  assert.is(cells?.rewrite.column, wide.indexOf(' 5 ') + 2)
  assert.is(cells?.seeks.column, wide.indexOf('+++++') + 1)
})

test('twelve numbers out of column are read in order', () => {
  const { runs: found, diagnostics } = read(
    `${IO}vm101 2064M 25511 35 18075 3 199488 47 71094 98 937880 86 +++++ +++\n`,
  )
  assert.equal(diagnostics, [])
  assert.is(found[0]?.cells.get_block.rate, 937880)
})

test('blanks that cannot be placed make the row unreadable, not shifted', () => {
  for (const head of ['meghan', 'meghan.example.org', 'meghan.example.org.a', 'meghan-at-the-office']) {
    const { runs: found, diagnostics } = read(`${IO}${head} 512M 118985 30 5173 99 294404 25 +++++ +++\n`)
    assert.equal(
      diagnostics.map(({ level, rule }) => [level, rule]),
      [['error', 'unreadable-row']],
    )
    assert.is(found[0]?.cells.put_block.state, 'unreadable')
  }
})

test('a row one blank out of column is read by the nearest column, with a warning', () => {
  const line = row(
    headOf('lab', '1G'),
    [
      'blank',
      { rate: 54988, cpu: 31 },
      { rate: 20172, cpu: 23 },
      'blank',
      { rate: 25600, cpu: 21 },
      { rate: 233.2, cpu: 61 },
    ],
    true,
  )
  const { runs: found, diagnostics } = read(`${IO}${line.replace('1G  ', '1G ')}\n`)
  assert.equal(
    diagnostics.map(({ level, rule }) => [level, rule]),
    [['warning', 'cells-by-column']],
  )
  assert.is(found[0]?.cells.putc.state, 'not_run')
  assert.is(found[0]?.cells.get_block.rate, 25600)
})

test('a row too far out of column is unreadable, not shifted', () => {
  const blank = ' '.repeat(10)
  for (let shift = 1; shift < 10; shift += 1) {
    const line = `${'x'.repeat(16 + shift)} 1G${blank.slice(1)} 54988  31${blank} 25600  21`
    const { runs: found, diagnostics } = read(`${IO}${line}\n`)
    assert.ok(diagnostics.some(({ rule }) => rule !== 'row-ends-early'))
    const measured = METRIC_IDS.filter((id) => found[0]?.cells[id].state === 'measured')
    assert.ok(
      measured.every((id) => id === 'put_block' || id === 'getc'),
      `${measured} at ${shift}`,
    )
  }
})

test('names may hold spaces, and may look like sizes or versions', () => {
  for (const [name, size, mib] of [
    ['compiled in', '15872M', 15872],
    ['2.6.16.19', '16G', 16384],
    ['8G of 2G', '4G', 4096],
  ] as const) {
    const line = row(headOf(name, size), [...Array(5).fill({ rate: 100, cpu: 1 }), 'censored'], true)
    const [run] = read(`${IO}${line}\n`).runs
    assert.is(run?.name, name)
    assert.is(run?.file_size_mib, mib)
  }
})

test.run()
