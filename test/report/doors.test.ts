/** Every number of an article is a door, and behind each is what it says. */
import * as assert from 'uvu/assert'
import { trailsOf } from '../../src/analysis/trail.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import type { StudyFolder } from '../../src/model/library.ts'
import { METRIC_IDS } from '../../src/model/metric.ts'
import type { Report } from '../../src/model/report.ts'
import { articleMarkdown, composeArticle, markdownRenderer } from '../../src/report/article.ts'
import { type Doors, doorsOf } from '../../src/report/doors.ts'
import { renderMarkdown } from '../../src/report/html.ts'
import { numbersPage } from '../../src/report/numbers.ts'
import { provenanceOf } from '../../src/report/provenance.ts'
import { runsByPath, savedFile } from '../../src/report/saved.ts'
import { suite } from '../suite.ts'

const test = suite('the doors of an article')

const templates = readTemplates()
const knowledge = knowledgeOf(templates)
const { folders } = readLibrary('results', new Set())
const render = markdownRenderer(templates)

interface Pages {
  readonly report: Report
  readonly doors: Doors
  readonly article: string
  readonly numbers: string
  /** of the page of numbers */
  readonly ids: ReadonlySet<string>
}

function pagesOf(folder: StudyFolder): Pages {
  const report = analyse(folder, knowledge)
  const runs = runsByPath(report)
  const saved = folder.sources.map(
    (source) => [source.path, savedFile(source, runs.get(source.path) ?? [], report)] as const,
  )
  const doors = doorsOf(report, new Map(saved))
  const article = articleMarkdown(
    composeArticle(report, { knowledge, doors, from: provenanceOf(report, {}, 'A site') }, render),
    render,
  )
  const { markdown } = numbersPage(report, { doors, follow: trailsOf(report, knowledge), render })
  const { html } = renderMarkdown(markdown)
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? ''))
  return { report, doors, article, numbers: markdown, ids }
}

/** The tables below headings like this: rows of cells, heads left out. */
function tablesBelow(markdown: string, heading: RegExp): string[][] {
  const parts = markdown.split(/^(?=#{1,4} )/m).filter((part) => heading.test(part.split('\n')[0] ?? ''))
  const lines = parts.flatMap((part) => part.split('\n').filter((line) => line.startsWith('|')))
  const body = lines.filter((line, i) => !/^\| -/.test(line) && !/^\| -/.test(lines[i + 1] ?? ''))
  return body.map((line) => line.slice(2, -2).split(' | '))
}

const LINK = /^\[((?:\\.|[^\]\\])+)\]\(<?([^)>]+)>?\)$/

/** The part of an article's address that is an id or a place, checked to be there. */
function lead({ ids, doors, report }: Pages, address: string): void {
  const [file = '', id = ''] = address.split('#')
  if (file === 'numbers/index.md') assert.ok(ids.has(id), `${address} leads to no heading`)
  else {
    const path = report.sources.find((source) => encodeURI(`raw/${source.path}`) === file)?.path
    const [, line, column] = /^L(\d+)C(\d+)$/.exec(id) ?? []
    assert.ok(doors.saved(path ?? '')?.cellAt(Number(line), Number(column)), `${address} leads to no cell`)
  }
}

