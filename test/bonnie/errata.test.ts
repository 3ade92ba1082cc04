/** Each erratum is seen in tokens as its program prints them, and not where they are sound. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { ERRATA } from '../../src/bonnie/errata.ts'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Run } from '../../src/model/run.ts'
import { suite } from '../suite.ts'

const test = suite('errata')

const fixture = (name: string) => readFileSync(`test/fixtures/dialects/${name}/input.txt`, 'utf8')
const read = (text: string) => parse({ path: 'input.txt', sha256: '', text })
/** The errata that a text shows, by number. */
const noted = (text: string) =>
  [...new Set(read(text).diagnostics.map(({ rule }) => rule))]
    .filter((rule) => rule.startsWith('bon-'))
    .sort()
const only = (text: string): Run => {
  const [run, more] = read(text).runs
  if (!run || more) throw new Error('expected one run')
  return run
}

/** A CSV row of 1.97 with its twelve pairs and what stands before them. */
const row = (head: string, cells: string, files = '16,,,,') =>
  `${head},${cells},${files},${Array(6).fill('500,9').join()},${Array(12).fill('12ms').join()}`
const IO = '900,95,61234,12,30000,8,2100,97,90000,9,249.1,2'
const HEAD97 = '1.97,1.97,vm,1,1338390000,2G,'
const HEAD98 = '1.98,2.00a,vm,1,1600000000,2G,,8192,5'
const CSV97 = row(HEAD97, IO)
const CSV98 = row(HEAD98, IO)
const EARLY = `vm,1024,${IO},30,${Array(6).fill('500,9').join()}`
const HEADER = (names: number) => ['format_version', ...Array(names - 1).fill('x')].join()

const TEXT100 = `Version  1.00b      ------Sequential Output------ --Sequential Input- --Random-
                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--
Machine          MB K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP  /sec %CP
vm              200  5000  90 +++++  77  9000  20  6000  95 90000  30 150.0   2
`
const TEXT200 = (
  size: string,
  io: string,
) => `Version 2.00a       ------Sequential Output------ --Sequential Input- --Random-
                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--
Name:Size etc        /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP
${size}${io}
Latency             13us      13us      13us      13us      13us      13us
`
const BULK = '  900k  95 59.8m  12 29.3m   8 2100k  97 87.9m   9 249.1   2'

const SPOILT = row('1.97,1.97,vm,1,1338390000,3072G,', IO.replace('61234', '-61234'))

const SEEN: readonly (readonly [what: string, text: string, rules: readonly string[]])[] = [
  ['file rates of a table of 2.00 alone', fixture('2.00-text-alone'), ['bon-001']],
  ['no fault where the CSV line has the rates', fixture('2.00-text-and-csv'), []],
  ['no fault in 1.03', fixture('1.0x-text-and-csv'), []],
  ['no fault in 1.97', CSV97, []],
  ['a header of 48 names above 50 fields', `${HEADER(48)}\n${CSV98}\n`, ['bon-002']],
  ['a header of 46 names above 48 fields', `${HEADER(46)}\n${CSV97}\n`, ['bon-002']],
  ['no fault in the header of 1.97', `${HEADER(48)}\n${CSV97}\n`, []],
  ['directories in the wrong field', row(HEAD98, IO, '4,2000,100,,3'), ['bon-003']],
  [
    'a chunk that the CSV line lost, and directories',
    fixture('2.00-directories-and-chunk'),
    ['bon-003', 'bon-004'],
  ],
  ['a line of -s 0 with 47 fields', fixture('1.9x-without-io-47-fields'), ['bon-005']],
  ['0k for +++++, and seeks in a size', fixture('csv2txt-2.00'), ['bon-007', 'bon-008']],
  ['no fault in the converter of 1.97', fixture('csv2txt-1.97'), []],
  ['a size in place of the name', TEXT200('  64G:4k::65536:300', BULK), ['bon-009']],
  ['M/sec over KiB/s, 0 for +++++, directories', fixture('csv2html-2.00'), ['bon-003', 'bon-010', 'bon-011']],
  ['no fault in a page of 1.97', fixture('csv2html-1.97'), []],
  ['concurrency of 8', row('1.97,1.97,vm,8,1338390000,2G,', IO), ['bon-012']],
  ['concurrency in a size', TEXT200('vm           2G::3', BULK), ['bon-012']],
  ['a negative rate', SPOILT, ['bon-013']],
  [
    'a negative rate in a table',
    TEXT200('vm          3072G', BULK.replace(' 900k  95 59.8m', ' 900k  95 -612k')),
    ['bon-013'],
  ],
  ['rates of 2 TiB that look sound', CSV97.replace(',2G,', ',2048G,'), ['bon-013']],
  ['no fault below 2 TiB', CSV97.replace(',2G,', ',2047G,'), []],
  ['no fault in 2 TiB of 1.03', `vm,2048G,${IO},16,${Array(6).fill('500,9').join()}`, []],
  ['a CPU beside +++++', TEXT100, ['bon-014', 'bon-018']],
  ['seeks of 1.00, and no CPU beside +++++', TEXT100.replace('+++++  77', '+++++ +++'), ['bon-018']],
  [
    'no fault in 1.00f',
    TEXT100.replace('1.00b', '1.00f').replace(' MB ', 'Size').replace('       200 ', '      200M '),
    [],
  ],
  ['a blank before the seeks', EARLY.replace(',249.1', ', 49.1'), ['bon-015', 'bon-018']],
  ['seeks of 0 in 1.90f', row('2,1.90f,vm,2G,', IO.replace('249.1', '0.0')), ['bon-016']],
  ['seeks that 1.93a timed', row('1.92b,1.93a,vm,1,1100000000,2G,', IO), ['bon-017']],
  ['no fault in 1.93b', row('1.92b,1.93b,vm,1,1100000000,2G,', IO), []],
  ['symbolic links of 1.97', row(HEAD97, IO, '1,symlink,,,'), ['bon-020']],
  ['no fault in symbolic links of 2.00', row(HEAD98, IO, '1,symlink,,,'), []],
  ['a size that was cut, and a test of no time', fixture('bonnie-64'), ['bon-023', 'bon-024']],
  ['no fault in Bonnie', fixture('bonnie-three-rows'), []],
]
for (const [what, text, rules] of SEEN) {
  test(`one sees ${what}`, () => assert.equal(noted(text), rules))
}

