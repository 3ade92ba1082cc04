/** The package that npm makes of this project, and somebody new who has nothing but its tarball. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { parse as parseYaml } from 'yaml'
import { makeWorkplace, type Workplace } from './package.ts'
import { suite } from './suite.ts'

const test = suite('the package')

let place: Workplace

test.before(() => {
  place = makeWorkplace()
})

const filesIn = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()

const SAMPLE = ['loopback', 'lvm', 'partition'].flatMap((backend) =>
  [1, 2, 3, 4].map((n) => `results/lvm-lab-2026/${backend}/run-${n}.txt`),
)

test('holds what it runs on, and nothing else', () => {
  const files = filesIn(place.unpacked)
  const dist = files.filter((file) => file.startsWith('dist/'))
  const needed = [
    'dist/cli.js',
    'dist/main.mjs',
    'dist/index.mjs',
    'dist/types/index.d.ts',
    'dist/licences.txt',
  ]
  for (const file of needed) assert.ok(dist.includes(file), file)
  assert.equal(
    dist.filter((file) => !/\.(m?js|d\.ts|json|txt)$/.test(file)),
    [],
  )
  const templates = filesIn('templates').map((file) => `templates/${file}`)
  assert.equal(
    files.filter((file) => !file.startsWith('dist/')),
    ['LICENSE', 'README.md', 'package.json', ...SAMPLE, ...templates].sort(),
  )
  assert.ok(fs.statSync(place.tarball).size < 2_000_000)
})

test('is compiled before it is packed', () => {
  const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8'))
  assert.is(scripts.prepack, 'node tools/fresh.cjs --compile-only')
})

/** What the package is compiled from and packed of, in another place and at another time. */
function copyOfProject(): string {
  const copy = path.join(place.home, '..', 'another place')
  const tools = [
    'typescript',
    'undici-types',
    'esbuild',
    ...['@typescript', '@types', '@esbuild'].flatMap(scoped),
  ]
  const names = fs
    .readdirSync('.')
    .filter((name) => /^(src|tools|templates|results|LICENSE|README\.md)$|\.json$/.test(name))
  for (const name of names) fs.cpSync(name, path.join(copy, name), { recursive: true })
  for (const name of ['node_modules/.package-lock.json', ...shipped()])
    fs.cpSync(name, path.join(copy, name), { recursive: true })
  for (const name of tools) {
    const link = path.join(copy, 'node_modules', name)
    fs.mkdirSync(path.dirname(link), { recursive: true })
    if (!fs.existsSync(link)) fs.symlinkSync(path.resolve('node_modules', name), link)
  }
  return copy
}

function scoped(scope: string): string[] {
  return fs.readdirSync(path.join('node_modules', scope)).map((name) => `${scope}/${name}`)
}

/** The folders of what a user installs besides the package. */
function shipped(): string[] {
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
  return Object.keys(packages).filter((name) => name !== '' && !packages[name].dev)
}

test('is the same to the byte, wherever and whenever it is compiled and packed', () => {
  const copy = copyOfProject()
  const { stderr } = spawnSync('sh', ['-c', 'npm pack --silent --offline'], {
    cwd: copy,
    encoding: 'utf8',
  })
  const [again = 'no tarball'] = fs.readdirSync(copy).filter((name) => name.endsWith('.tgz'))
  assert.ok(again !== 'no tarball', stderr)
  assert.is(hashOf(path.join(copy, again)), hashOf(place.tarball))
})

function hashOf(file: string): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex')
}

/** This Node, and those that a version manager keeps beside it. */
function everyNode(): string[] {
  const shelf = path.join(process.env.NVM_DIR ?? '/nowhere', 'versions/node')
  const kept = fs.existsSync(shelf) ? fs.readdirSync(shelf) : []
  return [process.execPath, ...kept.map((version) => path.join(shelf, version, 'bin/node'))].filter(
    (node) => {
      const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
      return Number(/^v(\d+)/.exec(stdout)?.[1]) >= 20
    },
  )
}

