/** V8 is given flags that it knows, and none where nobody has tried them. */
import { spawnSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import { flagsOf } from '../src/engine.ts'
import { suite } from './suite.ts'

const engine = suite('the flags of V8')

engine('are known to the version that runs the tests', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  const flags = flagsOf(process.versions.v8)
  const unknown = flags.filter((flag) => !stdout.includes(`\n  ${flag.split('=')[0]} (`))
  assert.equal(unknown, [])
})

engine('are taken without a word', () => {
  const script = flagsOf(process.versions.v8).map((flag) => `setFlagsFromString('${flag}')`)
  const code = `const { setFlagsFromString } = require('node:v8'); ${script.join('; ')}`
  const { stderr, status } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  assert.equal([stderr, status], ['', 0])
})

engine('are there for every major version of Node that is supported, and for no other', () => {
  assert.ok(flagsOf('11.3.244.8-node.33').length > 0)
  assert.ok(flagsOf('12.4.254.21-node.56').length > 0)
  assert.ok(flagsOf('13.6.233.17-node.41').length > 0)
  assert.equal(flagsOf('14.0.1'), [])
  assert.equal(flagsOf(''), [])
})

engine.run()
