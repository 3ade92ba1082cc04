/** The script that captures, as it runs in a guest: what it measures, what it writes down, and what it refuses. */
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../../src/commands/run.ts'
import { tidy } from '../folders.ts'
import { type Guest, isInstalled, memoryHere, SHELLS } from '../plan/guest.ts'
import { recorder } from '../program.ts'
import { skip, suite } from '../suite.ts'
import { aGuest, makeDisk, reports, SETTINGS } from './captured.ts'

const IDS = ['loopback', 'lvm', 'my-own']
const MEMORY = memoryHere()
const SIZE = Math.ceil((4 * MEMORY) / 1024) * 1024

/** The backends of the runs in a log, in order. */
const turns = (log: readonly string[]) =>
  log.flatMap((line) => /^bonnie .*?\/mnt\/([\w-]+)\//.exec(line)?.[1] ?? [])

const everything = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort()

/** What a guest holds beside its results and what its fake programs write. */
const elsewhere = ({ folder }: Guest) =>
  everything(folder).filter((name) => !/^results\b/.test(name) && name !== 'log')

// ─── measuring ──────────────────────────────────────────────────────────────────────────────────────────────────

const measuring = suite('capturing')
measuring.after.each(tidy)

for (const shell of SHELLS) {
  measuring(`makes rounds of rotating order that our own commands read, in ${shell.join(' ')}`, async () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const guest = aGuest(IDS, shell)
    const before = elsewhere(guest)
    const { code, stdout, stderr } = guest.run(undefined, { ...SETTINGS, WHY: 'To *choose*.' })
    assert.is(code, 0, stderr)
    assert.is(stdout, '')
    const log = guest.log()
    assert.equal(turns(log), [...IDS, 'lvm', 'my-own', 'loopback', 'my-own', 'loopback', 'lvm'])
    for (const line of log) assert.match(line, /^sync$|^bonnie cold -d /)
    for (const line of log) assert.match(line, / -s \d+ -n 128 -f -m vm101|^sync$/)
    // neither the targets nor anything else keeps a trace
    assert.equal(elsewhere(guest), before)
    const [report, ...others] = reports(guest)
    assert.equal([others, report?.diagnostics, report?.study.slug], [[], [], 'new'])
    assert.equal(
      report?.runs.map(({ backend, path }) => [backend, path]),
      IDS.flatMap((id) => [1, 2, 3].map((n) => [id, `${id}/run-${n}.txt`])),
    )
    assert.equal([report?.facts.order, report?.facts.title], ['interleaved', undefined])
    assert.equal([report?.facts.guest?.ram, report?.facts.host?.dom0_ram], [`${MEMORY} MiB`, '1024 MiB'])
    const { io, err } = recorder()
    const [results, site] = ['results', 'site'].map((name) => path.join(guest.folder, name))
    assert.is(await run(['build', results ?? '', '-o', site ?? '', '-q'], io), 0, err.join('\n'))
    assert.match(guest.read('site/new/index.html'), 'To <em>choose</em>.')
  })
}

measuring('saves what bonnie++ printed byte for byte', () => {
  const guest = aGuest(['lvm'])
  assert.is(guest.run(undefined, { ...SETTINGS, RUNS: '1' }).code, 0)
  const [, ...rest] = guest.read('results/new/lvm/run-1.txt').split('\n')
  assert.match(rest.join('\n'), /^1\.98,2\.00a,vm101,.*,1135us\n$/)
})

measuring('takes a file that neither the guest nor dom0 can hold, or a larger one', () => {
  const sizes = (settings: Record<string, string>) => {
    const guest = aGuest(['lvm'])
    const { code, stderr } = guest.run(undefined, { ...SETTINGS, RUNS: '1', ...settings })
    assert.is(code, 0, stderr)
    return guest.log().flatMap((line) => / -s (\d+) /.exec(line)?.slice(1).map(Number) ?? [])
  }
  assert.equal(sizes({}), [SIZE])
  assert.equal(sizes({ DOM0_MIB: String(SIZE) }), [2 * SIZE])
  assert.equal(sizes({ SIZE_MIB: String(SIZE + 1) }), [SIZE + 1])
})

