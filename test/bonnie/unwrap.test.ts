/** What is taken off the lines of a file, step by step, and where what is left stood. */
import * as assert from 'uvu/assert'
import { withPlainCharacters } from '../../src/bonnie/characters.ts'
import { unescaped } from '../../src/bonnie/escapes.ts'
import { joinBroken as join, NO_JOINTS } from '../../src/bonnie/joint.ts'
import { joinLines, type Line, placeIn, replaceIn, savedLine, sliceLine } from '../../src/bonnie/line.ts'
import { withoutMargins as bare, NO_MARGINS } from '../../src/bonnie/margin.ts'
import { NO_TRANSPORT, unpack as unpackFrom } from '../../src/bonnie/transport.ts'
import { NOTHING_CARRIED, unwrap as unwrapFrom } from '../../src/bonnie/unwrap.ts'
import { essenceOf, findWords, resembles } from '../../src/bonnie/words.ts'
import { suite } from '../suite.ts'

const test = suite('taking off what carried an output')

// a whole file: nothing stands above
const unpack = (lines: readonly string[]) => unpackFrom(lines, 1, NO_TRANSPORT).lines
const withoutMargins = (lines: readonly Line[]) => bare(lines, NO_MARGINS).lines
const joinBroken = (lines: readonly Line[]) => join(lines, NO_JOINTS).lines
const unwrap = (lines: readonly string[]) => unwrapFrom(lines, 1, NOTHING_CARRIED).lines

const texts = (lines: readonly Line[]) => lines.map(({ text }) => text)
const saved = (...lines: readonly string[]) => lines.map((text, i) => savedLine(text, i + 1))
const at = (line: Line, offset: number) => {
  const { line: number, column } = placeIn(line, offset)
  return `${number}:${column}`
}

const HEADING = [
  'Version 1.03c       ------Sequential Output------ --Sequential Input- --Random-',
  '                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--',
  'Machine        Size K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP  /sec %CP',
]
const ROW = 'vm101         2064M 69438  96 93549  20 38118  10 54955  76 131645   8 249.1   0'
const CSV = `vm101,2064M,69438,96,93549,20,38118,10,54955,76,131645,8,249.1,0,16,${'+++++,+++,'.repeat(5)}+++++,+++`

test('a slice, a joint and a replacement keep the places of what they keep', () => {
  const line = joinLines([savedLine('abc', 3), sliceLine(savedLine('> def', 4), 2)], ' ')
  assert.is(line.text, 'abc def')
  assert.equal([at(line, 0), at(line, 2), at(line, 4), at(line, 6)], ['3:1', '3:3', '4:3', '4:5'])
  const less = replaceIn(line, /c /g, () => '-->')
  assert.is(less.text, 'ab-->def')
  assert.equal([at(less, 1), at(less, 5), at(less, 7)], ['3:2', '4:3', '4:5'])
  assert.equal(at(sliceLine(less, 5), 0), '4:3')
  assert.is(
    replaceIn(line, /x/g, () => 'y'),
    line,
  )
})

test('a line is never without a place', () => {
  assert.equal(joinLines([], '').pieces.length, 1)
  assert.is(at(sliceLine(savedLine('abc', 7), 3), 0), '7:4')
})

for (const [what, text, plain] of [
  ['colours', '\x1b[1;32m+++++\x1b[0m \x1b[mx', '+++++ x'],
  ['colours whose escape was lost or written out', '[0;32m16[0m \\033[1m99\\e[0m', '16 99'],
  ['a title', '\x1b]0;root@vm: ~\x07vm101', 'vm101'],
  ['backspaces', 'bonnnie\b\b\b \b\b++, V\bVe\be', 'bon++, Ve'],
  ['marks nobody sees', '\ufeff9\u200b9\u00ad9\u2060', '999'],
  ['blanks of other widths', '1\u00a02\u20093\u30004', '1 2 3 4'],
  ['UTF-8 taken for Windows-1252', '1\u00c2\u00a02 \u00e2\u20ac\u201c', '1 2 \u2013'],
  ['hyphens', '\u2011Per Chr\u2212', '-Per Chr-'],
  ['full width', '\uff0b\uff0b \uff11', '++ 1'],
] as const) {
  test(`${what} are plain characters`, () => {
    assert.is(withPlainCharacters(savedLine(text, 1)).text, plain)
  })
}

