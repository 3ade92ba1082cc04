/** The page of a saved file: its text, and in it exactly what was read. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5'
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { toSource } from '../../src/decode.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { StudyFolder } from '../../src/model/library.ts'
import { linesOf, tokenAt } from '../../src/model/lines.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import type { Cell, Source } from '../../src/model/run.ts'
import { doorsOf } from '../../src/report/doors.ts'
import { pageRenderer } from '../../src/report/layout.ts'
import { runsByPath, savedFile } from '../../src/report/saved.ts'
import { savedPage } from '../../src/report/saved-page.ts'
import { brokenLinks } from '../browser/links.ts'
import { suite } from '../suite.ts'

const test = suite('the page of a saved file')

const templates = readTemplates()
const knowledge = knowledgeOf(templates)
const pages = pageRenderer(templates)
const SEED = readFileSync('results/xen-file-backed-vbd/loopback/vm101.txt', 'utf8')

function folderOf(folder: Partial<StudyFolder>): StudyFolder {
  const empty = { slug: 's', prefix: 's/', studyText: null, sources: [], images: [], diagnostics: [] }
  return { ...empty, ...folder }
}

async function built(folder: Partial<StudyFolder>) {
  const whole = folderOf(folder)
  const report = analyse(whole, knowledge)
  const library = { siteText: null, folders: [whole], diagnostics: [] }
  const files = await publish([report], library, templates, {})
  return { report, files, text: (file: string) => String(files.get(`${whole.slug}/${file}`) ?? '') }
}

/** The page of one saved file of a report, without the rest of the site. */
function pageOf(report: Report, source: Source): string {
  const file = savedFile(source, runsByPath(report).get(source.path) ?? [], report)
  const doors = doorsOf(report, new Map([[source.path, file]]))
  const use = report.sources.find((each) => each.path === source.path)
  assert.ok(use)
  const page = savedPage(
    report,
    { saved: file, source: use, place: `raw/${source.path}` },
    { doors, toStudy: '../../../' },
  )
  const words = { title: 't', description: 'd', root: './', siteTitle: 's', section: 'none' } as const
  const frame = { ...words, feed: false, indexed: true, shared: null }
  return pages.saved(frame, page)
}

const saved = (file: string, bytes: Uint8Array | string): Source => {
  const { source } = toSource(Buffer.from(bytes), file)
  assert.ok(source, file)
  return source
}

// ─── what stands in a page ──────────────────────────────────────────────────────────────────────────────────────

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

const attribute = ({ attrs }: Element, name: string) => attrs.find((each) => each.name === name)?.value

interface View {
  /** the text that is shown, line ends included */
  readonly text: string
  /** what is marked, by its id */
  readonly marks: ReadonlyMap<string, Element>
  readonly tags: readonly string[]
}

function viewOf(html: string): View {
  const pre = [...elements(parseHtml(html))].find(({ tagName }) => tagName === 'pre')
  assert.ok(pre, 'the page shows no text')
  const inner = [...elements(pre)]
  const marks = inner.flatMap((each) => (/^L\d+C\d+$/.test(attribute(each, 'id') ?? '') ? [each] : []))
  return {
    text: textOf(pre),
    marks: new Map(marks.map((each) => [attribute(each, 'id') ?? '', each])),
    tags: [...new Set(inner.map(({ tagName }) => tagName))].sort(),
  }
}

/** Whether a printed token may be this cell: bonnie++ scales with k, m and g, and rounds. */
function fits(token: string, cell: Cell): boolean {
  // converters print a rate that is too high to tell as 0
  if (cell.state === 'at_least') return /^(\++|0k?)$/.test(token)
  if (cell.state !== 'measured') return token === cell.printed
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(token) ?? []
  const times = [1, 1024, 1024 ** 2]['kmg'.indexOf(unit.toLowerCase())] ?? 1
  const found = [1, 1000, 1024].map((scale) => Number(number) * times * scale)
  return found.some((rate) => Math.abs(rate - (cell.rate ?? 0)) <= (cell.tolerance ?? 1e-6))
}

