// How long the command line takes, as multiples of starting Node at all: `npm run bench [-- --rounds N] [--json]`,
// and what a large file costs: `npm run bench -- --large [--rows N]`.
//
// The cases take turns within each round, so that whatever else the machine does falls on all of them. Printed are
// ratios only: the median time of a case over the median time of the floor, and the smallest and largest ratio of
// any round. A time in seconds would say more about the machine than about the program.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchLarge } from './bench-large.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const cli = path.join(root, 'dist/cli.js')
const results = path.join(root, 'results')

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds wants a whole number from 1, got "${values.rounds}".`)
  process.exit(2)
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'))
const kept = path.join(folder, 'kept')
const fresh = path.join(folder, 'fresh')

const cases = [
  { name: 'node -e 0 (the floor)', args: ['-e', '0'] },
  { name: '--version', args: [cli, '--version'] },
  { name: 'parse, one file', args: [cli, 'parse', oneSavedOutput()] },
  { name: 'build, nothing changed', args: [cli, 'build', results, '-o', kept] },
  {
    name: 'build, no site yet',
    args: [cli, 'build', results, '-o', fresh],
    before: () => rmSync(fresh, { recursive: true, force: true }),
  },
]

function oneSavedOutput() {
  const files = readdirSync(results, { recursive: true })
    .filter((name) => name.endsWith('.txt'))
    .sort()
  if (files.length === 0) throw new Error('results/ holds no .txt file')
  return path.join(results, files[0])
}

function time({ name, args, before }) {
  before?.()
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const nanoseconds = Number(process.hrtime.bigint() - start)
  if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}:\n${stderr}`)
  return nanoseconds
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

try {
  if (values.large) benchLarge(cli, folder, Number(values.rows))
  else benchCommands()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function benchCommands() {
  for (const one of cases) time(one) // once for the caches of the machine, and for the site that is kept
  const times = Array.from({ length: rounds }, () => cases.map(time))
  const floor = median(times.map(([first]) => first))
  const rows = cases.map(({ name }, index) => {
    const ratios = times.map((round) => round[index] / round[0])
    return {
      name,
      ratio: median(times.map((round) => round[index])) / floor,
      min: Math.min(...ratios),
      max: Math.max(...ratios),
    }
  })
  if (values.json) console.log(JSON.stringify({ schema: 1, rounds, cases: rows }))
  else print(rows)
}

function print(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const number = (value) => value.toFixed(2).padStart(7)
  console.log(`${'times the floor'.padEnd(width)}  median      min      max   (${rounds} rounds)`)
  for (const { name, ratio, min, max } of rows) {
    console.log(`${name.padEnd(width)} ${number(ratio)}  ${number(min)}  ${number(max)}`)
  }
}
