/** Pages of bon_csv2html, and what browsers, editors and their readers make of them. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { diceOf } from '../dice.ts'
import { suite } from '../suite.ts'
import { escaped, type Mangling, whole } from './mangle.ts'
import { read, verdictOf } from './verdict.ts'

const test = suite('pages of bon_csv2html')

const page = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/dialects/${name}/input.txt`, import.meta.url)), 'utf8')

/** The cells of a page's rows as their words. */
function cellsIn(text: string): string[][] {
  const rows = [...text.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)].map(([, row = '']) => row)
  return rows.map((row) =>
    [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/gi)].map(([, cell = '']) =>
      cell.replace(/<br>/i, '\n').replace(/<[^>]*>/g, ''),
    ),
  )
}

const title = (text: string) => /<title>[^<]*<\/title>/i.exec(text)?.[0].replace(/<[^>]*>/g, '') ?? ''

const SAVED: readonly Mangling[] = [
  whole('tags in lower case', 'nothing', (text) => text.replace(/<[^>]*>/g, (tag) => tag.toLowerCase())),
  whole('tags in upper case', 'nothing', (text) => text.replace(/<\/?[a-z]+/g, (tag) => tag.toUpperCase())),
  whole('a tag a line', 'nothing', (text) => text.replace(/></g, '>\n<')),
  whole('cells on lines of their own', 'nothing', (text) => text.replace(/<td/gi, '\n      <td')),
  whole('words on lines of their own', 'nothing', (text) =>
    text.replace(/(<td[^>]*>)([^<]+)(<\/td>)/gi, '$1\n   $2\n  $3'),
  ),
  whole('all on one line', 'nothing', (text) => text.replace(/\n/g, ' ')),
  whole('no attributes', 'nothing', (text) => text.replace(/<(\w+) [^>]*>/g, '<$1>')),
  whole('tags broken at blanks', 'nothing', (text) => text.replace(/<td /gi, '<td\n  ')),
  whole('blanks for empty cells, and a body', 'nothing', (text) =>
    text
      .replace(/(<td[^>]*>)(<\/td>)/gi, '$1&nbsp;$2')
      .replace(/<table[^>]*>/gi, '$&<tbody>')
      .replace(/<\/table>/gi, '</tbody></table>'),
  ),
  whole('no end tags', 'nothing', (text) => text.replace(/<\/t[dr]>/gi, '')),
  whole('cells of headings', 'nothing', (text) => text.replace(/<(\/?)td/gi, '<$1th')),
  whole('shown as text', 'nothing', (text) => `<pre>${escaped(text)}</pre>`),
  whole('quoted in mail', 'nothing', (text) => text.replace(/^/gm, '> ')),
  whole('copied as text', 'nothing', (text) =>
    [title(text), ...cellsIn(text).map((row) => row.join('\t')), ''].join('\n'),
  ),
  whole('copied into a table of Markdown', 'nothing', (text) =>
    [title(text), ...cellsIn(text).map((row) => `| ${row.join(' | ').replace(/\n/g, ' ')} |`), ''].join('\n'),
  ),
]

for (const name of [
  'csv2html-1.0x',
  'csv2html-1.97',
  'csv2html-2.00-of-microvm',
  'csv2html-2.00-all-columns',
]) {
  const before = read(page(name))
  for (const saved of SAVED) {
    // behind the last cell of a table of Markdown nothing tells how many empty ones there were
    if (saved.name.includes('Markdown') && name.includes('all-columns')) continue
    test(`${name}, ${saved.name}`, () => {
      const { verdict, why } = verdictOf(before, read(saved.mangle(page(name), diceOf('1').next)), saved.loss)
      assert.is(verdict, 'perfect', why)
    })
  }
}

test('rates of 2.00 are MiB/s only where its program divided them, and 0 beside +++ is +++++', () => {
  const [run, , short] = read(page('csv2html-2.00-of-microvm')).runs
  assert.equal(
    [run?.cells.putc.rate, run?.cells.put_block.rate, run?.cells.put_block.tolerance, run?.cells.getc.rate],
    [1832, 1290 * 1024, 512, 2736],
  )
  assert.is(short?.cells.putc.state, 'not_run')
  const [quick] = read(page('csv2html-2.00-all-columns')).runs
  assert.equal([quick?.cells.put_block.state, quick?.cells.get_block.state], ['at_least', 'at_least'])
})

test('a row with a cell too many or too few is refused at its place', () => {
  const text = page('csv2html-1.97').replace('<td>898</td>', '')
  const { diagnostics } = read(text)
  assert.equal(
    diagnostics.map(({ rule, level, place }) => [rule, level, place.line]),
    [['csv-fields', 'error', 5]],
  )
})

test('a row below headings that do not name its columns is refused', () => {
  const { runs, diagnostics } = read(page('csv2html-1.0x').replace('Per Char', 'Per'))
  assert.equal(runs, [])
  assert.equal(
    diagnostics.map(({ rule }) => rule),
    ['row-without-heading'],
  )
})

test('a page cut inside its last number is refused there', () => {
  const text = page('csv2html-1.0x')
  const { runs, diagnostics } = read(text.slice(0, text.lastIndexOf('7</TD></TR>')))
  assert.is(runs.length, 2)
  assert.equal(
    diagnostics.map(({ rule }) => rule),
    ['csv-fields'],
  )
})

test('latencies that are not those of the tests above are not taken', () => {
  const { runs, diagnostics } = read(page('csv2html-1.97').replace('<td colspan="2">10082us</td>', ''))
  assert.is(runs[0]?.cells.putc.latency_us, null)
  assert.equal(
    diagnostics.map(({ rule }) => rule),
    ['no-latency'],
  )
})

test('a run that a page and bonnie++ itself show is one run, with the numbers of the latter', () => {
  const shown = page('csv2html-2.00-of-microvm')
  const printed = page('2.00-text-and-csv')
  const [alone] = read(printed).runs
  const bare = ({ line: _line, source_sha256: _sha, cells, ...facts }: typeof alone & object) => [
    facts,
    Object.values(cells).map(({ line: _l, column: _c, ...cell }) => cell),
  ]
  for (const both of [shown + printed, printed + shown]) {
    const { runs, diagnostics } = read(both)
    assert.equal(
      diagnostics.filter(({ level }) => level !== 'note'),
      [],
    )
    assert.is(runs.length, 6)
    const run = runs.find(({ name }) => name === 'microvm')
    assert.ok(run && alone)
    assert.equal(bare(run), bare(alone))
  }
  // a table without its CSV gets the rates of files from the page
  const table = printed.split('\n').slice(0, -2).join('\n')
  const { runs, diagnostics } = read(`${table}\n${shown}`)
  assert.equal([runs.length, runs[0]?.cells.seq_create.rate], [6, 64575])
  assert.ok(diagnostics.every(({ level }) => level === 'note'))
})

test('a page with headings and no row has no result', () => {
  const text = page('csv2html-1.0x').replace(/<TR><TD class="rowheader".*\n/g, '')
  assert.equal(
    read(text).diagnostics.map(({ rule }) => rule),
    ['no-result'],
  )
})

test('a cell is placed where it stands in the file', () => {
  const text = page('csv2html-1.97')
  const [run] = read(text).runs
  const { line, column } = run?.cells.put_block ?? {}
  assert.is(
    text
      .split('\n')
      [(line ?? 0) - 1]?.slice((column ?? 0) - 1)
      .startsWith('504473<'),
    true,
  )
})

test.run()
