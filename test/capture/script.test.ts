/** The script that measures without a plan: that it is whole, that every shell reads it, and that its words hold. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { knownNames } from '../../src/analysis/assign.ts'
import { tidy } from '../folders.ts'
import { EXCLUDED, isInstalled, makeGuest, SHELLS } from '../plan/guest.ts'
import { knowledge } from '../plan/planned.ts'
import { skip, suite } from '../suite.ts'
import { FILE } from './captured.ts'

// a script of the tools, which has no types
const { captureScript } = (await import(String(new URL('../../tools/capture.mjs', import.meta.url)))) as {
  captureScript: () => string
}

const test = suite('the script that captures')
test.after.each(tidy)

test('is made of its parts (if not: node tools/capture.mjs)', () => {
  assert.ok(readFileSync(FILE, 'utf8') === captureScript())
})

for (const shell of SHELLS) {
  test(`can be read by ${shell.join(' ')}`, () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const [command = '', ...words] = shell
    const { status, stderr } = spawnSync(command, [...words, '-n', FILE], { encoding: 'utf8' })
    assert.equal([status, stderr], [0, ''])
  })
}

test('has nothing that shellcheck would remark', () => {
  if (!isInstalled('shellcheck')) skip('no shellcheck')
  assert.is(spawnSync('shellcheck', ['-o', 'all', '-e', EXCLUDED, FILE], { encoding: 'utf8' }).stdout, '')
})

test('explains itself on one screen, with names that we know', () => {
  const { stdout, code } = makeGuest(readFileSync(FILE, 'utf8'), []).run(['--help'])
  assert.is(code, 0)
  const lines = stdout.trimEnd().split('\n')
  assert.ok(lines.length <= 24 && lines.every((line) => line.length <= 80), stdout)
  const [, list = ''] = /such as ([a-z0-9\s,-]*?) or native\./.exec(stdout) ?? []
  const known = knownNames({}, knowledge)
  const names = list.split(/,\s*/)
  assert.is(names.length, 8)
  for (const name of [...names, 'native']) assert.ok(known.has(name), name)
})

test('names every variable that can be set where it says so', () => {
  const script = readFileSync(FILE, 'utf8')
  const { stdout } = makeGuest(script, []).run(['--help'])
  const [, list = ''] = /Variables: ([A-Z0-9_\s]*)/.exec(stdout) ?? []
  const names = list.trim().split(/\s+/)
  assert.ok(names.includes('FILES') && names.includes('DOM0_MIB'))
  for (const name of names) assert.match(script, new RegExp(`^${name}=\\$\\{${name}:-.*# `, 'm'))
})

test.run()
