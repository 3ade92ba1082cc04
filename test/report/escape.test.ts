import * as fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import * as assert from 'uvu/assert'
import {
  csvField,
  escapeHtml,
  escapeMarkdown,
  markdownView,
  Verbatim,
  visibleView,
} from '../../src/report/escape.ts'
import { runs, suite } from '../suite.ts'

const test = suite('escaping')

/** What names, notes and file names may try. */
const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example www.evil.example a@evil.example',
  '`code` **bold** _em_ ~~gone~~ | cell | $x$',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '===',
  '&lt;b&gt; &#60;',
  '\\[x\\]',
  '{{ 7*7 }} {% include "x" %}',
  'a\nb\n\n# c',
  '\u202egnp.exe',
  '\u0000\u001b[31mred',
  '@everyone #1',
]

const markdown = new MarkdownIt({ html: true, linkify: true })

for (const payload of PAYLOADS) {
  test(`${JSON.stringify(payload)} is text in a paragraph, a list and a table of Markdown`, () => {
    const text = escapeMarkdown(payload)
    for (const around of [text, `- ${text}`, `| a |\n| --- |\n| ${text} |`, `**${text}**`, `[${text}](x)`]) {
      const html = markdown
        .render(around)
        .replace(/<\/?(?:p|ul|li|table|thead|tbody|tr|th|td|strong)>|<a href="x">|<\/a>|\n/g, '')
      assert.not.match(html.replace(/<\/a>/g, ''), /<[a-z!/]/i)
    }
  })
}

test('escaped text reads as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const html = markdown.render(`x${escapeMarkdown(text)}x`)
      const back = html
        .replace(/^<p>|<\/p>\n$/g, '')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
      assert.is(back, `x${text.replace(/\s+/g, ' ')}x`)
    }),
    { seed: 1, numRuns: runs(500) },
  )
})

test('HTML text holds no character that means markup', () => {
  for (const payload of PAYLOADS)
    assert.not.match(escapeHtml(payload).replace(/&(?:amp|lt|gt|quot|#39);/g, ''), /[<>"'&]/)
})

test('controls and bidirectional overrides are replaced', () => {
  assert.is(escapeHtml('a\u202eb\u0000c\nd'), 'a�b�c\nd')
})

test('a field that a spreadsheet would run is text, a number is a number', () => {
  assert.is(csvField('=1+1'), "'=1+1")
  assert.is(csvField('@x'), "'@x")
  assert.is(csvField('-cmd|x'), "'-cmd|x")
  assert.is(csvField(-5), '-5')
  assert.is(csvField('a,"b"\n'), '"a,""b""\n"')
  assert.is(csvField(null), '')
})

test('a name that objects give a meaning to is a name like any other, and the view itself stays as it was', () => {
  const view = JSON.parse('{"__proto__": "a*b", "rows": [{"__proto__": ["c_d"]}]}')
  const text = JSON.stringify(view)
  assert.is(JSON.stringify(markdownView(view)), text.replace('a*b', 'a\\\\*b').replace('c_d', 'c\\\\_d'))
  assert.is(JSON.stringify(visibleView({ view, noise: '3 ms' })), `{"view":${text},"noise":"3\u00a0ms"}`)
  assert.is(JSON.stringify(view), text)
})

test('every string of a view is escaped, Verbatim and numbers are not', () => {
  assert.equal(markdownView({ a: '*x*', b: [new Verbatim('*y*'), 3, null, true] }), {
    a: '\\*x\\*',
    b: ['*y*', 3, null, true],
  })
})

test.run()
