/** What is built after an edit is what would be built from nothing; and what was not edited is not made anew. */
import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { openWorkbench } from '../../src/commands/workbench.ts'
import { readTemplates } from '../../src/files.ts'
import { openMemory } from '../../src/memory.ts'
import type { Keep } from '../../src/model/keep.ts'
import type { SiteFile, StudyFolder, Templates } from '../../src/model/library.ts'
import type { Report } from '../../src/model/report.ts'
import { tidy, tree } from '../folders.ts'
import { CASES, recorder } from '../program.ts'
import { STUDIES } from '../report/blog-site.ts'
import { suite } from '../suite.ts'
import { callFor } from './call.ts'

const test = suite('building again')

/** Two studies of one lab, and a blog around them. */
function lab(): string {
  const folder = tree({ 'site.yaml': 'title: A lab\nurl: https://blog.example/\n' })
  cpSync(path.join(CASES, 'inputs/lab'), folder, { recursive: true })
  return folder
}

const inFolder = (folder: string) => (name: string) => path.join(folder, name)

/** One edit after another; each says what an author, or an accident, does. */
const EDITS: readonly (readonly [what: string, edit: (at: (name: string) => string) => void])[] = [
  ['prose', (at) => appendFileSync(at('new/study.md'), '\nA sentence more.\n')],
  ['a claim that the data contradict', (at) => replace(at('old/study.md'), 'below', 'above')],
  ['a fact', (at) => replace(at('new/study.md'), 'kind: hdd', 'kind: ssd')],
  ['a title', (at) => replace(at('old/study.md'), 'Four runs each', 'Four runs')],
  ['a date, which makes a feed', (at) => replace(at('old/study.md'), 'order:', 'date: 2011\norder:')],
  ['no date any more', (at) => replace(at('old/study.md'), 'date: 2011\n', '')],
  [
    'numbers that do not hold',
    (at) => replace(at('new/study.md'), 'order:', 'status: invalid\nreason: No.\norder:'),
  ],
  ['the name of the blog', (at) => replace(at('site.yaml'), 'A lab', 'The lab')],
  ['its address', (at) => replace(at('site.yaml'), 'blog.example', 'bench.example')],
  ['a number', (at) => replace(at('old/lvm/runs.csv'), /\d{5}/, (n) => String(Number(n) + 1))],
  ['an output more', (at) => cpSync(at('old/lvm/runs.csv'), at('new/lvm/more.csv'))],
  ['an output less', (at) => rmSync(at('new/lvm/more.csv'))],
  ['another name of a file', (at) => renameSync(at('old/lvm/runs.csv'), at('old/lvm/all.csv'))],
  ['a picture', (at) => writeFileSync(at('new/disk.png'), 'a picture')],
  ['a file without a result', (at) => writeFileSync(at('new/lvm/notes.txt'), 'nothing')],
  ['broken front matter', (at) => replace(at('new/study.md'), 'order:', 'order: [')],
  ['a study.md that is no text', (at) => writeFileSync(at('new/study.md'), Uint8Array.of(0, 159, 146, 0))],
  ['a study less', (at) => rmSync(at('new'), { recursive: true })],
  ['a flat study', (at) => cpSync(path.join(CASES, 'inputs/two-logs/loopback-1.txt'), at('loopback-1.txt'))],
  ['a study again', (at) => cpSync(path.join(CASES, 'inputs/lab/new'), at('new'), { recursive: true })],
  ['no site.yaml', (at) => rmSync(at('site.yaml'))],
]

function replace(file: string, what: string | RegExp, by: string | ((word: string) => string)): void {
  const text = readFileSync(file, 'utf8')
  const changed = typeof by === 'string' ? text.replace(what, () => by) : text.replace(what, by)
  assert.is.not(changed, text, `nothing to edit in ${path.basename(file)}`)
  writeFileSync(file, changed)
}

type Files = ReadonlyMap<string, SiteFile> | null

/** The files in which two sites differ. */
function differing(some: Files, others: Files): string[] {
  const names = new Set([...(some ?? new Map()).keys(), ...(others ?? new Map()).keys()])
  return [...names].filter((name) => JSON.stringify(some?.get(name)) !== JSON.stringify(others?.get(name)))
}