/** Every cell of a study against the page of its file; how many there are. */
function checkCells(report: Report, sources: readonly Source[]): number {
  let cells = 0
  for (const source of sources) {
    const view = viewOf(pageOf(report, source))
    const lines = [...linesOf([source.text])]
    const runs = report.runs.filter((run) => run.path === source.path)
    for (const cell of runs.flatMap((run) => METRIC_IDS.map((id) => run.cells[id]))) {
      if (cell.line === null || cell.column === null) continue
      const where = `${source.path}:${cell.line}:${cell.column}`
      const mark = view.marks.get(`L${cell.line}C${cell.column}`)
      assert.ok(mark, `${where} is not marked`)
      const token = tokenAt(lines[cell.line - 1] ?? '', cell.column, lines[cell.line])
      assert.ok(fits(token, cell), `${where}: "${token}" is not ${JSON.stringify(cell)}`)
      const shown = textOf(mark)
      assert.ok(shown === token || (shown.endsWith('=') && token.startsWith(shown.slice(0, -1))), where)
      const before = textBefore(mark)
      if (before !== null) assert.is(before.length, cell.column - 1, `${where} is marked elsewhere`)
      cells += 1
    }
    assert.is(view.marks.size, new Set(runs.flatMap(placesOf)).size, `${source.path}: marks beside its cells`)
  }
  return cells
}

/** What stands on the line before a mark; null where not all of it is shown. */
function textBefore(mark: Element): string | null {
  const siblings = mark.parentNode && 'childNodes' in mark.parentNode ? mark.parentNode.childNodes : []
  const before = siblings.slice(0, siblings.indexOf(mark))
  return before.some((each) => each.nodeName === 'i') ? null : before.map(textOf).join('')
}

function placesOf({ cells }: { readonly cells: Readonly<Record<string, Cell>> }): string[] {
  return Object.values(cells).flatMap(({ line, column }) => (line === null ? [] : [`${line}:${column}`]))
}

// ─── what was read ──────────────────────────────────────────────────────────────────────────────────────────────

for (const folder of readLibrary('results', new Set()).folders) {
  test(`marks every cell of ${folder.slug}, and nothing else`, () => {
    const report = analyse(folder, knowledge)
    assert.ok(checkCells(report, folder.sources) >= 12)
    for (const source of folder.sources) {
      const { text } = viewOf(pageOf(report, source))
      assert.is(text.trimEnd(), source.text.replaceAll('\r\n', '\n').trimEnd(), source.path)
    }
  })
}

test('marks every cell of every dialect and of the corpus, however it was carried', () => {
  const folders = ['dialects', 'corpus'].map((name) => path.join('test/fixtures', name))
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /input\.[a-z]+$|^(?!README).*(?<!expected)\.(txt|csv|html|log)$/.test(name))
      .map((name) => path.join(folder, name)),
  )
  assert.ok(files.length > 100)
  let cells = 0
  for (const file of files) {
    const source = saved('loopback/run.txt', readFileSync(file))
    cells += checkCells(analyse(folderOf({ sources: [source] }), knowledge), [source])
  }
  assert.ok(cells > 1500, `${cells} cells`)
})

test('shows what was packed and what is not UTF-8 as the text that was read', () => {
  const german = `Größe im Gast\r\n${SEED}`
  const sources = [
    saved('loopback/packed.txt.gz', gzipSync(SEED)),
    saved('loopback/wide.txt', Buffer.from(`\ufeff${german}`, 'utf16le')),
    saved('loopback/old.txt', Buffer.from(german, 'latin1')),
  ]
  for (const source of sources) {
    const report = analyse(folderOf({ sources: [source] }), knowledge)
    assert.is(checkCells(report, [source]), 12)
    const { text } = viewOf(pageOf(report, source))
    assert.match(text, source.path.includes('packed') ? 'Version 1.03c' : 'Größe im Gast\nVersion 1.03c')
  }
})

test('tells of each cell what it counts as, by its look and in words', () => {
  const source = saved('loopback/run.txt', SEED)
  const facts = '---\nguest: { ram: 1 GiB }\n---\n'
  const html = pageOf(analyse(folderOf({ studyText: facts, sources: [source] }), knowledge), source)
  const { marks } = viewOf(html)
  const looks = new Set([...marks.values()].map((mark) => attribute(mark, 'class')))
  assert.equal([...looks].sort(), ['censored', 'not-disk', 'suspect'])
  for (const mark of marks.values()) {
    const look = attribute(mark, 'class') ?? ''
    assert.match(attribute(mark, 'title') ?? '', `: ${look}: `)
    assert.match(templates.get('style.css') ?? '', `.saved .${look}`)
    assert.match(html, `<span class="${look}">12345</span> ${look}`)
  }
})

// ─── what may stand in a file ───────────────────────────────────────────────────────────────────────────────────

