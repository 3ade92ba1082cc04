/**
 * The campaign: `node --import tsx test/hostile/check-campaign.ts [--files 10000] [--seed WORD] [--keep FOLDER]`.
 * Writes so many files that mean harm into studies whose authors mean it as well, and lets `check` read them within
 * a heap of 1 GiB. Each study whose turn takes long is told, and each kind of file that does. Exit 1 if anything was neither
 * read nor refused at a place in it, if `check` did not live, or printed what a terminal obeys.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from '../../src/bonnie/parse.ts'
import { readSource } from '../../src/files.ts'
import {
  check,
  type Ending,
  faultsOfAnswer,
  faultsOfEnding,
  faultsOfText,
  floorOf,
  remove,
} from './campaign.ts'
import { writeWorld } from './world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LIMITS = { heap: 1024, seconds: 1200 }
/** How many of the slowest are told. */
const TOLD = 8

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
})

/** The time that each file takes to be read, in ms, by what was done to it; those that are not read take none. */
function timesOf(folder: string, damages: ReadonlyMap<string, string>) {
  return [...damages].flatMap(([file, damage]) => {
    const place = path.join(folder, 'results', file)
    if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isFile()) return []
    const begun = process.cpuUsage()
    const { source } = readSource(path.join(folder, 'results'), file)
    if (source) parse(source)
    const { user, system } = process.cpuUsage(begun)
    return [{ file, damage, ms: (user + system) / 1000 }]
  })
}

function tellTimes(folder: string, damages: ReadonlyMap<string, string>): void {
  const times = timesOf(folder, damages).sort((a, b) => b.ms - a.ms)
  const median = times[Math.floor(times.length / 2)]?.ms ?? 0
  console.log(`the file in the middle takes ${median.toFixed(2)} ms; the slowest:`)
  for (const { file, damage, ms } of times.slice(0, TOLD))
    console.log(`  ${ms.toFixed(0)} ms  ${damage}  ${JSON.stringify(file)}`)
}

function tellEnding(words: string, { took, code }: Ending, floor: number, count: number): void {
  const cpu = took ? `${took.cpu.toFixed(1)} s of the processor (${(took.cpu / floor).toFixed(0)} × cat)` : ''
  const peak = took
    ? `, ${took.peak.toFixed(0)} MiB, ${((took.cpu / count) * 1000).toFixed(2)} ms a file`
    : ''
  console.log(`check ${words}: exit ${code}, ${cpu}${peak}`)
}

async function campaign(folder: string): Promise<string[]> {
  const damages = writeWorld(folder, Number(values.files), values.seed)
  const floor = floorOf(folder)
  console.log(`${damages.size} files, ${floor.toFixed(2)} s to read them by cat`)
  const faults: string[] = []
  for (const words of ['--format json', '--format text', '--format github']) {
    const ending = await check(folder, words.split(' '), LIMITS)
    tellEnding(words, ending, floor, damages.size)
    faults.push(...faultsOfEnding(ending))
    if (words.endsWith('json') && ending.code === 1) {
      const said = JSON.parse(ending.stdout)
      const errors = said.problems.filter(({ level }: { level: string }) => level === 'error').length
      console.log(`  ${said.problems.length} problems, ${errors} of them errors`)
      for (const fault of faultsOfAnswer(folder, said)) faults.push(fault)
    } else faults.push(...faultsOfText(ending.stdout), ...faultsOfText(ending.stderr))
  }
  tellTimes(folder, damages)
  return faults
}

const { status } = spawnSync(process.execPath, ['tools/fresh.cjs', '--compile-only'], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (status !== 0) process.exit(1)
const folder = values.keep ?? fs.mkdtempSync(path.join(tmpdir(), 'harm-'))
try {
  const faults = await campaign(folder)
  for (const fault of faults.slice(0, 50)) console.log(fault)
  console.log(`${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  if (values.keep === undefined) remove(folder)
}
// what was made to be listened at is still open
process.exit()
