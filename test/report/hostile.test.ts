/** Hostile and empty studies through the whole pipeline: what comes out is text. */
import { readFileSync } from 'node:fs'
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5'
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { StudyFolder } from '../../src/model/library.ts'
import { suite } from '../suite.ts'

const test = suite('hostile and empty studies')

const templates = readTemplates()
const knowledge = knowledgeOf(templates)

const saved = (backend: string) => ({
  path: `${backend}/run.txt`,
  sha256: '0'.repeat(64),
  text: readFileSync(`results/xen-file-backed-vbd/${backend}/vm101.txt`, 'utf8'),
})

async function built(folder: Partial<StudyFolder>) {
  const whole = {
    slug: 's',
    prefix: 's/',
    studyText: null,
    sources: [],
    images: [],
    diagnostics: [],
    ...folder,
  }
  const report = analyse(whole, knowledge)
  const library = { siteText: null, folders: [whole], diagnostics: [] }
  const files = await publish([report], library, templates, {})
  const text = (path: string) => String(files.get(path) ?? '')
  return { report, html: text('s/index.html'), markdown: text('s/report.md'), index: text('index.html') }
}

type Node = DefaultTreeAdapterTypes.Node

function* elements(node: Node): Generator<DefaultTreeAdapterTypes.Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

const EVIL = `<script>alert(1)</script><img src=x onerror=alert(2)>|\`x\` [l](javascript:alert(3)) \u202egnp.exe {{ 7*7 }} https://evil.example www.evil.example`
const yaml = JSON.stringify(EVIL)
const HOSTILE = `---
title: ${yaml}
authors: [${yaml}]
licence: ${yaml}
command: ${yaml}
host: { cpu: ${yaml}, hypervisor: ${yaml} }
guest: { ram: 1 GiB, filesystem: ${yaml} }
backends: { loopback: { title: ${yaml} }, blktap: { title: ${yaml} } }
caveats: [${yaml}]
status: superseded
reason: ${yaml}
---
# ${EVIL}

![far](https://evil.example/x.png) ![far](//evil.example/x.png) <iframe src="https://evil.example"></iframe>

[r]: javascript:alert(4)

[go][r] {{ constructor.constructor('return process')() }} {% include 'pages/base.html.njk' %}
`

const OWN_SCRIPT = [
  { name: 'src', value: '../look.js' },
  { name: 'defer', value: '' },
]

test('whatever the front matter and the prose hold, the page holds it as text', async () => {
  const { html, index } = await built({ studyText: HOSTILE, sources: [saved('loopback'), saved('blktap')] })
  for (const page of [html, index]) {
    for (const { tagName, attrs } of elements(parseHtml(page))) {
      if (tagName === 'script') assert.equal(attrs, OWN_SCRIPT)
      assert.ok(!['iframe', 'object', 'embed', 'form'].includes(tagName), tagName)
      for (const { name, value } of attrs) {
        assert.ok(!name.startsWith('on') && name !== 'style', `${tagName} ${name}`)
        if (name === 'href' || name === 'src') assert.not.match(value, /^\s*(?:javascript|data|vbscript):/i)
        if (name === 'src') assert.not.match(value, /^(?:https?:)?\/\//)
      }
    }
    assert.not.match(page, /[\u202a-\u202e\u2066-\u2069]/)
    assert.not.match(page, />49</, 'templates in data are not run')
  }
})

test('in the Markdown twin it is text too', async () => {
  const { markdown } = await built({ studyText: HOSTILE, sources: [saved('loopback'), saved('blktap')] })
  assert.not.match(markdown, /(?<!\\)<(?:script|img|iframe)/i)
  assert.not.match(markdown, /!\[[^\]]*\]\(<?(?:https?:)?\/\//)
  assert.not.match(markdown, /(?<!\\)\]\(javascript:/i)
  assert.not.match(markdown, /^\[r\]: javascript:/m)
  assert.not.match(markdown.replace(/^.*"author".*$/m, ''), /[\u202a-\u202e]/)
})

for (const [name, folder] of [
  ['no file at all', {}],
  [
    'a file without a result',
    { sources: [{ path: 'lvm/x.txt', sha256: '0'.repeat(64), text: 'nothing here' }] },
  ],
  ['a backend that nobody knows', { sources: [{ ...saved('loopback'), path: 'zzz/run.txt' }] }],
  ['one backend', { sources: [saved('loopback')] }],
] as const) {
  test(`${name}: the page says so in whole sentences`, async () => {
    const { report, html, markdown } = await built(folder)
    assert.equal(JSON.parse(JSON.stringify(report)), report)
    for (const text of [html, markdown])
      assert.not.match(text, /NaN|Infinity|undefined|These no|of {2}|\bcompare ,|null/)
    assert.ok(report.recommendations.every((r) => r.choice === null))
    if (report.runs.length === 0)
      assert.ok(report.recommendations.every((r) => r.verdict === 'no data' && r.coverage === 0))
  })
}

test('a rate of 0 makes no number infinite anywhere', async () => {
  const zeros = {
    ...saved('loopback'),
    text: saved('loopback').text.replace(
      /^vm101.*$/m,
      'vm101         2064M     0   0     0   0     0   0     0   0     0   0   0.0   0',
    ),
  }
  const { report, html } = await built({ sources: [zeros, saved('blktap')] })
  assert.is(report.runs.length, 2)
  assert.equal(JSON.parse(JSON.stringify(report)), report)
  assert.not.match(html, /NaN|Infinity/)
})

test.run()
