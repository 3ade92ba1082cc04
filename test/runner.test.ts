/** Every guard of the runner, tried against the fault it is there for: fixtures/runner/<fault>/. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'

const HERE = path.dirname(fileURLToPath(import.meta.url))

function run(folders: string | readonly string[], { ci = true, args = [] as string[] } = {}) {
  const { CI: _, ...environment } = process.env
  const targets = [folders].flat().map((folder) => path.resolve(HERE, 'fixtures/runner', folder))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(HERE, 'run.ts'), ...targets, ...args],
    { cwd: path.dirname(HERE), env: ci ? { ...environment, CI: 'true' } : environment, encoding: 'utf8' },
  )
  return { status, output: stdout + stderr, closing: stdout.trimEnd().split('\n').at(-1) ?? '' }
}

const test = suite('the test runner')

test('passes what passes', () => {
  const { status, closing } = run('passes')
  assert.is(closing, '2 passed, 0 failed')
  assert.is(status, 0)
})

test('counts skipped tests and says why', () => {
  const { status, output, closing } = run('skips')
  assert.match(output, 'skipped: no bonnie++ (two)')
  assert.is(closing, '1 passed, 0 failed, 1 skipped')
  assert.is(status, 0)
})

test('goes on after a file that ends the process', () => {
  const { output, closing } = run('exits')
  assert.match(output, 'ended the whole process (exit 0)')
  assert.is(closing, '1 passed, 1 failed')
})

test('allows .only outside CI', () => {
  const { status, closing } = run('only', { ci: false })
  assert.is(closing, '1 passed, 0 failed, 1 skipped')
  assert.is(status, 0)
})

/** What ends a run or makes it empty, with its last line. */
const whole = {
  'no-tests': ['No test was found', '0 passed, 0 failed'],
  'all-skipped': ['all were skipped', '0 passed, 0 failed, 1 skipped'],
  'hangs-waiting': ['waits for a promise that never settles', '0 passed, 1 failed'],
  'crashes-later': ['nobody waited for me', '0 passed, 1 failed'],
} as const

for (const [fault, [complaint, line]] of Object.entries(whole)) {
  test(`fails on the fault "${fault}"`, () => {
    const { status, output, closing } = run(fault)
    assert.match(output, complaint)
    assert.is(closing, line)
    assert.is(status, 1)
  })
}

/** What goes wrong in one file, and how many tests of it pass, fail and are skipped. */
const single = {
  fails: ['FAIL', 1, 1, 0],
  'no-suite': ['creates no suite', 0, 1, 0],
  'empty-suite': ['suite "empty" holds no test', 0, 1, 0],
  'never-run': ['suite "forgotten" was never run', 0, 1, 0],
  'after-run': ['got 1 more tests after test.run()', 1, 1, 0],
  'direct-uvu': ["uses uvu's own suite", 2, 1, 0],
  'before-hook': ['the before hook failed: Error: no table laid', 0, 2, 0],
  'before-each-hook': ['no plate set', 0, 1, 0],
  'after-hook': ['the after hook failed: Error: no table cleared', 1, 1, 0],
  'after-each-hook': ['the after each hook failed: Error: no plate washed', 1, 1, 0],
  'import-error': ['throws when it is imported: Error: not loadable', 0, 1, 0],
  only: ['uses .only, which CI refuses', 1, 1, 1],
} as const

// one run for all, since each takes as long as its two processes take to start
let together: ReturnType<typeof run>
test.before(() => {
  together = run(Object.keys(single))
})

for (const [fault, [complaint]] of Object.entries(single)) {
  test(`blames the file with the fault "${fault}"`, () => {
    const blamed = together.output.split(/\n(?=test\/fixtures\/runner\/)/)
    const own = blamed.filter((text) => text.startsWith(`test/fixtures/runner/${fault}/`))
    assert.match(own.join('\n'), complaint)
  })
}

test('fails on each fault of a file', () => {
  const sum = (at: 1 | 2 | 3) => Object.values(single).reduce((total, fault) => total + fault[at], 0)
  assert.is(together.closing, `${sum(1)} passed, ${sum(2)} failed, ${sum(3)} skipped`)
  assert.is(together.status, 1)
})

test('stops a file that hangs', () => {
  const { status, output, closing } = run('hangs-busy', { args: ['--timeout', '3'] })
  assert.match(output, 'gave no sign of life for 3 s')
  assert.is(closing, '0 passed, 1 failed')
  assert.is(status, 1)
})

test('fails if a file of the tree was not run', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'runner-'))
  try {
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(path.join(folder, 'first.test.ts'), writesAnother(path.join(folder, 'second.test.ts')))
    const { status, output, closing } = run(folder)
    assert.match(output, 'stands in the tree but was not run')
    assert.is(closing, '1 passed, 1 failed')
    assert.is(status, 1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('refuses a folder that is not there', () => {
  const { status, output } = run('nowhere')
  assert.match(output, 'No such file or folder')
  assert.is(status, 2)
})

function writesAnother(file: string): string {
  return `import { writeFileSync } from 'node:fs'
import { suite } from ${JSON.stringify(path.join(HERE, 'suite.ts'))}
const test = suite('first')
test('writes a second file', () => writeFileSync(${JSON.stringify(file)}, ''))
test.run()
`
}

test.run()
