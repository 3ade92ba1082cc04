import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const read = (text: string) => parse({ path: 'x.txt', sha256: 'abc', text })
const rules = (text: string) => read(text).diagnostics.map(({ level, rule }) => `${level} ${rule}`)
const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/dialects/${name}/input.txt`, import.meta.url)), 'utf8')

const TEXT = fixture('1.0x-text-loopback')
const BOTH = fixture('1.0x-text-and-csv')
const NEW = fixture('2.00-text-and-csv')
const [CSV27, CSV50] = [BOTH, NEW].map((text) => text.trimEnd().split('\n').at(-1) ?? '') as [string, string]

const test = suite('parsing a file')

test('carriage returns and a byte order mark change nothing', () => {
  for (const text of [TEXT, BOTH, NEW, CSV27, fixture('1.0x-an-l-for-a-one')]) {
    assert.equal(read(`\uFEFF${text.replaceAll('\n', '\r\n')}`), read(text))
    assert.equal(read(text.trimEnd()), read(text))
  }
})

test('a record names its source', () => {
  const [run] = read(TEXT).runs
  assert.is(run?.path, 'x.txt')
  assert.is(run?.source_sha256, 'abc')
  assert.is(run?.schema, 1)
})

test('chatter around the results is no result', () => {
  const chatter = "Using uid:0, gid:0.\nWriting with putc()...done\nstart 'em...done...done...done...\n"
  assert.equal(read(chatter + BOTH + chatter).diagnostics, [])
  assert.is(read(chatter + BOTH).runs.length, 1)
})

test('the text of 2.00 agrees with its CSV within what it was rounded to', () => {
  const text = read(NEW.replace(CSV50, '')).runs[0]
  const csv = read(CSV50).runs[0]
  for (const id of METRIC_IDS) {
    const [left, right] = [text?.cells[id], csv?.cells[id]]
    assert.is(left?.latency_us, right?.latency_us)
    assert.is(left?.cpu, right?.cpu)
    if (left?.state === 'defective') assert.is(left.printed, '65536')
    else assert.ok(Math.abs((left?.rate ?? 0) - (right?.rate ?? 0)) <= (left?.tolerance ?? 0) + 1, id)
  }
})

test('the CSV gives precision, place and name; it belongs to the table with the same numbers', () => {
  const [run] = read(BOTH.replace('\ncolossus        32G', '\ncolos           32G')).runs
  assert.is(run?.name, 'colossus')
  assert.is(run?.cells.seeks.rate, 1141.5)
  assert.is(run?.cells.seeks.line, 9)
  assert.is(run?.line, 9)
})

test('a CSV row of another run is a run of its own', () => {
  const faster = (field: string, i: number) =>
    i > 1 && i < 12 && i % 2 === 0 ? String(Number(field) + 1) : field
  const other = CSV27.split(',').map(faster)
  const { runs, diagnostics } = read(`${BOTH.replace(CSV27, '')}\n$ bonnie++\n${other.join(',')}\n`)
  assert.equal(diagnostics, [])
  assert.equal(
    runs.map(({ dialect }) => dialect),
    ['bonnie++ 1.0x text', 'bonnie++ 1.0x CSV'],
  )
})

test('two tables and then their two CSV rows, in another order, find each other', () => {
  const [one, two] = [fixture('1.0x-text-and-csv'), fixture('1.0x-text-and-csv-censored-seeks')]
  const cut = (text: string) => {
    const lines = text.trimEnd().split('\n')
    return [lines.slice(0, -1).join('\n'), lines.at(-1)] as const
  }
  const [[textOne, csvOne], [textTwo, csvTwo]] = [cut(one), cut(two)]
  const { runs, diagnostics } = read([textOne, textTwo, csvTwo, csvOne, ''].join('\n'))
  assert.equal(diagnostics, [])
  assert.equal(
    runs.map(({ name, line }) => [name, line]),
    [
      ['colossus', 18],
      ['vm02', 17],
    ],
  )
})

test('a cell on which table and CSV disagree is an error that says both, and unreadable', () => {
  const { runs, diagnostics } = read(BOTH.replace('76730  88', '76731  88'))
  assert.is(runs.length, 1)
  assert.is(runs[0]?.cells.putc.state, 'unreadable')
  assert.is(runs[0]?.cells.put_block.rate, 218667)
  assert.equal(
    diagnostics.map(({ rule, place, message }) => [rule, place.line, place.column, message]),
    [
      [
        'text-csv-disagree',
        9,
        14,
        'The table gives 76731 88 for the per-character write of this run, its CSV line gives 76730 88.',
      ],
    ],
  )
})

test('a CPU on which they disagree is as much an error as a rate, and so is a latency', () => {
  assert.equal(rules(BOTH.replace('76730  88', '76730  89')), ['error text-csv-disagree'])
  assert.equal(rules(NEW.replace('  29498us', '  29499us')), ['error text-csv-disagree'])
})

test('a CSV row that runs on behind the row of latencies is not lost in silence', () => {
  assert.equal(
    rules(
      NEW.replace(
        `
