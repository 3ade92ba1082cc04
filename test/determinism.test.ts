/**
 * The same inputs give the same bytes: whenever, wherever and by whomever the site is built, and the committed site
 * is what the sources give. Each world below has its own time zone, language, umask, folder, and age and order of files.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
}

const PLAIN: World = {
  order: 'by name',
  date: new Date('2026-01-01T00:00:00Z'),
  umask: '022',
  env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
  cwd: '.',
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
}

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
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'))
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
    ['-c', `umask ${world.umask}; exec "$0" "$@"`, process.execPath, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH ?? '', ...world.env },
      encoding: 'utf8',
    },
  )
  assert.ok(status === 0 || status === 1, `the build ended with ${status}:\n${stderr}`)
  return site
}

test.run()
