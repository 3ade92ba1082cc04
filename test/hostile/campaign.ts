/** `check` on results that mean harm: what it took, and what it should not have done. */
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { linesIn, outputsBelow } from './tree-walk.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Tells on descriptor 3, when the process ends, what it took. */
const METER = `data:text/javascript,${encodeURIComponent(
  "import fs from 'node:fs'; process.on('exit', () => fs.writeSync(3, JSON.stringify(process.resourceUsage())))",
)}`

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** seconds of the processor, and MiB at most; null where the process did not live to tell */
  readonly took: { readonly cpu: number; readonly peak: number } | null
}

export interface Limits {
  /** of JavaScript's heap, in MiB */
  readonly heap: number
  readonly seconds: number
}

/** Runs a command on results/ below `folder`, within limits. */
export function check(folder: string, words: readonly string[], limits: Limits): Promise<Ending> {
  const args = [`--max-old-space-size=${limits.heap}`, '--import', METER, CLI, 'check', ...words]
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
    timeout: limits.seconds * 1000,
    killSignal: 'SIGKILL',
  })
  const parts = [1, 2, 3].map((descriptor) => {
    const chunks: Buffer[] = []
    child.stdio[descriptor]?.on('data', (chunk: Buffer) => chunks.push(chunk))
    return chunks
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const [stdout = '', stderr = '', usage = ''] = parts.map((chunks) => Buffer.concat(chunks).toString())
      resolve({ code, signal, stdout, stderr, took: usage === '' ? null : tookOf(JSON.parse(usage)) })
    })
  })
}

function tookOf({ userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage): Ending['took'] {
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 }
}

/** Seconds of the processor for reading every file once; of those that are larger than what is read, none. */
export function floorOf(folder: string): number {
  const words = 'find results -type f -size -300M -exec cat {} + >/dev/null 2>&1; times'
  const { stdout } = spawnSync('sh', ['-c', words], { cwd: folder, encoding: 'utf8' })
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}

/** What `check --format json` says. */
export interface Said {
  readonly problems: readonly {
    readonly level: string
    readonly rule: string
    readonly message: string
    readonly file: string
    readonly line: number
    readonly column: number
  }[]
  readonly files: readonly { readonly file: string; readonly runs: number }[]
}

/** What is wrong with an ending, whatever was read: a sentence each. */
export function* faultsOfEnding({ code, signal, stderr }: Ending): Generator<string> {
  if (signal !== null) yield `was ended by ${signal}`
  else if (code !== 0 && code !== 1) yield `ended with ${code}: ${stderr.slice(0, 2000)}`
  if (/^\s+at .+:\d+:\d+\)?$/m.test(stderr)) yield `printed a stack trace: ${stderr.slice(0, 2000)}`
}

/** What is wrong with what was said of results/ below `folder`: a sentence each. */
export function* faultsOfAnswer(folder: string, { problems, files }: Said): Generator<string> {
  const read = new Set(files.filter(({ runs }) => runs > 0).map(({ file }) => file))
  const refused = new Set(problems.filter(({ level }) => level === 'error').map(({ file }) => file))
  for (const file of outputsBelow(path.join(folder, 'results'))) {
    const place = `results/${file}`
    if (!read.has(place) && !isRefused(place, refused))
      yield `${JSON.stringify(place)}: neither read nor refused`
  }
  const lines = new Map<string, readonly number[] | null>()
  for (const { file, line, column, rule, message } of problems) {
    const lengths = lines.get(file) ?? linesIn(path.join(folder, file))
    lines.set(file, lengths)
    const length = (lengths ?? [0])[line - 1]
    if (length === undefined || column < 1 || column > length + 1)
      yield `${JSON.stringify(file)}:${line}:${column} is no place in it: ${message} [${rule}]`
  }
}

/** Whether an error stands at a file, or at a folder that is no study. */
function isRefused(place: string, refused: ReadonlySet<string>): boolean {
  const parts = place.split('/')
  return parts.some((_, i) => refused.has(parts.slice(0, i + 1).join('/')))
}

/** What a terminal would obey in a text that was printed for it: a sentence each. */
export function* faultsOfText(text: string): Generator<string> {
  const found = /[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\x00-\x09\x0b-\x1f\x7f-\x9f]/u.exec(text)
  if (found) yield `printed ${JSON.stringify(text.slice(Math.max(0, found.index - 80), found.index + 20))}`
}

/** Removes what was written, also where nobody may. */
export function remove(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const place = Buffer.concat([Buffer.from(`${folder}/`), entry.name])
    if (entry.isDirectory() && (fs.statSync(place).mode & 0o700) !== 0o700) fs.chmodSync(place, 0o700)
  }
  fs.rmSync(folder, { recursive: true, force: true })
}
