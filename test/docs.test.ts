/** The pages of docs/ are true: every example is run, every file and key they name is there. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { readSiteText, readStudyText } from '../src/analysis/front-matter.ts'
import { run } from '../src/commands/run.ts'
import { tidy, tree } from './folders.ts'
import { makeWorkplace, type Workplace } from './package.ts'
import { recorder } from './program.ts'
import { suite } from './suite.ts'

const lab = (name: string) => fs.readFileSync(path.resolve('results/lvm-lab-2026', name), 'utf8')

/** Blocks of code of one language in a page, in their order. */
function blocks(page: string, language: string): string[] {
  const text = fs.readFileSync(page, 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, word, code = '']) =>
    word === language ? [code] : [],
  )
}

const api = suite('docs: the library')

let place: Workplace

api.before(() => {
  place = makeWorkplace()
})

/** Runs a program beside the package, in a folder of logs. */
function runProgram(code: string): string {
  const folder = path.resolve(place.unpacked, '../..')
  const files = { 'loopback-1.txt': 'loopback/run-1.txt', 'lvm-1.txt': 'lvm/run-1.txt' }
  for (const [name, from] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), lab(from))
  fs.mkdirSync(path.join(folder, 'results'), { recursive: true })
  for (const name of Object.keys(files))
    fs.copyFileSync(path.join(folder, name), path.join(folder, 'results', name))
  fs.writeFileSync(path.join(folder, 'example.mjs'), code)
  const { status, stdout, stderr } = place.shell(`'${process.execPath}' example.mjs`, folder)
  assert.equal([status, stderr], [0, ''], code)
  return stdout
}

const programs = blocks('docs/api.md', 'js')

api('parses a text in a few lines', () => {
  const printed = runProgram(programs[0] ?? '')
  assert.match(printed, /^vm101 1\.03c \{\n {2}state: 'measured',\n {2}rate: 23976,/)
  assert.match(printed, "state: 'at_least'")
})

api('analyses files in a few lines', () => {
  const printed = runProgram(programs[1] ?? '')
  assert.match(printed, /^unknown: host\.dom0_ram, whether /m)
  assert.not.match(printed, 'guest.ram')
  assert.match(printed, /\n.+ (undecided|insufficient|leaning|same|recommended) /)
})

api('publishes a folder in a few lines', () => {
  assert.match(runProgram(programs[2] ?? ''), /^main\/report\.md \d{4,}\n$/)
})

api('has short examples, each of them tried above', () => {
  assert.is(programs.length, 3)
  for (const program of programs.map((code) =>
    code
      .replace(/`[^`]*`/, '')
      .trim()
      .split('\n'),
  ))
    assert.ok(program.filter((line) => line !== '').length <= 16, program.join('\n'))
})

api.run()

const authors = suite('docs: for authors')

authors.after.each(tidy)

/** Each command of a page in one folder, one after another, as its reader would type them. */
authors('its commands work in their order', async () => {
  const { home, unpacked, shell } = place
  const folder = path.join(home, 'authors')
  fs.mkdirSync(path.join(folder, 'parsed'), { recursive: true })
  const logs = {
    'loopback-1.txt': 'loopback/run-1.txt',
    'loopback-2.txt': 'loopback/run-2.txt',
    'run-1.txt': 'lvm/run-1.txt',
  }
  for (const [name, from] of Object.entries(logs)) fs.writeFileSync(path.join(folder, name), lab(from))
  const lines = blocks('docs/authors.md', 'sh').flatMap((block) => block.trim().split('\n'))
  assert.ok(lines.length >= 5)
  for (const line of lines) {
    fs.writeFileSync(path.join(folder, 'parsed/none.ndjson'), '')
    const typed = line.replaceAll('bonnie-report', `'${process.execPath}' '${unpacked}/dist/cli.js'`)
    const { status, stderr } = shell(typed, folder)
    assert.is(status, 0, `${line}: ${stderr}`)
  }
  assert.ok(fs.statSync(path.join(folder, 'results/my-server/lvm/run-1.txt')).isFile())
  assert.match(fs.readFileSync(path.join(folder, 'plan.sh'), 'utf8'), /^#!\/bin\/sh/)
})

authors('its facts are read without a fault', () => {
  const yaml = blocks('docs/authors.md', 'yaml')
  assert.is(yaml.length, 3)
  const faults = yaml.map((text) => {
    return text.includes('url:')
      ? readSiteText(text).diagnostics
      : readStudyText(`---\n${text}---\n`).diagnostics
  })
  assert.equal(faults.flat(), [])
})

authors('its prose is bound to the measurements', async () => {
  const [prose = ''] = blocks('docs/authors.md', 'markdown')
  const outputs = ['loopback', 'lvm'].flatMap((name) => [1, 2, 3, 4].map((n) => `${name}/run-${n}.txt`))
  const files = Object.fromEntries(outputs.map((file) => [`lab/${file}`, lab(file)]))
  const folder = tree({ ...files, 'lab/study.md': prose })
  const { io, out } = recorder()
  await run(['check', folder, '--format', 'json'], io)
  const { problems } = JSON.parse(out.join('\n'))
  const rules = problems
    .filter(({ file }: { file: string }) => file.endsWith('study.md'))
    .map(({ rule }: { rule: string }) => rule)
  for (const rule of rules) assert.ok(['claim-undecidable'].includes(rule), rule)
})

authors.run()
