/** Every message, defect and dialect has its page, and every page is of one of them. */
import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { CHECKS } from '../src/analysis/checks.ts'
import { readDialectPage, readRulePage } from '../src/analysis/front-matter.ts'
import { defectFacts, dialectFacts } from '../src/bonnie/catalogue.ts'
import { readTemplates } from '../src/files.ts'
import { suite } from './suite.ts'

const test = suite('the pages of rules and dialects')

const templates = readTemplates()
const dialects = dialectFacts()
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n')

/** Rules as sources name them: `rule: 'x'`, or the first argument of a function whose first parameter is one. */
function rulesIn(text: string): string[] {
  const makers = [...text.matchAll(/\bfunction (\w+)\(\s*rule: string\b/g)].map((match) => match[1])
  const calls =
    makers.length === 0
      ? []
      : [...text.matchAll(new RegExp(`\\b(?:${makers.join('|')})\\(\\s*'([^']+)'`, 'g'))]
  return [...text.matchAll(/\brule: '([^']+)'/g), ...calls].map((match) => match[1] ?? '')
}

const WANTED = new Set([
  ...[...rulesIn(sources), ...CHECKS.map((row) => row.rule), ...defectFacts().map(({ rule }) => rule)].map(
    (rule) => `rules/${rule}.md`,
  ),
  ...dialects.map(({ slug }) => `dialects/${slug}.md`),
])

/** Pages that are missing, and pages that belong to nothing. */
function faults(paths: Iterable<string>): string[] {
  const pages = new Set([...paths].filter((path) => /^(?:rules|dialects)\//.test(path)))
  return [
    ...[...WANTED].filter((path) => !pages.has(path)).map((path) => `${path} is missing`),
    ...[...pages].filter((path) => !WANTED.has(path)).map((path) => `${path} belongs to nothing`),
  ]
}

test('every message, defect and dialect has a page, and every page is of one', () => {
  assert.equal(faults(templates.keys()), [])
})

test('a page that is missing is named, and so is one that belongs to nothing', () => {
  for (const path of [
    'rules/unreadable-cell.md',
    'rules/bon-013.md',
    'rules/cpu-bound.md',
    'dialects/zcav.md',
  ]) {
    assert.equal(faults([...templates.keys()].filter((each) => each !== path)), [`${path} is missing`])
  }
  for (const path of ['rules/bon-999.md', 'rules/no-such-rule.md', 'dialects/bonnie-3-text.md']) {
    assert.equal(faults([...templates.keys(), path]), [`${path} belongs to nothing`])
  }
})

test('rules are found as properties and as arguments', () => {
  const text = `
    const a = { level: 'error', rule: 'one-rule' }
    function problem(rule: string, message: string) {}
    problem('another-rule', 'text')
    other('no-rule')`
  assert.equal(rulesIn(text), ['one-rule', 'another-rule'])
})

const headingsOf = (body: string) => [...body.matchAll(/^## (.+)$/gm)].map((match) => match[1])

for (const path of WANTED) {
  const text = templates.get(path) ?? ''
  if (path.startsWith('rules/')) {
    test(`${path}: meaning, example and remedy`, () => {
      const { body } = readRulePage(path, text)
      assert.equal(headingsOf(body), ['What it means', 'Example', 'What to do'])
    })
  } else {
    test(`${path}: signs, example and peculiarities`, () => {
      const { slug, body } = readDialectPage(path, text)
      const refused = dialects.find((each) => each.slug === slug)?.kind === 'refused'
      const last = refused ? 'What to do' : 'Peculiarities'
      assert.equal(headingsOf(body), ['How it is recognised', 'Example', last])
      assert.match(body, /```/)
    })
  }
}

test('an erratum belongs to the dialects in whose form and versions it shows', () => {
  const of = (name: string) => dialects.find((each) => each.name === name)?.defects ?? []
  assert.ok(of('bonnie++ 2.00 text').includes('bon-001'))
  assert.not(of('bonnie++ 2.00 CSV').includes('bon-001'))
  assert.not(of('bonnie++ 1.9x text').includes('bon-001'))
  assert.equal(of('bonnie text'), ['bon-024'])
  assert.equal(of('Bonnie-64 text'), ['bon-023', 'bon-024'])
  const shown = new Set(dialects.flatMap(({ defects }) => defects))
  assert.equal(
    defectFacts().filter(({ rule }) => !shown.has(rule)),
    [],
  )
})

test.run()
