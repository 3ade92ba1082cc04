import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'

const test = suite('the README is true')

const readme = readFileSync('README.md', 'utf8')
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts
const shell = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => (match[1] ?? '').trim())

const PAGES = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'docs/authors.md', 'docs/api.md']

test('its commands are those that CI runs and that build; those of the first five minutes are run elsewhere', () => {
  assert.equal(shell.slice(1), ['npm ci && npm run build', 'npm ci && npm test'])
  const gate = readFileSync('.ci/run', 'utf8')
  for (const command of ['npm ci && npm test', 'npm run build']) assert.ok(gate.includes(command), command)
})

test('every npm script that any page names exists', () => {
  for (const page of PAGES) {
    const named = [...readFileSync(page, 'utf8').matchAll(/npm run ([a-z]+)/g)].map((match) => match[1] ?? '')
    assert.equal(
      named.filter((name) => !(name in scripts)),
      [],
      page,
    )
  }
})

test('every file that a script starts exists', () => {
  for (const [name, command] of Object.entries(scripts)) {
    for (const [file] of command.matchAll(/(?:tools|test)\/[\w/.-]+\.m?[jt]s/g))
      assert.ok(readFileSync(file), `${name}: ${file}`)
  }
})

test('its table of commands is that of the help', () => {
  const named = [...readme.matchAll(/^\| `bonnie-report (\w+)/gm)].map((match) => match[1])
  const help = readFileSync('test/fixtures/cli/help/stdout', 'utf8')
  const offered = [...help.matchAll(/^ {2}([a-z]+) +[[A-Z]/gm)]
    .map((match) => match[1])
    .filter((name) => name !== 'help')
  assert.equal(named.toSorted(), offered.toSorted())
})

test('every file that the pages link to exists', () => {
  for (const page of PAGES) {
    const prose = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '')
    const links = [...prose.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '')
    const pictures = [...prose.matchAll(/(?:src|srcset|href)="([^"#]+)"/g)].map((match) => match[1] ?? '')
    for (const link of [...links, ...pictures])
      assert.ok(readFileSync(path.join(path.dirname(page), link)), `${page}: ${link}`)
  }
})

test.run()
