/**
 * The campaign: `node --import tsx test/faults/run.ts [calls] [kills] [disks]`, all three without a word.
 * calls: a whole build is broken at its calls of the disk.
 *   --all        at every call; without it, at the first and the last of each kind in each folder
 *   --kind KIND  in one way only: kill, half, ENOSPC, EACCES, EIO, EROFS
 *   --at N       at one call
 * kills: twenty builds of the shipped results are killed at random moments.
 * disks: disks that are too small are built on.
 * Exit 1 if a site was ever not whole.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { kindsFor, makeWorld, samplePoints, toldOf, tryFault } from './build-world.ts'
import type { Fault } from './hook.mjs'
import { killAtRandom } from './random-kills.ts'
import { fillDisks } from './small-disks.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const AT_ONCE = 2

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, kind: { type: 'string' }, at: { type: 'string' } },
})

async function breakCalls(): Promise<number> {
  const world = await makeWorld(path.join(ROOT, 'test/fixtures/cli/inputs/two-logs'), (results) =>
    fs.copyFileSync(path.join(results, 'loopback-1.txt'), path.join(results, 'lvm-1.txt')),
  )
  const all = world.calls.map((_, i) => i + 1)
  const points = values.at ? [Number(values.at)] : values.all ? all : samplePoints(world)
  const faults = points.flatMap((at) => {
    const call = world.calls[at - 1]
    return (call ? kindsFor(call) : [])
      .filter((kind) => values.kind === undefined || kind === values.kind)
      .map((kind): Fault => ({ at, kind }))
  })
  let failed = 0
  const waiting = [...faults]
  const work = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const wrong = await tryFault(world, fault)
      if (wrong.length > 0) failed += 1
      for (const each of wrong) console.log(`${toldOf(world, fault)}: ${each}`)
      if (waiting.length % 50 === 0) console.log(`${faults.length - waiting.length}/${faults.length}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  console.log(`${points.length} of ${all.length} calls, ${faults.length} faults, ${failed} not survived`)
  return failed + (faults.length === 0 ? 1 : 0)
}

const { status } = spawnSync(process.execPath, ['tools/fresh.mjs', '--compile-only'], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (status !== 0) process.exit(1)
const parts: Readonly<Record<string, () => Promise<number>>> = {
  calls: breakCalls,
  kills: () => killAtRandom(ROOT),
  disks: () => fillDisks(ROOT),
}
let failed = 0
for (const name of positionals.length > 0 ? positionals : Object.keys(parts))
  failed += (await parts[name]?.()) ?? 1
process.exitCode = failed === 0 ? 0 : 1
