/** A plan as it runs in a guest, in every shell that is here: what it measures, what it refuses, and how it stops. */
import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { knownNames } from '../../src/analysis/assign.ts'
import { analyse } from '../../src/build.ts'
import { run } from '../../src/commands/run.ts'
import { readLibrary } from '../../src/files.ts'
import type { Report } from '../../src/model/report.ts'
import { tidy } from '../folders.ts'
import { recorder } from '../program.ts'
import { skip, suite } from '../suite.ts'
import { type Guest, isInstalled, makeGuest, memoryHere, SHELLS } from './guest.ts'
import { knowledge, PLAN, SYNC_PLAN, scriptOf } from './planned.ts'

const ALL = ['loopback', 'blktap', 'lvm']

/** At least four times the memory of this machine, in whole GiB. */
const MEMORY = memoryHere()
const SIZE = Math.max(4096, Math.ceil((4 * MEMORY) / 1024) * 1024)

/** What stands in the results of a guest, as our own commands read it. */
function reports(guest: Guest): Report[] {
  const library = readLibrary(path.join(guest.folder, 'results'), knownNames({}, knowledge))
  return library.folders.map((folder) => analyse(folder, knowledge))
}

const outputs = (guest: Guest, study: string) =>
  ALL.flatMap((id) => {
    const folder = path.join(guest.folder, 'results', study, id)
    return readdirSync(folder).map((name) => `${id}/${name}`)
  }).sort()

/** Runs in the record of a study. */
const recorded = (guest: Guest) =>
  guest.read('results/old-2/study.md').match(/^ {4}\w+ +\d {2}\d{4}-\d\d-\d\dT/gm)?.length

/** The backends of the runs in a log, in order. */
const turns = (log: readonly string[]) =>
  log.flatMap((line) => /^bonnie .*?\/mnt\/(\w+)\//.exec(line)?.[1] ?? [])

// ─── a whole measurement ────────────────────────────────────────────────────────────────────────────────────────

const measuring = suite('a plan that is run')
measuring.after.each(tidy)

for (const shell of SHELLS) {
  measuring(`measures in rounds of rotating order, in ${shell.join(' ')}`, () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const guest = makeGuest(scriptOf(), ALL, shell)
    const { code, stdout, stderr } = guest.run()
    assert.is(code, 0, stderr)
    assert.is(stdout, '')
    const log = guest.log()
    const [first, second, third] = [ALL, ['blktap', 'lvm', 'loopback'], ['lvm', 'loopback', 'blktap']]
    assert.equal(turns(log), [...first, ...second, ...third])
    // no run began in a warm cache, and all had a file that no memory holds
    const started = log.filter((line) => line !== 'sync')
    for (const line of started) assert.match(line, /^bonnie cold -d /)
    for (const line of started) assert.match(line, ` -s ${SIZE} -n 160 -f -m vm101`)
    assert.equal(outputs(guest, 'old-2').length, 9)
    assert.is(recorded(guest), 9)
    for (const id of ALL) assert.equal(readdirSync(path.join(guest.folder, 'mnt', id)), ['lost+found'])
  })
}

measuring('leaves a study that our own commands read without a problem', async () => {
  const guest = makeGuest(scriptOf(SYNC_PLAN), ALL)
  assert.is(guest.run().code, 0)
  assert.is(guest.log().filter((line) => line.endsWith(' -b')).length, 9)
  const [main, sync, ...others] = reports(guest)
  assert.equal(others, [])
  for (const report of [main, sync]) {
    assert.equal(report?.diagnostics, [])
    assert.equal([report?.facts.order, report?.facts.guest?.ram], ['interleaved', `${MEMORY} MiB`])
    assert.equal(
      report?.backends.map(({ id, kind }) => [id, kind]),
      ALL.map((id) => [id, id]),
    )
    assert.ok(report?.runs.every((own) => own.file_size_mib === SIZE && own.name === 'vm101'))
    assert.is(report?.runs.length, 9)
  }
  assert.equal([main?.study.slug, sync?.study.slug], ['old-2', 'old-2-sync'])
  assert.match(sync?.facts.command ?? '', / -n 16 .* -b$/)
  // the numbers of the fakes differ by a tenth and scatter by far less
  const found = main?.comparisons.find(
    (c) => c.metric === 'put_block' && c.backend === 'lvm' && c.view === 'measured',
  )
  assert.is(found?.verdict, 'better')
  const { io, err } = recorder()
  const [results, site] = ['results', 'site'].map((name) => path.join(guest.folder, name))
  assert.is(await run(['build', results ?? '', '-o', site ?? '', '-q'], io), 0, err.join('\n'))
  assert.ok(guest.has('site/old-2-sync/index.html'))
})

