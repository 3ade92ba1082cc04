/** What is as large, as deep or as many as a hostile hand can make it comes to an end, and is told in a sentence. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { readSiteText, readStudyText } from '../../src/analysis/front-matter.ts'
import { parse } from '../../src/bonnie/parse.ts'
import { analyse, knowledgeOf } from '../../src/build.ts'
import { unreadable } from '../../src/decode.ts'
import { readLibrary, readTemplates } from '../../src/files.ts'
import { folderOf } from '../../src/library.ts'
import { compareText, type Diagnostic } from '../../src/model/diagnostic.ts'
import { libraryIn } from '../../src/tree.ts'
import { withFault } from '../faults/hook.mjs'
import { tidy, tree } from '../folders.ts'
import { suite } from '../suite.ts'

const test = suite('inputs without measure')
test.after.each(tidy)
const NAMES: ReadonlySet<string> = new Set(['loop', 'lvm'])

/** What is linear takes a moment on the slowest machine, what is not takes hours. */
const PATIENCE_MS = 60_000

for (const [name, part] of [
  ['cells', '<td>1</td>'],
  ['escaped ends of lines', '\\n'],
  ['returns', 'x\r'],
  ['paragraphs', '<p>'],
  ['entities', '&amp;'],
] as const)
  test(`a line of a megabyte may hold nothing but ${name}`, () => {
    const begun = performance.now()
    const text = `<table><tr>${part.repeat(1_000_000 / part.length)}`
    const { runs, diagnostics } = parse({ path: 'x.txt', sha256: '', text })
    assert.is(runs.length, 0)
    assert.equal(
      diagnostics.map(({ rule }) => rule),
      ['no-result'],
    )
    assert.ok(performance.now() - begun < PATIENCE_MS)
  })

// ─── prose ──────────────────────────────────────────────────────────────────────────────────────────────────────

const knowledge = knowledgeOf(readTemplates())

function faultsIn(text: string): readonly Diagnostic[] {
  const { diagnostics } = analyse(folderOf('s', { 'study.md': text }), knowledge)
  return diagnostics
}

test('an expression is as long and as deep as a sentence may need, and no stack is exhausted by another', () => {
  const claimed = (expression: string) =>
    faultsIn(`[five](<claim:${expression} ≥ 1>)`).map(({ rule, message }) => `${rule}: ${message}`)
  const long = `slow.put_block${' + slow.put_block'.repeat(20_000)}`
  assert.equal(claimed(long), ['claim-invalid: The expression is longer than any sentence needs.'])
  const brackets = `${'('.repeat(10_000)}slow.put_block${')'.repeat(10_000)}`
  assert.equal(claimed(brackets), ['claim-invalid: The expression is longer than any sentence needs.'])
  const deep = `${'('.repeat(100)}slow.put_block${')'.repeat(100)}`
  assert.equal(claimed(deep), ['claim-invalid: The parentheses are nested too deeply.'])
})

test('as many numbers are told as a text may hold, each at its place', () => {
  const diagnostics = faultsIn('1 MB/s\n'.repeat(140_000))
  assert.is(diagnostics.length, 140_000)
  assert.equal(diagnostics.at(-1)?.place, { file: 'study.md', line: 140_000, column: 1 })
})

// ─── files ──────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [file, words] of [
  ['study.md', 'x'],
  ['site.yaml', '# x'],
] as const)
  test(`refuses a ${file} that nobody can have written`, () => {
    const long = words.padEnd(2 ** 20, '.')
    const read = (text: string) => readLibrary(tree({ [file]: text, 'lvm.txt': 'fine' }), NAMES)
    assert.is((read(long).folders[0]?.studyText ?? read(long).siteText)?.length, 2 ** 20)
    const { folders, siteText, diagnostics } = read(`${long}.`)
    assert.equal([folders[0]?.studyText, siteText], [null, null])
    const [fault] = [...diagnostics, ...(folders[0]?.diagnostics ?? [])]
    assert.is(fault?.message, 'The file is larger than 1 MiB, which is more than anybody writes by hand.')
    assert.is(fault?.place.file, file)
  })

test('refuses a file of 4 GiB without reading it', () => {
  const folder = tree({ 'lvm.txt': 'fine', 'loop.txt': '' })
  fs.truncateSync(path.join(folder, 'loop.txt'), 4 * 2 ** 30)
  let told: readonly Diagnostic[] | undefined
  const calls = withFault({ at: 0, kind: 'EIO' }, () => {
    told = readLibrary(folder, NAMES).folders[0]?.diagnostics
  })
  assert.equal(
    told?.map(({ place, message }) => `${place.file}: ${message}`),
    ['loop.txt: The file is larger than 256 MiB.'],
  )
  const read = calls.filter(({ name, place }) => /^(?:read|open)/.test(name) && place.endsWith('.txt'))
  assert.equal(
    read.map(({ place }) => path.basename(place)),
    ['lvm.txt'],
  )
})

