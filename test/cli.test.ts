/**
 * The command line as its users meet it. A folder of fixtures/cli with a file `args` (one argument a line) is a case:
 * it runs in a copy of that folder, and `stdout`, `stderr` and `code` are compared. A missing golden is written, but
 * refused where CI is set; UPDATE=1 rewrites them all.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import * as assert from 'uvu/assert'
import { COMMANDS } from '../src/commands/list.ts'
import { run } from '../src/commands/run.ts'
import { widthOf } from '../src/diagnose.ts'
import { METRIC_IDS } from '../src/model/metric.ts'
import { CASES, makeWorkplace, type Outcome, recorder } from './program.ts'
import { suite } from './suite.ts'

const workplace = makeWorkplace()

// ─── goldens ────────────────────────────────────────────────────────────────────────────────────────────────────

const golden = suite('command line')

const cases = readdirSync(CASES).filter((name) => existsSync(path.join(CASES, name, 'args')))

/** In this process: a new one takes half a second to start. What only a process can show is tested below. */
async function runCase(name: string): Promise<Outcome> {
  const cwd = path.join(workplace, name)
  const args = readFileSync(path.join(cwd, 'args'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const stdin = path.join(cwd, 'stdin')
  const { io, out, err } = recorder({
    stdin: () => Readable.from([readFileSync(stdin)]),
    stdinIsTerminal: !existsSync(stdin),
  })
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  const home = process.cwd()
  process.chdir(cwd)
  try {
    const code = await run(args, io)
    return { stdout: text(out), stderr: text(err), code }
  } finally {
    process.chdir(home)
  }
}

function compare(name: string, file: string, actual: string): void {
  const place = path.join(CASES, name, file)
  const missing = !existsSync(place)
  if (missing && process.env.CI) assert.unreachable(`${name}/${file} is missing`)
  if (missing || process.env.UPDATE) writeFileSync(place, actual)
  assert.fixture(actual, readFileSync(place, 'utf8'), `${name}/${file}`)
}

for (const name of cases) {
  golden(name, async () => {
    const { stdout, stderr, code } = await runCase(name)
    compare(name, 'stdout', stdout)
    compare(name, 'stderr', stderr)
    compare(name, 'code', `${code}\n`)
  })
}

golden('help fits a small terminal, with two examples', async () => {
  for (const name of ['help', ...COMMANDS.map((command) => `help-${command.name}`)]) {
    const lines = readFileSync(path.join(CASES, name, 'stdout'), 'utf8')
      .trimEnd()
      .split('\n')
    assert.ok(lines.length <= 24, `${name} has ${lines.length} lines`)
    for (const line of lines) assert.ok(line.length <= 80, `${name}: ${line}`)
    assert.ok(
      lines.filter((line) => /(^ {2}|: |^ {10})(.* \| )?bonnie-report \w+/.test(line)).length >= 2,
      name,
    )
  }
})

golden.run()

// ─── in one process ─────────────────────────────────────────────────────────────────────────────────────────────

const inside = suite('program as a function')

const FAULTS = path.join(CASES, 'inputs', 'faults')
const TWO_LOGS = path.join(CASES, 'inputs', 'two-logs')
const LAB = path.join(CASES, 'inputs', 'lab')

inside('answers 70 to a bug of ours, with the stack only where it was asked for', async () => {
  const broken = {
    out: () => {
      throw new TypeError('x is not a function')
    },
  }
  const plain = recorder(broken)
  assert.is(await run(['-V'], plain.io), 70)
  assert.equal(plain.err, [
    'bonnie-report: a bug of ours: x is not a function. Please report it with the command you gave; -v shows where it happened.',
  ])
  const verbose = recorder(broken)
  assert.is(await run(['-Vv'], verbose.io), 70)
  assert.match(verbose.err.join('\n'), /TypeError: x is not a function\n\s+at /)
})

inside('paints only where somebody looks', async () => {
  const painted = recorder({ color: { out: true, err: true } })
  await run(['check', FAULTS], painted.io)
  assert.match(painted.out[0] ?? '', '\x1b[31merror\x1b[0m')
})

inside('waits for no input where nobody types', async () => {
  const { io, err } = recorder({ stdinIsTerminal: true })
  assert.is(await run(['parse'], io), 2)
  assert.match(err[0] ?? '', 'Nothing to parse: give it a file.')
})

inside('fits tables into a narrow terminal', async () => {
  const { io, out } = recorder({ columns: 40 })
  assert.is(await run(['show', TWO_LOGS], io), 0)
  for (const line of out) assert.ok(line.length <= 40, line)
  assert.is(out.filter((line) => line.startsWith('block write')).length, 2)
})

inside('fits verdicts and the way of a number into narrow terminals', async () => {
  const calls = [
    ['compare', 'partition', 'lvm', LAB, '--study', 'old'],
    ['compare', path.join(TWO_LOGS, 'loopback-1.txt'), path.join(TWO_LOGS, 'blktap-1.txt')],
    ['explain', 'old', 'lvm.put_block', LAB],
    ['explain', 'main', 'loopback.rewrite#1', TWO_LOGS],
  ]
  for (const columns of [40, 60, 80]) {
    for (const args of calls) {
      const { io, out } = recorder({ columns })
      await run(args, io)
      assert.ok(out.length > 10)
      // a place can be clicked only while it is whole
      const lines = out.filter((line) => !line.includes(CASES))
      for (const line of lines) assert.ok(widthOf(line) <= columns, `${columns}: ${line}`)
    }
  }
})

inside('makes hostile names of files visible in verdicts', async () => {
  const folder = mkdtempSync(path.join(workplace, 'hostile-'))
  const names = [
    'evil-\x1b[31m\u202e.txt',
    '日本 "÷" \u2028\'\u0085.txt',
    ' .txt',
    '.hidden',
    '---.txt',
    '{}.txt',
  ]
  const rows = readFileSync(path.join(LAB, 'old', 'lvm', 'runs.csv'), 'utf8')
  for (const name of names) writeFileSync(path.join(folder, name), rows)
  for (const name of names.slice(1)) {
    const { io, out, err } = recorder()
    const code = await run(['compare', path.join(folder, names[0] ?? ''), path.join(folder, name)], io)
    assert.is(code, 0, err.join('\n'))
    assert.match(out[0] ?? '', ' against evil-␛[31m<202E>: the same')
    assert.not.match([...out, ...err].join('').replaceAll('\n', ''), /[\x00-\x1f\x7f-\x9f\u2028\u202e]/)
    assert.ok(
      err.every((line) => line.includes('[duplicate-run]')),
      err.join('\n'),
    )
  }
})

inside('refuses places that are not two', async () => {
  for (const [a, b] of [
    [LAB, path.join(LAB, 'old', 'lvm')],
    [path.join(LAB, 'old', 'lvm'), `${LAB}/new/../old/lvm/`],
  ]) {
    const { io, err } = recorder()
    assert.is(await run(['compare', a ?? '', b ?? ''], io), 2)
    assert.match(err[0] ?? '', 'are one place, or one lies in the other.')
  }
})

inside('takes what study.md says only where both sides lie under it', async () => {
  const seeks = async (a: string, b: string) => {
    const { io, out } = recorder()
    await run(['compare', path.join(LAB, a), path.join(LAB, b), '--format', 'json'], io)
    const document = JSON.parse(out.join('\n'))
    return document.tests.find((each: { metric: string }) => each.metric === 'seeks').validity
  }
  assert.equal(await seeks('old/partition', 'old/lvm'), ['disk', 'disk'])
  // without the guest's memory nobody knows what answered them
  assert.equal(await seeks('old/partition', 'new/lvm'), ['suspect', 'suspect'])
})

inside('leads from every cell to its own token', async () => {
  let cells = 0
  for (const [study, backend, results] of [
    ['main', 'loopback', TWO_LOGS],
    ['main', 'blktap', TWO_LOGS],
    ['old', 'lvm', LAB],
    ['lvm-lab-2026', 'lvm', 'results'],
  ] as const) {
    for (const id of METRIC_IDS) {
      const { io, out } = recorder()
      assert.is(await run(['explain', study, `${backend}.${id}`, results, '--format', 'json'], io), 0)
      for (const { state, rate, saved } of JSON.parse(out.join('\n')).runs) {
        if (state === 'not_run') continue
        assert.ok(saved, id)
        assert.is(saved.text.slice(saved.column - 1, saved.column - 1 + saved.token.length), saved.token)
        if (state === 'at_least') assert.is(saved.token, '+++++')
        else assert.is(Number(saved.token), rate)
        cells += 1
      }
    }
  }
  assert.ok(cells > 50)
})

inside('shows how far it is', async () => {
  const lines: string[] = []
  await run(['check', TWO_LOGS], recorder({ status: (line) => lines.push(line) }).io)
  assert.equal(lines, ['Reading study 1 of 1: main'])
})

inside('tells notes and doubts of a build only to those who ask', async () => {
  const site = mkdtempSync(path.join(workplace, 'site-'))
  const quiet = recorder()
  await run(['build', FAULTS, '-o', site, '-q'], quiet.io)
  assert.equal([quiet.out, quiet.err.every((line) => line.includes(': error: '))], [[], true])
  const verbose = recorder()
  await run(['build', FAULTS, '-o', site, '-v'], verbose.io)
  assert.ok(verbose.err.some((line) => line.includes(': note: ')))
  assert.ok(statSync(path.join(site, 'index.html')).isFile())
})

inside.run()
