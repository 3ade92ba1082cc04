/** What only a process can show: streams, signals, exit codes, and a real site on a real disk. */

import { type SpawnOptions, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { CASES, compiledCli, makeWorkplace, runProcess, start } from './program.ts'
import { skip, suite } from './suite.ts'

const workplace = makeWorkplace()

function bonnie(args: readonly string[], options: SpawnOptions = {}, stdin: string | Uint8Array = '') {
  return runProcess(args, workplace, options, stdin)
}

const behaviour = suite('process')

const LOG = path.join('inputs', 'two-logs', 'loopback-1.txt')

behaviour('says what the function says, on the streams it says it on', async () => {
  assert.is((await bonnie(['-V'])).stdout, readFileSync(path.join(CASES, 'version', 'stdout'), 'utf8'))
  const wrong = await bonnie(['biuld'])
  assert.equal(wrong, {
    stdout: '',
    stderr: readFileSync(path.join(CASES, 'unknown-command', 'stderr'), 'utf8'),
    code: 2,
  })
})

behaviour('builds a site, says so in one line, and points to the doubts', async () => {
  const { stdout, stderr, code } = await bonnie(['build', 'inputs/two-logs', '-o', 'new/site'])
  assert.is(stdout, '1 study, 2 runs, 2 backends: new/site/index.html\n')
  assert.match(stderr, /^There are \d+ doubts about the evidence: bonnie-report check inputs\/two-logs\n$/)
  assert.is(code, 0)
  for (const file of ['index.html', 'main/index.html', 'main/report.json', '.nojekyll']) {
    assert.ok(existsSync(path.join(workplace, 'new/site', file)), file)
  }
})

behaviour('gives absolute addresses where --site-url says which, and pictures in any case', async () => {
  const home = 'https://blog.example/bench'
  await bonnie(['build', 'inputs/two-logs', '-o', 'addressed', '--site-url', home])
  await bonnie(['build', 'inputs/two-logs', '-o', 'homeless'])
  const read = (file: string) => readFileSync(path.join(workplace, file))
  assert.match(read('addressed/main/index.html').toString(), `rel="canonical" href="${home}/main/"`)
  assert.match(read('addressed/sitemap.xml').toString(), `<loc>${home}/main/</loc>`)
  assert.not.ok(existsSync(path.join(workplace, 'homeless/sitemap.xml')))
  for (const file of ['card.png', 'main/charts/card.png', 'apple-touch-icon.png']) {
    assert.is(read(`homeless/${file}`).toString('latin1', 1, 4), 'PNG')
    assert.equal(read(`addressed/${file}`), read(`homeless/${file}`))
  }
})

behaviour('builds the site of a study with errors too, and exits with 1', async () => {
  const { stdout, stderr, code } = await bonnie(['build', 'inputs/faults', '-o', 'faulty-site'])
  assert.match(stdout, /^1 study, /)
  assert.match(stderr, 'inputs/faults/xen/study.md:3:1: error: Unknown key "bakends"')
  assert.is(code, 1)
  assert.ok(existsSync(path.join(workplace, 'faulty-site/xen/index.html')))
})

behaviour('counts doubts as problems only under --strict', async () => {
  assert.is((await bonnie(['check', 'inputs/two-logs'])).code, 0)
  assert.is((await bonnie(['check', 'inputs/two-logs', '--strict'])).code, 1)
})

behaviour(
  'exits with 1 where the second is worse, whatever its prose, and with 0 where nobody can tell',
  async () => {
    const compare = async (...words: string[]) => (await bonnie(['compare', ...words])).code
    assert.is(await compare('partition', 'lvm', 'inputs/lab', '--study', 'old'), 1)
    assert.is(await compare('lvm', 'partition', 'inputs/lab', '--study', 'old'), 0)
    assert.is(await compare('partition', 'lvm', 'inputs/lab', '--study', 'new'), 0)
    assert.is(await compare('inputs/lab/old/partition', 'inputs/lab/old/lvm'), 1)
    assert.is(await compare('partition', 'lmv', 'inputs/lab'), 2)
  },
)

behaviour('checks every problem, in the order of its place, and counts them on stderr', async () => {
  const { stdout, stderr } = await bonnie(['check', 'inputs/faults'])
  const places = [...stdout.matchAll(/^(inputs\S*?|inputs\/faults\/Old Disks):(\d+):(\d+): \w+: /gm)]
  const order = places.map(([, file = '', line, column]) => [file, Number(line), Number(column)] as const)
  const sorted = order.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]))
  assert.ok(places.length > 6)
  assert.equal(order, sorted)
  assert.match(stderr, /^\d+ errors, \d+ warnings?, \d+ notes? in 4 files\.\n$/)
})