/** What follows from the templates alone is made once for all builds from nothing: the edits leave them as they are. */
const common = openMemory()
const OF_TEMPLATES = ['templates', 'knowledge', 'documents', 'metrics', 'markdown', 'pages', 'method/']
const nothing: Keep = (place, inputs, make) =>
  OF_TEMPLATES.includes(place) ? common(place, inputs, make) : make()

test.after(tidy)

test('gives what a build from nothing gives, whatever was edited', async () => {
  const folder = lab()
  const again = openWorkbench(callFor(folder, recorder().io))
  await again()
  for (const [what, edit] of EDITS) {
    edit(inFolder(folder))
    const [after, fresh] = [await again(), await openWorkbench(callFor(folder, recorder().io), nothing)()]
    assert.equal(after.problems, fresh.problems, what)
    assert.equal(differing(after.files, fresh.files), [], what)
    assert.ok(after.files && after.files.size > 100, what)
  }
})

test('has nothing to show where nothing is left, and everything when it is back', async () => {
  const folder = lab()
  const again = openWorkbench(callFor(folder, recorder().io))
  const before = await again()
  rmSync(folder, { recursive: true })
  const without = await again()
  assert.is(without.files, null)
  assert.equal(
    without.problems.map(({ rule }) => rule),
    ['empty-results'],
  )
  mkdirSync(folder)
  cpSync(path.join(CASES, 'inputs/lab'), folder, { recursive: true })
  writeFileSync(path.join(folder, 'site.yaml'), 'title: A lab\nurl: https://blog.example/\n')
  assert.equal(differing((await again()).files, before.files), [])
})

test('judges a study anew when it was edited, and no other', async () => {
  const folder = lab()
  const again = openWorkbench(callFor(folder, recorder().io))
  const reports = async () => (await again()).results.studies.map(({ report }) => report)
  const before = await reports()
  appendFileSync(path.join(folder, 'old/study.md'), '\nA sentence more.\n')
  const after = await reports()
  assert.equal(
    after.map((report, i) => [report.study.slug, report === before[i]]),
    [
      ['new', true],
      ['old', false],
    ],
  )
})

test('composes anew what follows from templates, from a folder, or from a report alone', async () => {
  const templates = readTemplates()
  const folders = STUDIES.slice(0, 2)
  const reports = folders.map((folder) => analyse(folder, knowledgeOf(templates)))
  const pictured = folders.map((folder) => ({ ...folder, images: ['disk.png'] }))
  const other = reports.map((report) => ({ ...report, doubt: 'Another doubt.' }))
  const keep = openMemory()
  const build = (now: Templates, of: readonly StudyFolder[], told: readonly Report[], memory: object) =>
    publish(told, { siteText: null, folders: of, diagnostics: [] }, now, memory)
  const first = await build(templates, folders, reports, { keep })
  const edited = (name: string) => new Map([...templates, [name, `${templates.get(name)}\nEdited.`]])
  const cases = [
    [100, edited('pages/base.html.njk'), folders, reports],
    [4, edited('article/measured.md.njk'), folders, reports],
    [2, edited('backends/lvm.md'), folders, reports],
    [2, edited('rules/above-own-bound.md'), folders, reports],
    [1, edited('style.css'), folders, reports],
    [2, templates, pictured, reports],
    [2, templates, folders, other],
  ] as const
  for (const [least, now, of, told] of cases) {
    const after = await build(now, of, told, { keep })
    assert.equal(differing(after, await build(now, of, told, {})), [])
    assert.ok(differing(after, first).length >= least, `${least} files would change`)
    await build(templates, folders, reports, { keep })
  }
})

test('draws only the charts that an edit changes', async () => {
  const keep = openMemory()
  const templates = readTemplates()
  const knowledge = knowledgeOf(templates)
  const drawn: string[] = []
  const noting: typeof keep = (place, inputs, make) =>
    keep(place, inputs, () => {
      if (place.includes('#')) drawn.push(place)
      return make()
    })
  const build = (text: string) => {
    const folders = STUDIES.slice(0, 1).map((folder) => ({ ...folder, studyText: folder.studyText + text }))
    const reports = folders.map((folder) => analyse(folder, knowledge))
    return publish(reports, { siteText: null, folders, diagnostics: [] }, templates, { keep: noting })
  }
  await build('')
  assert.ok(drawn.length > 1)
  drawn.splice(0)
  await build('A sentence.\n')
  assert.equal(drawn, [])
})

test.run()
