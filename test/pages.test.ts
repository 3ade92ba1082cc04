import * as assert from 'uvu/assert'
import { factsJsonSchema, readKnowledge, readRulePage } from '../src/analysis/front-matter.ts'
import { suite } from './suite.ts'

const pages = suite('pages of our own')

const LVM = `---
title: LVM
aliases: [lv]
summary: A logical volume.
path: blkback
caches: no
flush: unknown
features: [snapshots]
documented: [{ about: cache, says: none, sources: [S1] }]
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
    [LVM.replace('caches: no', 'caches: maybe'), /^backends\/lvm\.md:6:9: Expected/],
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
