/** The program for its tests: as a process, and as a function of a world that writes down what it is told. */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Io } from '../src/commands/command.ts'

export const CASES = fileURLToPath(new URL('./fixtures/cli', import.meta.url))

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PLAIN = { ...process.env, NO_COLOR: '', TERM: 'xterm', COLUMNS: '' }

/** A copy of the cases that is gone when the tests are. */
export function makeWorkplace(): string {
  const workplace = mkdtempSync(path.join(tmpdir(), 'cli-test-'))
  process.on('exit', () => rmSync(workplace, { recursive: true, force: true }))
  cpSync(CASES, workplace, { recursive: true })
  return workplace
}

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | NodeJS.Signals | null
}

let isFresh = false

/** The program as its users have it, compiled from the sources as they are: so it starts three times as fast, too. */
export function compiledCli(): string {
  if (!isFresh) {
    const words = ['tools/fresh.cjs', '--compile-only']
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The sources do not compile: ${stdout}`)
    isFresh = true
  }
  return path.join(ROOT, 'dist/cli.js')
}

/** Starts the program in a folder. */
export function start(args: readonly string[], cwd: string, options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [compiledCli(), ...args], {
    cwd,
    env: PLAIN,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  })
}

/** Runs the program in a folder to its end. */
export function runProcess(
  args: readonly string[],
  cwd: string,
  options: SpawnOptions = {},
  stdin: string | Uint8Array = '',
): Promise<Outcome> {
  const child = start(args, cwd, options)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin?.on('error', () => {})
  child.stdin?.end(stdin)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
        code: signal ?? code,
      })
    })
  })
}

/** A world that writes down what it is told. */
export function recorder(changes: Partial<Io> = {}) {
  const out: string[] = []
  const err: string[] = []
  const io: Io = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    status: () => {},
    uninterrupted: async (act) => act(),
    ready: async () => {},
    stdin: () => Readable.from([]),
    stdinIsTerminal: false,
    columns: 80,
    color: { out: false, err: false },
    ...changes,
  }
  return { out, err, io }
}
