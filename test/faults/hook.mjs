/*
 * Counts the calls of node:fs that somebody makes on files, and lets one of them fail. Node's own, which load the
 * program, do not count. Preloaded (`node --import hook.mjs …`) it takes its order from FAULT, a Fault as JSON, and
 * writes the calls down in the file that FAULT_LOG names when the process ends.
 *
 * There are no short reads and writes among the faults: readFileSync and writeFileSync go on by themselves until all
 * is there or the disk refuses, so what they leave behind is `half`.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const WRITES =
  /^(?:mkdir|mkdtemp|writeFile|appendFile|copyFile|link|symlink|rename|rm|unlink|rmdir|chmod|utimes)Sync$/
const OF_NODE = /\/node_modules\/|\/dist\/|\/package\.json$|^\/proc\/|\.wasm$/

/** Lets the call of a fault fail while something is done, and returns the calls that were made, in order. */
export function withFault(fault, act) {
  const stop = install(fault)
  try {
    act()
  } finally {
    stop.uninstall()
  }
  return stop.calls
}

function install(fault) {
  const calls = []
  const usual = Object.fromEntries(
    Object.entries(fs).filter(([name]) => name.endsWith('Sync') && name !== 'closeSync'),
  )
  const state = { depth: 0 }
  for (const [name, original] of Object.entries(usual)) {
    const wrapped = (...args) => {
      const place = String(args[0])
      // some of them are made of others
      if (state.depth > 0 || typeof args[0] === 'number' || OF_NODE.test(place)) return original(...args)
      calls.push({ name, place: name === 'symlinkSync' ? String(args[1]) : place, writes: WRITES.test(name) })
      const isLater = fault.sticks && calls.length > fault.at && WRITES.test(name)
      state.depth += 1
      try {
        return calls.length === fault.at || isLater ? fail(fault.kind, name, usual, args) : original(...args)
      } finally {
        state.depth -= 1
      }
    }
    fs[name] = Object.assign(wrapped, original)
  }
  syncBuiltinESMExports()
  const uninstall = () => {
    Object.assign(fs, usual)
    syncBuiltinESMExports()
  }
  return { calls, uninstall }
}

function fail(kind, name, usual, args) {
  if (kind === 'kill') {
    usual[name](...args)
    process.kill(process.pid, 'SIGKILL')
  }
  // it never throws
  if (name === 'existsSync') return false
  if (kind === 'half' && name === 'writeFileSync') {
    const bytes = Buffer.from(args[1])
    usual.writeFileSync(args[0], bytes.subarray(0, bytes.length / 2), args[2])
  }
  const code = kind === 'half' ? 'ENOSPC' : kind
  const syscall = name.slice(0, -'Sync'.length)
  throw Object.assign(new Error(`${code}: made up, ${syscall} '${args[0]}'`), {
    code,
    syscall,
    path: String(args[0]),
  })
}

if (process.env.FAULT) {
  const { calls } = install(JSON.parse(process.env.FAULT))
  const write = fs.writeFileSync
  const log = process.env.FAULT_LOG
  if (log) process.on('exit', () => write(log, JSON.stringify(calls)))
}
