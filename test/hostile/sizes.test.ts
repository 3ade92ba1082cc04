/** What is as large, as deep or as many as a hostile hand can make it comes to an end, and is told in a sentence. */
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { suite } from '../suite.ts'

const test = suite('inputs without measure')

/** What is linear takes a moment on the slowest machine, what is not takes hours. */
const PATIENCE_MS = 60_000

for (const [name, part] of [
  ['cells', '<td>1</td>'],
  ['escaped ends of lines', '\\n'],
  ['returns', 'x\r'],
  ['paragraphs', '<p>'],
  ['entities', '&amp;'],
] as const)
  test(`a line of a megabyte may hold nothing but ${name}`, () => {
    const begun = performance.now()
    const text = `<table><tr>${part.repeat(1_000_000 / part.length)}`
    const { runs, diagnostics } = parse({ path: 'x.txt', sha256: '', text })
    assert.is(runs.length, 0)
    assert.equal(
      diagnostics.map(({ rule }) => rule),
      ['no-result'],
    )
    assert.ok(performance.now() - begun < PATIENCE_MS)
  })

test.run()
