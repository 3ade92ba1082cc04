// How long the command line takes, each case beside a peer or a floor: `npm run bench [-- --short|--full]`.
//
// The two of a pair take turns, so that whatever else the machine does falls on both. Told are ratios only: that of
// the medians, and an interval of 95 % or more for the median of the ratios of all turns, from one order statistic to
// another (the sign test's), which assumes nothing of how times scatter. A time in seconds would say more about the
// machine than about the program. A peer that is not there is said to be missing.
//
//     --rounds N     turns of each pair (11)
//     --short        small inputs and five turns, for CI
//     --full         the sizes of the targets, up to the runs that one study may have
//     --eleventy     fetches Eleventy 3 into a temporary folder and builds the same pages with it
//     --only WORD    pairs whose name holds the word
//     --twice        measures each pair once more, and says whether the two intervals overlap
//     --json         for programs
//     --large        what a large file costs: bench-large.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchLarge } from './bench-large.mjs'
import { measure, summary } from './bench-measure.mjs'
import { pairs } from './bench-pairs.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    short: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    eleventy: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    twice: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
  },
})
const rounds = Number(values.rounds ?? (values.short ? 5 : 11))
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds wants a whole number from 1, got "${values.rounds}".`)
  process.exit(2)
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'))
try {
  if (values.large) benchLarge(path.join(root, 'dist/cli.js'), folder, Number(values.rows))
  else benchPairs()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function benchPairs() {
  const size = values.full ? 'full' : values.short ? 'short' : 'usual'
  const wanted = pairs({ root, folder, size, eleventy: values.eleventy }).filter(({ name }) =>
    name.includes(values.only),
  )
  const more = values.twice ? [' once more | 95 % interval | overlap |', '--:|--:|---|'] : ['', '']
  if (!values.json)
    console.log(
      `| case | target | measured | 95 % interval | peak |${more[0]}\n|---|--:|--:|--:|--:|${more[1]}`,
    )
  const rows = wanted.map((pair) => {
    const row = rowOf(pair)
    if (!values.json) console.log(`| ${cells(row).join(' | ')} |`)
    return row
  })
  const document = { schema: 1, size, rounds, node: process.version, pairs: rows }
  if (values.json) console.log(JSON.stringify(document))
}

function rowOf(pair) {
  const { name, target, missing } = pair
  if (missing) return { name, target, missing }
  pair.prepare?.()
  const row = { name, target, ...summary(measure(pair, rounds)) }
  if (!values.twice) return row
  const again = summary(measure(pair, rounds))
  return { ...row, again, overlap: row.low <= again.high && again.low <= row.high }
}

function cells({ name, target, missing, peak, again, overlap, ...first }) {
  if (missing) return [name, `≤ ${target}`, `not measured: ${missing}`, '', '']
  const found = ({ ratio, low, high }) => [
    times(ratio),
    low === undefined ? '' : `${times(low)} to ${times(high)}`,
  ]
  const memory = peak === undefined ? '' : `${Math.round(peak)} MiB`
  const more = again ? [...found(again), overlap ? 'yes' : 'no'] : []
  return [name, `≤ ${target}`, ...found(first), memory, ...more]
}

function times(value) {
  return value.toFixed(value < 1 ? 3 : 2)
}
