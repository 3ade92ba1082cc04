import * as assert from 'uvu/assert'
import { addressOf, rawPaths } from '../../src/report/raw.ts'
import { suite } from '../suite.ts'

const test = suite('raw files on the site')

test('a name that a browser might run gets .txt, others keep theirs', () => {
  const paths = ['a/run.html', 'a/run.txt', 'a/run', 'b.md', 'c.csv.gz', 'd.log']
  assert.equal(
    [...rawPaths(paths).values()],
    ['raw/a/run.html.txt', 'raw/a/run.txt', 'raw/a/run.txt.txt', 'raw/b.md.txt', 'raw/c.csv.gz', 'raw/d.log'],
  )
})

test('no two files share a place', () => {
  const paths = ['run', 'run.txt', 'run.txt.md', 'run.txt.txt']
  assert.is(new Set(rawPaths(paths).values()).size, paths.length)
})

test('an address survives what a file name may hold', () => {
  assert.is(addressOf('raw/a b/ü#?%&<x>.txt'), 'raw/a%20b/%C3%BC%23%3F%25%26%3Cx%3E.txt')
})

test.run()
