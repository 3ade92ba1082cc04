/** The command `dev`: what it prints, what it serves after each edit, how it ends. */
import { appendFileSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { startDev } from '../../src/commands/dev.ts'
import { tidy, tree } from '../folders.ts'
import { CASES, recorder, runProcess, start } from '../program.ts'
import { suite } from '../suite.ts'
import { callFor } from './call.ts'

const test = suite('dev')

interface State {
  readonly build: string
  readonly problems: string
}

type Ending = { close(): void }
const running: Ending[] = []

test.after.each(() => {
  for (const each of running.splice(0)) each.close()
  tidy()
})

function lab(): string {
  const folder = tree({ 'results/site.yaml': 'title: A lab\n' })
  cpSync(path.join(CASES, 'inputs/lab'), path.join(folder, 'results'), { recursive: true })
  return folder
}

/** The command, and what its pages are told. */
async function started(results: string) {
  const { io, out, err } = recorder()
  const service = await startDev(callFor(results, io), 0)
  running.push(service)
  const { body } = await fetch(`${service.address}.dev/news`)
  if (!body) throw new Error('no body')
  const reader = body.getReader()
  let text = ''
  /** the next thing that pages are told and that is like this */
  const next = async (isIt: (state: State) => boolean): Promise<State> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const line = text.slice(0, end).trim()
        text = text.slice(end + 2)
        if (!line.startsWith('data: ')) continue
        const state: State = JSON.parse(line.slice('data: '.length))
        if (isIt(state)) return state
        continue
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('nothing more is told')
      text += Buffer.from(value).toString()
    }
  }
  running.push({ close: () => void reader.cancel() })
  const page = async (name: string) => (await fetch(service.address + name)).text()
  return { out, err, next, page, address: service.address }
}

test('prints its address first, then what was built, and writes nothing', async () => {
  const folder = lab()
  const { out, err, next, page, address } = await started(path.join(folder, 'results'))
  const { build, problems } = await next(() => true)
  assert.equal(out, [address])
  assert.match(err.at(-1) ?? '', /^2 studies, \d+ runs, \d+ backends: built in [\d,]+ ms$/)
  assert.is(problems, '')
  assert.match(await page(''), `data-build="${build}"`)
  assert.equal(readdirSync(folder), ['results'])
})

test('lets whoever asks early wait for the first build', async () => {
  const { page } = await started(path.join(lab(), 'results'))
  assert.match(await page(''), '<h1')
})

test('serves the site as it is, but for one script that the policy of each page then allows', async () => {
  const { page } = await started(path.join(lab(), 'results'))
  for (const name of ['', 'new/', 'method/', 'backends/lvm/', 'new/numbers/', 'none']) {
    const html = await page(name)
    assert.is(html.split('<script src="/.dev/reload.js"').length, 2, name)
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
    assert.match(
      policy,
      /^default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';/,
      name,
    )
    assert.is(policy.split('script-src').length, 2, name)
  }
  assert.match(await page('.dev/reload.js'), 'EventSource')
  assert.is(
    await page('new/raw/lvm/runs.csv'),
    readFileSync(path.join(CASES, 'inputs/lab/new/lvm/runs.csv'), 'utf8'),
  )
  assert.is((await page('card.png')).slice(1, 4), 'PNG')
})

test('looks like the site where nothing lies, wherever the site is published', async () => {
  const folder = lab()
  writeFileSync(path.join(folder, 'results/site.yaml'), 'url: https://blog.example/bench\n')
  const { page } = await started(path.join(folder, 'results'))
  const html = await page('no/such/page')
  assert.match(html, 'href="/style.css"')
  assert.not.match(html, 'blog.example')
})

test('builds again after an edit, and says under which name', async () => {
  const results = path.join(lab(), 'results')
  const { next, page } = await started(results)
  const first = await next(() => true)
  appendFileSync(path.join(results, 'new/study.md'), '\nA new sentence.\n')
  const second = await next(({ build }) => build !== first.build)
  const html = await page('new/')
  assert.match(html, 'A new sentence.')
  assert.match(html, second.build)
})

test('shows errors with file, line and column, and takes them back', async () => {
  const results = path.join(lab(), 'results')
  const { next, err } = await started(results)
  await next(() => true)
  const study = path.join(results, 'new/study.md')
  const good = readFileSync(study)
  writeFileSync(study, '---\nbakends: {}\n---\n')
  const { problems } = await next((state) => state.problems !== '')
  assert.match(problems, `${results}/new/study.md:2:1: error: Unknown key "bakends"`)
  assert.ok(err.some((line) => line.includes('bakends')))
  writeFileSync(study, good)
  await next((state) => state.problems === '')
})

test('survives what no study is made of', async () => {
  const results = path.join(lab(), 'results')
  const { next, page } = await started(results)
  await next(() => true)
  const study = path.join(results, 'new/study.md')
  const good = readFileSync(study)
  for (const bytes of [
    Uint8Array.of(0, 255, 254, 0, 1),
    Buffer.from('---\na: [\n'),
    Buffer.from('---\n&a *a\n---\n'),
  ]) {
    writeFileSync(study, bytes)
    assert.match((await next(({ problems }) => problems !== '')).problems, 'new/study.md')
    assert.match(await page('old/'), '<h1')
    writeFileSync(study, good)
    await next(({ problems }) => problems === '')
  }
})

test('keeps the last good site while results are away', async () => {
  const folder = lab()
  const results = path.join(folder, 'results')
  const { next, page } = await started(results)
  const first = await next(() => true)
  renameSync(results, path.join(folder, 'away'))
  const without = await next(({ problems }) => problems !== '')
  assert.match(without.problems, 'This folder does not exist.')
  assert.is(without.build, first.build)
  assert.match(await page(''), '<h1')
  renameSync(path.join(folder, 'away'), results)
  const back = await next(({ problems }) => problems === '')
  assert.is.not(back.build, first.build)
})

test('waits where there is nothing to begin with', async () => {
  const folder = tree({})
  const results = path.join(folder, 'results')
  const { next, page, err } = await started(results)
  assert.match((await next(() => true)).problems, 'This folder does not exist.')
  assert.match(await page(''), 'There is nothing to show yet.')
  assert.match(err.join('\n'), 'This folder does not exist.')
  cpSync(path.join(CASES, 'inputs/two-logs'), results, { recursive: true })
  await next(({ problems }) => problems === '')
  assert.match(await page('main/'), '<h1')
  rmSync(results, { recursive: true })
})

test('refuses a file in place of a folder', async () => {
  const folder = tree({ 'a.txt': '' })
  const { code, stderr } = await runProcess(['dev', 'a.txt'], folder)
  assert.equal(
    [code, stderr],
    [
      2,
      'bonnie-report: a.txt is a file; expected a folder of results.\n  Name the folder that holds the studies; "bonnie-report show a.txt" shows a file alone.\n',
    ],
  )
})

test('ends at Ctrl-C as a shell expects, at once, also while it builds', async () => {
  const child = start(['dev', 'results'], lab())
  const address = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk))),
  )
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/\n$/)
  child.kill('SIGINT')
  const [code, signal] = await new Promise<unknown[]>((resolve) =>
    child.on('close', (...end) => resolve(end)),
  )
  assert.ok(code === 130 || signal === 'SIGINT', `${code} ${signal}`)
})

test.run()
