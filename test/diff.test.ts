/** What changed in the conclusions since a revision, in repositories made for it. */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../src/commands/run.ts'
import { recorder } from './program.ts'
import { suite } from './suite.ts'

const test = suite('diff')
const home = process.cwd()
let place: string

test.before.each(() => {
  place = mkdtempSync(path.join(tmpdir(), 'diff-test-'))
  git('init', '-q')
})

test.after.each(() => {
  process.chdir(home)
  rmSync(place, { recursive: true, force: true })
})

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...args], { cwd: place, encoding: 'utf8' })
}

function commit(): void {
  git('add', '-A')
  git('commit', '-q', '--allow-empty', '-m', 'a state')
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(place, file)), { recursive: true })
  writeFileSync(path.join(place, file), text)
}

/** A row of bonnie++ 1.03 whose block rates are so many KiB/s. */
function row(write: number, read = write): string {
  return `vm101,8G,51200,9,${write},9,${Math.round(write / 2)},6,52000,9,${read},8,190.1,1,16,9000,30,+++++,+++,9000,30,9000,30,+++++,+++,9000,30\n`
}

/** So many runs of a backend around a rate. */
function runsOf(folder: string, rate: number, runs = 6): void {
  for (let i = 1; i <= runs; i += 1) write(`${folder}/run-${i}.csv`, row(Math.round(rate * (1 + i / 500))))
}

const FACTS = `---
title: A study
host: { ram: 1 GiB, dom0_ram: 1 GiB, disk: { kind: hdd, cache: none } }
guest: { ram: 512 MiB }
---
`

function study(folder: string): void {
  write(`${folder}/study.md`, FACTS)
  runsOf(`${folder}/lvm`, 60000)
  runsOf(`${folder}/loopback`, 30000)
}

async function diff(...args: readonly string[]) {
  process.chdir(place)
  const { io, out, err } = recorder()
  const code = await run(['diff', ...args], io)
  return { code, text: out.join('\n'), err: err.join('\n') }
}

