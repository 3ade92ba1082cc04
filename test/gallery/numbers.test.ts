/** An article says nothing that report.json does not: in HTML, in Markdown, in charts and in tables, the same numbers. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5'
import * as assert from 'uvu/assert'
import { readTemplates } from '../../src/files.ts'
import type { Report } from '../../src/model/report.ts'
import { dataCsv } from '../../src/report/exports.ts'
import { nothingWrong } from '../browser/faults.ts'
import { SITE } from '../browser/site.ts'
import { reports as shipped } from '../shipped.ts'
import { suite } from '../suite.ts'
import { type Gallery, gallery } from './gallery.ts'
import { exact, numbersIn, sayable, written } from './numbers.ts'

const test = suite('the numbers of the articles')

let built: Gallery
test.before(async () => {
  built = await gallery()
})

const templates = readTemplates()
/** The confidence of every interval, which the tables say above them. */
const CONFIDENCE = '95'
const ours = [...templates].filter(([name]) => name.startsWith('article/')).map(([, text]) => text)
const titles = [...templates]
  .filter(([name]) => name.startsWith('backends/'))
  .map(([, text]) => /^title: .*$/m.exec(text)?.[0] ?? '')

type Node = DefaultTreeAdapterTypes.Node

/** Elements and classes that tell nothing of the study. */
const UNREAD = ['script', 'nav', 'head', 'style']
const UNTOLD = ['ticks', 'also', 'bar', 'foot', 'skip']

/** What a reader of the page meets, text by text: no scripts, no marks of an axis, nothing that only leads elsewhere. */
function textsOf(node: Node): string[] {
  if ('value' in node && node.nodeName === '#text') return [node.value]
  if (!('childNodes' in node)) return []
  if ('tagName' in node) {
    const classes = node.attrs.find(({ name }) => name === 'class')?.value.split(' ') ?? []
    if (UNREAD.includes(node.tagName) || classes.some((name) => UNTOLD.includes(name))) return []
  }
  return node.childNodes.flatMap(textsOf)
}

const markdown = new MarkdownIt({ html: false })

/** Text by text too, with code and the descriptions of pictures. */
function textsOfMarkdown(text: string): string[] {
  return markdown
    .parse(text, {})
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]))
    .flatMap((token) =>
      token.type === 'image'
        ? [token.content, ...(token.children ?? []).map((child) => child.content)]
        : [token.content],
    )
}

interface Shown {
  readonly where: string
  readonly texts: readonly string[]
}

/** The article in all its forms. */
function formsOf(folder: string): { html: string[]; markdown: string[]; charts: Shown[]; data: Shown[] } {
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
  const charts = readdirSync(folder).includes('charts') ? readdirSync(path.join(folder, 'charts')) : []
  return {
    html: textsOf(parseHtml(read('index.html'))),
    markdown: textsOfMarkdown(read('report.md')),
    charts: charts
      .filter((name) => name.endsWith('.svg'))
      .map((name) => ({ where: `charts/${name}`, texts: textsOf(parseHtml(read(`charts/${name}`))) })),
    data: charts
      .filter((name) => name.endsWith('.csv'))
      .map((name) => ({ where: `charts/${name}`, texts: read(`charts/${name}`).split(/[,\n]/) })),
  }
}

function numbersOf(texts: readonly string[], hashes: readonly string[]): Set<string> {
  return new Set(texts.filter((text) => !hashes.includes(text)).flatMap(numbersIn))
}

