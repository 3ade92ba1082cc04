/** A sample of the campaign of run.ts: scenes of a small blog, broken where something was once lost, and beside it. */
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { kindsFor, pointsOf } from './campaign.ts'
import type { DiskCall, FaultKind } from './hook.mjs'
import { SCENES } from './scenes.ts'
import { openStage, type Stage, tryHere } from './trial.ts'
import { openWarm, type Warm } from './warm.ts'

/** Ways of failing, and the call that fails so: the first, or the last, that is like it. */
const SAMPLE: readonly (readonly [
  scene: string,
  kind: FaultKind,
  name: string,
  place: RegExp,
  which?: 'last',
])[] = [
  ['first', 'half', 'writeFileSync', /report\.json$/],
  ['first', 'EMFILE', 'readFileSync', /\/proc\/self\/stat|\/proc\/\d+\/stat/],
  ['again', 'kill', 'renameSync', /\/site$/],
  ['again', 'half', 'rmSync', /\.site\.gone$/, 'last'],
  ['again', 'EACCES', 'linkSync', /\/site\/CNAME$/],
  ['same', 'EIO', 'readFileSync', /site\/index\.html$/],
  ['interrupted', 'kill', 'renameSync', /\.site\.old$/],
  ['interrupted', 'EIO', 'rmSync', /\.site\.new$/],
  // half of a saved output lay among the results
  ['add', 'half', 'writeFileSync', /one\.txt/],
  ['add', 'kill', 'linkSync', /one\.txt/],
  // what followed from facts that could not be read was told, and nobody said why
  ['add', 'EIO', 'lstatSync', /fresh\/study\.md$/, 'last'],
  // whoever called it again got no sample
  ['init', 'EIO', 'readFileSync', /init\/sample\.md$/],
  ['init', 'ENOSPC', 'mkdirSync', /results\/sample$/],
]

const test = suite('a blog on a disk that fails')
const home = fs.mkdtempSync(path.join(tmpdir(), 'scenes-'))
process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }))
const place = process.cwd()
let warm: Warm
let stage: Stage | null = null

test.before(async () => {
  warm = await openWarm(path.join(home, 'program'))
})
test.after(() => process.chdir(place))

for (const [name, kind, call, where, which] of SAMPLE) {
  test(`survives in "${name}": ${kind} at ${call} ${where.source}`, async () => {
    const scene = SCENES[name]
    assert.ok(scene)
    if (stage?.scene !== scene) stage = await openStage(path.join(home, 'work'), scene, warm)
    const isLike = (each: DiskCall) => each.name === call && where.test(each.place)
    const { calls } = stage
    const at = 1 + (which === 'last' ? calls.findLastIndex(isLike) : calls.findIndex(isLike))
    assert.ok(at > 0, 'there is no such call')
    assert.equal(await tryHere(stage, { at, kind }), [])
  })
}

test('a way to the disk is tried once before it is tried again, and nothing is left out', () => {
  const call = (place: string, way: string): DiskCall => ({ name: 'writeFileSync', place, way, writes: true })
  const calls = ['a.svg', 'b.svg', 'c.md', 'd.svg'].map((name) => call(`/w/site/${name}`, 'x'))
  const { distinct, others } = pointsOf({ calls: [...calls, call('/w/site/a.svg', 'y')], folder: '/w' })
  assert.equal(
    [distinct, others.toSorted()],
    [
      [1, 3, 5],
      [2, 4],
    ],
  )
  assert.ok(kindsFor(call('', '')).includes('half'))
  assert.not(kindsFor({ ...call('', ''), writes: false }).includes('ENOSPC'))
})

test.run()
