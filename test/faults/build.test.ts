/** A sample of the campaign of run.ts: a whole build, broken where its ways part. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { makeWorld, toldOf, tryFault, type World } from './build-world.ts'
import type { DiskCall, Fault, FaultKind } from './hook.mjs'

const RESULTS = fileURLToPath(new URL('../fixtures/cli/inputs/two-logs', import.meta.url))

/** Ways of failing, and the call of the build that fails so: the first that is like it. */
const SAMPLE: readonly (readonly [kind: FaultKind, isLike: (call: DiskCall) => boolean])[] = [
  ['EIO', ({ name, place }) => name === 'readFileSync' && place.includes('/templates/rules/')],
  ['EACCES', ({ name, place }) => name === 'readFileSync' && place.startsWith('results/')],
  ['half', ({ name, place }) => name === 'writeFileSync' && place.endsWith('report.json')],
  ['EIO', ({ name, place }) => name === 'renameSync' && place.endsWith('/.site.old')],
  ['kill', ({ name, place }) => name === 'renameSync' && place.endsWith('/site')],
]

const test = suite('a build that is broken')
let world: World

test.before(async () => {
  world = await makeWorld(RESULTS, (results) =>
    fs.copyFileSync(path.join(results, 'loopback-1.txt'), path.join(results, 'lvm-1.txt')),
  )
})

test('asks the disk over a thousand times', () => {
  assert.ok(world.calls.length > 1000, `${world.calls.length}`)
  assert.not.equal(world.before, world.after)
})

SAMPLE.forEach(([kind, isLike], i) => {
  test(`leaves a whole site: ${kind} (${i + 1})`, async () => {
    const at = world.calls.findIndex(isLike) + 1
    assert.ok(at > 0, 'the build makes no such call')
    const fault: Fault = { at, kind }
    assert.equal(await tryFault(world, fault), [], toldOf(world, fault))
  })
})

test.run()
