/** What an attach line says of who served the disk, and what follows from that. */
import * as assert from 'uvu/assert'
import { type AttachLine, readAttach, toolstackOf } from '../../src/analysis/attach.ts'
import { attachmentOf } from '../../src/analysis/attachment.ts'
import { documented } from '../../src/analysis/documented.ts'
import type { Evidence } from '../../src/analysis/evidence.ts'
import { judge } from '../../src/analysis/judge.ts'
import { missingFacts } from '../../src/analysis/missing.ts'
import { PROFILES } from '../../src/analysis/profiles.ts'
import { knowledgeOf } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { BackendFacts, Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('attach lines')

const PAGES = knowledgeOf(readTemplates())

const LINES: readonly (readonly [attach: string, read: Partial<AttachLine> | null])[] = [
  ['file:', { prefix: 'file:', format: 'raw', target: null }],
  ['file:/srv/vm.img', { prefix: 'file:', target: 'file' }],
  ['tap:aio:/srv/vm.img,xvda,w', { prefix: 'tap:aio:', target: 'file', text: 'tap:aio:/srv/vm.img,xvda,w' }],
  ["disk = [ 'tap:aio:/srv/vm.img,xvda,w' ]", { prefix: 'tap:aio:', text: 'tap:aio:/srv/vm.img,xvda,w' }],
  ['tap:qcow2:/srv/vm.qcow2,xvda,w', { prefix: 'tap:qcow2:', format: 'qcow2' }],
  ['tap:aio on a raw partition', { prefix: 'tap:', target: null }],
  ['phy:vg/vm,xvda,w', { prefix: 'phy:', target: 'device' }],
  ['phy:/dev/vg/vm', { target: 'device' }],
  ['phy:loop0,xvda,w', { target: 'loop device' }],
  ['phy:/dev/loop/3', { target: 'loop device' }],
  ['phy:/dev/xen/blktap-2/tapdev0,xvda,w', { target: 'tap device' }],
  ['/srv/vm.img,raw,xvda,rw', { prefix: '', format: 'raw', target: 'file' }],
  ['/srv/vm.vhd,vhd,xvda,rw,backendtype=tap', { format: 'vhd', backendtype: 'tap' }],
  ['format=qcow2, vdev=xvda, access=rw, target=/srv/vm.img', { format: 'qcow2', target: 'file' }],
  ['vdev=xvda, backendtype=phy, target=/dev/vg/vm', { backendtype: null, target: 'device' }],
  ['losetup --direct-io=on', null],
  ['vdev=xvda, script=block-drbd, target=r0', null],
  ['drbd:r0,xvda,w', null],
  ['-drive file=/srv/vm.img,format=raw,if=virtio', null],
  ["<source file='/srv/vm.img'/>", null],
  ['LVM volume on virtio', null],
  ['qcow2 image on emulated IDE', null],
]
for (const [attach, read] of LINES) {
  test(`${attach} is read`, () => {
    const line = readAttach(attach)
    if (read === null) return assert.is(line, null)
    for (const [key, value] of Object.entries(read)) assert.is(line?.[key as keyof AttachLine], value, key)
  })
}

const STACKS: readonly (readonly [hypervisor: string, date: string | null, stack: string | null])[] = [
  ['Xen 4.8', null, '4.8 xl'],
  ['Xen 4.17.2 (Debian)', null, '4.17 xl'],
  ['Xen 4.4', null, '4.4 xm xl'],
  ['Xen 4.4, xl', null, '4.4 xl'],
  ['Xen 4.4 with xend', null, '4.4 xm'],
  ['Xen 3.4.3', null, '3.4 xm'],
  ['Xen', null, '? xm xl'],
  ['Xen', '2010', '? xm'],
  ['Xen unstable, July 2006', '2006-07', '? xm'],
  ['Xen', '2011', '? xm xl'],
  ['XCP-ng 8.3 (Xen 4.17)', null, null],
  ['KVM', null, null],
]
for (const [hypervisor, date, stack] of STACKS) {
  test(`${hypervisor}${date ? ` in ${date}` : ''} is ${stack ?? 'nothing that the pages speak of'}`, () => {
    const found = toolstackOf({ host: { hypervisor }, ...(date && { date }) })
    assert.is(found && `${found.version ?? '?'} ${found.tools.join(' ')}`, stack)
  })
}

function attached(kind: string, attach: string, host: Facts['host'], more: Partial<Facts> = {}) {
  const facts: Facts = { ...more, ...(host && { host }), backends: { b: { attach } } }
  const page = PAGES.find(({ id }) => id === kind) ?? null
  return attachmentOf({ id: 'b', title: kind, kind }, page, facts, PAGES)
}

type Row = readonly [kind: string, attach: string, hypervisor: string | null, verdict: string | null]
const VERDICTS: readonly Row[] = [
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 4.8', 'contradicts loopback'],
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 4.10', 'contradicts loopback'],
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 4.20', 'contradicts loopback'],
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 4.5', 'contradicts qdisk'],
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 3.4.3', 'agrees blktap'],
  ['blktap', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 4.3', 'agrees blktap blktap2 qdisk'],
  ['blktap2', 'tap:aio:/srv/vm.img,xvda,w', 'Xen 3.4.3', 'agrees blktap'],
  ['blktap', 'tap:aio:', 'Xen 4.8', 'contradicts loopback'],
  ['blktap', 'tap:aio:/dev/sda5', 'Xen 4.8', 'contradicts lvm partition'],
  ['blktap', 'tap:aio:/srv/vm.img', null, 'open blktap blktap2 qdisk loopback'],
  ['blktap2', 'phy:/dev/xen/blktap-2/tapdev0', 'Xen 4.8', 'agrees blktap2'],
  ['blktap3', '/srv/vm.img,raw,xvda,rw,backendtype=tap', 'Xen 4.19', 'agrees blktap3'],
  ['blktap', '/srv/vm.img,raw,xvda,rw,backendtype=tap', 'Xen 4.19', 'agrees blktap3'],
  ['loopback', 'file:/srv/vm.img', 'Xen 4.5', 'contradicts qdisk'],
  ['loopback', 'file:/srv/vm.img', 'Xen 4.4 xl', 'contradicts qdisk'],
  ['loopback', 'file:/srv/vm.img', 'Xen 4.4', 'open loopback qdisk'],
  ['loopback', 'file:/srv/vm.img', 'Xen 4.6', 'agrees loopback'],
  ['loopback', 'file:', 'Xen', 'open loopback blktap2 qdisk'],
  ['loopback', '/srv/vm.img,raw,xvda,rw', 'Xen 4.17', 'agrees loopback'],
  ['loopback', 'file:/srv/vm.img', 'Xen 4.1, xl', null],
  ['loopback-direct', 'file:/srv/vm.img', 'Xen 4.17', 'contradicts loopback'],
  ['loopback-direct', 'phy:/dev/loop0', 'Xen 4.17', 'agrees loopback-direct loopback'],
  ['lvm', 'phy:/dev/vg/vm', 'Xen 4.17', 'agrees lvm partition'],
  ['lvm', 'phy:vg/vm', null, 'agrees lvm partition'],
  ['lvm-thin', 'phy:/dev/vg/vm', 'Xen 4.17', 'agrees lvm partition'],
  ['partition', 'phy:/dev/sda5', 'Xen 3.0', 'agrees lvm partition'],
  ['qdisk', 'file:/srv/vm.img', 'Xen 4.5', 'agrees qdisk'],
  ['qdisk', '/srv/vm.img,qcow2,xvda,rw', 'Xen 4.17', 'agrees qcow2'],
  ['qcow2', '/srv/vm.img,qcow2,xvda,rw', 'Xen 4.17', 'agrees qcow2'],
  ['loopback', 'losetup', 'Xen 4.5', null],
  ['loopback', 'file:/srv/vm.img', 'XCP-ng 8.3', null],
  ['kvm-raw', 'file:/srv/vm.img', 'KVM', null],
  ['native', 'file:/srv/vm.img', 'Xen 4.5', null],
]
for (const [kind, attach, hypervisor, verdict] of VERDICTS) {
  test(`${attach} filed under ${kind}, ${hypervisor ?? 'no hypervisor'}: ${verdict ?? 'silent'}`, () => {
    const found = attached(kind, attach, hypervisor === null ? undefined : { hypervisor })
    const words = found && [found.verdict, ...found.kinds.toSorted()].join(' ')
    const [first = '', ...kinds] = verdict?.split(' ') ?? []
    assert.is(words, verdict && [first, ...kinds.toSorted()].join(' '))
    assert.ok(!found || found.sources.length > 0)
  })
}

function evidence(kind: string, backend: BackendFacts, host: Facts['host']): [Evidence, Facts] {
  const facts: Facts = { ...(host && { host }), guest: { ram: '256 MiB' }, backends: { [kind]: backend } }
  const [own] = evidenceOf([aRun(kind, { put_block: 90000, get_block: 90000 })], PAGES, facts)
  assert.ok(own)
  return [own as Evidence, facts]
}

test('what the line contradicts is suspect, with the version, the source and what to record', () => {
  const [own, facts] = evidence('blktap', { attach: 'tap:aio:/srv/vm.img' }, { hypervisor: 'Xen 4.8' })
  const findings = judge([own], facts).findings.filter(({ rule }) => rule === 'attach-line')
  assert.equal(
    findings.map(({ metric, effect, level }) => [metric, effect, level]),
    [[undefined, 'suspect', 'warning']],
  )
  for (const id of ['put_block', 'get_block'] as const) {
    assert.is(own.runs.map((run) => judge([own], facts).validity(run, id)).join(), 'suspect', id)
  }
  assert.match(
    findings[0]?.message ?? '',
    'under Xen 4.8 (xl of Xen 4.6 and later) selects loopback, not blktap; source: xen.git a0a2dc45f1',
  )
  assert.match(findings[0]?.message ?? '', 'a0a2dc45f1')
  assert.match(findings[0]?.remedy ?? '', 'effective')
  assert.is(own.caches, 'unknown', 'blktap does not cache, loopback does')
  assert.ok(
    missingFacts([own], facts).some(({ key, decisive }) => key === 'backends.blktap.effective' && decisive),
  )
})

test('what is recorded as effective is asked no more', () => {
  const [own, facts] = evidence(
    'blktap',
    { attach: 'tap:aio:/srv/vm.img', effective: 'loopback' },
    { hypervisor: 'Xen 4.8' },
  )
  assert.is(own.attached, null)
  assert.ok(missingFacts([own], facts).every(({ key }) => !key.endsWith('effective')))
})

test('where the memory of the host is known, only a backend that surely caches asks how much of it could', () => {
  const asked = (ram: string | undefined, caches: 'yes' | 'unknown') =>
    missingFacts(evidenceOf([aRun('b', { put_block: 1000 })], [aPage('b', { caches })]), {
      host: ram === undefined ? {} : { ram },
    }).flatMap(({ key, fact }) => (key === 'host.dom0_ram' ? [fact] : []))
  assert.equal(asked('16 GiB', 'unknown'), [])
  assert.equal(asked('16 GiB', 'yes'), ["how much of the host's 16 GiB could cache"])
  assert.is(asked(undefined, 'unknown').length, 1)
})

const CACHES: readonly (readonly [kind: string, attach: string | null, caches: string, flush: string])[] = [
  ['qdisk', null, 'yes', 'yes'],
  ['qdisk', '/srv/vm.img,raw,xvda,rw,direct-io-safe,backendtype=qdisk', 'no', 'yes'],
  ['kvm-raw', null, 'unknown', 'yes'],
  ['kvm-raw', '-drive file=/srv/vm.img,if=virtio,cache=none', 'no', 'yes'],
  ['kvm-qcow2', "<driver name='qemu' type='qcow2' cache='writeback'/>", 'yes', 'yes'],
  ['kvm-lvm', '-drive file=/dev/vg/vm,cache=unsafe,if=virtio', 'yes', 'no'],
  ['kvm-lvm', '-drive file=/dev/vg/vm,detect-cache=none', 'unknown', 'yes'],
  ['kvm-lvm', '-drive file=/dev/vg/vm,cache=nonesuch', 'unknown', 'yes'],
  ['loopback', 'losetup --direct-io=on', 'no', 'unknown'],
  ['loopback', 'losetup --direct-io=off', 'yes', 'unknown'],
  ['loopback', 'losetup', 'yes', 'unknown'],
]
for (const [kind, attach, caches, flush] of CACHES) {
  test(`${kind}${attach ? ` attached by ${attach}` : ''}: caches ${caches}, flushes ${flush}`, () => {
    const [own] = evidence(kind, attach === null ? {} : { attach }, undefined)
    assert.equal([own.caches, own.flush], [caches, flush])
  })
}

test('a generation of blktap is held against what was published of blktap', () => {
  const runs = [aRun('blktap2', { put_block: 93549 }), aRun('loopback', { put_block: 18075 })]
  const rules = judge(evidenceOf(runs, PAGES), {}).findings.map(({ rule, backend }) => `${rule} ${backend}`)
  assert.ok(rules.includes('unlike-published blktap2'))
})

test('a cache mode that nobody wrote down is missed', () => {
  const keys = (attach: string) => {
    const [own, facts] = evidence('kvm-raw', { attach }, { hypervisor: 'KVM' })
    return missingFacts([own], facts).map(({ key }) => key)
  }
  assert.ok(keys('raw file on virtio').includes('backends.kvm-raw.attach'))
  assert.not.ok(keys('raw file on virtio, cache=none').includes('backends.kvm-raw.attach'))
})

const CHOICES: readonly (readonly [
  kinds: readonly string[],
  hypervisor: string | null,
  choice: string | null,
])[] = [
  [['loopback', 'blktap'], 'Xen', 'lvm'],
  [['loopback', 'blktap'], null, 'lvm'],
  [['loopback', 'native'], 'KVM (microVM)', 'lvm'],
  [['lvm-thin', 'lvm-snapshot'], 'Xen 4.17', 'lvm'],
  [['kvm-raw', 'kvm-qcow2'], 'KVM', 'kvm-lvm'],
  [['kvm-raw', 'native'], null, 'kvm-lvm'],
  [['native'], 'QEMU, then KVM', 'kvm-lvm'],
  [['native'], 'VMware ESXi', null],
  [['native'], null, null],
]
for (const [kinds, hypervisor, choice] of CHOICES) {
  test(`${kinds.join(' and ')} under ${hypervisor ?? 'nobody knows what'}: the documents suggest ${choice ?? 'nothing'}`, () => {
    const measured = kinds.map((kind) => ({ id: kind, title: kind, kind }))
    const facts: Facts = hypervisor === null ? {} : { host: { hypervisor } }
    for (const one of PROFILES.filter(({ documented: asked }) => asked.length > 0)) {
      const found = documented(one, PAGES, measured, facts)
      assert.is(found.choice, choice, one.id)
      assert.is(found.because.length > 0, choice !== null)
      assert.ok(found.because.every(({ sources }) => sources.length > 0))
    }
  })
}

test.run()