test('every erratum that leaves a trace is seen here', () => {
  const seen = new Set(SEEN.flatMap(([, , rules]) => rules))
  const traced = ERRATA.filter(({ spoils, shows }) => spoils || shows).map(({ id }) => id.toLowerCase())
  assert.equal(
    traced.filter((rule) => !seen.has(rule)),
    [],
  )
})

test('each has its number, its versions, and says in one sentence each what is wrong and what is done', () => {
  for (const [i, { id, sentence, treatment, source, forms }] of ERRATA.entries()) {
    assert.is(id, `BON-${String(i + 1).padStart(3, '0')}`)
    for (const text of [sentence, treatment]) assert.match(text, /^(?:[A-Z]|bon).*[^.]\.$/)
    assert.ok(source !== '' && forms.length > 0)
  }
})

test('a number that overflowed is kept as printed and not used, with the CPU beside it', () => {
  const { cells } = only(SPOILT)
  const { line, column, ...cell } = cells.put_block
  const defect = { rate: null, cpu: 12, latency_us: 12000, printed: '-61234', erratum: 'BON-013' }
  assert.equal(cell, { state: 'defective', ...defect })
  assert.equal([line, column], [1, 41])
  const states = METRIC_IDS.slice(0, 6).map((id) => cells[id].state)
  // the per-character tests write 3 MiB, and seeks are counted, whatever the size
  assert.equal(states, ['measured', 'defective', 'defective', 'measured', 'defective', 'measured'])
})

test('a negative rate is no number in a version that computes it rightly', () => {
  const { runs, diagnostics } = read(
    SPOILT.replace('1.97,1.97,vm,1,1338390000', 'vm').replace(/(,12ms){12}|,,,,/g, ''),
  )
  assert.ok(diagnostics.some(({ level }) => level === 'error'))
  assert.ok(runs.every(({ cells }) => cells.put_block.state !== 'measured'))
})

test('the 0 of 1.90f is no rate of seeks', () => {
  const run = only(row('2,1.90f,vm,2G,', IO.replace('249.1', '0.0')))
  assert.is(run.cells.seeks.state, 'defective')
  assert.is(run.cells.seeks.printed, '0.0')
  assert.is(only(row('2,1.90g,vm,2G,', IO.replace('249.1', '0.0'))).cells.seeks.state, 'measured')
})

test('a size of bon_csv2txt that lost a part is not read as another', () => {
  const { runs, diagnostics } = read(fixture('csv2txt-2.00').replace('256M::8192:5', '256M:8192:5 '))
  assert.equal([runs[0]?.chunk_size, runs[0]?.seek_count], [null, null])
  assert.ok(diagnostics.some(({ rule, level }) => rule === 'unreadable-fact' && level === 'error'))
})

test('what is healed is read as it was meant', () => {
  const converted = only(fixture('csv2txt-2.00'))
  assert.is(converted.cells.put_block.state, 'at_least')
  assert.equal([converted.seek_count, converted.seekers, converted.num_files], [8192, 5, 4])
  const page = only(fixture('csv2html-2.00'))
  assert.is(page.cells.putc.rate, 1131)
  assert.is(page.cells.rewrite.state, 'at_least')
  const own = only(fixture('2.00-directories-and-chunk'))
  assert.equal([own.chunk_size, own.num_dirs, own.max_size, own.min_size], ['64k', 3, 4096, 512])
  assert.is(own.cells.seq_create.rate, 1258)
})

test.run()
