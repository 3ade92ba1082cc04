/** The script that captures with the real bonnie++, on a folder and on a loop device, and what a report makes of it. */
import { spawnSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../../src/commands/run.ts'
import { tidy } from '../folders.ts'
import { type Guest, isInstalled } from '../plan/guest.ts'
import { recorder } from '../program.ts'
import { skip, suite } from '../suite.ts'
import { aGuest, reports } from './captured.ts'

/** The programs of this machine; a folder of a test is for its user alone. */
const HERE = { PATH: process.env.PATH ?? '', RUN_AS: 'root', STUDY: 'real', SYS: '/sys' }

const test = suite('capturing with the real bonnie++')
test.after.each(tidy)

test('a file in memory is flagged as one, and decides nothing', async () => {
  if (!isInstalled('bonnie++')) skip('no bonnie++')
  const guest = aGuest(['loopback', 'native'])
  const { code, stderr } = guest.run(['--trial', ...guest.targets], HERE)
  assert.is(code, 0, stderr)
  const [report, ...others] = reports(guest)
  assert.equal([others, report?.study.slug, report?.study.status], [[], 'real-trial', 'invalid'])
  assert.equal(
    report?.runs.map(({ backend, file_size_mib, num_files }) => [backend, file_size_mib, num_files]),
    ['loopback', 'loopback', 'native', 'native'].map((id) => [id, 16, 1]),
  )
  const flagged = (rule: string) =>
    report?.findings.filter((f) => f.rule === rule).map(({ backend, metric }) => `${backend}.${metric}`) ?? []
  for (const id of ['native', 'loopback'])
    for (const metric of ['put_block', 'rewrite', 'get_block', 'seeks'])
      assert.ok(flagged('cacheable-file').includes(`${id}.${metric}`), `${id}.${metric}`)
  assert.ok(flagged('told-memory').length > 0)
  const verdicts = report?.recommendations.map(({ verdict }) => verdict) ?? []
  assert.ok(verdicts.length > 0 && !verdicts.includes('recommended') && !verdicts.includes('leaning'))
  const { io, err } = recorder()
  const [results, site] = ['results', 'site'].map((name) => path.join(guest.folder, name))
  assert.is(await run(['build', results ?? '', '-o', site ?? '', '-q'], io), 0, err.join('\n'))
  assert.match(guest.read('site/real-trial/index.html'), 'cacheable-file')
})

test('a loop device is told from its disk, with or without direct I/O', () => {
  if (!isInstalled('bonnie++')) skip('no bonnie++')
  const guest = aGuest(['loopback'])
  const [image = '', target = ''] = ['image', 'mnt/loopback'].map((name) => path.join(guest.folder, name))
  writeFileSync(image, '')
  truncateSync(image, 64 * 2 ** 20)
  const isMounted = ['mkfs.ext4 -q -F "$0"', 'mount -o loop "$0" "$1"'].every(
    (command) => spawnSync('sh', ['-c', command, image, target]).status === 0,
  )
  if (!isMounted) skip('no loop devices')
  try {
    const { code, stderr } = guest.run(['--trial', ...guest.targets], HERE)
    assert.is(code, 0, stderr)
    assert.equal(reports(guest)[0]?.facts.backends?.loopback, {
      attach: 'losetup, image of 64 MiB',
      allocation: 'sparse',
    })
    assert.match(guest.read('results/real-trial/study.md'), / {6}on loop\d+, 64 MiB, rotational \d, /)
  } finally {
    spawnSync('umount', [target])
  }
})

test('a disk that is full costs the run, and nothing that was finished', () => {
  if (!isInstalled('bonnie++')) skip('no bonnie++')
  const guest = aGuest(['loopback'])
  if (!mountTiny(guest)) skip('no loop devices')
  const target = path.join(guest.folder, 'mnt/loopback')
  try {
    const words = ['--trial', ...guest.targets]
    // df is asked before the first run: what is free then may be gone later
    const full = { ...HERE, BEFORE_RUN: `[ $ROUND = 1 ] || head -c 30m /dev/zero >'${target}/rival' || true` }
    const { code, stderr } = guest.run(words, full)
    assert.is(code, 1, stderr)
    assert.match(stderr, 'bonnie++ did not come to its end on loopback')
    assert.is(reports(guest)[0]?.runs.length, 1)
    const { stdout } = spawnSync('ls', [target], { encoding: 'utf8' })
    assert.equal(stdout.trim().split('\n'), ['lost+found', 'rival'])
    spawnSync('rm', [path.join(target, 'rival')])
    assert.is(guest.run(words, HERE).code, 0)
    assert.is(reports(guest)[0]?.runs.length, 2)
  } finally {
    spawnSync('umount', [target])
  }
})

function mountTiny({ folder }: Guest): boolean {
  const image = path.join(folder, 'tiny')
  writeFileSync(image, '')
  truncateSync(image, 30 * 2 ** 20)
  const commands = ['mkfs.ext4 -q -F -N 2048 "$0"', 'mount -o loop "$0" "$1"']
  return commands.every(
    (command) => spawnSync('sh', ['-c', command, image, path.join(folder, 'mnt/loopback')]).status === 0,
  )
}

test.run()
