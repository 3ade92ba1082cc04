/** A small campaign: `check` lives, and says of each file that means harm what is wrong with it. */
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import {
  check,
  type Ending,
  faultsOfAnswer,
  faultsOfEnding,
  faultsOfText,
  remove,
  type Said,
} from './campaign.ts'
import { writeWorld } from './world.ts'

const test = suite('a small campaign against check')
const FILES = 250
/** What is longer is left to the campaign (check-campaign.ts), as is what takes megabytes for most seeds. */
const LONGEST = 20_000
const LIMITS = { heap: 512, seconds: 120 }

let folder = ''
test.before(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'harm-'))
  writeWorld(folder, FILES, 'small', LONGEST)
})
test.after(() => remove(folder))

const faultsOf = (ending: Ending) => [...faultsOfEnding(ending)]

test('ends with every file read or refused, each problem at a place in its file', async () => {
  const ending = await check(folder, ['--format', 'json'], LIMITS)
  assert.equal(faultsOf(ending), [])
  const said: Said = JSON.parse(ending.stdout)
  assert.ok(said.problems.length > FILES / 4)
  assert.ok(said.files.some(({ runs }) => runs > 0))
  assert.equal([...faultsOfAnswer(folder, said)], [])
})

for (const format of ['text', 'github'])
  test(`prints nothing that a terminal obeys as ${format}`, async () => {
    const ending = await check(folder, ['--format', format], LIMITS)
    assert.equal(faultsOf(ending), [])
    assert.equal([...faultsOfText(ending.stdout), ...faultsOfText(ending.stderr)], [])
  })

test('would see what is wrong', () => {
  const files = [{ file: 'results/s0/lvm/x.txt', runs: 1 }]
  const problem = { level: 'error', rule: 'r', message: 'm', file: 'results/s0/study.md', line: 1, column: 1 }
  const missing = [...faultsOfAnswer(folder, { problems: [], files })]
  assert.ok(missing.length > FILES / 2)
  assert.match(missing.join(), 'neither read nor refused')
  const beyond = (line: number, column: number) =>
    [...faultsOfAnswer(folder, { problems: [{ ...problem, line, column }], files })].filter((fault) =>
      fault.includes('is no place in it'),
    ).length
  assert.equal([beyond(1, 1), beyond(1, 2), beyond(2, 1), beyond(0, 1), beyond(1, 0)], [0, 1, 1, 1, 1])
  const ending = { code: 0, signal: null, stdout: '', stderr: '', took: null }
  assert.equal(faultsOf(ending), [])
  for (const bad of [
    { code: 70 },
    { code: 2 },
    { signal: 'SIGKILL' },
    { stderr: 'x\n    at f (a.js:1:2)\n' },
  ] as const)
    assert.is(faultsOf({ ...ending, ...bad }).length, 1)
  assert.equal([...faultsOfText('fine: ü\n')], [])
  for (const bad of ['\x1b[2J', '\r', '\t', '\x9b', '\u202e', '\u200b', '\u2028'])
    assert.is([...faultsOfText(`a${bad}b`)].length, 1)
})

test.run()