measuring('needs no memory of dom0 where nothing lies below, and then calls the processor its own', () => {
  const guest = aGuest(['native'])
  const { code, stderr } = guest.run(undefined, { ...SETTINGS, DOM0_MIB: '', FAKE_VIRT: 'none' })
  assert.is(code, 0, stderr)
  assert.not.match(stderr, 'dom0')
  assert.not.match(guest.read('results/new/study.md'), 'as the guest sees it')
  const virtual = aGuest(['native']).run(undefined, { ...SETTINGS, DOM0_MIB: '' })
  assert.equal([virtual.code, /Set DOM0_MIB/.test(virtual.stderr)], [2, true])
})

measuring('goes on where Ctrl-C stopped it, with as many small files as before', async () => {
  const guest = aGuest(IDS)
  const child = guest.start(undefined, { ...SETTINGS, FAKE_SLOW: '5' })
  const stopAtFifth = () => {
    const begun = readFileSync(path.join(guest.folder, 'log'), 'utf8').match(/^bonnie /gm) ?? []
    if (begun.length < 5) setTimeout(stopAtFifth, 50)
    else child.kill('SIGINT')
  }
  child.stderr?.on('data', (chunk) => {
    if (/^Run 5 /m.test(String(chunk))) stopAtFifth()
  })
  assert.is((await once(child, 'close'))[0], 130)
  for (const id of IDS) assert.equal(readdirSync(path.join(guest.folder, 'mnt', id)), ['lost+found'])
  assert.is(reports(guest)[0]?.runs.length, 4)
  assert.is(guest.run(undefined, { ...SETTINGS, FILES: '16', RUNS: '4' }).code, 0)
  const made = guest.log().filter((line) => line !== 'sync')
  assert.is(made.length, 4 + 1 + 8)
  for (const line of made) assert.match(line, ' -n 128 ')
  assert.is(reports(guest)[0]?.runs.length, 12)
})

for (const shell of SHELLS) {
  measuring(`comes to its end where its file is written anew meanwhile, in ${shell.join(' ')}`, () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const guest = aGuest(['lvm'], shell)
    const settings = { ...SETTINGS, BEFORE_RUN: "printf 'no-such-command\\n%.0s' $(seq 9000) >plan.sh" }
    const { code, stderr } = guest.run(undefined, settings)
    assert.is(code, 0, stderr)
    assert.match(stderr, 'All runs are complete:')
    assert.not.match(stderr, 'not found')
    assert.match(guest.read('plan.sh'), 'no-such-command')
  })
}

measuring('says which study and which numbers cannot be', () => {
  const guest = aGuest(['lvm'])
  const says = (settings: Record<string, string>, words?: string[]) => {
    const { code, stderr } = guest.run(words, { ...SETTINGS, ...settings })
    assert.is(code, 2, stderr)
    assert.not(guest.has('results'))
    return stderr
  }
  for (const STUDY of ['../up', 'New', 'main', '-x', 'a b'])
    assert.match(says({ STUDY }), `STUDY=${STUDY} is no name of a study`)
  for (const RUNS of ['0', 'x', '3.5']) assert.match(says({ RUNS }), `RUNS=${RUNS} and FILES=128 have to be`)
  assert.match(says({}, []), 'No backend is left to measure.')
  assert.match(says({}, ['lVm=mnt']), 'lVm is no name of small letters')
  assert.match(says({}, ['Lvm=mnt']), 'Expected BACKEND=DIRECTORY, got Lvm=mnt.')
})

measuring.run()

// ─── what the system tells ──────────────────────────────────────────────────────────────────────────────────────

const telling = suite('what capturing finds out')
telling.after.each(tidy)

const ONCE = { ...SETTINGS, RUNS: '1' }
const QUEUE = { size: '614400', 'queue/rotational': '1', 'queue/scheduler': '[none] bfq' }