test('holds so much text together, and refuses each file that goes beyond', () => {
  const texts: Readonly<Record<string, string>> = {
    'a/lvm.txt': 'xxxx',
    'b/loop.txt': 'xxxxx',
    'b/lvm.txt': 'xx',
  }
  const files = Object.keys(texts).sort()
  const bytes = (file: string) => Buffer.from(texts[file] ?? '')
  const { folders } = libraryIn({ files, faults: [], bytes }, NAMES, 6)
  assert.equal(
    folders.map(({ sources, diagnostics }) => [
      sources.length,
      ...diagnostics.map(({ place }) => place.file),
    ]),
    [[1], [1, 'loop.txt']],
  )
  assert.is(
    folders[1]?.diagnostics[0]?.message,
    'The files above this one hold 1 GiB of text together, and no more is read.',
  )
})

test('tells of thousands of files and folders what each of them is', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `s${i}/lvm.txt`)
  const faults = many.map((file) =>
    unreadable(file.replace('lvm', 'loop'), 'This is neither a file nor a folder.'),
  )
  const wrong = Array.from({ length: 20_000 }, (_, i) => `S${i}/lvm.txt`)
  const files = [...many, ...wrong].sort(compareText)
  const library = libraryIn({ files, faults, bytes: () => Buffer.from('x') }, NAMES)
  assert.is(library.folders.length, 20_000)
  assert.ok(library.folders.every(({ sources, diagnostics }) => sources.length + diagnostics.length === 2))
  assert.is(library.diagnostics.length, 20_000)
})

// ─── YAML ───────────────────────────────────────────────────────────────────────────────────────────────────────

const FRONT_MATTERS = {
  'the front matter': (yaml: string) => readStudyText(`---\n${yaml}\n---\n`),
  'site.yaml': readSiteText,
}
for (const [name, read] of Object.entries(FRONT_MATTERS)) {
  const told = (yaml: string) => read(yaml).diagnostics.map(({ message }) => message)

  test(`${name} expands no alias, however many laughs they are`, () => {
    const keys = [...'abcdefghijklmnopqrstuvwxyz']
    const bomb = keys.map((key, i) => `${key}: &${key} [${i === 0 ? 'lol' : `*${keys[i - 1]}, `.repeat(9)}]`)
    const refused = told(bomb.join('\n')).filter((message) =>
      /^The alias \*\w is not read here\.$/.test(message),
    )
    assert.is(refused.length, 9 * 25)
  })

  test(`${name} may be nested as deeply as it likes`, () => {
    for (const opening of ['[', '{a: ', '- ', '? '])
      assert.match(told(`title: ${opening.repeat(50_000)}`).join(), /too deep to be read|not YAML/, opening)
    assert.equal(told(`title: ${'['.repeat(400)}${']'.repeat(400)}`), ['Expected text, got a list.'])
  })

  test(`${name} changes nothing that all objects share`, () => {
    const evil = '{ polluted: yes, constructor: { prototype: { polluted: yes } } }'
    for (const key of ['__proto__', 'constructor', 'prototype', '"__proto__"', 'host', 'alias', 'backends'])
      read(
        `${key}: ${evil}\nhost: { ${key}: ${evil} }\nalias: { ${key}: x }\nbackends: { ${key}: { files: x } }`,
      )
    assert.is(Reflect.get({}, 'polluted'), undefined)
    assert.is(Reflect.get(Object, 'polluted'), undefined)
  })

  test(`${name} takes no number beyond measure for one`, () => {
    for (const huge of ['1e400', '-1e400', '.inf', '.nan', '9'.repeat(400)]) {
      const { value, diagnostics } = read(`title: ${huge}`)
      assert.equal(['facts' in value ? value.facts : value, diagnostics], [{ title: huge }, []])
    }
  })
}

test('a number of the front matter beyond measure is refused where a number belongs', () => {
  const huge = '9'.repeat(400)
  const yaml = `guest: { vcpus: 1e400, ram: ${huge} GiB }\nhost: { disk: { spindles: ${huge}, cache: 1e400 MiB } }\nequivalence: { bulk: ${huge} % }`
  const { value, diagnostics } = readStudyText(`---\n${yaml}\n---\n`)
  assert.equal(value.facts, { guest: {}, host: { disk: {} }, equivalence: {} })
  assert.is(diagnostics.length, 5)
})

test.run()
