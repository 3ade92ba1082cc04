/** What is documented beside speed: requirements that fail, and what tells equals apart. */
import * as assert from 'uvu/assert'
import { gateOf, tieBreaks } from '../../src/analysis/features.ts'
import { PROFILES, type Profile } from '../../src/analysis/profiles.ts'
import { knowledgeOf } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { BackendFacts, Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aRun, evidenceOf } from './build-run.ts'

const test = suite('gates and tie-breaks')

const PAGES = knowledgeOf(readTemplates())

function evidence(kind: string, backend: BackendFacts = {}) {
  const facts: Facts = { backends: { [kind]: backend } }
  const [own] = evidenceOf([aRun(kind, { put_block: 90000 })], PAGES, facts)
  if (!own) throw new Error(`no evidence of ${kind}`)
  return [own, facts] as const
}

const profile = (id: string): Profile => {
  const found = PROFILES.find((one) => one.id === id)
  if (!found) throw new Error(`no profile ${id}`)
  return found
}

test('a requirement that fails is told with its source, and only where the workload asks for it', () => {
  const [unsafe, facts] = evidence('kvm-lvm', { attach: '-drive file=/dev/vg/vm,cache=unsafe' })
  const gate = gateOf(profile('database'), unsafe, facts)
  assert.is(gate?.says, 'a flush of the guest does not reach the medium with cache=unsafe')
  assert.match(gate?.sources[0]?.title ?? '', 'Red Hat Enterprise Linux 7')
  assert.is(gateOf(profile('stream'), unsafe, facts), null)
  const [declared, own] = evidence('lvm', { durable: false })
  assert.match(gateOf(profile('mail'), declared, own)?.says ?? '', 'as its author declares')
  const [trusted, said] = evidence('kvm-lvm', { attach: 'cache=unsafe', durable: true })
  assert.is(gateOf(profile('database'), trusted, said), null)
})

test('what tells equal backends apart is told with its sources, and what all offer is not', () => {
  const own = (kind: string) => evidence(kind)[0]
  const set = ['lvm', 'loopback-direct', 'partition'].map(own)
  const stream = tieBreaks(profile('stream'), set)
  assert.equal(
    stream.map(({ says }) => says),
    ['Lvm offers resizing and snapshots', 'Loopback-direct offers a disk that is an ordinary file'],
  )
  assert.ok(stream.every(({ sources }) => sources.length > 0))
  const database = tieBreaks(profile('database'), set).map(({ says }) => says)
  assert.match(database[0] ?? '', /^Lvm: flushes of the guest reach the medium; under Xen, blkback/)
  assert.match(
    database[1] ?? '',
    /^Loopback-direct: whether flushes of the guest reach the medium is not settled; /,
  )
  assert.equal(tieBreaks(profile('database'), ['lvm', 'partition'].map(own)).length, 1)
  assert.equal(tieBreaks(profile('stream'), [own('kvm-qcow2'), own('qcow2')]), [])
  assert.equal(tieBreaks(profile('stream'), [own('lvm')]), [])
})

test.run()