for (const [what, text, lines] of [
  ['a string of JSON', '{"out": "a 1\\nb\\t2\\n", "rc": 0}', ['{"out": "a 1', 'b\t2']],
  ['a string in a string', '"{\\"out\\":\\"a\\\\nb\\"}"', ['"{"out":"a', 'b"}"']],
  ['code points', '\\u002b\\u002B\\x2b', ['+++']],
  ['Markdown and roff', '\\-Per Chr\\- \\+\\+', ['-Per Chr- ++']],
  ['an address', 'a%20b%2B%0A%2Bc', ['a b+', '+c']],
  ['percent signs doubled', 'K/sec %%CP', ['K/sec %CP']],
  ['a folder of Windows', 'D:\\data on a disk', ['D:\\data on a disk']],
] as const) {
  test(`${what} is unescaped`, () => {
    assert.equal(texts(unescaped(savedLine(text, 1))), lines)
  })
}

for (const [what, file, lines] of [
  [
    'quoted-printable',
    ['vm101         2064M 69438  96 9354=', '9  20=20', 'x=3D1'],
    ['vm101         2064M 69438  96 93549  20 ', 'x=1'],
  ],
  [
    'quoted-printable that was quoted',
    ['> vm101         2064M 69438  96 9354=', '> 9  20'],
    ['> vm101         2064M 69438  96 93549  20'],
  ],
  ['bytes of UTF-8', ['a machine with a name: Bj=C3=B6rn=', ' 1'], ['a machine with a name: Bj\u00f6rn 1']],
  [
    'a title underlined',
    ['Results', '=============================='],
    ['Results', '=============================='],
  ],
  ['entities', ['a &lt;b&gt; &amp; &#43;&#x2B;&nbsp;c'], ['a  & ++ c']],
  ['tags', ['<p>a<br/>b</p>', '<span class="x > y">1</span>6'], ['a', 'b', '16']],
  ['marks of forums', ['[code]a[/code]', '[QUOTE=carol;1]b[/QUOTE]'], ['a', 'b']],
  ['cells', ['<tr><td>16</td><td>29488</td></tr>'], [' 16  29488 ']],
  ['ends of lines', ['a\rb\u2028c'], ['a', 'b', 'c']],
  [
    'marks behind a line',
    ['a 1 |', 'b 2",', 'c 3\\n"', "d 4' \\", 'e 5^M'],
    ['a 1', 'b 2', 'c 3', 'd 4', 'e 5'],
  ],
  ['bars between cells', ['| vm | 2G | 1 | 99 |'], ['vm 2G 1 99']],
] as const) {
  test(`${what} are unpacked`, () => {
    assert.equal(
      texts(unpack(file)).map((text) => text.trimEnd()),
      lines.map((text) => text.trimEnd()),
    )
  })
}

test('an empty cell before a bar keeps its width', () => {
  assert.equal(texts(unpack(['vm 1G           |'])), ['vm 1G          '])
})

test('a table of bon_csv2html keeps its tags', () => {
  const row = '<tr><td>vm</td><td>1G</td></tr>'
  const page = ['<table><tr><td>Version 1.97</td>', '<td>Sequential Output</td></tr>', row, '</table>', row]
  assert.equal(texts(unpack(page)), [...page.slice(0, 4), ' vm 1G '])
})

for (const [what, mark] of [
  ['quotation', '> > '],
  ['a comment', '    # '],
  ['a diff', '+'],
  ['syslog', 'Nov 22 07:00:03 host bonnie[12]: '],
  ['grep', 'results/run-1.txt:12:'],
  ['bars', '| '],
  ['a word', 'REM '],
] as const) {
  test(`${what} before each line is a margin`, () => {
    const lines = [...HEADING, ROW]
    assert.equal(texts(withoutMargins(saved(...lines.map((text) => mark + text)))), lines)
  })
}