for (const folder of folders) {
  const pages = pagesOf(folder)

  test(`${folder.slug}: every number of every table leads somewhere`, () => {
    const figures =
      /^#{3} .*(Throughput|true size|seek and file|Guest CPU|costs the guest|as fast|same as|ranges)/
    const rows = [
      ...tablesBelow(pages.article, /^## All the numbers|^### (Compared with|The worst single)/),
      ...tablesBelow(pages.article, figures),
    ]
    assert.ok(rows.length >= 30, `${rows.length} rows`)
    let doors = 0
    for (const [, ...cells] of rows) {
      for (const cell of cells) {
        const [, text, address] = LINK.exec(cell) ?? []
        if (address === undefined) assert.not.match(cell, /\d[\d.,]*( %|×| MB| ms|$)/, `no door: ${cell}`)
        else {
          lead(pages, address)
          assert.ok(text)
          doors += 1
        }
      }
    }
    assert.ok(doors > 60, `${doors} doors`)
  })

  test(`${folder.slug}: what one run printed leads to the very cell`, () => {
    const { report, doors } = pages
    for (const { id } of report.backends) {
      const [run, ...more] = report.runs.filter((each) => each.backend === id)
      for (const metric of METRIC_IDS) {
        const cell = run?.cells[metric]
        const address = doors.of({ metric, backend: id })
        if (!cell || cell.state === 'not_run') assert.is(address, null)
        else if (more.length > 0 || cell.line === null) assert.match(address ?? '', 'numbers/index.md#')
        else assert.is(address, `raw/${run?.path}#L${cell.line}C${cell.column}`)
      }
    }
  })

  test(`${folder.slug}: the page of numbers tells every cell with its place and its reading`, () => {
    const { report, numbers } = pages
    for (const run of report.runs) {
      for (const metric of METRIC_IDS) {
        const cell = run.cells[metric]
        if (cell.line === null) continue
        const row = `(../raw/${run.path}#L${cell.line}C${cell.column}) | ${run.path}:${cell.line}:${cell.column} |`
        const line = numbers.split('\n').find((each) => each.includes(row))
        assert.ok(line, row)
        if (cell.state === 'measured') assert.match(line, ` ${cell.rate} `)
      }
    }
    for (const { rule } of report.findings) assert.match(numbers, `[${rule}](../../method/${rule}/index.md)`)
    for (const { expression } of report.claims) assert.match(numbers.replaceAll('\\', ''), expression)
  })
}

test('the hero numbers of the seed lead to the comparison and to both cells', () => {
  const folder = folders.find(({ slug }) => slug === 'xen-file-backed-vbd')
  assert.ok(folder)
  assert.match(
    pagesOf(folder).article,
    '- Block write: **[5.18×](numbers/index.md#block-write-compared)**, blktap ahead of loopback, one side suspect: [95.8](raw/blktap/vm101.txt#L4C31) against [18.5](raw/loopback/vm101.txt#L4C31) MB/s',
  )
})

test('a number in the prose leads to its run, or to all of them', () => {
  const folder = folders.find(({ slug }) => slug === 'loop-direct-io-2026')
  assert.ok(folder)
  const prose = 'In one run [](value:loopback.put_block#3), in the middle [](value:loopback.put_block).'
  const { article } = pagesOf({
    ...folder,
    studyText: `${folder.studyText?.split('\n---\n')[0]}\n---\n${prose}`,
  })
  assert.match(article, /In one run \[630 MB\/s\]\(raw\/loopback\/run-3\.txt#L11C52\)/)
  assert.match(article, /in the middle \[398 MB\/s\]\(numbers\/index\.md#block-write-of-loopback\)/)
})

test('headings lead where they should whatever a backend is called', () => {
  const folder = folders.find(({ slug }) => slug === 'xen-file-backed-vbd')
  assert.ok(folder)
  for (const title of [
    'C# ##',
    '*a* `b` <i>',
    'A &amp; [b](c)',
    '\u0007x\u202ey',
    'compared',
    'a\u000bb',
    '###',
    ' a  b ',
  ]) {
    const named = JSON.stringify(title)
    const studyText = `---\nbackends: { loopback: { title: ${named} }, blktap: { title: ${named} } }\n---\n`
    const { doors, ids } = pagesOf({ ...folder, studyText })
    const own = doors.sections.flatMap(({ id, backends, compared }) => [
      id,
      ...backends.map((backend) => backend.id),
      ...(compared ? [compared.id] : []),
    ])
    assert.is(new Set(own).size, own.length)
    assert.is(own.length, 48)
    for (const id of own) assert.ok(ids.has(id), `${named}: ${id} is no heading`)
  }
})

test.run()
