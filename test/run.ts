/**
 * The test runner: `node --import tsx test/run.ts [folder or file …] [--runs N] [--timeout SECONDS]`.
 *
 * A supervisor finds the files and hands them out to one or two children, each of which runs one after another through
 * uvu's queue. Other processes, because a test that hangs, calls process.exit or crashes takes its process along, and
 * somebody has to tell. What a child prints is shown when its file is done.
 * The last line is always `N passed, N failed[, N skipped]`, and a run that proved nothing has failed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { flagsOf } from '../src/engine.ts'

const SELF = fileURLToPath(import.meta.url)
const TEST_FOLDER = path.dirname(SELF)
const ROOT = path.dirname(TEST_FOLDER)

/** Generous: the browser looks at every page of the site in one file. */
const SECONDS_PER_FILE = 8 * 60

/** More would only keep each other's browsers waiting. */
const MOST_CHILDREN = 2

/**
 * V8 optimises late, as in the program, since most tests run once; and it collects garbage seldom and by itself, since
 * the threads that could help it are taken from the other child. It takes a sixth less of the processors.
 */
const FRUGAL = ['--single-threaded-gc', '--max-semi-space-size=64', ...flagsOf(process.versions.v8)]

interface Result {
  readonly file: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What to print at the end, ready to read. */
  readonly complaints: readonly string[]
}

/** What a child says: that it waits for a file, or what became of one. */
type Message = { readonly kind: 'ready' } | { readonly kind: 'done'; readonly result: Result }

/** What it is told: a file to run, or that there is none left. */
type Order = { readonly file: string | null }

// ─── the supervisor ─────────────────────────────────────────────────────────────────────────────────────────────

async function supervise(targets: readonly string[], secondsPerFile: number): Promise<boolean> {
  // the browser's take longest: one of them at the end would keep a child waiting
  const waiting = findFiles(targets).sort((a, b) => Number(isBrowsers(b)) - Number(isBrowsers(a)))
  const results: Result[] = []
  const runAll = async () => {
    while (waiting.length > 0) results.push(...(await runInChild(waiting, secondsPerFile)))
  }
  const children = Math.min(MOST_CHILDREN, availableParallelism(), waiting.length)
  await Promise.all(Array.from({ length: children }, runAll))
  const forgotten = findFiles(targets).filter((file) => !results.some((result) => result.file === file))
  const all = [...results, ...forgotten.map((file) => broken(file, 'stands in the tree but was not run'))]
  return report(all.sort((a, b) => (a.file < b.file ? -1 : 1)))
}

function report(results: readonly Result[]): boolean {
  const sum = (pick: (result: Result) => number) => results.reduce((total, result) => total + pick(result), 0)
  const passed = sum((result) => result.passed)
  const failed = sum((result) => result.failed)
  const skipped = sum((result) => result.skipped)
  for (const { file, complaints } of results) {
    for (const complaint of complaints) console.log(`\n${file}\n${readable(complaint)}`)
  }
  const nothing = passed + failed === 0
  if (nothing)
    console.log(`\nNo test ${skipped > 0 ? 'ran: all were skipped' : 'was found'}. That proves nothing.`)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed === 0 && !nothing
}

/** Stack frames of the machinery say nothing, and paths from the project's folder are enough. */
function readable(complaint: string): string {
  const machinery = /^\s*at .*(node_modules\/uvu\/|\/test\/(run|suite)\.ts|\(?node:internal)/
  const lines = complaint.replaceAll('\x1b[90m\n', '\n').split('\n')
  return lines
    .filter((line) => !machinery.test(line))
    .map((line) => (/^\s*at /.test(line) ? line.replaceAll(`${ROOT}/`, '') : line))
    .join('\n')
    .trimEnd()
}

/** Runs files until none waits or the child dies; what it died of is the result of the file it was in. */
function runInChild(waiting: string[], secondsPerFile: number): Promise<Result[]> {
  const results: Result[] = []
  const child = spawn(process.execPath, [...process.execArgv, ...FRUGAL, SELF, '--child'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => printed.push(bytes))
  }
  const show = () => process.stdout.write(Buffer.concat(printed.splice(0)))
  // taken before the child asks for it: one that never comes so far has to cost a file, or another would be tried forever
  let current = takeNext(waiting)
  let asked = false
  let cause: string | undefined
  const watchdog = startWatchdog(child, secondsPerFile, () => {
    cause = `gave no sign of life for ${secondsPerFile} s and was stopped`
  })
  child.on('message', (message: Message) => {
    watchdog.refresh()
    if (message.kind === 'ready') {
      if (asked) current = takeNext(waiting, current)
      asked = true
      child.send({ file: current } satisfies Order)
    } else {
      results.push(message.result)
      show()
    }
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(watchdog)
      show()
      if (current !== null) results.push(broken(current, cause ?? causeOfDeath(code, signal)))
      resolve(results)
    })
  })
}

