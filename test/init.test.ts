/** A new blog: what it holds, that it builds without a doubt about its form, and that nothing is written over. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { parse as parseYaml } from 'yaml'
import { factsJsonSchema, siteJsonSchema } from '../src/analysis/editor-schema.ts'
import { readStudyText } from '../src/analysis/front-matter.ts'
import { run } from '../src/commands/run.ts'
import { tidy, tree } from './folders.ts'
import { recorder } from './program.ts'
import { suite } from './suite.ts'

async function init(...args: readonly string[]) {
  const { io, out, err } = recorder()
  const code = await run(['init', ...args], io)
  return { code, out, err }
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()

const test = suite('a new blog')

test.after.each(tidy)

test('holds all that a build and its publication need, and says what comes next', async () => {
  const folder = path.join(tree({}), 'my bench')
  const { code, out, err } = await init(folder)
  assert.equal([code, err], [0, []])
  assert.equal(filesIn(folder), [
    '.gitattributes',
    '.github/workflows/pages.yml',
    '.gitignore',
    '.vscode/settings.json',
    'README.md',
    'capture.sh',
    'package.json',
    ...['loopback', 'lvm', 'partition'].flatMap((name) =>
      [1, 2, 3, 4].map((n) => `results/sample/${name}/run-${n}.txt`),
    ),
    'results/sample/study.md',
    'results/site.yaml',
    'schema/site.json',
    'schema/study.json',
    'vendor/bonnie-report-0.1.0.tgz',
  ])
  assert.match(out.join('\n'), `Next:\n  cd '${folder}'\n  npm install\n  npx bonnie-report add `)
  assert.match(readFileSync(path.join(folder, 'package.json'), 'utf8'), '"name": "my-bench"')
})

test('has a sample without errors or faults in its prose', async () => {
  const folder = tree({})
  await init(folder)
  const { io, out } = recorder()
  assert.is(await run(['check', path.join(folder, 'results'), '--format', 'json'], io), 0)
  const { problems } = JSON.parse(out.join('\n'))
  const ofText = problems.filter(({ file }: { file: string }) => /\.(md|yaml)$/.test(file))
  assert.equal(ofText, [])
})

test('leaves what was there, and names it', async () => {
  const mine = { 'package.json': '{ "name": "mine" }', 'results/lvm/run.txt': 'mine', 'README.md': 'mine' }
  const folder = tree(mine)
  const { code, out, err } = await init(folder)
  assert.is(code, 0)
  for (const [file, text] of Object.entries(mine))
    assert.is(readFileSync(path.join(folder, file), 'utf8'), text)
  assert.equal(
    err.toSorted(),
    ['README.md', 'package.json'].map(
      (file) => `${path.join(folder, file)} was there and is left as it was.`,
    ),
  )
  assert.not.ok(filesIn(folder).some((file) => file.startsWith('results/sample')))
  assert.match(out.join('\n'), '\n  npm install ./vendor/bonnie-report-0.1.0.tgz\n')
  const before = filesIn(folder).map((file) => readFileSync(path.join(folder, file), 'latin1'))
  const again = await init(folder)
  assert.is(again.out[0], `${folder} has everything already.`)
  assert.equal(
    filesIn(folder).map((file) => readFileSync(path.join(folder, file), 'latin1')),
    before,
  )
})

test('goes on where it was broken off, and has no sample for whoever has results', async () => {
  const folder = tree({ 'results/site.yaml': 'title: x\n', 'results/sample/lvm/run-1.txt': 'mine' })
  const { code, err } = await init(folder)
  assert.is(code, 0)
  assert.equal(err.length, 2, err.join('\n'))
  assert.ok(filesIn(folder).includes('results/sample/loopback/run-1.txt'))
  const own = tree({ 'results/mine/lvm/1.txt': '' })
  await init(own)
  assert.not.ok(filesIn(own).some((file) => file.includes('sample')))
})

test('refuses a place that is none', async () => {
  const folder = tree({ file: '', 'blog/results': 'a file' })
  const file = await init(path.join(folder, 'file'))
  assert.equal(
    [file.code, file.err],
    [
      2,
      [
        `bonnie-report: ${folder}/file is a file; expected a folder for the blog.\n  Name a folder, new or not.`,
      ],
    ],
  )
  const blocked = await init(path.join(folder, 'blog'))
  assert.is(blocked.code, 2)
  assert.match(blocked.err.at(-1) ?? '', 'blog/results/site.yaml could not be written: ')
})

test('tests and publishes with what is installed, and never with a stranger of the name', async () => {
  const folder = tree({})
  await init(folder)
  const text = readFileSync(path.join(folder, '.github/workflows/pages.yml'), 'utf8')
  const { jobs, permissions } = parseYaml(text)
  assert.equal(permissions, { contents: 'read' })
  assert.match(jobs.deploy.if, "github.event_name != 'pull_request'")
  const ran = jobs.build.steps.flatMap(({ run: command }: { run?: string }) => command ?? [])
  assert.equal(ran.slice(0, 3), [
    'npm ci',
    'npx --no -- bonnie-report check --format github',
    'npx --no -- bonnie-report build',
  ])
  assert.match(ran[3], 'git status --porcelain -- site/')
  const own = readFileSync('.github/workflows/pages.yml', 'utf8')
  const actions = (yaml: string) => new Set([...yaml.matchAll(/uses: (\S+)/g)].map(([, name]) => name))
  assert.equal(actions(text), actions(own))
})

test('gives editors the keys that are read, each where it is read', () => {
  const keys = (schema: unknown): unknown => {
    if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return null
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, each]) => [key, keys(each)]))
  }
  assert.equal(keys(siteJsonSchema()), { title: null, url: null, author: null })
  const named = keys(factsJsonSchema()) as Record<string, unknown>
  for (const key of Object.keys(named)) {
    // a value of no kind is a fault of its own, but the key is known
    const { diagnostics } = readStudyText(`---\n${key}: [[]]\n---\n`)
    assert.not.ok(
      diagnostics.some(({ message }) => message.startsWith('Unknown key')),
      key,
    )
  }
  assert.equal(Object.keys(named.host as object), ['cpu', 'ram', 'hypervisor', 'kernel', 'dom0_ram', 'disk'])
})

test('says of every key that is described what it is for, and describes none that is not there', () => {
  const schema = JSON.stringify([factsJsonSchema(), siteJsonSchema()])
  const described = [...schema.matchAll(/"description":"([^"]+)"/g)].map(([, words]) => words)
  const written = [
    ...readFileSync('src/analysis/editor-schema.ts', 'utf8').matchAll(/^ {2}[\w'.*]+: '(.+)',$/gm),
  ]
  assert.ok(written.length > 30)
  assert.equal(described.toSorted(), written.map(([, words]) => words).toSorted())
})

test.run()
