import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { printProblems } from '../src/commands/problems.ts'
import {
  annotation,
  diagnosticGithub,
  diagnosticJson,
  formatDiagnostic,
  visible,
  widthOf,
} from '../src/diagnose.ts'
import type { Diagnostic } from '../src/model/diagnostic.ts'
import { suite } from './suite.ts'

const PLAIN: Diagnostic = {
  level: 'error',
  rule: 'unreadable-cell',
  message: 'Expected a number or +++++, got "2551l".',
  place: { file: 'loop.txt', line: 4, column: 12 },
}

/** The excerpt and its carets, for a mark of this length at this column. */
function framed(text: string, column: number, length: number): string[] {
  const place = { ...PLAIN.place, column }
  return formatDiagnostic({ ...PLAIN, place, excerpt: { text, length } })
    .split('\n')
    .slice(1)
}

const format = suite('message')

format('has one grammar', () => {
  assert.is(
    formatDiagnostic(PLAIN, { prefix: 'results/x/' }),
    'results/x/loop.txt:4:12: error: Expected a number or +++++, got "2551l". [unreadable-cell]',
  )
})

format('shows the line with a caret, then what to do', () => {
  const text = 'vm101 2064M 2551l  35'
  const problem = {
    ...PLAIN,
    place: { ...PLAIN.place, column: 13 },
    excerpt: { text, length: 5 },
    remedy: 'Mend it.',
  }
  assert.is(
    formatDiagnostic(problem),
    `loop.txt:4:13: error: Expected a number or +++++, got "2551l". [unreadable-cell]
  vm101 2064M 2551l  35
              ^^^^^
  Mend it.`,
  )
})

format('gives the reason of an accepted problem in place of a remedy', () => {
  const text = formatDiagnostic({
    ...PLAIN,
    level: 'note',
    remedy: 'Mend it.',
    accepted: 'The copy ends there.',
  })
  assert.match(text, ': note: ')
  assert.match(text, '\n  Accepted: The copy ends there.')
  assert.not.match(text, 'Mend it')
})

format('is painted on request only', () => {
  const text = formatDiagnostic({ ...PLAIN, excerpt: { text: 'x'.repeat(20), length: 1 } }, { color: true })
  assert.match(text, '\x1b[1mloop.txt:4:12\x1b[0m: \x1b[31merror\x1b[0m: ')
})

const frames: readonly (readonly [
  title: string,
  text: string,
  column: number,
  length: number,
  shown: string[],
])[] = [
  ['the first column', 'abc', 1, 1, ['  abc', '  ^']],
  ['a place behind the end', 'abc', 4, 1, ['  abc', '     ^']],
  ['tabs', '\ta\tb', 4, 1, ['   a b', '     ^']],
  ['wide letters', '漢字 x', 4, 1, ['  漢字 x', '       ^']],
  ['marks that stand on a letter', 'e\u0301e\u0301 x', 6, 1, ['  e\u0301e\u0301 x', '     ^']],
  ['an escape sequence', 'a\x1b[31mb', 7, 1, ['  a␛[31mb', '        ^']],
  ['a mark that turns the line round', 'a\u202eb', 3, 1, ['  a<202E>b', '         ^']],
  ['a mark with an escape in it', 'a\x07b', 1, 3, ['  a␇b', '  ^^^']],
  ['a Windows line end', 'abc\r', 3, 1, ['  abc', '    ^']],
  ['more than the line holds', 'abc', 2, 99, ['  abc', '   ^^']],
  ['a blank line', '  ', 1, 1, []],
]
for (const [title, text, column, length, shown] of frames) {
  format(`puts its caret right: ${title}`, () => assert.equal(framed(text, column, length), shown))
}

