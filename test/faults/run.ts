/**
 * The campaign: `node --import tsx test/faults/run.ts [calls] [kills] [disks]`, all three without a word.
 * calls: scenes of a small blog (scenes.ts) are broken at their calls of the disk, in every way that the disk may fail
 *   there: at each distinct way to the disk and kind of place once.
 *   --all         then at every other call too, in an order that makes what was tried so far a sample
 *   --scene NAME  one scene only
 *   --kind KIND   in one way only: kill, half, ENOSPC, EACCES, EIO, EROFS, EMFILE
 *   --at N        at one call
 * kills: builds of more than a thousand saved outputs are killed at random moments, --kills times (24), each followed
 *   by another command.
 * disks: disks that are too small are built on.
 * Each part says how many faults there were. Exit 1 if a site was ever not whole, or a result lost.
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
    kills: { type: 'string', default: '24' },
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

const { status } = spawnSync(process.execPath, ['tools/fresh.cjs', '--compile-only'], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (status !== 0) process.exit(1)
const parts: Readonly<Record<string, () => Promise<number>>> = {
  calls: breakCalls,
  kills: () => killAtRandom(ROOT, Number(values.kills)),
  disks: () => fillDisks(ROOT),
}
let failed = 0
for (const name of positionals.length > 0 ? positionals : Object.keys(parts))
  failed += (await parts[name]?.()) ?? 1
process.exitCode = failed === 0 ? 0 : 1
