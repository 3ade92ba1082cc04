// How long it takes from an edit until pages are told of the new build, as multiples of starting Node:
// `node tools/bench-dev.mjs [ROUNDS]`, or `benchDev` for whoever measures more. Edits and starts of Node take turns.
import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/**
 * Edits each study of results/ in turn, its prose and then a number in its first output.
 * @param {string} cli the compiled program
 * @param {number} rounds how often every study is edited
 * @returns {Promise<{ name: string, ratio: number, min: number, max: number }[]>} times over that of `node -e 0`
 */
export async function benchDev(cli, rounds) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-dev-'))
  const results = path.join(folder, 'results')
  cpSync(path.join(root, 'results'), results, { recursive: true })
  const server = spawn(process.execPath, [cli, 'dev', results], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const nextBuild = listener(await firstLine(server.stdout))
    await nextBuild()
    const rows = []
    for (const [name, edit] of editsOf(results)) {
      const ratios = []
      for (let round = 0; round < rounds; round += 1) {
        const start = process.hrtime.bigint()
        edit()
        await nextBuild()
        const taken = process.hrtime.bigint() - start
        ratios.push(Number(taken) / startOfNode())
      }
      ratios.sort((a, b) => a - b)
      rows.push({ name, ratio: ratios[ratios.length >> 1], min: ratios[0], max: ratios.at(-1) })
    }
    return rows
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function startOfNode() {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, ['-e', '0'])
  return Number(process.hrtime.bigint() - start)
}

function editsOf(results) {
  const studies = readdirSync(results, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return studies.flatMap(({ name }) => {
    const study = path.join(results, name)
    const output = readdirSync(study, { recursive: true })
      .sort()
      .find((file) => file.endsWith('.txt'))
    const raw = path.join(study, output ?? 'study.md')
    const another = (digits) => String(10_000 + ((Number(digits) + 1) % 90_000))
    return [
      [`${name}: prose`, () => appendFileSync(path.join(study, 'study.md'), '\nOne sentence more.\n')],
      [
        `${name}: a number`,
        () => writeFileSync(raw, readFileSync(raw, 'latin1').replace(/\d{5}/, another), 'latin1'),
      ],
    ]
  })
}

async function firstLine(stream) {
  for await (const chunk of stream) return String(chunk).trim()
  throw new Error('dev ended before it printed its address')
}

/** A function that waits until pages are told of a build that they were not told of before. */
function listener(address) {
  const told = fetch(`${address}.dev/news`).then(({ body }) => body?.getReader())
  let text = ''
  let last = ''
  return async () => {
    const reader = await told
    for (;;) {
      const builds = [...text.matchAll(/"build":"([^"]+)"/g)].map((match) => match[1])
      const newest = builds.at(-1)
      if (newest && newest !== last) {
        last = newest
        text = ''
        return
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('dev ended')
      text += Buffer.from(value).toString()
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await benchDev(path.join(root, 'dist/cli.js'), Number(process.argv[2] ?? 9))
  const width = Math.max(...rows.map(({ name }) => name.length))
  console.log(`${'times node -e 0'.padEnd(width)}  median      min      max`)
  const number = (value) => value.toFixed(1).padStart(8)
  for (const { name, ratio, min, max } of rows)
    console.log(`${name.padEnd(width)}${number(ratio)} ${number(min)} ${number(max)}`)
}
