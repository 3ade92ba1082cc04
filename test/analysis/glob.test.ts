import * as assert from 'uvu/assert'
import { globMatcher } from '../../src/analysis/glob.ts'
import { suite } from '../suite.ts'

const test = suite('patterns of paths')

const table: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ['lvm.txt', ['lvm.txt'], ['lvm_txt', 'a/lvm.txt', 'lvm.txt.gz', '']],
  ['*', ['a', 'a b.txt', '*'], ['a/b']],
  ['*.txt', ['a.txt', '.txt'], ['a.txt2', 'a/b.txt']],
  ['a*b*c', ['abc', 'a-b-b-c'], ['ab', 'acb', 'a/b/c']],
  ['run-?.csv', ['run-1.csv', 'run-ü.csv', 'run-😀.csv'], ['run-12.csv', 'run-.csv', 'run-/.csv']],
  ['a/*', ['a/b'], ['a', 'a/b/c']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'ab', 'b/a']],
  ['**/a', ['a', 'b/a', 'b/c/a'], ['ba', 'a/b']],
  ['a/**/b', ['a/b', 'a/c/b', 'a/c/d/b'], ['ab', 'a/cb', 'a/b/c']],
  ['**', ['a', 'a/b/c'], []],
  ['a**b', ['ab', 'axxb'], ['a/b']],
  ['a***/b', ['axx/b'], ['a/x/b']],
  ['[abc]', ['a', 'c'], ['d', '', 'ab']],
  ['run[1-3]', ['run1', 'run3'], ['run4', 'run-']],
  ['[!1-3]', ['4', 'a'], ['1', '3', '/']],
  ['[^a]b', ['bb'], ['ab']],
  ['[]]', [']'], ['[']],
  ['[a-]', ['a', '-'], ['b']],
  ['[a', ['[a'], ['a']],
  ['{a,b}.txt', ['a.txt', 'b.txt'], ['c.txt', '{a,b}.txt']],
  ['{a,b{c,d}e}', ['a', 'bce', 'bde'], ['be', 'bc']],
  ['{a,}b', ['ab', 'b'], ['cb']],
  ['{lvm/**,x/*.txt}', ['lvm/a/b', 'x/1.txt'], ['x/1.csv']],
  ['{a}', ['{a}'], ['a']],
  ['{a,b', ['{a,b'], ['a']],
  ['a,b}', ['a,b}'], ['a']],
  ['\\*', ['*'], ['a']],
  ['a\\', ['a\\'], ['a']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['+(a)', ['+(a)'], ['a', 'aa']],
  ['', [''], ['a']],
]
for (const [pattern, yes, no] of table) {
  test(`${pattern === '' ? 'nothing' : pattern} means what it should`, () => {
    const matches = globMatcher(pattern)
    for (const path of yes) assert.ok(matches(path), path)
    for (const path of no) assert.not(matches(path), path)
  })
}

test('are followed in the time of both lengths, whatever they are', () => {
  const name = 'a'.repeat(250)
  const folders = `${'a/'.repeat(400)}c`
  for (const pattern of [
    `${'*a'.repeat(400)}b`,
    `${'**/'.repeat(300)}b`,
    `${'**/a/'.repeat(180)}b`,
    `${'{a,aa}'.repeat(160)}b`,
    `${'{a,'.repeat(240)}b${'}'.repeat(240)}c`,
    '{'.repeat(999),
    `${'{a,'.repeat(330)}`,
    '['.repeat(999),
    `${'(a+)'.repeat(200)}+b`,
  ])
    for (const path of [name, folders]) assert.not(globMatcher(pattern)(path), pattern.slice(0, 20))
})

test.run()
