/** Who serves the disks of a study's guests, and what is said of it where nobody wrote that down. */
import * as assert from 'uvu/assert'
import { serverOf } from '../../src/analysis/hypervisor.ts'
import { planOf } from '../../src/analysis/plan.ts'
import { recommend } from '../../src/analysis/recommend.ts'
import { knowledgeOf } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import { suite } from '../suite.ts'
import { aRun, evidenceOf } from './build-run.ts'

const test = suite('who serves the disks')

const PAGES = knowledgeOf(readTemplates())
const known = (...kinds: readonly string[]) =>
  kinds.map((kind) => ({ knowledge: PAGES.find(({ id }) => id === kind) ?? null }))

const SERVERS: readonly (readonly [
  kinds: readonly string[],
  hypervisor: string | undefined,
  server: string,
])[] = [
  [['loopback', 'lvm'], 'Xen 4.17', 'dom0'],
  [['gp3'], 'Xen', 'dom0'],
  [['loopback', 'blktap'], undefined, 'dom0'],
  [['loopback', 'lvm'], 'QEMU (software emulation)', 'the host'],
  [['kvm-raw', 'kvm-lvm'], undefined, 'the host'],
  [['gp3', 'local-nvme'], undefined, 'the host'],
  [['loopback'], 'VMware ESXi', 'the host'],
]
for (const [kinds, hypervisor, server] of SERVERS) {
  test(`${kinds.join(' and ')} under ${hypervisor ?? 'nobody knows what'}: ${server}`, () => {
    const facts = hypervisor === undefined ? {} : { host: { hypervisor } }
    assert.is(serverOf(known(...kinds), facts), server)
  })
}

test('where no Xen is known, no sentence speaks of dom0, and LVM is not asked for', () => {
  const evidence = evidenceOf([aRun('gp3', { seeks: 300 }), aRun('local-nvme', { seeks: 2000 })], PAGES)
  const { recommendations } = recommend(evidence, [], {}, PAGES)
  const plan = planOf({ evidence, samples: [] }, recommendations, {})
  assert.not.match(JSON.stringify([recommendations, plan]), /dom0|Xen|LVM/)
  assert.match(plan?.sentence ?? '', "the host's memory")
})

test.run()
