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

function onLostStream(error: NodeJS.ErrnoException): void {
  // `| head` has seen enough: that is nobody's fault
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`bonnie-report: the output could not be written: ${error.message}\n`, () =>
    process.exit(2),
  )
}

/** A slow reader of a pipe holds up whoever prints without end, rather than fill the memory with it. */
async function ready(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
}

optimizeLater(process.versions.v8)
process.stdout.on('error', onLostStream)
process.stderr.on('error', () => process.exit())

const args = process.argv.slice(2)

process.exitCode = await run(args, {
  out: (line) => write(process.stdout, line),
  ready,
  err: (line) => write(process.stderr, line),
  status,
  uninterrupted,
  stdin: stdinChunks,
  stdinIsTerminal: process.stdin.isTTY,
  columns: process.stdout.columns || 80,
  color: colours(args),
})
clearStatus()