const EVIL = `</pre></section><script>alert(1)</script><img src=x onerror=alert(2)> &lt;b&gt; <!-- ]]> {{ 7*7 }}
\u0000\u001b[31m \u202egnp.exe\u2066 \r lone \u007f "quoted' & <svg/onload=1>`

test('whatever a file holds, its page holds it as text', async () => {
  const source = saved('loopback/a"><script>.txt', `${EVIL}\n${SEED.replace('vm101', '<b>x</b>')}\n${EVIL}`)
  const study = await built({ sources: [source] })
  const written = [...study.files].filter(([name]) => name.startsWith('s/') && name.endsWith('.html'))
  assert.is(written.length, 3)
  for (const [name, html] of written) {
    assert.ok(typeof html === 'string')
    // the one script of ours, which every article with a chart names
    const own = html.replace('<script src="../look.js" defer></script>', '')
    for (const element of elements(parseHtml(own))) {
      assert.not.ok(['script', 'img', 'b', 'iframe'].includes(element.tagName), `${name}: ${element.tagName}`)
      assert.not.ok(element.attrs.some((each) => each.name.startsWith('on') || each.name === 'style'))
    }
    assert.not.match(html, /[\u0000\u001b\u007f\u202a-\u202e\u2066-\u2069]/)
  }
  const { tags, text } = viewOf(study.text(`raw/${source.path}.view/index.html`))
  assert.equal(tags, ['a', 'pre', 'span'])
  assert.match(text, '<script>alert(1)</script>')
  // a lone return would be a line end, and every line below would have another number
  assert.is(text.split('\n').length, source.text.trimEnd().split('\n').length + 1)
  assert.match(text, '\u240d lone')
})

test('a file of which nothing could be read has a page too', async () => {
  const study = await built({ sources: [saved('lvm/notes.txt', 'nothing here\n')] })
  const html = study.text('raw/lvm/notes.txt.view/index.html')
  assert.is(viewOf(html).text, 'nothing here\n')
  assert.match(html, 'nothing could be read from it')
  assert.match(study.text('numbers/index.md'), 'No number could be read.')
  assert.equal(broken(study.files), [])
})

// ─── what is too much for a page ────────────────────────────────────────────────────────────────────────────────

const ROW =
  readFileSync('test/fixtures/dialects/2.00-csv-alone/input.txt', 'utf8').trim().split('\n')[0] ?? ''
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    ROW.replace(/\b\d{4,6}\b/g, (digits) => String(Number(digits) + i)),
  ).join('\n')

test('of a large file the page shows what is followed, says so, and every door still leads somewhere', async () => {
  const study = await built({
    sources: [
      saved('loopback/all.csv', `${rows(1500)}\n`),
      saved('lvm/late.log', `${'x\n'.repeat(100_000)}${rows(2)}\n`),
    ],
  })
  const all = study.text('raw/loopback/all.csv.view/index.html')
  assert.ok(all.length < 600_000, `${all.length} characters`)
  const { text, marks } = viewOf(all)
  assert.match(text, '… the file goes on …')
  assert.match(all, 'Of this large file the lines around what was read are shown.')
  assert.ok(marks.size >= 1000, `${marks.size} marks`)
  const late = viewOf(study.text('raw/lvm/late.log.view/index.html'))
  assert.match(late.text, '… 99,990 lines not shown …')
  assert.ok(late.text.length < 2000)
  assert.ok([...late.marks.keys()].some((id) => id.startsWith('L100001C')))
  assert.not.match(late.text, 'goes on')
  const numbers = study.text('numbers/index.md')
  assert.match(numbers, 'Of 1400 further runs every cell is in [data.csv](../data.csv).')
  assert.not.match(numbers, '#101 ')
  assert.equal(broken(study.files), [])
})

test('of a long line the page shows its ends and what is around its cells', async () => {
  const study = await built({ sources: [saved('lvm/page.html', `<p>${'y'.repeat(50_000)}\n${SEED}`)] })
  const { text, marks } = viewOf(study.text('raw/lvm/page.html.txt.view/index.html'))
  assert.match(text, /^<p>y{197}… 49,603 characters not shown …y{200}\n/)
  assert.is(marks.size, 12)
})

function broken(files: Awaited<ReturnType<typeof built>>['files']): string[] {
  const written = [...files].filter(([name]) => /\.(html|md)$/.test(name))
  const texts = new Map(written.map(([name, text]) => [name, String(text)]))
  return brokenLinks({ files: new Set(files.keys()), texts })
}

test.run()
