/** What a plan checks before its first run, what a dry run prints, and a trial with the real bonnie++. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { knownNames } from '../../src/analysis/assign.ts'
import { analyse } from '../../src/build.ts'
import { readLibrary } from '../../src/files.ts'
import { tidy } from '../folders.ts'
import { skip, suite } from '../suite.ts'
import { isInstalled, makeGuest } from './guest.ts'
import { knowledge, PLAN, SYNC_PLAN, scriptOf } from './planned.ts'

const IDS = ['loopback', 'blktap']
const UNKNOWN = { ...PLAN, file: { ...PLAN.file, timesOuter: 2 } }

const SHARED_MEMORY =
  existsSync('/proc/mounts') && / \/dev\/shm tmpfs /.test(readFileSync('/proc/mounts', 'utf8'))

const checks = suite('before the first run of a plan')
checks.after.each(tidy)

type Case = readonly [
  what: string,
  says: string,
  settings: Readonly<Record<string, string>>,
  words?: readonly string[],
]

const refused: readonly Case[] = [
  ['a missing program', 'There is no no-such-bonnie here.', { BONNIE: 'no-such-bonnie' }],
  ['a name with a comma', 'MACHINE=vm,101 is no name', { MACHINE: 'vm,101' }],
  ['a pause without a number', 'PAUSE=soon is no number of seconds.', { PAUSE: 'soon' }],
  ['a file that memory holds', 'A file of 2048 MiB is too small', { SIZE_MIB: '2048' }],
  ['a size without a number', 'SIZE_MIB=64G is no number of MiB.', { SIZE_MIB: '64G' }],
  ['a memory without a number', 'DOM0_MIB=2G is no number of MiB.', { DOM0_MIB: '2G' }],
  ['a number that a shell takes for octal', 'DOM0_MIB=0512 is no number of MiB.', { DOM0_MIB: '0512' }],
  ['a full disk', 'has room for 97 MiB and needs ', { FAKE_ROOM: '100000' }],
  ['a file system without names', 'has room for 1000 more files and needs 163840.', { FAKE_NAMES: '1000' }],
  [
    'two targets on one file system',
    'blktap and loopback share the file system on /mnt/one',
    { FAKE_MOUNT: '/mnt/one' },
  ],
  [
    'caches that stay',
    'The caches of this guest cannot be dropped (no/such/file).',
    { DROP_CACHES: 'no/such/file' },
  ],
  [
    'a memory file system',
    'lies in memory (tmpfs), not on a disk.',
    { FAKE_MOUNT: '/dev/shm', ALLOW_SHARED: '1' },
  ],
  [
    'a missing target',
    'No target for blktap. Give blktap=DIRECTORY, or blktap=none',
    {},
    ['loopback=mnt/loopback'],
  ],
  ['nothing to measure', 'No backend is left to measure.', {}, ['loopback=none', 'blktap=none']],
  [
    'a target that is not there',
    '/mnt/gone, the target of blktap, is not a directory.',
    {},
    ['loopback=mnt/loopback', 'blktap=mnt/gone'],
  ],
  [
    'one target twice',
    'blktap and loopback have the same target, ',
    {},
    ['loopback=mnt/loopback', 'blktap=link'],
  ],
  ['a backend of no plan', 'There is no backend qcow2 in this plan.', {}, ['qcow2=/mnt']],
  ['a target given twice', 'The target of lvm is given twice.', {}, ['lvm=/a', 'lvm=/b']],
  ['an empty target', 'The target of lvm is not the name of a directory.', {}, ['lvm=']],
  ['an unknown word', 'Expected BACKEND=DIRECTORY, got --dry.', {}, ['--dry']],
]

for (const [what, says, settings, words] of refused) {
  checks(`${what} is refused`, () => {
    if (what === 'a memory file system' && !SHARED_MEMORY) skip('no /dev/shm')
    const guest = makeGuest(scriptOf(), IDS)
    symlinkSync('mnt/loopback', path.join(guest.folder, 'link'))
    const { code, stderr } = guest.run(words, settings)
    assert.is(code, 2, stderr)
    assert.match(stderr, says)
    assert.equal(guest.log(), [])
    assert.not(guest.has('results'))
  })
}

checks('an unknown memory below the guest is refused, with the way out', () => {
  const guest = makeGuest(scriptOf(UNKNOWN), IDS)
  const { code, stderr } = guest.run()
  assert.is(code, 2)
  assert.match(
    stderr,
    'Set DOM0_MIB (in dom0: free -m) or DOM0_SSH=root@dom0; ALLOW_UNKNOWN=1 measures all the same',
  )
  assert.equal(guest.log(), [])
})

checks('somebody who drops the caches by hand is told when, and nothing waits for an answer', () => {
  const guest = makeGuest(scriptOf({ ...PLAN, runs: 1 }), IDS)
  const { code, stderr } = guest.run(undefined, { PAUSE: '1' })
  assert.is(code, 0)
  assert.is(stderr.match(/^Now in dom0, within 1 seconds: sync; echo 3 >/gm)?.length, 2)
  assert.match(
    guest.run(undefined, {}).stderr,
    /^Nothing drops the caches of dom0, which can keep the files of loopback\./m,
  )
})

checks('a dry run prints every command, and runs none', () => {
  const guest = makeGuest(scriptOf(SYNC_PLAN), IDS)
  mkdirSync(path.join(guest.folder, "mnt/it's here"))
  const words = ['--dry-run', ...guest.targets, "lvm=mnt/it's here"]
  const { code, stdout, stderr } = guest.run(words, { BEFORE_RUN: 'touch owned', DOM0_SSH: 'root@dom0' })
  assert.is(code, 0, stderr)
  assert.equal(guest.log(), [])
  assert.equal(readdirSync(guest.folder).sort(), ['bin', 'drop', 'log', 'mnt', 'plan.sh'])
  const lines = stdout.trimEnd().split('\n')
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
  for (const command of [
    /^mkdir -p /,
    /^sync$/,
    /^env BACKEND=\w+ ROUND=\d sh -c 'touch owned'$/,
    /^ssh .*drop_caches'$/,
  ])
    assert.is(count(command), 18, String(command))
  assert.is(count(/^bonnie\+\+ -d .* -n 160 .*[^b] >results\/old-2\/\w+\/\.run-\d\.part 2>&1$/), 9)
  assert.is(count(/^bonnie\+\+ -d .* -n 16 .* -b >results\/old-2-sync\/\w+\/\.run-\d\.part 2>&1$/), 9)
  assert.is(count(/^mv results\/.*\.part results\/.*\/run-\d\.txt$/), 18)
  assert.is(count(/^rm -rf \/.*\/mnt\/\w/), 12)
  assert.is(count(/^rm -rf '.*\/mnt\/it'\\''s here\/bonnie-report\.\d+'$/), 6)
})

checks('a dry run goes on where a run would be refused, and says so', () => {
  const guest = makeGuest(scriptOf(UNKNOWN), IDS)
  const { code, stdout, stderr } = guest.run(['--dry-run'], { BONNIE: 'no-such-bonnie' })
  assert.is(code, 2)
  const objections = stderr.match(/(?<=^Would refuse: ).*/gm)?.join('\n') ?? ''
  for (const says of ['No target for loopback', 'There is no no-such-bonnie here', 'Set DOM0_MIB'])
    assert.match(objections, says)
  assert.is(stdout.match(/^no-such-bonnie -d \/mnt\/loopback\/bonnie-report\.\d+ /gm)?.length, 3)
})

checks.run()

const real = suite('the real bonnie++')
real.after.each(tidy)

real('makes a trial that is marked as one', () => {
  if (!isInstalled('bonnie++')) skip('no bonnie++')
  const guest = makeGuest(scriptOf(UNKNOWN), ['loopback'])
  const words = ['--trial', ...guest.targets, 'blktap=none']
  // a folder of a test is for its user alone
  const { code, stderr } = guest.run(words, { PATH: process.env.PATH ?? '', RUN_AS: 'root' })
  assert.is(code, 0, stderr)
  const { folders } = readLibrary(path.join(guest.folder, 'results'), knownNames({}, knowledge))
  const [report, ...others] = folders.map((folder) => analyse(folder, knowledge))
  assert.equal(others, [])
  assert.equal(report?.diagnostics, [])
  assert.equal([report?.study.slug, report?.study.status], ['old-2-trial', 'invalid'])
  assert.equal(
    report?.runs.map((run) => [run.backend, run.file_size_mib, run.num_files, run.name]),
    [1, 2].map(() => ['loopback', 16, 1, 'vm101']),
  )
})

real.run()
