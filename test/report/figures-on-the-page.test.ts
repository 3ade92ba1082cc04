/** Figures as a page and its Markdown twin carry them: an address of their own, a line to cite, files to take along. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import { suite } from '../suite.ts'

const templates = readTemplates()
const STUDY = `---
title: A study
authors: [A. Author]
date: 2010-06
licence: CC0
source: https://example.org/page
---
`
const folder = {
  slug: 's',
  prefix: 's/',
  studyText: STUDY,
  sources: ['loopback', 'blktap'].map((backend) => ({
    path: `${backend}/run.txt`,
    sha256: '0'.repeat(64),
    text: readFileSync(`results/xen-file-backed-vbd/${backend}/vm101.txt`, 'utf8'),
  })),
  images: [],
  diagnostics: [],
}

async function published(siteText: string | null) {
  const report = analyse(folder, knowledgeOf(templates))
  const files = await publish([report], { siteText, folders: [folder], diagnostics: [] }, templates, {})
  const text = (path: string) => String(files.get(path) ?? '')
  const figures = [...text('s/index.html').matchAll(/<figure class="fig" id="([^"]*)">([\s\S]*?)<\/figure>/g)]
  return {
    files,
    markdown: text('s/report.md'),
    figures: figures.map(([, id = '', html = '']) => ({ id, html })),
  }
}

const test = suite('figures on the page')

test('each has a link to itself, a line to cite it by, and the files of its charts', async () => {
  const { files, figures } = await published('title: A blog\nurl: https://blog.example/x/\n')
  assert.ok(figures.length >= 4)
  for (const { id, html } of figures) {
    assert.match(html, `<a class="anchor" href="#${id}">`)
    const title = /<h3>(.*?)<\/h3>/.exec(html)?.[1] ?? ''
    const cited = `A. Author (2010-06): “${title}”. Figure in “A study”, A blog. https://blog.example/x/s/index.html#${id}`
    assert.ok(html.includes(`<p>${cited}</p>`), cited)
    const taken = [...html.matchAll(/href="(charts\/[^"]*)"/g)].map((match) => match[1] ?? '')
    assert.is(taken.length, 3 * (html.match(/>picture</g)?.length ?? 0))
    for (const file of taken) assert.ok(files.has(`s/${file}`), file)
  }
})

test('a site that does not know its address cites without one', async () => {
  const { figures } = await published('title: A blog\n')
  for (const { html } of figures) assert.match(html, '“A study”, A blog.</p>')
})

test('in Markdown the same line is a footnote, used once and defined once', async () => {
  const { figures, markdown } = await published('title: A blog\nurl: https://blog.example\n')
  for (const { id } of figures) {
    const notes = markdown.split(`[^${id}]`).length - 1
    assert.is(notes, 2, id)
    assert.match(markdown, new RegExp(`\\n\\[\\^${id}\\]: A. Author \\(2010-06\\): “.*#${id}`))
  }
})

test('every picture says where its outputs come from', async () => {
  const { files } = await published(null)
  const pictures = [...files].filter(([path]) => /^s\/charts\/.*\.svg$/.test(path))
  assert.ok(pictures.length > 5)
  for (const [path, svg] of pictures) {
    for (const said of ['https://example.org/page', 'blktap/run.txt', 'Outputs: CC0'])
      assert.ok(String(svg).includes(`${said}</dc:`), `${path}: ${said}`)
  }
})

test.run()
