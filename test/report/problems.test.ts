/** What was noticed while reading, told once however often it was met. */
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { problemsOf } from '../../src/report/problems.ts'
import { suite } from '../suite.ts'

const test = suite('problems in the article')

function told(level: Diagnostic['level'], ...messages: readonly string[]): string[] {
  const diagnostics = messages.map(
    (message, i): Diagnostic => ({
      level,
      rule: 'a-rule',
      message,
      place: { file: 'a', line: i + 1, column: 1 },
    }),
  )
  return problemsOf(diagnostics, { place: () => null }).map(({ message }) => message)
}

test('warnings that differ in their numbers alone are one', () => {
  assert.equal(told('warning', 'Of 37,801.', 'Of 36,498.'), ['Of 37,801. (The numbers are of the first.)'])
  assert.equal(told('warning', 'Of 37,801.', 'Of 37,801.'), ['Of 37,801.'])
})

test('errors keep their own numbers, because each has to be mended', () => {
  assert.equal(told('error', 'Of 37,801.', 'Of 36,498.'), ['Of 37,801.', 'Of 36,498.'])
})

test.run()
