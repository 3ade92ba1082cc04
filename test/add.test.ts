/** Saved outputs on their way into results/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../src/commands/run.ts'
import { tidy, tree } from './folders.ts'
import { recorder } from './program.ts'
import { suite } from './suite.ts'

const CORPUS = path.resolve('test/fixtures/corpus')
const LAB = path.resolve('results/lvm-lab-2026')

const read = (place: string) => readFileSync(place, 'utf8')
const LOOP = read(path.join(LAB, 'loopback/run-1.txt'))
const LVM = read(path.join(LAB, 'lvm/run-1.txt'))

/** `add` in a folder with these files: what it said, and what lies in results/ then. */
async function add(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = tree(files)
  return { folder, ...(await addIn(folder, ...args)) }
}

async function addIn(folder: string, ...args: readonly string[]) {
  const home = process.cwd()
  process.chdir(folder)
  try {
    const { io, out, err } = recorder()
    const code = await run(['add', ...args], io)
    const results = path.join(folder, 'results')
    const filed = existsSync(results)
      ? readdirSync(results, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
      : []
    return { code, out, err: err.join('\n'), filed: filed.sort() }
  } finally {
    process.chdir(home)
  }
}

const test = suite('adding outputs')

test.after.each(tidy)

test('files each output by its name, byte for byte, and tells what it holds and what is not known', async () => {
  const bytes = LOOP.replaceAll('\n', '\r\n')
  const { folder, code, out, err, filed } = await add(
    { 'heap/loopback-1.txt': bytes, 'heap/lvm/a b.txt': LVM },
    'heap/loopback-1.txt',
    'heap/lvm',
    '--study',
    'mine',
  )
  assert.equal([code, err], [0, '2 files filed, 0 refused.'])
  assert.equal(filed, ['mine/loopback/loopback-1.txt', 'mine/lvm/a b.txt'])
  assert.is(read(path.join(folder, 'results/mine/loopback/loopback-1.txt')), bytes)
  assert.equal(out.slice(0, 2), [
    'results/mine/loopback/loopback-1.txt: 1 run, bonnie++ 2.00 text and CSV, version 2.00a',
    'results/mine/lvm/a b.txt: 1 run, bonnie++ 2.00 text and CSV, version 2.00a',
  ])
  assert.match(out.join('\n'), /mine\/study\.md could say more:\n {2}guest\.ram /)
  assert.is(out.at(-1), '\nNext: bonnie-report build')
})

test('files nothing a second time that lies in results/ already', async () => {
  const { folder, filed } = await add({ 'lvm-1.txt': LVM }, '.', '--study', 'x')
  assert.equal(filed, ['x/lvm/lvm-1.txt'])
  const again = await addIn(folder, '.', '--study', 'y')
  assert.equal([again.code, again.filed], [1, filed])
  assert.match(again.err, 'This folder holds results/ itself, whose files are filed already.')
})

test('writes over nothing', async () => {
  const { folder } = await add(
    { 'a/run.txt': LOOP, 'b/run.txt': LVM },
    'a',
    '--study',
    'x',
    '--backend',
    'lvm',
  )
  const again = await addIn(folder, 'a/run.txt', '--study', 'x', '--backend', 'lvm')
  assert.is(again.out[0], 'results/x/lvm/run.txt: the same bytes were there already')
  const other = await addIn(folder, 'b/run.txt', '--study', 'x', '--backend', 'lvm')
  assert.match(other.out[0] ?? '', /^results\/x\/lvm\/run-2\.txt: 1 run, .*; run\.txt is another$/)
  const once = await addIn(folder, 'b/run.txt', '--study', 'x', '--backend', 'lvm')
  assert.match(once.out[0] ?? '', /^results\/x\/lvm\/run-2\.txt: the same bytes were there already/)
  assert.equal(once.filed, ['x/lvm/run-2.txt', 'x/lvm/run.txt'])
  assert.is(read(path.join(folder, 'results/x/lvm/run.txt')), LOOP)
})

test('refuses what holds no result, and what no name tells, with the line to type', async () => {
  const { code, err, filed } = await add(
    { 'notes.txt': 'hello', 'disk 1.txt': LVM, 'lopback.txt': LOOP, 'lvm.txt': LVM },
    ...['notes.txt', 'disk 1.txt', 'lopback.txt', 'lvm.txt', 'gone.txt'],
    ...['--study', 'x'],
  )
  assert.equal([code, filed], [1, ['x/lvm/lvm.txt']])
  assert.match(err, 'notes.txt:1:1: error: There is no result of bonnie++ in this file. [no-result]')
  assert.match(err, "  Say it: bonnie-report add 'disk 1.txt' --study x --backend NAME")
  assert.match(
    err,
    '  If "lopback" is "loopback": bonnie-report add lopback.txt --study x --backend loopback',
  )
  assert.match(err, 'gone.txt:1:1: error: There is no such file or folder. [unreadable-file]')
  assert.match(err, '1 file filed, 4 refused.')
})

test('reads or refuses every output of a heap', async () => {
  const outputs = readdirSync(CORPUS).filter((name) => !name.endsWith('.json'))
  const named = await add({}, ...outputs.map((name) => path.join(CORPUS, name)), '--study', 'heap')
  const told = new Set([...named.err.matchAll(/corpus\/(.+?):\d+:\d+: error: /g)].map(([, name]) => name))
  assert.equal([...told, ...named.filed.map((name) => path.basename(name))].sort(), outputs.toSorted())
  for (const line of named.err.split('\n').filter((each) => each.includes('--backend')))
    assert.match(line, / --study heap --backend \S+$/)
})

test('takes a backend of the author, and gives a new study the line it needs', async () => {
  const files = { 'a.txt': LVM }
  const { folder, code, filed } = await add(files, 'a.txt', '--study', 'x', '--backend', 'drbd-zvol')
  assert.equal([code, filed], [0, ['x/drbd-zvol/a.txt', 'x/study.md']])
  assert.is(read(path.join(folder, 'results/x/study.md')), '---\nbackends:\n  drbd-zvol: {}\n---\n')
  const second = await addIn(folder, 'a.txt', '--study', 'x', '--backend', 'drbd-zvolt')
  assert.is(second.code, 2)
  assert.match(second.err, 'There is no backend "drbd-zvolt". Did you mean "drbd-zvol"?')
  assert.match(second.err, 'write in the front matter of results/x/study.md: backends: { drbd-zvolt: {} }')
})

test('asks where it cannot know', async () => {
  const files = { 'a.txt': LVM, 'results/lab/study.md': '' }
  const refusals: readonly (readonly [args: readonly string[], words: string])[] = [
    [['a.txt'], 'Say which study the files belong to: --study NAME, a new one or not. There are lab.'],
    [['--study', 'x'], 'Nothing to add: name the files.'],
    [['a.txt', '--study', 'Über X'], 'got "Über X". Try --study uber-x.'],
    [['a.txt', '--study', 'fonts'], 'The site keeps "fonts" for pages of its own. Try --study fonts-study.'],
    [['a.txt', '--study', 'lvm'], 'lvm is a backend, so a folder of that name is no study.'],
    [['a.txt', '--study', 'x', '--backend', 'A/B'], 'Expected a name of small letters, digits and hyphens'],
    [['a.txt', '--study', 'x', '--backend', 'lmv'], 'There is no backend "lmv". Did you mean "lvm"?'],
  ]
  for (const [args, words] of refusals) {
    const { code, err, filed } = await add(files, ...args)
    assert.equal([code, filed], [2, ['lab/study.md']], args.join(' '))
    assert.match(err, words)
  }
  const { code, err } = await add(files, 'a.txt', '--study', 'labb', '--backend', 'lvm')
  assert.equal([code, err.split('\n')[0]], [0, 'results/labb is a new study. Did you mean "lab"?'])
})

test('files under names that stay outputs', async () => {
  const files = {
    'study.md': LVM,
    '.hidden': LVM.replaceAll('lab', 'lob'),
    'a.png': LVM.replaceAll('lab', 'lib'),
  }
  const args = [...Object.keys(files), '--study', 'main', '--backend', 'lvm']
  const { folder } = await add(files, ...args)
  assert.equal(readdirSync(path.join(folder, 'results/lvm')).sort(), ['a.png.txt', 'hidden', 'study.md.txt'])
})

test.run()