/** One sentence for each number that one form shows and another does not hold. */
function strays(report: Report, folder: string): string[] {
  const hashes = report.sources.map((source) => source.sha256.slice(0, 12))
  const { html, markdown, charts, data } = formsOf(folder)
  const held = sayable(report, [...ours, ...titles, CONFIDENCE])
  const numbers = exact(report)
  const [page, twin] = [numbersOf(html, hashes), numbersOf(markdown, hashes)]
  // a picture also says where it comes from, and what its intervals are
  const told = new Set([...twin, CONFIDENCE, ...numbersIn(JSON.stringify(report.facts))])
  const lost = (from: ReadonlySet<string>, into: ReadonlySet<string>) =>
    [...from].filter((number) => !into.has(number))
  const say = (numbers: readonly string[], words: string) =>
    numbers.length === 0 ? [] : [`${report.study.slug}: ${words}: ${numbers.join(' ')}`]
  return [
    ...say(lost(twin, held), 'report.md shows what report.json does not hold'),
    ...say(lost(page, held), 'index.html shows what report.json does not hold'),
    ...say(lost(page, twin), 'index.html shows what report.md does not'),
    ...say(lost(twin, page), 'report.md shows what index.html does not'),
    ...charts.flatMap(({ where, texts }) =>
      say(lost(numbersOf(texts, []), told), `${where} shows what report.md does not`),
    ),
    ...data.flatMap(({ where, texts }) => {
      const cells = texts
        .filter((text) => /^-?[\d.]+(?:e[+-]?\d+)?$/.test(text))
        .map((text) => written(Number(text)))
      return say(lost(new Set(cells), numbers), `${where} holds what report.json does not`)
    }),
  ]
}

test('of the gallery are those of report.json, in every form', () => {
  nothingWrong(built.reports.flatMap((report) => strays(report, path.join(built.site, report.study.slug))))
})

test('of the shipped studies are those of report.json, in every form', () => {
  nothingWrong([...shipped.values()].flatMap((report) => strays(report, path.join(SITE, report.study.slug))))
})

test('of every run stand in data.csv as they were read', () => {
  for (const report of built.reports) {
    const saved = JSON.parse(readFileSync(path.join(built.site, report.study.slug, 'report.json'), 'utf8'))
    assert.is(readFileSync(path.join(built.site, report.study.slug, 'data.csv'), 'utf8'), dataCsv(saved))
    const rates = saved.runs.flatMap((run: Report['runs'][number]) =>
      Object.values(run.cells).flatMap(({ rate, state }) => (state === 'not_run' ? [] : [rate ?? ''])),
    )
    const lines = dataCsv(saved).trimEnd().split('\n').slice(1)
    assert.is(lines.length, rates.length, report.study.slug)
  }
})

// a ratio near 1 has neighbours that are numbers of the study too: two digits after the point leave not much room
test('that were changed by one in their last digit are seen, most of them', () => {
  const [seen, all] = built.reports.reduce(
    ([seenSoFar, allSoFar], report) => {
      const held = sayable(report, [...ours, ...titles, CONFIDENCE])
      const { markdown: texts } = formsOf(path.join(built.site, report.study.slug))
      const changed = [...numbersOf(texts, [])].filter((number) => number.includes('.')).map(nextDigit)
      return [seenSoFar + changed.filter((number) => !held.has(number)).length, allSoFar + changed.length]
    },
    [0, 0],
  )
  assert.ok(all > 1000, `only ${all} were changed`)
  assert.ok(seen / all > 0.6, `${seen} of ${all} were seen`)
})

function nextDigit(number: string): string {
  return number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
}

test('that stand in one form alone are seen', () => {
  const report = built.reports.find(({ study }) => study.slug === 'prose')
  assert.ok(report)
  const folder = path.join(built.site, 'prose')
  const broken = mkdtempSync(path.join(tmpdir(), 'numbers-'))
  cpSync(folder, broken, { recursive: true })
  const spoil = (file: string) => {
    const place = path.join(broken, file)
    writeFileSync(place, readFileSync(place, 'utf8').replace(/62\.2/g, '98765.4'))
    const found = strays(report, broken).join('\n')
    cpSync(path.join(folder, file), place)
    return found
  }
  assert.is(strays(report, broken).length, 0)
  assert.match(spoil('index.html'), 'index.html shows what report.json does not hold: 98765.4')
  assert.match(spoil('report.md'), 'report.md shows what index.html does not: 98765.4')
  assert.match(spoil('charts/sizes-put-block.svg'), 'charts/sizes-put-block.svg shows')
  assert.match(spoil('charts/sizes-put-block.csv'), 'charts/sizes-put-block.csv holds')
  rmSync(broken, { recursive: true })
})

test.run()