test('numbers of lines are a margin, and numbers of a broken row are none', () => {
  const [, , columns = ''] = HEADING
  const numbered = [...HEADING.slice(0, 2).map((text, i) => `${i + 1}. ${text}`), `3. ${columns}`]
  const row = [`4. ${ROW.slice(0, 70)}`, '337. 97']
  assert.equal(texts(withoutMargins(saved(...numbered, ...row))).at(-1), ' 97'.trim())
  const blank = [...HEADING, ROW.slice(0, 71), '249.1   0'].map((text, i) =>
    i < 4 ? `${i + 1}  ${text}` : text,
  )
  assert.equal(texts(withoutMargins(saved(...blank))).at(-1), '249.1   0')
})

for (const [what, before] of [
  ['a time', '2026-11-22T07:00:03+0100 host bonnie[77]: '],
  ['a file', 'run-1.txt:7:'],
  ['chatter', 'Delete files in random order...done.'],
  ['a command', "INSERT INTO runs VALUES (1,'"],
  ['a diff', '+'],
] as const) {
  test(`${what} is no part of the name of a CSV row`, () => {
    assert.equal(texts(withoutMargins(saved(before + CSV))).at(-1), CSV)
  })
}

test('a name keeps its own blanks, dots and dashes', () => {
  for (const name of ['my host', '2.6.16.19', 'vm-1', '8-core_b', ''])
    assert.equal(texts(withoutMargins(saved(name + CSV.slice(5)))), [name + CSV.slice(5)])
})

test('what stands before the first heading on its line is a line of its own', () => {
  assert.equal(texts(withoutMargins(saved(`"out": "${HEADING[0]}`))), ['out": "', HEADING[0]])
})

for (const width of [60, 64, 70, 72, 76, 78]) {
  test(`an output folded at ${width} columns is whole again`, () => {
    const lines = [...HEADING, ROW, CSV]
    const folded = lines.flatMap((text) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])
    assert.equal(
      texts(unwrap(folded)).map((text) => text.replace(/-+$/, '')),
      lines.map((text) => text.replace(/-+$/, '')),
    )
  })
}

test('lines that are not exactly complete together stay apart', () => {
  const row = ROW.slice(0, 60)
  assert.equal(texts(joinBroken(saved(...HEADING, row, 'Done at 12'))), [...HEADING, row, 'Done at 12'])
  assert.equal(texts(joinBroken(saved(...HEADING, row, '1 2 3 4 5 6 7 8'))).length, 5)
})

test('a whole CSV row is not joined with a number below it', () => {
  const row = CSV.replace(/\+{3}$/, '1')
  assert.equal(texts(joinBroken(saved(row, '6'))), [row, '6'])
})

test('words of headings are found however they are spaced, dashed or broken', () => {
  assert.is(essenceOf('--Seq Out-- --Ran 12').text, '-SeqOut-Ran00')
  const words = '-Per Chr- --Block--'
  assert.equal(findWords('  \u2013Per   Chr\u2013 \u2014Block-', words)?.begin, 2)
  assert.is(findWords('-Per Chr- --Blok--', words), null)
  assert.ok(resembles('K/sec %CP K/sec %CP'))
  assert.not(resembles('it wrote 5 K/sec'))
})

test('long lines come to an end, whatever is in them', () => {
  const long = ['<', '&a', '\\', '"\'', '...', '| ', '\t', '= ', '+', '12:12:12 ', '{code:', '[A'].map(
    (text) => text.repeat(65_536 / text.length),
  )
  // what is linear takes a moment on the slowest machine, what is not takes hours
  const begun = performance.now()
  for (const text of long) unwrap([text, `${text},1G,1,1,1`, `${text.slice(0, 900)},1G,1,1,1`])
  assert.ok(performance.now() - begun < 60_000)
})

test.run()