format('shows a stretch of a long line', () => {
  const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`
  const [text = '', caret = ''] = framed(line, 501, 4)
  assert.ok(text.length < 110)
  assert.match(text, /^ {2}… a+HEREb+ …$/)
  assert.is(text.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1), 'HERE')
  assert.match(framed(line, 1, 1)[0] ?? '', /^ {2}a+ …$/)
  assert.match(framed(line, 1004, 1)[0] ?? '', /^ {2}… b+$/)
  assert.ok((framed(line, 501, 400)[1] ?? '').length < 110)
})

format('never passes on what a terminal might obey', () => {
  const evil = '\x00\x07\x1b\x7f\x9b\u061c\u200b\u200e\u202a\u202e\u2066\u2069\u2028\ufeff\n\r'
  const problem = { ...PLAIN, message: evil, remedy: evil, place: { ...PLAIN.place, file: evil } }
  const text = formatDiagnostic({ ...problem, excerpt: { text: `${evil}x`, length: 3 } })
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  assert.is(text.split('\n').length, 4)
  assert.is(visible('grüße, 漢字 ≥ “a” 👍'), 'grüße, 漢字 ≥ “a” 👍')
  assert.is(widthOf('grüße 漢字'), 10)
})

format('never speaks to a runner of workflows', () => {
  for (const text of ['::stop-commands::x', '  ::add-mask::a', 'a ##[error]b', '::warning file=a::b']) {
    const said = formatDiagnostic({ ...PLAIN, message: text, excerpt: { text, length: 1 }, remedy: text })
    for (const line of said.split('\n')) assert.not.match(line, /^\s*::|##\[/)
  }
})

format.run()

const machines = suite('message for programs')

machines('is an annotation with its separators escaped', () => {
  const problem = {
    ...PLAIN,
    message: '100 %, a:b\x1b',
    remedy: 'Mend it.',
    place: { file: 'a,b:c%.txt', line: 1, column: 2 },
  }
  assert.is(
    diagnosticGithub(problem, { prefix: 'r/' }),
    '::error file=r/a%2Cb%3Ac%25.txt,line=1,col=2,title=unreadable-cell::100 %25, a:b␛%0AMend it.',
  )
  assert.is(annotation('error', { title: 'a\r\nb' }, 'c\r\nd'), '::error title=a%0D%0Ab::c%0D%0Ad')
  assert.match(diagnosticGithub({ ...PLAIN, level: 'note' }), /^::notice /)
  assert.match(diagnosticGithub({ ...PLAIN, level: 'warning' }), /^::warning /)
})

machines('is matched by the pattern that GitHub is given for text', () => {
  const file = readFileSync('templates/github/bonnie-report.json', 'utf8')
  const [pattern] = JSON.parse(file).problemMatcher[0].pattern
  const matched = (problem: Diagnostic) => {
    const lines = formatDiagnostic(problem, { prefix: 'r/' }).split('\n')
    return lines.flatMap((line) => {
      const found = new RegExp(pattern.regexp).exec(line)
      const parts = ['file', 'line', 'column', 'severity', 'message', 'code']
      return found ? [parts.map((part) => found[pattern[part]])] : []
    })
  }
  const excerpt = { text: 'a: 1:2: error: b [c]', length: 1 }
  const whole = ['r/loop.txt', '4', '12', 'error', PLAIN.message, 'unreadable-cell']
  assert.equal(matched({ ...PLAIN, excerpt, remedy: 'Mend it.' }), [whole])
  assert.equal(matched({ ...PLAIN, level: 'warning' })[0]?.[3], 'warning')
  assert.equal(matched({ ...PLAIN, level: 'note' }), [])
})

const many = (level: Diagnostic['level'], rules: readonly string[]) =>
  rules.map((rule, i) => ({ ...PLAIN, level, rule, place: { ...PLAIN.place, line: i + 1 } }))

function annotated(problems: readonly Diagnostic[]): string[] {
  const lines: string[] = []
  printProblems(problems, 'github', (line) => lines.push(line), {})
  return lines
}

machines('as annotations are no more than GitHub keeps, and the log has the others', () => {
  const rules = [...Array(30).fill('row-ends-early'), 'slug']
  const lines = annotated([...many('error', rules), ...many('note', ['single-run'])])
  const errors = lines.filter((line) => line.startsWith('::error '))
  assert.is(errors.length, 10)
  assert.match(errors[1] ?? '', /line=31,.*title=slug/)
  assert.is(errors[9], '::error title=22 more errors::The log of this step lists them.')
  assert.is(lines.filter((line) => line.startsWith('::notice ')).length, 1)
  assert.is(lines.filter((line) => /^loop\.txt:\d+:12: error: /.test(line)).length, 22)
  assert.equal(lines.slice(11, 12).concat(lines.slice(-1)), ['::group::22 more problems', '::endgroup::'])
})

machines('of which ten are enough are all annotations', () => {
  assert.is(
    annotated(many('error', Array(10).fill('slug'))).filter((l) => l.startsWith('::error file')).length,
    10,
  )
})

machines('is a plain object', () => {
  assert.equal(diagnosticJson({ ...PLAIN, remedy: 'x' }, { prefix: 'r/' }), {
    level: 'error',
    rule: 'unreadable-cell',
    message: PLAIN.message,
    file: 'r/loop.txt',
    line: 4,
    column: 12,
    remedy: 'x',
  })
})

machines.run()