test('of nothing is no change in meaning', async () => {
  study('results/s')
  commit()
  const { code, text } = await diff('HEAD')
  assert.is(code, 0)
  assert.match(text, /^# What the results say now, against HEAD \([0-9a-f]{7,}\)\n\nNo change in meaning\.$/)
})

test('of prose, line ends and pictures is none either', async () => {
  study('results/s')
  commit()
  write('results/s/study.md', `${FACTS.replaceAll('\n', '\r\n')}A word more.\n`)
  write('results/s/lvm/run-1.csv', row(60120).replace('\n', '\r\n'))
  write('results/s/a.png', '')
  const { code, text } = await diff('HEAD')
  assert.is(code, 0)
  assert.match(text, 'No change in meaning. One study changed in no conclusion.')
  assert.not.match(text, '##')
})

test('tells what flips first, then the medians, and is no failure', async () => {
  study('results/s')
  commit()
  runsOf('results/s/loopback', 90000)
  const { code, text } = await diff('HEAD')
  assert.is(code, 0)
  assert.match(text, /\*\*\w+ verdicts flip\*\*: one study changed\./)
  assert.match(text, /\| block write \| lvm \| loopback \| better \| worse \|/)
  assert.match(text, /\| loopback \| block write \| [\d.]+ MB\/s \| [\d.]+ MB\/s \|/)
  assert.match(text, /### Headline\n\n- now: .*\n- before: /)
  assert.ok(text.indexOf('### Comparisons') < text.indexOf('### Medians'))
  const turned = await diff('HEAD', '--format', 'json')
  const { flips, studies } = JSON.parse(turned.text)
  assert.ok(flips > 0)
  assert.is(studies[0].kind, 'changed')
})

test('tells what came and went: studies, backends, runs', async () => {
  study('results/s')
  study('results/old')
  commit()
  rmSync(path.join(place, 'results/old'), { recursive: true })
  rmSync(path.join(place, 'results/s/lvm/run-6.csv'))
  runsOf('results/s/partition', 61000)
  runsOf('results/fresh/lvm', 20000)
  const { text } = await diff('HEAD')
  assert.match(text, 'one study added, one study removed and one study changed.')
  assert.match(text, /## fresh: .*\n\nThis study is new\./)
  assert.match(text, /## old: A study\n\nThis study is gone\./)
  assert.match(text, '- new: partition')
  assert.match(text, '- lvm: 6 → five runs')
})

test('knows a study whose folder was renamed', async () => {
  study('results/s')
  commit()
  renameSync(path.join(place, 'results/s'), path.join(place, 'results/t'))
  const { studies } = JSON.parse((await diff('HEAD', '--format', 'json')).text)
  assert.equal(
    studies.map(({ slug, was, kind }: Record<string, string>) => [slug, was, kind]),
    [['t', 's', 'same']],
  )
  runsOf('results/t/loopback', 90000)
  assert.match((await diff('HEAD')).text, 'Its folder was s.')
})

test('tells new and gone problems, and fails for an error that is there now', async () => {
  study('results/s')
  write('results/s/lvm/notes.txt', 'nothing\n')
  commit()
  rmSync(path.join(place, 'results/s/lvm/notes.txt'))
  write('results/s/lvm/more.txt', 'nothing\n')
  const { code, text } = await diff('HEAD')
  assert.is(code, 1)
  assert.match(text, /- new: results\/s\/lvm\/more\.txt:1:1: error: There is no result .* \\\[no-result\\\]/)
  assert.match(text, '- gone: results/s/lvm/notes.txt:1:1: error')
  rmSync(path.join(place, 'results/s/lvm/more.txt'))
  assert.is((await diff('HEAD')).code, 0)
})

test('tells of the results of a folder within the repository, from any working folder', async () => {
  study('bench/my results/s')
  commit()
  runsOf('bench/my results/s/loopback', 90000)
  assert.match((await diff('HEAD', 'bench/my results')).text, 'one study changed')
  process.chdir(home)
  const { io, out } = recorder()
  assert.is(await run(['diff', 'HEAD', path.join(place, 'bench/my results')], io), 0)
  assert.match(out.join('\n'), 'one study changed')
})

test('reads the flat study, and links as they lead', async () => {
  runsOf('results/loopback', 30000)
  symlinkSync('../loopback/run-1.csv', path.join(place, 'results/loopback/again.csv'))
  symlinkSync('/etc/passwd', path.join(place, 'results/loopback/out.csv'))
  write('outside.csv', row(30000))
  symlinkSync('../../outside.csv', path.join(place, 'results/loopback/up.csv'))
  symlinkSync('.', path.join(place, 'results/loopback/folder.csv'))
  symlinkSync('lost.csv', path.join(place, 'results/loopback/nowhere.csv'))
  symlinkSync('circle.csv', path.join(place, 'results/loopback/circle.csv'))
  commit()
  const { code, text } = await diff('HEAD')
  assert.is(code, 1)
  assert.match(text, /No change in meaning\.$/)
})

test('calls all studies new where the folder was not there yet', async () => {
  commit()
  study('results/s')
  assert.match((await diff('HEAD')).text, 'one study added')
})

test('says how a repository without a revision gets one', async () => {
  study('results/s')
  assert.match(
    (await diff('HEAD')).err,
    'It has none yet: "git add results && git commit" makes a first one.',
  )
})

test('refuses what is no revision, and says what to do', async () => {
  study('results/s')
  commit()
  for (const [args, message] of [
    [[], 'diff needs a revision of git'],
    [['lost'], 'There is no revision "lost"'],
    [['--', '--output=x'], 'cannot be a revision'],
    [[''], 'cannot be a revision'],
    [['HEAD', 'nowhere'], 'does not exist'],
    [['HEAD', '--format', 'github'], 'text or json'],
    [['$(touch hacked)'], 'There is no revision'],
    [['HEAD;touch hacked'], 'There is no revision'],
  ] as const) {
    const { code, text, err } = await diff(...args)
    assert.is(code, 2, args.join(' '))
    assert.match(err, message)
    assert.is(text, '')
  }
  assert.not(existsSync(path.join(place, 'hacked')))
})

test('refuses a folder that git does not keep', async () => {
  study('results/s')
  rmSync(path.join(place, '.git'), { recursive: true })
  const { code, err } = await diff('HEAD')
  assert.is(code, 2)
  assert.match(err, /lies in no git repository.*\n {2}.*git init/)
})

test('writes nothing, neither in the repository nor beside it', async () => {
  study('results/s')
  commit()
  runsOf('results/s/loopback', 90000)
  const before = git('status', '--porcelain', '--ignored')
  cpSync(path.join(place, '.git/index'), path.join(place, '.git/index.before'))
  await diff('HEAD')
  assert.is(git('status', '--porcelain', '--ignored'), before)
})

const EVIL =
  '<img src=x onerror=alert(1)> | [x](javascript:alert(1)) @octocat #12 closes #1 `a` \u202e\x1b[31m\u200b\u2028'

test('holds names as text, which calls nobody', async () => {
  study('results/s')
  commit()
  write('results/s/study.md', FACTS.replace('A study', JSON.stringify(EVIL)))
  write(`results/s/lvm/a|b @octocat #7 <b>.txt`, 'nothing\n')
  runsOf('results/s/loopback', 90000)
  const { text } = await diff('HEAD')
  assert.match(text, 'onerror')
  assert.not.match(text, /(?<!\\)<(?!!-- -->|[0-9A-F]{4}>)/)
  assert.not.match(text, /(?<!\\)\]\(/)
  assert.not.match(text, /[@#](?=\w)/)
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u)
  for (const line of text.split('\n').filter((each) => each.startsWith('|')))
    assert.match(line, /^\|( ([^|\\]|\\.)* \|)+$/)
})

test.run()