measuring('takes the largest of the planned file and of all memories', () => {
  const sizes = (settings: Record<string, string>, plan = PLAN) => {
    const guest = makeGuest(scriptOf({ ...plan, runs: 1 }), ['loopback', 'blktap'])
    const { code, stderr } = guest.run(undefined, settings)
    assert.is(code, 0, stderr)
    return guest.log().flatMap((line) => / -s (\d+) /.exec(line)?.slice(1).map(Number) ?? [])
  }
  const large = 2 * SIZE + 1000
  assert.equal(sizes({}), [SIZE, SIZE])
  assert.equal(sizes({ DOM0_MIB: String(SIZE) }), [2 * SIZE, 2 * SIZE])
  assert.equal(sizes({ SIZE_MIB: String(large) }), [large, large])
  const planned = { ...PLAN, file: { atLeastMib: large, timesGuest: 4, timesOuter: null } }
  assert.equal(sizes({}, planned), [2 * SIZE + 1024, 2 * SIZE + 1024])
})

measuring('asks dom0 through ssh, drops its caches before each run, and records its processor time', () => {
  const unknown = { ...PLAN, runs: 1, file: { ...PLAN.file, timesOuter: 2 } }
  const guest = makeGuest(scriptOf(unknown), ['loopback', 'lvm'])
  const words = [...guest.targets, 'blktap=none']
  assert.is(guest.run(words, { DOM0_SSH: 'root@dom0' }).code, 0)
  const steps = guest.log().flatMap((line) => /^bonnie|^sync|drop_caches/.exec(line)?.[0] ?? [])
  assert.equal(steps, ['sync', 'drop_caches', 'bonnie', 'sync', 'drop_caches', 'bonnie'])
  const [report] = reports(guest)
  assert.equal([report?.facts.host?.dom0_ram, report?.facts.host?.kernel], ['3072 MiB', 'Linux 4.19.0'])
  assert.is(report?.facts.caveats, undefined)
  assert.match(guest.read('results/old-2/study.md'), /\n {4}loopback +1 {2}\S+ {2}\S+ +[\d.]+s +2\.5s\n/)
  rmSync(path.join(guest.folder, 'results'), { recursive: true })
  const failed = guest.run(words, { DOM0_SSH: 'root@dom0', FAKE_DROP: '1' })
  assert.is(failed.code, 1)
  assert.match(failed.stderr, 'The caches of dom0 could not be dropped')
  assert.equal(turns(guest.log()), [])
})

measuring('runs what it is told to before each run, and stops where that fails', () => {
  const guest = makeGuest(scriptOf({ ...PLAN, runs: 1 }), ['loopback', 'blktap'])
  const told = 'echo "$BACKEND $ROUND \'" >>told'
  assert.is(guest.run(undefined, { BEFORE_RUN: `${told}; test $BACKEND = loopback` }).code, 1)
  assert.is(guest.read('told'), "loopback 1 '\nblktap 1 '\n")
  assert.equal(turns(guest.log()), ['loopback'])
  assert.is(reports(guest)[0]?.facts.caveats, undefined)
})

measuring('says in study.md what was not as it should be', () => {
  const guest = makeGuest(scriptOf({ ...PLAN, runs: 1, file: { ...PLAN.file, timesOuter: 2 } }), [
    'loopback',
    'blktap',
  ])
  const shared = { ALLOW_SHARED: '1', FAKE_MOUNT: '/mnt/one' }
  const settings = {
    ALLOW_UNKNOWN: '1',
    ALLOW_WARM: '1',
    DROP_CACHES: 'no/such/file',
    FAKE_VERSION: '1.03c',
    ...shared,
  }
  assert.is(guest.run(undefined, { ...settings, FAKE_BROKEN: '2' }).code, 1)
  // what held for the first run holds for the study, whatever is different after a stop
  assert.is(guest.run(undefined, { DOM0_MIB: '1', PAUSE: '1' }).code, 0)
  assert.equal(reports(guest)[0]?.facts.caveats, [
    'bonnie++ 1.03c does not flush before it stops the clock.',
    'The memory of the layer that serves the disks was not known when the size of the test file was chosen.',
    'The targets of blktap and loopback shared a file system.',
    "The guest's caches were not dropped before each run.",
    'The caches of dom0 were not dropped before each run.',
  ])
})

measuring.run()

// ─── stopping and going on ──────────────────────────────────────────────────────────────────────────────────────

const stopping = suite('a plan that is stopped')
stopping.after.each(tidy)

