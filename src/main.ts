import { once } from 'node:events'
import { run } from './commands/run.ts'
import { optimizeLater } from './engine.ts'
import { stdinChunks } from './pile.ts'
import { colours } from './terminal.ts'

/*
 * The process: its words, streams and exit code, and nothing else. The exit code is set rather than forced, so that
 * what was printed reaches a slow pipe. Ctrl-C is left to the system, which ends even a computation that never comes
 * back to us; shells report it as 130.
 */

/** Long enough that somebody who watches begins to wonder. */
const PATIENCE_MS = 500

const started = Date.now()
let statusWidth = 0

function clearStatus(): void {
  if (statusWidth > 0) process.stderr.write(`\r${' '.repeat(statusWidth)}\r`)
  statusWidth = 0
}

function status(line: string): void {
  if (!process.stderr.isTTY || Date.now() - started < PATIENCE_MS) return
  clearStatus()
  const text = line.slice(0, (process.stderr.columns || 80) - 1)
  process.stderr.write(text)
  statusWidth = text.length
}

function write(stream: NodeJS.WriteStream, line: string): void {
  clearStatus()
  stream.write(`${line}\n`)
}

/** Lets a short piece of work end before it obeys Ctrl-C, so that the site is never caught half swapped. */
async function uninterrupted(act: () => void): Promise<void> {
  let signalCode = 0
  const note = (_: NodeJS.Signals, code: number) => {
    signalCode = code
  }
  for (const signal of SIGNALS) process.on(signal, note)
  try {
    act()
    // signals are told of between two turns of the event loop
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    for (const signal of SIGNALS) process.off(signal, note)
  }
  if (signalCode > 0) process.exit(128 + signalCode)
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Whether results go nowhere any more. What else a command does is done all the same. */
let isLost = false

function onLostResults(error: NodeJS.ErrnoException): void {
  // `| head` has seen enough: that is nobody's fault
  if (!isLost && error.code !== 'EPIPE') {
    process.exitCode = 2
    write(process.stderr, `bonnie-report: the output could not be written: ${error.message}`)
  }
  isLost = true
}

/** A slow reader of a pipe holds up whoever prints without end, rather than fill the memory with it; a lost one ends it. */
async function ready(): Promise<void> {
  // the error that tells of a lost reader is told to onLostResults too
  if (!isLost && process.stdout.writableNeedDrain) await once(process.stdout, 'drain').catch(() => {})
  if (isLost) process.exit()
}

optimizeLater(process.versions.v8)
process.stdout.on('error', onLostResults)
// that nobody hears of problems is no reason to leave the site half way: the exit code tells
process.stderr.on('error', () => {})

const args = process.argv.slice(2)

const code = await run(args, {
  out: (line) => {
    if (!isLost) write(process.stdout, line)
  },
  ready,
  err: (line) => write(process.stderr, line),
  status,
  uninterrupted,
  stdin: stdinChunks,
  stdinIsTerminal: process.stdin.isTTY,
  columns: process.stdout.columns || 80,
  color: colours(args),
})
process.exitCode ??= code
clearStatus()
