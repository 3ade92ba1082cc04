// What a large file costs: `npm run bench -- --large [--rows N]`. A CSV of N rows (1,000,000 without --rows: 270 MB)
// is parsed beside a floor that does no more than what cannot be left out: hash the file, read it again, part its
// lines at their commas, and print each as JSON. Time is told as a multiple of that floor, memory as the peak of each.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Rows of one test after another, all different, the same each time. */
export function writeRows(file, rows) {
  let state = 1
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const cell = () => (draw(10) === 0 ? '+++++,+++' : `${100 + draw(30_000)},${draw(100)}`)
  const descriptor = openSync(file, 'w')
  let text = ''
  for (let row = 0; row < rows; row += 1) {
    const bulk = Array.from({ length: 5 }, () => `${100 + draw(300_000)},${draw(100)}`)
    const seeks = `${(100 + draw(90_000) / 10).toFixed(1)},${draw(100)}`
    const files = Array.from({ length: 6 }, cell)
    const latencies = Array.from({ length: 12 }, () => `${draw(99_999)}us`)
    const head = `1.98,2.00a,host-${draw(500)},1,${1_446_900_000 + row},65536M,,8192,5`
    text += `${[head, ...bulk, seeks, '16,,,,', ...files, ...latencies].join(',')}\n`
    if (text.length > 2 ** 20) {
      writeSync(descriptor, text)
      text = ''
    }
  }
  writeSync(descriptor, text)
  closeSync(descriptor)
}

const FLOOR = `
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
const file = process.argv.at(-1)
const hash = createHash('sha256')
for await (const chunk of createReadStream(file)) hash.update(chunk)
const sha256 = hash.digest('hex')
for await (const line of createInterface({ input: createReadStream(file) })) {
  process.stdout.write(JSON.stringify({ sha256, fields: line.split(',') }) + '\\n')
}`

/** Seconds and peak bytes of a process that prints to a file. */
function measure(args, folder) {
  const out = path.join(folder, 'out')
  const peak = path.join(folder, 'peak')
  const note = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS * 1024)))`
  const preload = `data:text/javascript,${encodeURIComponent(note)}`
  const descriptor = openSync(out, 'w')
  const start = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', descriptor, 'inherit'],
  })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  closeSync(descriptor)
  if (status !== 0) throw new Error(`it ended with ${status}`)
  const lines = countLines(out)
  rmSync(out)
  return { seconds, peak: Number(readFileSync(peak, 'utf8')), lines }
}

function countLines(file) {
  const descriptor = openSync(file, 'r')
  const chunk = Buffer.alloc(2 ** 20)
  let lines = 0
  for (let count = 1; count > 0; ) {
    count = readSync(descriptor, chunk)
    for (let at = chunk.indexOf(10); at >= 0 && at < count; at = chunk.indexOf(10, at + 1)) lines += 1
  }
  closeSync(descriptor)
  return lines
}

/** Measures and prints. */
export function benchLarge(cli, folder, rows) {
  const file = path.join(folder, 'rows.csv')
  writeRows(file, rows)
  const floor = measure(['--input-type=module', '-e', FLOOR, file], folder)
  const parse = measure([cli, 'parse', file], folder)
  if (floor.lines !== rows || parse.lines !== rows) throw new Error(`${parse.lines} records of ${rows} rows`)
  const mib = (bytes) => (bytes / 2 ** 20).toFixed(0)
  console.log(`parse, ${rows} rows: ${(parse.seconds / floor.seconds).toFixed(1)} times the floor`)
  console.log(`peak memory: ${mib(parse.peak)} MiB, the floor ${mib(floor.peak)} MiB`)
}
