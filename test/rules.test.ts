import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { CHECKS } from '../src/analysis/checks.ts'
import { readRulePage } from '../src/analysis/front-matter.ts'
import { readTemplates } from '../src/files.ts'
import { suite } from './suite.ts'

const test = suite('the pages of rules')

const templates = readTemplates()
const pages = new Set([...templates.keys()].flatMap((path) => /^rules\/(.+)\.md$/.exec(path)?.[1] ?? []))

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n')

/** Rules as the sources name them: `rule: 'x'`, or a first argument that has a page. */
const named = new Set([...sources.matchAll(/\brule: '([a-z0-9-]+)'/g)].map((match) => match[1] ?? ''))

test('every rule that the sources name has a page', () => {
  const wanted = [...named, ...CHECKS.map((row) => row.rule)]
  assert.equal(
    wanted.filter((rule) => !pages.has(rule)),
    [],
  )
})

test('every page belongs to a rule that the sources name', () => {
  const spoken = (rule: string) =>
    sources.includes(`'${rule}'`) || sources.includes(`'${rule.toUpperCase()}'`)
  assert.equal(
    [...pages].filter((rule) => !spoken(rule)),
    [],
  )
})

for (const rule of pages) {
  test(`${rule}: meaning, example and remedy`, () => {
    const { body } = readRulePage(`rules/${rule}.md`, templates.get(`rules/${rule}.md`) ?? '')
    const headings = [...body.matchAll(/^## (.+)$/gm)].map((match) => match[1])
    assert.equal(headings, ['What it means', 'Example', 'What to do'])
  })
}

test.run()
