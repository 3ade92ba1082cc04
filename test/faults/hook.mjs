/*
 * Counts the calls of node:fs that somebody makes on files, and lets one of them fail. Node's own, which load the
 * program, do not count. Preloaded (`node --import hook.mjs …`) it takes its order from FAULT, a Fault as JSON, and
 * writes the calls down in the file that FAULT_LOG names when the process ends.
 *
 * There are no short reads and writes among the faults: readFileSync and writeFileSync go on by themselves until all
 * is there or the disk refuses, so what they leave behind is `half`.
 *
 * What is killed in a process of its own gets SIGKILL. Within this one it asks the disk nothing any more: all that it
 * still tries is refused, which leaves the disk as a kill does.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const WRITES =
  /^(?:mkdir|mkdtemp|writeFile|appendFile|copyFile|link|symlink|rename|rm|unlink|rmdir|chmod|utimes)Sync$/
const OF_NODE = /\/node_modules\/|\/dist\/|\/package\.json$|\.wasm$/

/** Lets the call of a fault fail while something is done, and returns the calls that were made, in order. */
export function withFault(fault, act) {
  const stop = install(fault, die)
  try {
    act()
  } finally {
    stop.uninstall()
  }
  return stop.calls
}

/** The same for what takes its time. */
export async function withFaultLater(fault, act) {
  const stop = install(fault, die)
  try {
    await act()
  } finally {
    stop.uninstall()
  }
  return stop.calls
}

/** Thrown at whoever was killed, at each further call. */
export class Dead extends Error {}

function die() {
  throw new Dead('killed')
}

function killProcess() {
  process.kill(process.pid, 'SIGKILL')
}

/** From where a call came: each place once, so that walking deeper makes no other way. */
function wayHere() {
  const lines = new Error().stack?.split('\n').slice(3) ?? []
  return [...new Set(lines.map((line) => line.trim()))].join('\n')
}

function install(fault, kill) {
  const calls = []
  const usual = Object.fromEntries(
    Object.entries(fs).filter(([name]) => name.endsWith('Sync') && name !== 'closeSync'),
  )
  const state = { depth: 0, isDead: false }
  for (const [name, original] of Object.entries(usual)) {
    const wrapped = (...args) => {
      const place = String(args[0])
      // some of them are made of others
      if (state.depth > 0 || typeof args[0] === 'number' || OF_NODE.test(place)) return original(...args)
      if (state.isDead) kill()
      const told = name === 'symlinkSync' ? String(args[1]) : place
      calls.push({ name, place: told, writes: WRITES.test(name), ...(fault.ways && { way: wayHere() }) })
      const isLater = fault.sticks && calls.length > fault.at && WRITES.test(name)
      state.depth += 1
      try {
        if (calls.length !== fault.at && !isLater) return original(...args)
        if (fault.kind !== 'kill') return fail(fault.kind, name, usual, args)
        original(...args)
        state.isDead = true
        return kill()
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
  // it never throws
  if (name === 'existsSync') return false
  if (kind === 'half' && name === 'copyFileSync') {
    const bytes = usual.readFileSync(args[0])
    usual.writeFileSync(args[1], bytes.subarray(0, bytes.length / 2))
  }
  if (kind === 'half' && name === 'writeFileSync') {
    const bytes = Buffer.from(args[1])
    usual.writeFileSync(args[0], bytes.subarray(0, bytes.length / 2), args[2])
  }
  if (kind === 'half' && name === 'rmSync') {
    for (const each of halfOf(usual, String(args[0]))) usual.rmSync(`${args[0]}/${each}`, { recursive: true })
  }
  const code = kind !== 'half' ? kind : name === 'rmSync' ? 'EIO' : 'ENOSPC'
  const syscall = name.slice(0, -'Sync'.length)
  throw Object.assign(new Error(`${code}: made up, ${syscall} '${args[0]}'`), {
    code,
    syscall,
    path: String(args[0]),
  })
}

/** What a removal has removed of a folder when it is broken off. */
function halfOf(usual, place) {
  const names = usual.statSync(place, { throwIfNoEntry: false })?.isDirectory()
    ? usual.readdirSync(place)
    : []
  return names.slice(0, Math.ceil(names.length / 2))
}

if (process.env.FAULT) {
  const { calls } = install(JSON.parse(process.env.FAULT), killProcess)
  const write = fs.writeFileSync
  const log = process.env.FAULT_LOG
  if (log) process.on('exit', () => write(log, JSON.stringify(calls)))
}