telling('says of a loop device what it is, as it was before the first run', () => {
  for (const [direct, attach] of [
    ['0', 'losetup, image of 300 MiB'],
    ['1', 'losetup --direct-io=on, image of 300 MiB'],
  ] as const) {
    const guest = aGuest(['mine'])
    const image = path.join(guest.folder, 'an image')
    writeFileSync(image, '')
    truncateSync(image, 300 * 2 ** 20)
    if (statSync(image).blocks > 0) skip('no holes in files')
    makeDisk(guest, 'loop0', { ...QUEUE, 'loop/backing_file': image, 'loop/dio': direct })
    assert.is(guest.run(undefined, ONCE).code, 0)
    assert.equal(reports(guest)[0]?.facts.backends, { mine: { attach, allocation: 'sparse' } })
    // the questions for both are answered
    assert.not.match(guest.read('results/new/study.md'), /# (attach|allocation):/)
    writeFileSync(image, 'x'.repeat(4096))
    assert.is(guest.run(undefined, { ...ONCE, RUNS: '2' }).code, 0)
    assert.is(reports(guest)[0]?.facts.backends?.mine?.allocation, 'sparse')
  }
  const guest = aGuest(['mine'])
  const image = path.join(guest.folder, 'image')
  writeFileSync(image, 'x'.repeat(4096))
  makeDisk(guest, 'loop0', { ...QUEUE, 'loop/backing_file': image })
  assert.is(guest.run(undefined, ONCE).code, 0)
  assert.is(reports(guest)[0]?.facts.backends?.mine?.allocation, 'preallocated')
})

telling('writes down the disk, its queue, and what Xen lets the guest read of it', () => {
  const guest = aGuest(['lvm'])
  makeDisk(guest, 'xvda', { ...QUEUE, 'device/nodename': 'device/vbd/51712' })
  assert.is(guest.run(undefined, ONCE).code, 0)
  assert.match(
    guest.read('results/new/study.md'),
    '  on xvda, 300 MiB, rotational 1, scheduler [none] bfq, type phy, params /dev/vg/vm101\n',
  )
  // what is not known is left out or asked for
  assert.equal(reports(guest)[0]?.facts.backends, { lvm: {} })
  assert.match(guest.read('results/new/study.md'), '    # attach:  # the line that attaches it?\n')
})

telling('asks dom0 how the disks are attached, where it can', () => {
  const guest = aGuest(['lvm'])
  const uuid = '0f4b8a0e-1111-2222-3333-444455556666'
  makeDisk(guest, 'xvda', { ...QUEUE, '../../../class/dmi/id/product_uuid': uuid })
  assert.is(guest.run(undefined, { ...ONCE, DOM0_SSH: 'root@dom0' }).code, 0)
  assert.match(
    guest.read('results/new/study.md'),
    '\n    "disks": [\n        "pdev_path": "/dev/vg/vm101"\n    ]\n',
  )
  assert.match(guest.log().join('\n'), `virsh dumpxml ${uuid} `)
  const other = aGuest(['lvm'])
  makeDisk(other, 'xvda', { ...QUEUE, '../../../class/dmi/id/product_uuid': '$(touch owned)' })
  assert.is(other.run(undefined, { ...ONCE, DOM0_SSH: 'root@dom0' }).code, 0)
  assert.not.match(other.log().join('\n'), 'dumpxml')
})

telling('takes Xen and its version from the kernel', () => {
  const guest = aGuest(['lvm'])
  makeDisk(guest, 'xvda', {
    ...QUEUE,
    '../../../hypervisor/type': 'xen',
    '../../../hypervisor/version/major': '4',
    '../../../hypervisor/version/minor': '17',
  })
  assert.is(guest.run(undefined, { ...ONCE, FAKE_VIRT: 'none' }).code, 0)
  assert.is(reports(guest)[0]?.facts.host?.hypervisor, 'xen 4.17')
})

telling.run()