behaviour('prints one document as JSON, and nothing else on stdout', async () => {
  const { stdout, code } = await bonnie(['check', '--format', 'json', 'inputs/two-logs'])
  const document = JSON.parse(stdout)
  assert.equal([document.schema, document.ok, code], [1, true, 0])
  assert.equal(document.files[1], {
    file: 'inputs/two-logs/loopback-1.txt',
    study: 'main',
    backend: 'loopback',
    runs: 1,
  })
  for (const problem of document.problems)
    assert.ok(problem.rule && problem.message && problem.line && problem.file)
})

behaviour('leaves the old site alone when there is nothing to read or the place is not ours', async () => {
  const site = path.join(workplace, 'mine')
  cpSync(path.join(workplace, 'inputs/two-logs'), site, { recursive: true })
  const empty = await bonnie(['build', 'nowhere', '-o', 'mine'])
  assert.equal([empty.code, empty.stdout], [2, ''])
  const foreign = await bonnie(['build', 'inputs/two-logs', '-o', 'mine'])
  assert.is(foreign.code, 2)
  assert.match(
    foreign.stderr,
    'bonnie-report: mine is not empty and holds no site of ours, so it is left as it is.',
  )
  assert.equal(readdirSync(site).sort(), ['blktap-1.txt', 'loopback-1.txt'])
})

behaviour('does not replace a good site by an empty one', async () => {
  const old = path.join(workplace, 'old-site')
  mkdirSync(old)
  for (const name of ['index.html', '.nojekyll']) {
    writeFileSync(path.join(old, name), '<meta name="generator" content="bonnie-report">old')
  }
  for (const results of ['nowhere', 'inputs/nothing']) {
    assert.is((await bonnie(['build', results, '-o', 'old-site'])).code, 2)
    assert.is(
      readFileSync(path.join(old, 'index.html'), 'utf8'),
      '<meta name="generator" content="bonnie-report">old',
    )
  }
})

behaviour('answers 2 where the disk refuses the site', async () => {
  const { code, stderr } = await bonnie(['build', 'inputs/two-logs', '-o', '/dev/null/site'])
  assert.is(code, 2)
  assert.match(stderr, /^bonnie-report: The site could not be written to \/dev\/null\/site: /m)
})

behaviour('tells of a file it may not read, and reads the others', async () => {
  if (process.getuid?.() !== 0) skip('only root can become nobody')
  const folder = path.join(workplace, 'locked')
  cpSync(path.join(workplace, 'inputs/two-logs'), folder, { recursive: true })
  cpSync(path.join(workplace, 'inputs/two-logs'), path.join(folder, 'lvm'), { recursive: true })
  chmodSync(workplace, 0o755)
  chmodSync(path.join(folder, 'blktap-1.txt'), 0o600)
  chmodSync(path.join(folder, 'lvm'), 0o700)
  const nobody = { uid: 65534, gid: 65534 }
  const works = await bonnie(['-V'], nobody)
  if (works.code !== 0) skip('nobody may not read this project')
  const { stdout, stderr, code } = await bonnie(['check', 'locked', '-q'], nobody)
  assert.is(
    stdout,
    `locked/blktap-1.txt:1:1: error: This cannot be read: permission denied. [unreadable-file]
locked/lvm:1:1: error: This cannot be read: permission denied. [unreadable-file]
`,
  )
  assert.equal([code, stderr], [1, ''])
})

behaviour('works from any folder, through any link', async () => {
  symlinkSync('inputs/two-logs', path.join(workplace, 'link to results'))
  const there = await bonnie(['parse', path.join(workplace, LOG)], { cwd: tmpdir() })
  assert.is(JSON.parse(there.stdout).path, path.join(workplace, LOG))
  assert.is((await bonnie(['check', 'link to results'])).code, 0)
})

behaviour('reads gzip from a file and from a pipe', async () => {
  const zipped = gzipSync(readFileSync(path.join(workplace, LOG)))
  writeFileSync(path.join(workplace, 'log.gz'), zipped)
  const file = JSON.parse((await bonnie(['parse', 'log.gz'])).stdout)
  const pipe = JSON.parse((await bonnie(['parse'], {}, zipped)).stdout)
  assert.equal({ ...file, path: '-' }, pipe)
})