for (const shell of SHELLS) {
  stopping(`goes on where it was stopped by Ctrl-C, in ${shell.join(' ')}`, async () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const guest = makeGuest(scriptOf(), ALL, shell)
    const child = guest.start(undefined, { FAKE_SLOW: '5' })
    let stderr = ''
    const started = Date.now()
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
      if (/^Run 5 /m.test(String(chunk))) setTimeout(() => child.kill('SIGINT'), 300)
    })
    const [code] = await once(child, 'close')
    assert.is(code, 130, stderr)
    // the run would have taken a minute
    assert.ok(Date.now() - started < 45_000)
    assert.match(stderr, /^ {2}results\/old-2\/blktap: 2 of 3 runs complete$/m)
    assert.match(stderr, /^ {2}results\/old-2\/lvm: 1 of 3 runs complete$/m)
    const early = outputs(guest, 'old-2').filter((name) => name.endsWith('.txt'))
    assert.is(early.length, 4)
    assert.equal(outputs(guest, 'old-2'), early)
    for (const id of ALL) assert.equal(readdirSync(path.join(guest.folder, 'mnt', id)), ['lost+found'])
    const before = early.map((name) => guest.read(`results/old-2/${name}`))
    // what was measured so far is a study already
    assert.equal(reports(guest)[0]?.diagnostics, [])
    assert.is(turns(guest.log()).length, 5)
    assert.is(guest.run().code, 0)
    assert.equal(turns(guest.log()), ['lvm', 'loopback', 'lvm', 'loopback', 'blktap'])
    assert.is(recorded(guest), 9)
    assert.equal(
      early.map((name) => guest.read(`results/old-2/${name}`)),
      before,
    )
    assert.is(guest.run().code, 0)
    assert.equal(turns(guest.log()), [])
  })
}

stopping('stops where bonnie++ fails, and keeps what it said apart', () => {
  for (const fault of ['FAKE_BROKEN', 'FAKE_TORN', 'FAKE_UNSURE']) {
    const guest = makeGuest(scriptOf({ ...PLAN, runs: 1 }), ALL)
    const { code, stderr } = guest.run(undefined, { [fault]: '3' })
    assert.is(code, 1)
    assert.match(stderr, 'bonnie++ did not come to its end on lvm')
    assert.equal(outputs(guest, 'old-2'), ['blktap/run-1.txt', 'loopback/run-1.txt', 'lvm/.run-1.failed'])
    assert.equal(readdirSync(path.join(guest.folder, 'mnt/lvm')), ['lost+found'])
    assert.is(guest.run().code, 0)
  }
})

stopping('never writes over an output, nor over words of the author', () => {
  const guest = makeGuest(scriptOf(), ALL)
  mkdirSync(path.join(guest.folder, 'results/old-2/blktap'), { recursive: true })
  writeFileSync(path.join(guest.folder, 'results/old-2/blktap/run-1.txt'), 'mine')
  const refused = guest.run()
  assert.is(refused.code, 2)
  assert.match(refused.stderr, 'results/old-2/blktap/run-1.txt is there, but holds no complete run.')
  assert.is(guest.read('results/old-2/blktap/run-1.txt'), 'mine')
  rmSync(path.join(guest.folder, 'results/old-2/blktap/run-1.txt'))
  appendFileSync(path.join(guest.folder, 'results/old-2/study.md'), '\nMy words.\n')
  const mine = guest.read('results/old-2/study.md')
  assert.is(guest.run().code, 0)
  assert.is(guest.read('results/old-2/study.md'), mine)
})

stopping('is not started twice, and not with another file than it was begun with', async () => {
  const guest = makeGuest(scriptOf({ ...PLAN, runs: 1 }), ALL)
  const child = guest.start(undefined, { FAKE_SLOW: '1' })
  await new Promise((resolve) =>
    child.stderr?.on('data', (chunk) => /^Run 1 /m.test(String(chunk)) && resolve(null)),
  )
  const second = guest.run()
  assert.is(second.code, 2)
  assert.match(second.stderr, 'This study is being measured already, by process ')
  child.kill('SIGTERM')
  assert.equal((await once(child, 'close'))[0], 143)
  const larger = guest.run(undefined, { SIZE_MIB: String(2 * SIZE) })
  assert.is(larger.code, 2)
  assert.match(larger.stderr, `results/old-2 was begun with files of ${SIZE} MiB`)
  // one that began with a larger file goes on with it
  writeFileSync(path.join(guest.folder, 'results/old-2/.size'), String(3 * SIZE))
  guest.log()
  // one that was killed leaves its lock, which holds nobody up
  mkdirSync(path.join(guest.folder, 'results/old-2/.running'))
  writeFileSync(path.join(guest.folder, 'results/old-2/.running/pid'), '99999999\n')
  assert.is(guest.run().code, 0)
  assert.ok(guest.log().every((line) => line === 'sync' || line.includes(` -s ${3 * SIZE} `)))
})

stopping.run()
