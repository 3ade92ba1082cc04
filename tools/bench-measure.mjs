// Two commands in turns, and what their times say of each other.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Times of both commands of a pair in each round, in ns. `before` is not timed. */
export function measure({ a, b, ours }, rounds) {
  const times = []
  for (let round = 0; round <= rounds; round += 1) {
    // each goes first as often as the other
    const [first, second] = round % 2 === 0 ? [a, b] : [b, a]
    const [one, other] = [time(first), time(second)]
    // the first round is for the caches of the machine
    if (round > 0) times.push(round % 2 === 0 ? [one, other] : [other, one])
  }
  return { times, peak: ours === false ? undefined : peakOf(a) }
}

function time({ command, args, cwd, before }) {
  before?.()
  const start = process.hrtime.bigint()
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'ignore'] })
  const nanoseconds = Number(process.hrtime.bigint() - start)
  if (error || (status !== 0 && status !== 1))
    throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
  return nanoseconds
}

/** The most memory that a program of Node held, in MiB; undefined of others. */
function peakOf({ command, args, cwd, before }) {
  if (command !== process.execPath) return undefined
  before?.()
  const note = path.join(tmpdir(), `bench-peak-${process.pid}`)
  const script = `${note}.cjs`
  const word = `require('node:fs').writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS))`
  writeFileSync(script, `process.on('exit', () => { ${word} })`)
  spawnSync(command, ['--require', script, ...args], { cwd, stdio: 'ignore' })
  const peak = Number(readFileSync(note, 'utf8')) / 1024
  for (const file of [note, script]) rmSync(file)
  return peak
}

/** The ratio of the medians, and an interval for the median of the ratios where there are rounds enough for one. */
export function summary({ times, peak }) {
  const ratio = median(times.map(([a]) => a)) / median(times.map(([, b]) => b))
  const ratios = times.map(([a, b]) => a / b).sort((x, y) => x - y)
  const rank = rankOfInterval(ratios.length)
  if (rank === 0) return { ratio, peak }
  return { ratio, low: ratios[rank - 1], high: ratios[ratios.length - rank], peak }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The highest k for which the k-th lowest and the k-th highest of n hold the median with 95 %; 0 below six. */
function rankOfInterval(n) {
  let [chance, tail, rank] = [0.5 ** n, 0, 0]
  for (let k = 1; k <= n / 2; k += 1) {
    tail += chance
    if (1 - 2 * tail < 0.95) break
    rank = k
    chance *= (n - k + 1) / k
  }
  return rank
}