behaviour('holds no more of a large file than it needs', () => {
  const head = `1.98,2.00a,${'vm'.repeat(150)},1,1446900000,2064M,,8192,5,94,99`
  const row = (i: number) => `${head},${i + 1},30,${i + 2},86,3329,98,229076,98,934.5,19${','.repeat(29)}`
  const rows = Array.from({ length: 30_000 }, (_, i) => row(i))
  writeFileSync(path.join(workplace, 'large.csv'), rows.join('\n'))
  // half of what the printed records alone would take together; reading takes up to 13, and garbage comes
  // on top of that where the collector is late
  const heap = ['--max-old-space-size=32', '--max-semi-space-size=1']
  const { status, stdout } = spawnSync(process.execPath, [...heap, compiledCli(), 'parse', 'large.csv'], {
    cwd: workplace,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  assert.equal([status, stdout.trimEnd().split('\n').length], [0, rows.length])
})

behaviour('is quiet when the reader of a pipe has seen enough', async () => {
  const child = start(['parse', ...Array.from({ length: 3000 }, () => LOG)], workplace)
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout?.once('data', () => child.stdout?.destroy())
  const code = await new Promise((resolve) => child.on('close', resolve))
  assert.equal([code, stderr], [0, ''])
})

behaviour('tells when its output has no room', async () => {
  if (!existsSync('/dev/full')) skip('no /dev/full')
  const { code, stderr } = await bonnie(['parse', LOG], {
    stdio: ['pipe', openSync('/dev/full', 'w'), 'pipe'],
  })
  assert.is(code, 2)
  assert.match(stderr, /^bonnie-report: the output could not be written: /)
})

behaviour('builds to the end, whoever hears of it', async () => {
  const build = (stdio: SpawnOptions['stdio'], ...more: string[]) =>
    bonnie(['build', 'inputs/two-logs', '-o', 'unheard', ...more], { stdio })
  const isBuilt = () => existsSync(path.join(workplace, 'unheard/index.html'))
  const gone = () => openSync('/dev/full', 'w')
  if (!existsSync('/dev/full')) skip('no /dev/full')
  assert.is((await build(['pipe', 'pipe', gone()], '-v')).code, 0)
  assert.ok(isBuilt(), 'problems that had nowhere to go have ended the build')
  for (const again of [false, true]) {
    if (!again) rmSync(path.join(workplace, 'unheard'), { recursive: true })
    const { code, stderr } = await build(['pipe', gone(), 'pipe'], '--format', 'json')
    assert.is(code, 2)
    assert.match(stderr, /^bonnie-report: the output could not be written: [^\n]+\n$/)
    assert.ok(isBuilt(), 'results that had nowhere to go have ended the build')
    await build('pipe', '--format', 'json')
  }
})

behaviour('builds to the end where the reader of a pipe has gone', async () => {
  const child = start(['build', 'inputs/two-logs', '-o', 'left', '--format', 'json', '-v'], workplace)
  child.stdout?.destroy()
  child.stderr?.destroy()
  assert.is(await new Promise((resolve) => child.on('close', resolve)), 0)
  assert.ok(existsSync(path.join(workplace, 'left/index.html')))
})

behaviour('ends at Ctrl-C as a shell expects: 128 and the number of the signal', async () => {
  const child = start(['parse', LOG, '-'], workplace)
  child.stdout?.once('data', () => child.kill('SIGINT'))
  const [code, signal] = await new Promise<unknown[]>((resolve) =>
    child.on('close', (...end) => resolve(end)),
  )
  assert.ok(code === 130 || signal === 'SIGINT', `${code} ${signal}`)
})

behaviour('does not let a file play with the terminal', async () => {
  const name = 'evil-\x1b[31m\u202e.txt'
  writeFileSync(path.join(workplace, name), '')
  const { stderr, code } = await bonnie(['parse', name])
  assert.match(stderr, /^evil-␛\[31m<202E>\.txt:1:1: error: /)
  assert.is(code, 1)
})

behaviour('prints no colour into a pipe', async () => {
  const { stdout, stderr } = await bonnie(['check', 'inputs/faults'])
  assert.not.match(stdout + stderr, '\x1b')
})

behaviour.run()