test('runs on every Node that is here, and builds the same bytes', () => {
  const cli = path.join(place.unpacked, 'dist/cli.js')
  const nodes = everyNode()
  // with one alone there is nothing to compare
  const results = nodes.length > 1 ? 'results' : 'test/fixtures/cli/inputs/two-logs'
  const manifests = nodes.map((node, i) => {
    const site = path.join(place.home, `site-${i}`)
    const { status, stderr } = spawnSync(node, [cli, 'build', path.resolve(results), '-q', '-o', site], {
      cwd: place.home,
      encoding: 'utf8',
    })
    assert.equal([status, stderr], [0, ''], node)
    return filesIn(site).map((file) => [file, fs.readFileSync(path.join(site, file), 'latin1')])
  })
  assert.ok(manifests.length > 0)
  for (const manifest of manifests) assert.equal(manifest, manifests[0])
})

test.run()

const newcomer = suite('somebody new')

/** The commands of the README's first five minutes. */
function fiveMinutes(): string[] {
  const readme = fs.readFileSync('README.md', 'utf8')
  const block = /## Five minutes[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  return block.trim().split('\n')
}

function logs(folder: string): void {
  fs.mkdirSync(folder, { recursive: true })
  const lab = (name: string) => path.resolve('results/lvm-lab-2026', name)
  for (const n of [1, 2, 3])
    fs.copyFileSync(lab(`loopback/run-${n}.txt`), path.join(folder, `loopback-${n}.log`))
  for (const n of [1, 2]) fs.copyFileSync(lab(`lvm/run-${n}.txt`), path.join(folder, `lvm-${n}.log`))
}

newcomer('has a report of five logs after five commands at most', () => {
  const { home, shell, tarball } = place
  logs(path.join(home, 'logs'))
  fs.copyFileSync(tarball, path.join(home, path.basename(tarball)))
  const lines = fiveMinutes()
  const commands = lines.flatMap((line) => line.split(' && '))
  assert.ok(commands.length > 3 && commands.length <= 5, commands.join('\n'))
  const { status, stderr, stdout } = shell(lines.join('\n'), home)
  assert.is(status, 0, stderr + stdout)
  // each step has told the next
  for (const line of commands.slice(1).filter((command) => !command.includes(' add ')))
    assert.ok(stdout.includes(`  ${line}\n`) || stdout.includes(`Next: ${line}\n`), line)
  const read = (file: string) => fs.readFileSync(path.join(home, 'bench', file), 'utf8')
  const report = JSON.parse(read('site/my-server/report.json'))
  assert.equal(
    report.runs.map(({ backend }: { backend: string }) => backend),
    ['loopback', 'loopback', 'loopback', 'lvm', 'lvm'],
  )
  assert.match(read('site/index.html'), 'href="my-server/index.html"')
})

newcomer('can commit the blog, and its workflow finds nothing to complain about', () => {
  const { home, shell } = place
  const bench = path.join(home, 'bench')
  const git = 'git -c user.name=Ada -c user.email=ada@example.org'
  const committed = shell(`git init -q . && ${git} add -A && ${git} commit -qm 'Begin'`, bench)
  assert.is(committed.status, 0, committed.stderr)
  assert.match(shell('git ls-files', bench).stdout, /^vendor\/bonnie-report-.*\.tgz$/m)
  const { jobs } = parseYaml(fs.readFileSync(path.join(bench, '.github/workflows/pages.yml'), 'utf8'))
  const steps = jobs.build.steps.flatMap(({ run }: { run?: string }) => run ?? []).slice(1)
  const ran = shell(steps.join('\n'), bench)
  assert.is(ran.status, 0, ran.stdout + ran.stderr)
  assert.match(ran.stdout, /^::warning file=results\//m)
  // and it does complain where something is wrong
  fs.writeFileSync(path.join(bench, 'site/index.html'), '<meta name="generator" content="bonnie-report">')
  const { status } = shell(`${git} commit -qam 'Edit'\n${steps.join('\n')}`, bench)
  assert.is(status, 1)
})

newcomer.run()
