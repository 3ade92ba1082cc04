/** The command plan: which study it takes, and what it says beside the script. */
import path from 'node:path'
import * as assert from 'uvu/assert'
import { summary } from '../../src/commands/plan.ts'
import { run } from '../../src/commands/run.ts'
import { tidy, tree } from '../folders.ts'
import { CASES, recorder } from '../program.ts'
import { suite } from '../suite.ts'
import { aStudy, PLAN, SYNC_PLAN } from './planned.ts'

const test = suite('the command plan')
test.after.each(tidy)

const TWO_LOGS = path.join(CASES, 'inputs', 'two-logs')

async function plan(...words: string[]) {
  const { io, out, err } = recorder()
  const code = await run(['plan', ...words], io)
  return { code, out, err }
}

test('prints a script and nothing else, and says how many runs it takes in one line', async () => {
  const { code, out, err } = await plan('main', TWO_LOGS)
  assert.is(code, 0)
  assert.is(out[0], '#!/bin/sh')
  assert.ok(out.includes("STUDY='main-2'"))
  assert.is(err.length, 1)
  assert.match(err[0] ?? '', /^Open in main: .*: (.* of each backend|no affordable)/)
  assert.equal((await plan('main', TWO_LOGS, '-q')).err, [])
})

test('takes the only study, and folders that can be no study', async () => {
  const named = await plan('main', TWO_LOGS)
  assert.equal(await plan(TWO_LOGS), named)
  const lab = await plan(path.join(CASES, 'inputs', 'lab'))
  assert.is(lab.code, 2)
  assert.equal(lab.out, [])
  assert.match(lab.err[0] ?? '', 'There are several studies; say which: new, old.')
})

test('prints the same plan as JSON', async () => {
  const { code, out } = await plan('main', TWO_LOGS, '--format', 'json')
  const document = JSON.parse(out.join('\n'))
  assert.equal([code, document.schema, document.study, document.status], [0, 1, 'main', 'current'])
  assert.equal(document.studies, ['main-2', 'main-2-sync'])
  assert.ok(document.plan.runs > 0)
  assert.is((await plan('main', TWO_LOGS, '--format', 'github')).code, 2)
})

test('does not take the name of a study that is there', async () => {
  const row = 'vm,2064M,5000,35,50000,3,19000,9,71094,98,93000,86,249.1,0,16'
  const study = (id: string) => ({ [`${id}/loopback/1.txt`]: `${row}${',+++++,+++'.repeat(6)}\n` })
  const results = tree({ ...study('old'), ...study('old-2'), ...study('old-3-sync') })
  assert.ok((await plan('old', results)).out.includes("STUDY='old-4'"))
})

test('says so where nothing is open, nothing was read, or the study does not stand any more', () => {
  const report = aStudy()
  const told = (changes: object) => summary({ ...report, plan: SYNC_PLAN, ...changes })
  assert.equal(told({ plan: null }), ['Nothing is open in old: every workload has its verdict.'])
  assert.equal(told({ backends: [] }), ['No output of old could be read, so there is nothing to plan from.'])
  assert.equal(told({}), [
    'Open in old: streaming and backups: three runs of each backend show a factor of 1.1; databases: no affordable number of runs shows a factor of 1.25.',
  ])
  const alike = {
    ...PLAN,
    questions: SYNC_PLAN.questions.map((question) => ({ ...question, runs: 4, ratio: 1.5 })),
  }
  assert.equal(told({ plan: alike }), [
    'Open in old: streaming and backups and databases: four runs of each backend show a factor of 1.5.',
  ])
  const study = { ...report.study, status: 'superseded' } as const
  assert.is(told({ study }).length, 2)
})

test('prints a script even where some outputs could not be read, and exits with 1', async () => {
  const row = 'vm,2064M,5000,35,50000,3,19000,9,71094,98,93000,86,249.1,0,16'
  const broken = { 'old/blktap/1.txt': 'no result\n' }
  const whole = { 'old/loopback/1.txt': `${row}${',+++++,+++'.repeat(6)}\n` }
  const some = await plan(tree({ ...broken, ...whole }))
  assert.equal([some.code, some.out[0]], [1, '#!/bin/sh'])
  assert.match(some.err[0] ?? '', /old\/blktap\/1\.txt:1:1: error: /)
  const none = await plan(tree(broken))
  assert.equal([none.code, none.out], [1, []])
  assert.match(none.err.join('\n'), 'No output of old could be read, so there is nothing to plan from.')
})

test.run()
