/** Whatever somebody's words try to become, every file of the site holds them as text. */
import MarkdownIt from 'markdown-it'
import { parseFragment, parse as parseHtml } from 'parse5'
import * as assert from 'uvu/assert'
import { suite } from '../suite.ts'
import { type Blog, hostileBlog } from './blog.ts'
import { deeds, elements } from './deeds.ts'
import { PAYLOADS } from './payloads.ts'

const test = suite('payloads in the files of a site')
let blog: Blog

test.before(async () => {
  blog = await hostileBlog()
})

const filesLike = (pattern: RegExp) => [...blog.files].filter(([path]) => pattern.test(path))

test('are many, and stand in every kind of file', () => {
  assert.ok(Object.keys(PAYLOADS).length >= 60)
  for (const ending of ['.html', '.md', '.svg', '.json', '.csv', '.xml'])
    assert.ok(
      filesLike(new RegExp(`\\${ending}$`)).some(([, text]) => /alert|evil/.test(text)),
      ending,
    )
})

test('are no element, attribute or address of a page', () => {
  for (const [path, text] of filesLike(/\.html$/)) {
    const page = parseHtml(text)
    assert.equal([...deeds(page)], [], path)
    const scripts = [...elements(page)].filter(({ tagName }) => tagName === 'script')
    for (const { attrs } of scripts) {
      const values = Object.fromEntries(attrs.map(({ name, value }) => [name, value]))
      assert.ok(
        values.type === 'application/json' || /^(?:\.\.\/)*[\w./-]+\.js$/.test(values.src ?? ''),
        path,
      )
    }
    assert.is(
      [...elements(page)].filter(({ tagName }) => tagName === 'title').length,
      countOf(text, '<title'),
      path,
    )
    assert.not.match(
      text,
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u,
      path,
    )
    if (path.startsWith('said-')) assert.not.match(text, />49</, path)
  }
})

const countOf = (text: string, part: string) => text.split(part).length - 1

test('are no element, attribute or address of Markdown, with HTML and links found by themselves', () => {
  const markdown = new MarkdownIt({ html: true, linkify: true })
  markdown.validateLink = () => true
  // GitHub makes no link of an address without its scheme
  markdown.linkify.add('//', null)
  for (const [path, text] of filesLike(/\.md$/)) {
    const page = parseFragment(markdown.render(text))
    assert.equal([...deeds(page)], [], path)
    assert.ok(
      [...elements(page)].every(
        ({ tagName }) => !['script', 'style', 'form', 'link', 'meta'].includes(tagName),
      ),
      path,
    )
  }
})

test('are no element of a picture or a feed', () => {
  for (const [path, text] of filesLike(/\.(?:svg|xml)$/)) {
    assert.equal([...deeds(parseFragment(text))], [], path)
    assert.not.match(text, /<!DOCTYPE|<!ENTITY|<!\[CDATA|<!--/i, path)
    assert.not.match(text, /<\?(?!xml version="1\.0" encoding="utf-8"\?>)/i, path)
    assert.not.match(text, /&(?!(?:amp|lt|gt|quot|#39|#x?[0-9a-f]+);)/i, path)
    assert.not.match(text, /\p{Cs}/u, path)
  }
})

test('leave JSON to be read, in files and in pages', () => {
  for (const [path, text] of filesLike(/\.json$/)) assert.not.throws(() => JSON.parse(text), path)
  for (const [path, text] of filesLike(/\.html$/)) {
    for (const { attrs, childNodes } of elements(parseHtml(text))) {
      if (!attrs.some(({ name, value }) => name === 'type' && value === 'application/json')) continue
      const [inside] = childNodes
      assert.not.throws(() => JSON.parse(inside && 'value' in inside ? inside.value : ''), path)
    }
  }
})

/** Fields after RFC 4180; each with whether it was quoted. */
function fieldsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

test('are no formula of a spreadsheet', () => {
  for (const [path, text] of filesLike(/(?:data|charts\/[\w-]+)\.csv$/)) {
    for (const field of fieldsOf(text)) {
      if (/^[-+]?[\d.,]+(?:e[-+]\d+)?$/.test(field)) continue
      assert.not.match(field, /^[=+\-@\t\r\n＝＋－＠]/, path)
    }
  }
})

test('lead to no file outside the site', () => {
  for (const path of blog.files.keys()) {
    assert.not.match(path, /^\/|(?:^|\/)\.\.?(?:\/|$)|\\\\|\0/, path)
    assert.match(path, /^(?!.*(?:^|\/)\.git\/)/, path)
  }
})

test.run()
