/** What is shipped of others is what its packages give. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'

const test = suite('what is shipped of others')

// a script of the tools, which has no types
const { bundle } = (await import(String(new URL('../tools/vega-bundle.mjs', import.meta.url)))) as {
  bundle: () => Promise<Map<string, string>>
}
const made = await bundle()

for (const [name, text] of made) {
  test(`templates/vendor/${name} is as its packages are (if not: node tools/vega-bundle.mjs)`, () => {
    assert.ok(readFileSync(`templates/vendor/${name}`, 'utf8') === text)
  })
}

test('every package in it comes with its licence', () => {
  const licences = made.get('vega-licences.txt') ?? ''
  for (const name of ['vega-view', 'vega-interpreter', 'd3-scale'])
    assert.match(licences, new RegExp(`${name} \\d`))
  assert.not.match(licences, /^Licence: /m)
})

test('it is a classic script that any page may load', () => {
  assert.not.match(made.get('vega.js') ?? '', /^\s*(?:import|export)\b/m)
})

test.run()
