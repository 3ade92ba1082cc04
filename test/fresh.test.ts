/** tools/fresh.cjs runs compiled code that is up to date, or nothing. Tried on a project of two files. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const test = suite('compiling on demand')
let project = ''

test.before(() => {
  project = realpathSync(mkdtempSync(path.join(tmpdir(), 'fresh-')))
  mkdirSync(path.join(project, 'src'))
  mkdirSync(path.join(project, 'tools'))
  mkdirSync(path.join(project, 'node_modules'))
  const tools = ['tools/fresh.cjs', 'tools/bundle.mjs', 'tools/licences.mjs']
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json', ...tools]) {
    copyFileSync(path.join(ROOT, file), path.join(project, file))
  }
  for (const name of ['typescript', '@typescript', '@types', 'undici-types', 'esbuild', '@esbuild']) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(project, 'node_modules', name))
  }
  write('src/word.ts', "export const word: string = 'first'")
  write('src/gone.ts', 'export const gone = 1')
  write(
    'src/cli.ts',
    "import { word } from './word.ts'\nconsole.log(word, process.argv.slice(1).join(' '))\nprocess.exitCode = 3",
  )
})

test.after(() => rmSync(project, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
  writeFileSync(path.join(project, file), text)
}

function fresh(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['tools/fresh.cjs', ...args], {
    cwd: project,
    encoding: 'utf8',
  })
  return { status, stdout: stdout.trim() }
}

function compiledAt(): number {
  return statSync(path.join(project, 'dist/cli.js')).mtimeMs
}

test('compiles only, when asked to', () => {
  assert.equal(fresh('--compile-only'), { status: 0, stdout: '' })
  assert.ok(existsSync(path.join(project, 'dist/types/gone.d.ts')))
})

test('runs the command line with its arguments, as if it had been called itself', () => {
  const first = compiledAt()
  const cli = path.join(project, 'dist/cli.js')
  assert.equal(fresh('build', '-o', 'DIR'), { status: 3, stdout: `first ${cli} build -o DIR` })
  assert.is(compiledAt(), first, 'compiled although nothing had changed')
})

test('compiles again when a source is newer', () => {
  write('src/word.ts', "export const word: string = 'second'")
  assert.match(fresh('build').stdout, /^second /)
})

test('prepares what follows from the templates, and again when one of them is newer', () => {
  write(
    'src/prepare.ts',
    "import { readFileSync } from 'node:fs'\nexport const prepare = async (folder: string) => new Map([['made.txt', readFileSync(folder + '/a.md', 'utf8')]])",
  )
  const made = () => readFileSync(path.join(project, 'dist/made.txt'), 'utf8')
  for (const text of ['one', 'two']) {
    write('templates/a.md', text)
    fresh('build')
    assert.is(made(), text)
  }
  rmSync(path.join(project, 'src/prepare.ts'))
  assert.is(fresh('build').status, 3)
})

test('removes what was compiled from a source that is gone', () => {
  rmSync(path.join(project, 'src/gone.ts'))
  assert.is(fresh('build').status, 3)
  assert.not(existsSync(path.join(project, 'dist/types/gone.d.ts')))
})

test('runs nothing when what the sources import is not there', () => {
  write('src/word.ts', "// @ts-ignore: so that only the bundler can tell\nexport { word } from './lost.ts'")
  assert.equal(fresh('build'), { status: 1, stdout: '' })
})

test('puts the program and its libraries into few files, with their licences', () => {
  write('node_modules/borrowed/package.json', '{ "name": "borrowed", "version": "1.2.3", "type": "module" }')
  write('node_modules/borrowed/index.js', "export const word = 'borrowed'")
  write('node_modules/borrowed/LICENSE', 'Take it.')
  write('src/word.ts', "// @ts-ignore: it has no types\nexport { word } from 'borrowed'")
  assert.match(fresh('build').stdout, /^borrowed /)
  rmSync(path.join(project, 'node_modules/borrowed'), { recursive: true })
  assert.match(fresh('build').stdout, /^borrowed /)
  const licences = readFileSync(path.join(project, 'dist/licences.txt'), 'utf8')
  assert.match(licences, /borrowed 1\.2\.3\n\nTake it\./)
})

test('runs nothing when the sources do not compile, however often it is asked', () => {
  write('src/word.ts', 'export const word: string = 1')
  for (const { status, stdout } of [fresh('build'), fresh('build'), fresh('--compile-only')]) {
    assert.is(status, 1)
    assert.match(stdout, /^src\/word\.ts\(1,14\): error TS2322/)
  }
})

test.run()