${CSV50}`,
        ` ${CSV50}`,
      ),
    ),
    ['note bon-001', 'error unreadable-latency', 'warning csv-fields'],
  )
})

test('seeks are rounded in the table: half a seek is agreement, a whole one is not', () => {
  assert.equal(rules(BOTH.replace(' 1141   3', ' 1142   3')), [])
  assert.equal(rules(BOTH.replace(' 1141   3', ' 1143   3')), ['error text-csv-disagree'])
})

test('a rounded cell of 2.00 may differ by its rounding, not by more', () => {
  assert.equal(rules(NEW.replace(' 1.3g', ' 1.2g')), ['error text-csv-disagree'])
  assert.equal(rules(NEW.replace('1832k', '1833k')), [])
  assert.equal(rules(NEW.replace('1832k', '1834k')), ['error text-csv-disagree'])
})

test('sizes that disagree leave no size, and no bound that rests on it', () => {
  const { runs, diagnostics } = read(BOTH.replace('\ncolossus        32G', '\ncolossus        31G'))
  assert.is(runs.length, 1)
  assert.is(runs[0]?.file_size_mib, null)
  assert.equal(
    diagnostics.map(({ rule }) => rule),
    ['text-csv-disagree'],
  )
})

test('a comma in the name is counted from the right', () => {
  for (const csv of [CSV27.replace('colossus', 'a,b c,d'), CSV50.replace('microvm', 'a,b c,d')]) {
    const { runs, diagnostics } = read(csv)
    assert.is(runs[0]?.name, 'a,b c,d')
    assert.ok(runs[0]?.cells.seeks.rate)
    assert.equal(
      diagnostics.map(({ level, rule }) => [level, rule]),
      [['warning', 'comma-in-name']],
    )
  }
})

test('a lost or gained comma among the cells refuses the row', () => {
  for (const csv of [CSV27, CSV50]) {
    const commas = [...csv.matchAll(/,/g)].map(({ index }) => index)
    for (const at of commas) {
      const { runs, diagnostics } = read(csv.slice(0, at) + csv.slice(at + 1))
      assert.is(runs.length, 0, `without the comma at ${at}`)
      assert.match(diagnostics[0]?.rule ?? '', /^(csv-fields|unknown-dialect)$/)
    }
    const inside =
      csv.indexOf('76730') > 0 ? csv.replace('76730', '76,730') : csv.replace('1320897', '132,0897')
    assert.equal(rules(inside), ['error csv-fields'])
  }
})

test('the directories stand in the field that is called file_chunk_size', () => {
  const [run] = read(CSV50.replace(',64,,,,,', ',64,2000,100,,3,')).runs
  assert.equal([run?.max_size, run?.min_size, run?.num_dirs], [2000, 100, 3])
})

test('links are a kind of file', () => {
  const [run] = read(CSV50.replace(',64,,,,,', ',64,link,,,,')).runs
  assert.equal([run?.file_kind, run?.max_size, run?.num_files], ['link', null, 64])
})

test('concurrency of 2.00 is the third part of the size, 1 where it is left out', () => {
  const alone = NEW.replace(CSV50, '')
  assert.is(read(alone).runs[0]?.concurrency, 1)
  const [run] = read(alone.replace('microvm          2G ', 'microvm       2G::3 ')).runs
  assert.equal([run?.concurrency, run?.file_size_mib, run?.chunk_size], [3, 2048, null])
})

test('the headers of CSV are no results', () => {
  const header = 'name,file_size,putc,putc_cpu,put_block,put_block_cpu,rewrite,rewrite_cpu'
  assert.equal(rules(`${header}\n${CSV27}`), [])
  assert.equal(rules(header), ['error no-result'])
})

for (const [name, text, message] of [
  [
    'zcav',
    '#loops: 1, version: 1.03\n0.25 91.20 2.807\n',
    'This looks like output of zcav, which is not a result of bonnie++.',
  ],
  [
    'getc_putc',
    'Version 1.97          write   read putcNT getcNT   putc   getc  putcU  getcU\nhost 1 2 3 4 5 6 7 8\n',
    'This looks like output of getc_putc, which is not a result of bonnie++.',
  ],
] as const) {
  test(`${name} is refused by name`, () => {
    const { runs, diagnostics } = read(text)
    assert.is(runs.length, 0)
    assert.is(diagnostics[0]?.rule, 'unknown-dialect')
    assert.is(diagnostics[0]?.message, message)
  })
}

test('a file without a result is an error at its first place', () => {
  const { runs, diagnostics } = read('')
  assert.is(runs.length, 0)
  assert.equal(
    diagnostics.map(({ rule, place }) => [rule, place.line, place.column]),
    [['no-result', 1, 1]],
  )
})

test('a heading without a row is an error at the heading', () => {
  const [diagnostic] = read(`some words\n${fixture('heading-without-row')}`).diagnostics
  assert.equal([diagnostic?.rule, diagnostic?.place.line], ['no-result', 2])
  assert.is(diagnostic?.message, 'The table has a heading but no row of results.')
})

test('the second half of a refused table is no run of its own', () => {
  const { runs, diagnostics } = read(NEW.replace(CSV50, '').replace('-Rewrite-', '-Rewrote-'))
  assert.equal(runs, [])
  assert.equal(
    diagnostics.map(({ rule }) => rule),
    ['unknown-dialect'],
  )
})

test('a CSV row is missed where a table awaits it, even if its size is spoilt', () => {
  const table = fixture('1.0x-text-without-files')
  const csv = 'vm01,2N,3867,90,15525,69,15619,46,4908,98,54912,78,337.1,97,,,,,,,,,,,,,'
  assert.equal(rules(`${table}${csv}`), ['error unreadable-fact'])
  assert.equal(rules(`${table}vm01,2G\n${csv.slice(8)}`), ['error csv-fields'])
  assert.equal(rules(table), [])
})

test('a file that ends in its second heading says so, and nothing of the file tests', () => {
  const end = TEXT.indexOf('------Sequential Create') + 9
  for (const text of [TEXT.slice(0, end), `${TEXT.slice(0, end)}\n`]) {
    const { runs, diagnostics } = read(text)
    assert.is(runs[0]?.cells.seq_create.state, 'not_run')
    assert.equal(
      diagnostics.map(({ level, rule, place }) => [level, rule, place.line]),
      [['warning', 'row-ends-early', 5]],
    )
  }
})

test('a row that lost its heading is an error', () => {
  const row = TEXT.split('\n')[3]
  assert.equal(rules(`${TEXT}\nand again:\n${row}\n`), ['error row-without-heading'])
})

test('twenty megabytes of anything come to an end', () => {
  const size = 20 * 1024 * 1024
  const heading = fixture('heading-without-row')
  for (const [what, text] of [
    ['one line', 'a'.repeat(size)],
    ['blanks', ' '.repeat(size)],
    ['commas', ','.repeat(size)],
    ['plusses', '+++++,'.repeat(size / 6)],
    ['heading words', '/sec %CP -Per Chr- '.repeat(size / 19)],
    ['one row', `${heading}vm101         2064M ${'1 '.repeat(size / 2)}`],
    ['numbers', '123 456 789 10 11 12\n'.repeat(size / 21)],
  ] as const) {
    // what is linear takes seconds on the slowest machine, what is not takes hours
    const begun = performance.now()
    read(text)
    assert.ok(performance.now() - begun < 60_000, what)
  }
})

test('a table of 2.00a that lost its version keeps no rate that its defect printed', () => {
  const [run] = read(fixture('2.00-text-alone').replaceAll('Version 2.00a', 'Version 2.00a\n')).runs
  assert.is(run?.version, null)
  assert.is(run?.cells.seq_create.state, 'defective')
})

test.run()