/** Takes the first file of the room of the last one, else the first of all. */
function takeNext(waiting: string[], last?: string | null): string | null {
  const room = last ? roomOf(last) : undefined
  const neighbour = waiting.findIndex((file) => roomOf(file) === room)
  return waiting.splice(Math.max(0, neighbour), 1)[0] ?? null
}

function isBrowsers(file: string): boolean {
  return path.basename(path.dirname(file)) === 'browser'
}

/** What is made once in a process, such as the site of the gallery, is asked for by a room and by its file in browser/. */
function roomOf(file: string): string {
  return isBrowsers(file) ? path.basename(file, '.test.ts') : path.basename(path.dirname(file))
}

function causeOfDeath(code: number | null, signal: NodeJS.Signals | null): string {
  if (code === 13) return 'waits for a promise that never settles'
  return `ended the whole process (${signal ?? `exit ${code}`}): process.exit(), or an error nobody caught, shown above`
}

function startWatchdog(child: ChildProcess, seconds: number, onBite: () => void): NodeJS.Timeout {
  return setTimeout(() => {
    onBite()
    child.kill('SIGKILL')
  }, seconds * 1000)
}

function broken(file: string, complaint: string): Result {
  return { file, passed: 0, failed: 1, skipped: 0, complaints: [`  ${complaint}`] }
}

/** Every *.test.ts below the targets, relative to the project, in a stable order. Fixtures are not tests. */
function findFiles(targets: readonly string[]): string[] {
  const found = targets.flatMap((target) => {
    const place = path.resolve(target)
    return statSync(place).isDirectory() ? walk(place) : [place]
  })
  return [...new Set(found.map((file) => path.relative(ROOT, file)))].sort()
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : walk(place)
    return entry.name.endsWith('.test.ts') ? [place] : []
  })
}

// ─── the child ──────────────────────────────────────────────────────────────────────────────────────────────────

type Suite = import('./suite.ts').SuiteRecord
/** What uvu queues on `test.run()`: it resolves to its error text (or true), passed, skipped and total. */
type QueuedRun = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>

async function runFiles(): Promise<void> {
  const queue: QueuedRun[][] = [[]]
  // uvu looks at these when it is first imported: with UVU_DEFER it queues suites and leaves running them to us.
  Object.assign(globalThis, { UVU_DEFER: 1, UVU_QUEUE: queue, UVU_INDEX: 0 })
  const book = await import('./suite.ts')
  for (let file = await nextFile(); file !== null; file = await nextFile()) {
    try {
      await import(pathToFileURL(path.resolve(ROOT, file)).href)
      const suites = book.takeSuites()
      await tell({ kind: 'done', result: await runQueued(file, queue, suites, book.faultsOf) })
    } catch (error) {
      book.takeSuites()
      queue[0]?.splice(0)
      const stack = error instanceof Error ? error.stack : String(error)
      await tell({ kind: 'done', result: broken(file, `throws when it is imported: ${stack}`) })
    }
  }
}

async function runQueued(
  file: string,
  queue: QueuedRun[][],
  suites: readonly Suite[],
  faultsOf: (suites: readonly Suite[]) => string[],
): Promise<Result> {
  const queued = queue[0]?.splice(0) ?? []
  const complaints: string[] = []
  let passed = 0
  let failed = 0
  let excluded = 0
  for (const run of queued) {
    const [errors, ok, outsideOnly, total] = await run()
    passed += ok
    failed += total - ok
    excluded += outsideOnly
    if (errors !== true) complaints.push(errors)
  }
  // A rejection that nobody awaited surfaces only when the queue of promises is empty: let it, in this file's name.
  await new Promise((resolve) => setImmediate(resolve))
  const skips = suites.flatMap((suite) => suite.skipped)
  for (const line of skips) console.log(`  ${line}`)
  const faults = faultsOf(suites)
  if (queued.length > suites.length) faults.push("uses uvu's own suite: import it from test/suite.ts")
  complaints.push(...faults.map((fault) => `  ${fault}`))
  return {
    file,
    passed: passed - skips.length,
    failed: failed + faults.length,
    skipped: skips.length + excluded,
    complaints,
  }
}

async function nextFile(): Promise<string | null> {
  const answer = once(process, 'message')
  await tell({ kind: 'ready' })
  const [order]: Order[] = await answer
  return order?.file ?? null
}

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve())
  })
}

// ─── the command line ───────────────────────────────────────────────────────────────────────────────────────────

if (process.argv[2] === '--child') {
  await runFiles()
  process.exit(0)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, timeout: { type: 'string', default: String(SECONDS_PER_FILE) } },
})
const targets = positionals.length > 0 ? positionals : [TEST_FOLDER]
const missing = targets.filter((target) => !existsSync(target))
if (missing.length > 0) {
  console.error(`No such file or folder: ${missing.join(', ')}`)
  process.exit(2)
}
if (values.runs !== undefined) process.env.TEST_RUNS = values.runs
process.exitCode = (await supervise(targets, Number(values.timeout))) ? 0 : 1
