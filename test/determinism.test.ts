/**
 * The same inputs give the same bytes: whenever, wherever and by whomever the site is built, and the committed site
 * is what the sources give. Each world below has its own time zone, language, umask, folder, number of processors, age
 * and order of files, and packages that lie about. NODES names other versions of Node to build with, with colons.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'
import { copyTree, differences } from './tree.ts'

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

interface World {
  readonly order: 'by name' | 'shuffled'
  readonly date: Date
  readonly umask: string
  readonly env: Record<string, string>
  /** Where the builder stands, below the copy of the project. */
  readonly cwd: string
  /** What builds, and what leads to it. */
  readonly node: readonly string[]
  /** Whether a package lies about that Vega would ask for the widths of texts. */
  readonly canvas: boolean
}

const PLAIN: World = {
  order: 'by name',
  date: new Date('2026-01-01T00:00:00Z'),
  umask: '022',
  env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
  cwd: '.',
  node: [process.execPath],
  canvas: false,
}

const ODD: World = {
  order: 'shuffled',
  date: new Date('1999-12-31T23:59:59Z'),
  umask: '077',
  env: {
    TZ: 'Pacific/Kiritimati',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
    COLUMNS: '40',
    FORCE_COLOR: '1',
  },
  cwd: 'results',
  node: [...oneProcessor(), process.execPath, '--preserve-symlinks'],
  canvas: true,
}

/** Where the system can be asked to use no more. */
function oneProcessor(): string[] {
  return spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : []
}

/** It says that it was loaded, and finds every text a hundred wide. */
const CANVAS = `require('node:fs').writeFileSync(__dirname + '/loaded', '')
const context = { measureText: () => ({ width: 100 }), font: '' }
exports.createCanvas = () => ({ getContext: () => context })
exports.Image = class {}
`

const test = suite('the build is deterministic')
let folder = ''
let plain = ''
let odd = ''

test.before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'determinism-'))
  plain = buildIn(PLAIN, path.join(folder, 'plain'))
  odd = buildIn(ODD, path.join(folder, 'a place with blanks', 'ödd'))
})

test.after(() => rmSync(folder, { recursive: true, force: true }))

test('whatever the clock, the language, the umask, the place and the order of files', () => {
  assert.equal(differences(plain, odd), [])
})

test('and a package that would have measured otherwise is not even asked', () => {
  assert.not.ok(existsSync(path.join(path.dirname(odd), 'node_modules/canvas/loaded')))
})

for (const node of (process.env.NODES ?? '').split(':').filter((each) => each !== '')) {
  test(`whatever the version of Node: ${node}`, () => {
    const other = buildIn(
      { ...PLAIN, node: [node] },
      path.join(folder, path.basename(path.dirname(node)), 'other'),
    )
    assert.equal(differences(plain, other), [])
    rmSync(path.dirname(other), { recursive: true })
  })
}

test('and site/ is what the sources give (if not: npm run build)', () => {
  assert.equal(differences(path.join(ROOT, 'site'), plain), [])
})

test('as this comparison would notice', () => {
  const one = path.join(folder, 'one')
  const other = path.join(folder, 'other')
  for (const place of [one, other]) mkdirSync(place)
  writeFileSync(path.join(one, 'same'), 'same')
  writeFileSync(path.join(other, 'same'), 'same')
  writeFileSync(path.join(one, 'page'), 'built at 10:00')
  writeFileSync(path.join(other, 'page'), 'built at 11:00')
  writeFileSync(path.join(one, 'longer'), 'text')
  writeFileSync(path.join(other, 'longer'), 'text\n')
  writeFileSync(path.join(one, 'new'), '')
  writeFileSync(path.join(other, 'old'), '')
  assert.equal(differences(one, other), [
    'longer: differs at byte 4: "text" and "text\\n"',
    'new: only in the first',
    'old: only in the second',
    'page: differs at byte 10: "built at 10:00" and "built at 11:00"',
  ])
})

/** Copies the project and the results into a world of their own, builds there, and names the site's folder. */
function buildIn(world: World, project: string): string {
  for (const part of ['results', 'templates', 'dist']) {
    copyTree(path.join(ROOT, part), path.join(project, part), world.order, world.date)
  }
  copyFileSync(path.join(ROOT, 'package.json'), path.join(project, 'package.json'))
  addPackages(path.join(project, 'node_modules'), world.canvas)
  const cwd = path.join(project, world.cwd)
  const site = path.join(project, 'site')
  const args = [
    path.join(project, 'dist/cli.js'),
    'build',
    path.relative(cwd, path.join(project, 'results')) || '.',
    '-o',
    site,
  ]
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `umask ${world.umask}; exec "$@"`, 'sh', ...world.node, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH ?? '', ...world.env },
      encoding: 'utf8',
    },
  )
  assert.ok(status === 0 || status === 1, `the build ended with ${status}:\n${stderr}`)
  return site
}

function addPackages(modules: string, withCanvas: boolean): void {
  mkdirSync(modules)
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name))
  }
  if (!withCanvas) return
  mkdirSync(path.join(modules, 'canvas'))
  writeFileSync(path.join(modules, 'canvas/index.js'), CANVAS)
}

test.run()
