import * as assert from 'uvu/assert'
import { pageAddress, renderMarkdown, uniqueSlug } from '../../src/report/html.ts'
import { proseMarkdown } from '../../src/report/prose.ts'
import { suite } from '../suite.ts'

const test = suite('Markdown to HTML')

const html = (markdown: string) => renderMarkdown(markdown).html

test('raw HTML is text', () => {
  assert.not.match(html('<script>alert(1)</script> <b>x</b>'), /<(?:script|b)>/)
})

test('scripts are no addresses', () => {
  assert.not.match(html('[x](javascript:alert(1)) [y](data:text/html,x)'), /href=/)
})

test('a picture of another host becomes a link, one of ours stays', () => {
  assert.is(html('![a](https://example.com/x.png)'), '<p><a href="https://example.com/x.png">a</a></p>\n')
  assert.is(html('![a](x.png)'), '<p><img src="x.png" alt="a"></p>\n')
  assert.not.match(html('![a](//example.com/x.png)'), /<img/)
})

test('a table of sentences names the column at each cell, for readers who get it as a list', () => {
  const sentence = 'This is a sentence, and far too long to be an entry.'
  const told = html(`| Test | Verdict | Because |\n| --- | --- | ---: |\n| a | b | ${sentence} |`)
  assert.match(told, '<table class="told">')
  assert.match(told, '<th scope="row">a</th>')
  assert.match(told, '<td data-column="Verdict">b</td>')
  assert.match(told, `<td class="r" data-column="Because">${sentence}</td>`)
  assert.not.match(html('| Test | Rate |\n| --- | --- |\n| a | 1 |'), /told|data-column/)
})

test('tables have scopes, a name, and no inline style', () => {
  const table = html('## Rates\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |')
  assert.match(table, '<section class="scroll" tabindex="0" aria-label="Table: Rates">')
  assert.match(table, '<th scope="row">1</th>')
  assert.match(table, '<td class="r">2</td>')
  assert.not.match(table, 'style=')
})

test('no line ends between a number and its unit', () => {
  assert.match(
    html('at 9 % of 26.1 MB/s and 249 seeks/s'),
    'at 9\u00a0% of 26.1\u00a0MB/s and 249\u00a0seeks/s',
  )
  assert.match(html('2 Gbit, 4 masters, `1 GiB`'), '2 Gbit, 4 masters, <code>1 GiB</code>')
})

test('saved text is text', () => {
  assert.match(html('```\n<b>&\n```'), '<pre><code>&lt;b&gt;&amp;\n</code></pre>')
})

test('ids are unique over a page', () => {
  const taken = new Set<string>()
  assert.match(renderMarkdown('## A b', taken).html, 'id="a-b"')
  assert.match(renderMarkdown('## A b', taken).html, 'id="a-b-1"')
  assert.is(uniqueSlug('???', new Set()), 'section')
})

test('links between pages lead to pages', () => {
  assert.is(pageAddress('../backends/lvm/index.md'), '../backends/lvm/index.html')
  assert.is(pageAddress('xen/report.md#x'), 'xen/index.html#x')
  assert.is(pageAddress('https://example.com/index.md'), 'https://example.com/index.md')
  assert.is(pageAddress('notes.md'), 'notes.md')
})

/** Without a page that a number could lead to. */
const closed = { of: () => null }
const prose = (text: string) => proseMarkdown([{ kind: 'markdown', text }], [], closed)

test('the author’s headings skip no level', () => {
  const piece = {
    kind: 'markdown' as const,
    text: '##### deep\n\n# top\n\n```\n# code\n```\n\n#### next\n\n# top',
  }
  const levels = [...proseMarkdown([piece], [], closed).matchAll(/^#+ .*/gm)].map(String)
  assert.equal(levels, ['### deep', '### top', '# code', '#### next', '### top'])
})

test('the author’s headings begin below the section', () => {
  assert.is(prose('# A\n## B\n### C\n\n```\n# not me\n```'), '### A\n### B\n#### C\n\n```\n# not me\n```')
  assert.is(prose('Title\n=====\n\ntext'), '### Title\n\ntext')
})

test('the author’s raw HTML is text in the Markdown twin, his links are links', () => {
  assert.is(
    prose('<img src=x> and [a](<b c>) and <https://x.example> and `<b>`'),
    '\\<img src=x> and [a](b%20c) and <https://x.example> and `<b>`',
  )
})

test('a quote carries its verdict, a supported claim does not', () => {
  const place = { file: 'study.md', line: 1, column: 1 }
  const claims = [
    { kind: 'quote', text: 'faster', expression: '', verdict: 'not decidable', because: '', place },
    { kind: 'claim', text: 'slower', expression: '', verdict: 'supported', because: '', place },
  ] as const
  assert.is(
    proseMarkdown(
      [
        { kind: 'claim', text: 'faster', claim: 0 },
        { kind: 'markdown', text: ', ' },
        { kind: 'claim', text: 'slower', claim: 1 },
      ],
      claims,
      closed,
    ),
    'faster *(these data: cannot be decided)*, slower',
  )
})

test.run()
