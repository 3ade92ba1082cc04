/** What the advice of an article says of documented grounds. */
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import { articleMarkdown, composeArticle, markdownRenderer } from '../../src/report/article.ts'
import { doorsOf } from '../../src/report/doors.ts'
import { provenanceOf } from '../../src/report/provenance.ts'
import { suite } from '../suite.ts'

const test = suite('documented grounds in the article')

const templates = readTemplates()
const knowledge = knowledgeOf(templates)
const { folders } = readLibrary('results', new Set())
const render = markdownRenderer(templates)

/** The advice of a shipped study, read with other front matter where that is given. */
function advice(slug: string, change: (text: string) => string = (text) => text): string {
  const folder = folders.find((one) => one.slug === slug)
  assert.ok(folder)
  const report = analyse({ ...folder, studyText: change(folder.studyText ?? '') }, knowledge)
  const text = articleMarkdown(
    composeArticle(
      report,
      { knowledge, doors: doorsOf(report, new Map()), from: provenanceOf(report, {}, 'A site') },
      render,
    ),
    render,
  )
  return /^## What to choose$.*?(?=^## )/ms.exec(text)?.[0] ?? ''
}

test('where nothing tells backends apart in speed, it says what does, with the source', () => {
  const text = advice('lvm-lab-2026')
  assert.match(text, /choose by features/)
  assert.match(text, /^ {2}- LVM offers resizing and snapshots \(\[source\]\(<https:/m)
  assert.match(text, /^ {2}- LVM: flushes of the guest reach the medium; .* \(\[source\]\(<https:/m)
})

test('where a documented requirement fails, it says where that is documented', () => {
  const unsafe = "attach: 'LVM volume on virtio, cache=unsafe', kind: kvm-lvm }"
  const text = advice('kvm-lvm-2008', (study) => study.replaceAll('attach: LVM volume on virtio }', unsafe))
  assert.match(text, /is left out: a flush of the guest does not reach the medium with cache=unsafe/)
  assert.match(text, /^ {2}- Why KVM with an LVM volume on virtio is left out is documented \(\[source\]/m)
})

test('asks for what no number of runs tells, and no longer once it is told', () => {
  const asks = /Write down what caches below the host and the kind of disk\./
  assert.match(advice('loop-direct-io-2026'), asks)
  const told = (text: string) => text.replace('kind: unknown, cache: unknown', 'kind: ssd, cache: none')
  assert.not.match(advice('loop-direct-io-2026', told), /Write down/)
})

test('asks for the same test of every backend where they were not', () => {
  const asks = /by one version of bonnie\+\+ with the same options, a test file of/
  // the host's file was another size than the guests'
  assert.match(advice('kvm-lvm-2008'), asks)
  assert.not.match(advice('loop-direct-io-2026'), asks)
})

test.run()
