/** A folder is a case: fixtures/dialects/<name>/input.txt must give expected.json. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { parse } from '../../src/bonnie/parse.ts'
import { suite } from '../suite.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/dialects/', import.meta.url))
const test = suite('dialects, a folder a case')

for (const name of readdirSync(FIXTURES).sort()) {
  test(name, () => {
    const golden = path.join(FIXTURES, name, 'expected.json')
    const text = readFileSync(path.join(FIXTURES, name, 'input.txt'), 'utf8')
    const parsed = parse({ path: `${name}/input.txt`, sha256: 'sha256 of the input', text })
    if (process.env.UPDATE === '1' || !existsSync(golden)) {
      assert.not(process.env.CI, `${name}/expected.json is missing or would be rewritten: not in CI`)
      writeFileSync(golden, `${JSON.stringify(parsed, null, 1)}\n`)
    }
    assert.equal(JSON.parse(JSON.stringify(parsed)), parsed, 'a record survives JSON unchanged')
    assert.equal(parsed, JSON.parse(readFileSync(golden, 'utf8')))
  })
}

test.run()
