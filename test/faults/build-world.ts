/** A whole build with something that goes wrong in it, as a process, and what is then not as it should be. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { DiskCall, Fault, FaultKind } from './hook.mjs'
import { brokenBefore, brokenIn, leftovers, portrait, unclear } from './oracle.ts'

const HOOK = pathToFileURL(fileURLToPath(new URL('./hook.mjs', import.meta.url))).href
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Results that changed since their site was built. */
export interface World {
  /** the workplace that is copied for each fault */
  readonly base: string
  /** what a build asks the disk where nothing fails */
  readonly calls: readonly DiskCall[]
  /** the old site and the new one */
  readonly before: string
  readonly after: string
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

/** Builds the site of `results`, changes them by `change`, and writes down what the next build does. */
export async function makeWorld(results: string, change: (results: string) => void): Promise<World> {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'faults-'))
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }))
  const [base, trial] = [path.join(home, 'base'), path.join(home, 'trial')]
  fs.cpSync(results, path.join(base, 'results'), { recursive: true })
  await program(['build'], base)
  const before = portrait(path.join(base, 'site'))
  change(path.join(base, 'results'))
  fs.cpSync(base, trial, { recursive: true })
  const log = path.join(home, 'calls.json')
  await program(['build'], trial, { at: 0, kind: 'EIO' }, log)
  const calls: DiskCall[] = JSON.parse(fs.readFileSync(log, 'utf8'))
  return { base, calls, before, after: portrait(path.join(trial, 'site')) }
}

/** The program in a workplace, with a fault if one is given. */
export function program(args: readonly string[], cwd: string, fault?: Fault, log?: string): Promise<Ending> {
  const hook = fault === undefined ? [] : ['--import', HOOK]
  const env = {
    ...process.env,
    ...(fault && { FAULT: JSON.stringify(fault) }),
    ...(log && { FAULT_LOG: log }),
  }
  const child = spawn(process.execPath, [...hook, CLI, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const err: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stderr: Buffer.concat(err).toString() })),
  )
}

/** What is wrong after a fault in a build, after the command that follows and after the next build. */
export async function tryFault(world: World, fault: Fault): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(path.dirname(world.base), 'trial-'))
  try {
    fs.cpSync(world.base, folder, { recursive: true })
    const ending = await program(['build'], folder, fault)
    const wrong = [...judgeEnding(world, folder, fault.kind, ending), ...(await judgeRest(world, folder))]
    return wrong.map((fault) => fault.replaceAll(folder, ''))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function judgeEnding(
  world: World,
  folder: string,
  kind: FaultKind,
  { code, signal, stderr }: Ending,
): string[] {
  const broken = brokenBefore(folder)
  if (kind === 'kill') return signal === 'SIGKILL' ? broken : [...broken, `was not killed: ${code} ${stderr}`]
  const site = path.join(folder, 'site')
  const now = fs.existsSync(site) ? portrait(site) : 'none'
  if (code === 2)
    return [...broken, ...unclear(stderr), ...(now === world.before ? [] : ['the old site changed'])]
  // what could not be read is a problem of the study, and stands on its page
  if (code === 1 && /error: .*\[unreadable-file\]/.test(stderr)) return broken
  if (code === 0 && now === world.after) return broken
  return [
    ...broken,
    `exit code ${code}, and the site is ${now === world.before ? 'old' : 'neither old nor new'}: ${stderr}`,
  ]
}

async function judgeRest(world: World, folder: string): Promise<string[]> {
  // nothing was written: what follows is what follows without a fault
  if (portrait(folder) === portrait(world.base)) return []
  const site = path.join(folder, 'site')
  const same = portrait(path.join(folder, 'results')) === portrait(path.join(world.base, 'results'))
  const wrong = same ? [] : ['results changed']
  await program(['parse', 'results'], folder)
  wrong.push(...brokenIn(site).map((each) => `after a command: ${each}`))
  await program(['build'], folder)
  if (portrait(site) !== world.after) wrong.push('the next build gives another site')
  return [...wrong, ...leftovers(folder).map((name) => `the next build leaves ${name}`)]
}

/** A sentence's worth of a fault. */
export function toldOf({ calls }: World, { at, kind, sticks }: Fault): string {
  const { name = '', place = '' } = calls[at - 1] ?? {}
  return `${kind}${sticks ? ' from' : ' at'} call ${at}, ${name} ${place.replace(/^.*\/(?=templates\/|trial\/)/, '')}`
}
