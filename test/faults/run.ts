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
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { kindsFor, pointsOf, Tally } from './campaign.ts'
import { killAtRandom } from './random-kills.ts'
import { SCENES } from './scenes.ts'
import { fillDisks } from './small-disks.ts'
import { openStage, type Stage, tryHere } from './trial.ts'
import { openWarm } from './warm.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    scene: { type: 'string' },
    kind: { type: 'string' },
    at: { type: 'string' },
  },
})

/** Breaks each scene at its calls of the disk, all distinct ones of all scenes first. */
async function breakCalls(): Promise<number> {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'faults-'))
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }))
  const warm = await openWarm(path.join(home, 'program'))
  const sum = new Tally()
  for (const part of values.all ? (['distinct', 'others'] as const) : (['distinct'] as const)) {
    for (const [name, scene] of Object.entries(SCENES)) {
      if (values.scene !== undefined && values.scene !== name) continue
      const stage = await openStage(path.join(home, 'work'), scene, warm)
      const points = values.at ? [Number(values.at)] : pointsOf(stage)[part]
      const tally = new Tally()
      for (const at of points) await breakAt(stage, at, part === 'distinct', [tally, sum], name)
      const of = `${points.length} of ${stage.calls.length} calls`
      console.log(`${name}, ${part}: ${of}, ${tally.text()}`)
    }
  }
  console.log(`calls: ${sum.text()}`)
  return sum.failed + (sum.total === 0 ? 1 : 0)
}

async function breakAt(
  stage: Stage,
  at: number,
  isDistinct: boolean,
  tallies: readonly Tally[],
  scene: string,
): Promise<void> {
  const call = stage.calls[at - 1]
  const kinds = call ? kindsFor(call) : []
  for (const kind of kinds.filter((each) => values.kind === undefined || each === values.kind)) {
    const wrong = await tryHere(stage, { at, kind })
    for (const tally of tallies) tally.add({ at, kind }, isDistinct, wrong.length > 0)
    const told = `--scene ${scene} --at ${at} --kind ${kind}: ${call?.name} ${call?.place.replace(stage.folder, '')}`
    for (const each of wrong) console.log(`${told}: ${each}`)
    const [, sum] = tallies
    if (sum && sum.total % 500 === 0) console.log(`… ${sum.text()}`)
  }
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
