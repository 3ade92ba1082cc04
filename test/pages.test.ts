import * as assert from 'uvu/assert'
import { factsJsonSchema } from '../src/analysis/editor-schema.ts'
import { readKnowledge, readRulePage } from '../src/analysis/front-matter.ts'
import { suite } from './suite.ts'

const pages = suite('pages of our own')

const LVM = `---
title: LVM
aliases: [lv]
hypervisor: xen
summary: A logical volume.
path: blkback
caches: no
store: device
flush: unknown
firstWrite: in place
features: [{ name: snapshots, sources: [S1] }]
options: []
attach: ["phy:/dev/vg/guest"]
toolstack: [{ tool: xl, from: "4.2", target: device, sources: [S1] }]
documented: [{ about: cache, says: none, sources: [S1] }]
disputed: []
sources: { S1: { title: A page, url: https://example.org } }
---
Body.
`

pages('are read with the id of their file', () => {
  const { knowledge, body } = readKnowledge('backends/lvm.md', LVM)
  assert.is(knowledge.id, 'lvm')
  assert.is(knowledge.caches, 'no')
  assert.is(body, 'Body.\n')
  assert.equal(readRulePage('rules/slug.md', '---\ntitle: A name\nlevel: error\n---\nB'), {
    rule: 'slug',
    title: 'A name',
    level: 'error',
    body: 'B',
  })
})

pages('with a defect are our bug', () => {
  const defects: readonly (readonly [string, RegExp])[] = [
    [LVM.replace('caches: no', 'caches: maybe'), /^backends\/lvm\.md:7:9: Expected/],
    [LVM.replace('[S1]', '[S2]'), /no source is called S2/],
    [LVM.replace('title: LVM\n', ''), /backends\/lvm\.md/],
    ['no front matter', /does not begin with front matter/],
  ]
  for (const [text, message] of defects) assert.throws(() => readKnowledge('backends/lvm.md', text), message)
  assert.throws(() => readRulePage('rules/x.md', '---\ntitle: x\nlevel: fatal\n---\n'), /rules\/x\.md:3:8/)
})

pages('have a schema that editors can use', () => {
  const schema = JSON.stringify(factsJsonSchema())
  assert.match(schema, '"dom0_ram"')
  assert.match(schema, '"enum":["hdd","ssd","nvme","raid","unknown"]')
})

pages.run()
