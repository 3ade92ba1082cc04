/**
 * The campaign: every byte and every line of every output, `node --import tsx test/fuzz/run.ts`.
 *   --match WORD     only outputs whose name contains it
 *   --seed WORD      other bytes, other cuts
 *   --only JSON      one damage again, as the campaign told it: what was read before and after
 * Two processes share the outputs. Exit 1 if anything survived.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { damageAll, type Tally, toldOf } from './campaign.ts'
import { type Damage, damaged, mutantsOf } from './mutants.ts'
import { outputs, readBytes } from './outputs.ts'

const SELF = fileURLToPath(import.meta.url)
const PROCESSES = 2

interface Done extends Tally {
  readonly name: string
}

async function campaign(match: string, seed: string): Promise<boolean> {
  const names = outputs()
    .map(({ name }) => name)
    .filter((name) => name.includes(match))
  const waiting = [...names]
  const done: Done[] = []
  const workers = Array.from({ length: PROCESSES }, () =>
    worker(seed, waiting, (each) => {
      done.push(each)
      for (const survivor of each.survivors) console.log(`${survivor.name}: ${toldOf(survivor)}`)
      console.log(
        `${done.length}/${names.length} ${each.name}: ${each.mutants} mutants, ${each.survivors.length} survived`,
      )
    }),
  )
  await Promise.all(workers)
  const all = done.flatMap(({ survivors }) => survivors)
  const count = (kind: string) => all.filter((survivor) => survivor.kind === kind).length
  const mutants = done.reduce((sum, each) => sum + each.mutants, 0)
  const missed = names.length - done.length
  if (missed > 0) console.log(`${missed} outputs were not finished`)
  console.log(
    `${mutants} mutants, ${count('crash')} crashes, ${count('hang')} hangs, ${count('silent change')} silent changes`,
  )
  return all.length === 0 && missed === 0 && mutants > 0
}

/** A process that takes the next name as long as there is one. */
function worker(seed: string, waiting: string[], take: (done: Done) => void): Promise<void> {
  return new Promise((resolve) => {
    const child: ChildProcess = fork(SELF, ['--worker', '--seed', seed])
    const next = () => {
      const name = waiting.shift()
      if (name === undefined) child.disconnect()
      else child.send(name)
    }
    child.on('message', (done: Done) => {
      take(done)
      next()
    })
    child.on('exit', () => resolve())
    next()
  })
}

function work(seed: string): void {
  const all = outputs()
  process.on('message', (name: string) => {
    const output = all.find((each) => each.name === name)
    if (output) process.send?.({ name, ...damageAll(output, mutantsOf(output, seed)) } satisfies Done)
  })
}

function again({ name, ...damage }: Damage & { readonly name: string }): boolean {
  const output = outputs().find((each) => each.name === name)
  if (!output) throw new Error(`There is no output ${name}.`)
  const bytes = damaged(output.bytes, damage)
  for (const each of [output.bytes, bytes]) {
    const { text, parsed } = readBytes(each)
    console.log(text)
    for (const run of parsed.runs) console.log(JSON.stringify(run))
    for (const { place, level, message, rule } of parsed.diagnostics)
      console.log(`${place.line}:${place.column}: ${level}: ${message} [${rule}]`)
    console.log('─'.repeat(100))
  }
  const { survivors } = damageAll(output, [damage])
  console.log(survivors.map(toldOf).join('\n') || 'nothing survives')
  return survivors.length === 0
}

const { values } = parseArgs({
  options: {
    match: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    worker: { type: 'boolean' },
  },
})
if (values.worker) work(values.seed ?? '')
else {
  const fine = values.only
    ? again(JSON.parse(values.only))
    : await campaign(values.match ?? '', values.seed ?? '')
  process.exitCode = fine ? 0 : 1
}
