/** Parsing in pieces: however the records were made, split and packed, the site is the same to the byte. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { run } from '../src/commands/run.ts'
import { tidy, tree } from './folders.ts'
import { isInstalled } from './plan/guest.ts'
import { compiledCli, recorder } from './program.ts'
import { skip, suite } from './suite.ts'
import { differences, filesBelow } from './tree.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGE = readFileSync(path.join(ROOT, 'docs/scale.md'), 'utf8')
const STUDIES = ['xen-blktap-2006', 'xen-file-backed-vbd']

/** A place to work at: results as shipped, some packed, some below a name with blanks. */
function workplace(studies: readonly string[]): string {
  const folder = tree({})
  for (const study of studies)
    cpSync(path.join(ROOT, 'results', study), path.join(folder, 'results', study), { recursive: true })
  const first = path.join(folder, 'results', studies[0] ?? '', 'loopback')
  for (const name of readdirSync(first)) {
    mkdirSync(path.join(first, 'a day'), { recursive: true })
    writeFileSync(path.join(first, 'a day', `${name}.gz`), gzipSync(readFileSync(path.join(first, name))))
    rmSync(path.join(first, name))
  }
  return folder
}

async function build(folder: string, site: string, ...words: readonly string[]): Promise<string> {
  const { io, err } = recorder()
  const out = path.join(folder, site)
  const code = await run(['build', path.join(folder, 'results'), '-o', out, ...words], io)
  assert.is(code, 0, err.join('\n'))
  assert.not.match(err.join('\n'), 'are not used')
  return out
}

/** Builds from the records in `parsed`, which have to be of every run, and holds the site against another one. */
async function sameAs(whole: string, folder: string, parsed: string): Promise<void> {
  const place = path.join(folder, parsed)
  const texts = filesBelow(place).map((file) => gunzipSync(readFileSync(path.join(place, file))).toString())
  const records = texts.join('').trimEnd().split('\n')
  assert.is(records.length, runsOf(whole))
  const site = await build(folder, `site-${parsed}`, '--records', path.join(place, '*.gz'))
  assert.equal(differences(whole, site), [])
}

function runsOf(site: string): number {
  const reports = filesBelow(site).filter((file) => /^[^/]+\/report\.json$/.test(file))
  assert.ok(reports.length > 1)
  return reports
    .map((file) => JSON.parse(readFileSync(path.join(site, file), 'utf8')).runs.length)
    .reduce((sum, n) => sum + n, 0)
}

// ─── shards ─────────────────────────────────────────────────────────────────────────────────────────────────────

const shards = suite('records in shards')
shards.after.each(tidy)

shards('give the same site, whole, in four and in sixteen, shuffled and packed', async () => {
  const folder = workplace([...STUDIES, 'lvm-lab-2026'])
  const results = path.join(folder, 'results')
  const whole = await build(folder, 'whole')
  const files = filesBelow(results).filter((file) => !file.endsWith('study.md'))
  const { io, out } = recorder()
  assert.is(await run(['parse', ...files.map((file) => path.join(results, file))], io), 0)
  // a fixed order that has nothing to do with that of the files
  const shuffled = out.toSorted((a, b) => rank(a) - rank(b))
  assert.is.not(shuffled.join(), out.join())
  for (const count of [4, 16]) {
    const place = path.join(folder, `parsed-${count}`)
    mkdirSync(place)
    for (let shard = 0; shard < count; shard += 1) {
      const lines = shuffled.filter((_, i) => i % count === shard)
      writeFileSync(
        path.join(place, `${shard}.ndjson.gz`),
        gzipSync(lines.map((line) => `${line}\n`).join('')),
      )
    }
    await sameAs(whole, folder, `parsed-${count}`)
  }
})

const rank = (line: string) => [...line].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 65_521, 7)

shards.run()

// ─── recipes ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The commands of a section of the page, without those that build. */
function recipe(section: string): string {
  const text = PAGE.split(/^## /m).find((each) => each.startsWith(section)) ?? ''
  const script = /```sh\n(.*?)```/s.exec(text)?.[1] ?? ''
  assert.match(script, 'bonnie-report parse')
  return script.replace(/^bonnie-report build.*\n/m, '')
}

const OUTPUTS = /^outputs\(\) .*$/m.exec(PAGE)?.[0] ?? ''
const PIPED: string = JSON.parse(/^command = (".*")$/m.exec(PAGE)?.[1] ?? '""')
const GUARD = /command \+ "([^"]*)"/.exec(PAGE)?.[1] ?? ''

/** Runs commands of the page where `bonnie-report` is this program. */
function runHere(folder: string, script: string, env: Readonly<Record<string, string>> = {}): void {
  const bin = path.join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  const program = `#!/bin/sh\nexec '${process.execPath}' '${compiledCli()}' "$@"\n`
  writeFileSync(path.join(bin, 'bonnie-report'), program)
  chmodSync(path.join(bin, 'bonnie-report'), 0o755)
  const { status, stderr } = spawnSync('sh', ['-ec', `${OUTPUTS}\n${script}`], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)
}

const recipes = suite('the recipes of docs/scale.md')
let folder = ''
let whole = ''
recipes.before(async () => {
  folder = workplace(STUDIES)
  whole = await build(folder, 'whole')
})
recipes.before.each(() => rmSync(path.join(folder, 'parsed'), { recursive: true, force: true }))
recipes.after(tidy)

recipes('xargs makes records of every output in files of their own', async () => {
  runHere(folder, recipe('xargs').replace('-n 20', '-n 2'))
  assert.is(readdirSync(path.join(folder, 'parsed')).length, 3)
  await sameAs(whole, folder, 'parsed')
})

recipes('GNU parallel does', async () => {
  if (!isInstalled('parallel')) skip('no GNU parallel')
  runHere(folder, recipe('GNU parallel').replace('-n 20', '-n 2'))
  assert.is(readdirSync(path.join(folder, 'parsed')).length, 3)
  await sameAs(whole, folder, 'parsed')
})

recipes('the parts of a matrix make the whole', async () => {
  const parts = /PARTS: (\d+)/.exec(PAGE)?.[1]
  assert.match(PAGE, `part: [${Array.from({ length: Number(parts) }, (_, i) => i + 1).join(', ')}]`)
  for (const PART of ['1', '2', '3']) runHere(folder, recipe('A matrix'), { PART, PARTS: '3' })
  assert.is(readdirSync(path.join(folder, 'parsed')).length, 3)
  await sameAs(whole, folder, 'parsed')
})

recipes('what Spark and Hadoop pipe paths through prints their records', async () => {
  // a backslash keeps the next character from the shell that starts the job
  const mapper = /-mapper "sh -c \\"(.*?)\\""/.exec(PAGE)?.[1]?.replace(/\\([\\$])/g, '$1')
  assert.is(mapper, `${PIPED}${GUARD}`)
  const env = { MAPPER: mapper ?? '' }
  runHere(folder, 'mkdir parsed; outputs | sh -c "$MAPPER" >lines; gzip <lines >parsed/part-00000.gz', env)
  await sameAs(whole, folder, 'parsed')
  // a file without a result is no failure, a missing program is
  runHere(folder, `echo results/${STUDIES[0]}/study.md | sh -c "$MAPPER"`, env)
  runHere(folder, '! (echo a.txt | PATH=/usr/bin:/bin sh -c "$MAPPER")', env)
})

recipes.run()
