/** Records of `parse` in place of sources: in any split and order they give the same report, to the byte. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { parse } from '../src/bonnie/parse.ts'
import { analyse, knowledgeOf } from '../src/build.ts'
import { readLibrary, readTemplates } from '../src/files.ts'
import type { Source } from '../src/model/run.ts'
import { RecordLines } from '../src/record-lines.ts'
import { Records } from '../src/records.ts'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'

const RESULTS = fileURLToPath(new URL('../results', import.meta.url))
const FIXTURES = fileURLToPath(new URL('./fixtures/dialects', import.meta.url))
const { folders } = readLibrary(RESULTS, new Set())
const knowledge = knowledgeOf(readTemplates())

/** What `parse` prints of a source that was given to it under some path. */
function printed(source: Source, given: string): string[] {
  const lines = new RecordLines()
  const parsed = parse({ ...source, path: given })
  const half = Math.ceil(parsed.runs.length / 2)
  const parts = [
    { runs: parsed.runs.slice(0, half), diagnostics: parsed.diagnostics },
    { runs: parsed.runs.slice(half), diagnostics: [] },
  ]
  return [...parts.flatMap((part) => lines.add(part)), ...lines.end()]
}

const fixture = (name: string): Source => ({
  path: `loopback/${name}.txt`,
  sha256: name,
  text: fs.readFileSync(path.join(FIXTURES, name, 'input.txt'), 'utf8'),
})

const read = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = tree(files)
  return Records.read(Object.keys(files).map((name) => path.join(folder, name)))
}

const test = suite('records in place of sources')
test.after.each(tidy)

test('give the same reports, however they are split and ordered', async () => {
  const lines = folders.flatMap(({ prefix, sources }) =>
    sources.flatMap((source) => printed(source, `./results/${prefix}${source.path}`)),
  )
  const [odd, even] = [0, 1].map((rest) => lines.filter((_, i) => i % 2 === rest).toReversed())
  const records = await read({ a: odd?.join('\n') ?? '', 'b.gz': gzipSync(even?.join('\r\n') ?? '') })
  for (const folder of folders) {
    const known = (source: Source) => records.parsed(source, folder.prefix)
    assert.is(JSON.stringify(analyse(folder, knowledge, known)), JSON.stringify(analyse(folder, knowledge)))
  }
  // each was used: nothing was parsed again
  assert.equal(records.unused(), [])
})

test('carry the problems of their file', async () => {
  for (const name of fs.readdirSync(FIXTURES)) {
    const source = fixture(name)
    const { runs, diagnostics } = parse(source)
    const records = await read({ a: printed(source, source.path).toReversed().join('\n') })
    const found = records.parsed(source, '')
    if (runs.length === 0) assert.is(found, null)
    else assert.is(JSON.stringify(found), JSON.stringify({ runs, diagnostics }))
  }
})

test('are used only for the same bytes at the same path, and if all are there', async () => {
  const source = fixture('1.0x-three-runs')
  const lines = printed(source, '../x/results/xen/loopback/1.0x-three-runs.txt')
  const records = await read({ a: lines.join('\n') })
  assert.ok(records.parsed(source, 'xen/'))
  assert.ok(records.parsed(source, ''))
  assert.is(records.parsed(source, 'lvm/'), null)
  assert.is(records.parsed({ ...source, sha256: 'other' }, 'xen/'), null)
  assert.is(records.parsed({ ...source, path: 'loopback/2.txt' }, 'xen/'), null)
  for (const lost of lines) {
    const some = await read({ a: lines.filter((line) => line !== lost).join('\n') })
    assert.is(some.parsed(source, 'xen/'), null)
    assert.equal(some.unused(), ['../x/results/xen/loopback/1.0x-three-runs.txt'])
  }
})

test('that are none are refused at their place', async () => {
  const [line = ''] = printed(fixture('1.0x-text-and-csv'), 'a.txt')
  const broken = [
    'no JSON',
    '[]',
    line.replace('"schema":1', '"schema":2'),
    line.replace('"rate":', '"rat":'),
    line.replace(/"rate":\d+/, '"rate":null'),
    line.replace('"nth":1', '"nth":"1"'),
    line.replace('"seeks":', '"sekes":'),
  ]
  for (const wrong of broken) {
    assert.is.not(wrong, line)
    try {
      await read({ a: [line, '', wrong].join('\n') })
      assert.unreachable(wrong)
    } catch (error) {
      assert.match(error instanceof Error ? error.message : '', /a:3:1: Expected a record/)
    }
  }
})

test.run()
