import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { COMMANDS } from '../../src/commands/list.ts'
import { filesBelow } from '../tree.ts'
import { type Ending, program } from './build-world.ts'
import { brokenBefore, brokenIn, leftovers, portrait } from './oracle.ts'

/** What follows a kill, in turn: every command there is. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  build: ['-q'],
  check: ['-q'],
  parse: ['results/large-0/lvm/run-0.csv'],
  show: ['-q'],
  compare: ['loopback', 'lvm', '--study', 'large-1'],
  explain: ['large-2', 'lvm.get_block'],
  plan: ['large-3'],
  add: ['run.csv', '--study', 'large-4', '--backend', 'lvm'],
  diff: ['HEAD'],
  dev: [],
  init: ['another'],
  verify: ['-q'],
}

const STUDIES = 10
const RUNS = 55

/**
 * Kills builds of a thousand saved outputs and of the shipped ones at random moments, half of them while they write;
 * after each, and after the command that follows, the site is whole. Returns how often it was not.
 */
export async function killAtRandom(root: string, kills: number): Promise<number> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'kills-'))
  layOutMany(folder, root)
  const started = Date.now()
  await program(['build'], folder)
  const usual = Date.now() - started
  console.log(`kills: a build of ${filesBelow(path.join(folder, 'results')).length} files takes ${usual} ms`)
  let failed = 0
  for (let i = 0; i < kills; i += 1) {
    // another title changes every page
    fs.writeFileSync(path.join(folder, 'results/site.yaml'), `title: The ${i}th\n`)
    const before = portrait(path.join(folder, 'results'))
    const took =
      i % 2 === 0 ? await killAfter(folder, root, Math.random() * usual) : await killWriting(folder, root)
    const wrong = brokenBefore(folder)
    const command = COMMANDS[i % COMMANDS.length]?.name ?? ''
    const ending = await follow(command, folder, root)
    wrong.push(...brokenIn(path.join(folder, 'site')), ...lostFrom(before, folder))
    if (ending.code === 70) wrong.push(ending.stderr)
    if (wrong.length > 0) failed += 1
    console.log(`kill ${i + 1}/${kills} ${took}, then ${command}: ${wrong.join('; ') || 'whole'}`)
  }
  await program(['build'], folder)
  for (const name of leftovers(folder)) console.log(`the last build leaves ${name}`)
  failed += leftovers(folder).length + brokenIn(path.join(folder, 'site')).length
  fs.rmSync(folder, { recursive: true, force: true })
  console.log(`kills: ${kills} at random moments, ${failed} not survived`)
  return failed
}

/** The shipped results, and studies of many runs that all differ. */
function layOutMany(folder: string, root: string): void {
  fs.cpSync(path.join(root, 'results'), path.join(folder, 'results'), { recursive: true })
  for (let n = 0; n < STUDIES * RUNS * 2; n += 1) {
    const backend = n % 2 === 0 ? 'loopback' : 'lvm'
    const place = `results/large-${Math.floor(n / 2 / RUNS)}/${backend}/run-${Math.floor(n / 2) % RUNS}.csv`
    fs.mkdirSync(path.dirname(path.join(folder, place)), { recursive: true })
    fs.writeFileSync(path.join(folder, place), rowOf(n))
  }
  fs.writeFileSync(path.join(folder, 'run.csv'), rowOf(STUDIES * RUNS * 2))
}

/** The CSV of a run of bonnie++ 1.03; no two are alike. */
function rowOf(n: number): string {
  const rates = [41000, 90000, 40000, 42000, 99000].map(
    (rate, i) => `${rate + ((n * (i + 7)) % 997)},${9 + i}`,
  )
  return `vm,4G,${rates.join(',')},${200 + (n % 89)}.${n % 10},1,16,${9000 + n},40,+++++,+++,${8000 + n},30,${9100 + n},41,+++++,+++,${7000 + n},29\n`
}

/** The command that follows a kill; what would never end is ended once it has begun. */
async function follow(
  command: string,
  folder: string,
  root: string,
): Promise<Pick<Ending, 'code' | 'stderr'>> {
  const words = NEXT[command]
  if (words === undefined) throw new Error(`what follows a kill does not know ${command}`)
  if (command !== 'dev') return program([command, ...words], folder)
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'dev'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.stdout?.once('data', () => child.kill('SIGINT'))
  return { code: await ended, stderr: '' }
}

/** What of the results is not what it was: one sentence each. New files are no loss. */
function lostFrom(before: string, folder: string): string[] {
  const now = new Set(portrait(path.join(folder, 'results')).split('\n'))
  return before
    .split('\n')
    .filter((line) => !now.has(line))
    .map((line) => `${line} is lost`)
}

function start(folder: string, root: string) {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'build'], {
    cwd: folder,
    stdio: 'ignore',
  })
  return { child, ended: new Promise<void>((resolve) => child.on('close', () => resolve())) }
}

async function killAfter(folder: string, root: string, milliseconds: number): Promise<string> {
  const { child, ended } = start(folder, root)
  await later(milliseconds)
  child.kill('SIGKILL')
  await ended
  return `after ${Math.round(milliseconds)} ms${notKilled(child)}`
}

/** Waits until the new site lies beside the old one, and then a little. */
async function killWriting(folder: string, root: string): Promise<string> {
  const { child, ended } = start(folder, root)
  while (child.exitCode === null && !fs.existsSync(path.join(folder, '.site.new'))) await later(1)
  const milliseconds = Math.random() * 250
  await later(milliseconds)
  child.kill('SIGKILL')
  await ended
  return `${Math.round(milliseconds)} ms into writing${notKilled(child)}`
}

function notKilled({ signalCode }: ChildProcess): string {
  return signalCode === null ? ' (it had ended)' : ''
}
