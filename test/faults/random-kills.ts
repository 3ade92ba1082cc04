import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { program } from './build-world.ts'
import { brokenBefore, brokenIn, leftovers } from './oracle.ts'

const KILLS = 20
const COMMANDS = [
  ['parse', 'results/site.yaml'],
  ['check', '-q'],
  ['show', '-q'],
  ['verify', '-q'],
]

/**
 * Kills builds of the shipped results at random moments, half of them while they write; after each, and after the
 * command that follows, the site is whole. Returns how often it was not.
 */
export async function killAtRandom(root: string): Promise<number> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'kills-'))
  fs.cpSync(path.join(root, 'results'), path.join(folder, 'results'), { recursive: true })
  const started = Date.now()
  await program(['build'], folder)
  const usual = Date.now() - started
  let failed = 0
  for (let i = 0; i < KILLS; i += 1) {
    // another title changes every page
    fs.writeFileSync(path.join(folder, 'results/site.yaml'), `title: The ${i}th\n`)
    const took =
      i % 2 === 0 ? await killAfter(folder, root, Math.random() * usual) : await killWriting(folder, root)
    const wrong = brokenBefore(folder)
    await program(COMMANDS[i % COMMANDS.length] ?? [], folder)
    wrong.push(...brokenIn(path.join(folder, 'site')))
    if (wrong.length > 0) failed += 1
    console.log(`kill ${i + 1}/${KILLS} ${took}: ${wrong.join('; ') || 'whole'}`)
  }
  await program(['build'], folder)
  for (const name of leftovers(folder)) console.log(`the last build leaves ${name}`)
  failed += leftovers(folder).length + brokenIn(path.join(folder, 'site')).length
  fs.rmSync(folder, { recursive: true, force: true })
  return failed
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
